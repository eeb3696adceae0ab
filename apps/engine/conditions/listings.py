"""The leaves of conditions that ask for list hits, and those no table here can answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from apps.engine.conditions.leaves import any_of_seen, canonical
from apps.engine.conditions.paths import party
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.exposures import Exposure
from apps.engine.facts.registry import BY_BLOCK
from apps.engine.facts.tree import UNKNOWN_FACT, Fields
from apps.engine.nationality import holds_on
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED, conjunction, disjunction, truth

_PARTIES: Final = (
    *("recipient", "employer", "employers", "giver", "host", "person", "organisation"),
    *("onward", "funders"),  # everybody to whom it is passed on; everybody who pays for it
)
_HITS: Final = ("people.*.hits", "organisations.*.hits")
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {  # the facts that say who is meant
    "employer": ("people.*.employer",),
    "employers": ("people.*.employer", "people.*.affiliations"),
    "giver": ("releases.*.from",),
    "host": ("activity.host",),
    "onward": ("activity.onward",),
    "funders": ("activity.funders",),
}
_EMPLOYED: Final = ("employee", "officer")
_NAMED_BY_THE_ACTIVITY: Final = {"onward": "who gets it next", "funders": "who pays for it"}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which hits are meant: of these lists, whose entry covers all items, only some, or either."""

    lists: frozenset[str]
    all_items: bool | None

    def truth(self, hit: Mapping[str, object]) -> int:
        """Confirmed is true, open is unknown, dismissed is false; so is the scope of the entry."""
        if hit.get("list") not in self.lists or hit.get("state") == "dismissed":
            return FALSE
        scope = TRUE
        if self.all_items is not None:
            known = hit.get("all_items")
            scope = UNKNOWN if not isinstance(known, bool) else truth(known == self.all_items)
        return conjunction((TRUE if hit.get("state") == "confirmed" else UNKNOWN, scope))


def compile_hit(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`hit: {of: exposure.PARTY, lists: [CODES]}`: confirmed is true, open is unknown, dismissed
    and none are false.
    """
    if not isinstance(raw, Mapping):
        bench.no(
            "wrong_type",
            "hit takes a party and lists.",
            where,
            found=raw,
            valid="of: exposure.recipient, lists: [LIST]",
        )
        return None
    if not bench.keys(raw, where, needed=("of", "lists"), may=("all_items",)):
        return None
    word = str(raw["of"]).removeprefix("exposure.")
    lists = raw["lists"]
    if word not in _PARTIES or not isinstance(lists, list) or not lists:
        bench.no(
            "wrong_value",
            "hit looks at a party of the exposure.",
            where,
            found=raw["of"],
            valid=", ".join(f"exposure.{name}" for name in _PARTIES),
        )
        return None
    names, scope = frozenset(map(str, lists)), raw.get("all_items")
    if scope is not None and not isinstance(scope, bool):
        bench.no("wrong_value", "all_items is true or false.", f"{where}.all_items", found=scope)
        return None
    wanted = _Wanted(names, scope)
    who = {"employers": "an employer", **_NAMED_BY_THE_ACTIVITY}.get(word, f"the {word}")
    text = f"{who} is listed ({', '.join(sorted(names))})"
    axis = "release" if word == "giver" else "who"
    axes = frozenset[str]() if word in ("host", *_NAMED_BY_THE_ACTIVITY) else frozenset({axis})
    patterns = frozenset({*_HITS, *_BESIDE.get(word, ())})
    key = canonical("hit", raw)
    test = None
    if word == "employers":
        test = partial(_truth_of_employers, wanted=wanted)
    elif word not in _NAMED_BY_THE_ACTIVITY:
        test = partial(_truth_of_party, word=word, wanted=wanted)
    return Leaf("hit", key, text, axes, lambda at: _hits(at, word, wanted), patterns, test=test)


def _truth_of_employers(exposure: Exposure, *, wanted: _Wanted) -> int:
    """What `_hits_of_employers` finds, without what it read."""
    own = _truth_of_party(exposure, word="employer", wanted=wanted)
    if not exposure.is_person:
        return own
    ties = exposure.recipient.get("affiliations", UNKNOWN_FACT).value
    if ties == ():
        return own
    return _hits_of_employers(exposure, wanted).truth


def _truth_of_party(exposure: Exposure, *, word: str, wanted: _Wanted) -> int:
    """What `_hits_of` finds, without what it read."""
    _, fields, missing = party(exposure, word)
    if missing:
        return UNKNOWN
    if fields is None:
        return FALSE
    hits = fields.get("hits", UNKNOWN_FACT).value
    if not isinstance(hits, tuple):
        return UNKNOWN
    return disjunction(wanted.truth(hit) if isinstance(hit, Mapping) else UNKNOWN for hit in hits)


def _hits(exposure: Exposure, word: str, wanted: _Wanted) -> Seen:
    if word == "employers":
        return _hits_of_employers(exposure, wanted)
    if word in _NAMED_BY_THE_ACTIVITY:
        return _hits_of_named(exposure, word, wanted)
    return _hits_of(*party(exposure, word), word=word, wanted=wanted)


def _hits_of_employers(exposure: Exposure, wanted: _Wanted) -> Seen:
    """The employer and every body the person is employee or officer of; a student of it is not
    meant (744.11).
    """
    own = _hits_of(*party(exposure, "employer"), word="employer", wanted=wanted)
    if not exposure.is_person:
        return own
    path = f"people.{exposure.who}.affiliations"
    ties = exposure.recipient.get("affiliations", UNKNOWN_FACT).value
    if not isinstance(ties, tuple):
        return any_of_seen([own, Seen(UNKNOWN, (Read(path, "unknown"),), (path,))])
    held = [tie for tie in ties if holds_on(tie, exposure.law.on) and _is_employed(tie)]
    return any_of_seen([own, *_each(exposure, path, held, wanted)])


def _is_employed(tie: object) -> bool:
    """Whether a tie is that of an employee or officer, or may be."""
    return not isinstance(tie, Mapping) or tie.get("role", _EMPLOYED[0]) in _EMPLOYED


def _hits_of_named(exposure: Exposure, word: str, wanted: _Wanted) -> Seen:
    """Every organisation that a list of the activity names; nobody counts if nobody is named."""
    path, named = f"activity.{word}", exposure.facts.activity.get(word, UNKNOWN_FACT).value
    if isinstance(named, tuple):
        parts = list(_each(exposure, path, named, wanted))
        return any_of_seen(parts or [Seen(FALSE, (Read(path, "none"),))])
    if BY_BLOCK["activity"][word].only_if_said:
        return Seen(FALSE, (Read(path, "none"),))
    return Seen(UNKNOWN, (Read(path, "unknown"),), (path,))


def _each(
    exposure: Exposure, path: str, members: Iterable[object], wanted: _Wanted
) -> Iterator[Seen]:
    """The hits of the organisation each member of a list names; one not named may be any."""
    for member in members:
        name = member.get("organisation") if isinstance(member, Mapping) else None
        if not isinstance(name, str):
            yield Seen(UNKNOWN, (Read(path, "unknown"),), (path,))
        else:
            place, fields = f"organisations.{name}", exposure.facts.organisations.get(name, {})
            yield _hits_of(place, fields, "", word=name, wanted=wanted)


def _hits_of(
    place: str, fields: Fields | None, missing: str, *, word: str, wanted: _Wanted
) -> Seen:
    if missing:
        return Seen(UNKNOWN, (Read(missing, "unknown"),), (missing,))
    if fields is None:
        return Seen(FALSE, (Read(word, "none"),))
    fact = fields.get("hits", UNKNOWN_FACT)
    path = f"{place}.hits"
    if not isinstance(fact.value, tuple):
        return Seen(UNKNOWN, (Read(path, "unknown"),), (path,))
    answer = disjunction(
        wanted.truth(hit) if isinstance(hit, Mapping) else UNKNOWN for hit in fact.value
    )
    return Seen(
        answer,
        (Read(path, fact.value, fact.source, fact.as_of),),
        (path,) if answer == UNKNOWN else (),
    )


def compile_unknown_law(op: str) -> Callable[[object, str, Bench], Leaf | None]:
    """An operator whose tables this edition does not hold: always undetermined, so that a person
    looks.
    """

    def compile_it(raw: object, _where: str, _bench: Bench) -> Leaf | None:
        text = f"{op.replace('_', ' ')} is settled by a person"
        return Leaf(op, canonical(op, raw), text, frozenset(), lambda _: Seen(UNSETTLED))

    return compile_it
