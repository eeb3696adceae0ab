"""The leaves of conditions that compare: quantities with units, days, and named thresholds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from apps.engine.conditions.leaves import (
    PAIR,
    is_known,
    is_typed,
    label,
    leaf,
    path_at,
    read_of,
    unknown_of,
)
from apps.engine.conditions.paths import Path
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.exposures import Exposure
from apps.engine.facts.types import Amount, Day, Number, Quantity, as_amount
from apps.engine.law import is_unverified
from apps.engine.truth import FALSE, UNKNOWN, UNSETTLED, truth

_Order = Callable[[Decimal, Decimal], bool]
_ORDER: Final[Mapping[str, _Order]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
}
_DAYS: Final = {"days": 1, "day": 1, "weeks": 7, "months": 30, "years": 365}
TRIPLE: Final = 3  # a path, an order and a quantity


def compile_compare(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`compare: [PATH, OPERATOR, QUANTITY]`; units must be equal."""
    valid = '[PATH, "<" "<=" ">" ">=" or "==", QUANTITY]'
    if not isinstance(raw, list) or len(raw) != TRIPLE or comparison_of(raw[1]) is None:
        what = "compare takes a path, an operator and a quantity."
        bench.no("wrong_type", what, where, found=raw, valid=valid)
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None or not is_typed(path, (Number, Quantity), f"{where}[0]", bench):
        return None
    right = Amount(raw[2], "") if isinstance(raw[2], Decimal) else as_amount(raw[2])
    unit = path.spec.unit if path.spec else ""
    if right is None or not _is_measured_in(path, right, unit):
        valid = f"a quantity in {unit}" if unit else "a quantity with its unit"
        what = "compare takes a quantity with the unit of the fact."
        bench.no("wrong_type", what, f"{where}[2]", found=raw[2], valid=valid)
        return None
    order = _ORDER[raw[1]]
    text = f"{label(path)} {raw[1]} {right}".strip()
    return leaf("compare", raw, text, path, _comparison(path, order, right))


def _is_measured_in(path: Path, right: Amount, unit: str) -> bool:
    """Whether a quantity may be held against a fact: a number has its unit from the registry."""
    if isinstance(path.type, Number):
        return right.unit in ("", unit)
    return right.unit == unit if unit else bool(right.unit)


def _comparison(path: Path, order: _Order, right: Amount) -> Callable[[Exposure], Seen]:
    """Compares a quantity; another unit is not guessed but unknown."""

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        if not is_known(found):
            return unknown_of(found)
        value = found.fact.value
        left = Amount(value, right.unit) if isinstance(value, Decimal) else value
        if not isinstance(left, Amount):
            return Seen(FALSE, read_of(found))  # no such party
        if left.unit != right.unit:
            return Seen(UNKNOWN, read_of(found), (found.path,))
        return Seen(truth(order(left.value, right.value)), read_of(found))

    return look


def comparison_of(word: object) -> _Order | None:
    """The order an operator's sign stands for."""
    return _ORDER.get(word) if isinstance(word, str) else None


def compile_before(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`before: [PATH, DATE]`: strictly earlier."""
    return _dated("before", raw, where, bench, lambda value, day: value < day)


def compile_after(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`after: [PATH, DATE]`: strictly later."""
    return _dated("after", raw, where, bench, lambda value, day: value > day)


def _dated(
    op: str, raw: object, where: str, bench: Bench, order: Callable[[date, date], bool]
) -> Leaf | None:
    day = day_of(raw[1]) if isinstance(raw, list) and len(raw) == PAIR else None
    if not isinstance(raw, list) or day is None:
        what, valid = f"{op} takes a path and a day.", "[PATH, YYYY-MM-DD]"
        bench.no("wrong_type", what, where, found=raw, valid=valid)
        return None
    path = _path_to_day(raw[0], where, bench)
    if path is None:
        return None
    text = f"{label(path)} is {op} {day.isoformat()}"
    return leaf(op, raw, text, path, _on_day(path, lambda value, _: order(value, day)))


def _path_to_day(raw: object, where: str, bench: Bench) -> Path | None:
    path = path_at(raw, f"{where}[0]", bench)
    return path if path is not None and is_typed(path, (Day,), f"{where}[0]", bench) else None


def _on_day(path: Path, test: Callable[[date, date], bool]) -> Callable[[Exposure], Seen]:
    """Holds a day against the day of the determination; who has no such day is not meant."""

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        value = found.fact.value
        if not is_known(found):
            return unknown_of(found)
        holds = isinstance(value, date) and test(value, exposure.law.on)
        return Seen(truth(holds), read_of(found))

    return look


def compile_within(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`within: [PATH, "180 days"]`: the day lies at most that long before the day of the
    determination.
    """
    span = as_amount(raw[1]) if isinstance(raw, list) and len(raw) == PAIR else None
    if not isinstance(raw, list) or span is None or span.unit not in _DAYS:
        what, valid = "within takes a path and a span.", '[PATH, "180 days"]'
        bench.no("wrong_type", what, where, found=raw, valid=valid)
        return None
    path = _path_to_day(raw[0], where, bench)
    if path is None:
        return None
    most = span.value * _DAYS[span.unit]
    text = f"{label(path)} is within {span} of the day"
    return leaf(
        "within", raw, text, path, _on_day(path, lambda day, on: 0 <= (on - day).days <= most)
    )


def day_of(raw: object) -> date | None:
    """The day a rule writes, year-month-day; None for what is no day."""
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def compile_threshold(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`threshold: [PATH, NAME]`: the quantity is above the named threshold in force on the day."""
    if not isinstance(raw, list) or len(raw) != PAIR or not isinstance(raw[1], str):
        what, valid = "threshold takes a path and a name.", "[PATH, NAME]"
        bench.no("wrong_type", what, where, found=raw, valid=valid)
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None or not is_typed(path, (Quantity,), f"{where}[0]", bench):
        return None
    name: str = raw[1]

    def look(exposure: Exposure) -> Seen:
        row = exposure.law.tables.thresholds.get(name)
        if row is None:
            return Seen(UNSETTLED, (Read(f"thresholds {name}", None),))
        seen = _comparison(path, _ORDER[">"], Amount(row.value, row.unit))(exposure)
        rows = (f"thresholds:{name}",)
        told = Read(f"thresholds {name}", f"{Amount(row.value, row.unit)}", row.source.read)
        unsure = rows if is_unverified(row.source) else ()
        return Seen(seen.truth, (*seen.reads, told), seen.missing, rows, unsure)

    text = f"{label(path)} is above {name.replace('_', ' ')}"
    return leaf("threshold", raw, text, path, look)
