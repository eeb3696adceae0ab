"""All answers of a request on one page, each with the way to change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from apps.portal.parts.names import value_words

if TYPE_CHECKING:
    from apps.cases.domain.form_model import Field, Page
    from apps.portal.parts.drafting import Drafting


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One question in short, what was answered in words, and the address that changes it."""

    label: str
    values: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """The answers of one technology, way or page."""

    heading: str
    lines: tuple[SummaryLine, ...]


def summary_of(drafting: Drafting, *, change: bool) -> tuple[SummaryPart, ...]:
    """Every page with its answers; what was not answered says so."""
    return tuple(part for page in drafting.form.pages for part in _parts(drafting, page, change))


def _parts(drafting: Drafting, page: Page, change: bool) -> Iterator[SummaryPart]:
    names = drafting.names(page)
    countries = drafting.offer.atlas.names
    for section in page.sections:
        name = names.get(section.key, "")
        heading = f"{gettext(page.title)}: {name}" if name else gettext(page.title)
        lines = (
            SummaryLine(
                gettext(asked.label),
                words_of(asked, drafting.answers.get(asked.path), countries),
                f"{drafting.address(page.slug)}#id_{asked.path}" if change else "",
            )
            for asked in section.fields
        )
        yield SummaryPart(heading, tuple(lines))


def words_of(asked: Field, value: Any, countries: Mapping[str, str]) -> tuple[str, ...]:
    """An answer as people read it: the words that were chosen, the names of countries."""
    if value is None:
        return ()
    if value == []:
        return (gettext("None"),)
    labels = {option.value: gettext(option.label) for option in asked.options}
    several = value if isinstance(value, list) else [value]
    return tuple(_word(part, labels, countries) for part in several)


def _word(part: Any, labels: Mapping[str, str], countries: Mapping[str, str]) -> str:
    if isinstance(part, Mapping) and "country" in part:
        name = countries.get(str(part["country"]), str(part["country"]))
        since = part.get("from")
        return (
            gettext("%(country)s since %(day)s")
            % {
                "country": name,
                "day": value_words(since),
            }
            if since
            else name
        )
    if isinstance(part, str):
        return (
            labels.get(part)
            or countries.get(part)
            or (value_words(part) if part == "unknown" or "-" in part else part)
        )
    if isinstance(part, bool):
        return gettext("Yes") if part else gettext("No")
    return value_words(part)
