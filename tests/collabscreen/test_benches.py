"""A bench measures at its stated sizes, aims at something and says whether it got there."""

from __future__ import annotations

import gc
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.engine.refusal import Refusals
from collabscreen.benches.bench import Bench, Plan, time_runs
from collabscreen.benches.figures import Figure, Growth, Ratio, Results, Target
from collabscreen.management.commands import bench as command

AIMS = (
    Target("walk", "p50", at_most=5),
    Target("walk/steps", "ratio", at_most=3),
    Target("run_over_walk", "value", at_least=2),
)


def measure(plan: Plan) -> Results:
    return Results(
        figures=[
            Figure("walk", "ms", [float(n) for n in range(1, 10)], {"steps": plan.sizes["steps"]})
        ],
        growth=[Growth("walk", "steps", [10, 20], [1.0, 2.5])],
        ratios=[Ratio("run_over_walk", 2.0)],
    )


WALK = Bench("walk", measure, AIMS, sizes={"steps": 10}, runs=9)


@pytest.fixture
def benches(monkeypatch: pytest.MonkeyPatch) -> None:
    late = Bench("late", measure, [Target("walk", "p95", at_most=5)], sizes={"steps": 10}, runs=9)
    monkeypatch.setattr(command, "BENCHES", {"walk": WALK, "late": late})


def bench(*words: str) -> tuple[str, str]:
    """What the command printed, and with what it ended."""
    out = io.StringIO()
    try:
        call_command("bench", *words, stdout=out)
    except CommandError as error:
        return out.getvalue(), f"{error.returncode}: {error}"
    return out.getvalue(), "0"


def answer(*words: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(bench(*words, "--json")[0])
    return told


def test_a_bench_prints_figures_growth_ratios_and_targets(benches: None) -> None:
    told = answer("walk", "--seed", "3")
    assert (told["format"], told["command"], told["ok"]) == ("collabscreen/1", "bench", True)
    result = told["result"]
    assert set(result.pop("machine")) == {"cores", "python", "database"}
    assert result == {
        "name": "walk",
        "runs": 9,
        "seed": 3,
        "figures": [
            {
                "name": "walk",
                "unit": "ms",
                "p50": 5.0,
                "p95": 9.0,
                "p99": 9.0,
                "n": 9,
                "size": {"steps": 10},
            }
        ],
        "growth": [
            {"figure": "walk", "by": "steps", "sizes": [10, 20], "p50": [1.0, 2.5], "ratio": 2.5}
        ],
        "ratios": [{"name": "run_over_walk", "value": 2.0}],
        "targets": [
            {"figure": "walk", "stat": "p50", "at_most": 5, "met": True},
            {"figure": "walk/steps", "stat": "ratio", "at_most": 3, "met": True},
            {"figure": "run_over_walk", "stat": "value", "at_least": 2, "met": True},
        ],
    }


def test_a_bench_tells_people_the_same(benches: None) -> None:
    printed, ended = bench("walk")
    assert ended == "0"
    assert [" ".join(line.split()) for line in printed.splitlines()[1:]] == [
        "walk p50 5 p95 9 p99 9 ms (10 steps)",
        "walk by steps: 10 -> 20, x 2.5",
        "run_over_walk: 2",
        "met walk p50 at_most 5",
        "met walk/steps ratio at_most 3",
        "met run_over_walk value at_least 2",
    ]


def test_a_missed_target_is_an_answer_of_no(benches: None) -> None:
    printed, ended = bench("late", "--json")
    assert ended == "1: 1 target(s) missed."
    assert json.loads(printed)["ok"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("none",), "unknown_bench"),
        (("walk", "--size", "steps=9"), "size_too_small"),
        (("walk", "--size", "legs=2"), "unknown_size"),
        (("walk", "--runs", "8"), "size_too_small"),
    ],
)
def test_a_run_that_would_mean_nothing_is_refused(
    benches: None, words: tuple[str, ...], code: str
) -> None:
    told = answer(*words)
    assert (told["ok"], [error["code"] for error in told["errors"]]) == (False, [code])
    assert bench(*words)[1].startswith("2: ")


def test_larger_sizes_are_taken(benches: None) -> None:
    assert answer("walk", "--size", "steps=11")["result"]["figures"][0]["size"] == {"steps": 11}


@pytest.mark.parametrize("text", ["steps", "steps=", "steps=-1", "steps=1.5"])
def test_a_size_reads_name_equals_number(benches: None, text: str) -> None:
    with pytest.raises(CommandError, match="does not read NAME=NUMBER"):
        call_command("bench", "walk", "--size", text)


def test_a_bench_without_targets_is_not_one() -> None:
    with pytest.raises(ValueError, match="aims at nothing"):
        Bench("x", measure, [], sizes={})


@pytest.mark.parametrize("bounds", [{}, {"at_most": 1.0, "at_least": 1.0}])
def test_a_target_aims_at_one_side(bounds: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="one of at_most and at_least"):
        Target("x", "p50", **bounds)


def test_all_refusals_of_a_run_come_together() -> None:
    with pytest.raises(Refusals) as caught:
        WALK.plan(runs=1, seed=7, sizes={"steps": 1, "legs": 2})
    assert [refusal.where for refusal in caught.value.items] == ["steps", "legs", "runs"]


def test_a_stat_is_a_value_that_was_measured() -> None:
    figure = Figure("x", "ms", [4.0, 1.0, 3.0, 2.0])
    assert [figure.stat(name) for name in ("p50", "p95", "p99")] == [2.0, 4.0, 4.0]


def test_timing_calls_the_work_once_more_than_it_measures() -> None:
    calls: list[bool] = []
    samples = time_runs(lambda: calls.append(gc.isenabled()), runs=5, unit="us", repeat=2)
    assert (len(samples), len(calls)) == (5, 11)
    assert all(sample >= 0 for sample in samples)
    assert calls[1:] == [False] * 10
    assert gc.isenabled()
