"""Determines a case: facts frozen, lists searched, the engine asked, the answer stored for good."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from apps.cases.domain.facts import facts_of
from apps.cases.exact import ExactDecoder, ExactEncoder
from apps.cases.models import Case
from apps.engine.answers import Determination as Answer
from apps.engine.answers import digest_of
from apps.engine.determine import determine
from apps.engine.edition import Edition
from apps.engine.facts import read_facts
from apps.engine.outcomes import NEEDS_INFORMATION
from apps.rulebook.domain.editions import in_force
from apps.screening.domain.hits import Party, as_facts, find_hits, parties_of
from apps.screening.domain.queries import latest_determination
from apps.screening.enums import Cause
from apps.screening.models import Determination, ListHit
from apps.watchlists.domain.result import SearchResult, State

LIST_CHECK = "check of the restricted-party lists"


def determine_case(case: Case, *, cause: Cause, on: date, at: datetime) -> Determination:
    """Determine a case as its facts stand, under the law of a day, and store the answer.

    A list that cannot be asked leaves `hits` unknown and the row incomplete: never "no hit".
    Raises Refusals for facts the edition cannot read or a case that releases nothing.
    """
    document = facts_of(case)
    parties = parties_of(document)
    search, hits = find_hits(case, parties, on=on, at=at)
    complete = search.state is State.COMPLETE and all(party.name for party in parties)
    found = _with_hits(document, parties, hits, complete=complete, on=on)
    edition = in_force(on)
    answer = answer_for(found, edition, on=on, lists=_versions(search))
    return _store(case, found, answer, search, complete=complete, cause=cause, at=at)


def answer_for(
    document: Mapping[str, object], edition: Edition, *, on: date, lists: list[dict[str, object]]
) -> Answer:
    """The engine's answer to a frozen document; equal inputs give equal bytes on any database."""
    facts = read_facts(canonical(document), vocabulary=edition.vocabulary)
    named = [f"{version['list']} {version['version']}" for version in lists]
    return determine(facts, edition, on=on, lists=named)


def canonical(document: Mapping[str, object]) -> dict[str, object]:
    """The document as a database gives it back: plain decimals, and keys in order of name."""
    plain = json.dumps(document, cls=ExactEncoder, sort_keys=True)
    read = json.loads(plain, cls=ExactDecoder)
    return {str(key): value for key, value in read.items()}


def document_digest(document: Mapping[str, object]) -> str:
    """sha256 over the frozen facts document."""
    return digest_of(json.dumps(canonical(document), cls=ExactEncoder, sort_keys=True))


def counts_of(answer: Answer) -> dict[str, int]:
    """The figures of an answer that guards and lists read without expanding it."""
    cells = [cell for exposure in answer.exposures for cell in exposure.regimes]
    return {
        "open": answer.open,
        "open_questions": sum(cell.outcome == NEEDS_INFORMATION for cell in cells),
        "open_conditions": len({str(term["id"]) for cell in cells for term in cell.conditions}),
        "to_confirm": len({name for cell in cells for name in cell.to_confirm}),
    }


def _with_hits(
    document: dict[str, object],
    parties: tuple[Party, ...],
    hits: tuple[ListHit, ...],
    *,
    complete: bool,
    on: date,
) -> dict[str, object]:
    for party in parties:
        found = as_facts(party, hits, complete=complete)
        block = document[party.block]
        if found is not None and isinstance(block, dict):
            told = {"value": found, "source": LIST_CHECK, "as_of": on.isoformat()}
            block[party.key] = {**block[party.key], "hits": told}
    return canonical(document)


def _versions(search: SearchResult) -> list[dict[str, object]]:
    return [version.as_dict() for version in search.versions]


def _store(
    case: Case,
    document: dict[str, object],
    answer: Answer,
    search: SearchResult,
    *,
    complete: bool,
    cause: Cause,
    at: datetime,
) -> Determination:
    last = latest_determination(case)
    return Determination.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        cause=cause.value,
        on=answer.edition.on,
        at=at,
        facts=document,
        facts_digest=document_digest(document),
        edition_id=answer.edition.id,
        edition_digest=answer.edition.digest,
        lists=_versions(search),
        lists_complete=complete,
        lists_why="" if complete else search.why or "a party has no name to search for",
        record=answer.record(),
        digest=answer.digest,
        outcome=answer.outcome,
        tier=answer.tier,
        **counts_of(answer),
    )
