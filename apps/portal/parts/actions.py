"""What a reader may do to a case: buttons, and for those that are shut the reason why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from apps.accounts.models import User
from apps.cases.models import Case
from apps.portal.deeds import DEEDS, Deed
from apps.workflow.domain.actions import actions_for

NOT_FOR_THEM = "not_entitled"


@dataclass(frozen=True, slots=True)
class Button:
    """One action: its word and address, and the reason if it is shut."""

    slug: str
    word: str
    href: str
    why_not: str
    main: bool
    grave: bool


def buttons_of(person: User, case: Case, *, on: date) -> tuple[Button, ...]:
    """The actions of a person on a case: those that are open first, in the order of the life."""
    return tuple(sorted(_buttons(person, case, on), key=lambda button: bool(button.why_not)))


def _buttons(person: User, case: Case, on: date) -> Iterator[Button]:
    for action in actions_for(person, case, on=on):
        if action.code != NOT_FOR_THEM:
            reason = "" if action.allowed else action.reason
            deeds = (deed for deed in DEEDS.values() if deed.verb is action.verb)
            yield from (_button(case, deed, reason) for deed in deeds if deed.wanted(case))


def _button(case: Case, deed: Deed, why_not: str) -> Button:
    return Button(
        slug=deed.slug,
        word=gettext(deed.button),
        href=reverse("portal:act", args=[case.reference, deed.slug]),
        why_not=why_not,
        main=deed.main,
        grave=deed.grave,
    )
