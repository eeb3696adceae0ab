"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView

from apps.portal.forms.sign_in import SignInForm
from apps.portal.parts.errors import lines_of


class SignIn(LoginView):
    """The sign-in page; goes on to where one wanted to go."""

    template_name = "portal/pages/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the error lines of a failed attempt."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {"errors": lines_of(form) if form.is_bound else ()}
