"""The leaves of conditions that look at single facts: is, in, compare, before, after, within,
country_in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from apps.engine.conditions.paths import Found, Path, compile_path
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.exposures import Exposure
from apps.engine.facts import shapes
from apps.engine.facts.types import Day, Flag, OneOf, Quantity, Unknown
from apps.engine.truth import FALSE, UNKNOWN, UNSETTLED, disjunction, truth

PAIR: Final = 2  # a path and what it is held against


def canonical(op: str, raw: object) -> str:
    """The text by which equal leaves are known."""
    return json.dumps([op, raw], sort_keys=True, default=str, ensure_ascii=False)


def path_at(raw: object, where: str, bench: Bench) -> Path | None:
    """The compiled path, or a refusal."""
    found = compile_path(raw, regime=bench.regime) if isinstance(raw, str) else None
    if found is None:
        bench.no(
            "unknown_fact",
            "There is no such fact.",
            where,
            found=raw,
            valid="a path of the registry of facts",
        )
    return found


def unknown_of(found: Found) -> Seen:
    """What a leaf sees where its fact is not known."""
    return Seen(
        UNSETTLED if found.unsettled else UNKNOWN, (Read(found.path, "unknown"),), found.missing
    )


def read_of(found: Found) -> tuple[Read, ...]:
    """The read of a known fact."""
    return (Read(found.path, found.fact.value, found.fact.source, found.fact.as_of),)


def is_known(found: Found) -> bool:
    """Whether the looked-up fact is known."""
    return not isinstance(found.fact.value, Unknown)


def leaf(op: str, raw: object, text: str, path: Path, look: Callable[[Exposure], Seen]) -> Leaf:
    """A leaf over one path."""
    patterns = frozenset({path.spec.pattern} if path.spec else ())
    return Leaf(op, canonical(op, raw), text, path.axes, look, patterns, path.nationality)


def compile_is(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`is: [PATH, VALUE or PATH]`."""
    if not isinstance(raw, list) or len(raw) != PAIR:
        bench.no(
            "wrong_type", "is takes a path and a value.", where, found=raw, valid="[PATH, VALUE]"
        )
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None:
        return None
    other = (
        compile_path(raw[1], regime=bench.regime)
        if isinstance(raw[1], str) and "." in raw[1]
        else None
    )
    if other is not None:
        return _is_same(raw, path, other)
    if not _fits(path, raw[1]):
        bench.no(
            "wrong_value",
            "This value can never stand there.",
            f"{where}[1]",
            found=raw[1],
            valid=_valid(path),
        )
        return None
    return leaf("is", raw, _sentence(path, raw[1]), path, _one_of(path, (raw[1],)))


def _is_same(raw: object, path: Path, other: Path) -> Leaf:
    def look(exposure: Exposure) -> Seen:
        left, right = path.look(exposure), other.look(exposure)
        for found in (left, right):
            if not is_known(found):
                return unknown_of(found)
        return Seen(truth(left.fact.value == right.fact.value), (*read_of(left), *read_of(right)))

    text = f"{label(path)} is the same as {label(other)}"
    patterns = frozenset(part.spec.pattern for part in (path, other) if part.spec)
    nationality = path.nationality or other.nationality
    return Leaf(
        "is", canonical("is", raw), text, path.axes | other.axes, look, patterns, nationality
    )


def compile_in(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`in: [PATH, [VALUES]]`."""
    if not isinstance(raw, list) or len(raw) != PAIR or not isinstance(raw[1], list) or not raw[1]:
        bench.no(
            "wrong_type",
            "in takes a path and a list of values.",
            where,
            found=raw,
            valid="[PATH, [VALUES]]",
        )
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None:
        return None
    for place, value in enumerate(raw[1]):
        if not _fits(path, value):
            bench.no(
                "wrong_value",
                "This value can never stand there.",
                f"{where}[1][{place}]",
                found=value,
                valid=_valid(path),
            )
            return None
    wanted = tuple(raw[1])
    listed = ", ".join(map(str, wanted)).replace("_", " ")
    text = f"{label(path)} is {listed if len(wanted) == 1 else f'one of {listed}'}"
    return leaf("in", raw, text, path, _one_of(path, wanted))


def _one_of(path: Path, wanted: tuple[object, ...]) -> Callable[[Exposure], Seen]:
    if path.text == "exposure.country":
        return lambda exposure: of_country(
            exposure,
            lambda country: Seen(truth(country in wanted), (Read("exposure.country", country),)),
        )

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        return (
            Seen(truth(found.fact.value in wanted), read_of(found))
            if is_known(found)
            else unknown_of(found)
        )

    return look


def compile_country_in(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`country_in: [PATH, GROUP]`, dated; several possible countries are true or false only if all
    agree.
    """
    path = (
        path_at(raw[0], f"{where}[0]", bench)
        if isinstance(raw, list) and len(raw) == PAIR
        else None
    )
    if path is None or not isinstance(raw, list):
        bench.no(
            "wrong_type",
            "country_in takes a path and a group.",
            where,
            found=raw,
            valid="[PATH, GROUP]",
        )
        return None
    group = raw[1]
    if group not in bench.groups:
        bench.no(
            "unknown_group",
            "There is no such country group.",
            f"{where}[1]",
            found=group,
            valid="a group of the edition",
        )
        return None
    name = str(group)
    text = f"{label(path)} is in {name}"
    if raw[0] == "exposure.country":
        return leaf(
            "country_in",
            raw,
            text,
            path,
            lambda exposure: of_country(
                exposure,
                lambda country: _member(
                    exposure, country, name, (Read("exposure.country", country),)
                ),
            ),
        )

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        if not is_known(found):
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


def label(path: Path) -> str:
    """How a path is spoken of."""
    words = {
        "exposure.country": "the country that counts",
        "exposure.route": "the way it goes",
        "exposure.item.tsr": "the entry's word on technology under restriction",
        "exposure.item.entry": "the control list entry",
    }
    if path.text in words:
        return words[path.text]
    who = path.text.split(".")[1] if path.text.startswith("exposure.") else path.text.split(".")[0]
    name = path.spec.label if path.spec else path.text.rpartition(".")[2].replace("_", " ")
    return f"{name} ({who})" if who not in ("item", "release", "activity") else name


def _sentence(path: Path, wanted: object) -> str:
    if wanted is True:
        return label(path)
    if wanted is False:
        return f"not {label(path)}"
    return f"{label(path)} is {str(wanted).replace('_', ' ')}"


def any_of_seen(parts: list[Seen]) -> Seen:
    """The parts of one leaf joined: true if any is."""
    answer = disjunction(part.truth for part in parts)
    kept = [part for part in parts if part.truth == answer] or parts
    missing = dict.fromkeys(
        path for part in parts if part.truth == UNKNOWN for path in part.missing
    )
    return Seen(
        answer,
        distinct(read for part in kept for read in part.reads),
        tuple(missing) if answer == UNKNOWN else (),
        tuple(dict.fromkeys(row for part in parts for row in part.rows)),
        tuple(
            dict.fromkeys(row for part in parts if part.truth != FALSE for row in part.to_confirm)
        ),
    )


def distinct(reads: Iterable[Read]) -> tuple[Read, ...]:
    """Each read once, in order."""
    kept: dict[str, Read] = {}
    for read in reads:
        kept.setdefault(f"{read.fact}\n{read.value}", read)
    return tuple(kept.values())
