"""The Celery application: carries ids of jobs, never their content."""

from __future__ import annotations

import os
import warnings

from celery import Celery
from celery.schedules import crontab

from collabscreen import messages

# Celery warns root because of pickle; messages here are JSON and hold an id.
warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collabscreen.settings")
messages.register()
app = Celery("collabscreen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # A message not taken before the next one comes is of no use.
    "lost jobs": {"task": "jobs.sweep", "schedule": 30.0, "options": {"expires": 25}},
    "answers to repeats": {"task": "api.forget_answers", "schedule": crontab(minute="25")},
    "nightly seal": {"task": "audit.seal_heads", "schedule": crontab(hour="2", minute="10")},
}
