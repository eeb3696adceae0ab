"""Paths of conditions: how a rule names a fact of the case or of the exposure, and how it is
looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from apps.engine.approvals import licence_of
from apps.engine.conditions.classification import ITEM_WORDS, YES_NO, item_table
from apps.engine.conditions.countries import countries_at
from apps.engine.conditions.found import NONE, Found, Look
from apps.engine.exposures import ABROAD, DEEMED, Exposure
from apps.engine.facts.registry import BY_BLOCK, MEASURE
from apps.engine.facts.spec import Block, FactSpec
from apps.engine.facts.specs.papers import AUTHORISING
from apps.engine.facts.tree import UNKNOWN_FACT, Fact, Fields
from apps.engine.facts.types import Country, FactType, OneOf, Text

# What an exposure's word leads to: (block of facts, which of the exposure's axes it hangs on).
_WORDS: Final = {
    "item": ("items", "what"),
    "person": ("people", "who"),
    "organisation": ("organisations", "who"),
    "recipient": ("people", "who"),
    "employer": ("organisations", "who"),
    "host": ("organisations", ""),
    "giver": ("organisations", "release"),
    "release": ("releases", "release"),
}
ROUTE_PATTERNS: Final = frozenset({"releases.*.where", "organisations.*.country"})
NATIONALITY_PATTERNS: Final = frozenset({"people.*.citizenships", "people.*.permanent_residencies"})
COUNTRY_PATTERNS: Final = ROUTE_PATTERNS | NATIONALITY_PATTERNS
LICENCE_PATTERNS: Final = NATIONALITY_PATTERNS | {
    "organisations.*.approved_under",
    "people.*.employer",
}
ENTRY_PATTERNS: Final = frozenset(
    f"items.*.control.{name}"
    for name in ("item", "paragraph", "for", "excludes", "reasons", "eligible")
)
_DERIVED: Final[Mapping[str, FactType]] = {
    "country": Country(),
    "route": OneOf((DEEMED, ABROAD)),
    "recipient_kind": OneOf(("person", "organisation")),
    "nationality": Country(),
    "research_place": Country(),  # where the work is done; not said: where it is released
    "home": Country(),  # where the recipient ordinarily lives; not said: where it is received
    "licence": Text(),
    "licensed": YES_NO,
    "demand": YES_NO,  # demand.REGIME: that regime demands a licence of the same exposure
}
_DERIVED_PATTERNS: Final[Mapping[str, frozenset[str]]] = {
    "exposure.country": COUNTRY_PATTERNS,
    "exposure.route": ROUTE_PATTERNS,
    "exposure.nationality": NATIONALITY_PATTERNS,
    "exposure.research_place": frozenset({"activity.done_in", "releases.*.where"}),
    "exposure.home": frozenset({"people.*.abode_in", "releases.*.where"}),
    "exposure.licence": LICENCE_PATTERNS,
    "exposure.licensed": LICENCE_PATTERNS,
}
_FOREIGN: Final = "foreign_person"


@dataclass(frozen=True, slots=True)
class Path:
    """A compiled path: its text, the fact it reads, the axes of an exposure it depends on, and its
    look-up. `spec` None: nobody tells it, it follows from facts and tables.
    """

    text: str
    spec: FactSpec | None
    axes: frozenset[str]
    look: Look
    nationality: bool = False

    @property
    def patterns(self) -> frozenset[str]:
        """The patterns of the facts that tell it: `people.*.citizenships`."""
        if self.spec is not None:
            return frozenset({self.spec.pattern})
        if self.text.startswith("exposure.item."):
            return ENTRY_PATTERNS
        return _DERIVED_PATTERNS.get(self.text, frozenset())

    @property
    def type(self) -> FactType:
        """The type of its value."""
        if self.spec is not None:
            return self.spec.type
        word, _, field = self.text.removeprefix("exposure.").partition(".")
        return ITEM_WORDS[field.partition(".")[0]] if word == "item" else _DERIVED[word]


def compile_path(text: str, *, regime: str) -> Path | None:
    """The compiled path, or None if there is no such fact; each is looked up once per exposure."""
    path = _compile_path(text, regime=regime)
    return None if path is None else replace(path, look=_remembered(path.look, f"{regime} {text}"))


def _remembered(look: Look, key: str) -> Look:
    def at(exposure: Exposure) -> Found:
        found: Found | None = exposure.memo.get(key)
        if found is None:
            found = exposure.memo[key] = look(exposure)
        return found

    return at


def _compile_path(text: str, *, regime: str) -> Path | None:
    root, _, rest = text.partition(".")
    if root == "activity":
        return _of_activity(text, rest)
    if root == "papers" and rest.count(".") == 1:
        return _of_papers(text, *rest.split("."))
    if root != "exposure":
        return None
    word, _, field = rest.partition(".")
    if not field:
        return _derived(text, word)
    if word == "demand":
        return _of_demand(text, field)
    if word not in _WORDS:
        return None
    if word == "item":
        return _of_item(text, field, regime)
    return _of_party(text, word, field)


def _of_activity(text: str, field: str) -> Path | None:
    spec = BY_BLOCK["activity"].get(field)
    if spec is None:
        return None

    def look(exposure: Exposure) -> Found:
        known = exposure.facts.activity
        if spec.only_if_said and field not in known:
            return Found(NONE, text)
        return _field(known, field, text)

    return Path(text, spec, frozenset(), look)


def _of_papers(text: str, kind: str, field: str) -> Path | None:
    spec = BY_BLOCK["papers"].get(field)
    if spec is None:
        return None
    only_if_said = spec.only_if_said or kind in AUTHORISING

    def look(exposure: Exposure) -> Found:
        papers = exposure.papers(exposure.law.on)
        if papers is None:
            return Found(NONE, text) if only_if_said else Found(UNKNOWN_FACT, text, (text,))
        mine = [paper for paper in papers if paper["kind"].value == kind]
        told = (_told_by(paper, field) for paper in mine)
        known = [fact for fact in told if fact is not None]
        signed = next((fact for fact in known if fact.value is True), None)
        if signed is None and len(known) < len(mine) and not only_if_said:
            return Found(UNKNOWN_FACT, text, (text,))
        return Found(signed or (known[0] if known else NONE), text)

    return Path(text, spec, frozenset({"who", "what", "release"}), look)


def _told_by(paper: Fields, field: str) -> Fact | None:
    """What a paper says of a field; one that was refused is not signed."""
    refused = paper.get("refused", UNKNOWN_FACT)
    if field == "signed" and field not in paper and refused.value is True:
        return Fact(False, refused.source, refused.as_of)
    return paper.get(field)


def _derived(text: str, word: str) -> Path | None:
    if word not in _DERIVED_LOOKS:
        return None
    axes, look, nationality = _DERIVED_LOOKS[word]
    return Path(text, None, frozenset(axes), lambda exposure: look(exposure, text), nationality)


def _country(exposure: Exposure, text: str) -> Found:
    found = countries_at(exposure, text)
    if found.missing or found.any_country:
        return Found(UNKNOWN_FACT, text, found.missing)
    if found.stateless:
        return Found(UNKNOWN_FACT, text, (), unsettled=True)
    return Found(Fact(found.countries[0]), text) if found.countries else Found(NONE, text)


def _route(exposure: Exposure, text: str) -> Found:
    route, missing = exposure.route()
    return Found(UNKNOWN_FACT, text, missing) if route is None else Found(Fact(route), text)


def _research_place(exposure: Exposure, text: str) -> Found:
    said = exposure.facts.activity.get("done_in")
    return Found(said, text) if said is not None else _where(exposure)


def _home(exposure: Exposure, text: str) -> Found:
    said = exposure.recipient.get("abode_in") if exposure.is_person else None
    return Found(said, text) if said is not None else _where(exposure)


def _where(exposure: Exposure) -> Found:
    path = f"releases.{exposure.release}.where"
    return _field(exposure.release_fields, "where", path)


def _of_demand(text: str, regime: str) -> Path:
    """Whether another regime demands a licence of the same exposure.

    It is a determination of its own, so it is made only where it can matter: for a person for whom
    a petition is planned (Form I-129 Part 6 attests to what other regulations demand).
    """

    def look(exposure: Exposure) -> Found:
        petition = exposure.recipient.get("petition", UNKNOWN_FACT)
        if petition.value not in ("planned", UNKNOWN_FACT.value):
            return Found(NONE, text)
        asked, demanded = exposure.recipient.get("visa"), exposure.law.demanded
        if petition is UNKNOWN_FACT or asked is None or demanded is None:
            return Found(UNKNOWN_FACT, text, (), unsettled=True)
        word, missing = demanded(exposure, regime)
        if not word:
            return Found(UNKNOWN_FACT, text, missing, unsettled=not missing)
        return Found(Fact(word, f"the answer under {regime}"), text)

    return Path(text, None, frozenset({"who", "what", "release"}), look, nationality=True)


def _recipient_kind(exposure: Exposure, text: str) -> Found:
    return Found(Fact("person" if exposure.is_person else "organisation"), text)


def _licence(exposure: Exposure, text: str) -> Found:
    held = licence_of(exposure)
    if held.missing:
        return Found(UNKNOWN_FACT, text, held.missing)
    return Found(Fact(held.number), text)


def _licensed(exposure: Exposure, text: str) -> Found:
    held = _licence(exposure, text)
    if held.missing:
        return held
    return Found(Fact("no" if held.fact.value is None else "yes"), text)


# What a word of an exposure hangs on, how it is looked up, and whether it reads nationality.
_DERIVED_LOOKS: Final[
    Mapping[str, tuple[tuple[str, ...], Callable[[Exposure, str], Found], bool]]
] = {
    "country": (("who", "release"), _country, True),
    "nationality": (("who",), _country, True),
    "route": (("release",), _route, False),
    "recipient_kind": (("who",), _recipient_kind, False),
    "research_place": (("release",), _research_place, False),
    "home": (("who", "release"), _home, False),
    "licence": (("who",), _licence, True),
    "licensed": (("who",), _licensed, True),
}


def _of_item(text: str, field: str, regime: str) -> Path | None:
    axes = frozenset({"what"})
    if field in ITEM_WORDS or field.startswith("opens."):
        return Path(text, None, axes, lambda exposure: item_table(exposure, field, regime))
    spec = MEASURE if field.startswith("measures.") else BY_BLOCK["items"].get(field)
    if spec is None or field.startswith("control."):
        return None
    return Path(
        text,
        spec,
        axes,
        lambda exposure: _field(exposure.item, field, f"items.{exposure.what}.{field}"),
    )


def _of_party(text: str, word: str, field: str) -> Path | None:
    block, axis = _WORDS[word]
    blocks: tuple[Block, ...] = (
        ("people", "organisations") if word in ("recipient", "giver") else (_block(block),)
    )
    spec = next((BY_BLOCK[name][field] for name in blocks if field in BY_BLOCK[name]), None)
    if spec is None:
        return None
    axes = {axis} - {""}
    if field == _FOREIGN:  # by the country of the giver, which hangs on the release
        axes.add("release")
    return Path(text, spec, frozenset(axes), _party_look(word, field), bool(spec.legal_basis))


def _block(name: str) -> Block:
    return next(block for block in BY_BLOCK if block == name)


def _party_look(word: str, field: str) -> Look:
    specs = {str(block): known.get(field) for block, known in BY_BLOCK.items()}
    # blocks whose members have no such fact, or have it only if somebody says so
    none = {block for block, spec in specs.items() if spec is None or spec.only_if_said}

    def look(exposure: Exposure) -> Found:
        place, fields, missing = party(exposure, word)
        if missing:
            return Found(UNKNOWN_FACT, missing, (missing,))
        known = None if fields is None else fields.get(field)
        block, path = place.partition(".")[0], f"{place or word}.{field}"
        if known is not None and specs[block] is not None:
            return Found(known, path)
        if fields is None or block in none:
            return Found(NONE, path)
        if field == _FOREIGN:
            return _foreign(exposure, fields, path)
        return Found(UNKNOWN_FACT, path, (path,))

    return look


def party(exposure: Exposure, word: str) -> tuple[str, Fields | None, str]:
    """Where a party's facts stand: its path, its fields (None: there is no such party), the
    missing path.
    """
    facts = exposure.facts
    if word == "release":
        return f"releases.{exposure.release}", exposure.release_fields, ""
    if word == "recipient":
        return f"{exposure.recipient_block}.{exposure.who}", exposure.recipient, ""
    if word in ("person", "organisation"):
        mine = exposure.is_person == (word == "person")
        return (
            f"{exposure.recipient_block}.{exposure.who}",
            exposure.recipient if mine else None,
            "",
        )
    if word == "giver":
        if not exposure.giver:
            return "", None, f"releases.{exposure.release}.from"
        block = "people" if exposure.giver in facts.people else "organisations"
        return f"{block}.{exposure.giver}", facts.block(block).get(exposure.giver), ""
    named = facts.activity.get("host") if word == "host" else exposure.recipient.get("employer")
    missing = "activity.host" if word == "host" else f"people.{exposure.who}.employer"
    if word == "employer" and not exposure.is_person:
        return "", None, ""
    if named is None or named.value is None:
        return "", None, missing if named is None else ""
    return f"organisations.{named.value}", facts.organisations.get(str(named.value)), ""


def _foreign(exposure: Exposure, fields: Fields, path: str) -> Found:
    """An organisation not said to be foreign or not is so by its country (formats, section 2)."""
    country, home = (
        fields.get("country"),
        exposure.facts.organisations.get(exposure.giver, {}).get("country"),
    )
    if country is None or home is None:
        return Found(UNKNOWN_FACT, path, (path,))
    return Found(Fact(country.value != home.value, "by its country"), path)


def _field(fields: Fields, name: str, path: str) -> Found:
    fact = fields.get(name)
    return Found(fact, path) if fact is not None else Found(UNKNOWN_FACT, path, (path,))
