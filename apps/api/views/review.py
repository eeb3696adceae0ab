"""Verbs of the office that look into a case: take, ask, settle hits, establish facts, refer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apps.api.serializers.verbs import (
    AdjudicateInput,
    AskInput,
    EstablishInput,
    PlainInput,
    ReasonInput,
    ReplyInput,
)
from apps.api.views.verb import Deed, VerbEndpoint, verb
from apps.workflow.domain.case.adjudicate import adjudicate_hit, establish_facts
from apps.workflow.domain.case.ask import ask_requester
from apps.workflow.domain.case.decide import record_reply, refer_case
from apps.workflow.domain.case.take import take_case

if TYPE_CHECKING:
    from apps.cases.models import Case


class Take(VerbEndpoint):
    """Take a case from triage into one's own hands."""

    operations = verb("take_case", PlainInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Take."""
        return take_case(case, **deed)


class Ask(VerbEndpoint):
    """Ask the requester; the case pauses until every question is answered."""

    operations = verb("ask_requester", AskInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Ask."""
        return ask_requester(case, **given, **deed)


class Adjudicate(VerbEndpoint):
    """Confirm or dismiss a list hit; a new determination says where that leaves the case."""

    operations = verb("adjudicate_hit", AdjudicateInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Adjudicate."""
        return adjudicate_hit(case, hit_id=given.pop("hit"), **given, **deed)


class Establish(VerbEndpoint):
    """Put facts on record that the office knows better, as a classification."""

    operations = verb("establish_facts", EstablishInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Establish."""
        return establish_facts(case, **given, **deed)


class Refer(VerbEndpoint):
    """Put a case before an authority or a partner."""

    operations = verb("refer_case", ReasonInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Refer."""
        return refer_case(case, **given, **deed)


class RecordReply(VerbEndpoint):
    """Put on record what an authority or a partner answered."""

    operations = verb("record_reply", ReplyInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Record the reply."""
        return record_reply(case, **given, **deed)
