"""One page of a request's form: its fields by fact path, and the facts that were typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.portal.forms.answers import TiesAnswer, organisation_id
from apps.portal.forms.controls import Offer, field_for
from apps.portal.forms.countries import Atlas, CountriesAnswer, CountryAnswer

if TYPE_CHECKING:
    from apps.cases.domain.form_model import Field, Page

LARGEST = 2**31 - 1  # of a whole number in the database
LOST = _("This page has lost which version of the request it shows. Load it again.")
RECORD = "case."  # what the record of the case keeps and no fact does


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one technology or way; `key` is its id, empty where nothing repeats."""

    key: str
    name: str
    fields: tuple[BoundField, ...]


class VersionedForm(forms.Form):
    """A form that says which version of the case it was opened on."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=LARGEST,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), LOST),
    )
    atlas: Atlas | None = None  # the countries that may be named in it
    unmarked = False  # whether fields that may stay empty go without a mark, because all may

    def suggestions(self) -> list[str]:
        """The words to suggest where a country is typed; none where no field asks for one."""
        asked = any(
            isinstance(one, CountryAnswer | CountriesAnswer) for one in self.fields.values()
        )
        return list(self.atlas.names.values()) if asked and self.atlas else []

    def typed(self) -> list[tuple[str, str]]:
        """The words that were typed, each with its label; empty before anything was sent."""
        if not self.is_bound:
            return []
        free = (one for one in self.visible_fields() if not hasattr(one.field, "choices"))
        words = ((str(one.label), one.data) for one in free)
        return [(label, text) for label, text in words if isinstance(text, str) and text.strip()]

    def carry_on(self, version: int) -> None:
        """Keep what was typed and build on the version that stands now."""
        typed = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        typed["version"] = str(version)
        self.data = typed


class PageForm(VersionedForm):
    """The fields of a page, each named by its fact path; an empty field takes an answer back."""

    unmarked = True

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        page: Page,
        answers: Mapping[str, Any],
        version: int,
        offer: Offer,
    ) -> None:
        super().__init__(data, initial={"version": version, **answers})
        self.page, self.atlas = page, offer.atlas
        for asked in page.fields:
            self.fields[asked.path] = field_for(asked, offer=offer)

    def groups(self, names: Mapping[str, str]) -> Iterator[Group]:
        """The sections of the page with the name of the technology or way each is about."""
        for section in self.page.sections:
            bound = tuple(self[asked.path] for asked in section.fields)
            yield Group(section.key, names.get(section.key, ""), bound)

    def facts(self) -> dict[str, Any]:
        """The facts by path, None where an answer is taken back."""
        typed = {asked.path: self.cleaned_data[asked.path] for asked in self._asked(record=False)}
        return {**self._organisations(typed), **typed}

    def record(self) -> dict[str, str]:
        """What the record of the case keeps: title and summary, where this page asks for them."""
        return {
            asked.path.removeprefix(RECORD): self.cleaned_data[asked.path] or ""
            for asked in self._asked(record=True)
        }

    def _asked(self, *, record: bool) -> Iterator[Field]:
        return (one for one in self.page.fields if one.path.startswith(RECORD) is record)

    def _organisations(self, typed: Mapping[str, Any]) -> dict[str, str]:
        """The names of organisations that were named only as a tie or an owner."""
        return {
            f"organisations.{organisation_id(name)}.name": name
            for path in typed
            for name in self._names(path)
        }

    def _names(self, path: str) -> Iterator[str]:
        """The organisations that the lines of a field name; none if it says there is none."""
        field = self.fields[path]
        if isinstance(field, TiesAnswer) and self.cleaned_data[path]:
            lines = (line.strip() for line in self[path].data.splitlines())
            yield from (field.name_of(line) for line in lines if line)
