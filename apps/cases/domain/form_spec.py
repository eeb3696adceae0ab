"""The form of a request as it stands for one case: what is asked, given what was answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from apps.cases.domain.form_file import read_form
from apps.cases.domain.form_model import Condition, Field, Form, Option, Page, Section

_NOTHING: Mapping[str, object] = {}
ABOUT = "releases.*.what"  # its options are what the request itself names
_BLOCKS = {
    "item": "items",
    "release": "releases",
    "person": "people",
    "recipient": "people",
    "organisation": "organisations",
    "employer": "organisations",
    "host": "organisations",
    "giver": "organisations",
}
_NUMBERED = re.compile(r"^(.*?)(\d*)$")


def form_for(
    kind: str,
    *,
    answers: Mapping[str, object] = _NOTHING,
    read: Collection[str] | None = None,
    regimes: Collection[str] | None = None,
) -> Form:
    """The form with a section for each technology and way that was named, and only what matters.

    `answers` are plain values by fact path. `read` are the patterns of facts that rules in force
    read (`people.*.citizenships`) and `regimes` the regimes in force; a field that neither needs is
    left out, and so is a page without fields. None leaves nothing out on that ground.
    """
    form = read_form(kind)
    read = None if read is None else frozenset(_of_block(pattern) for pattern in read)
    technologies = _technologies(form, answers)
    pages = (_page(page, answers, technologies, read, regimes) for page in form.pages)
    return replace(form, pages=tuple(page for page in pages if page.sections))


def keys_of(block: str, first: str, answers: Mapping[str, object]) -> tuple[str, ...]:
    """The ids that answers name in a block, in order; the first one stands before any answer."""
    found = {path.split(".")[1] for path in answers if path.startswith(f"{block}.")}
    return tuple(sorted(found, key=_numbered)) or (first,)


def next_key(block: str, first: str, answers: Mapping[str, object]) -> str:
    """A fresh id for one more technology or way: `technology2`, `technology3`."""
    taken = {_numbered(key)[1] for key in keys_of(block, first, answers) if key.startswith(first)}
    return f"{first}{max(taken, default=0) + 1}"


def _of_block(pattern: str) -> str:
    """The pattern of the registry for one that a rule writes from where an exposure stands."""
    word, _, field = pattern.removeprefix("exposure.").partition(".")
    named = pattern.startswith("exposure.") and word in _BLOCKS
    return f"{_BLOCKS[word]}.*.{field}" if named else pattern


def _numbered(key: str) -> tuple[str, int]:
    match = _NUMBERED.match(key)
    word, number = match.groups() if match else (key, "")
    return word, int(number or 1)


def _page(
    page: Page,
    answers: Mapping[str, object],
    technologies: tuple[Option, ...],
    read: Collection[str] | None,
    regimes: Collection[str] | None,
) -> Page:
    needed = [
        _offering(field, technologies) for field in page.fields if _needed(field, read, regimes)
    ]
    keys = keys_of(page.block, page.first, answers) if page.block else ("",)
    sections = (Section(key, _placed(needed, key, answers)) for key in keys)
    return replace(page, sections=tuple(section for section in sections if section.fields))


def _needed(field: Field, read: Collection[str] | None, regimes: Collection[str] | None) -> bool:
    if field.regime and regimes is not None and field.regime not in regimes:
        return False
    return bool(field.always) or read is None or field.pattern in read


def _placed(fields: list[Field], key: str, answers: Mapping[str, object]) -> tuple[Field, ...]:
    placed = (_keyed(field, key) for field in fields)
    return tuple(field for field in placed if _holds(field.when, answers))


def _keyed(field: Field, key: str) -> Field:
    when = field.when and replace(field.when, path=field.when.path.replace("*", key))
    return replace(field, path=field.path.replace("*", key), when=when)


def _technologies(form: Form, answers: Mapping[str, object]) -> tuple[Option, ...]:
    """The technologies named so far, as a way can be about them."""
    first = next((page.first for page in form.pages if page.block == "items"), "")
    keys = keys_of("items", first, answers)
    return tuple(Option(key, str(answers.get(f"items.{key}.title", key))) for key in keys)


def _offering(field: Field, technologies: tuple[Option, ...]) -> Field:
    return replace(field, options=technologies) if field.pattern == ABOUT else field


def _holds(when: Condition | None, answers: Mapping[str, object]) -> bool:
    if when is None:
        return True
    answer = answers.get(when.path)
    words = {str(answer).lower()} if isinstance(answer, bool) else {str(answer)}
    return bool(words & when.words)
