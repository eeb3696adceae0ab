"""What a reader may do to a case: buttons, and for those that are shut the reason why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from apps.accounts.models import User
from apps.cases.models import Case
from apps.portal.deeds import DEEDS
from apps.workflow.domain.actions import actions_for

NOT_FOR_THEM = "not_entitled"


@dataclass(frozen=True, slots=True)
class Button:
    """One action: its word and address, and the reason if it is shut."""

    verb: str
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
        if action.code == NOT_FOR_THEM or (deed := DEEDS.get(action.verb.value)) is None:
            continue
        yield Button(
            verb=deed.verb.value,
            word=gettext(deed.button),
            href=reverse("portal:act", args=[case.reference, deed.verb.value]),
            why_not="" if action.allowed else action.reason,
            main=deed.main,
            grave=deed.grave,
        )
