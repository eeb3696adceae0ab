"""The benches that `manage.py bench` knows, by name."""

from __future__ import annotations

from collections.abc import Mapping

from collabscreen.benches.bench import Bench
from collabscreen.benches.engine import ENGINE

BENCHES: Mapping[str, Bench] = {bench.name: bench for bench in (ENGINE,)}
