"""A bench: what it measures, at which sizes at least, and what it aims at."""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from apps.engine.refusal import Refusal, Refusals
from collabscreen.benches.figures import Results, Target

UNITS = {"s": 1.0, "ms": 1e3, "us": 1e6}


@dataclass(frozen=True)
class Plan:
    """How one run of a bench is done: repetitions, the seed of what it draws, and sizes."""

    runs: int
    seed: int
    sizes: Mapping[str, int]


@dataclass(frozen=True)
class Bench:
    """`sizes` and `runs` are its stated ones: below them its figures would mean nothing."""

    name: str
    measure: Callable[[Plan], Results]
    targets: Sequence[Target]
    sizes: Mapping[str, int]
    runs: int = 41

    def __post_init__(self) -> None:
        """A bench without targets is not one."""
        if not self.targets:
            raise ValueError(f"bench {self.name} aims at nothing")

    def plan(self, *, runs: int | None, seed: int, sizes: Mapping[str, int]) -> Plan:
        """The plan of a run. Raises Refusals for sizes unknown or below the stated ones."""
        refused = [*self._refused_sizes(sizes), *self._refused_runs(runs)]
        if refused:
            raise Refusals(tuple(refused))
        return Plan(runs=runs or self.runs, seed=seed, sizes={**self.sizes, **sizes})

    def _refused_sizes(self, sizes: Mapping[str, int]) -> list[Refusal]:
        refused = []
        for name, size in sizes.items():
            if name not in self.sizes:
                what, valid = "No such size.", ", ".join(self.sizes) or "none"
                refused.append(
                    Refusal("unknown_size", what, name, "Leave it out.", str(size), valid)
                )
            elif size < self.sizes[name]:
                refused.append(_too_small(name, size, self.sizes[name]))
        return refused

    def _refused_runs(self, runs: int | None) -> list[Refusal]:
        return [] if runs is None or runs >= self.runs else [_too_small("runs", runs, self.runs)]


def report(bench: Bench, plan: Plan) -> dict[str, object]:
    """Run a bench; what it measured and whether it met its targets, as formats.md section 5."""
    results = bench.measure(plan)
    return {
        "name": bench.name,
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "database": connection.vendor,
        },
        "runs": plan.runs,
        "seed": plan.seed,
        "figures": [figure.as_dict() for figure in results.figures],
        "growth": [grown.as_dict() for grown in results.growth],
        "ratios": [ratio.as_dict() for ratio in results.ratios],
        "targets": [
            target.as_dict(met=target.is_met(results.value(target))) for target in bench.targets
        ],
    }


def time_runs(work: Callable[[], object], *, runs: int, unit: str, repeat: int = 1) -> list[float]:
    """Time `work` `runs` times after one unmeasured run; each sample is one call, in `unit`.

    `repeat` calls share a sample, for work too short for the clock. The collector of garbage waits,
    as it would strike some samples and not others.
    """
    work()
    samples = []
    kept = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            begun = time.perf_counter()
            for _ in range(repeat):
                work()
            samples.append((time.perf_counter() - begun) / repeat * UNITS[unit])
    finally:
        if kept:
            gc.enable()
    return samples


def _too_small(name: str, found: int, least: int) -> Refusal:
    return Refusal(
        "size_too_small",
        f"Below {least} {name} the figures would mean nothing.",
        name,
        found=str(found),
        valid=f"at least {least}",
        remedy="Leave it out, or give a larger one.",
    )
