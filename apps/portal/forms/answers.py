"""Django fields for the answers of a request: each turns what was typed into a fact's plain value.

None means not answered, the word `unknown` that the person does not know, `[]` that there is none.
Whether a value can stand is for the registry of facts to say, not for these fields.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

UNKNOWN = "unknown"
NONE = "_none"  # never a word of the registry: none is an answer of its own there
Choices = Sequence[tuple[str, Any]]
_SHARE = re.compile(r"^(.*?\S)\s*,\s*(\d{1,3}(?:[.,]\d+)?)\s*%$")  # Example Holding, 60 %
YES_NO: Choices = (("true", _("Yes")), ("false", _("No")), (UNKNOWN, _("Not known")))


class Asked:
    """What stands beside a field: why it is asked, by which law, its unit, choices in a row."""

    why: str = ""
    legal_basis: str = ""
    unit: str = ""
    columns: int = 0


class TextAnswer(Asked, forms.CharField):
    """Words; nothing typed is no answer."""

    def to_python(self, value: Any) -> Any:
        """The words, None where there are none."""
        return super().to_python(value) or None


class LinesAnswer(TextAnswer):
    """A list of texts, one a line; the word none says that there is none."""

    def to_python(self, value: Any) -> Any:
        """The lines, `[]` for none, None for nothing typed."""
        text = super().to_python(value)
        if text is None:
            return None
        if text.strip().lower() in ("none", gettext("none")):
            return []
        return [self.of_line(line.strip()) for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """The lines as they were typed."""
        if isinstance(value, list):
            return "\n".join(self.line_of(part) for part in value) or gettext("none")
        return value

    def of_line(self, line: str) -> object:
        """What one line says."""
        return line

    def line_of(self, part: Any) -> str:
        """How one part is typed."""
        return str(part)


class FundersAnswer(LinesAnswer):
    """Funders, one a line, by the short name of the programme."""

    def of_line(self, line: str) -> object:
        """A funder with its programme."""
        return {"programme": line}

    def line_of(self, part: Any) -> str:
        """The programme of a funder, or the organisation where that is all there is."""
        return str(part.get("programme") or part.get("organisation") or "")


class TiesAnswer(LinesAnswer):
    """Organisations a person is tied to, one a line; each becomes an organisation of the case."""

    def __init__(self, *, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = names

    def of_line(self, line: str) -> object:
        """A tie to the organisation of an id made from its name."""
        return {"organisation": organisation_id(line)}

    def line_of(self, part: Any) -> str:
        """The name of the organisation."""
        key = str(part.get("organisation", ""))
        return self.names.get(key, key)

    def name_of(self, line: str) -> str:
        """The name in a line."""
        return line


class OwnersAnswer(TiesAnswer):
    """Owners of an organisation, one a line: a name, then a comma and the share if it is known."""

    def of_line(self, line: str) -> object:
        """An owner, with the share in the registry's words."""
        name, share = self._parts(line)
        owner: dict[str, object] = {"organisation": organisation_id(name)}
        return owner | ({"share": f"{share} %"} if share else {})

    def line_of(self, part: Any) -> str:
        """The name of the owner and its share."""
        share = part.get("share", UNKNOWN)
        return super().line_of(part) + ("" if share == UNKNOWN else f", {share}")

    def name_of(self, line: str) -> str:
        """The name without the share."""
        return self._parts(line)[0]

    def _parts(self, line: str) -> tuple[str, str]:
        found = _SHARE.match(line)
        return (found[1].strip(), found[2].replace(",", ".")) if found else (line, "")


def organisation_id(name: str) -> str:
    """An id for an organisation that was only named: letters and digits of its name."""
    return "tie-" + re.sub(r"[^\w.]+", "-", name.lower()).strip("-")[:60]


class NumberAnswer(TextAnswer):
    """A plain number; with a unit it is sent as a quantity."""

    def to_python(self, value: Any) -> Any:
        """A Decimal, or the quantity in words of the registry."""
        text = super().to_python(value)
        if text is None:
            return None
        try:
            number = Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise ValidationError(gettext("Enter a number, such as 280")) from None
        return f"{number} {self.unit}" if self.unit else number

    def prepare_value(self, value: Any) -> Any:
        """The number without its unit."""
        return str(value).removesuffix(f" {self.unit}") if value is not None else None


class ChoiceAnswer(Asked, forms.ChoiceField):
    """One word of a few, or not known."""

    def to_python(self, value: Any) -> Any:
        """The word, None where none was chosen."""
        return super().to_python(value) or None

    def valid_value(self, value: Any) -> bool:
        """Whether the word was offered; what a fact may be is checked by its registry as well."""
        return super().valid_value(self.prepare_value(value))


class YesNoAnswer(ChoiceAnswer):
    """Yes, no, or not known."""

    def to_python(self, value: Any) -> Any:
        """True, False, `unknown` or None."""
        word = super().to_python(value)
        return {"true": True, "false": False}.get(word, word) if word else None

    def prepare_value(self, value: Any) -> Any:
        """The word that is chosen."""
        return str(value).lower() if isinstance(value, bool) else value


class ManyAnswer(Asked, forms.MultipleChoiceField):
    """Several words of a few; none of them and not known are answers of their own."""

    def to_python(self, value: Any) -> Any:
        """The words; `[]` for none of these, `unknown`, None where nothing was chosen."""
        words: list[str] = super().to_python(value)
        special = [word for word in words if word in (NONE, UNKNOWN)]
        if special and len(words) > 1:
            raise ValidationError(gettext("Choose one of the others, or this one alone"))
        if special:
            return [] if special == [NONE] else UNKNOWN
        return words or None

    def validate(self, value: Any) -> None:
        """Every word must have been offered."""
        super().validate(value if isinstance(value, list) else [value] if value else [])

    def prepare_value(self, value: Any) -> Any:
        """The boxes that are ticked."""
        if value == []:
            return [NONE]
        return [value] if isinstance(value, str) else value


class Rows(forms.MultiWidget):
    """Several small inputs with a label each, side by side."""

    template_name = "portal/widgets/rows.html"
    use_fieldset = True
    paired = False

    def decompress(self, value: Any) -> list[Any]:
        """The texts of the inputs; the field has prepared them already."""
        return list(value) if isinstance(value, list) else [None] * len(self.widgets)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the label of each input beside it."""
        context = super().get_context(name, value, attrs)
        context["widget"]["paired"] = self.paired
        for part in context["widget"]["subwidgets"]:
            part["label"] = part["attrs"].pop("data-label", "")
        return context


class RowsAnswer(Asked, forms.MultiValueField, ABC):
    """An answer typed in several small inputs; how they make a value is each kind's own."""

    def __init__(self, widgets: Iterable[forms.Widget], **kwargs: Any) -> None:
        parts = list(widgets)
        fields = [forms.CharField(required=False) for _part in parts]
        super().__init__(fields, widget=Rows(parts), require_all_fields=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The inputs' texts, padded to their number; what was typed stays as it was typed."""
        if value is None or (isinstance(value, list) and all(_is_text(part) for part in value)):
            texts = list(value or [])
        else:
            texts = self.texts_of(value)
        return [*texts, *[""] * (len(self.fields) - len(texts))][: len(self.fields)]

    @abstractmethod
    def texts_of(self, value: Any) -> list[str]:
        """The inputs' texts for a value."""

    def compress(self, data_list: list[Any]) -> Any:
        """The value of the inputs' texts; None where all are empty."""
        return self.value_of(list(data_list)) if any(data_list) else None

    @abstractmethod
    def value_of(self, texts: list[str]) -> Any:
        """The value that texts make, at least one of which is not empty."""


def _is_text(part: object) -> bool:
    return part is None or isinstance(part, str)


class WindowAnswer(RowsAnswer):
    """From a first to a last day."""

    def texts_of(self, value: Any) -> list[str]:
        """First and last day."""
        return [str(value.get("from", "")), str(value.get("until", ""))]

    def value_of(self, texts: list[str]) -> Any:
        """The days that were given."""
        return {name: text for name, text in zip(("from", "until"), texts, strict=True) if text}
