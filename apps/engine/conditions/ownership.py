"""The leaf of conditions that adds up ownership: how much of a party listed parties hold.

Shares of several listed owners are added up. A share held through a body that is itself held at
least at the threshold counts whole (31 CFR chapter V; 15 CFR 744.11). What is not known lies
between nothing and all that the known shares leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from apps.engine.conditions.leaves import canonical
from apps.engine.conditions.paths import party
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.exposures import Exposure
from apps.engine.facts.registry import BY_BLOCK
from apps.engine.facts.tree import UNKNOWN_FACT, Facts, Fields
from apps.engine.facts.types import Amount, as_amount
from apps.engine.truth import FALSE, TRUE, UNKNOWN, disjunction

_WHOLE: Final = Decimal(100)
_PARTIES: Final = ("recipient", "employer", "organisation", "giver", "host")


@dataclass(frozen=True, slots=True)
class _Held:
    """The least and the most that listed parties hold, in percent, and what is missing."""

    least: Decimal
    most: Decimal
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Listing:
    """Which listed owners count: of these lists, and only by an entry that covers all items."""

    lists: frozenset[str]
    whole: bool

    def truth(self, hit: Mapping[str, object]) -> int:
        """Confirmed is true, open is unknown, dismissed is false; an unknown scope is unknown."""
        if hit.get("list") not in self.lists or hit.get("state") == "dismissed":
            return FALSE
        scope = hit.get("all_items") if self.whole else True
        if scope is False:
            return FALSE
        return TRUE if scope is True and hit.get("state") == "confirmed" else UNKNOWN


def compile_owned_by(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`owned_by: {of: exposure.PARTY, lists: [CODES], at_least: "50 %"}`; with `all_items: true`
    only owners whose entry covers all items count.
    """
    if not isinstance(raw, Mapping):
        bench.no("wrong_type", "owned_by takes a party, lists and a share.", where, found=raw)
        return None
    if not bench.keys(raw, where, needed=("of", "lists", "at_least"), may=("all_items",)):
        return None
    whole = raw.get("all_items", False)
    if not isinstance(whole, bool):
        bench.no("wrong_value", "all_items is true or false.", f"{where}.all_items", found=whole)
        return None
    word = str(raw["of"]).removeprefix("exposure.")
    lists, share = raw["lists"], as_amount(raw["at_least"])
    if word not in _PARTIES or not isinstance(lists, list) or not lists:
        valid = ", ".join(f"exposure.{name}" for name in _PARTIES)
        bench.no("wrong_value", "owned_by looks at a party.", where, found=raw["of"], valid=valid)
        return None
    if share is None or share.unit != "%":
        bench.no(
            "wrong_value", "A share is a percentage.", where, found=raw["at_least"], valid="50 %"
        )
        return None
    codes, threshold = frozenset(map(str, lists)), share
    axes = {"giver": {"release"}, "host": set()}.get(word, {"who"})
    return Leaf(
        "owned_by",
        canonical("owned_by", raw),
        f"listed parties ({', '.join(sorted(codes))}) hold {threshold} or more of the {word}",
        frozenset(axes),
        lambda exposure: _look(exposure, word, _Listing(codes, whole), threshold),
        frozenset(BY_BLOCK["organisations"][name].pattern for name in ("owners", "hits")),
    )


def _look(exposure: Exposure, word: str, listing: _Listing, share: Amount) -> Seen:
    place, fields, missing = party(exposure, word)
    if missing:
        return Seen(UNKNOWN, (Read(missing, "unknown"),), (missing,))
    if fields is None or place.startswith("people."):
        return Seen(FALSE, (Read(word, "no organisation"),))
    held = _Owners(exposure.facts, listing, share.value, place).held()
    read = Read(f"{place}.owners", f"listed parties hold {_span(held)}")
    if held.least >= share.value:
        return Seen(TRUE, (read,))
    if held.most < share.value:
        return Seen(FALSE, (read,))
    return Seen(UNKNOWN, (read,), held.missing)


def _span(held: _Held) -> str:
    low, high = (f"{value.normalize():f}" for value in (held.least, held.most))
    return f"{low} %" if low == high else f"{low} to {high} %"


@dataclass(frozen=True, slots=True)
class _Owner:
    """One owner as written: where its facts stand, empty if it is not named, and its share."""

    place: str
    share: Decimal | None


class _Owners:
    """Everybody above one organisation, and who of them surely or possibly counts as listed."""

    def __init__(self, facts: Facts, listing: _Listing, threshold: Decimal, place: str) -> None:
        self._facts = facts
        self._listing = listing
        self._threshold = threshold
        self._place = place
        self._owners: dict[str, tuple[_Owner, ...] | None] = {}  # None: not known
        self._holdings: dict[str, list[str]] = {}  # what each of them holds a share of
        waiting = [place]
        while waiting:
            current = waiting.pop()
            if current not in self._owners:
                self._owners[current] = self._owners_of(current)
                for owner in filter(_is_named, self._owners[current] or ()):
                    self._holdings.setdefault(owner.place, []).append(current)
                    waiting.append(owner.place)

    def held(self) -> _Held:
        """How much of the organisation listed parties hold."""
        hits = {place: self._hit(place) for place in self._owners}
        sure = self._counted({place for place, hit in hits.items() if hit == TRUE}, surely=True)
        may = self._counted({place for place, hit in hits.items() if hit != FALSE}, surely=False)
        unsure = [place for place in self._owners if place in may - sure]
        missing = dict.fromkeys(
            path for place in (self._place, *unsure) for path in self._asked(place, hits)
        )
        share = self._share
        return _Held(
            share(self._place, sure, surely=True),
            share(self._place, may, surely=False),
            tuple(missing),
        )

    def _fields(self, place: str) -> Fields | None:
        block, _, name = place.partition(".")
        return self._facts.block(block).get(name)

    def _owners_of(self, place: str) -> tuple[_Owner, ...] | None:
        """The owners of a body; a person has none, and of a body not described none are known."""
        if not place.startswith("organisations."):
            return ()
        fields = self._fields(place)
        owners = UNKNOWN_FACT.value if fields is None else fields.get("owners", UNKNOWN_FACT).value
        return tuple(map(_owner, owners)) if isinstance(owners, tuple) else None

    def _hit(self, place: str) -> int:
        fields = self._fields(place)
        hits = UNKNOWN_FACT.value if fields is None else fields.get("hits", UNKNOWN_FACT).value
        if not isinstance(hits, tuple):
            return UNKNOWN
        return disjunction(
            self._listing.truth(hit) if isinstance(hit, Mapping) else UNKNOWN for hit in hits
        )

    def _counted(self, listed: set[str], *, surely: bool) -> set[str]:
        """Those who are listed, and every body that those who count hold at the threshold."""
        counted = listed - {self._place}
        waiting = [place for place in self._owners if place != self._place]
        while waiting:
            place = waiting.pop()
            if place in counted or place == self._place:
                continue
            if self._share(place, counted, surely=surely) >= self._threshold:
                counted.add(place)
                waiting.extend(self._holdings.get(place, ()))
        return counted

    def _share(self, place: str, counted: set[str], *, surely: bool) -> Decimal:
        """The least or the most of a body that those who count may hold."""
        owners = self._owners[place]
        if owners is None:
            return Decimal(0) if surely else _WHOLE
        counting = [
            owner.share
            for owner in owners
            if (owner.place in counted if owner.place else not surely)
        ]
        total = sum((share for share in counting if share is not None), Decimal(0))
        if not surely and None in counting:
            known = sum((owner.share or Decimal(0) for owner in owners), Decimal(0))
            total += max(_WHOLE - known, Decimal(0))
        return min(total, _WHOLE)

    def _asked(self, place: str, hits: Mapping[str, int]) -> Iterator[str]:
        """What is not known of one body: whether it is listed, who owns it and how much of it."""
        if place != self._place and hits[place] == UNKNOWN:
            yield f"{place}.hits"
        owners = self._owners[place]
        if owners is None or any(not owner.place or owner.share is None for owner in owners):
            yield f"{place}.owners"


def _is_named(owner: _Owner) -> bool:
    return bool(owner.place)


def _owner(written: object) -> _Owner:
    if not isinstance(written, Mapping):
        return _Owner("", None)
    person = "person" in written
    name = written["person"] if person else written.get("organisation")
    place = f"{'people' if person else 'organisations'}.{name}" if name else ""
    share = written.get("share")
    return _Owner(place, share.value if isinstance(share, Amount) else None)
