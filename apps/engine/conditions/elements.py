"""Conditions over the members of a list: any_of, all_of, count, with what must hold of each
member.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from apps.engine.conditions.leaves import canonical, path_at
from apps.engine.conditions.paths import COUNTRY_PATTERNS, Found, Path, compile_path
from apps.engine.conditions.quantities import comparison_of
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.exposures import Exposure, every_nationality
from apps.engine.facts.registry import BLOCKS, BY_BLOCK, NATIONALITY_FACTS
from apps.engine.facts.tree import UNKNOWN_FACT, Fact
from apps.engine.facts.types import UNKNOWN_VALUE, Unknown, as_amount
from apps.engine.nationality import holds_on
from apps.engine.truth import (
    FALSE,
    NEGATED,
    TRUE,
    UNKNOWN,
    UNSETTLED,
    conjunction,
    disjunction,
    truth,
)

Test = Callable[[object, Exposure], int]


@dataclass(frozen=True, slots=True)
class _Members:
    """The members of a list, or the path that is missing to know them."""

    values: tuple[object, ...]
    path: str
    missing: tuple[str, ...] = ()
    found: Found | None = None
    in_doubt: tuple[str, ...] = ()  # the facts behind members that are not known


def compile_list(op: str, raw: object, where: str, bench: Bench) -> Leaf | None:
    """`any_of`/`all_of: {of: LIST, where: CONDITION}` and `count: {of, where, at_least}`."""
    needed = ("of", "where", "at_least") if op == "count" else ("of", "where")
    if not isinstance(raw, Mapping):
        bench.no(
            "wrong_type",
            f"{op} takes a list and a condition.",
            where,
            found=raw,
            valid=", ".join(needed),
        )
        return None
    if not bench.keys(raw, where, needed=needed):
        return None
    source = _source(raw["of"], f"{where}.of", bench)
    test = compile_test(raw["where"], f"{where}.where", bench)
    least = raw.get("at_least", Decimal(1))
    if source is None or test is None or not isinstance(least, Decimal):
        return None
    members, axes, nationality = source
    name = str(raw["of"]).rpartition(".")[2].replace("_", " ")
    text = f"{_words(op, least)} {name} {spoken_test(raw['where'])}"

    def look(exposure: Exposure) -> Seen:
        return _look(op, members(exposure), test, exposure, int(least))

    return Leaf(op, canonical(op, raw), text, axes, look, _patterns(raw["of"], bench), nationality)


def _words(op: str, least: Decimal) -> str:
    return {"any_of": "one of the", "all_of": "all of the"}.get(op, f"at least {least} of the")


def _patterns(of: object, bench: Bench) -> frozenset[str]:
    """The patterns of the facts behind a list: a whole block, every nationality, or one fact."""
    if of in BLOCKS:
        blocks = (block for name, block in BY_BLOCK.items() if name == of)
        return frozenset(spec.pattern for block in blocks for spec in block.values())
    path = compile_path(str(of), regime=bench.regime)
    return COUNTRY_PATTERNS if path is None else path.patterns


def _source(
    of: object, where: str, bench: Bench
) -> tuple[Callable[[Exposure], _Members], frozenset[str], bool] | None:
    if of == "papers":
        return _papers, frozenset({"who", "what", "release"}), False
    if of == "exposure.nationalities":
        return _nationalities, frozenset({"who", "release"}), True
    if of in ("people", "organisations", "items"):
        block = str(of)
        return (
            (lambda exposure: _Members(tuple(exposure.facts.block(block).values()), block)),
            frozenset(),
            False,
        )
    if of == "releases":
        return (lambda exposure: _Members(exposure.facts.releases, "releases")), frozenset(), False
    path = path_at(of, where, bench)
    if path is None:
        return None
    return (lambda exposure: _listed(path, exposure)), path.axes, path.nationality


def _papers(exposure: Exposure) -> _Members:
    papers = exposure.papers(exposure.law.on)
    return _Members((), "papers", ("papers",)) if papers is None else _Members(papers, "papers")


def _nationalities(exposure: Exposure) -> _Members:
    """Every nationality ever held, renounced ones as well; abroad the place of receipt beside."""
    held, missing = every_nationality(exposure)
    members = (*held, *(UNKNOWN_VALUE for _ in missing))
    return _Members(members, "exposure.nationalities", (), None, missing)


def _listed(path: Path, exposure: Exposure) -> _Members:
    found = path.look(exposure)
    value = found.fact.value
    if isinstance(value, Unknown):
        return _Members((), found.path, found.missing, found)
    held = (
        [part for part in value if holds_on(part, exposure.law.on)]
        if isinstance(value, tuple)
        else ()
    )
    return _Members(tuple(held), found.path, (), found)


def _look(op: str, members: _Members, test: Test, exposure: Exposure, least: int) -> Seen:
    if members.missing:
        return Seen(UNKNOWN, (Read(members.path, "unknown"),), members.missing)
    answers = [
        UNKNOWN if isinstance(member, Unknown) else test(member, exposure)
        for member in members.values
    ]
    if op == "any_of":
        answer = disjunction(answers)
    elif op == "all_of":
        answer = conjunction(answers)
    else:
        answer = _at_least(answers, least)
    fact = members.found.fact if members.found else Fact(len(members.values))
    shown = (Read(members.path, fact.value, fact.source, fact.as_of),)
    if answer != UNKNOWN:
        return Seen(answer, shown)
    return Seen(answer, shown, members.in_doubt or (_question(members, answers),))


def _at_least(answers: list[int], least: int) -> int:
    sure = sum(answer == TRUE for answer in answers)
    may = sum(answer != FALSE for answer in answers)
    if sure >= least or may < least:
        return truth(sure >= least)
    return UNKNOWN if UNKNOWN in answers else UNSETTLED


def _question(members: _Members, answers: list[int]) -> str:
    if members.path != "papers":
        return members.path
    paper = next(
        paper for paper, answer in zip(members.values, answers, strict=True) if answer == UNKNOWN
    )
    kind = paper["kind"].value if isinstance(paper, Mapping) else ""
    return f"papers.{kind}.signed"


def compile_test(raw: object, where: str, bench: Bench) -> Test | None:
    """What must hold of one member: all, any, not, is, in, compare, before, after, country_in over
    its own keys.
    """
    if not isinstance(raw, Mapping) or len(raw) != 1:
        bench.no(
            "wrong_type",
            "A condition is one operator with its operands.",
            where,
            found=raw,
            valid="OPERATOR: ...",
        )
        return None
    op, rest = next(iter(raw.items()))
    if op in ("all", "any") and isinstance(rest, list) and rest:
        tests = [
            compile_test(part, f"{where}.{op}[{place}]", bench) for place, part in enumerate(rest)
        ]
        kept = [test for test in tests if test is not None]
        join = conjunction if op == "all" else disjunction
        return (
            (lambda member, exposure: join(test(member, exposure) for test in kept))
            if len(kept) == len(tests)
            else None
        )
    if op == "not":
        inner = compile_test(rest, f"{where}.not", bench)
        return None if inner is None else lambda member, exposure: NEGATED[inner(member, exposure)]
    return _compile_plain(str(op), rest, where, bench)


def _compile_plain(op: str, rest: object, where: str, bench: Bench) -> Test | None:
    size = 3 if op == "compare" else 2
    if (
        op not in _PLAIN
        or not isinstance(rest, list)
        or len(rest) != size
        or not isinstance(rest[0], str)
    ):
        valid = ", ".join(("all", "any", "not", *_PLAIN))
        bench.no(
            "unknown_operator",
            "This operator cannot stand over a member of a list.",
            where,
            found=op,
            valid=valid,
        )
        return None
    key = rest[0]
    judge = _PLAIN[op](rest[1:])
    if judge is None:
        bench.no("wrong_value", "This value can never stand there.", where, found=rest[1], valid=op)
        return None
    ready = judge

    def test(member: object, exposure: Exposure) -> int:
        value = _value(member, key)
        return UNKNOWN if isinstance(value, Unknown) else ready(value, exposure)

    return test


def _value(member: object, key: str) -> object:
    if key == "value":
        return member
    if not isinstance(member, Mapping):
        return UNKNOWN_FACT.value
    found = member.get(key, UNKNOWN_FACT)
    return found.value if isinstance(found, Fact) else found


Judge = Callable[[object, Exposure], int]


def _is(operands: list[object]) -> Judge | None:
    return lambda value, _: truth(value == operands[0])


def _in(operands: list[object]) -> Judge | None:
    wanted = operands[0]
    return (lambda value, _: truth(value in wanted)) if isinstance(wanted, list) else None


def _dated(earlier: bool) -> Callable[[list[object]], Judge | None]:
    def build(operands: list[object]) -> Judge | None:
        try:
            day = date.fromisoformat(str(operands[0]))
        except ValueError:
            return None
        return lambda value, _: truth(
            isinstance(value, date) and (value < day if earlier else value > day)
        )

    return build


def _compare(operands: list[object]) -> Judge | None:
    right = as_amount(operands[1])
    order = comparison_of(str(operands[0]))
    if right is None or order is None:
        return None

    def judge(value: object, _: Exposure) -> int:
        left = as_amount(value)
        if left is None or left.unit != right.unit:
            return UNKNOWN
        return truth(order(left.value, right.value))

    return judge


def _country_in(operands: list[object]) -> Judge | None:
    group = str(operands[0])
    return lambda value, exposure: exposure.law.member(str(value), group)


_PLAIN: dict[str, Callable[[list[object]], Judge | None]] = {
    "is": _is,
    "in": _in,
    "before": _dated(True),
    "after": _dated(False),
    "compare": _compare,
    "country_in": _country_in,
}


def reads_nationality(raw: object) -> bool:
    """Whether a list named by its path is one of nationalities."""
    return str(raw).rpartition(".")[2] in NATIONALITY_FACTS


def spoken_test(raw: object) -> str:
    """A member's condition in words."""
    if not isinstance(raw, Mapping) or len(raw) != 1:
        return ""
    op, rest = next(iter(raw.items()))
    if op in ("all", "any") and isinstance(rest, list):
        return (" and " if op == "all" else " or ").join(spoken_test(part) for part in rest)
    if op == "not":
        return f"not {spoken_test(rest)}"
    if not isinstance(rest, list):
        return str(op)
    key = "" if rest[0] == "value" else f"{rest[0]} "
    last = rest[-1]
    listed = ", ".join(map(str, last)) if isinstance(last, list) else str(last)
    word = {"is": "is", "in": "is one of", "country_in": "is in"}.get(str(op), str(op))
    middle = f"{rest[1]} " if len(rest) == _TRIPLE else ""
    return f"{key}{word} {middle}{listed}".replace("_", " ")


_TRIPLE: Final = 3  # compare: a key, an order and a quantity
