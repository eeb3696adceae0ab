"""Reads why a mutant may live (`survivors/1`), and refuses a reason for one that does not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from apps.engine.edition import Edition
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.golden.hunt import Hunt
from apps.rulebook.domain.reading import read_yaml_file


def read_reasons(path: Path) -> Mapping[str, str]:
    """The reasons by the name of their mutant. Raises Refusals with all faults found."""
    refusals: list[Refusal] = []
    top = Block.of(read_yaml_file(path, file=path.name), refusals)
    top.only(("format", "survivors"))
    top.text("format", choices=("survivors/1",))
    found: dict[str, str] = {}
    for block in top.blocks("survivors"):
        block.only(("mutant", "reason"))
        mutant = block.text("mutant")
        if mutant in found:
            what = f"{mutant} has a reason already."
            block.refuse("duplicate_id", what, key="mutant", found=mutant, remedy="Keep one.")
        found[mutant] = block.text("reason")
    if refusals:
        raise Refusals(refusals)
    return found


def refuse_stale(
    reasons: Mapping[str, str], hunt: Hunt, edition: Edition, *, file: str, regime: str = ""
) -> None:
    """Refuse reasons for mutants that do not live. With `regime`, of its own rules only."""
    elsewhere = {rule.id for rule in edition.rules if regime not in ("", rule.regime)}
    living = {mutant.name for mutant in hunt.survivors}
    stale = [name for name in reasons if name not in living and _rule(name) not in elsewhere]
    if stale:
        raise Refusals([_stale(name, hunt.killed.get(name, ""), file) for name in stale])


def _rule(mutant: str) -> str:
    return mutant.partition("#")[0].partition("/")[0]


def _stale(mutant: str, case: str, file: str) -> Refusal:
    why = f"{case} notices it" if case else "there is no such mutant"
    return Refusal(
        code="stale_reason",
        what=f"A reason is written for {mutant}, but {why}.",
        where="survivors",
        found=mutant,
        valid="a mutant that no case notices",
        remedy="Take the reason out.",
        file=file,
    )
