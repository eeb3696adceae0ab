"""The table of a case's life: every combination answered, and what can be proved of it."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from apps.engine.lifecycle import (
    FINAL,
    PUBLIC_NAMES,
    SPOKEN,
    STAGES,
    SYSTEM,
    TABLE,
    Actor,
    Clock,
    Guard,
    Relation,
    Role,
    Status,
    Verb,
    Waits,
    answer,
    clock_effect,
    move_for,
    public_name,
    step,
    verbs_from,
)
from apps.engine.lifecycle_proof import dead_ends, diagram, reachable, system_moves_into
from apps.engine.refusal import Refusal

NEVER_BY_MACHINE = frozenset({Status.REFUSED, Status.REVOKED})
OFFICER = Actor(frozenset({Role.REVIEW_OFFICER}), frozenset({Relation.STRANGER}))


def test_every_status_verb_role_and_relation_is_answered_with_a_reason() -> None:
    for status, verb, role, relation in product(Status, Verb, Role, Relation):
        actor = Actor(frozenset({role}), frozenset({relation}))
        given = answer(status, verb, actor)
        move = next((m for m in TABLE if m.source is status and m.verb is verb), None)
        expected = move is not None and (
            relation in move.relations or (role in move.roles and relation not in move.barred)
        )
        assert given.allowed is expected, (status, verb, role, relation)
        assert given.reason.endswith(".")
        assert (given.code == "") is expected
        assert given.move is move


def test_the_system_may_do_only_what_its_rows_say() -> None:
    for status, verb in product(Status, Verb):
        move = move_for(status, verb)
        assert answer(status, verb, SYSTEM).allowed is bool(move and move.system_allowed)


def test_no_move_open_to_the_system_ends_in_refused_or_revoked() -> None:
    assert system_moves_into(NEVER_BY_MACHINE) == ()
    for start in set(Status) - NEVER_BY_MACHINE:
        assert not reachable(start, by_system_alone=True) & NEVER_BY_MACHINE


def test_moves_that_end_in_refused_need_a_second_person_or_a_reply_from_outside() -> None:
    into = {move.verb for move in TABLE if Status.REFUSED in move.targets}
    assert into == {Verb.COUNTERSIGN, Verb.RECORD_REPLY, Verb.UPHOLD}


def test_a_system_row_without_roles_is_closed_to_everybody() -> None:
    everyone = Actor(frozenset(Role), frozenset())
    for move in TABLE:
        if not move.roles and not move.relations:
            assert answer(move.source, move.verb, everyone).code == "not_entitled"


def test_every_status_is_reachable_and_none_is_a_dead_end() -> None:
    assert reachable(Status.DRAFT) == frozenset(Status)
    assert dead_ends() == frozenset()


def test_final_statuses_have_no_way_out_and_all_others_have_one() -> None:
    assert {status for status in Status if not verbs_from(status)} == FINAL


def test_one_verb_leads_from_one_status_by_one_row() -> None:
    places = [(move.source, move.verb) for move in TABLE]
    assert len(places) == len(set(places))
    assert {verb for _, verb in places} == set(Verb)


def test_a_move_that_can_approve_is_impossible_while_the_screening_is_incomplete() -> None:
    for move in TABLE:
        opens = {Status.APPROVED, Status.CONDITIONS_PENDING} & set(move.targets) - {move.source}
        replied = move.verb is Verb.RECORD_REPLY  # its conditions are guarded when they are met
        if opens and not replied:
            assert {Guard.SCREENING_COMPLETE, Guard.HITS_SETTLED} <= set(move.guards), move


def test_every_duty_in_a_case_is_barred_to_its_requester_and_parties() -> None:
    for move in TABLE:
        if move.roles:
            assert {Relation.OWNER, Relation.DELEGATE, Relation.PARTY} <= move.barred


@pytest.mark.parametrize("status", Status)
def test_every_status_has_words_for_the_requester(status: Status) -> None:
    assert PUBLIC_NAMES[status] == STAGES[status].public_name == public_name(status)


def test_every_verb_can_be_spoken() -> None:
    assert set(SPOKEN) == set(Verb)


def test_an_approval_says_when_it_ends() -> None:
    until = date(2027, 5, 31)
    assert public_name(Status.APPROVED, until=until) == "Approved until 31 May 2027"
    assert public_name(Status.TRIAGE, until=until) == "With the office"


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (Status.DRAFT, Status.SCREENING, Clock.START),
        (Status.SCREENING, Status.TRIAGE, Clock.NONE),
        (Status.TRIAGE, Status.IN_REVIEW, Clock.NONE),
        (Status.IN_REVIEW, Status.AWAITING_REQUESTER, Clock.PAUSE),
        (Status.AWAITING_REQUESTER, Status.TRIAGE, Clock.RESUME),
        (Status.IN_REVIEW, Status.REFERRED, Clock.PAUSE),
        (Status.REFERRED, Status.IN_REVIEW, Clock.RESUME),
        (Status.REFERRED, Status.CONDITIONS_PENDING, Clock.PAUSE),
        (Status.IN_REVIEW, Status.APPROVED, Clock.STOP),
        (Status.APPROVED, Status.SUSPENDED, Clock.START),
        (Status.AWAITING_REQUESTER, Status.LAPSED, Clock.STOP),
    ],
)
def test_the_clock_follows_whom_the_case_waits_for(
    source: Status, target: Status, expected: Clock
) -> None:
    assert clock_effect(source, target) is expected


def test_only_the_statuses_of_the_office_wait_for_the_office() -> None:
    assert {status for status, stage in STAGES.items() if stage.waits is Waits.OFFICE} == {
        Status.TRIAGE,
        Status.IN_REVIEW,
        Status.AWAITING_COUNTERSIGN,
        Status.SUSPENDED,
        Status.UNDER_APPEAL,
    }


def test_a_verb_with_one_end_needs_no_target() -> None:
    taken = step(Status.TRIAGE, Verb.TAKE, actor=OFFICER)
    assert (taken.target, taken.clock) == (Status.IN_REVIEW, Clock.NONE)


def test_a_verb_with_several_ends_needs_one_of_them() -> None:
    with pytest.raises(Refusal) as refused:
        step(Status.IN_REVIEW, Verb.DECIDE, actor=OFFICER, reason="Done")
    assert refused.value.code == "wrong_target"
    decided = step(
        Status.IN_REVIEW, Verb.DECIDE, actor=OFFICER, target=Status.APPROVED, reason="Done"
    )
    assert (decided.target, decided.clock) == (Status.APPROVED, Clock.STOP)


def test_nobody_decides_a_refusal_alone() -> None:
    with pytest.raises(Refusal) as refused:
        step(Status.IN_REVIEW, Verb.DECIDE, actor=OFFICER, target=Status.REFUSED, reason="No")
    assert refused.value.code == "wrong_target"


def test_a_reason_of_spaces_is_no_reason() -> None:
    with pytest.raises(Refusal) as refused:
        step(Status.IN_REVIEW, Verb.REFER, actor=OFFICER, reason="  ")
    assert refused.value.code == "reason_required"


@pytest.mark.parametrize(
    ("status", "verb", "actor", "code"),
    [
        (Status.DRAFT, Verb.DECIDE, OFFICER, "not_from_here"),
        (Status.TRIAGE, Verb.TAKE, SYSTEM, "person_required"),
        (Status.TRIAGE, Verb.TAKE, Actor(), "not_entitled"),
        (
            Status.AWAITING_COUNTERSIGN,
            Verb.COUNTERSIGN,
            Actor(frozenset({Role.EMPOWERED_OFFICIAL}), frozenset({Relation.AUTHOR})),
            "conflicted",
        ),
    ],
)
def test_a_move_that_is_not_allowed_is_refused_with_its_code(
    status: Status, verb: Verb, actor: Actor, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        step(status, verb, actor=actor)
    assert refused.value.code == code


def test_the_answer_names_who_may() -> None:
    nobody = answer(Status.TRIAGE, Verb.TAKE, Actor())
    assert nobody.reason == (
        "Only a review officer of its office or an empowered official of its office "
        "may take it into review."
    )
    owner = answer(Status.DRAFT, Verb.SUBMIT, Actor(relations=frozenset({Relation.OWNER})))
    assert owner.reason == "As its owner."
    officer = answer(Status.TRIAGE, Verb.TAKE, OFFICER)
    assert officer.reason == "As a review officer of its office."


def test_the_drawing_shows_every_move_and_marks_the_system() -> None:
    drawn = diagram()
    assert drawn.startswith("stateDiagram-v2\n    [*] --> draft\n")
    assert "    draft --> screening: submit\n" in drawn
    assert "    screening --> triage: screened ⚙\n" in drawn
    ends = sum(1 for move in TABLE for end in move.targets if end is not move.source)
    assert drawn.count(" --> ") == ends + 1 + len(FINAL)
