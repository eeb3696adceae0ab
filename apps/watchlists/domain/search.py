"""Searches names in the active versions of every list, in the database or in a folder of files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from apps.engine.refusal import Refusal, Refusals
from apps.watchlists.domain.documents import ListDocument
from apps.watchlists.domain.files import read_lists
from apps.watchlists.domain.matching import asked_names, compare, in_order, listed_spellings
from apps.watchlists.domain.names import Words
from apps.watchlists.domain.queries import HeldVersion, active_versions, names_with, sources
from apps.watchlists.domain.result import Hit, NamedVersion, SearchResult, State, is_fresh
from apps.watchlists.domain.rows import spelling_of, words_of
from apps.watchlists.models import ListVersion

MOST_NAMES = 2000


def search_names(names: Sequence[str], *, on: date) -> SearchResult:
    """Every name against the active version of every list; incomplete when one cannot be asked.

    `on` is the day of the screening, against which the age of a list is judged. Raises Refusal
    too_many_names.
    """
    _bounded(names)
    active = active_versions()
    faults = [f"{code}: no active version" for code in _silent_lists(active)]
    faults += [_damage(held) for held in active if held.damaged]
    versions = tuple(_named_version(held.version, on=on) for held in active)
    hits = _search_rows(names, [held.version for held in active])
    return _result(names, faults=faults, versions=versions, hits=hits)


def search_files(folder: Path, names: Sequence[str], *, on: date) -> SearchResult:
    """The same search over the lists in a folder, without a database."""
    _bounded(names)
    try:
        documents = read_lists(folder)
    except Refusals as refused:
        faults = [str(refusal) for refusal in refused.items]
        return _result(names, faults=faults, versions=(), hits=())
    hits = [hit for document in documents for hit in _search_document(names, document)]
    versions = tuple(_named_document(document, on=on) for document in documents)
    return _result(names, faults=[], versions=versions, hits=hits)


def _search_rows(names: Sequence[str], active: list[ListVersion]) -> list[Hit]:
    """Versions normalised with the same words are asked in one query."""
    alike: dict[Words, list[ListVersion]] = {}
    for version in active:
        alike.setdefault(words_of(version), []).append(version)
    hits: list[Hit] = []
    for words, versions in alike.items():
        asked = asked_names(names, words)
        keys = [key for name in asked for key in name.keys]
        rows = names_with(
            [version.pk for version in versions],
            plain=[key.plain for key in keys],
            ordered=[key.ordered for key in keys],
        )
        codes = {version.pk: version.source.code for version in versions}
        hits += compare(asked, (spelling_of(row, codes[row.entry.version_id]) for row in rows))
    return hits


def _search_document(names: Sequence[str], document: ListDocument) -> tuple[Hit, ...]:
    asked = asked_names(names, document.words)
    plain = {key.plain for name in asked for key in name.keys}
    ordered = {key.ordered for name in asked for key in name.keys}
    listed = (
        spelling
        for party in document.parties
        for spelling in listed_spellings(party, document)
        if spelling.plain in plain or spelling.ordered in ordered
    )
    return compare(asked, listed)


def _result(
    names: Sequence[str],
    *,
    faults: list[str],
    versions: tuple[NamedVersion, ...],
    hits: Iterable[Hit],
) -> SearchResult:
    blank = [asked.name for asked in asked_names(names, Words()) if not asked.keys]
    why = [*faults, *(f"{name!r} has nothing to search for" for name in blank)]
    if not versions and not faults:
        why.insert(0, "no list is loaded")
    return SearchResult(
        state=State.INCOMPLETE if why else State.COMPLETE,
        why="; ".join(why),
        versions=tuple(sorted(versions, key=lambda version: version.list)),
        hits=in_order(hits, names),
    )


def _bounded(names: Sequence[str]) -> None:
    if len(names) > MOST_NAMES:
        raise Refusal(
            code="too_many_names",
            what=f"{len(names)} names are asked at once.",
            where="names",
            remedy=f"Ask at most {MOST_NAMES} at a time.",
        )


def _silent_lists(active: list[HeldVersion]) -> list[str]:
    asked = {held.version.source_id for held in active}
    return [source.code for source in sources() if source.pk not in asked]


def _damage(held: HeldVersion) -> str:
    version = held.version
    found = f"{held.held} of {version.entries_count} entries"
    return f"{version.source.code}: version {version.version} holds {found}"


def _named_version(version: ListVersion, *, on: date) -> NamedVersion:
    return NamedVersion(
        list=version.source.code,
        version=version.version,
        digest=version.digest,
        as_of=version.as_of,
        fresh=is_fresh(version.as_of, refresh_days=version.source.refresh_days, on=on),
        entries=version.entries_count,
        published_entries=version.published_entries,
    )


def _named_document(document: ListDocument, *, on: date) -> NamedVersion:
    return NamedVersion(
        list=document.code,
        version=document.version,
        digest=document.digest(),
        as_of=document.as_of,
        fresh=is_fresh(document.as_of, refresh_days=document.refresh_days, on=on),
        entries=len(document.parties),
        published_entries=document.published_entries,
    )
