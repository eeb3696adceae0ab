"""Addresses of the pages."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter

from apps.portal.converters import Reference
from apps.portal.views.acting import act
from apps.portal.views.case import case
from apps.portal.views.gallery import gallery
from apps.portal.views.home import home
from apps.portal.views.office import notices, queue, see_notices
from apps.portal.views.requests import open_request, requests
from apps.portal.views.sign_in import SignIn
from apps.portal.views.theme import choose_theme
from apps.portal.views.writing import check, step, write

register_converter(Reference, "number")

app_name = "portal"
urlpatterns = [
    path("", home, name="home"),
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("theme/", choose_theme, name="theme"),
    path("gallery/", gallery, name="gallery"),
    path("requests/", requests, name="requests"),
    path("requests/new/", open_request, name="open_request"),
    path("queue/", queue, name="queue"),
    path("notices/", notices, name="notices"),
    path("notices/seen/", see_notices, name="see_notices"),
    path("cases/<number:reference>/", case, name="case"),
    path("cases/<number:reference>/write/", write, name="write"),
    path("cases/<number:reference>/write/<slug:slug>/", step, name="step"),
    path("cases/<number:reference>/check/", check, name="check"),
    path("cases/<number:reference>/<slug:slug>/", act, name="act"),
]
