"""The demo university is loaded once, whole, by the verbs, and shows each stage of a request."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth import authenticate
from django.core.management import call_command

from apps.accounts.models import Institution, User
from apps.audit.domain.verify import verify
from apps.audit.models import Event
from apps.cases.models import Case
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.files import read_folder
from apps.rulebook.domain.load import load_edition
from apps.rulebook.domain.shipped import FOLDER as LAW
from apps.watchlists.domain.files import read_lists
from apps.watchlists.domain.load import load_list
from apps.watchlists.management.commands.watchlist_load import FOLDER as LISTS
from apps.workflow.domain.demo.load import FOLDER, demo_logins, is_loaded, load_demo
from apps.workflow.domain.demo.requests import take_step
from apps.workflow.domain.demo.script import Step, dated, read_requests
from tests.factories.accounts import PersonFactory
from tests.factories.cases import CaseFactory

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture
def law() -> None:
    """The shipped law and lists, as an installation has them before the demo is loaded."""
    book = read_folder(LAW)
    load_edition(book.rows, id=book.id, by="system:test", at=AT, since=book.since)
    for document in read_lists(LISTS):
        load_list(document, by="system:test", at=AT)


@pytest.mark.django_db
@pytest.mark.usefixtures("law")
def test_the_demo_shows_each_stage_of_a_request_and_is_loaded_once() -> None:
    assert load_demo(at=AT)
    stages = Counter((case.status, case.tier) for case in Case.objects.all())
    assert stages == {
        ("approved", "T1"): 1,
        ("triage", "T1"): 1,
        ("triage", "T2"): 1,
        ("conditions_pending", "T3"): 1,
        ("awaiting_countersign", "T3"): 1,
        ("referred", "T4"): 1,
        ("awaiting_requester", "T2"): 1,
        ("withdrawn", "T1"): 1,
        ("draft", ""): 1,
    }
    assert verify() == []
    assert not Event.objects.filter(at__gt=AT).exists()
    before = Event.objects.count()
    assert (load_demo(at=AT), Event.objects.count()) == (False, before)
    login = demo_logins()[0]
    assert authenticate(username=login.email, password=login.password) is not None


@pytest.mark.django_db
def test_a_demo_that_fails_on_its_way_leaves_nothing_behind(tmp_path: Path) -> None:
    for name in ("university.yaml", "requests.yaml"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    with pytest.raises(Refusal) as refused:  # no law is loaded: the first submission is refused
        load_demo(tmp_path, at=AT)
    assert refused.value.code == "no_edition"
    assert (User.objects.count(), Institution.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "found", "replacement", "code"),
    [
        ("requests.yaml", "days_ago: 9", "days_ago: soon", "wrong_type"),
        ("requests.yaml", "owner: maya", "master: maya", "unknown_key"),
        ("requests.yaml", "demo-requests/1", "demo-requests/9", "unknown_value"),
        ("university.yaml", "triage_officer", "king", "unknown_value"),
        ("university.yaml", "email: maya@", "mail: maya@", "unknown_key"),
    ],
)
def test_a_demo_file_with_a_fault_is_refused_before_anything_is_written(
    tmp_path: Path, name: str, found: str, replacement: str, code: str
) -> None:
    for file in ("university.yaml", "requests.yaml"):
        text = (FOLDER / file).read_text(encoding="utf-8")
        if file == name:
            text = text.replace(found, replacement)
        (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(Refusals) as refused:
        load_demo(tmp_path, at=AT)
    assert code in {item.code for item in refused.value.items}
    assert Institution.objects.count() == 0


@pytest.mark.django_db
def test_the_demo_is_never_loaded_in_production(settings: LazySettings) -> None:
    settings.ENV = type("Production", (), {"production": True})()
    with pytest.raises(Refusal) as refused:
        load_demo(at=AT)
    assert refused.value.code == "demo_in_production"
    assert not is_loaded()


@pytest.mark.django_db
def test_a_step_that_no_verb_is_called_by_is_refused() -> None:
    step = Step("abolish", "maya", 0, {}, ())
    with pytest.raises(Refusal) as refused:
        take_step(CaseFactory.create(), step, by=PersonFactory.create(), at=AT, today=TODAY)
    assert refused.value.code == "unknown_step"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("today", "2026-11-22"),
        ("today+14", "2026-12-06"),
        ("today-22", "2026-10-31"),
        ("todays", "todays"),
        (True, True),
        ([{"from": "today"}], [{"from": "2026-11-22"}]),
    ],
)
def test_a_day_counted_from_today_becomes_that_day(written: object, meant: object) -> None:
    assert dated(written, date(2026, 11, 22)) == meant  # type: ignore[arg-type]


def test_logins_of_a_faulty_file_are_refused(tmp_path: Path) -> None:
    text = (FOLDER / "university.yaml").read_text(encoding="utf-8")
    (tmp_path / "university.yaml").write_text(text.replace("auditor", "king"), encoding="utf-8")
    with pytest.raises(Refusals):
        demo_logins(tmp_path)


def test_every_person_of_the_demo_is_invented_by_address() -> None:
    assert all(login.email.endswith("@northfield.example") for login in demo_logins())
    assert len(read_requests(FOLDER)) == 9


@pytest.mark.django_db
def test_the_command_tells_what_was_refused_and_ends_with_two(tmp_path: Path) -> None:
    errors = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("demo", path=tmp_path, stderr=errors)
    assert ended.value.code == 2
    assert errors.getvalue()


@pytest.mark.django_db
def test_the_command_prints_the_logins_as_lines_and_as_one_object() -> None:
    Institution.objects.create(slug="northfield", name="N", country="US", kind="university")
    lines, answer = StringIO(), StringIO()
    call_command("demo", stdout=lines)
    call_command("demo", json=True, stdout=answer)
    line = re.compile(r"^priya@northfield\.example +\S+ +Priya Nair: review", re.MULTILINE)
    assert line.search(lines.getvalue())
    told = json.loads(answer.getvalue())
    assert (told["ok"], told["command"], told["result"]["new"]) == (True, "demo", False)
    assert len(told["result"]["logins"]) == len(lines.getvalue().splitlines())
