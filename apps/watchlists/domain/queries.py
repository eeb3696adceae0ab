"""Reads the lists that are searched; two queries whatever the number of names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from apps.watchlists.models import EntryName, ListSource, ListVersion


def sources() -> QuerySet[ListSource]:
    """Every list known here, in order of code."""
    return ListSource.objects.order_by("code")


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A version with the number of entries found for it, which may differ from what it promises."""

    version: ListVersion
    held: int

    @property
    def damaged(self) -> bool:
        """Whether entries were lost or added behind the back of the loader."""
        return self.held != self.version.entries_count


def active_versions() -> list[HeldVersion]:
    """The version of each list that is searched."""
    versions = ListVersion.objects.filter(active=True).select_related("source")
    counted = versions.annotate(held=Count("entries")).order_by("source__code")
    return [HeldVersion(version, version.held) for version in counted]


def days_of_lists() -> list[tuple[str, date, int]]:
    """Code, day and promised interval in days of each list that is searched; one query."""
    rows = ListVersion.objects.filter(active=True).order_by("source__code")
    return list(rows.values_list("source__code", "as_of", "source__refresh_days"))


def names_with(
    version_ids: Iterable[int], *, plain: Iterable[str], ordered: Iterable[str]
) -> QuerySet[EntryName]:
    """The spellings in these versions under any of these keys."""
    return (
        EntryName.objects.filter(entry__version__in=list(version_ids))
        .filter(Q(plain__in=list(plain)) | Q(ordered__in=list(ordered)))
        .select_related("entry")
        .order_by("id")
    )
