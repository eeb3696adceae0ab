"""What a reader may do to a case: buttons, and for those that are shut the reason why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from apps.portal.parts.deeds import DEEDS, Deed, Matters

if TYPE_CHECKING:
    from apps.cases.models import Case
    from apps.workflow.domain.actions import Action

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


def buttons_of(actions: Iterable[Action], case: Case, matters: Matters) -> tuple[Button, ...]:
    """The deeds behind a person's actions on a case: those that are open first."""
    return tuple(sorted(_buttons(actions, case, matters), key=lambda one: bool(one.why_not)))


def _buttons(actions: Iterable[Action], case: Case, matters: Matters) -> Iterator[Button]:
    for action in actions:
        if action.code != NOT_FOR_THEM:
            reason = "" if action.allowed else action.reason
            deeds = (deed for deed in DEEDS.values() if deed.verb is action.verb)
            yield from (_button(case, deed, reason) for deed in deeds if deed.wanted(matters))


def _button(case: Case, deed: Deed, why_not: str) -> Button:
    return Button(
        slug=deed.slug,
        word=gettext(deed.button),
        href=reverse("portal:act", args=[case.reference, deed.slug]),
        why_not=why_not,
        main=deed.main,
        grave=deed.grave,
    )
