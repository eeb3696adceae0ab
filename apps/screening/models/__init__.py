"""Rows of the room: determinations, list hits, recommendations, signatures and decisions."""

from apps.screening.models.decision import CaseDecision, Recommendation, Signature
from apps.screening.models.determination import Determination
from apps.screening.models.hit import ListHit

__all__ = ["CaseDecision", "Determination", "ListHit", "Recommendation", "Signature"]
