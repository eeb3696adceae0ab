"""Conditions over the members of a list: any_of, all_of, count, with what must hold of each
member.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from apps.engine.conditions.leaves import canonical, path_at
from apps.engine.conditions.members import (
    WHOLE,
    OfMember,
    Types,
    compile_of_member,
    spoken_of_member,
    value_of,
)
from apps.engine.conditions.paths import COUNTRY_PATTERNS, Path
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.exposures import Exposure, every_nationality
from apps.engine.facts.registry import BLOCKS, BY_BLOCK
from apps.engine.facts.shapes import NATIONALITY, Choice, ListOf, Nationalities, Record
from apps.engine.facts.spec import Block
from apps.engine.facts.tree import Fact, Fields
from apps.engine.facts.types import UNKNOWN_VALUE, FactType, Unknown
from apps.engine.nationality import holds_on
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED, conjunction, disjunction, truth

_OF_ORGANISATION: Final = {  # what a member that names an organisation can be asked about it
    f"organisation.{field}": BY_BLOCK["organisations"][field].type for field in ("country", "kind")
}
_BY_PERSON_ITEM_AND_RELEASE: Final = frozenset({"who", "what", "release"})


@dataclass(frozen=True, slots=True)
class _Members:
    """The members of a list and where each is found, or the paths that are missing to know them."""

    path: str
    values: tuple[object, ...] = ()
    places: tuple[str, ...] = ()  # one per member, for members whose keys are facts
    missing: tuple[str, ...] = ()
    fact: Fact | None = None
    in_doubt: tuple[str, ...] = ()  # the facts behind members that are not known


@dataclass(frozen=True, slots=True)
class _Source:
    """A list a rule may name: how its members are found, what keys they have, what it hangs on."""

    members: Callable[[Exposure], _Members]
    types: Types
    axes: frozenset[str]
    patterns: frozenset[str]
    nationality: bool = False


def compile_list(op: str, raw: object, where: str, bench: Bench) -> Leaf | None:
    """`any_of`/`all_of: {of: LIST, where: CONDITION}` and `count: {of, where, at_least}`."""
    needed = ("of", "where", "at_least") if op == "count" else ("of", "where")
    if not isinstance(raw, Mapping):
        valid = ", ".join(needed)
        what = f"{op} takes a list and a condition."
        bench.no("wrong_type", what, where, found=raw, valid=valid)
        return None
    if not bench.keys(raw, where, needed=needed):
        return None
    source = _source(raw["of"], f"{where}.of", bench)
    if source is None:
        return None
    test = compile_of_member(raw["where"], f"{where}.where", bench, source.types)
    least = raw.get("at_least", Decimal(1))
    if not isinstance(least, Decimal) or least < 1 or least % 1:
        valid = "a whole number from 1"
        bench.no(
            "wrong_value", f"This is not {valid}.", f"{where}.at_least", found=least, valid=valid
        )
        return None
    if test is None:
        return None
    name = str(raw["of"]).rpartition(".")[2].replace("_", " ")
    text = f"{_words(op, least)} {name} {spoken_of_member(raw['where'])}"
    ready, enough = test, int(least)
    of_none = _joined(op, [], enough)

    def look(exposure: Exposure) -> Seen:
        return _look(op, source.members(exposure), ready, exposure, enough)

    def told(exposure: Exposure) -> int:
        members = source.members(exposure)
        if members.missing:
            return UNKNOWN
        if not members.values:
            return of_none
        return _joined(op, _answers(members, ready, exposure), enough)

    key, patterns = canonical(op, raw), source.patterns | _beyond(test)
    return Leaf(op, key, text, source.axes, look, patterns, source.nationality, told)


def _beyond(test: OfMember) -> frozenset[str]:
    """The patterns of the facts that a test reads of the organisations its members name."""
    fields = (key.partition(".")[2] for key in test.keys if key in _OF_ORGANISATION)
    return frozenset(BY_BLOCK["organisations"][field].pattern for field in fields)


def _words(op: str, least: Decimal) -> str:
    return {"any_of": "one of the", "all_of": "all of the"}.get(op, f"at least {least} of the")


def _source(of: object, where: str, bench: Bench) -> _Source | None:
    if of == "exposure.nationalities":
        axes = frozenset({"who", "release"})
        return _Source(_nationalities, NATIONALITY.fields, axes, COUNTRY_PATTERNS, True)
    if of in BLOCKS and of != "activity":
        return _block(cast("Block", of))
    path = path_at(of, where, bench)
    if path is None:
        return None
    types = _types_of(path.type)
    if types is None:
        what = "There is no list at this path."
        bench.no("wrong_value", what, where, found=of, valid="a path to a list")
        return None
    return _Source(
        lambda exposure: _listed(path, exposure), types, path.axes, path.patterns, path.nationality
    )


def _types_of(kind: FactType) -> Types | None:
    """The keys of the members of a list; None for what is no list."""
    if isinstance(kind, Nationalities):
        return NATIONALITY.fields
    if not isinstance(kind, ListOf):
        return None
    if isinstance(kind.of, Choice) and isinstance(kind.of.other, Record):
        return {WHOLE: kind.of.first, **kind.of.other.fields}
    if not isinstance(kind.of, Record):
        return {WHOLE: kind.of}
    return {**kind.of.fields, **(_OF_ORGANISATION if "organisation" in kind.of.fields else {})}


def _block(name: Block) -> _Source:
    specs = BY_BLOCK[name]
    types = {field: spec.type for field, spec in specs.items() if "." not in field}
    patterns = frozenset(spec.pattern for spec in specs.values())
    if name == "papers":
        return _Source(_papers, types, _BY_PERSON_ITEM_AND_RELEASE, patterns)
    if name == "releases":
        return _Source(_releases, types, frozenset(), patterns)

    def members(exposure: Exposure) -> _Members:
        mine = exposure.facts.block(name)
        return _Members(name, tuple(mine.values()), tuple(f"{name}.{key}" for key in mine))

    return _Source(members, types, frozenset(), patterns)


def _papers(exposure: Exposure) -> _Members:
    found = exposure.memo.get("papers")
    if not isinstance(found, _Members):
        found = exposure.memo["papers"] = _papers_held(exposure)
    return found


def _papers_held(exposure: Exposure) -> _Members:
    papers = exposure.papers(exposure.law.on)
    if papers is None:
        return _Members("papers", missing=("papers",))
    return _Members("papers", papers, _named("papers", papers, "kind"))


def _releases(exposure: Exposure) -> _Members:
    releases = exposure.facts.releases
    return _Members("releases", releases, _named("releases", releases, "id"))


def _named(block: str, members: Sequence[Fields], key: str) -> tuple[str, ...]:
    return tuple(f"{block}.{value_of(member, key)}" for member in members)


def _nationalities(exposure: Exposure) -> _Members:
    """Every nationality ever held, renounced ones as well; abroad the place of receipt beside."""
    held, missing = every_nationality(exposure)
    members = (*held, *(UNKNOWN_VALUE for _ in missing))
    return _Members("exposure.nationalities", members, in_doubt=missing)


def _listed(path: Path, exposure: Exposure) -> _Members:
    found = path.look(exposure)
    value = found.fact.value
    if isinstance(value, Unknown):
        return _Members(found.path, missing=found.missing)
    held = value if isinstance(value, tuple) else ()  # none: no such party
    kept = tuple(part for part in held if holds_on(part, exposure.law.on))
    return _Members(found.path, kept, fact=found.fact)


def _look(op: str, members: _Members, test: OfMember, exposure: Exposure, least: int) -> Seen:
    if members.missing:
        return Seen(UNKNOWN, (Read(members.path, "unknown"),), members.missing)
    answers = _answers(members, test, exposure)
    answer = _joined(op, answers, least)
    fact = members.fact or Fact(len(members.values))
    shown = (Read(members.path, fact.value, fact.source, fact.as_of),)
    missing = _missing(members, answers, test) if answer == UNKNOWN else ()
    rows = dict.fromkeys(row for member in members.values for row in test.rows(member))
    return Seen(answer, shown, missing, tuple(rows))


def _answers(members: _Members, test: OfMember, exposure: Exposure) -> list[int]:
    return [
        UNKNOWN if isinstance(member, Unknown) else test.judge(member, exposure)
        for member in members.values
    ]


def _joined(op: str, answers: list[int], least: int) -> int:
    if op == "any_of":
        return disjunction(answers)
    return conjunction(answers) if op == "all_of" else _at_least(answers, least)


def _at_least(answers: list[int], least: int) -> int:
    sure = sum(answer == TRUE for answer in answers)
    may = sum(answer != FALSE for answer in answers)
    if sure >= least or may < least:
        return truth(sure >= least)
    return UNKNOWN if UNKNOWN in answers else UNSETTLED


def _missing(members: _Members, answers: list[int], test: OfMember) -> tuple[str, ...]:
    """What to ask where members are open: the list, or the key of a member that is a fact."""
    if not members.places:
        return members.in_doubt or (members.path,)
    open_ones = (place for place, answer in enumerate(answers) if answer == UNKNOWN)
    first = next(open_ones)
    lacking = [
        key for key in test.keys if isinstance(value_of(members.values[first], key), Unknown)
    ]
    return tuple(f"{members.places[first]}.{key}" for key in lacking or test.keys[:1])
