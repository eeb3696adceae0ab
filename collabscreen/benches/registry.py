"""The benches that `manage.py bench` knows, by name."""

from __future__ import annotations

from collections.abc import Mapping

from collabscreen.benches.bench import Bench

BENCHES: Mapping[str, Bench] = {}
