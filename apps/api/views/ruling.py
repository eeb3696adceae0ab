"""Verbs that settle a case: recommend, countersign, return, decide, approve, conditions met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apps.api.serializers.verbs import (
    ApproveInput,
    ConditionsMetInput,
    CountersignInput,
    ReasonInput,
    RulingInput,
)
from apps.api.views.verb import Deed, VerbEndpoint, verb
from apps.screening.domain.ruling import Ruling
from apps.workflow.domain.case.conditions import meet_conditions
from apps.workflow.domain.case.countersign import countersign, return_to_review
from apps.workflow.domain.case.decide import approve_case, decide_case
from apps.workflow.domain.case.recommend import recommend

if TYPE_CHECKING:
    from apps.cases.models import Case


class Recommend(VerbEndpoint):
    """Recommend a decision with reasons; where two are needed it goes to countersignature."""

    operations = verb("recommend", RulingInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Recommend."""
        return recommend(case, Ruling(**given), **deed)


class Countersign(VerbEndpoint):
    """Sign as the second person under the recommendation that stands."""

    operations = verb("countersign", CountersignInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Countersign."""
        return countersign(case, **given, **deed)


class Return(VerbEndpoint):
    """Give a recommendation back with a reason."""

    operations = verb("return_to_review", ReasonInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Return."""
        return return_to_review(case, **given, **deed)


class Decide(VerbEndpoint):
    """Decide a case in review where one person may."""

    operations = verb("decide_case", RulingInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Decide."""
        return decide_case(case, Ruling(**given), **deed)


class Approve(VerbEndpoint):
    """Approve a plain case at triage, until a last day."""

    operations = verb("approve_case", ApproveInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Approve."""
        return approve_case(case, **given, **deed)


class ConditionsMet(VerbEndpoint):
    """Find conditions met, each by its evidence; once all are, the approval holds."""

    operations = verb("meet_conditions", ConditionsMetInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Find conditions met."""
        return meet_conditions(case, **given, **deed)
