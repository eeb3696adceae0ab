"""The Celery application: carries ids of jobs, never their content."""

from __future__ import annotations

import os
import warnings

from celery import Celery

# Celery warns root because of pickle; messages here are JSON and hold an id.
warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collabscreen.settings")
app = Celery("collabscreen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
