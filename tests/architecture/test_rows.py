"""Rows lean to the right, and a case moves through one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.architecture.reading import Source, imported, points_right, sources

OURS = [config for config in apps.get_app_configs() if config.name.startswith("apps.")]
KEYS = ("ForeignKey", "OneToOneField", "ManyToManyField")
MOVED = {"status", "outcome", "tier", "due_on", "officer", "office"}
DOOR = "apps/workflow/domain/transition.py"
# Where a case is made it gets its first values; rows of other rooms bear the same names.
MAKERS = {"apps/cases/domain/intake.py"}


def keys() -> Iterator[models.Field[object, object]]:
    for config in OURS:
        for model in config.get_models():
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey | models.ManyToManyField):
                    yield field


def test_labels_of_rooms_are_their_names() -> None:
    assert [config.label for config in OURS] == [config.name.split(".")[1] for config in OURS]


def test_keys_to_other_rooms_point_right() -> None:
    left = [
        str(key)
        for key in keys()
        if (other := key.related_model._meta.app_config).name.startswith("apps.")
        and not points_right(key.model._meta.app_label, other.label)
    ]
    assert left == []


def test_keys_to_other_rooms_leave_no_way_back() -> None:
    back = [
        str(key)
        for key in keys()
        if key.related_model.__module__.startswith("apps.")
        and key.model._meta.app_label != key.related_model._meta.app_label
        and not key.remote_field.hidden
        and not is_of_a_library(key)
    ]
    assert back == []


def is_of_a_library(key: models.Field[object, object]) -> bool:
    """Whether a base of a library declares the key, and so names its way back."""
    libraries = [base for base in key.model.__mro__[1:] if not base.__module__.startswith("apps.")]
    return any(
        field.name == key.name
        for base in libraries
        if hasattr(base, "_meta")
        for field in base._meta.local_fields
    )


def test_keys_name_rows_of_other_rooms_as_text() -> None:
    direct = [
        source.at(call)
        for source in sources("apps")
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).rpartition(".")[2] in KEYS
        and call.args
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id in from_other_rooms(source)
    ]
    assert direct == []


def from_other_rooms(source: Source) -> set[str]:
    """Names a file imports from another room."""
    return {
        module.rpartition(".")[2]
        for _, module in imported(source.tree)
        if module.startswith("apps.") and module.split(".")[1] != source.room
    }


def writes(source: Source) -> Iterator[str]:
    """Places that set one of the moved fields on something called a case."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (source.at(node) for target in targets if is_moved(target))
        elif isinstance(node, ast.Call) and is_bulk(node):
            yield source.at(node)


def is_moved(target: ast.expr) -> bool:
    return (
        isinstance(target, ast.Attribute)
        and target.attr in MOVED
        and "case" in ast.unparse(target.value).lower()
    )


def is_bulk(call: ast.Call) -> bool:
    named = {keyword.arg for keyword in call.keywords}
    said = ast.unparse(call.func)
    return bool(MOVED & named) and "Case." in said and said.endswith((".update", ".create"))


def test_a_case_is_moved_in_one_module_only() -> None:
    found = {
        place for source in sources() for place in writes(source) if str(source.path) not in MAKERS
    }
    assert {place.partition(":")[0] for place in found} <= {DOOR}


def test_work_is_sent_through_one_door() -> None:
    sent = [
        source.at(node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"delay", "delay_on_commit", "apply_async", "send_task"}
        and str(source.path) != "apps/jobs/domain/courier.py"
    ]
    assert sent == []


def test_rooms_do_not_signal_each_other() -> None:
    # Database and HTTP signals of Django itself, used by a room for its own sake.
    allowed = {"pre_migrate", "post_migrate", "got_request_exception"}
    found = [
        f"{source.path} {name.name}"
        for source in sources("apps")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals")
        for name in node.names
        if name.name not in allowed
    ]
    assert found == []
