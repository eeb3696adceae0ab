"""Where each part answers."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from collabscreen.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
