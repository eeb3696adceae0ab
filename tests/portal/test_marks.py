"""Each outcome and status has one sign: a shape, a tone and words of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from apps.engine.lifecycle import PUBLIC_NAMES, Status
from apps.portal.parts.marks import OUTCOMES, outcome_mark, status_mark

SPRITE = Path("apps/portal/static/portal/icons.svg")


def test_the_nine_outcomes_differ_in_shape_tone_and_words() -> None:
    marks = list(OUTCOMES.values())
    assert len(marks) == 9
    for part in ("icon", "tone", "words", "short"):
        assert len({getattr(mark, part) for mark in marks}) == 9


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_drawn_in_the_sprite(outcome: str) -> None:
    assert f'<symbol id="{outcome_mark(outcome).icon}"' in SPRITE.read_text()


@pytest.mark.parametrize("status", Status)
def test_every_status_is_drawn_in_the_sprite_and_named_as_the_requester_reads_it(
    status: Status,
) -> None:
    mark = status_mark(status)
    assert mark.words == PUBLIC_NAMES[status]
    assert f'<symbol id="{mark.icon}"' in SPRITE.read_text()


def test_an_exception_is_named() -> None:
    mark = outcome_mark("exception:TSR")
    assert (mark.words, mark.short, mark.tone) == ("Allowed with exception TSR", "TSR", "exc")


def test_the_kind_of_an_outcome_changes_the_noun_and_not_the_sign() -> None:
    licence = outcome_mark("licence_required")
    certificate = outcome_mark("licence_required", kind="certificate")
    assert certificate.words == "Certificate needed first"
    assert (certificate.icon, certificate.tone) == (licence.icon, licence.tone)


def test_what_the_law_leaves_unsettled_reads_as_with_the_office_for_a_requester() -> None:
    assert outcome_mark("undetermined").words == "An officer must settle this"
    assert outcome_mark("undetermined", requester=True).words == "With the office"


def test_an_approval_says_until_when() -> None:
    mark = status_mark(Status.APPROVED, until=date(2027, 1, 29))
    assert mark.words == "Approved until 29 January 2027"


def test_an_officer_reads_that_a_case_waits_for_the_requester() -> None:
    assert status_mark(Status.AWAITING_REQUESTER).tone == "you"
    mark = status_mark(Status.AWAITING_REQUESTER, requester=False)
    assert (mark.words, mark.tone) == ("Waiting for the requester", "")
