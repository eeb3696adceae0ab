"""Say an event in a plain sentence, in the words of the table of verbs."""

from __future__ import annotations

from collections.abc import Mapping

from apps.audit.domain.canon import Json
from apps.audit.domain.entry import Entry
from apps.audit.domain.verbs import verb_named

SOMEBODY = "Somebody"
SYSTEM = "The system"
NO_NAMES: Mapping[str, str] = {}


def sentence(entry: Entry, *, names: Mapping[str, str] = NO_NAMES) -> str:
    """What happened, in one sentence of British English with its reason, if one was given.

    `names` gives the name to show for `user:PUBLIC_ID`; without one the person stays unnamed.
    Raises Refusal `unknown_verb`: an event nobody can tell is a fault, not a blank line.
    """
    deed = verb_named(entry.verb)
    words = {key: _word(entry.payload.get(key)) for key in deed.needs}
    told = deed.sentence.format_map({**words, "by": _actor(entry.by, names)})
    reason = entry.payload.get("reason")
    return f"{told}. Reason: {reason}" if reason else f"{told}."


def _actor(by: str, names: Mapping[str, str]) -> str:
    return names.get(by, SYSTEM if by.startswith("system:") else SOMEBODY)


def _word(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(_word(part) for part in value)
    return str(value).replace("_", " ")
