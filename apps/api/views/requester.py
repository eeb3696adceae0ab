"""Verbs of whoever requests: hand it in, answer, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apps.api.serializers.verbs import AnswerInput, PlainInput, WithdrawInput
from apps.api.views.verb import Deed, VerbEndpoint, verb
from apps.workflow.domain.case.answer import answer_question
from apps.workflow.domain.case.submit import submit_case
from apps.workflow.domain.case.withdraw import discard_case, withdraw_case

if TYPE_CHECKING:
    from apps.cases.models import Case


class Submit(VerbEndpoint):
    """Submit a draft: facts frozen, lists searched, determined and routed, all or nothing."""

    operations = verb("submit_case", PlainInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Submit."""
        return submit_case(case, **deed)


class AnswerQuestions(VerbEndpoint):
    """Answer every open question; a new determination comes first."""

    operations = verb("answer_question", AnswerInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Answer."""
        return answer_question(case, **given, **deed)


class Withdraw(VerbEndpoint):
    """Take a request back, at any time before it is approved."""

    operations = verb("withdraw_case", WithdrawInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Withdraw."""
        return withdraw_case(case, **given, **deed)


class Discard(VerbEndpoint):
    """Throw a draft away."""

    operations = verb("discard_case", PlainInput)

    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """Discard."""
        return discard_case(case, **deed)
