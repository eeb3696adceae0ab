"""The command loads what lies in a folder, tells what it did, and refuses with exit code 2."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

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
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("watchlist_load", "--path", str(tmp_path), "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (refused.value.returncode, answer["ok"], ListVersion.objects.count()) == (2, False, 0)
    assert {error["code"] for error in answer["errors"]} == {"missing_file"}
