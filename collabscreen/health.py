"""Two answers for those who watch: is the process alive, and may people be sent to it."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Alive: the process answers. Touches nothing else."""
    return JsonResponse({"ok": True})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Ready: the database answers and holds every migration."""
    parts = {"database": _database_answers()}
    parts["migrations"] = parts["database"] and _migrations_applied()
    ready = all(parts.values())
    return JsonResponse({"ok": ready, "parts": parts}, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
