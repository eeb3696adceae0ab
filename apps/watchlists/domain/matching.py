"""Compares asked names with listed spellings; knows neither files nor database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.watchlists.domain.documents import ListDocument, ListedParty
from apps.watchlists.domain.names import (
    Keys,
    Words,
    exact_form,
    keys_of,
    spellings_of,
    without_abbreviation,
)
from apps.watchlists.domain.result import Hit, Match
from apps.watchlists.enums import NameKind

RANK = {how: place for place, how in enumerate(Match)}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of one listed party, normalised with the words of its list."""

    list: str
    party: ListedParty
    name: str
    kind: NameKind
    plain: str
    ordered: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One asked name with the keys under which it is looked for; none when it is all signs."""

    name: str
    keys: tuple[Keys, ...]


def asked_names(names: Sequence[str], words: Words) -> tuple[Asked, ...]:
    """The names once each, in the order asked, also without an abbreviation in brackets."""
    return tuple(Asked(name, _keys(name, words)) for name in dict.fromkeys(names))


def listed_spellings(party: ListedParty, document: ListDocument) -> tuple[Spelling, ...]:
    """Every name a party can be found under, once each."""
    kinds: dict[str, NameKind] = {}
    for name in (party.name, *party.aliases):
        whole = NameKind.PRIMARY if name == party.name else NameKind.ALIAS
        for spelling in spellings_of(name):
            kinds.setdefault(spelling, whole if spelling == name else NameKind.SHORT)
    return tuple(
        Spelling(document.code, party, name, kind, keys.plain, keys.ordered)
        for name, kind in kinds.items()
        if (keys := keys_of(name, document.words)).plain
    )


def compare(asked: Iterable[Asked], spellings: Iterable[Spelling]) -> tuple[Hit, ...]:
    """One hit per asked name and party, with its best spelling."""
    listed = tuple(spellings)
    best: dict[tuple[str, str, str], Hit] = {}
    for name in asked:
        for spelling in listed:
            hit = _hit(name, spelling)
            place = (name.name, spelling.list, spelling.party.party_id)
            if hit and (place not in best or _worth(hit) < _worth(best[place])):
                best[place] = hit
    return tuple(best.values())


def in_order(hits: Iterable[Hit], names: Sequence[str]) -> tuple[Hit, ...]:
    """The hits in the order the names were asked, the closest first."""
    place = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return tuple(sorted(hits, key=lambda hit: (place[hit.asked], *_worth(hit))))


def _keys(name: str, words: Words) -> tuple[Keys, ...]:
    whole, _ = without_abbreviation(name)
    keys = tuple(keys_of(text, words) for text in (name, whole) if text)
    return tuple(key for key in keys if key.plain)


def _hit(asked: Asked, spelling: Spelling) -> Hit | None:
    found = [how for keys in asked.keys if (how := _how(keys, spelling))]
    if not found:
        return None
    party = spelling.party
    return Hit(
        asked=asked.name,
        list=spelling.list,
        party_id=party.party_id,
        party=party.name,
        matched_name=spelling.name,
        how=min(found, key=RANK.__getitem__),
        kind=party.kind,
        countries=party.countries,
        citation=party.citation,
        programme=party.programme,
        requirement=party.requirement,
        policy=party.policy,
        all_items=party.all_items,
    )


def _how(keys: Keys, spelling: Spelling) -> Match | None:
    if keys.exact == exact_form(spelling.name):
        return Match.EXACT
    if keys.plain == spelling.plain:
        return Match.NORMALISED
    return Match.REORDERED if keys.ordered == spelling.ordered else None


def _worth(hit: Hit) -> tuple[int, str, str, str]:
    return RANK[hit.how], hit.list, hit.party_id, hit.matched_name
