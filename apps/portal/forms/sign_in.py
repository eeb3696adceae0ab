"""What one types to sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.accounts.domain.guessing import may_try, note_failure


class SignInForm(AuthenticationForm):
    """E-mail address and password; who may sign in is for Django's backends to say."""

    username = UsernameField(
        label=_("E-mail address"),
        widget=forms.EmailInput(
            attrs={"class": "input", "autocomplete": "username", "autofocus": True}
        ),
        error_messages={"required": _("Enter your e-mail address")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )
    error_messages = {
        "invalid_login": _(
            "The address and the password do not belong together. Both may be mistyped."
        ),
        "inactive": _("This account is closed. Ask the office."),
        "too_often": _("Too many attempts failed. Wait a minute, then try again."),
    }

    def clean(self) -> dict[str, Any]:
        """Who goes with the password; after too many failures nobody for a minute."""
        email = str(self.cleaned_data.get("username") or "")
        address = str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""
        if not may_try(email, address=address):
            raise ValidationError(self.error_messages["too_often"], code="too_often")
        try:
            return super().clean()
        except ValidationError:
            note_failure(email, address=address)
            raise
