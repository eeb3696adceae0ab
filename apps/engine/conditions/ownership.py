"""The leaf of conditions that adds up ownership: how much of a party listed parties hold.

Shares of several listed owners are added up. A share held through a body that is itself held at
least at the threshold counts whole (31 CFR chapter V; 15 CFR 744.11). What is not known lies
between nothing and all that the known shares leave.
"""

from __future__ import annotations

from collections.abc import Mapping
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
_DEEPEST: Final = 8  # owners of owners; a circle of owners ends here
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
    held = _Owners(exposure.facts, listing, share.value).of(place, fields, 0)
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
class _Owners:
    """Goes through the owners of a case for one list and one threshold."""

    facts: Facts
    listing: _Listing
    threshold: Decimal

    def of(self, place: str, fields: Fields, depth: int) -> _Held:
        """How much of an organisation listed parties hold."""
        owners = fields.get("owners", UNKNOWN_FACT).value
        if not isinstance(owners, tuple) or depth > _DEEPEST:
            return _Held(Decimal(0), _WHOLE, (f"{place}.owners",))
        least = most = known = Decimal(0)
        doubts: list[str] = []
        for owner in owners:
            sure, may, missing = self._listed(owner, depth)
            share = owner.get("share") if isinstance(owner, Mapping) else None
            amount = share.value if isinstance(share, Amount) else None
            known += amount or 0
            if sure and amount is not None:
                least += amount
            if may and amount is not None:
                most += amount
            if may and amount is None:
                doubts.append(f"{place}.owners")
            doubts.extend(missing)
        if any(doubt == f"{place}.owners" for doubt in doubts):
            most += max(_WHOLE - known, Decimal(0))
        return _Held(least, min(most, _WHOLE), tuple(dict.fromkeys(doubts)))

    def _listed(self, owner: object, depth: int) -> tuple[bool, bool, tuple[str, ...]]:
        """Whether an owner surely and possibly counts as listed, and what is missing to say so."""
        if not isinstance(owner, Mapping):
            return False, True, ()
        block = "people" if "person" in owner else "organisations"
        name = str(owner.get("person") or owner.get("organisation") or "")
        fields = self.facts.block(block).get(name)
        place = f"{block}.{name}"
        if fields is None:
            return False, False, ()
        sure, may, missing = self._hit(place, fields)
        if sure or block == "people" or "owners" not in fields:
            return sure, may, missing
        above = self.of(place, fields, depth + 1)
        held, maybe = above.least >= self.threshold, above.most >= self.threshold
        doubts = (*missing, *(above.missing if maybe and not held else ()))
        return held, may or maybe, doubts

    def _hit(self, place: str, fields: Fields) -> tuple[bool, bool, tuple[str, ...]]:
        hits = fields.get("hits", UNKNOWN_FACT).value
        if not isinstance(hits, tuple):
            return False, True, (f"{place}.hits",)
        known = [hit for hit in hits if isinstance(hit, Mapping)]
        found = [self.listing.truth(hit) for hit in known] + [UNKNOWN] * (len(hits) - len(known))
        answer = disjunction(found)
        return answer == TRUE, answer != FALSE, (f"{place}.hits",) if answer == UNKNOWN else ()
