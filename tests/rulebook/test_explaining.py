"""A rule told in words: when it holds, what it leads to, where it comes from and since when."""

from __future__ import annotations

from datetime import date

import pytest

from apps.engine.edition import Edition
from apps.engine.refusal import Refusal
from apps.engine.rows import Period
from apps.rulebook.domain.explaining import explain_rule, sentence_of
from tests.factories.engine import TODAY, edition, rule, term

PUBLISHED = {"is": ["exposure.item.published", True]}
CLASSIFIED = {"is": ["exposure.item.classified", True]}
ABROAD = {"is": ["exposure.route", "abroad"]}
OPEN_OR_ABROAD = "not classified by a government or the way it goes is abroad"


def sentence(when: object) -> str:
    return sentence_of(edition(rule(when=when)).rules[0].when)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (PUBLISHED, "already published"),
        ({"not": PUBLISHED}, "not already published"),
        ({"all": [PUBLISHED, CLASSIFIED]}, "already published and classified by a government"),
        (
            {"any": [PUBLISHED, {"not": ABROAD}]},
            "already published or the way it goes is not abroad",
        ),
        (
            {"not": {"any": [PUBLISHED, {"all": [CLASSIFIED, {"not": ABROAD}]}]}},
            "not already published and (" + OPEN_OR_ABROAD + ")",
        ),
        (
            {"all": [{"any": [PUBLISHED]}, ABROAD]},
            "already published and the way it goes is abroad",
        ),
    ],
)
def test_a_condition_is_one_sentence_with_what_is_not_so_turned_round(
    when: object, told: str
) -> None:
    assert sentence(when) == told


def test_a_rule_is_told_with_its_terms_its_source_and_its_days() -> None:
    law = edition(
        rule(
            "a",
            stage="authorisations",
            outcome="exception:TSR",
            overcomes=["NS"],
            when=PUBLISHED,
            conditions=[term("nda")],
            until="open",
            review_by="2027-11-22",
            owner="rules admin",
            period=Period(date(2016, 9, 1)),
        )
    )
    first, second, third, *rest = explain_rule(law, "a")
    assert first == "a: a"
    assert second.endswith("stage authorisations, leads to exception:TSR and overcomes NS")
    assert third == "It holds if already published."
    assert rest[0].startswith("Condition ")
    assert rest[1] == "Source: 1 XA a (invented), confidence verified"
    assert rest[2:] == [
        "In force from 2016-09-01 on, to be reviewed by 2027-11-22; kept by rules admin"
    ]


def test_earlier_words_of_the_same_rule_are_its_history() -> None:
    old = rule("a", period=Period(date(2020, 1, 1), date(2026, 1, 1)))
    new = rule("a", period=Period(date(2026, 1, 1)))
    lines = explain_rule(edition(new, old), "a")
    assert [line.partition(";")[0] for line in lines[-2:]] == [
        "In force from 2020-01-01 until 2025-12-31",
        "In force from 2026-01-01 on",
    ]


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("b", "a rule that `determine` prints"),
        ("a", "in force from the beginning until 2020-12-31"),
    ],
)
def test_a_rule_that_is_not_in_force_is_refused(name: str, valid: str) -> None:
    law: Edition = edition(rule("a", period=Period(None, date(2021, 1, 1))), rule("c"))
    assert law.on == TODAY
    with pytest.raises(Refusal) as refused:
        explain_rule(law, name)
    assert (refused.value.code, refused.value.valid) == ("unknown_rule", valid)
