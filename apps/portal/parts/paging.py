"""Which page of a list was asked for."""

from __future__ import annotations

import re

from django.http import HttpRequest

NUMBER = re.compile(r"[0-9]{1,5}")


def page_number(request: HttpRequest) -> int:
    """The number in the address, 1 for anything that is none."""
    asked = request.GET.get("page", "")
    return int(asked) if NUMBER.fullmatch(asked) else 1
