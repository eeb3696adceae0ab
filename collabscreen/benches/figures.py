"""What a bench measures: figures, how they grow, how they compare, and what is aimed at."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

STATS = ("p50", "p95", "p99")


@dataclass(frozen=True)
class Figure:
    """Samples of one quantity, in `unit`, at a stated size."""

    name: str
    unit: str
    samples: Sequence[float]
    size: Mapping[str, int | str] = field(default_factory=dict)

    def stat(self, name: str) -> float:
        """p50, p95 or p99 of the samples; the nearest rank, so always a measured value."""
        ranked = sorted(self.samples)
        place = math.ceil(int(name.removeprefix("p")) / 100 * len(ranked))
        return ranked[max(place, 1) - 1]

    def as_dict(self) -> dict[str, object]:
        """The figure as formats.md section 5 shows it."""
        stats = {name: _rounded(self.stat(name)) for name in STATS}
        shown = {"name": self.name, "unit": self.unit, "n": len(self.samples)}
        return {**shown, "size": dict(self.size), **stats}


@dataclass(frozen=True)
class Growth:
    """How the median of a figure grows with one size; the last over the first is its ratio."""

    figure: str
    by: str
    sizes: Sequence[int]
    p50: Sequence[float]

    @property
    def ratio(self) -> float:
        """Last median over first."""
        return self.p50[-1] / self.p50[0]

    def as_dict(self) -> dict[str, object]:
        """The growth as formats.md section 5 shows it."""
        return {
            "figure": self.figure,
            "by": self.by,
            "sizes": list(self.sizes),
            "p50": [_rounded(value) for value in self.p50],
            "ratio": _rounded(self.ratio),
        }


@dataclass(frozen=True)
class Ratio:
    """One measured quantity over another, free of the machine's speed."""

    name: str
    value: float

    def as_dict(self) -> dict[str, object]:
        """The ratio as formats.md section 5 shows it."""
        return {"name": self.name, "value": _rounded(self.value)}


@dataclass(frozen=True)
class Target:
    """What is aimed at: a bound on a stat of a figure.

    `stat` is p50, p95, p99, `ratio` (of the growth named `figure`/`by`) or `value` (of a ratio).
    Exactly one of `at_most` and `at_least` is given.
    """

    figure: str
    stat: str
    at_most: float | None = None
    at_least: float | None = None

    def __post_init__(self) -> None:
        """Refuse a target that aims at nothing, or at two things."""
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError(f"target {self.figure}: give one of at_most and at_least")

    def is_met(self, value: float) -> bool:
        """Whether a value keeps to the bound."""
        if self.at_most is not None:
            return value <= self.at_most
        return self.at_least is not None and value >= self.at_least

    def as_dict(self, *, met: bool) -> dict[str, object]:
        """The target as formats.md section 5 shows it, with whether it was met."""
        side = "at_least" if self.at_most is None else "at_most"
        bound = self.at_least if self.at_most is None else self.at_most
        return {"figure": self.figure, "stat": self.stat, side: bound, "met": met}


@dataclass(frozen=True)
class Results:
    """All that one run of a bench measured."""

    figures: Sequence[Figure]
    growth: Sequence[Growth] = ()
    ratios: Sequence[Ratio] = ()

    def value(self, target: Target) -> float:
        """What a target is about. Raises KeyError when the bench did not measure it."""
        if target.stat == "value":
            return {ratio.name: ratio.value for ratio in self.ratios}[target.figure]
        if target.stat == "ratio":
            return {f"{grown.figure}/{grown.by}": grown.ratio for grown in self.growth}[
                target.figure
            ]
        return {figure.name: figure for figure in self.figures}[target.figure].stat(target.stat)


def _rounded(value: float) -> float:
    """Four significant digits: more would be noise."""
    return float(f"{value:.4g}")
