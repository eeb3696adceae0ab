"""Addresses of the pages."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from apps.portal.views.gallery import gallery
from apps.portal.views.sign_in import SignIn
from apps.portal.views.theme import choose_theme

app_name = "portal"
urlpatterns = [
    path("", SignIn.as_view(), name="home"),
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("theme/", choose_theme, name="theme"),
    path("gallery/", gallery, name="gallery"),
]
