"""The only YAML reader of the project: a small, safe subset, refused with file, line and path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.document import Document, Place, Value, join_path

LARGEST = 1_000_000  # bytes
DEEPEST = 32  # levels of nesting
LONGEST_KEY = 200  # characters; keeps every path short, whatever a file contains
LONGEST_NUMBER = 40  # characters; a longer run of digits is not a quantity
MOST_REFUSALS = 20  # of one document; what follows is not read

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # its parser only: nothing is constructed


def read_yaml(text: str | bytes, *, file: str) -> Document:
    """Read one document of formats, section 1; `file` names it in refusals.

    Scalars are text unless written plainly as true, false or a decimal; quoted ones are
    always text. Raises Refusals with the faults found, each with file, line and path.
    """
    reader = _Reader(file)
    try:
        data, root = reader.read(reader.decoded(text))
    except _Stop:
        raise Refusals(reader.refusals) from None
    if reader.refusals:
        raise Refusals(reader.refusals)
    return Document(data=data, file=file, root=root)


def read_yaml_file(path: Path, *, file: str) -> Document:
    """Read a document from disk without taking more of it into memory than may be accepted."""
    try:
        with path.open("rb") as stream:
            text = stream.read(LARGEST + 1)
    except OSError as fault:
        refusal = Refusal(
            code="file_unreadable",
            what=f"The file cannot be read: {fault.strerror or 'unknown fault'}.",
            valid="a readable file",
            remedy="Give the path of a readable file.",
            file=file,
        )
        raise Refusals([refusal]) from fault
    return read_yaml(text, file=file)


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Stop(Exception):  # no error: reading ends, the refusals so far stand
    pass


class _Reader:
    """Turns parser events into plain values, keeping the line and path of each."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.steps: list[str] = []
        self.refusals: list[Refusal] = []

    def decoded(self, text: str | bytes) -> str:
        """The text of the document, once its size and its encoding are accepted."""
        try:
            data = text if isinstance(text, bytes) else text[: LARGEST + 1].encode()
            if len(data) > LARGEST:
                self.stop(
                    "yaml_too_large",
                    1,
                    "The document is larger than 1 MB.",
                    valid="at most 1 MB",
                    remedy="Split it into several files.",
                )
            return data.decode("utf-8-sig")
        except UnicodeError:
            self.stop(
                "yaml_not_utf8",
                1,
                "The document is not UTF-8 text.",
                valid="UTF-8",
                remedy="Save it again as UTF-8.",
            )

    def read(self, text: str) -> tuple[Value, Place]:
        """The value of the one document in a text, and its places."""
        events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        result: tuple[Value, Place] | None = None
        try:
            for event in events:
                if isinstance(event, DocumentStartEvent):
                    self.start(event, first=result is None)
                    result = self.node(next(events), events)
        except yaml.YAMLError as fault:
            self.syntax(fault)
        if result is None:
            self.stop(
                "yaml_empty",
                1,
                "The document is empty.",
                valid="one document",
                remedy="Write at least one key.",
            )
        return result

    def start(self, event: DocumentStartEvent, *, first: bool) -> None:
        line = _line(event)
        if not first:
            self.stop(
                "yaml_several_documents",
                line,
                "A second document begins.",
                found="---",
                valid="one document",
                remedy="Give each document its own file.",
            )
        if event.tags:
            self.refuse(
                "yaml_tag",
                line,
                "Tags are not read.",
                found="%TAG",
                valid="no directive",
                remedy="Remove the directive.",
            )

    # -- nodes --------------------------------------------------------------------------------

    def node(self, event: Any, events: Iterator[Any]) -> tuple[Value, Place]:
        line = _line(event)
        self.marked(event, line)
        if isinstance(event, MappingStartEvent):
            return self.mapping(line, events)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(line, events)
        if isinstance(event, ScalarEvent):
            return self.scalar(event, line), Place(line)
        return "", Place(line)  # an alias, refused above

    def marked(self, event: NodeEvent, line: int) -> None:
        """Refuse what makes YAML more than data: aliases, anchors and tags."""
        if isinstance(event, AliasEvent):
            self.refuse(
                "yaml_anchor",
                line,
                "Aliases are not read.",
                found=f"*{event.anchor}",
                valid="a value",
                remedy="Write the value out.",
            )
        elif event.anchor:
            self.refuse(
                "yaml_anchor",
                line,
                "Anchors are not read.",
                found=f"&{event.anchor}",
                valid="a value without an anchor",
                remedy="Remove the anchor.",
            )
        tag = getattr(event, "tag", None)
        if tag:
            self.refuse(
                "yaml_tag",
                line,
                "Tags are not read.",
                found=str(tag),
                valid="a value without a tag",
                remedy="Remove the tag.",
            )

    def deeper(self, line: int) -> None:
        if len(self.steps) >= DEEPEST:
            self.stop(
                "yaml_too_deep",
                line,
                "The document is nested too deeply.",
                valid=f"at most {DEEPEST} levels",
                remedy="Write it flatter.",
            )

    def mapping(self, line: int, events: Iterator[Any]) -> tuple[Value, Place]:
        self.deeper(line)
        data: dict[str, Value] = {}
        place = Place(line)
        for event in events:
            if not isinstance(event, NodeEvent):
                break
            key_line = _line(event)
            key = self.key(event, key_line, known=data)
            self.steps.append(key)
            data[key], inside = self.node(next(events), events)
            self.steps.pop()
            place.inside[key] = Place(key_line, inside.inside)
        return data, place

    def key(self, event: Any, line: int, *, known: dict[str, Value]) -> str:
        self.marked(event, line)
        if not isinstance(event, ScalarEvent):
            self.stop(
                "yaml_key",
                line,
                "A key is not plain text.",
                valid="a short text",
                remedy="Name the key.",
            )
        key = event.value
        if (
            (not event.style and key in _NULLS)
            or not 0 < len(key) <= LONGEST_KEY
            or "\0" in key
            or key.startswith("[")
        ):
            self.stop(
                "yaml_key",
                line,
                "This is not a key.",
                found=key,
                valid=f"1 to {LONGEST_KEY} characters",
                remedy="Name the key in plain, short text.",
            )
        if key in known:
            self.refuse(
                "yaml_duplicate_key",
                line,
                f"The key {key} is given twice.",
                found=key,
                valid="each key once",
                remedy="Keep one of the two.",
            )
        return str(key)

    def sequence(self, line: int, events: Iterator[Any]) -> tuple[Value, Place]:
        self.deeper(line)
        data: list[Value] = []
        place = Place(line)
        for event in events:
            if not isinstance(event, NodeEvent):
                break
            step = f"[{len(data)}]"
            self.steps.append(step)
            value, inside = self.node(event, events)
            data.append(value)
            place.inside[step] = inside
            if isinstance(value, dict):  # facts call a release by its id and a paper by its kind
                place.inside.setdefault(str(value.get("id", value.get("kind", step))), inside)
            self.steps.pop()
        return data, place

    def scalar(self, event: ScalarEvent, line: int) -> Value:
        text: str = event.value
        if "\0" in text:
            self.refuse(
                "yaml_character",
                line,
                "The text has a null character.",
                valid="text without null characters",
                remedy="Remove it.",
            )
            return ""
        if event.style:  # quoted or block
            return text
        if text in _NULLS:
            self.refuse(
                "yaml_null",
                line,
                "There is no value here.",
                found=text,
                valid="a value, the word unknown, [] or false",
                remedy="Leave the key out, or write unknown, if it is not known.",
            )
            return ""
        if text in ("true", "false"):
            return text == "true"
        if not _NUMBER.fullmatch(text):
            return text
        if len(text) > LONGEST_NUMBER:
            self.refuse(
                "yaml_number",
                line,
                "The number is too long.",
                found=text,
                valid=f"{LONGEST_NUMBER} digits",
                remedy="Round it.",
            )
            return ""
        return Decimal(text)

    # -- refusals -----------------------------------------------------------------------------

    def refuse(
        self, code: str, line: int, what: str, *, found: str = "", valid: str = "", remedy: str = ""
    ) -> None:
        self.refusals.append(
            Refusal(
                code=code,
                what=what,
                where=join_path(self.steps),
                found=found[:80],
                valid=valid,
                remedy=remedy,
                file=self.file,
                line=line,
            )
        )
        if len(self.refusals) >= MOST_REFUSALS:
            raise _Stop

    def stop(
        self, code: str, line: int, what: str, *, found: str = "", valid: str = "", remedy: str = ""
    ) -> NoReturn:
        self.refuse(code, line, what, found=found, valid=valid, remedy=remedy)
        raise _Stop

    def syntax(self, fault: yaml.YAMLError) -> NoReturn:
        mark = getattr(fault, "problem_mark", None)
        what = getattr(fault, "problem", None) or getattr(fault, "reason", None) or "not YAML"
        line = mark.line + 1 if mark else 1
        self.stop(
            "yaml_syntax",
            line,
            f"This is not YAML: {what}.",
            valid="YAML",
            remedy="Mend the line, or quote the text.",
        )
