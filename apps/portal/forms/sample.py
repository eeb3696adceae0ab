"""The fields that the gallery shows, filled in wrongly and rightly."""

from __future__ import annotations

from django import forms


class SampleForm(forms.Form):
    """One field of each shape."""

    energy = forms.DecimalField(
        label="Highest energy density of the cells",
        help_text="At 20 °C, for one cell. Packs do not count.",
        widget=forms.TextInput(attrs={"class": "input input--s", "inputmode": "decimal"}),
        error_messages={"invalid": "Enter a number, such as 280"},
    )
    ends = forms.DateField(
        label="End date",
        required=False,
        widget=forms.DateInput(
            attrs={"class": "input input--s", "type": "date"}, format="%Y-%m-%d"
        ),
    )
    home = forms.ChoiceField(
        label="Will they take anything home?",
        choices=[("none", "Nothing"), ("data", "Data or samples"), ("unknown", "Not sure yet")],
        widget=forms.RadioSelect,
        initial="none",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["energy"].unit = "Wh/kg"  # type: ignore[attr-defined]  # read by the field component
        self.fields["energy"].why = "350 Wh/kg is the line between two control entries."  # type: ignore[attr-defined]
        self.fields["home"].columns = 3  # type: ignore[attr-defined]
