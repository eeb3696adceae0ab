"""Where each endpoint answers, below /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from apps.api.views.base import Nowhere
from apps.api.views.tokens import Token, Tokens

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("tokens", Tokens.as_view(), name="tokens"),
    path("tokens/<uuid:token>", Token.as_view(), name="token"),
    re_path("", Nowhere.as_view(), name="nowhere"),
]
