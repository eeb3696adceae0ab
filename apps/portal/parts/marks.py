"""The fixed signs of the portal: what an outcome and a status are called, and their icons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from apps.engine.lifecycle import PUBLIC_NAMES, Status


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign: `tone` names its colour in the style sheet, `icon` its shape, `words` carry it."""

    tone: str
    icon: str
    words: str
    short: str
    means: str = ""


#: From the lightest to the strictest, then the two without rank.
OUTCOMES: Mapping[str, Mark] = MappingProxyType(
    {
        "excluded": Mark(
            "out", "out", _("Outside the rules"), _("Outside"), _("No export rule applies to this")
        ),
        "no_licence_required": Mark(
            "nlr",
            "ring",
            _("No licence needed"),
            _("No licence"),
            _("A rule applies and asks for no licence"),
        ),
        "exception": Mark(
            "exc",
            "exc",
            _("Allowed with an exception"),
            _("Exception"),
            _("A named exception applies, with open conditions"),
        ),
        "authorised": Mark(
            "aut",
            "aut",
            _("Covered by a licence"),
            _("Covered"),
            _("A licence we hold covers it: scope, balance, end date"),
        ),
        "licence_required": Mark(
            "lic",
            "lic",
            _("Licence needed first"),
            _("Licence"),
            _("The government must agree before anything is shared"),
        ),
        "policy_of_denial": Mark(
            "den",
            "den",
            _("Licence needed, rarely granted"),
            _("Licence, rare"),
            _("An application is possible, approval is not to be expected"),
        ),
        "prohibited": Mark(
            "pro",
            "pro",
            _("Not permitted by law"),
            _("Not permitted"),
            _("The law forbids it; nobody here can waive it"),
        ),
        "needs_information": Mark(
            "ask",
            "ask",
            _("One question open"),
            _("Question"),
            _("One missing fact decides it; best and worst outcome are shown"),
        ),
        "undetermined": Mark(
            "und",
            "und",
            _("An officer must settle this"),
            _("Unsettled"),
            _("The rulebook does not know this yet. Officers only"),
        ),
    }
)
_OTHER_NOUNS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("licence_required", "certificate"): _("Certificate needed first"),
        ("licence_required", "attestation"): _("Attestation needed first"),
        ("licence_required", "report"): _("Report needed first"),
        ("prohibited", "funding"): _("Funding rule: not eligible"),
    }
)
_NOTHING_YET = Mark("und", "und", _("Not checked yet"), _("Not checked"))

_STATUS_SIGNS: Mapping[Status, tuple[str, str]] = MappingProxyType(
    {
        Status.DRAFT: ("", "pen"),
        Status.SCREENING: ("", "load"),
        Status.SCREENING_INCOMPLETE: ("", "load"),
        Status.TRIAGE: ("", "inbox"),
        Status.IN_REVIEW: ("", "eye"),
        Status.AWAITING_REQUESTER: ("you", "hand"),
        Status.AWAITING_COUNTERSIGN: ("", "dbl"),
        Status.REFERRED: ("", "gov"),
        Status.CONDITIONS_PENDING: ("", "half"),
        Status.APPROVED: ("ok", "ring"),
        Status.SUSPENDED: ("stop", "pause"),
        Status.REFUSED: ("stop", "stop"),
        Status.REVOKED: ("stop", "stop"),
        Status.UNDER_APPEAL: ("", "scale"),
        Status.WITHDRAWN: ("", "box"),
        Status.LAPSED: ("", "box"),
        Status.EXPIRED: ("", "box"),
        Status.CLOSED: ("", "box"),
        Status.DISCARDED: ("", "box"),
    }
)


def outcome_mark(outcome: str, *, kind: str = "licence", requester: bool = False) -> Mark:
    """The sign of an outcome as the engine writes it (`exception:NAME` and `authorised:REF` too).

    A requester reads "With the office" where the law or a table is unsettled.
    """
    family, _colon, name = outcome.partition(":")
    mark = OUTCOMES.get(family, _NOTHING_YET)
    words = _OTHER_NOUNS.get((family, kind), mark.words)
    if family == "undetermined" and requester:
        return replace(mark, words=gettext("With the office"), short=gettext("With the office"))
    if family == "exception" and name:
        words = gettext("Allowed with exception %(name)s") % {"name": name}
        return replace(mark, words=words, short=name)
    return replace(mark, words=gettext(words), short=gettext(mark.short))


def status_mark(status: str, *, until: date | None = None, requester: bool = True) -> Mark:
    """The sign of a status; an approval says until when, officers read whom a case waits for."""
    where = Status(status)
    tone, icon = _STATUS_SIGNS[where]
    words = gettext(PUBLIC_NAMES[where])
    if where is Status.AWAITING_REQUESTER and not requester:
        return Mark("", icon, gettext("Waiting for the requester"), gettext("Requester"))
    if where is Status.APPROVED and until is not None:
        words = gettext("Approved until %(day)s") % {"day": date_format(until, "j F Y")}
    return Mark(tone, icon, words, words)
