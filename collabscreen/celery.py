"""The Celery application: carries ids of jobs, never their content."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collabscreen.settings")
app = Celery("collabscreen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
