"""Searches the lists for every party of a case; keeps what was found and what was settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.facts.types import unwrap
from apps.engine.refusal import Refusal
from apps.screening.enums import HitState
from apps.screening.models import ListHit
from apps.watchlists.domain.result import Hit, SearchResult
from apps.watchlists.domain.search import search_names

PARTY_BLOCKS = ("people", "organisations")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a case names, and the name under which the lists are searched, if known."""

    block: str
    key: str
    name: str

    @property
    def path(self) -> str:
        """`people.lin`."""
        return f"{self.block}.{self.key}"


def parties_of(document: Mapping[str, object]) -> tuple[Party, ...]:
    """Every person and organisation of a facts document, named or not."""
    return tuple(_parties(document))


def find_hits(
    case: Case, parties: tuple[Party, ...], *, on: date, at: datetime
) -> tuple[SearchResult, tuple[ListHit, ...]]:
    """All parties by all names against all lists; the hits of this search with what was settled."""
    result = search_names([party.name for party in parties if party.name], on=on)
    versions = {version.list: version.version for version in result.versions}
    fresh = [
        _row(case, party, hit, version=versions.get(hit.list, ""), at=at)
        for party in parties
        for hit in result.hits_of(party.name)
    ]
    ListHit.objects.bulk_create(fresh, ignore_conflicts=True)
    found = {_identity(row) for row in fresh}
    kept = ListHit.objects.filter(case=case).order_by("party", "list", "listed_id", "pk")
    return result, tuple(row for row in kept if _identity(row) in found)


def settle_hit(
    case: Case, hit_id: int, *, state: HitState, reason: str, by: User, at: datetime
) -> ListHit:
    """Confirm or dismiss one hit with a reason; it may be settled anew when more is known.

    Raises Refusal `unknown_hit`, `not_settled`, `reason_required`.
    """
    hit = ListHit.objects.select_for_update().filter(case=case, pk=hit_id).first()
    if hit is None:
        raise Refusal("unknown_hit", "This case has no such list hit.", "hit", found=str(hit_id))
    if state is HitState.OPEN:
        raise Refusal(
            "not_settled",
            "A hit is settled by confirming or dismissing it.",
            "state",
            valid=f"{HitState.CONFIRMED}, {HitState.DISMISSED}",
        )
    if not reason.strip():
        raise Refusal("reason_required", "This needs a reason in words.", "reason", "Say why.")
    hit.state, hit.reason, hit.settled_by, hit.settled_at = state.value, reason, by, at
    hit.save(update_fields=["state", "reason", "settled_by", "settled_at"])
    return hit


def hits_of(case: Case) -> list[ListHit]:
    """Every hit of a case, those to be settled first."""
    rows = ListHit.objects.filter(case=case).select_related("settled_by")
    return sorted(rows, key=lambda row: (row.state != HitState.OPEN, row.party, row.list, row.pk))


def open_hits(case: Case) -> int:
    """How many hits nobody has settled."""
    return ListHit.objects.filter(case=case, state=HitState.OPEN.value).count()


def as_facts(party: Party, hits: tuple[ListHit, ...], *, complete: bool) -> list[object] | None:
    """What the search says of one party as its fact `hits`; None: nothing is known.

    An empty list would say "no hit": only a complete search of a known name may. An incomplete one
    that found something says that and leaves open what else there is.
    """
    found: list[object] = [_fact(hit) for hit in hits if hit.party == party.path]
    if complete and party.name:
        return found
    return [*found, "unknown"] if found else None


def _fact(hit: ListHit) -> dict[str, object]:
    fact: dict[str, object] = {"list": hit.list, "party": hit.listed_name, "state": hit.state}
    return fact if hit.all_items is None else {**fact, "all_items": hit.all_items}


def _parties(document: Mapping[str, object]) -> Iterator[Party]:
    for block in PARTY_BLOCKS:
        described = document.get(block)
        if isinstance(described, Mapping):
            for key in sorted(described):
                yield Party(block, key, _name(described[key]))


def _name(fields: object) -> str:
    plain, _, _ = unwrap(fields.get("name")) if isinstance(fields, Mapping) else (None, "", None)
    return plain.strip() if isinstance(plain, str) and plain != "unknown" else ""


def _row(case: Case, party: Party, hit: Hit, *, version: str, at: datetime) -> ListHit:
    return ListHit(
        case=case,
        party=party.path,
        asked_name=party.name,
        list=hit.list,
        list_version=version,
        listed_id=hit.party_id,
        listed_name=hit.party,
        matched_name=hit.matched_name,
        how=hit.how.value,
        citation=hit.citation,
        all_items=hit.all_items,
        found_at=at,
    )


def _identity(row: ListHit) -> tuple[str, str, str, str]:
    return row.party, row.asked_name, row.list, row.listed_id
