"""Makes names comparable: case, accents, punctuation, articles, legal forms and word order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´"))
BRACKETED = re.compile(r"\s*\(([^()]{2,20})\)")
ABBREVIATION = re.compile(r"[A-Z][A-Z0-9-]+(?: \d+)?")


@dataclass(frozen=True, slots=True)
class Words:
    """Words that carry no identity; each version of a list is normalised with its own."""

    articles: tuple[str, ...] = ()
    connectives: tuple[str, ...] = ()
    legal_forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """A name as it is compared: letter by letter, without dress, and in any order of words."""

    exact: str
    plain: str
    ordered: str


def keys_of(name: str, words: Words) -> Keys:
    """The keys of a name; `plain` is empty when nothing in it can be searched for."""
    tokens = _without(tokens_of(name), words.articles)
    bare = _without_forms(tokens, _forms(words))
    ordered = sorted(_without(bare, words.connectives))
    return Keys(exact=exact_form(name), plain=" ".join(bare), ordered=" ".join(ordered))


def exact_form(name: str) -> str:
    """The name letter by letter: NFKC, case folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def tokens_of(name: str) -> tuple[str, ...]:
    """Letters and digits only, accents of Latin letters dropped, initials run together."""
    folded = _without_accents(unicodedata.normalize("NFKC", name).casefold())
    text = folded.translate(APOSTROPHES).replace("&", " and ")
    spaced = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in text)
    return _joined_initials(spaced.split())


def spellings_of(name: str) -> tuple[str, ...]:
    """The name, the name without an abbreviation in brackets, and that abbreviation.

    An abbreviation in the middle, or behind a comma and the name of a parent, is no name of the
    whole.
    """
    whole, short = without_abbreviation(name)
    ends = name.rstrip(" .,").endswith(f"({short})")
    of_all = ends and ("," not in whole or whole[0].casefold() == short[0].casefold())
    return tuple(dict.fromkeys(text for text in (name, whole, short if of_all else "") if text))


def without_abbreviation(name: str) -> tuple[str, str]:
    """From "Beijing Institute (BI)": the name without it, and BI; two empty texts if none."""
    for found in BRACKETED.finditer(name):
        if ABBREVIATION.fullmatch(found[1]) and name[: found.start()].strip():
            return (name[: found.start()] + name[found.end() :]).strip(" ,"), found[1]
    return "", ""


def _without_accents(text: str) -> str:
    kept: list[str] = []
    base = ""
    for sign in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(sign):
            base = sign
        elif base.isascii() and base.isalpha():
            continue
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def _joined_initials(tokens: list[str]) -> tuple[str, ...]:
    joined: list[str] = []
    run = False
    for token in tokens:
        single = len(token) == 1 and token.isalpha()
        if single and run:
            joined[-1] += token
        else:
            joined.append(token)
        run = single
    return tuple(joined)


def _without(tokens: tuple[str, ...], dropped: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens left, or all of them when none would be."""
    return tuple(token for token in tokens if token not in dropped) or tokens


@lru_cache(maxsize=32)
def _forms(words: Words) -> tuple[tuple[str, ...], ...]:
    forms = {tokens_of(form) for form in words.legal_forms} - {()}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _without_forms(tokens: tuple[str, ...], forms: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Legal forms cut off at both ends, longest first, as long as something stays."""
    while True:
        shorter = next((cut for form in forms if (cut := _cut(tokens, form))), None)
        if shorter is None:
            return tokens
        tokens = shorter


def _cut(tokens: tuple[str, ...], form: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens without this form at an end; empty when it stands at none or is all there is."""
    if tokens[-len(form) :] == form:
        return tokens[: -len(form)]
    return tokens[len(form) :] if tokens[: len(form)] == form else ()
