"""An empty installation is filled once, and what people loaded since is kept."""

from __future__ import annotations

import pytest

from apps.rulebook.domain.editions import is_any_published
from apps.watchlists.domain.queries import active_versions
from collabscreen.running import filling


@pytest.mark.django_db
def test_an_empty_installation_gets_law_lists_and_people_in_this_order() -> None:
    assert [done.name for done in filling.fill(demo=True)] == [
        "tables",
        "rulebook",
        "lists",
        "demo",
    ]
    assert is_any_published()
    assert all(not held.damaged for held in active_versions())
    assert [done.name for done in filling.fill(demo=True)] == ["tables", "demo"]


def test_without_the_demo_nobody_is_invented() -> None:
    assert [step.name for step in filling.steps(demo=False)] == ["tables", "rulebook", "lists"]
