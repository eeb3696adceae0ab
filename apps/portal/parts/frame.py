"""What surrounds every page: who is signed in, where one can go, which law it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from apps.accounts.domain.permission import OfficePermissions, permissions_of
from apps.accounts.enums import OfficePermission
from apps.accounts.models import User

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True, slots=True)
class Link:
    """One way on in the main navigation."""

    name: str
    href: str
    icon: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything the two frames (public bar, office side bar) print around a page."""

    theme: str
    person: str
    institution: str
    links: tuple[Link, ...]
    signing_in: bool
    standing: str = ""
    lists_note: str = ""


def frame_of(request: HttpRequest) -> Frame:
    """The frame of a request, for the person signed in today."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    person = request.user if isinstance(request.user, User) else None
    return Frame(
        theme=theme if theme in THEMES else "",
        person=person.display_name if person else "",
        institution=str(person.institution or "") if person else "",
        links=tuple(_links(request.path, person, timezone.localdate())) if person else (),
        signing_in=request.path == reverse("portal:sign_in"),
    )


def _links(path: str, person: User, on: date) -> Iterator[Link]:
    held: OfficePermissions = permissions_of(person, on=on)
    if held.offices(OfficePermission.VIEW_CASES):
        yield _link(gettext("Queue"), "portal:queue", "inbox", path)
    yield _link(gettext("My requests"), "portal:requests", "doc", path)
    yield _link(gettext("Notices"), "portal:notices", "bell", path)


def _link(name: str, view: str, icon: str, path: str, count: int = 0) -> Link:
    href = reverse(view)
    return Link(name, href, icon, path == href, count)
