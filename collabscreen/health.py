"""Two answers for those who watch: is the process alive, and may people be sent to it."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.jobs.domain.waiting import longest_wait

# The clock sends lost jobs again every half minute: after ten of those nobody is working.
LONGEST_WAIT = timedelta(minutes=5)


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Alive: the process answers. Touches nothing else."""
    return JsonResponse({"ok": True})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Ready: the database answers and holds every migration, and due work is being done."""
    parts = {"database": _database_answers()}
    parts["migrations"] = parts["database"] and _migrations_applied()
    parts["worker"] = parts["migrations"] and longest_wait(at=timezone.now()) <= LONGEST_WAIT
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
