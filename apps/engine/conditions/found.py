"""What looking up one path of a condition gives: the fact, where it stands, or what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apps.engine.exposures import Exposure
from apps.engine.facts.tree import Fact

NONE = Fact(None)  # known that there is none


@dataclass(frozen=True, slots=True)
class Found:
    """A looked-up fact, its full path, and the paths to be known where it is not."""

    fact: Fact
    path: str
    missing: tuple[str, ...] = ()
    unsettled: bool = False


Look = Callable[[Exposure], Found]
