"""Rows of the room: cases, facts, questions, conditions and shares."""

from apps.cases.models.case import Case, CaseNumber
from apps.cases.models.condition import Condition
from apps.cases.models.fact import CaseFact
from apps.cases.models.question import Pause, Question
from apps.cases.models.share import CaseShare

__all__ = ["Case", "CaseFact", "CaseNumber", "CaseShare", "Condition", "Pause", "Question"]
