"""What the demo files say, as data: the university, its people, and requests with their steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from apps.engine.lifecycle import Role
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.document import Document, Value
from apps.rulebook.domain.reading import read_yaml_file

_DAY: Final = re.compile(r"today(?:([+-])(\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demo, with the offices where they hold a role."""

    id: str
    email: str
    name: str
    unit: str
    roles: tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One deed in the life of a request; `said` are the words that go with it."""

    do: str
    by: str
    days_ago: int
    said: dict[str, str]
    questions: tuple[tuple[str, str, str], ...]  # fact, text, why


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """One request: who asks, what is answered, and what happens to it."""

    title: str
    summary: str
    owner: str
    opened_by: str
    days_ago: int
    facts: dict[str, Value]
    steps: tuple[Step, ...]


def read_top(folder: Path, name: str, kind: str, refusals: list[Refusal]) -> Block:
    """The mapping of a demo file. Raises Refusals where it cannot be read."""
    document: Document = read_yaml_file(folder / name, file=name)
    top = Block.of(document, refusals)
    top.text("format", choices=(kind,))
    return top


def read_people(top: Block) -> tuple[DemoPerson, ...]:
    """The people of the university file."""
    return tuple(_person(block) for block in top.blocks("people"))


def read_requests(folder: Path) -> tuple[DemoRequest, ...]:
    """The requests of a demo folder. Raises Refusals naming every fault."""
    refusals: list[Refusal] = []
    top = read_top(folder, "requests.yaml", "demo-requests/1", refusals)
    top.only(("format", "requests"))
    requests = tuple(_request(block) for block in top.blocks("requests"))
    if refusals:
        raise Refusals(refusals)
    return requests


def dated(value: Value, today: date) -> Value:
    """A value with `today+14` and the like replaced by the day that is meant."""
    if isinstance(value, dict):
        return {key: dated(part, today) for key, part in value.items()}
    if isinstance(value, list):
        return [dated(part, today) for part in value]
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    days = int(match[2] or 0)
    return (today + timedelta(days=-days if match[1] == "-" else days)).isoformat()


def _person(block: Block) -> DemoPerson:
    block.only(("id", "email", "name"), ("unit", "roles"))
    roles = []
    for held in block.blocks("roles"):
        held.only(("role", "office"))
        role = held.text("role", choices=tuple(Role))
        roles.append((Role(role or Role.AUDITOR), held.text("office")))
    return DemoPerson(
        block.text("id"), block.text("email"), block.text("name"), block.text("unit"), tuple(roles)
    )


def _request(block: Block) -> DemoRequest:
    block.only(("title", "summary", "owner", "days_ago", "facts", "steps"), ("opened_by",))
    return DemoRequest(
        title=block.text("title"),
        summary=block.text("summary"),
        owner=block.text("owner"),
        opened_by=block.text("opened_by") or block.text("owner"),
        days_ago=block.count("days_ago") or 0,
        facts=block.block("facts").data,
        steps=tuple(_step(step) for step in block.blocks("steps")),
    )


def _step(block: Block) -> Step:
    words = ("reason", "text", "decision", "until")
    block.only(("do", "by", "days_ago"), (*words, "questions"))
    asked = tuple(
        (question.text("fact"), question.text("text"), question.text("why"))
        for question in block.blocks("questions")
    )
    said = {word: block.text(word) for word in words if word in block.data}
    return Step(block.text("do"), block.text("by"), block.count("days_ago") or 0, said, asked)
