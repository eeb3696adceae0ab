"""Determines a case written in a file: facts read, parties searched, the engine asked, no case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from apps.engine.answers import Determination
from apps.engine.determine import determine
from apps.engine.edition import Edition
from apps.engine.exposures import MOST_EXPOSURES, refuse_too_many
from apps.engine.facts import read_facts
from apps.engine.facts.types import unwrap
from apps.engine.outcomes import EXCLUDED
from apps.engine.refusal import Refusal, Refusals
from apps.engine.routing import Routable, Route, route
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.document import Document
from apps.screening.domain.hits import Party, parties_of
from apps.watchlists.domain.result import SearchResult, State

Search = Callable[[Sequence[str]], SearchResult]
LineOf = Callable[[str], int | None]


def nowhere(path: str) -> None:
    """The line of a path in what is no file."""


@dataclass(frozen=True, slots=True)
class FileDetermination:
    """The answer, where the case would go, and the search of the lists if one was needed."""

    answer: Determination
    route: Route
    search: SearchResult | None

    @property
    def lists(self) -> list[dict[str, object]]:
        """The versions of the lists that were searched."""
        return [version.as_dict() for version in self.search.versions] if self.search else []

    def as_result(self) -> dict[str, object]:
        """The `result` of formats, section 5."""
        found = {"office": self.route.office, "desk": self.route.desk, "why": list(self.route.why)}
        return {**self.answer.as_result(), "route": found}


def determine_file(
    document: Document, edition: Edition, *, on: date, search: Search
) -> FileDetermination:
    """The determination of a `facts/1` document on a day.

    A party whose `hits` are absent is searched for, unless the facts say they are complete; a list
    that cannot be asked leaves them unknown. Raises Refusals for everything wrong with the file.
    """
    facts = _block_of(document)
    return determine_facts(
        facts, edition, on=on, search=search, line_of=document.line, file=document.file
    )


def determine_facts(
    facts: dict[str, object],
    edition: Edition,
    *,
    on: date,
    search: Search,
    line_of: LineOf = nowhere,
    file: str = "",
    most: int = MOST_EXPOSURES,
) -> FileDetermination:
    """The same for the block `facts` by itself, wherever it comes from; `most` bounds how many
    exposures are answered for at once. Raises Refusals.
    """
    found = _searched(facts, search)
    read = read_facts(
        _with_hits(facts, found, on=on),
        vocabulary=edition.vocabulary,
        line_of=line_of,
        file=file,
        root="facts",
    )
    versions = found.versions if found else ()
    named = [f"{version.list} {version.version}" for version in versions]
    try:
        refuse_too_many(read, most=most)
        answer = determine(read, edition, on=on, lists=named)
    except Refusals as refused:
        raise Refusals(
            _placed(item, line_of=line_of, file=file) for item in refused.items
        ) from None
    return FileDetermination(answer, _route(facts, answer, on=on), found)


def _placed(item: Refusal, *, line_of: LineOf, file: str) -> Refusal:
    """What the engine refuses of the facts, where it stands in the document they came from."""
    if not item.where.startswith("releases"):
        return item
    where = f"facts.{item.where}"
    return replace(item, where=where, file=file, line=line_of(where))


def _block_of(document: Document) -> dict[str, object]:
    refusals: list[Refusal] = []
    top = Block.of(document, refusals)
    top.only(("format", "facts"))
    top.text("format", choices=("facts/1",))
    facts = top.block("facts")
    if refusals:
        raise Refusals(refusals)
    return dict(facts.data)


def _unsearched(facts: Mapping[str, object]) -> list[Party]:
    """The parties with a name whose hits are not told."""
    if facts.get("complete") is True:
        return []
    return [party for party in parties_of(facts) if party.name and "hits" not in _of(facts, party)]


def _of(facts: Mapping[str, object], party: Party) -> Mapping[str, object]:
    block = facts.get(party.block)
    fields = block.get(party.key) if isinstance(block, Mapping) else None
    return fields if isinstance(fields, Mapping) else {}


def _searched(facts: Mapping[str, object], search: Search) -> SearchResult | None:
    names = [party.name for party in _unsearched(facts)]
    return search(names) if names else None


def _with_hits(
    facts: dict[str, object], found: SearchResult | None, *, on: date
) -> dict[str, object]:
    """The facts with what the search found; an incomplete one says "and more may be there"."""
    if found is None:
        return facts
    more: list[object] = [] if found.state is State.COMPLETE else ["unknown"]
    told = dict(facts)
    for party in _unsearched(facts):
        hits = [*(hit.as_fact() for hit in found.hits_of(party.name)), *more]
        if hits == ["unknown"]:
            continue
        block = told[party.block]
        fields = {**_of(facts, party), "hits": _dated(hits, on)}
        told[party.block] = {**(block if isinstance(block, Mapping) else {}), party.key: fields}
    return told


def _dated(hits: list[object], on: date) -> dict[str, object]:
    return {"value": hits, "source": "restricted-party lists", "as_of": on.isoformat()}


def _route(facts: Mapping[str, object], answer: Determination, *, on: date) -> Route:
    regimes = {
        cell.regime
        for exposure in answer.exposures
        for cell in exposure.regimes
        if cell.outcome != EXCLUDED
    }
    activity = facts.get("activity")
    kind, _, _ = unwrap(activity.get("kind", "")) if isinstance(activity, Mapping) else ("", "", "")
    case = Routable(kind=str(kind), tier=answer.tier, regimes=frozenset(regimes))
    return route(case, answer.edition.charters, on=on)
