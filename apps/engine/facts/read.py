"""Reads a facts document (`facts/1`) into the frozen tree, refusing everything wrong with it at
once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from apps.engine.facts.registry import BLOCKS, BY_BLOCK, MEASURE
from apps.engine.facts.spec import Block, FactSpec
from apps.engine.facts.tree import Fact, Facts, Fields
from apps.engine.facts.types import (
    UNKNOWN_VALUE,
    Day,
    Reading,
    Text,
    Unknown,
    Vocabulary,
    unwrap,
    wrong_type,
)
from apps.engine.refusal import Refusal, Refusals

_ID = re.compile(r"^[\w\-]{1,64}\Z")
_REGIME = re.compile(r"^[A-Za-z0-9\-]{1,32}\Z")
_TOP = frozenset({"complete", *BLOCKS})
_NO_VOCABULARY = Vocabulary()
CLOSED = "the case says that nothing else applies"


def read_facts(
    document: Mapping[str, object],
    *,
    vocabulary: Vocabulary = _NO_VOCABULARY,
    line_of: Callable[[str], int | None] = lambda _: None,
    file: str = "",
    root: str = "",
) -> Facts:
    """The facts of a document in the shape of `facts/1`.

    `root` is the path of the block in its file (`facts`), put before every path of a refusal;
    `line_of`
    gives the line of a path. Raises Refusals naming every wrong value.
    """
    found: list[Refusal] = []
    facts = _Reader(Reading(vocabulary, found.append)).read(document)
    found.extend(_strangers(facts))
    if found:
        raise Refusals(_placed(item, line_of=line_of, file=file, root=root) for item in found)
    return facts


def _placed(
    item: Refusal, *, line_of: Callable[[str], int | None], file: str, root: str
) -> Refusal:
    where = f"{root}.{item.where}" if root and item.where else item.where or root
    return Refusal(
        item.code,
        item.what,
        where,
        item.remedy,
        item.found,
        item.valid,
        file or item.file,
        line_of(where),
    )


class _Reader:
    """One pass over a document; refusals go where the reading says."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._complete = False

    def read(self, document: Mapping[str, object]) -> Facts:
        if not isinstance(document, Mapping):
            self._reading.refuse(wrong_type(document, "", "a block of facts"))
            return Facts()
        for key in document:
            if key not in _TOP:
                self._stranger(str(key), "", sorted(_TOP))
        complete = document.get("complete", False)
        if not isinstance(complete, bool):
            self._reading.refuse(wrong_type(complete, "complete", "true or false"))
        self._complete = complete is True
        releases, papers = (document.get(block, "unknown") for block in ("releases", "papers"))
        return Facts(
            people=self._by_id("people", document),
            organisations=self._by_id("organisations", document),
            items=self._by_id("items", document),
            activity=self._fields("activity", document.get("activity", {}), "activity"),
            releases=self._listed("releases", [] if releases == "unknown" else releases),
            papers=None if papers == "unknown" else self._listed("papers", papers),
            complete=self._complete,
        )

    def _stranger(self, key: str, where: str, valid: list[str]) -> None:
        path = f"{where}.{key}" if where else key
        words = ", ".join(valid)
        self._reading.refuse(
            Refusal(
                "unknown_fact",
                f"There is no fact called {key[:80]}.",
                path,
                f"Take it out, or use one of: {words}.",
                key[:80],
                words,
            )
        )

    def _by_id(self, block: Block, document: Mapping[str, object]) -> dict[str, Fields]:
        raw = document.get(block, "unknown")
        if raw == "unknown":
            return {}
        if not isinstance(raw, Mapping):
            self._reading.refuse(wrong_type(raw, block, "a map of ids"))
            return {}
        read: dict[str, Fields] = {}
        for key, value in raw.items():
            if not _ID.match(str(key)):
                self._reading.refuse(wrong_type(key, block, "ids of letters, digits and hyphens"))
                continue
            read[str(key)] = self._fields(block, value, f"{block}.{key}")
        return read

    def _listed(self, block: Block, raw: object) -> tuple[Fields, ...]:
        if not isinstance(raw, list | tuple):
            self._reading.refuse(wrong_type(raw, block, "a list"))
            return ()
        naming = "id" if block == "releases" else "kind"
        read = []
        for place, value in enumerate(raw):
            spot = f"{block}[{place}]"
            mine = {} if value == "unknown" else value
            if isinstance(mine, Mapping) and unwrap(mine.get(naming))[0] in (None, "unknown"):
                self._reading.refuse(
                    Refusal(
                        "missing_key",
                        f"{naming} is missing here.",
                        spot,
                        f"Add {naming}.",
                        valid=naming,
                    )
                )
            read.append(self._fields(block, mine, spot))
        if block == "releases":
            self._refuse_twins(read)
        return tuple(read)

    def _refuse_twins(self, releases: list[Fields]) -> None:
        seen: set[object] = set()
        for place, release in enumerate(releases):
            name = release["id"].value if "id" in release else place
            if name in seen:
                self._reading.refuse(
                    Refusal(
                        "duplicate_id",
                        f"Two releases are called {name}.",
                        f"releases[{place}].id",
                        "Give each release its own id.",
                        str(name),
                    )
                )
            seen.add(name)

    def _fields(self, block: Block, raw: object, where: str) -> Fields:
        if raw == "unknown":
            return {}
        if not isinstance(raw, Mapping):
            self._reading.refuse(wrong_type(raw, where, "a block of facts"))
            return {}
        specs = BY_BLOCK[block]
        read: dict[str, Fact] = {}
        for key, value in raw.items():
            spot = f"{where}.{key}"
            if block == "items" and key in ("control", "measures"):
                reader = self._control if key == "control" else self._measures
                read.update({} if value == "unknown" else reader(value, spot))
            elif key in specs and "." not in key:
                self._one(specs[key], key, value, spot, read)
            else:
                self._stranger(str(key), where, sorted(name for name in specs if "." not in name))
        if self._complete:
            _close(raw, specs, read)
        return read

    def _one(
        self, spec: FactSpec, key: str, raw: object, where: str, read: dict[str, Fact]
    ) -> None:
        plain, source, as_of = unwrap(raw)
        if plain == "unknown":
            return
        value = spec.type.read(plain, where, self._reading)
        day = None if as_of is None else Day().read(as_of, f"{where}.as_of", self._reading)
        told = "" if source == "" else Text().read(source, f"{where}.source", self._reading)
        if value is not UNKNOWN_VALUE:
            read[key] = Fact(value, str(told), day if isinstance(day, date) else None)

    def _control(self, raw: object, where: str) -> dict[str, Fact]:
        read: dict[str, Fact] = {}
        if not isinstance(raw, Mapping):
            self._reading.refuse(wrong_type(raw, where, "a map from regime to its control"))
            return read
        allowed = {
            name.removeprefix("control."): spec
            for name, spec in BY_BLOCK["items"].items()
            if name.startswith("control.")
        }
        for regime, entry in raw.items():
            spot = f"{where}.{regime}"
            if entry == "unknown":
                continue
            if not _REGIME.match(str(regime)) or not isinstance(entry, Mapping):
                self._reading.refuse(wrong_type(entry, spot, f"a block of {', '.join(allowed)}"))
                continue
            for key, value in entry.items():
                if key in allowed:
                    self._one(allowed[key], f"control.{regime}.{key}", value, f"{spot}.{key}", read)
                else:
                    self._stranger(str(key), spot, sorted(allowed))
        return read

    def _measures(self, raw: object, where: str) -> dict[str, Fact]:
        read: dict[str, Fact] = {}
        if not isinstance(raw, Mapping):
            self._reading.refuse(wrong_type(raw, where, "a map from measure to quantity"))
            return read
        for key, value in raw.items():
            if _ID.match(str(key)):
                self._one(MEASURE, f"measures.{key}", value, f"{where}.{key}", read)
            else:
                valid = "names of letters, digits and hyphens"
                self._reading.refuse(wrong_type(key, where, valid))
        return read


def _close(raw: Mapping[str, object], specs: Mapping[str, FactSpec], read: dict[str, Fact]) -> None:
    """What `complete: true` makes of the facts that are not written at all."""
    for name, spec in specs.items():
        if spec.closes and name not in raw and name not in read:
            empty: object = () if spec.closes == "list" else False
            read[name] = Fact(empty, CLOSED)
    if specs is BY_BLOCK["people"] and "employer" not in raw:
        read["employer"] = Fact(None, CLOSED)  # no employer that is not named


def _strangers(facts: Facts) -> list[Refusal]:
    """Releases that name a giver, recipient or item the document does not have."""
    found: list[Refusal] = []
    check = partial(_check_reference, facts, found)
    for place, release in enumerate(facts.releases):
        for field, blocks in (
            ("from", ("organisations", "people")),
            ("who", ("people", "organisations")),
            ("what", ("items",)),
        ):
            fact = release.get(field)
            if fact is not None:
                named = fact.value if isinstance(fact.value, tuple) else (fact.value,)
                for name in named:
                    check(str(name), f"releases[{place}].{field}", blocks)
    found.extend(_strange_papers(facts))
    if (host := facts.activity.get("host")) is not None:
        check(str(host.value), "activity.host", ("organisations",))
    for key, person in facts.people.items():
        if (employer := person.get("employer")) is not None and employer.value is not None:
            check(str(employer.value), f"people.{key}.employer", ("organisations",))
    return found


def _strange_papers(facts: Facts) -> Iterator[Refusal]:
    """Papers about something the document does not have: else they would hold for everything."""
    for place, paper in enumerate(facts.papers or ()):
        about = paper.get("about")
        for name in about.value if about is not None and isinstance(about.value, tuple) else ():
            if not isinstance(name, Unknown) and name not in _names(facts):
                yield _nothing_called(str(name), f"papers[{place}].about", "the case")


def _check_reference(
    facts: Facts, found: list[Refusal], name: str, where: str, blocks: tuple[str, ...]
) -> None:
    if not any(name in facts.block(block) for block in blocks):
        found.append(_nothing_called(name, where, " or ".join(blocks)))


def _nothing_called(name: str, where: str, words: str) -> Refusal:
    return Refusal(
        "unknown_id",
        f"Nothing called {name[:80]} stands under {words}.",
        where,
        f"Add {name[:80]} there, or correct the name.",
        name[:80],
        f"an id under {words}",
    )


def _names(facts: Facts) -> frozenset[str]:
    """Everything a paper can be about: people, organisations, items and releases."""
    releases = (str(release["id"].value) for release in facts.releases if "id" in release)
    return frozenset({*facts.people, *facts.organisations, *facts.items, *releases})
