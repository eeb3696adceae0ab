"""Reads restricted-party lists from a folder of CSV files; refuses with file and line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from apps.engine.refusal import Refusal, Refusals
from apps.watchlists.domain.documents import ListDocument, ListedParty
from apps.watchlists.domain.lines import Line, lines_of, refusal_of
from apps.watchlists.domain.names import Words, tokens_of
from apps.watchlists.enums import PartyKind

LONGEST_NAME = 400
SOURCES = "sources.csv"
WORDS = "words.csv"
SOURCE_COLUMNS = [
    "list",
    "file",
    "title",
    "authority",
    "legal_effect",
    "citation",
    "refresh_days",
    "as_of",
    "published_entries",
    "read",
    "licence",
    "note",
]
WORD_COLUMNS = ["word", "kind", "language"]
PARTY_COLUMNS = [
    "party_id",
    "name",
    "kind",
    "countries",
    "aliases",
    "programme",
    "citation",
    "requirement",
    "policy",
    "all_items",
]
KINDS_OF_WORDS = ("article", "connective", "legal form")
FLAGS = {"1": True, "0": False, "": None}


def read_lists(folder: Path) -> tuple[ListDocument, ...]:
    """Every list named in the folder's sources.csv; raises Refusals with all that is wrong."""
    refused: list[Refusal] = []
    words = _read_words(folder, refused)
    sources = list(lines_of(folder, SOURCES, SOURCE_COLUMNS, refused))
    documents = [_document(folder, source, words, refused) for source in sources]
    codes = [document.code for document in documents]
    if not sources and not refused:
        refused.append(refusal_of("empty_list", SOURCES, "The folder names no list."))
    if len(set(codes)) < len(codes):
        refused.append(refusal_of("duplicate_list", SOURCES, "A list is named twice."))
    if refused:
        raise Refusals(refused)
    return tuple(documents)


def _document(folder: Path, line: Line, words: Words, refused: list[Refusal]) -> ListDocument:
    parties = _read_parties(folder, line.text("file"), refused)
    return ListDocument(
        code=line.text("list"),
        title=line.text("title"),
        authority=line.text("authority"),
        legal_effect=line.text("legal_effect"),
        citation=line.text("citation"),
        refresh_days=line.read("refresh_days", _count, valid="a number of days") or 0,
        as_of=line.read("as_of", date.fromisoformat, valid="a date") or date.min,
        published_entries=line.read("published_entries", _count, valid="a number of entries") or 0,
        read=line.text("read"),
        licence=line.text("licence"),
        note=line.text("note", needed=False),
        words=words,
        parties=parties,
    )


def _read_parties(folder: Path, file: str, refused: list[Refusal]) -> tuple[ListedParty, ...]:
    parties: dict[str, ListedParty] = {}
    before = len(refused)
    for line in lines_of(folder, file, PARTY_COLUMNS, refused):
        party = _party(line)
        if party.party_id in parties:
            line.refuse("duplicate_party", "party_id", valid="a party once")
        parties[party.party_id] = party
    if not parties and len(refused) == before:
        refused.append(refusal_of("empty_list", file, "The list has no entry."))
    return tuple(parties.values())


def _party(line: Line) -> ListedParty:
    return ListedParty(
        party_id=line.text("party_id"),
        name=line.read("name", _name, valid="a name of 1 to 400 letters") or "",
        kind=line.read("kind", PartyKind, valid=" or ".join(PartyKind)) or PartyKind.ORGANISATION,
        countries=line.read("countries", _countries, valid="ISO 3166-1 alpha-2 codes") or (),
        aliases=line.read("aliases", _names, valid="names of 1 to 400 letters") or (),
        programme=line.text("programme", needed=False),
        citation=line.text("citation"),
        requirement=line.text("requirement", needed=False),
        policy=line.text("policy", needed=False),
        all_items=line.read("all_items", FLAGS.__getitem__, valid="1, 0 or nothing"),
    )


def _read_words(folder: Path, refused: list[Refusal]) -> Words:
    kinds: dict[str, list[str]] = {kind: [] for kind in KINDS_OF_WORDS}
    for line in lines_of(folder, WORDS, WORD_COLUMNS, refused):
        into = line.read("kind", kinds.__getitem__, valid=", ".join(KINDS_OF_WORDS))
        if into is not None:
            into.append(line.text("word"))
    articles, connectives, forms = (tuple(sorted(set(kinds[kind]))) for kind in KINDS_OF_WORDS)
    return Words(articles=articles, connectives=connectives, legal_forms=forms)


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise ValueError(text)
    return int(text)


def _name(text: str) -> str:
    """A name that fits its column, also where normalising makes it longer."""
    written = max(len(text), len(" ".join(tokens_of(text))))
    if not 0 < written <= LONGEST_NAME:
        raise ValueError(text)
    return text


def _names(text: str) -> tuple[str, ...]:
    return tuple(_name(part.strip()) for part in text.split("|")) if text else ()


def _countries(text: str) -> tuple[str, ...]:
    codes = tuple(text.split(";")) if text else ()
    if not all(re.fullmatch(r"[A-Z]{2}", code) for code in codes):
        raise ValueError(text)
    return codes
