"""The verbs that people do on pages: their words, their form, and the function that does each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext_noop as _

from apps.cases.domain.conditions import conditions_of
from apps.cases.domain.questions import open_questions
from apps.engine.lifecycle import Verb
from apps.portal.forms import acts, replies
from apps.portal.forms.controls import Offer
from apps.portal.parts.law import atlas_of
from apps.portal.parts.missing import for_the_office
from apps.rulebook.domain.editions import in_force
from apps.screening.domain.hits import hits_of
from apps.screening.domain.queries import latest_determination
from apps.screening.domain.replay import recompute
from apps.screening.enums import HitState
from apps.workflow.domain.actions import actions_for
from apps.workflow.domain.case.adjudicate import adjudicate_hit, establish_facts
from apps.workflow.domain.case.answer import answer_question
from apps.workflow.domain.case.ask import ask_requester, suggested_questions
from apps.workflow.domain.case.conditions import meet_conditions
from apps.workflow.domain.case.countersign import countersign, return_to_review
from apps.workflow.domain.case.decide import approve_case, decide_case, record_reply, refer_case
from apps.workflow.domain.case.recommend import recommend
from apps.workflow.domain.case.submit import submit_case
from apps.workflow.domain.case.take import take_case
from apps.workflow.domain.case.withdraw import discard_case, withdraw_case

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.cases.models import Case


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a form is made: the case, the person, the day, and what was sent if anything was."""

    case: Case
    by: User
    on: date
    data: QueryDict | None = None


@dataclass(frozen=True, slots=True)
class Matters:
    """What only the office can settle on a case: how many hits, how many facts."""

    hits: int = 0
    facts: int = 0


Made = Callable[[Asked], acts.ActForm]


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb on a page. `do` takes the case, `by`, `version`, `at` and what the form gives."""

    slug: str
    verb: Verb
    do: Callable[..., object]
    form: Made
    button: str
    heading: str
    lead: str
    done: str
    wanted: Callable[[Matters], bool] = lambda _matters: True  # where a verb has several deeds
    main: bool = False  # the one primary button, where it is possible
    grave: bool = False  # ends something


def _plain(form: type[acts.ActForm]) -> Made:
    def make(asked: Asked) -> acts.ActForm:
        return form(asked.data, initial={"version": asked.case.version})

    return make


def _ask(asked: Asked) -> acts.ActForm:
    version = {"version": asked.case.version}
    return acts.AskForm(asked.data, suggested=suggested_questions(asked.case), initial=version)


def _answer(asked: Asked) -> acts.ActForm:
    questions, offer = open_questions(asked.case), Offer(atlas_of(in_force(asked.on)))
    version = asked.case.version
    return replies.AnswerForm(asked.data, questions=questions, offer=offer, version=version)


def _settle(asked: Asked) -> acts.ActForm:
    hits = [hit for hit in hits_of(asked.case) if hit.state == HitState.OPEN]
    return replies.HitForm(asked.data, hits=hits, version=asked.case.version)


def _establish(asked: Asked) -> acts.ActForm:
    made = latest_determination(asked.case)
    missing = for_the_office(recompute(made)) if made is not None else ()
    questions = {one.fact: (one.ask, one.why) for one in missing}
    offer, version = Offer(atlas_of(in_force(asked.on))), asked.case.version
    return replies.EstablishForm(asked.data, asked=questions, offer=offer, version=version)


def _meet(asked: Asked) -> acts.ActForm:
    version = asked.case.version
    return replies.MeetForm(asked.data, conditions=conditions_of(asked.case), version=version)


def _rule(verb: Verb) -> Made:
    def make(asked: Asked) -> acts.ActForm:
        open_to = actions_for(asked.by, asked.case, on=asked.on)
        choices = next((one.choices for one in open_to if one.verb is verb), ())
        return acts.RulingForm(asked.data, choices=choices, version=asked.case.version)

    return make


_ALL = (
    Deed(
        "submit",
        Verb.SUBMIT,
        submit_case,
        _plain(acts.ActForm),
        _("Send the request"),
        _("Send the request"),
        _("Names are looked up in the lists and the rules in force are applied."),
        _("Sent and checked. This is the answer so far."),
        main=True,
    ),
    Deed(
        "answer",
        Verb.ANSWER,
        answer_question,
        _answer,
        _("Send the answer"),
        _("Answer the office"),
        _("The clock of the office stands still until you answer."),
        _("Answered. The office goes on with it."),
        main=True,
    ),
    Deed(
        "take",
        Verb.TAKE,
        take_case,
        _plain(acts.ActForm),
        _("Take"),
        _("Take this case into review"),
        _("It stands in your name from now on."),
        _("Taken into review. It stands in your name."),
        main=True,
    ),
    Deed(
        "settle",
        Verb.ADJUDICATE,
        adjudicate_hit,
        _settle,
        _("Settle a hit"),
        _("Is it the same party?"),
        _("A similar name is a hit until a person says otherwise."),
        _("Settled. The case was determined anew."),
        wanted=lambda matters: matters.hits > 0,
    ),
    Deed(
        "establish",
        Verb.ADJUDICATE,
        establish_facts,
        _establish,
        _("Establish a fact"),
        _("What only the office can say"),
        _("Put on record what you classified or read; the case is determined anew."),
        _("On record. The case was determined anew."),
        wanted=lambda matters: matters.facts > 0,
    ),
    Deed(
        "ask",
        Verb.ASK,
        ask_requester,
        _ask,
        _("Ask"),
        _("Ask the requester"),
        _("The clock stops until every question is answered."),
        _("Asked. The requester was told, and the clock stands still."),
    ),
    Deed(
        "recommend",
        Verb.RECOMMEND,
        recommend,
        _rule(Verb.RECOMMEND),
        _("Recommend"),
        _("Recommend a decision"),
        _("Where two people are needed, a second one signs under it."),
        _("Recommended."),
        main=True,
    ),
    Deed(
        "decide",
        Verb.DECIDE,
        decide_case,
        _rule(Verb.DECIDE),
        _("Decide"),
        _("Decide alone"),
        _("Only where the tier lets one person decide, and never a refusal."),
        _("Decided. The requester was told."),
    ),
    Deed(
        "approve",
        Verb.APPROVE,
        approve_case,
        _plain(acts.ApproveForm),
        _("Approve"),
        _("Approve this request"),
        _("Only plain cases are approved at this stage."),
        _("Approved. The requester was told."),
    ),
    Deed(
        "countersign",
        Verb.COUNTERSIGN,
        countersign,
        _plain(acts.SignForm),
        _("Countersign"),
        _("Countersign the recommendation"),
        _("Your signature decides the case as recommended."),
        _("Countersigned. The requester was told."),
        main=True,
    ),
    Deed(
        "return",
        Verb.RETURN,
        return_to_review,
        _plain(acts.ReasonForm),
        _("Return"),
        _("Return the recommendation"),
        _("It goes back to the reviewer with your reason."),
        _("Returned to the reviewer."),
    ),
    Deed(
        "refer",
        Verb.REFER,
        refer_case,
        _plain(acts.ReasonForm),
        _("Refer"),
        _("Refer to an authority or a partner"),
        _("The case waits there, on its own clock."),
        _("Referred."),
    ),
    Deed(
        "reply",
        Verb.RECORD_REPLY,
        record_reply,
        _plain(acts.ReplyForm),
        _("Record the reply"),
        _("What did they answer?"),
        _("The case goes on in review with it."),
        _("Recorded. The case is in review again."),
        main=True,
    ),
    Deed(
        "conditions",
        Verb.CONDITIONS_MET,
        meet_conditions,
        _meet,
        _("Conditions met"),
        _("Which conditions are met?"),
        _("Once all are, the approval holds."),
        _("Recorded."),
        main=True,
    ),
    Deed(
        "withdraw",
        Verb.WITHDRAW,
        withdraw_case,
        _plain(acts.WithdrawForm),
        _("Withdraw"),
        _("Withdraw this request"),
        _("It ends here. You can start a new one at any time."),
        _("Withdrawn."),
        grave=True,
    ),
    Deed(
        "discard",
        Verb.DISCARD,
        discard_case,
        _plain(acts.ActForm),
        _("Discard this draft"),
        _("Discard this draft"),
        _("It ends here with its answers, and cannot be brought back."),
        _("Discarded."),
        grave=True,
    ),
)
DEEDS: Mapping[str, Deed] = {deed.slug: deed for deed in _ALL}


def arguments(form: acts.ActForm) -> dict[str, Any]:
    """What a valid form gives to its verb, the version it was opened on among it."""
    return {**form.given(), "version": form.cleaned_data["version"]}
