"""The leaves of conditions that look at single facts: is, in, compare, before, after, within,
country_in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Final

from apps.engine.conditions.countries import COUNTRY, NATIONALITY, of_country, truth_of_country
from apps.engine.conditions.found import Found
from apps.engine.conditions.paths import Path, compile_path
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.exposures import Exposure
from apps.engine.facts.shapes import Entry
from apps.engine.facts.types import (
    Country,
    FactType,
    Flag,
    Identifier,
    Number,
    OneOf,
    Reading,
    Region,
    Text,
    Unknown,
)
from apps.engine.law import is_unverified
from apps.engine.refusal import Refusal
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED, disjunction, truth

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


def leaf(
    op: str,
    raw: object,
    text: str,
    path: Path,
    look: Callable[[Exposure], Seen],
    test: Callable[[Exposure], int] | None = None,
) -> Leaf:
    """A leaf over one path."""
    key = canonical(op, raw)
    return Leaf(op, key, text, path.axes, look, path.patterns, path.nationality, test)


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
    if not can_equal(path.type, raw[1], f"{where}[1]", bench):
        return None
    return leaf("is", raw, _sentence(path, raw[1]), path, *_one_of(path, (raw[1],)))


def _is_same(raw: object, path: Path, other: Path) -> Leaf:
    def look(exposure: Exposure) -> Seen:
        left, right = path.look(exposure), other.look(exposure)
        for found in (left, right):
            if not is_known(found):
                return unknown_of(found)
        alike = left.fact.value is not None and left.fact.value == right.fact.value
        return Seen(truth(alike), (*read_of(left), *read_of(right)))

    def test(exposure: Exposure) -> int:
        values = []
        for at in (path.look, other.look):
            found = at(exposure)
            if not is_known(found):
                return UNSETTLED if found.unsettled else UNKNOWN
            values.append(found.fact.value)
        return truth(values[0] is not None and values[0] == values[1])

    text = f"{label(path)} is the same as {label(other)}"
    patterns = path.patterns | other.patterns
    nationality = path.nationality or other.nationality
    return Leaf(
        "is", canonical("is", raw), text, path.axes | other.axes, look, patterns, nationality, test
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
        if not can_equal(path.type, value, f"{where}[1][{place}]", bench):
            return None
    wanted = tuple(raw[1])
    listed = ", ".join(map(str, wanted)).replace("_", " ")
    text = f"{label(path)} is {listed if len(wanted) == 1 else f'one of {listed}'}"
    return leaf("in", raw, text, path, *_one_of(path, wanted))


def _one_of(
    path: Path, wanted: tuple[object, ...]
) -> tuple[Callable[[Exposure], Seen], Callable[[Exposure], int]]:
    """How it is seen whether the value of a path is one of some, and how that is told at once."""
    if path.text in (COUNTRY, NATIONALITY):
        return (
            lambda exposure: of_country(
                exposure,
                lambda country: Seen(truth(country in wanted), (Read(path.text, country),)),
                path.text,
            ),
            lambda exposure: truth_of_country(
                exposure, lambda country: truth(country in wanted), path.text
            ),
        )

    def look(exposure: Exposure) -> Seen:
        found = path.look(exposure)
        return (
            Seen(truth(found.fact.value in wanted), read_of(found))
            if is_known(found)
            else unknown_of(found)
        )

    at = path.look

    def test(exposure: Exposure) -> int:
        found = at(exposure)
        value = found.fact.value
        if value.__class__ is Unknown:
            return UNSETTLED if found.unsettled else UNKNOWN
        return TRUE if value in wanted else FALSE

    return look, test


def compile_country_in(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`country_in: [PATH, GROUP]`, dated; several possible countries are true or false only if all
    agree.
    """
    if not isinstance(raw, list) or len(raw) != PAIR:
        bench.no(
            "wrong_type",
            "country_in takes a path and a group.",
            where,
            found=raw,
            valid="[PATH, GROUP]",
        )
        return None
    path = path_at(raw[0], f"{where}[0]", bench)
    if path is None or not is_typed(path, (Country,), f"{where}[0]", bench):
        return None
    group = raw[1]
    if not is_group(group, f"{where}[1]", bench):
        return None
    name = str(group)
    text = f"{label(path)} is in {name}"
    if path.text in (COUNTRY, NATIONALITY):
        return leaf(
            "country_in",
            raw,
            text,
            path,
            lambda exposure: of_country(
                exposure,
                lambda country: _member(exposure, country, name, (Read(path.text, country),)),
                path.text,
            ),
            lambda exposure: truth_of_country(
                exposure, lambda country: exposure.law.member(country, name), path.text
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


def _member(exposure: Exposure, country: str, group: str, reads: tuple[Read, ...]) -> Seen:
    row = exposure.law.tables.groups.get((country, group))
    answer = exposure.law.member(country, group)
    if row is None:
        return Seen(answer, reads)
    told = Read(f"{group} {country}", row.member, row.source.read)
    names = (f"groups:{group}:{country}",)
    unsure = names if is_unverified(row.source) else ()
    return Seen(answer, (*reads, told), rows=names, to_confirm=unsure)


_SIMPLE: Final = (Flag, OneOf, Country, Region, Text, Identifier, Number, Entry)


def can_equal(kind: FactType, value: object, where: str, bench: Bench) -> bool:
    """Whether a value of a rule may ever be that of a fact of the type; refuses otherwise."""
    found: list[Refusal] = []
    if isinstance(kind, _SIMPLE) and value != "unknown":
        reading = Reading(bench.vocabulary, found.append)
        typed = kind.read(value, f"{where}.control.{bench.regime}.", reading)
        if not found and typed == value:
            return True
    valid = next((no.valid for no in found), f"a value that can equal a {kind.name}")
    bench.no("wrong_value", "This value can never stand there.", where, found=value, valid=valid)
    return False


def is_typed(path: Path, kinds: tuple[type, ...], where: str, bench: Bench) -> bool:
    """Whether a path leads to a value of one of the types; refuses otherwise."""
    if isinstance(path.type, kinds):
        return True
    valid = f"a path to a {' or '.join(kind.__name__.lower() for kind in kinds)}"
    what = "Nothing of that type stands there."
    bench.no("wrong_value", what, where, found=path.text, valid=valid)
    return False


def is_group(group: object, where: str, bench: Bench) -> bool:
    """Whether the edition has a country group; refuses otherwise."""
    if isinstance(group, str) and group in bench.groups:
        return True
    bench.no(
        "unknown_group",
        "There is no such country group.",
        where,
        found=group,
        valid="a group of the edition",
    )
    return False


def label(path: Path) -> str:
    """How a path is spoken of."""
    words = {
        "exposure.country": "the country that counts",
        "exposure.nationality": "the recipient's own country",
        "exposure.route": "the way it goes",
        "exposure.item.tsr": "the entry's word on technology under restriction",
        "exposure.item.sta_a5": "the entry's word on strategic trade authorisation",
        "exposure.item.sta_a6": "the entry's word on it for the second group",
        "exposure.item.entry": "the control list entry",
        "exposure.item.series": "the series of the entry",
        "exposure.item.elsewhere": "an entry under another regime",
        "exposure.licensed": "a licence on file",
        "exposure.research_place": "the place where the work is done",
        "exposure.home": "the place where the recipient ordinarily lives",
        "exposure.recipient_kind": "the kind of recipient",
    }
    if path.text in words:
        return words[path.text]
    if path.text.startswith("exposure.demand."):
        return f"a licence under {path.text.rpartition('.')[2]}"
    if path.text.startswith("exposure.item.opens."):
        return f"a classifier's reading that {path.text.rpartition('.')[2]} is open"
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
    kept = [part for part in parts if part.truth == answer]
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
