"""The proof of one cell: the engine's stages in their order, each rule tested and what it read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from apps.portal.parts.names import day_words, fact_label, is_answer, value_words

Result = Mapping[str, Any]

STAGES: Mapping[str, str] = {
    "jurisdiction": _("Jurisdiction: whose item is it?"),
    "technology": _("Technology: is it outside the rules, and what is it?"),
    "act": _("Act, route and place: is anything released?"),
    "person": _("Person: which country counts?"),
    "requirements": _("Requirements: what does the law ask?"),
    "authorisations": _("Authorisations: what may lift it?"),
    "recognition": _("Recognition of another institution's review"),
    "policy": _("Our own policy"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """How a test ended: a tone for the sheet, an icon and the word that says it."""

    tone: str
    icon: str
    word: str


_SIGNS: Mapping[object, Sign] = {
    "fired": Sign("y", "fired", _("Fired")),
    "silent": Sign("n", "minus", _("Did not fire")),
    "unknown": Sign("u", "unk", _("Unknown")),
    "not_reached": Sign("n", "skip", _("Not reached")),
    True: Sign("y", "check", _("True")),
    False: Sign("n", "minus", _("False")),
}
JOINTS: Mapping[str, str] = {
    "all": _("All of these hold"),
    "any": _("At least one of these holds"),
    "not": _("This does not hold"),
}
#: What a rule reads of an entry under the name of the fact that chose it.
SAID_BY_ENTRY = ("yes", "no", "does_not_apply")
OPEN_TO_TSR = _("the entry is open to technology under restriction")
NOT_KNOWN = (None, "unknown")
_STRONGEST = ("fired", "unknown", "silent", "not_reached")


@dataclass(frozen=True, slots=True)
class Read:
    """One fact a rule read: what it is called, its value, where it came from."""

    label: str
    value: str
    source: str
    path: str
    known: bool
    answer: bool  # said by people, not looked up in a table


@dataclass(frozen=True, slots=True)
class Node:
    """One condition inside a rule, with the conditions it is made of."""

    words: str
    sign: Sign
    reads: tuple[Read, ...]
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule and how it ended."""

    id: str
    title: str
    sign: Sign
    citation: str
    because: str
    reads: tuple[Read, ...]
    tree: Node | None = None
    href: str = ""  # what opens the tree; empty where it is open or there is none


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the numbered stages with its rules."""

    number: int
    name: str
    sign: Sign
    telling: tuple[Rule, ...]  # fired, open, or opened by the reader
    quiet: tuple[Rule, ...]  # the others

    @property
    def size(self) -> int:
        """How many rules were looked at."""
        return len(self.telling) + len(self.quiet)


def trace_of(rules: Iterable[Result], *, opened: str = "", address: str = "?") -> tuple[Stage, ...]:
    """The stages with their rules; a stage without rules of its own is left out.

    The conditions of one rule are shown, those of `opened`; the others name the address that shows
    theirs.
    """
    shown = list(rules)
    stages = []
    for number, (key, name) in enumerate(STAGES.items(), start=1):
        own = [rule for rule in shown if rule["stage"] == key]
        if own:
            ended = min((rule["result"] for rule in own), key=_STRONGEST.index)
            told = [_opening(rule, opened, address) for rule in own]
            telling = tuple(rule for rule in told if rule.sign.tone != "n" or rule.id == opened)
            quiet = tuple(rule for rule in told if rule not in telling)
            stages.append(Stage(number, gettext(name), sign(ended), telling, quiet))
    return tuple(stages)


def _opening(rule: Result, opened: str, address: str) -> Rule:
    found = rule_of(rule)
    if rule["result"] == "not_reached":
        return found
    if rule["id"] == opened and rule.get("trace"):
        return replace(found, tree=node_of(rule["trace"]))
    return replace(found, href=f"{address}&rule={rule['id']}#{rule['id']}")


def sign(result: object) -> Sign:
    """The sign of a rule's or a condition's result; a condition without a value is unknown."""
    found = _SIGNS.get(result, _SIGNS["unknown"])
    return Sign(found.tone, found.icon, gettext(found.word))


def rule_of(rule: Result) -> Rule:
    """A rule of the result as it is shown; one that was not reached says which rule ended it."""
    because = str(rule.get("because") or "")
    if rule["result"] == "not_reached" and not because:
        because = gettext("The test ended before, at %(rule)s.") % {
            "rule": rule.get("stopped_by", "")
        }
    return Rule(
        id=rule["id"],
        title=str(rule.get("title") or rule["id"]),
        sign=sign(rule["result"]),
        citation=str(rule.get("citation") or ""),
        because=because,
        reads=tuple(reads_of(rule.get("trace"))),
    )


def node_of(tree: Result) -> Node:
    """A condition and its parts."""
    own = tuple(_read(read) for read in tree.get("reads", ()))
    children = tuple(node_of(child) for child in tree.get("children", ()))
    joint = JOINTS.get(tree["op"])
    words = str(tree.get("text") or (gettext(joint) if joint else tree["op"]))
    return Node(words, sign(tree["result"]), own, children)


def reads_of(tree: Result | None) -> Iterator[Read]:
    """Every fact a tree read, once each, in the order of reading."""
    seen: set[str] = set()
    for read in _all_reads(() if tree is None else (tree,)):
        if read["fact"] not in seen:
            seen.add(read["fact"])
            yield _read(read)


def _all_reads(trees: Iterable[Result]) -> Iterator[Result]:
    for tree in trees:
        yield from tree.get("reads", ())
        children: Sequence[Result] = tree.get("children", ())
        yield from _all_reads(children)


def _read(read: Result) -> Read:
    value = read.get("value")
    as_of = parse_date(str(read.get("as_of") or ""))
    source = ", ".join(
        part for part in (str(read.get("source") or ""), day_words(as_of) if as_of else "") if part
    )
    path = read["fact"]
    if path.endswith(".item") and value in SAID_BY_ENTRY:
        return Read(gettext(OPEN_TO_TSR), value_words(value), source, path, True, False)
    known = value not in NOT_KNOWN
    return Read(fact_label(path), value_words(value), source, path, known, is_answer(path))
