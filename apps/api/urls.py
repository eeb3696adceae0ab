"""Where each endpoint answers, below /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path, register_converter

from apps.api.converters import Reference
from apps.api.views.base import Nowhere
from apps.api.views.cases import Cases, OneCase
from apps.api.views.facts import CaseFacts, Registry
from apps.api.views.history import History
from apps.api.views.me import Me
from apps.api.views.tokens import Token, Tokens

register_converter(Reference, "reference")

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("cases", Cases.as_view(), name="cases"),
    path("cases/<reference:reference>", OneCase.as_view(), name="case"),
    path("cases/<reference:reference>/facts", CaseFacts.as_view(), name="case_facts"),
    path("cases/<reference:reference>/history", History.as_view(), name="case_history"),
    path("facts", Registry.as_view(), name="facts"),
    path("me", Me.as_view(), name="me"),
    path("tokens", Tokens.as_view(), name="tokens"),
    path("tokens/<uuid:token>", Token.as_view(), name="token"),
    re_path("", Nowhere.as_view(), name="nowhere"),
]
