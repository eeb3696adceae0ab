"""What must hold of one member of a list: conditions over the member's own keys, type-checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from apps.engine.conditions.leaves import can_equal, is_group
from apps.engine.conditions.quantities import comparison_of, day_of
from apps.engine.conditions.refusing import Bench
from apps.engine.exposures import Exposure
from apps.engine.facts.tree import UNKNOWN_FACT, Fact
from apps.engine.facts.types import (
    Amount,
    Country,
    Day,
    FactType,
    Quantity,
    Unknown,
    as_amount,
)
from apps.engine.truth import NEGATED, UNKNOWN, conjunction, disjunction, truth

Types = Mapping[str, FactType]  # the keys of a member; `value` is a member without keys
Judge = Callable[[object, Exposure], int]
WHOLE: Final = "value"
_TRIPLE: Final = 3  # compare: a key, an order and a quantity


@dataclass(frozen=True, slots=True)
class OfMember:
    """A condition of one member: its truth, the keys it reads and the groups it looks up by key."""

    judge: Judge
    keys: tuple[str, ...]
    groups: tuple[tuple[str, str], ...] = ()

    def rows(self, member: object) -> tuple[str, ...]:
        """The rows of the edition that are looked up for a member."""
        looked = ((value_of(member, key), group) for key, group in self.groups)
        return tuple(f"groups:{group}:{code}" for code, group in looked if isinstance(code, str))


def compile_of_member(raw: object, where: str, bench: Bench, types: Types) -> OfMember | None:
    """all, any, not, is, in, compare, before, after, country_in over the keys of a member."""
    if not isinstance(raw, Mapping) or len(raw) != 1:
        bench.no(
            "wrong_type",
            "A condition is one operator with its operands.",
            where,
            found=raw,
            valid="OPERATOR: ...",
        )
        return None
    op, rest = next(iter(raw.items()))
    if op in ("all", "any") and isinstance(rest, list) and rest:
        return _joined(str(op), rest, f"{where}.{op}", bench, types)
    if op == "not":
        inner = compile_of_member(rest, f"{where}.not", bench, types)
        if inner is None:
            return None
        judge = inner.judge
        return OfMember(
            lambda member, exposure: NEGATED[judge(member, exposure)], inner.keys, inner.groups
        )
    return _plain(str(op), rest, f"{where}.{op}", bench, types)


def _joined(
    op: str, parts: list[object], where: str, bench: Bench, types: Types
) -> OfMember | None:
    compiled = [
        compile_of_member(part, f"{where}[{place}]", bench, types)
        for place, part in enumerate(parts)
    ]
    kept = [part for part in compiled if part is not None]
    if len(kept) < len(compiled):
        return None
    join = conjunction if op == "all" else disjunction
    return OfMember(
        lambda member, exposure: join(part.judge(member, exposure) for part in kept),
        tuple(key for part in kept for key in part.keys),
        tuple(pair for part in kept for pair in part.groups),
    )


def _plain(op: str, rest: object, where: str, bench: Bench, types: Types) -> OfMember | None:
    size = _TRIPLE if op == "compare" else _TRIPLE - 1
    if op not in _OPERATORS or not isinstance(rest, list) or len(rest) != size:
        bench.no(
            "unknown_operator",
            "This cannot stand over a member of a list.",
            where,
            found=op,
            valid=", ".join(("all", "any", "not", *_OPERATORS)),
        )
        return None
    key = rest[0]
    if not isinstance(key, str) or key not in types:
        valid = ", ".join(types)
        what = "A member of this list has no such key."
        bench.no("unknown_fact", what, f"{where}[0]", found=key, valid=valid)
        return None
    ready = _OPERATORS[op](rest[1:], types[key], f"{where}[1]", bench)
    if ready is None:
        return None

    def judge(member: object, exposure: Exposure) -> int:
        value = _of_organisation(member, key, exposure) if "." in key else value_of(member, key)
        return UNKNOWN if isinstance(value, Unknown) else ready(value, exposure)

    return OfMember(judge, (key,), ((key, str(rest[1])),) if op == "country_in" else ())


def _of_organisation(member: object, key: str, exposure: Exposure) -> object:
    """What is known of the organisation a member names, under `organisation.FIELD`."""
    word, _, field = key.partition(".")
    named = exposure.facts.organisations.get(str(value_of(member, word)), {})
    return named.get(field, UNKNOWN_FACT).value


def value_of(member: object, key: str) -> object:
    """What a member says under a key; the member itself under `value`."""
    if key == WHOLE and not isinstance(member, Mapping):
        return member
    found = member.get(key, UNKNOWN_FACT) if isinstance(member, Mapping) else UNKNOWN_FACT
    return found.value if isinstance(found, Fact) else found


def _is(operands: list[object], kind: FactType, where: str, bench: Bench) -> Judge | None:
    wanted = operands[0]
    fits = can_equal(kind, wanted, where, bench)
    return (lambda value, _: truth(value == wanted)) if fits else None


def _in(operands: list[object], kind: FactType, where: str, bench: Bench) -> Judge | None:
    wanted = operands[0]
    if not isinstance(wanted, list) or not wanted:
        what = "in takes a list of values."
        bench.no("wrong_type", what, where, found=wanted, valid="a list of values")
        return None
    if not all(
        can_equal(kind, value, f"{where}[{place}]", bench) for place, value in enumerate(wanted)
    ):
        return None
    return lambda value, _: truth(value in wanted)


def _dated(earlier: bool) -> _Build:
    def build(operands: list[object], kind: FactType, where: str, bench: Bench) -> Judge | None:
        day = day_of(operands[0])
        if not isinstance(kind, Day) or day is None:
            what = "A day is held against a day."
            bench.no("wrong_value", what, where, found=operands[0], valid="YYYY-MM-DD")
            return None
        return lambda value, _: truth(
            isinstance(value, date) and (value < day if earlier else value > day)
        )

    return build


def _compare(operands: list[object], kind: FactType, where: str, bench: Bench) -> Judge | None:
    right, order = as_amount(operands[1]), comparison_of(operands[0])
    fits = isinstance(kind, Quantity) and right is not None and kind.unit == right.unit
    if right is None or order is None or not fits:
        what = "A quantity is held against a quantity of its unit."
        bench.no("wrong_value", what, where, found=operands, valid='"<", "50 %"')
        return None

    return lambda value, _: truth(isinstance(value, Amount) and order(value.value, right.value))


def _country_in(operands: list[object], kind: FactType, where: str, bench: Bench) -> Judge | None:
    if not isinstance(kind, Country):
        what = "Only a country is in a group of countries."
        bench.no("wrong_value", what, where, found=kind.name, valid="a key that is a country")
        return None
    if not is_group(operands[0], where, bench):
        return None
    group = str(operands[0])
    return lambda value, exposure: exposure.law.member(str(value), group)


_Build = Callable[[list[object], FactType, str, Bench], Judge | None]
_OPERATORS: Final[Mapping[str, _Build]] = {
    "is": _is,
    "in": _in,
    "before": _dated(earlier=True),
    "after": _dated(earlier=False),
    "compare": _compare,
    "country_in": _country_in,
}


def spoken_of_member(raw: object) -> str:
    """A member's condition in words, of a condition that was taken."""
    op, rest = next(iter(cast("Mapping[str, Any]", raw).items()))
    if op in ("all", "any"):
        return (" and " if op == "all" else " or ").join(spoken_of_member(part) for part in rest)
    if op == "not":
        return f"not {spoken_of_member(rest)}"
    key = "" if rest[0] == WHOLE else f"{rest[0]} "
    last = rest[-1]
    if isinstance(last, bool):
        return f"{'' if last else 'not '}{key}".strip().replace("_", " ")
    listed = ", ".join(map(str, last)) if isinstance(last, list) else str(last)
    word = {"in": "is one of", "country_in": "is in", "compare": rest[1]}.get(str(op), str(op))
    return f"{key}{word} {listed}".replace("_", " ")
