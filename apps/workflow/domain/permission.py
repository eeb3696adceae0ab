"""May somebody do a verb to a case now? Always an answer with its reason, never a bare no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.lifecycle import Actor, Status, Verb, answer
from apps.workflow.domain.standing import standing_of


@dataclass(frozen=True, slots=True)
class Permission:
    """Allowed or not, the reason in words, and the stable code of a refusal."""

    allowed: bool
    reason: str
    code: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def may(
    user: User, case: Case, verb: Verb, *, on: date, standing: Actor | None = None
) -> Permission:
    """What the table says of a person, by duties in the office of the case and relations to it.

    The guards on the case itself come on top; `actions_for` asks them too. `standing` saves reading
    it again.
    """
    given = answer(Status(case.status), verb, standing or standing_of(user, case, on=on))
    return Permission(given.allowed, given.reason, given.code)
