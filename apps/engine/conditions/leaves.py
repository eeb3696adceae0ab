"""The leaves of conditions that look at single facts: is, in, compare, before, after, within, country_in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from apps.engine.conditions.paths import Found, Path, compile_path
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.exposures import Exposure
from apps.engine.facts import shapes
from apps.engine.facts.types import Amount, Day, Flag, OneOf, Quantity, Unknown, as_amount
from apps.engine.truth import FALSE, UNKNOWN, UNSETTLED, disjunction, truth

_ORDER: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
}
_DAYS: Final = {"days": 1, "day": 1, "weeks": 7, "months": 30, "years": 365}


def canonical(op: str, raw: object) -> str:
    """The text by which equal leaves are known."""
    return json.dumps([op, raw], sort_keys=True, default=str, ensure_ascii=False)


def path_at(raw: object, where: str, bench: Bench) -> Path | None:
    """The compiled path, or a refusal."""
    found = compile_path(raw, regime=bench.regime) if isinstance(raw, str) else None
    if found is None:
        bench.no("unknown_fact", "There is no such fact.", where, found=raw, valid="a path of the registry of facts")
    return found


def unknown_of(found: Found) -> Seen:
    """What a leaf sees where its fact is not known."""
    return Seen(UNSETTLED if found.unsettled else UNKNOWN, (Read(found.path, "unknown"),), found.missing)


def read_of(found: Found) -> tuple[Read, ...]:
    """The read of a known fact."""
    return (Read(found.path, found.fact.value, found.fact.source, found.fact.as_of),)


def _known(found: Found) -> bool:
    return not isinstance(found.fact.value, Unknown)


def leaf(op: str, raw: object, text: str, path: Path, look: Callable[[Exposure], Seen]) -> Leaf:
    """A leaf over one path."""
    patterns = frozenset({path.spec.pattern} if path.spec else ())
    return Leaf(op, canonical(op, raw), text, path.axes, look, patterns, path.nationality)


def compile_is(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`is: [PATH, VALUE or PATH]`."""
    if not isinstance(raw, list) or len(raw) != 2:
        bench.no("wrong_type", "is takes a path and a value.", where, found=raw, valid="[PATH, VALUE]")
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None:
        return None
    other = compile_path(raw[1], regime=bench.regime) if isinstance(raw[1], str) and "." in raw[1] else None
    if other is not None:
        return _is_same(raw, path, other)
    if not _fits(path, raw[1]):
        bench.no("wrong_value", "This value can never stand there.", f"{where}[1]", found=raw[1], valid=_valid(path))
        return None
    return leaf("is", raw, _sentence(path, raw[1]), path, _one_of(path, (raw[1],)))


def _is_same(raw: object, path: Path, other: Path) -> Leaf:
    def look(exposure: Exposure) -> Seen:
        left, right = path.look(exposure), other.look(exposure)
        for found in (left, right):
            if not _known(found):
                return unknown_of(found)
        return Seen(truth(left.fact.value == right.fact.value), (*read_of(left), *read_of(right)))

    text = f"{label(path)} is the same as {label(other)}"
    patterns = frozenset(part.spec.pattern for part in (path, other) if part.spec)
    nationality = path.nationality or other.nationality
    return Leaf("is", canonical("is", raw), text, path.axes | other.axes, look, patterns, nationality)


def compile_in(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`in: [PATH, [VALUES]]`."""
    if not isinstance(raw, list) or len(raw) != 2 or not isinstance(raw[1], list) or not raw[1]:
        bench.no("wrong_type", "in takes a path and a list of values.", where, found=raw, valid="[PATH, [VALUES]]")
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None:
        return None
    for place, value in enumerate(raw[1]):
        if not _fits(path, value):
            bench.no("wrong_value", "This value can never stand there.", f"{where}[1][{place}]", found=value, valid=_valid(path))
            return None
    wanted = tuple(raw[1])
    text = f"{label(path)} is one of {', '.join(map(str, wanted))}"
    return leaf("in", raw, text, path, _one_of(path, wanted))


def _one_of(path: Path, wanted: tuple[object, ...]) -> Callable[[Exposure], Seen]:
    if path.text == "exposure.country":
        return lambda exposure: of_country(
            exposure, lambda country: Seen(truth(country in wanted), (Read("exposure.country", country),))
        )

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        return Seen(truth(found.fact.value in wanted), read_of(found)) if _known(found) else unknown_of(found)

    return look


def compile_compare(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`compare: [PATH, OPERATOR, QUANTITY]`; units must be equal."""
    valid = '[PATH, "<" "<=" ">" ">=" or "==", QUANTITY]'
    if not isinstance(raw, list) or len(raw) != 3 or raw[1] not in _ORDER:
        bench.no("wrong_type", "compare takes a path, an operator and a quantity.", where, found=raw, valid=valid)
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    right = as_amount(raw[2]) or (Amount(raw[2], "") if isinstance(raw[2], Decimal) else None)
    if path is None or right is None:
        bench.no("wrong_type", "compare takes a quantity with its unit.", f"{where}[2]", found=raw[2], valid=valid)
        return None
    order = _ORDER[str(raw[1])]
    return leaf("compare", raw, f"{label(path)} {raw[1]} {right}", path, comparison(path, order, right))


def comparison(path: Path, order: Callable[[Decimal, Decimal], bool], right: Amount) -> Callable[[Exposure], Seen]:
    """Compares a quantity; another unit is not guessed but unknown."""

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        if not _known(found):
            return unknown_of(found)
        value = found.fact.value
        left = value if isinstance(value, Amount) else Amount(value, "") if isinstance(value, Decimal) else None
        if left is None:
            return Seen(FALSE, read_of(found))
        if left.unit != right.unit:
            return Seen(UNKNOWN, read_of(found), (found.path,))
        return Seen(truth(order(left.value, right.value)), read_of(found))

    return look


def comparison_of(word: str) -> Callable[[Decimal, Decimal], bool] | None:
    """The order an operator's sign stands for."""
    return _ORDER.get(word)


def compile_before(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`before: [PATH, DATE]`: strictly earlier."""
    return _dated("before", raw, where, bench, lambda value, day: value < day)


def compile_after(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`after: [PATH, DATE]`: strictly later."""
    return _dated("after", raw, where, bench, lambda value, day: value > day)


def _dated(op: str, raw: object, where: str, bench: Bench, order: Callable[[date, date], bool]) -> Leaf | None:
    path = path_at(raw[0], f"{where}[0]", bench) if isinstance(raw, list) and len(raw) == 2 else None
    day = _day(raw[1]) if isinstance(raw, list) and len(raw) == 2 else None
    if path is None or day is None:
        bench.no("wrong_type", f"{op} takes a path and a day.", where, found=raw, valid="[PATH, YYYY-MM-DD]")
        return None

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        value = found.fact.value
        if not _known(found):
            return unknown_of(found)
        return Seen(truth(isinstance(value, date) and order(value, day)), read_of(found))

    return leaf(op, raw, f"{label(path)} is {op} {day.isoformat()}", path, look)


def compile_within(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`within: [PATH, "180 days"]`: the day lies at most that long before the day of the determination."""
    span = as_amount(raw[1]) if isinstance(raw, list) and len(raw) == 2 else None
    if not isinstance(raw, list) or span is None or span.unit not in _DAYS:
        bench.no("wrong_type", "within takes a path and a span.", where, found=raw, valid='[PATH, "180 days"]')
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None:
        return None
    length = timedelta(days=int(span.value) * _DAYS[span.unit])

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        value = found.fact.value
        if not _known(found):
            return unknown_of(found)
        on = exposure.law.on
        return Seen(truth(isinstance(value, date) and on - length <= value <= on), read_of(found))

    return leaf("within", raw, f"{label(path)} is within {span} of the day", path, look)


def compile_country_in(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`country_in: [PATH, GROUP]`, dated; several possible countries are true or false only if all agree."""
    path = path_at(raw[0], f"{where}[0]", bench) if isinstance(raw, list) and len(raw) == 2 else None
    if path is None or not isinstance(raw, list):
        bench.no("wrong_type", "country_in takes a path and a group.", where, found=raw, valid="[PATH, GROUP]")
        return None
    group = raw[1]
    if group not in bench.groups:
        bench.no("unknown_group", "There is no such country group.", f"{where}[1]", found=group, valid="a group of the edition")
        return None
    name = str(group)
    text = f"{label(path)} is in {name}"
    if raw[0] == "exposure.country":
        return leaf(
            "country_in", raw, text, path,
            lambda exposure: of_country(
                exposure, lambda country: _member(exposure, country, name, (Read("exposure.country", country),))
            ),
        )  # fmt: skip

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        if not _known(found):
            return unknown_of(found)
        if found.fact.value is None:
            return Seen(FALSE, read_of(found))
        return _member(exposure, str(found.fact.value), name, read_of(found))

    return leaf("country_in", raw, text, path, look)


def of_country(exposure: Exposure, test: Callable[[str], Seen]) -> Seen:
    """A test of the country that counts: true or false only if every country it may be agrees."""
    found = exposure.country()
    if found.stateless:
        return Seen(UNSETTLED, (Read("exposure.country", "none"),))
    if found.any_country:
        return Seen(UNKNOWN, (Read("exposure.country", "unknown"),), found.missing)
    parts = [test(country) for country in found.countries]
    if len({part.truth for part in parts}) == 1:
        return parts[0]
    return Seen(UNKNOWN, tuple(read for part in parts for read in part.reads), found.missing)


def _member(exposure: Exposure, country: str, group: str, reads: tuple[Read, ...]) -> Seen:
    row = exposure.law.tables.groups.get((country, group))
    answer = exposure.law.member(country, group)
    if row is None:
        return Seen(answer, reads)
    told = Read(f"{group} {country}", row.member, row.source.read)
    return Seen(answer, (*reads, told), rows=(f"groups:{group}:{country}",))


def _fits(path: Path, value: object) -> bool:
    kind = path.spec.type if path.spec else None
    if isinstance(kind, Flag):
        return isinstance(value, bool)
    if isinstance(kind, OneOf):
        return value in kind.values
    if isinstance(kind, shapes.ListOf | Quantity | Day):
        return False
    return isinstance(value, str | Decimal)


def _valid(path: Path) -> str:
    spec = path.spec
    if spec is None:
        return "text"
    return ", ".join(spec.values) or spec.type.name


def _day(raw: object) -> date | None:
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def label(path: Path) -> str:
    """How a path is spoken of."""
    words = {"exposure.country": "the country that counts", "exposure.route": "the way it goes",
             "exposure.item.tsr": "the entry's word on technology under restriction",
             "exposure.item.entry": "the control list entry"}  # fmt: skip
    if path.text in words:
        return words[path.text]
    who = path.text.split(".")[1] if path.text.startswith("exposure.") else path.text.split(".")[0]
    name = path.spec.label if path.spec else path.text.rpartition(".")[2].replace("_", " ")
    return f"{name} ({who})" if who not in ("item", "release", "activity") else name


def _sentence(path: Path, wanted: object) -> str:
    if wanted is True:
        return label(path)
    if wanted is False:
        return f"not: {label(path)}"
    return f"{label(path)} is {str(wanted).replace('_', ' ')}"


def any_of_seen(parts: list[Seen]) -> Seen:
    """The parts of one leaf joined: true if any is."""
    answer = disjunction(part.truth for part in parts)
    kept = [part for part in parts if part.truth == answer] or parts
    missing = dict.fromkeys(path for part in parts if part.truth == UNKNOWN for path in part.missing)
    return Seen(
        answer,
        distinct(read for part in kept for read in part.reads),
        tuple(missing) if answer == UNKNOWN else (),
        tuple(dict.fromkeys(row for part in parts for row in part.rows)),
        tuple(dict.fromkeys(row for part in parts if part.truth != FALSE for row in part.to_confirm)),
    )


def distinct(reads: Iterable[Read]) -> tuple[Read, ...]:
    """Each read once, in order."""
    kept: dict[str, Read] = {}
    for read in reads:
        kept.setdefault(f"{read.fact}\n{read.value}", read)
    return tuple(kept.values())
