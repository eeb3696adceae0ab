"""The command says whether history is whole, for people and for machines."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from apps.audit.domain.append_only import remove_triggers
from apps.audit.domain.seal import seal
from tests.factories.audit import MORNING, happened, tamper


def answered(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("audit_verify", *arguments, stdout=out)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue()
    return 0, out.getvalue()


def answered_json() -> tuple[int, dict[str, Any]]:
    code, text = answered("--json")
    return code, json.loads(text)


@pytest.mark.django_db
def test_whole_history_ends_with_0_and_tells_the_newest_seal() -> None:
    happened(times=2)
    made = seal(at=MORNING)
    code, envelope = answered_json()
    on = envelope.pop("on")
    assert len(on) == len("2026-11-22")
    assert (code, envelope) == (
        0,
        {
            "format": "collabscreen/1",
            "command": "audit_verify",
            "ok": True,
            "edition": None,
            "lists": [],
            "errors": [],
            "result": {
                "whole": True,
                "findings": [],
                "triggers_missing": [],
                "extent": {
                    "events": 2,
                    "subjects": 1,
                    "seals": 1,
                    "sealed_at": "2026-11-22T09:00:00.000000+00:00",
                    "seal": made.hash,
                },
            },
        },
    )


@pytest.mark.django_db
def test_a_finding_ends_with_1_and_says_where() -> None:
    happened(times=2)
    tamper("UPDATE audit_event SET by = 'user:eve' WHERE seq = 1")
    code, envelope = answered_json()
    assert (code, envelope["ok"], envelope["result"]["whole"]) == (1, True, False)
    assert envelope["result"]["findings"] == [
        {
            "subject": "case:CS-2026-0001",
            "seq": 1,
            "code": "changed_row",
            "what": "The event is not what was recorded.",
        }
    ]


@pytest.mark.django_db
def test_a_missing_trigger_ends_with_1_although_history_is_whole() -> None:
    remove_triggers(connection)
    code, envelope = answered_json()
    assert (code, envelope["result"]["whole"]) == (1, True)
    assert "audit_event_no_update" in envelope["result"]["triggers_missing"]


@pytest.mark.django_db
def test_people_read_lines() -> None:
    happened()
    made = seal(at=MORNING)
    newest = f"newest seal {made.hash} of 2026-11-22T09:00:00.000000+00:00"
    told = f"1 events of 1 subjects, 1 seals; {newest}: history is whole\n"
    assert answered() == (0, told)
    tamper("DELETE FROM audit_event")
    code, text = answered()
    assert code == 1
    assert "case:CS-2026-0001 1: cut_off. The chain ends at 0: its tail is missing.\n" in text
    assert "audit_event_no_update: trigger missing; migrate puts it back.\n" in text
    assert text.endswith(": 1 findings\n")


@pytest.mark.django_db(transaction=True)
def test_history_that_cannot_be_read_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    rename("audit_event", "audit_gone")
    try:
        code, envelope = answered_json()
        (error,) = envelope["errors"]
        assert (code, envelope["ok"], error["code"]) == (3, False, "history_unreadable")
        assert answered() == (3, "")
    finally:
        rename("audit_gone", "audit_event")
    assert "The tables of history cannot be read." in capsys.readouterr().err


def rename(table: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {name}")
