"""An edition in the database is the edition of the files, kept whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from apps.audit.models import Event
from apps.engine.refusal import Refusal, Refusals
from apps.engine.rows import Rows
from apps.rulebook.domain import editions
from apps.rulebook.domain.editions import edition_at, edition_rows, in_force
from apps.rulebook.domain.load import load_edition
from apps.rulebook.domain.stored import KINDS
from apps.rulebook.models import Edition, EditionRow

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = AT.date()
BY = "system:test"


@pytest.fixture
def small(rows: Rows) -> Rows:
    """The shipped rules over few countries and few reasons: quick to keep."""
    kept = {"CN", "DE"}
    return replace(
        rows,
        groups=tuple(row for row in rows.groups if row.country in kept),
        chart=tuple(row for row in rows.chart if row.country in kept),
        reasons=tuple(row for row in rows.reasons if row.item.startswith("3E")),
        _digest=[],
    )


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No compiled edition of another test answers."""
    editions._rows.cache_clear()
    editions._compiled.cache_clear()


@pytest.mark.django_db
def test_the_whole_shipped_edition_comes_back_with_the_digest_of_its_files(rows: Rows) -> None:
    load_edition(rows, id="2026-11-a", by=BY, at=AT)
    kept = edition_rows("2026-11-a")
    assert kept.digest() == rows.digest()
    assert all(getattr(kept, table) == getattr(rows, table) for table in KINDS if table != "rules")
    assert in_force(TODAY).digest == rows.digest()


@pytest.mark.django_db
def test_loading_is_one_event_and_loading_again_changes_nothing(small: Rows) -> None:
    first = load_edition(small, id="2026-11-a", by=BY, at=AT)
    count = EditionRow.objects.count()
    again = load_edition(small, id="2026-11-a", by=BY, at=AT + timedelta(days=1))
    assert (again.pk, again.loaded_at, EditionRow.objects.count()) == (first.pk, AT, count)
    events = Event.objects.filter(subject="edition:2026-11-a").order_by("seq")
    told = {"digest": small.digest(), "in_force_from": "2026-11-22"}
    assert list(events.values_list("verb", "by", "payload")) == [
        ("edition_loaded", BY, {**told, "rows": count}),
        ("edition_published", BY, told),
    ]


@pytest.mark.django_db
def test_an_edition_never_changes_under_its_id(small: Rows) -> None:
    load_edition(small, id="2026-11-a", by=BY, at=AT)
    other = replace(small, charters=(), _digest=[])
    with pytest.raises(Refusal) as refused:
        load_edition(other, id="2026-11-a", by=BY, at=AT)
    assert refused.value.code == "edition_exists"


@pytest.mark.django_db
def test_the_last_published_edition_whose_day_has_come_decides(small: Rows) -> None:
    later = replace(small, charters=(), _digest=[])
    load_edition(small, id="a", by=BY, at=AT, since=date(2026, 11, 1))
    load_edition(later, id="b", by=BY, at=AT, since=date(2026, 12, 1))
    load_edition(small, id="c", by=BY, at=AT, since=date(2026, 12, 2), publish=False)
    days = (date(2020, 1, 1), date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1))
    assert [in_force(on).id for on in days] == ["a", "a", "b", "b"]
    assert [in_force(on).on for on in days] == list(days)


@pytest.mark.django_db
def test_without_an_edition_nothing_is_decided() -> None:
    for ask, code in (
        (lambda: in_force(TODAY), "no_edition"),
        (lambda: edition_rows("x"), "unknown_edition"),
        (lambda: edition_at("x", on=TODAY), "unknown_edition"),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == code


@pytest.mark.django_db
def test_rows_that_were_altered_decide_nothing(small: Rows) -> None:
    load_edition(small, id="a", by=BY, at=AT)
    row = EditionRow.objects.filter(table="chart", key="US-EAR CN NS1").get()
    EditionRow.objects.filter(pk=row.pk).update(body={**row.body, "marked": False})
    with pytest.raises(Refusal) as refused:
        in_force(TODAY)
    assert refused.value.code == "edition_altered"


@pytest.mark.django_db
def test_a_rule_that_cannot_be_compiled_keeps_the_whole_edition_out(small: Rows) -> None:
    rule = small.rules[0]
    spoiled = replace(rule, document={**rule.document, "when": {"is": ["no.such.fact", "x"]}})
    with pytest.raises(Refusals) as refused:
        load_edition(replace(small, rules=(spoiled,), _digest=[]), id="a", by=BY, at=AT)
    assert refused.value.items
    assert (Edition.objects.count(), EditionRow.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_review_more_than_twelve_months_ahead_is_refused(small: Rows) -> None:
    rule = small.rules[0]
    late = replace(rule, document={**rule.document, "review_by": "2027-11-23"})
    with pytest.raises(Refusals) as refused:
        load_edition(replace(small, rules=(late,), _digest=[]), id="a", by=BY, at=AT)
    assert [(item.code, item.valid) for item in refused.value.items] == [
        ("review_too_far", "at most 2027-11-22")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"published_by": ""}, {"published_at": None}])
def test_publication_has_an_instant_and_a_person_or_neither(
    small: Rows, change: dict[str, object]
) -> None:
    edition = load_edition(small, id="a", by=BY, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**change)


@pytest.mark.django_db
def test_a_row_begins_before_it_ends(small: Rows) -> None:
    load_edition(small, id="a", by=BY, at=AT)
    row = EditionRow.objects.filter(table="chart").first()
    assert row is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionRow.objects.filter(pk=row.pk).update(since=TODAY, before=TODAY)
    assert (str(row.edition), str(row)) == ("a", f"chart {row.key}")


@pytest.mark.django_db
def test_the_command_loads_a_draft_publishes_it_and_changes_nothing_more(
    rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rulebook_load", draft=True, json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer["edition"] == {"id": "2026-11-a", "digest": rows.digest()}
    assert answer["result"]["rows"]["items"] == 636
    with pytest.raises(Refusal) as refused:
        in_force(TODAY)
    assert refused.value.code == "no_edition"
    for _ in range(2):
        call_command("rulebook_load")
        assert capsys.readouterr().out.split(":", 1)[0] == "2026-11-a sha256"
    assert list(Edition.objects.values_list("name", "digest", "in_force_from")) == [
        ("2026-11-a", rows.digest(), date(2026, 11, 1))
    ]
    assert Event.objects.filter(subject="edition:2026-11-a").count() == 2


@pytest.mark.django_db
def test_the_command_keeps_nothing_of_a_folder_with_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "edition.yaml").write_text("format: edition/1\nid: b\nfrom: never\n")
    with pytest.raises(SystemExit) as ended:
        call_command("rulebook_load", path=folder, json=True)
    out = capsys.readouterr().out
    assert (ended.value.code, '"code": "impossible_date"' in out) == (2, True)
    assert Edition.objects.count() == 0


@pytest.mark.django_db
def test_the_command_tells_an_edition_that_was_loaded_with_other_rows(
    small: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    load_edition(small, id="2026-11-a", by=BY, at=AT)
    with pytest.raises(SystemExit):
        call_command("rulebook_load")
    assert "is loaded already, with other rows" in capsys.readouterr().err
