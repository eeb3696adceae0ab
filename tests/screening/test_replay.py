"""A stored determination replays bit for bit; whatever was altered by SQL is named."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from apps.rulebook.models import Edition
from apps.screening.domain.replay import explain, recompute, replay
from apps.screening.models import Determination
from tests.factories.screening import alter, determined
from tests.factories.workflow import EXCEPTION, FREE, LICENCE, house

pytestmark = pytest.mark.django_db


def _replayed(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("replay", *arguments, stdout=out, stderr=StringIO())
    except SystemExit as left:
        return out.getvalue(), int(left.code or 0)
    return out.getvalue(), 0


@pytest.mark.parametrize("country", [EXCEPTION, LICENCE, FREE, None])
def test_what_was_stored_is_what_its_inputs_give(country: str | None) -> None:
    made = determined(house(), country)
    assert replay(made) == ()
    assert recompute(made).digest == made.digest
    assert explain(made).sound


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("outcome", "no_licence_required"),
        ("tier", "T0"),
        ("open", 7),
        ("to_confirm", 3),
        ("open_conditions", 0),
        ("digest", "sha256:0"),
        ("facts_digest", "sha256:0"),
        ("edition_digest", "sha256:0"),
        ("record", json.dumps({"outcome": "excluded"})),
    ],
)
def test_a_column_altered_by_sql_is_named(column: str, value: object) -> None:
    made = alter(determined(house()), column, value)
    assert [found.what for found in replay(made)] == [column]


def test_altered_facts_give_another_answer_and_another_digest() -> None:
    made = determined(house())
    facts = {**made.facts, "people": {"visitor": {"name": "Lin"}}}
    altered = alter(made, "facts", json.dumps(facts))
    assert {"facts_digest", "digest", "outcome"} <= {found.what for found in replay(altered)}


def test_an_edition_that_is_gone_is_told_and_not_taken_for_sound() -> None:
    made = determined(house())
    Edition.objects.update(name="another")
    (found,) = replay(made)
    assert (found.what, found.computed.startswith("refused: ")) == ("replay", True)


def test_the_command_says_how_many_and_which() -> None:
    made = determined(house())
    assert _replayed() == ("1 replayed, 0 altered\n", 0)
    alter(made, "outcome", "excluded")
    reference = made.case.reference
    text, code = _replayed("--case", reference)
    assert code == 1
    assert text.splitlines() == [
        f"{reference} determination 1: outcome is excluded, its inputs give {made.outcome}",
        "1 replayed, 1 altered",
    ]


def test_the_command_prints_one_envelope() -> None:
    made = alter(determined(house()), "tier", "T1")
    text, code = _replayed("--json")
    printed = json.loads(text)
    assert (code, printed["format"], printed["command"], printed["ok"]) == (
        1,
        "collabscreen/1",
        "replay",
        True,
    )
    assert printed["result"] == {
        "replayed": 1,
        "sound": 0,
        "differences": [
            {
                "case": made.case.reference,
                "number": 1,
                "what": "tier",
                "stored": "T1",
                "computed": "T3",
            }
        ],
    }


def test_an_unknown_case_is_refused() -> None:
    text, code = _replayed("--case", "CS-1999-0001", "--json")
    assert code == 2
    assert [error["code"] for error in json.loads(text)["errors"]] == ["case_not_found"]


def test_determinations_cannot_be_changed_or_removed() -> None:
    made = determined(house())
    with pytest.raises(IntegrityError, match="keeps its rows"), transaction.atomic():
        Determination.objects.update(outcome="excluded")
    with pytest.raises(IntegrityError, match="keeps its rows"), transaction.atomic():
        Determination.objects.all().delete()
    assert Determination.objects.get().outcome == made.outcome
