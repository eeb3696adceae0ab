"""Makes the facts document of a case from its answers and its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from apps.cases.domain.record_facts import record_entries, visit_entries
from apps.cases.models import Case, CaseFact
from apps.engine.facts import FactEntry, assemble
from apps.engine.facts.types import unwrap

# Where a fact names somebody or something by id, and the blocks where that one may stand; in the
# first of them it stands in while nothing is said of it.
_NAMING: Final = {
    "from": ("organisations", "people"),
    "who": ("people", "organisations"),
    "what": ("items",),
}
_ANYBODY: Final = ("people", "organisations", "items")


def answers_of(case: Case) -> dict[str, CaseFact]:
    """The answers of a case by path, in order of path; one query."""
    return {row.path: row for row in CaseFact.objects.filter(case=case).order_by("path")}


def facts_of(case: Case) -> dict[str, object]:
    """The facts of a case as a document `facts/1`, each with its source and date.

    Whoever is named but not described yet stands there empty, so that any part of the answers is a
    readable document.
    """
    answers = answers_of(case)
    entries = [FactEntry(row.path, row.value, row.source, row.as_of) for row in answers.values()]
    document = assemble([*record_entries(case), *visit_entries(answers), *entries])
    for blocks, name in _named(document):
        _stand_in(document, blocks, name)
    return document


def _named(document: Mapping[str, object]) -> Iterable[tuple[tuple[str, ...], str]]:
    for release in _mappings(document.get("releases")):
        for field, blocks in _NAMING.items():
            yield from ((blocks, name) for name in _names(release.get(field)))
    ways = {str(release.get("id")) for release in _mappings(document.get("releases"))}
    for paper in _mappings(document.get("papers")):
        about = (name for name in _names(paper.get("about")) if name not in ways)
        yield from ((_ANYBODY, name) for name in about)
    for person in _mappings(_values(document.get("people"))):
        yield from ((("organisations",), name) for name in _names(person.get("employer")))


def _values(block: object) -> object:
    return list(block.values()) if isinstance(block, Mapping) else None


def _mappings(several: object) -> list[Mapping[str, object]]:
    found = several if isinstance(several, list) else []
    return [one for one in found if isinstance(one, Mapping)]


def _names(raw: object) -> list[str]:
    plain, _, _ = unwrap(raw)
    several = plain if isinstance(plain, list) else [plain]
    read = [str(name) for name in several if isinstance(name, str | int | Decimal)]
    return [name for name in read if name != "unknown"]


def _stand_in(document: dict[str, object], blocks: tuple[str, ...], name: str) -> None:
    found = [known for key in blocks if isinstance(known := document.get(key), dict)]
    if not any(name in known for known in found):
        document[blocks[0]] = {**_plain(document.get(blocks[0])), name: {}}


def _plain(block: object) -> Mapping[str, object]:
    return block if isinstance(block, Mapping) else {}
