"""The command loads what lies in a folder, tells what it did, and refuses with exit code 2."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from apps.watchlists.management.commands.watchlist_load import FOLDER
from apps.watchlists.models import ListVersion

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("watchlist_load", *arguments, stdout=out)
    return out.getvalue()


def test_the_lists_of_the_project_are_loaded_and_the_second_run_changes_nothing():
    first = run().splitlines()
    second = run().splitlines()
    assert len(first) == len(second) == 5
    assert all(line.endswith("now searched") for line in first)
    assert all(line.endswith("already searched") for line in second)
    assert ListVersion.objects.filter(active=True).count() == ListVersion.objects.count() == 5


def test_the_answer_as_json_is_one_object():
    answer = json.loads(run("--json"))
    assert (answer["format"], answer["command"], answer["ok"], answer["errors"]) == (
        "collabscreen/1",
        "watchlist_load",
        True,
        [],
    )
    assert [(row["list"], row["changed"]) for row in answer["result"]["lists"]] == [
        ("US-EL", True),
        ("US-UVL", True),
        ("US-MEU", True),
        ("US-DPL", True),
        ("US-SDN", True),
    ]


def test_a_folder_without_lists_is_refused_and_nothing_is_loaded(tmp_path):
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("watchlist_load", "--path", str(tmp_path), "--json", stdout=out, stderr=err)
    answer = json.loads(out.getvalue())
    assert (stopped.value.code, answer["ok"], ListVersion.objects.count()) == (2, False, 0)
    assert "sources.csv" in err.getvalue()
    assert {error["code"] for error in answer["errors"]} == {"missing_file"}


def test_an_older_list_is_refused_and_the_active_one_stays(tmp_path):
    run()
    for file in FOLDER.iterdir():
        text = file.read_text()
        if file.name == "sources.csv":
            text = text.replace("2026-07-31", "2026-07-30")
        (tmp_path / file.name).write_text(text)
    with pytest.raises(SystemExit) as stopped:
        call_command(
            "watchlist_load", "--path", str(tmp_path), stdout=StringIO(), stderr=StringIO()
        )
    assert stopped.value.code == 2
    assert {row.version for row in ListVersion.objects.filter(active=True)} == {"2026-07-31"}
