"""Supposes a fact of a case to be otherwise, to see what would follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from apps.engine.facts.tree import Fact, Facts, Fields


def with_fact(facts: Facts, path: str, value: object) -> Facts | None:
    """The same facts with one of them known otherwise; None where the path names nothing that is
    there.
    """
    block, _, rest = path.partition(".")
    told = Fact(value, "supposed")
    if block == "activity":
        return replace(facts, activity={**facts.activity, rest: told})
    name, _, field = rest.partition(".")
    if block == "releases":
        return replace(
            facts,
            releases=tuple(_with_release(release, name, field, told) for release in facts.releases),
        )
    if block == "papers":
        papers = [dict(paper) for paper in facts.papers or () if paper["kind"].value != name]
        return replace(facts, papers=(*papers, {"kind": Fact(name), field: told}))
    mine: Mapping[str, Fields] = facts.block(block)
    if name not in mine:
        return None
    changed = {**mine, name: {**mine[name], field: told}}
    if block == "people":
        return replace(facts, people=changed)
    return (
        replace(facts, organisations=changed)
        if block == "organisations"
        else replace(facts, items=changed)
    )


def _with_release(release: Fields, name: str, field: str, told: Fact) -> Fields:
    return {**release, field: told} if "id" in release and release["id"].value == name else release
