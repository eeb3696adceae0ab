"""The leaves of conditions that compare: quantities with units, days, and named thresholds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from apps.engine.conditions.leaves import (
    PAIR,
    canonical,
    is_known,
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
from apps.engine.facts.types import Amount, as_amount
from apps.engine.truth import FALSE, UNKNOWN, UNSETTLED, truth

_ORDER: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
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
    if not isinstance(raw, list) or len(raw) != TRIPLE or raw[1] not in _ORDER:
        bench.no(
            "wrong_type",
            "compare takes a path, an operator and a quantity.",
            where,
            found=raw,
            valid=valid,
        )
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    right = as_amount(raw[2]) or (Amount(raw[2], "") if isinstance(raw[2], Decimal) else None)
    if path is None or right is None:
        bench.no(
            "wrong_type",
            "compare takes a quantity with its unit.",
            f"{where}[2]",
            found=raw[2],
            valid=valid,
        )
        return None
    order = _ORDER[str(raw[1])]
    return leaf(
        "compare", raw, f"{label(path)} {raw[1]} {right}", path, comparison(path, order, right)
    )


def comparison(
    path: Path, order: Callable[[Decimal, Decimal], bool], right: Amount
) -> Callable[[Exposure], Seen]:
    """Compares a quantity; another unit is not guessed but unknown."""

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        if not is_known(found):
            return unknown_of(found)
        value = found.fact.value
        left = (
            value
            if isinstance(value, Amount)
            else Amount(value, "")
            if isinstance(value, Decimal)
            else None
        )
        if left is None:
            return Seen(FALSE, read_of(found))
        if left.unit != right.unit:
            return Seen(UNKNOWN, read_of(found), (found.path,))
        return Seen(truth(order(left.value, right.value)), read_of(found))

    return look


def comparison_of(word: object) -> Callable[[Decimal, Decimal], bool] | None:
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
    path = (
        path_at(raw[0], f"{where}[0]", bench)
        if isinstance(raw, list) and len(raw) == PAIR
        else None
    )
    day = day_of(raw[1]) if isinstance(raw, list) and len(raw) == PAIR else None
    if path is None or day is None:
        bench.no(
            "wrong_type",
            f"{op} takes a path and a day.",
            where,
            found=raw,
            valid="[PATH, YYYY-MM-DD]",
        )
        return None

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        value = found.fact.value
        if not is_known(found):
            return unknown_of(found)
        return Seen(truth(isinstance(value, date) and order(value, day)), read_of(found))

    return leaf(op, raw, f"{label(path)} is {op} {day.isoformat()}", path, look)


def compile_within(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`within: [PATH, "180 days"]`: the day lies at most that long before the day of the
    determination.
    """
    span = as_amount(raw[1]) if isinstance(raw, list) and len(raw) == PAIR else None
    if not isinstance(raw, list) or span is None or span.unit not in _DAYS:
        bench.no(
            "wrong_type",
            "within takes a path and a span.",
            where,
            found=raw,
            valid='[PATH, "180 days"]',
        )
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None:
        return None
    length = timedelta(days=int(span.value) * _DAYS[span.unit])

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        value = found.fact.value
        if not is_known(found):
            return unknown_of(found)
        on = exposure.law.on
        return Seen(truth(isinstance(value, date) and on - length <= value <= on), read_of(found))

    return leaf("within", raw, f"{label(path)} is within {span} of the day", path, look)


def day_of(raw: object) -> date | None:
    """The day a rule writes, year-month-day; None for what is no day."""
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def compile_threshold(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`threshold: [PATH, NAME]`: the quantity is above the named threshold in force on the day."""
    path: Path | None = (
        path_at(raw[0], f"{where}[0]", bench)
        if isinstance(raw, list) and len(raw) == PAIR
        else None
    )
    if path is None or not isinstance(raw, list):
        bench.no(
            "wrong_type",
            "threshold takes a path and a name.",
            where,
            found=raw,
            valid="[PATH, NAME]",
        )
        return None
    name, above, found_path = str(raw[1]), _ORDER[">"], path

    def look(exposure: Exposure) -> Seen:
        row = exposure.law.tables.thresholds.get(name)
        if row is None:
            return Seen(UNSETTLED, (Read(f"thresholds {name}", None),))
        return comparison(found_path, above, Amount(row.value, row.unit))(exposure)

    return Leaf(
        "threshold",
        canonical("threshold", raw),
        f"{path.text} is above {name}",
        path.axes,
        look,
        frozenset({path.spec.pattern} if path.spec else ()),
    )
