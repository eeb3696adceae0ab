"""Reads a form from its file and refuses whatever the registry of facts does not know."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from apps.cases.domain.form_model import Condition, Control, Field, Form, Option, Page, Section
from apps.engine.facts import FactSpec, shapes, spec_for
from apps.engine.facts.types import (
    Country,
    Day,
    FactType,
    Flag,
    Identifier,
    Number,
    OneOf,
    Quantity,
    Text,
)
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.reading import read_yaml_file

FORMS: Final = Path(__file__).resolve().parents[3] / "fixtures" / "forms"
RECORD_PATHS: Final = ("case.title", "case.summary")
_TEXTS: Final = ("hint", "example", "always", "regime")
_BY_TYPE: Final[dict[type[FactType], Control]] = {
    Flag: Control.YES_NO,
    OneOf: Control.ONE_OF,
    Identifier: Control.ONE_OF,
    Country: Control.COUNTRY,
    Day: Control.DAY,
    Number: Control.NUMBER,
    Quantity: Control.QUANTITY,
    shapes.Entry: Control.ENTRY,
    shapes.Nationalities: Control.DATED_COUNTRIES,
    Text: Control.TEXT,
}
_BY_MEMBER: Final[dict[type[FactType], Control]] = {
    OneOf: Control.MANY_OF,
    Identifier: Control.MANY_OF,
    Country: Control.COUNTRIES,
    Text: Control.LINES,
}
_CHOSEN: Final = {Control.ENTRY: Control.ONE_OF, Control.LINES: Control.MANY_OF}
_WINDOW: Final = {shapes.WINDOW.kind: Control.WINDOW}
_SEVERAL: Final = {
    shapes.AFFILIATION.kind: Control.AFFILIATIONS,
    shapes.FUNDER.kind: Control.FUNDERS,
    shapes.OWNER.kind: Control.OWNERS,
}


@cache
def read_form(kind: str) -> Form:
    """The form of a kind of request with one section a page; read once.

    Raises Refusals for a field that is no fact, an option the fact does not have, a condition on
    something that is not asked before.
    """
    name = f"{kind}.yaml"
    return form_of_file(FORMS / name, file=name)


def form_of_file(path: Path, *, file: str) -> Form:
    """The form in a file; see `read_form`."""
    refusals: list[Refusal] = []
    top = Block.of(read_yaml_file(path, file=file), refusals)
    top.only(("format", "kind", "title", "pages"))
    top.text("format", choices=("form/1",))
    pages = tuple(_page(block) for block in top.blocks("pages"))
    _refuse_unasked_conditions(top, pages)
    if refusals:
        raise Refusals(refusals)
    return Form(top.text("kind"), top.text("title"), pages)


def control_of(spec: FactSpec, *, long: bool = False) -> Control | None:
    """How a fact is answered; None if no form can ask for it."""
    kind = spec.type
    if long:
        return Control.LONG_TEXT if isinstance(kind, Text) else None
    if isinstance(kind, shapes.Record):
        return _WINDOW.get(kind.kind)
    if not isinstance(kind, shapes.ListOf):
        return _BY_TYPE.get(type(kind))
    member = kind.of
    return (
        _SEVERAL.get(member.kind)
        if isinstance(member, shapes.Record)
        else _BY_MEMBER.get(type(member))
    )


def _page(block: Block) -> Page:
    block.only(("id", "title", "lead", "fields"), ("of", "first", "more"))
    fields = tuple(_field(field) for field in block.blocks("fields"))
    return Page(
        slug=block.text("id"),
        title=block.text("title"),
        lead=block.text("lead"),
        sections=(Section("", fields),),
        block=block.text("of", choices=("items", "releases")),
        first=block.text("first"),
        more=block.text("more"),
    )


def _field(block: Block) -> Field:
    block.only(("path", "label"), (*_TEXTS, "choices", "when", "long"))
    path, long = block.text("path"), block.flag("long")
    options = tuple(_option(option) for option in block.blocks("choices"))
    when = _condition(block.block("when")) if "when" in block.data else None
    label, (hint, example, always, regime) = block.text("label"), map(block.text, _TEXTS)
    if path in RECORD_PATHS:
        control = Control.LONG_TEXT if long else Control.TEXT
        return Field(path, control, label, hint, example, always=always)
    spec, found = _spec(block, path), None
    if spec is not None:
        found = control_of(spec, long=long)
        _refuse_wrong_options(block, spec, options)
        found = _CHOSEN.get(found, found) if options and found is not None else found
    if spec is None or found is None:
        block.refuse("not_askable", "No form can ask for this.", key="path", found=path)
        return Field(path, Control.TEXT, label)
    return Field(
        path, found, label, hint, example, options,
        why=spec.why, legal_basis=spec.legal_basis, privacy=spec.privacy, unit=spec.unit,
        pattern=spec.pattern, regime=regime, when=when, always=always,
    )  # fmt: skip


def _spec(block: Block, path: str) -> FactSpec | None:
    spec = spec_for(path.replace("*", "x"))
    if spec is not None and spec.asked_of == "office":
        block.refuse("asked_of_office", "Only the office settles this.", key="path", found=path)
    return spec


def _option(block: Block) -> Option:
    block.only(("value", "label"), ("hint",))
    return Option(block.text("value"), block.text("label"), block.text("hint"))


def _condition(block: Block) -> Condition:
    block.only(("path", "is"))
    return Condition(block.text("path"), frozenset(block.texts("is")))


def _refuse_wrong_options(block: Block, spec: FactSpec, options: tuple[Option, ...]) -> None:
    known, given = set(spec.values), {option.value for option in options}
    if known and known != given:
        valid = ", ".join(spec.values)
        block.refuse(
            "wrong_options", "These are not the words of the fact.", key="choices", valid=valid
        )


def _refuse_unasked_conditions(top: Block, pages: tuple[Page, ...]) -> None:
    asked: set[str] = set()
    for page in pages:
        for field in page.fields:
            if field.when is not None and field.when.path not in asked:
                top.refuse(
                    "unasked_condition",
                    "This depends on something that is not asked before.",
                    key="pages",
                    found=f"{field.path} on {field.when.path}",
                )
            asked.add(field.path)
