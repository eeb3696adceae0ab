"""Recommendations and decisions as paper: what is proposed or decided, why, until when, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from apps.engine.lifecycle import Decision
from apps.portal.parts.names import day_words
from apps.screening.domain.opinions import conditions_in, decisions_of, recommendations_of

if TYPE_CHECKING:
    from apps.cases.models import Case
    from apps.screening.models import CaseDecision, Recommendation

PROPOSED = {
    Decision.APPROVE: _("Approve this request."),
    Decision.APPROVE_WITH_CONDITIONS: _("Approve this request once its conditions are met."),
    Decision.REFER: _("Refer this request to an authority or a partner."),
    Decision.REFUSE: _("Do not approve this request."),
}
DECIDED = {
    Decision.APPROVE: _("This request is approved."),
    Decision.APPROVE_WITH_CONDITIONS: _("This request is approved once its conditions are met."),
    Decision.REFER: _("This request is referred to an authority or a partner."),
    Decision.REFUSE: _("This request is not approved."),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper: its state and number, the operative sentence, reasons, conditions, signatures."""

    state: str
    number: str
    heading: str
    lead: str
    text: str
    until: str = ""
    conditions: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


def memo_of(case: Case) -> Letter | None:
    """The recommendation that stands, if there is one; for those who work on the case."""
    found = recommendations_of(case)
    return _memo(found[0], case) if found else None


def decision_of(case: Case) -> Letter | None:
    """The decision that was made last, if there is one."""
    found = decisions_of(case)
    return _decision(found[0], case) if found else None


def _memo(row: Recommendation, case: Case) -> Letter:
    signatures = [
        gettext("Signed by %(who)s on %(day)s.")
        % {"who": one.signer.display_name, "day": day_words(one.at.date())}
        for one in row.signatures.all()
    ]
    written = gettext("Recommended by %(who)s on %(day)s.") % {
        "who": row.author.display_name,
        "day": day_words(row.at.date()),
    }
    return Letter(
        state=gettext("Signed by two") if signatures else gettext("Recommended, not signed"),
        number=f"{case.reference} · v{row.version}",
        heading=gettext("Recommendation"),
        lead=gettext(PROPOSED[Decision(row.outcome)]),
        text=row.text,
        until=_until(row),
        conditions=tuple(one.text for one in conditions_in(row)),
        signed=(written, *signatures),
    )


def _decision(row: CaseDecision, case: Case) -> Letter:
    by = [row.decided_by.display_name]
    if row.recommendation is not None:
        by.insert(0, row.recommendation.author.display_name)
    names = gettext(" and ").join(dict.fromkeys(by))
    told = {
        "who": names,
        "day": day_words(row.decided_at.date()),
        "office": case.office.name if case.office else "",
    }
    decided = gettext("Decided by %(who)s on %(day)s.") % told
    if case.office:
        decided = gettext("Decided by %(who)s, %(office)s, on %(day)s.") % told
    return Letter(
        state=gettext("Decided by people"),
        number=case.reference,
        heading=gettext("Decision"),
        lead=gettext(DECIDED[Decision(row.outcome)]),
        text=row.reason,
        until=_until(row),
        signed=(decided,),
    )


def _until(row: Recommendation | CaseDecision) -> str:
    return gettext("Until %(day)s.") % {"day": day_words(row.until)} if row.until else ""
