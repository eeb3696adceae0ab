"""Parts of an address that mean something."""

from __future__ import annotations

from django.urls.converters import StringConverter


class Reference(StringConverter):
    """A case reference; what cannot be one finds no endpoint, and no database."""

    regex = "[A-Za-z0-9-]{1,20}"
