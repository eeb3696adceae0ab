"""What surrounds every page: who is signed in, where one can go, which law it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from apps.accounts.domain.permission import OfficePermissions, permissions_of
from apps.accounts.enums import OfficePermission
from apps.engine.refusal import Refusal
from apps.notices.domain.inbox import unseen_count
from apps.portal.parts.names import day_words
from apps.rulebook.domain.editions import in_force
from apps.watchlists.domain.queries import days_of_lists
from apps.watchlists.domain.result import is_fresh

if TYPE_CHECKING:
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
    person = request.user if request.user.is_authenticated else None
    chosen = theme if theme in THEMES else ""
    if person is None:
        return Frame(chosen, "", "", (), request.path == reverse("portal:sign_in"))
    on = timezone.now().date()
    lists = days_of_lists()
    return Frame(
        theme=chosen,
        person=person.display_name,
        institution=str(person.institution or ""),
        links=tuple(_links(request.path, person, on)),
        signing_in=False,
        standing=_standing(lists, on),
        lists_note=_age_note(lists, on),
    )


def _standing(lists: list[tuple[str, date, int]], on: date) -> str:
    """Which law and which lists a page stands on, in one line."""
    try:
        edition = gettext("Rulebook edition %(id)s") % {"id": in_force(on).id}
    except Refusal as refused:
        edition = refused.what
    if not lists:
        return edition
    oldest = min(day for _code, day, _days in lists)
    many = ngettext("%(n)d list", "%(n)d lists", len(lists)) % {"n": len(lists)}
    return gettext("%(edition)s · %(lists)s, the oldest of %(day)s") % {
        "edition": edition,
        "lists": many,
        "day": day_words(oldest),
    }


def _age_note(lists: list[tuple[str, date, int]], on: date) -> str:
    """What stands on top of every page when a list is missing or older than promised."""
    if not lists:
        return gettext("No list of restricted parties is searched. No name check is complete.")
    old = [code for code, day, days in lists if not is_fresh(day, refresh_days=days, on=on)]
    if not old:
        return ""
    return gettext(
        "Older than promised: %(lists)s. Names are looked up in them all the same; "
        "nothing is cleared without a person."
    ) % {"lists": ", ".join(old)}


def _links(path: str, person: User, on: date) -> Iterator[Link]:
    held: OfficePermissions = permissions_of(person, on=on)
    if held.offices(OfficePermission.VIEW_CASES):
        yield _link(gettext("Queue"), "portal:queue", "inbox", path)
    yield _link(gettext("My requests"), "portal:requests", "doc", path)
    unseen = unseen_count(person)
    yield _link(gettext("Notices"), "portal:notices", "bell", path, unseen)


def _link(name: str, view: str, icon: str, path: str, count: int = 0) -> Link:
    href = reverse(view)
    return Link(name, href, icon, path == href, count)
