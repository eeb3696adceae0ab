"""Where each endpoint answers, below /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path, register_converter

from apps.api.converters import Reference
from apps.api.views import open_matters, opinions, requester, review, ruling
from apps.api.views.actions import Actions
from apps.api.views.base import Nowhere
from apps.api.views.cases import Cases, OneCase
from apps.api.views.determination import CaseDetermination, Determinations
from apps.api.views.facts import CaseFacts, Registry
from apps.api.views.history import History
from apps.api.views.me import Me
from apps.api.views.notices import Notices, NoticesSeen
from apps.api.views.rulebook import CurrentEdition
from apps.api.views.schema import Schema
from apps.api.views.tokens import Token, Tokens
from apps.api.views.verb import VerbEndpoint

register_converter(Reference, "reference")

CASE = "cases/<reference:reference>"
VERBS: dict[str, type[VerbEndpoint]] = {
    "submit": requester.Submit,
    "answer": requester.AnswerQuestions,
    "withdraw": requester.Withdraw,
    "discard": requester.Discard,
    "take": review.Take,
    "ask": review.Ask,
    "adjudicate": review.Adjudicate,
    "establish": review.Establish,
    "refer": review.Refer,
    "record-reply": review.RecordReply,
    "recommend": ruling.Recommend,
    "countersign": ruling.Countersign,
    "return": ruling.Return,
    "decide": ruling.Decide,
    "approve": ruling.Approve,
    "conditions-met": ruling.ConditionsMet,
}

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("cases", Cases.as_view(), name="cases"),
    path(CASE, OneCase.as_view(), name="case"),
    path(f"{CASE}/actions", Actions.as_view(), name="case_actions"),
    path(f"{CASE}/determination", CaseDetermination.as_view(), name="case_determination"),
    path(f"{CASE}/facts", CaseFacts.as_view(), name="case_facts"),
    path(f"{CASE}/history", History.as_view(), name="case_history"),
    path(f"{CASE}/questions", open_matters.Questions.as_view(), name="case_questions"),
    path(f"{CASE}/decisions", opinions.Decisions.as_view(), name="case_decisions"),
    path(f"{CASE}/recommendations", opinions.Recommendations.as_view(), name="case_opinions"),
    path(f"{CASE}/hits", opinions.Hits.as_view(), name="case_hits"),
    path(f"{CASE}/conditions", open_matters.Conditions.as_view(), name="case_conditions"),
    *(path(f"{CASE}/{verb}", view.as_view(), name=f"case_{verb}") for verb, view in VERBS.items()),
    path("determinations", Determinations.as_view(), name="determinations"),
    path("editions/current", CurrentEdition.as_view(), name="current_edition"),
    path("facts", Registry.as_view(), name="facts"),
    path("me", Me.as_view(), name="me"),
    path("notices", Notices.as_view(), name="notices"),
    path("notices/seen", NoticesSeen.as_view(), name="notices_seen"),
    path("schema", Schema.as_view(), name="schema"),
    path("tokens", Tokens.as_view(), name="tokens"),
    path("tokens/<uuid:token>", Token.as_view(), name="token"),
    re_path("", Nowhere.as_view(), name="nowhere"),
]
