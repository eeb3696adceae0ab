"""The golden cases of the project hold, each says where it comes from, and no id decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from apps.engine.determine import determine
from apps.engine.edition import Edition
from apps.rulebook.domain.document import Document, Value
from apps.rulebook.domain.golden.cases import GoldenCase, read_cases
from apps.rulebook.domain.golden.compare import compare
from apps.rulebook.domain.golden.run import run_golden
from apps.rulebook.domain.reading import read_yaml_file
from apps.rulebook.domain.shipped import shipped_edition

FOLDER = Path(__file__).parents[2] / "fixtures" / "golden"
NAMED_BLOCKS = ("people", "organisations", "items")
NAMING_KEYS = {
    *("id", "from", "who", "what", "release", "host", "by", "about"),
    *("employer", "organisation", "person"),
}


@cache
def edition() -> Edition:
    return shipped_edition(on=date(2026, 11, 22))


@cache
def documents() -> tuple[Document, ...]:
    return tuple(
        read_yaml_file(file, file=file.relative_to(FOLDER).as_posix())
        for file in sorted(FOLDER.rglob("*.yaml"))
    )


@cache
def written() -> tuple[tuple[str, Mapping[str, Value]], ...]:
    """(file, case) of every case as it is written."""
    found = []
    for document in documents():
        assert isinstance(document.data, dict)
        found += [(document.file, case) for case in document.data["cases"]]
    return tuple(found)


def golden(document: Document) -> Iterator[GoldenCase]:
    for case in read_cases(document, edition().vocabulary):
        assert isinstance(case, GoldenCase), case
        yield case


def label(case: GoldenCase) -> str:
    return f"{Path(case.file).stem}:{case.id}"


@pytest.mark.parametrize(
    "case", [case for document in documents() for case in golden(document)], ids=label
)
def test_a_golden_case_holds(case: GoldenCase) -> None:
    found = determine(case.facts, edition(), on=case.on, regimes=case.regimes)
    failures = compare(found, case.expect, case.overall)
    assert [failure.as_dict() for failure in failures] == []


def test_there_are_enough_cases_of_every_topic() -> None:
    topics = {Path(file).stem for file, _ in written()}
    assert len(written()) >= 260
    assert topics >= {
        *("jurisdiction", "exclusions", "classification", "persons", "acts", "chart", "prose"),
        *("tsr", "tsu", "sta", "orders", "embargoes", "parties", "exports", "dates", "requests"),
        *("embargoes_abroad", "reexports", "ownership", "end_use", "exceptions_abroad"),
        *("licences", "timeline"),
    }


def test_every_case_says_where_its_answer_comes_from() -> None:
    kinds, confidences = set(), set()
    for file, case in written():
        source = case["source"]
        assert isinstance(source, dict), (file, case["id"])
        assert {"kind", "ref", "read", "confidence"} <= set(source), (file, case["id"])
        kinds.add(source["kind"])
        confidences.add(source["confidence"])
    assert kinds == {"derived", "derived from the chart", "official FAQ", "regulation text"}
    assert confidences == {"high", "medium"}


def test_ids_and_names_stand_once_and_names_are_sentences() -> None:
    ids = [case["id"] for _, case in written()]
    names = [str(case["name"]) for _, case in written()]
    assert len(set(ids)) == len(ids)
    assert len(set(names)) == len(names)
    assert [name for name in names if not name[:1].isupper() or " " not in name] == []


def test_every_rule_is_hit_by_a_case_and_missed_by_another() -> None:
    run = run_golden(FOLDER, edition(), regime="US-EAR")
    result = run.as_result()
    assert (result["rules_without_hit"], result["rules_without_miss"]) == ([], [])


@pytest.mark.parametrize("document", documents(), ids=lambda document: Path(document.file).stem)
def test_renaming_every_id_changes_no_outcome(document: Document) -> None:
    assert isinstance(document.data, dict)
    cases = [renamed(case) for case in document.data["cases"]]
    other = replace(document, data={**document.data, "cases": cases})
    assert [answers(case) for case in golden(other)] == [answers(case) for case in golden(document)]


def answers(case: GoldenCase) -> list[tuple[object, ...]]:
    """What a case answers, exposure by exposure in the order of its releases, without any id."""
    found = determine(case.facts, edition(), on=case.on, regimes=case.regimes)
    return [
        (found.outcome, found.open, found.tier),
        *(
            (
                answer.outcome,
                answer.possible,
                [condition["id"] for condition in answer.conditions],
                answer.alternatives,
                len(answer.questions),
            )
            for exposure in found.exposures
            for answer in exposure.regimes
        ),
    ]


def renamed(case: Mapping[str, Value]) -> dict[str, Value]:
    """The same case under other ids, which sort the other way round."""
    facts = case["facts"]
    assert isinstance(facts, dict)
    ids = {name for block in NAMED_BLOCKS for name in facts.get(block, {})}
    ids |= {release["id"] for release in facts["releases"]}
    names = {name: f"n-{99 - place:02d}" for place, name in enumerate(sorted(ids))}
    swapped = {block: _keys(facts[block], names) for block in NAMED_BLOCKS if block in facts}
    return {
        **case,
        "facts": _values({**facts, **swapped}, names),
        "expect": [{**row, "asks": []} for row in _values(case["expect"], names)],
    }


def _keys(block: Mapping[str, Value], names: Mapping[str, str]) -> dict[str, Value]:
    return {names[key]: value for key, value in block.items()}


def _values(value: Value, names: Mapping[str, str], key: str = "") -> Value:
    """The value with every id in a place that names one replaced."""
    if isinstance(value, dict):
        return {inner: _values(part, names, inner) for inner, part in value.items()}
    if isinstance(value, list):
        return [_values(part, names, key) for part in value]
    return names.get(value, value) if isinstance(value, str) and key in NAMING_KEYS else value
