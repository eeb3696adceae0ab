"""Which rules read which fact: the registry as others may rely on it, with its readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from apps.engine.conditions.tree import leaves_of
from apps.engine.edition import Edition
from apps.engine.facts.registry import MEASURE, REGISTRY
from apps.engine.facts.spec import FactSpec
from apps.engine.rules import Rule


def readers_of(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """Pattern of a fact -> the rules of the edition that read it, by id."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in edition.rules:
        for pattern in _read_by(rule):
            found[pattern].add(rule.id)
    return {pattern: tuple(sorted(rules)) for pattern, rules in found.items()}


def describe_facts(edition: Edition) -> list[dict[str, object]]:
    """Every fact of the registry in its order: what it is, why it is asked, who reads it."""
    readers = readers_of(edition)
    specs = (MEASURE if spec.field == "measures" else spec for spec in REGISTRY)
    return [_described(spec, readers.get(spec.pattern, ())) for spec in specs]


def _read_by(rule: Rule) -> Iterator[str]:
    nodes = [rule.when, *(node for term in rule.terms for node in (term.met, term.refused) if node)]
    for node in nodes:
        for leaf in leaves_of(node):
            yield from leaf.patterns


def _described(spec: FactSpec, readers: tuple[str, ...]) -> dict[str, object]:
    return {
        "name": _name(spec),
        "type": spec.type.name,
        "unit": spec.unit,
        "values": list(spec.values),
        "label": spec.label,
        "ask": spec.ask,
        "why": spec.why,
        "privacy": spec.privacy,
        "legal_basis": spec.legal_basis,
        "asked_of": spec.asked_of,
        "readers": list(readers),
    }


def _name(spec: FactSpec) -> str:
    """The path with stars for what varies: an id, and the regime of a control."""
    return spec.pattern.replace(".control.", ".control.*.")
