"""Checks answers before they are stored: every one typed, all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from apps.cases.domain.changes import CheckedAnswer
from apps.cases.domain.record_facts import held_by_record
from apps.cases.domain.words import wrong_to_keep, wrong_words
from apps.engine.facts import Vocabulary, check_value, spec_for
from apps.engine.facts.types import Day, Reading, unwrap
from apps.engine.refusal import Refusal, Refusals

MOST_AT_ONCE = 400
SOURCE_LENGTH = 200
GROUPS = frozenset({"items.*.measures"})  # answered by its members: `items.cell.measures.range`


def check_answers(
    answers: Mapping[str, object],
    *,
    source: str = "",
    vocabulary: Vocabulary,
) -> dict[str, CheckedAnswer]:
    """The answers that may stand, by path. None takes one back, `unknown` says it is not known.

    Raises Refusals with, for each wrong answer, `unknown_fact`, `wrong_type`, `unknown_country`,
    `unknown_item`, `impossible_date`, ... of the registry, `asked_of_office` for what only the
    office settles, `held_by_record` for what the case itself says; Refusal `too_many_answers`.
    """
    if len(answers) > MOST_AT_ONCE:
        raise Refusal(
            "too_many_answers",
            "That is more than a request has questions.",
            remedy="Save a page at a time.",
            found=str(len(answers)),
            valid=f"at most {MOST_AT_ONCE}",
        )
    found: list[Refusal] = []
    checked: dict[str, CheckedAnswer] = {}
    for path, value in answers.items():
        try:
            checked[path] = _check(path, value, source, vocabulary)
        except Refusals as refusals:
            found.extend(refusals.items)
    if found:
        raise Refusals(found)
    return checked


def _check(path: str, value: object, source: str, vocabulary: Vocabulary | None) -> CheckedAnswer:
    if refused := not_askable(path, where=path[:160]):
        raise Refusals(refused)
    if value is None:
        return CheckedAnswer(path, None)
    plain, own_source, as_of = unwrap(check_value(path, value, vocabulary=vocabulary))
    day = None if as_of is None else _day(path, as_of)
    told = str(own_source or source)
    wrong = [*wrong_to_keep(path, plain), *wrong_words(f"{path}.source", told, most=SOURCE_LENGTH)]
    if wrong:
        raise Refusals(wrong)
    return CheckedAnswer(path, plain, told, day)


def not_askable(path: str, *, where: str) -> list[Refusal]:
    """Why a requester cannot be asked for a path; empty if it can be asked."""
    if held_by_record(path):
        what, remedy = "The request itself says this; it is not answered.", "Leave it out."
        return [Refusal("held_by_record", what, where, remedy, path)]
    spec = spec_for(path)
    if spec is None or spec.pattern in GROUPS:
        return [Refusal("unknown_fact", "There is no such fact.", where, found=path[:160])]
    if spec.asked_of == "office":
        what, remedy = "A person of the office settles this.", "Leave it out."
        return [Refusal("asked_of_office", what, where, remedy, path)]
    return []


def _day(path: str, raw: object) -> date | None:
    found: list[Refusal] = []
    day = Day().read(raw, f"{path}.as_of", Reading(Vocabulary(), found.append))
    if found:
        raise Refusals(found)
    return day if isinstance(day, date) else None
