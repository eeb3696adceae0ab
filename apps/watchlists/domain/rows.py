"""A list as rows of the database: what is written, and the same facts read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from apps.watchlists.domain.documents import ListDocument, ListedParty
from apps.watchlists.domain.matching import Spelling, listed_spellings
from apps.watchlists.domain.names import Words
from apps.watchlists.enums import NameKind
from apps.watchlists.models import Entry, EntryName, ListVersion


def entry_of(party: ListedParty, version: ListVersion) -> Entry:
    """The row of a party; its names are rows of their own."""
    return Entry(
        version=version,
        party_id=party.party_id,
        name=party.name,
        kind=party.kind,
        countries=list(party.countries),
        programme=party.programme,
        citation=party.citation,
        requirement=party.requirement,
        policy=party.policy,
        all_items=party.all_items,
    )


def names_of(entries: Iterable[Entry], document: ListDocument) -> list[EntryName]:
    """The rows of all spellings of the entries of a document, in its order."""
    return [
        EntryName(
            entry=entry,
            name=spelling.name,
            kind=spelling.kind,
            plain=spelling.plain,
            ordered=spelling.ordered,
        )
        for entry, party in zip(entries, document.parties, strict=True)
        for spelling in listed_spellings(party, document)
    ]


def spelling_of(row: EntryName, code: str) -> Spelling:
    """A row of a name, with its entry, as it is compared."""
    entry = row.entry
    party = ListedParty(
        party_id=entry.party_id,
        name=entry.name,
        kind=entry.kind,
        countries=tuple(entry.countries),
        aliases=(),
        programme=entry.programme,
        citation=entry.citation,
        requirement=entry.requirement,
        policy=entry.policy,
        all_items=entry.all_items,
    )
    return Spelling(code, party, row.name, NameKind(row.kind), row.plain, row.ordered)


def words_of(version: ListVersion) -> Words:
    """The words with which the names of a version were normalised."""
    return Words(**{kind: tuple(words) for kind, words in version.words.items()})


def words_as_json(words: Words) -> dict[str, list[str]]:
    """The words as they are kept beside a version."""
    return {kind: list(kept) for kind, kept in asdict(words).items()}
