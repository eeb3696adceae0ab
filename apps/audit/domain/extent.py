"""How much history there is, and the newest seal: the hash to keep outside the machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from apps.audit.domain.canon import instant
from apps.audit.domain.heads import SEALS
from apps.audit.models import Event, Head, Seal


@dataclass(frozen=True, slots=True)
class Extent:
    """Counts of events, subjects and seals; the newest seal's instant and hash, or empty text."""

    events: int
    subjects: int
    seals: int
    sealed_at: str
    seal: str

    def as_dict(self) -> dict[str, object]:
        """The extent in the JSON answer of `audit_verify`."""
        return asdict(self)


def extent_of_history() -> Extent:
    """What there is, by three counts and one row."""
    newest = Seal.objects.order_by("-number").first()
    return Extent(
        events=Event.objects.count(),
        subjects=Head.objects.exclude(subject=SEALS).count(),
        seals=Seal.objects.count(),
        sealed_at=instant(newest.at) if newest else "",
        seal=newest.hash if newest else "",
    )
