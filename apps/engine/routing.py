"""Which office a case belongs to: the most specific charter in force wins, and says why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from apps.engine.refusal import Refusal
from apps.engine.rows import CharterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Routable:
    """What a charter can speak of: `units` from the case's own one up to the whole institution."""

    kind: str
    tier: str
    units: tuple[str, ...] = ()
    facilities: frozenset[str] = frozenset()
    regimes: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Route:
    """The office and desk by slug, why they were chosen, and which others were passed over and
    why.
    """

    office: str
    desk: str
    why: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """How closely a charter fits: one rank and one sentence part for each thing it names."""

    charter: CharterRow
    rank: tuple[int, ...]
    names: tuple[str, ...]
    misses: tuple[str, ...]


def route(case: Routable, charters: Iterable[CharterRow], *, on: date) -> Route:
    """The office for a case on a day.

    Place counts before matter: a charter that names the facility beats one that names the unit, the
    nearer unit beats the farther; then regime, area, kind and tier. Equal fits are settled by the
    slug of office and desk, and the answer says so. Where no charter fits, the catch-all takes the
    case. Raises Refusal `no_office` when there is none either: no case is ever left with nobody.
    """
    fits = sorted(
        (_fit(case, charter) for charter in charters if charter.period.holds(on)), key=_best_first
    )
    fitting = [fit for fit in fits if not fit.misses and not fit.charter.catch_all]
    others = tuple(f"{_named(fit.charter)}: {', '.join(fit.misses)}." for fit in fits if fit.misses)
    if fitting:
        return _chosen(fitting, others)
    last = [fit.charter for fit in fits if fit.charter.catch_all]
    if not last:
        raise Refusal(
            "no_office",
            "No charter in force takes this case, and there is no catch-all.",
            where="charters",
            valid="a charter in force that takes every case",
            remedy="Give one office a charter with catch_all.",
        )
    why = ("No charter names this case, so the catch-all office takes it.", _cited(last[0]))
    return Route(last[0].office, last[0].desk, why, others)


def _chosen(fitting: Sequence[_Fit], others: tuple[str, ...]) -> Route:
    first, *rest = fitting
    named = " and ".join(first.names)
    why = [f"Its charter names {named}." if named else "Its charter covers every case."]
    if rest and rest[0].rank == first.rank:
        why.append(f"{_named(rest[0].charter)} fits as closely; the first by name takes the case.")
    why.append(_cited(first.charter))
    less = tuple(f"{_named(fit.charter)}: its charter fits less closely." for fit in rest)
    return Route(first.charter.office, first.charter.desk, tuple(why), less + others)


def _fit(case: Routable, charter: CharterRow) -> _Fit:
    near = [place for place, unit in enumerate(case.units) if unit in charter.units]
    tests = (
        ("facility", charter.facilities, case.facilities, None),
        ("unit", charter.units, frozenset(case.units), len(case.units) - min(near, default=0)),
        ("regime", charter.regimes, case.regimes, None),
        ("research area", charter.areas, case.areas, None),
        ("kind of request", charter.kinds, frozenset({case.kind}), None),
        ("tier", charter.tiers, frozenset({case.tier}), None),
    )
    rank, names, misses = [], [], []
    for word, wanted, found, weight in tests:
        common = sorted(set(wanted) & found)
        rank.append((1 if weight is None else weight) if common else 0)
        if common:
            shown = case.units[near[0]] if word == "unit" else ", ".join(common)
            names.append(f"the {word} {shown}")
        elif wanted:
            misses.append(f"it is for the {word} {', '.join(wanted)}")
    return _Fit(charter, tuple(rank), tuple(names), tuple(misses))


def _best_first(fit: _Fit) -> tuple[tuple[int, ...], str, str, str]:
    charter = fit.charter
    return tuple(-part for part in fit.rank), charter.office, charter.desk, repr(charter)


def _named(charter: CharterRow) -> str:
    return f"{charter.office}/{charter.desk}" if charter.desk else charter.office


def _cited(charter: CharterRow) -> str:
    return f"Source: {charter.source.citation}."
