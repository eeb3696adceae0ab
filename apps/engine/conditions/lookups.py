"""The leaves of conditions that look things up in dated tables: reasons, marked, hit, threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from apps.engine.conditions.leaves import any_of_seen, canonical, comparison, comparison_of, of_country, path_at
from apps.engine.conditions.paths import Path, control_of, party
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.controls import Applied, applied_reasons
from apps.engine.law import is_unverified
from apps.engine.exposures import DEEMED, Exposure
from apps.engine.facts.registry import BY_BLOCK
from apps.engine.facts.tree import UNKNOWN_FACT, Fields
from apps.engine.facts.types import Amount
from apps.engine.truth import FALSE, NEGATED, TRUE, UNKNOWN, UNSETTLED, conjunction, disjunction

_ITEM_PATTERNS: Final = frozenset(
    f"items.*.control.{name}" for name in ("item", "paragraph", "for", "excludes", "reasons")
)
_PARTIES: Final = ("recipient", "employer", "employers", "giver", "host", "person", "organisation")


def applied(exposure: Exposure, regime: str) -> tuple[Applied, ...]:
    """The reasons for control of the exposure's item."""
    return applied_reasons(exposure.law, control_of(exposure, regime))


def mark_of(exposure: Exposure, part: Applied) -> Seen:
    """Whether one reason is marked for the country that counts, by chart or by a destination rule."""
    row = part.row
    if not row.column:
        return Seen(UNSETTLED if part.truth == UNSETTLED else UNKNOWN)
    law = exposure.law
    if row.column in law.tables.columns.get(row.regime, frozenset()):
        return of_country(exposure, lambda country: _chart(exposure, part, country))
    route, missing = exposure.route()
    if route is None:
        return Seen(UNKNOWN, (), missing)
    return of_country(exposure, lambda country: _destination(exposure, part, country, deemed=route == DEEMED))


def _chart(exposure: Exposure, part: Applied, country: str) -> Seen:
    row = part.row
    answer = exposure.law.mark(row.regime, country, row.column)
    cell = exposure.law.tables.chart.get((row.regime, country, row.column))
    told = Read(f"chart {row.column} {country}", None if cell is None else cell.marked, cell.source.read if cell else "")
    names = (f"chart:{country}:{row.column}",) if cell else ()
    return Seen(answer, (Read("exposure.country", country), told), rows=names)


def _destination(exposure: Exposure, part: Applied, country: str, *, deemed: bool) -> Seen:
    row = part.row
    answer = exposure.law.reached(row.regime, country, row.column, deemed=deemed)
    rule = exposure.law.tables.destinations.get((row.regime, row.column))
    told = Read(f"destinations {row.column}", answer == TRUE, rule.source.citation if rule else "")
    unsure = (f"destinations:{row.column}",) if rule and is_unverified(rule.source) else ()
    return Seen(answer, (Read("exposure.country", country), told), rows=(f"destinations:{row.column}",), to_confirm=unsure)


def _both(exposure: Exposure, part: Applied, regime: str) -> Seen:
    """Whether a reason applies to the item and is marked for the country."""
    if part.truth == FALSE:
        return Seen(FALSE)
    marked = mark_of(exposure, part)
    answer = conjunction((part.truth, marked.truth))
    path = f"items.{exposure.what}.control.{regime}.{part.missing}"
    missing = (*((path,) if part.truth == UNKNOWN else ()), *(marked.missing if marked.truth == UNKNOWN else ()))
    entry = Read(f"items.{exposure.what}.control.{regime}", f"{part.row.item} {part.row.column}".strip(), part.row.source.read)
    unsure = (f"reasons:{part.row.item}:{part.row.column}",) if is_unverified(part.row.source) else ()
    row = (f"reasons:{part.row.item}:{part.row.column}",) if part.row.column else ()
    return Seen(
        answer, (entry, *marked.reads), missing if answer == UNKNOWN else (), (*row, *marked.rows),
        (*unsure, *marked.to_confirm),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Demand:
    """Reasons for control that demand an authorisation: certainly, if a fact turns out so, if the law does."""

    sure: frozenset[str] = frozenset()
    by_fact: frozenset[str] = frozenset()
    by_law: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether any reason is not certain."""
        return bool(self.by_fact - self.sure or self.by_law - self.sure)


def demanded(exposure: Exposure, regime: str, *, via: str = "") -> Demand:
    """The letters of the reasons (NS, ...) that demand an authorisation for this exposure."""
    found: dict[int, set[str]] = {TRUE: set(), UNKNOWN: set(), UNSETTLED: set(), FALSE: set()}
    for part in applied(exposure, regime):
        if _is_via(exposure, part, via):
            found[_both(exposure, part, regime).truth].add(part.row.reason)
    return Demand(frozenset(found[TRUE]), frozenset(found[UNKNOWN]), frozenset(found[UNSETTLED]))


def _is_via(exposure: Exposure, part: Applied, via: str) -> bool:
    if not via or not part.row.column:
        return True
    charted = part.row.column in exposure.law.tables.columns.get(part.row.regime, frozenset())
    return charted == (via == "chart")


def compile_marked(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`marked: {of: exposure.item, at: exposure.country, via: chart or destination}`: some reason demands a licence."""
    if not _item_operands("marked", raw, where, bench, may=("via",)) or not isinstance(raw, Mapping):
        return None
    via, regime = str(raw.get("via", "")), bench.regime
    if via not in ("", "chart", "destination"):
        bench.no("wrong_value", "This value can never stand there.", f"{where}.via", found=via, valid="chart, destination")
        return None

    def look(exposure: Exposure) -> Seen:
        parts = [_both(exposure, part, regime) for part in applied(exposure, regime) if _is_via(exposure, part, via)]
        seen = any_of_seen(parts)
        told = seen.reads or (Read(f"items.{exposure.what}.control.{regime}", control_of(exposure, regime).item),)
        return Seen(seen.truth, told, seen.missing, seen.rows, seen.to_confirm)

    text = {"": "a reason for control is marked for the country", "chart": "the country chart marks a reason for control",
            "destination": "a destination rule reaches the country"}[via]  # fmt: skip
    return Leaf("marked", canonical("marked", [regime, raw]), text, frozenset({"what", "who", "release"}), look,
                _ITEM_PATTERNS, nationality=True)  # fmt: skip


def compile_reasons(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`reasons: {of, at, only|includes|none: [LETTERS]}`: about the reasons that apply (and, with `at`, are marked)."""
    if not _item_operands("reasons", raw, where, bench, may=("only", "includes", "none"), at_needed=False):
        return None
    if not isinstance(raw, Mapping):
        return None
    words = [word for word in ("only", "includes", "none") if word in raw]
    letters = raw[words[0]] if len(words) == 1 else None
    if not isinstance(letters, list) or not all(isinstance(letter, str) for letter in letters):
        bench.no("wrong_type", "reasons takes one of only, includes, none with a list.", where, valid="only: [NS]")
        return None
    word, wanted, regime, at = words[0], frozenset(map(str, letters)), bench.regime, "at" in raw

    def look(exposure: Exposure) -> Seen:
        parts = applied(exposure, regime)
        relevant = [part for part in parts if not part.row.column or (part.row.reason in wanted) == (word != "only")]
        seen = any_of_seen([_both(exposure, part, regime) if at else _alone(exposure, part, regime) for part in relevant])
        answer = seen.truth if word == "includes" else NEGATED[seen.truth]
        told = seen.reads or (Read(f"items.{exposure.what}.control.{regime}", _names(parts)),)
        return Seen(answer, told, seen.missing, seen.rows, seen.to_confirm)

    axes = frozenset({"what", "who", "release"}) if at else frozenset({"what"})
    listed = ", ".join(sorted(wanted))
    there = " for this country" if at else ""
    text = {"only": f"no other reason for control than {listed} applies{there}",
            "includes": f"a reason for control among {listed} applies{there}",
            "none": f"none of {listed} is a reason for control{there}"}[word]  # fmt: skip
    return Leaf("reasons", canonical("reasons", [regime, raw]), text, axes, look, _ITEM_PATTERNS, nationality=at)


def _alone(exposure: Exposure, part: Applied, regime: str) -> Seen:
    path = f"items.{exposure.what}.control.{regime}.{part.missing}"
    read = Read(f"items.{exposure.what}.control.{regime}", f"{part.row.item} {part.row.column}".strip(), part.row.source.read)
    row = (f"reasons:{part.row.item}:{part.row.column}",) if part.row.column else ()
    return Seen(part.truth, (read,), (path,) if part.truth == UNKNOWN else (), row)


def _names(parts: Iterable[Applied]) -> str:
    return ", ".join(sorted({part.row.column for part in parts if part.truth == TRUE})) or "no reason for control"


def _item_operands(
    op: str, raw: object, where: str, bench: Bench, *, may: tuple[str, ...], at_needed: bool = True
) -> bool:
    if not isinstance(raw, Mapping):
        bench.no("wrong_type", f"{op} takes an item and a country.", where, found=raw, valid="of: exposure.item")
        return False
    if not bench.keys(raw, where, needed=("of", "at") if at_needed else ("of",), may=may if at_needed else ("at", *may)):
        return False
    if raw["of"] != "exposure.item" or raw.get("at", "exposure.country") != "exposure.country":
        bench.no("wrong_value", f"{op} looks at exposure.item at exposure.country.", where, found=dict(raw),
                 valid="of: exposure.item, at: exposure.country")  # fmt: skip
        return False
    return True


def compile_hit(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`hit: {of: exposure.PARTY, lists: [CODES]}`: confirmed is true, open is unknown, dismissed and none are false."""
    if not isinstance(raw, Mapping):
        bench.no("wrong_type", "hit takes a party and lists.", where, found=raw, valid="of: exposure.recipient, lists: [LIST]")
        return None
    if not bench.keys(raw, where, needed=("of", "lists"), may=("all_items",)):
        return None
    word = str(raw["of"]).removeprefix("exposure.")
    lists = raw["lists"]
    if word not in _PARTIES or not isinstance(lists, list) or not lists:
        bench.no("wrong_value", "hit looks at a party of the exposure.", where, found=raw["of"],
                 valid=", ".join(f"exposure.{name}" for name in _PARTIES))  # fmt: skip
        return None
    names = frozenset(map(str, lists))
    axes = {"recipient": {"who"}, "employer": {"who"}, "employers": {"who"},
            "person": {"who"}, "organisation": {"who"}, "giver": {"release"}}
    text = f"the {word} is listed ({', '.join(sorted(names))})"
    return Leaf(
        "hit", canonical("hit", raw), text, frozenset(axes.get(word, ())), lambda exposure: _hits(exposure, word, names),
        frozenset({BY_BLOCK[block]["hits"].pattern for block in ("people", "organisations")}),
    )  # fmt: skip


def _hits(exposure: Exposure, word: str, lists: frozenset[str]) -> Seen:
    if word == "employers":
        return _hits_of_employers(exposure, lists)
    return _hits_of(*party(exposure, word), word=word, lists=lists)


def _hits_of_employers(exposure: Exposure, lists: frozenset[str]) -> Seen:
    """The employer and every body the person is employee or officer of; a student of it is not meant (744.11)."""
    parts = [_hits_of(*party(exposure, "employer"), word="employer", lists=lists)]
    path = f"people.{exposure.who}.affiliations"
    ties = exposure.recipient.get("affiliations", UNKNOWN_FACT).value
    if not exposure.is_person:
        ties = ()
    if not isinstance(ties, tuple):
        return any_of_seen([*parts, Seen(UNKNOWN, (Read(path, "unknown"),), (path,))])
    on = exposure.law.on
    for tie in ties:
        if isinstance(tie, Mapping) and tie.get("role", "employee") in ("employee", "officer") and not _ended(tie, on):
            name = str(tie.get("organisation"))
            place, fields = f"organisations.{name}", exposure.facts.organisations.get(name)
            parts.append(_hits_of(place, fields, "" if fields is not None else place, word="employers", lists=lists))
    return any_of_seen(parts)


def _ended(tie: Mapping[str, object], on: date) -> bool:
    until = tie.get("until")
    return isinstance(until, date) and until < on


def _hits_of(place: str, fields: Fields | None, missing: str, *, word: str, lists: frozenset[str]) -> Seen:
    if missing:
        return Seen(UNKNOWN, (Read(missing, "unknown"),), (missing,))
    if fields is None:
        return Seen(FALSE, (Read(word, "none"),))
    fact = fields.get("hits", UNKNOWN_FACT)
    path = f"{place}.hits"
    if not isinstance(fact.value, tuple):
        return Seen(UNKNOWN, (Read(path, "unknown"),), (path,))
    states = [hit.get("state") for hit in fact.value if isinstance(hit, Mapping) and hit.get("list") in lists]
    answer = disjunction(TRUE if state == "confirmed" else UNKNOWN if state == "open" else FALSE for state in states)
    return Seen(answer, (Read(path, fact.value, fact.source, fact.as_of),), (path,) if answer == UNKNOWN else ())


def compile_threshold(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`threshold: [PATH, NAME]`: the quantity is above the named threshold in force on the day."""
    path: Path | None = path_at(raw[0], f"{where}[0]", bench) if isinstance(raw, list) and len(raw) == 2 else None
    if path is None or not isinstance(raw, list):
        bench.no("wrong_type", "threshold takes a path and a name.", where, found=raw, valid="[PATH, NAME]")
        return None
    name, above, found_path = str(raw[1]), comparison_of(">"), path
    assert above is not None  # noqa: S101  one of the operators of the same module

    def look(exposure: Exposure) -> Seen:
        row = exposure.law.tables.thresholds.get(name)
        if row is None:
            return Seen(UNSETTLED, (Read(f"thresholds {name}", None),))
        return comparison(found_path, above, Amount(row.value, row.unit))(exposure)

    return Leaf("threshold", canonical("threshold", raw), f"{path.text} is above {name}", path.axes, look,
                frozenset({path.spec.pattern} if path.spec else ()))  # fmt: skip


def compile_unknown_law(op: str) -> Callable[[object, str, Bench], Leaf | None]:
    """An operator whose tables this edition does not hold: always undetermined, so that a person looks."""

    def compile_it(raw: object, where: str, bench: Bench) -> Leaf | None:
        text = f"{op.replace('_', ' ')} is settled by a person"
        return Leaf(op, canonical(op, raw), text, frozenset(), lambda exposure: Seen(UNSETTLED))

    return compile_it


