"""What one verb of history says: of what kind of subject, with what payload, in what sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.audit.domain.canon import Json
from apps.engine.refusal import Refusal

Shape = Mapping[str, type]


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb as history knows it; the sentence may name `by` and every key of `needs`."""

    verb: str
    of: str
    sentence: str
    needs: Shape = field(default_factory=dict)
    may: Shape = field(default_factory=dict)


def check_payload(deed: Deed, *, subject: str, payload: Json) -> dict[str, Json]:
    """The payload of an event, if it is what the verb says.

    Raises Refusal `wrong_subject` for another kind of subject, `payload_shape` for a key that is
    missing, unknown or of another type; only a key that may be absent may be null.
    """
    kind = subject.partition(":")[0]
    if kind != deed.of:
        raise Refusal("wrong_subject", f"{deed.verb} is told of a {deed.of}.", found=subject)
    if not isinstance(payload, dict):
        raise _misshapen(deed, "payload", found=type(payload).__name__)
    for key in sorted({*deed.needs, *payload}):
        _check_key(deed, key, payload)
    return payload


def _check_key(deed: Deed, key: str, payload: Mapping[str, Json]) -> None:
    if key not in payload:
        raise _misshapen(deed, key, found="nothing")
    value = payload[key]
    wanted = deed.needs.get(key) or deed.may.get(key)
    if wanted is None:
        raise _misshapen(deed, key, found="a key the verb does not know")
    if value is None and key in deed.may:
        return
    if type(value) is not wanted:
        raise _misshapen(deed, key, found=type(value).__name__)


def _misshapen(deed: Deed, key: str, *, found: str) -> Refusal:
    needs = ", ".join(f"{name}: {kind.__name__}" for name, kind in deed.needs.items())
    may = ", ".join(f"[{name}: {kind.__name__}]" for name, kind in deed.may.items())
    return Refusal(
        code="payload_shape",
        what=f"The payload of {deed.verb} is not what history keeps of it.",
        where=key,
        found=found,
        valid=", ".join(part for part in (needs, may) if part) or "an empty mapping",
        remedy="Correct the payload, or the table of verbs if the deed has changed.",
    )
