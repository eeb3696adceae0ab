"""What runs by the clock in this room: answers kept for repeated requests are forgotten in time."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from apps.api.domain.idempotency import forget_answers


@shared_task(name="api.forget_answers")
def forget() -> None:
    """Forget what need not be kept any longer."""
    forget_answers(at=timezone.now())
