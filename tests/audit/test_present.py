"""Every verb of history can be said in a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

import pytest

from apps.audit.domain.canon import Json
from apps.audit.domain.entry import Entry
from apps.audit.domain.present import sentence
from apps.audit.domain.shapes import Deed
from apps.audit.domain.verbs import VERBS
from apps.engine.refusal import Refusal
from apps.engine.stages import Verb
from tests.factories.audit import MORNING


def entry(verb: str, payload: Mapping[str, Json], *, by: str = "user:5f2b") -> Entry:
    return Entry("case:CS-2026-0001", 1, verb, by, MORNING, payload, previous="")


def test_a_person_is_named_when_the_name_is_given() -> None:
    opened = entry("open_draft", {"kind": "visit"})
    assert sentence(opened, names={"user:5f2b": "Mei Chen"}) == "Mei Chen opened a draft."
    assert sentence(opened) == "Somebody opened a draft."


def test_the_system_is_the_system() -> None:
    moved = entry("screened", {"from": "screening", "to": "triage"}, by="system:screening")
    assert sentence(moved) == "The system finished the checks."


def test_values_are_said_as_words_and_a_reason_follows() -> None:
    payload: dict[str, Json] = {
        "from": "in_review",
        "to": "conditions_pending",
        "reason": "A control plan is due first.",
    }
    assert sentence(entry("decide", payload)) == (
        "Somebody decided: conditions pending. Reason: A control plan is due first."
    )


def test_an_unknown_verb_is_a_fault() -> None:
    with pytest.raises(Refusal) as refused:
        sentence(entry("frobnicate", {}))
    assert refused.value.code == "unknown_verb"


@pytest.mark.parametrize("deed", VERBS.values(), ids=[*VERBS])
def test_each_sentence_names_only_who_did_it_and_what_each_payload_holds(deed: Deed) -> None:
    named = {field for _, field, _, _ in Formatter().parse(deed.sentence) if field}
    assert "by" in named
    assert named - {"by"} <= deed.needs.keys()
    assert not deed.sentence.endswith(".")
    assert deed.needs.keys().isdisjoint(deed.may)


@pytest.mark.parametrize("deed", VERBS.values(), ids=[*VERBS])
def test_each_verb_can_be_said(deed: Deed) -> None:
    samples: Mapping[type, Json] = {str: "some_word", int: 3, bool: True, list: ["a", "b"]}
    payload = {key: samples[kind] for key, kind in deed.needs.items()}
    assert sentence(entry(deed.verb, payload)).startswith("Somebody ")


def test_every_move_of_a_case_has_a_row() -> None:
    without_event_of_its_own = {Verb.ADJUDICATE, Verb.CONSULT, Verb.AMEND, Verb.RENEW}
    assert set(Verb) - VERBS.keys() <= without_event_of_its_own
