"""The bench of the engine: a case of 25 exposures with full trace, and how it grows."""

from __future__ import annotations

import itertools
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from apps.engine.answers import Determination
from apps.engine.determine import determine
from apps.engine.edition import Edition, compile_edition
from apps.engine.evaluate import program_of
from apps.engine.facts import Facts, read_facts
from apps.engine.rows import Rows
from apps.rulebook.domain.files import read_rulebook
from apps.rulebook.domain.shipped import FOLDER
from collabscreen.benches.bench import Bench, Plan, time_runs
from collabscreen.benches.figures import Figure, Growth, Ratio, Results, Target

ON = date(2026, 11, 22)
REGIME = "US-EAR"
_FRESH = 200  # cases drawn for the figure of cases never seen, more than it measures
_COPIES = 10  # how many times the control list is laid beside itself
_FEW_COUNTRIES = 50
_Case = Callable[[], Determination]


def measure(plan: Plan) -> Results:
    """A case determined with its whole trace, at the stated size and at larger ones."""
    rows = read_rulebook(FOLDER)
    edition = compile_edition(rows, id="bench", on=ON)
    draw = random.Random(plan.seed)  # noqa: S311  no secret hangs on which case is measured
    people = plan.sizes["people"]
    small, large = _case(edition, draw, people=people), _case(edition, draw, people=people * 4)
    wide = compile_edition(_copied(rows), id="wide", on=ON)
    few = _visited(small) | {row.code for row in rows.countries[:_FEW_COUNTRIES]}
    narrow = compile_edition(_only(rows, few), id="narrow", on=ON)
    figures = [
        _figure("case_25_exposures", partial(_determined, small, edition), plan, edition),
        _figure("case_100_exposures", partial(_determined, large, edition), plan, edition),
        _figure("case_items_x10", partial(_determined, small, wide), plan, wide),
        _figure("case_few_countries", partial(_determined, small, narrow), plan, narrow),
    ]
    one_pack = partial(_determined, small, edition, regimes=(REGIME,))
    p50 = [figure.stat("p50") for figure in figures]
    exposures = len(determine(small, edition, on=ON).exposures)
    per_exposure = [sample * 1000 / exposures for sample in figures[0].samples]
    per_second = [1000 / sample for sample in figures[0].samples]
    items, countries = len(rows.items), _charted(rows)
    return Results(
        figures=[
            *figures,
            _figure("case_25_exposures_ear", one_pack, plan, edition, regimes=(REGIME,)),
            _figure("case_25_exposures_first", _fresh(edition, draw, people), plan, edition),
            Figure("exposure", "us", per_exposure, figures[0].size),
            Figure("cases_per_second", "1/s", per_second, figures[0].size),
        ],
        growth=[
            Growth("case", "exposures", [exposures, exposures * 4], [p50[0], p50[1]]),
            Growth("case", "items", [items, items * _COPIES], [p50[0], p50[2]]),
            Growth("case", "countries", [_charted(narrow.rows), countries], [p50[3], p50[0]]),
        ],
        ratios=[Ratio("expanded_over_positional", _expanded_ratio(small, edition))],
    )


def _fresh(edition: Edition, draw: random.Random, people: int) -> _Case:
    """A case never seen before at each call: nothing of it is remembered."""
    cases = [_case(edition, draw, people=people) for _ in range(_FRESH)]
    turn = itertools.cycle(cases)
    return lambda: _determined(next(turn), edition)


def _determined(facts: Facts, edition: Edition, regimes: Sequence[str] = ()) -> Determination:
    found = determine(facts, edition, on=ON, regimes=regimes)
    found.record()  # outcomes and the whole trace, as they are kept
    return found


def _figure(
    name: str, work: _Case, plan: Plan, edition: Edition, regimes: Sequence[str] = ()
) -> Figure:
    found = work()
    asked = regimes or edition.regimes
    rules = sum(len(program_of(edition, regime).ready) for regime in asked)
    size: dict[str, int | str] = {
        "exposures": len(found.exposures),
        "rules": rules,
        "items": len(edition.rows.items),
        "countries": _charted(edition.rows),
        "open": found.open,
    }
    return Figure(name, "ms", time_runs(work, runs=plan.runs, unit="ms", repeat=4), size)


def _expanded_ratio(facts: Facts, edition: Edition) -> float:
    def expanded() -> object:
        return determine(facts, edition, on=ON).as_result()

    kept = statistics.median(time_runs(partial(_determined, facts, edition), runs=9, unit="ms"))
    return statistics.median(time_runs(expanded, runs=9, unit="ms")) / kept


def _case(edition: Edition, draw: random.Random, *, people: int) -> Facts:
    """A proprietary project: `people` visitors, five technologies, every one shown to everybody."""
    entries = sorted(
        {row.item for row in edition.rows.items if row.group == "technology" and row.captured}
    )
    countries = sorted({row.country for row in edition.rows.chart})
    items: dict[str, Any] = {
        f"item-{place}": {
            "nature": "technology",
            "control": {REGIME: {"item": draw.choice(entries)}},
            "proprietary_input": True,
        }
        for place in range(5)
    }
    visitors = {
        f"visitor-{place}": {"citizenships": [{"country": draw.choice(countries)}], "visa": "J-1"}
        for place in range(people)
    }
    home = next(row.code for row in edition.rows.countries if row.name == "United States")
    document = {
        "complete": True,
        "activity": {"host": "host", "nature": "applied", "publication": "restricted"},
        "organisations": {"host": {"country": home, "kind": "university"}},
        "people": visitors,
        "items": items,
        "releases": [
            {"id": "work", "from": "host", "who": list(visitors), "what": list(items),
             "how": "disclosure", "where": home}
        ],
    }  # fmt: skip
    return read_facts(document, vocabulary=edition.vocabulary)


def _copied(rows: Rows) -> Rows:
    """The same rulebook over a control list ten times as long, under other regimes."""
    items, reasons = list(rows.items), list(rows.reasons)
    for place in range(1, _COPIES):
        items += [replace(row, regime=f"{row.regime}-{place}") for row in rows.items]
        reasons += [replace(row, regime=f"{row.regime}-{place}") for row in rows.reasons]
    return replace(rows, items=tuple(items), reasons=tuple(reasons), _digest=[])


def _only(rows: Rows, kept: set[str]) -> Rows:
    """The same rulebook with few countries in its tables; its rules may name any."""
    return replace(
        rows,
        groups=tuple(row for row in rows.groups if row.country in kept),
        chart=tuple(row for row in rows.chart if row.country in kept),
        _digest=[],
    )


def _charted(rows: Rows) -> int:
    return len({row.country for row in rows.chart})


def _visited(facts: Facts) -> set[str]:
    held = [fields["citizenships"].value for fields in facts.people.values()]
    homes = [fields["country"].value for fields in facts.organisations.values()]
    return {str(part["country"]) for found in held for part in found} | {*map(str, homes)}  # type: ignore[attr-defined]  # read above as a list of records


ENGINE = Bench(
    name="engine",
    measure=measure,
    targets=[
        Target("case_25_exposures", "p50", at_most=10.0),
        Target("case_25_exposures_ear", "p50", at_most=5.0),
        Target("case/exposures", "ratio", at_most=5.0),
        Target("case/items", "ratio", at_most=1.2),
    ],
    sizes={"people": 5},
)
