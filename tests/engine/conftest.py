"""The shipped law, compiled once for the tests of the engine."""

from __future__ import annotations

from datetime import date

import pytest

from apps.engine.edition import Edition
from apps.rulebook.domain.shipped import shipped_edition

ON = date(2026, 11, 22)


@pytest.fixture(scope="session")
def shipped() -> Edition:
    return shipped_edition(on=ON)
