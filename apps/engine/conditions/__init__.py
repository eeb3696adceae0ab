"""Conditions: the closed set of operators, compiled from a rule's tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from apps.engine.conditions.elements import compile_list
from apps.engine.conditions.leaves import compile_country_in, compile_in, compile_is
from apps.engine.conditions.listings import compile_hit, compile_unknown_law
from apps.engine.conditions.ownership import compile_owned_by
from apps.engine.conditions.quantities import (
    compile_after,
    compile_before,
    compile_compare,
    compile_threshold,
    compile_within,
)
from apps.engine.conditions.reasons import compile_marked, compile_reasons
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Branch, Leaf, Node

_Compile = Callable[[object, str, Bench], Leaf | None]
_LEAVES: Final[Mapping[str, _Compile]] = {
    "is": compile_is,
    "in": compile_in,
    "compare": compile_compare,
    "before": compile_before,
    "after": compile_after,
    "within": compile_within,
    "country_in": compile_country_in,
    "reasons": compile_reasons,
    "marked": compile_marked,
    "hit": compile_hit,
    "threshold": compile_threshold,
    "any_of": partial(compile_list, "any_of"),
    "all_of": partial(compile_list, "all_of"),
    "count": partial(compile_list, "count"),
    "owned_by": compile_owned_by,
    **{op: compile_unknown_law(op) for op in ("agreement", "certificate")},
}
OPERATORS: Final = ("all", "any", "not", *_LEAVES)


def compile_condition(raw: object, where: str, bench: Bench) -> Node | None:
    """The tree of a condition; every fault is refused on the bench and gives None."""
    if not isinstance(raw, Mapping) or len(raw) != 1:
        bench.no(
            "wrong_type",
            "A condition is one operator with its operands.",
            where,
            found=raw,
            valid=", ".join(OPERATORS),
        )
        return None
    op, rest = next(iter(raw.items()))
    spot = f"{where}.{op}"
    if op == "not":
        inner = compile_condition(rest, spot, bench)
        return None if inner is None else Branch("not", (inner,))
    if op in ("all", "any"):
        return _branch(str(op), rest, spot, bench)
    if op not in _LEAVES:
        bench.no(
            "unknown_operator",
            f"There is no operator called {op}.",
            spot,
            found=op,
            valid=", ".join(OPERATORS),
        )
        return None
    return _LEAVES[str(op)](rest, spot, bench)


def _branch(op: str, rest: object, where: str, bench: Bench) -> Node | None:
    if not isinstance(rest, list) or not rest:
        bench.no(
            "wrong_type",
            f"{op} takes a list of conditions.",
            where,
            found=rest,
            valid="a list of conditions",
        )
        return None
    children = [
        compile_condition(part, f"{where}[{place}]", bench) for place, part in enumerate(rest)
    ]
    kept = tuple(child for child in children if child is not None)
    return Branch(op, kept) if len(kept) == len(children) else None
