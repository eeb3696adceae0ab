"""The answer of a case in one heading and one sentence: may I, and if not, what now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from apps.engine.lifecycle import Status
from apps.portal.parts.marks import Mark, outcome_mark, status_mark
from apps.portal.parts.missing import missing_of
from apps.portal.parts.names import day_words

if TYPE_CHECKING:
    from apps.cases.models import Case
    from apps.engine.answers import RegimeAnswer

#: What an outcome lets one do while nobody has decided yet.
SO_FAR: Mapping[str, str] = {
    "excluded": _("No export rule applies to what you described. The office confirms it."),
    "no_licence_required": _(
        "No rule in force asks for a licence for what you described. The office confirms it."
    ),
    "exception": _("It can go ahead under an exception, once what is open below is done."),
    "authorised": _("A licence we hold covers it. The office confirms scope and balance."),
    "licence_required": _(
        "The government must agree first. Until then share only what is published."
    ),
    "policy_of_denial": _(
        "The government may be asked, but its approval is not to be expected. "
        "Until then share only what is published."
    ),
    "prohibited": _(
        "The law forbids this as it stands, and nobody here can waive it. "
        "A person reads it before anything is decided."
    ),
    "undetermined": _("The office settles this with you. Until then share only what is published."),
}
_TERMS_MET = _("It can go ahead under an exception, whose terms are met. The office confirms it.")
#: Where a status itself is the answer: sign of the badge, and the sentence.
SETTLED: Mapping[Status, tuple[str, str]] = {
    Status.SCREENING: ("und", _("The checks are running. You can close this page.")),
    Status.SCREENING_INCOMPLETE: (
        "und",
        _("A list could not be reached. Nothing can be approved until it is; we try again."),
    ),
    Status.CONDITIONS_PENDING: ("exc", _("Start once the conditions below are met.")),
    Status.APPROVED: ("nlr", _("You can start. What you described is what is approved.")),
    Status.SUSPENDED: ("pro", _("Stop sharing until a person has looked at it.")),
    Status.REFUSED: ("pro", _("Two people decided this. Their reasons are below.")),
    Status.REVOKED: ("pro", _("The approval has ended. The reasons are below.")),
    Status.WITHDRAWN: ("out", _("This request was taken back. You can start a new one.")),
    Status.LAPSED: ("out", _("No answer came, so it ended. You can start a new one.")),
    Status.EXPIRED: ("out", _("The approval has reached its last day.")),
    Status.CLOSED: ("out", _("This request is closed.")),
    Status.DISCARDED: ("out", _("This draft was thrown away. You can start a new one.")),
}
_CONDITIONS_OPEN = _("It is approved until %(day)s, once the conditions below are met.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sign, the heading and the sentence under it; `provisional` until somebody decides."""

    mark: Mark
    sentence: str
    provisional: bool


def verdict_of(case: Case, leading: RegimeAnswer | None, *, requester: bool) -> Verdict:
    """The answer as a reader of a case finds it; `leading` is the cell that leads it."""
    status = Status(case.status)
    if status in SETTLED:
        tone, sentence = SETTLED[status]
        found = status_mark(status, until=case.approved_until, requester=requester)
        mark = Mark(tone, found.icon, found.words, found.short)
        return Verdict(mark, _settled(case, status, sentence), provisional=False)
    if leading is None:
        mark = status_mark(status, requester=requester)
        return Verdict(Mark("und", mark.icon, mark.words, mark.short), "", provisional=True)
    mark = outcome_mark(leading.outcome, kind=leading.kind, requester=requester)
    return Verdict(mark, _so_far(leading, requester=requester), provisional=True)


def _settled(case: Case, status: Status, sentence: str) -> str:
    if status is Status.CONDITIONS_PENDING and case.approved_until:
        return gettext(_CONDITIONS_OPEN) % {"day": day_words(case.approved_until)}
    return gettext(sentence)


def _so_far(leading: RegimeAnswer, *, requester: bool) -> str:
    if leading.outcome == "needs_information" and leading.possible:
        best, worst = (outcome_mark(one, kind=leading.kind).words for one in leading.possible)
        return gettext("At best: %(best)s. At worst: %(worst)s. %(ask)s") % {
            "best": _inside(best),
            "worst": _inside(worst),
            "ask": _ask(leading, requester=requester),
        }
    kind = leading.outcome.partition(":")[0]
    if kind == "exception" and not leading.conditions:
        return gettext(_TERMS_MET)
    return gettext(SO_FAR.get(kind, ""))


def _inside(words: str) -> str:
    """Words as they stand inside a sentence; the name of an exception keeps its capitals."""
    return words[:1].lower() + words[1:]


def _ask(leading: RegimeAnswer, *, requester: bool) -> str:
    """The first question that the reader can answer; the others are the office's to settle."""
    missing = missing_of(leading)
    theirs = [one for one in missing if not (requester and one.office)]
    if missing and not theirs:
        return gettext("The office settles what is open.")
    return theirs[0].ask if theirs else ""
