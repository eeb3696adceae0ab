"""Countries, typed by name with suggestions, or by code; none and not known are answers too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from apps.portal.forms.answers import NONE, UNKNOWN, Choices, RowsAnswer, TextAnswer

LIST = "countries"  # id of the one list of suggestions on a page


@dataclass(frozen=True)
class Atlas:
    """The countries that may be named: what each is called, and which code a name means."""

    choices: Choices = ()
    names: Mapping[str, str] = field(init=False)
    codes: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        words = {NONE: gettext("None"), UNKNOWN: gettext("Not known")}
        names = {**words, **{code: str(name) for code, name in self.choices}}
        codes = {name.casefold(): code for code, name in names.items()}
        codes |= {code.casefold(): code for code in names}
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "codes", codes)

    def code(self, typed: str) -> str:
        """The code of what was typed; ValidationError for what is no country of the list."""
        found = self.codes.get(" ".join(typed.split()).casefold())
        if found is None:
            raise ValidationError(
                gettext("%(typed)s is no country of the list. Type its name and choose it")
                % {"typed": typed[:60]}
            )
        return found

    def name(self, code: str) -> str:
        """What a code is called; anything else stays as it was typed."""
        return self.names.get(code, code)


class CountryAnswer(TextAnswer):
    """One country, or not known."""

    def __init__(self, *, atlas: Atlas, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.atlas = atlas

    def to_python(self, value: Any) -> Any:
        """The code, `unknown`, or None where nothing was typed."""
        text = super().to_python(value)
        code = self.atlas.code(text) if text else None
        if code == NONE:
            raise ValidationError(gettext("Name a country, or say that it is not known"))
        return code

    def prepare_value(self, value: Any) -> Any:
        """The name."""
        return self.atlas.name(value) if isinstance(value, str) else value


class CountriesAnswer(RowsAnswer):
    """A few countries, none, or not known."""

    step = 1  # every how many inputs a country stands

    def __init__(self, widgets: Any, *, atlas: Atlas, **kwargs: Any) -> None:
        super().__init__(widgets, **kwargs)
        self.atlas = atlas

    def texts_of(self, value: Any) -> list[str]:
        """One code an input."""
        return [str(value)]

    def prepare_value(self, value: Any) -> Any:
        """The names; no country is an answer of its own."""
        texts = super().prepare_value([NONE] if value == [] else value)
        return [
            self.atlas.name(text) if place % self.step == 0 and text else text
            for place, text in enumerate(texts)
        ]

    def value_of(self, texts: list[str]) -> Any:
        """The codes in their order."""
        codes = [self.atlas.code(text) for text in texts if text]
        word = _alone(codes)
        return codes if word is None else word


class DatedCountriesAnswer(CountriesAnswer):
    """Countries with the day each began, the most recent last; none, or not known."""

    step = 2

    def texts_of(self, value: Any) -> list[str]:
        """Country and day of each."""
        if not isinstance(value, list):
            return [str(value)]
        return [text for part in value for text in _dated(part)]

    def value_of(self, texts: list[str]) -> Any:
        """The countries in their order, each with its day where one was given."""
        pairs = list(zip(texts[::2], texts[1::2], strict=True))
        if any(day and not country for country, day in pairs):
            raise ValidationError(gettext("Name the country that goes with this day"))
        dated = [(self.atlas.code(country), day) for country, day in pairs if country]
        word = _alone([code for code, _day in dated])
        if word is not None:
            return word
        return [{"country": code, "from": day} if day else {"country": code} for code, day in dated]


def _alone(codes: list[str]) -> object | None:
    """`[]` for none, `unknown` for not known; None where countries were named."""
    if NONE not in codes and UNKNOWN not in codes:
        return None
    if len(set(codes)) > 1:
        raise ValidationError(gettext("Name countries, or one of the other answers alone"))
    return [] if codes[0] == NONE else UNKNOWN


def _dated(part: Any) -> tuple[str, str]:
    return str(part.get("country", "")), str(part.get("from", ""))
