"""What runs by the clock in this room: the nightly seal."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from apps.audit.domain.seal import seal


@shared_task(name="audit.seal_heads")
def seal_heads() -> None:
    """Seal all heads now."""
    seal(at=timezone.now())
