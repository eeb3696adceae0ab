"""Whether a draft says enough to be checked: who receives what, and under which names."""

from __future__ import annotations

from collections.abc import Mapping

from apps.engine.facts.types import unwrap
from apps.engine.refusal import Refusal, Refusals
from apps.screening.domain.hits import parties_of


def refuse_nameless(document: Mapping[str, object]) -> None:
    """Raise Refusals `name_missing` for every party that no list could be asked about."""
    nameless = [party.path for party in parties_of(document) if not party.name]
    if nameless:
        raise Refusals(
            Refusal(
                "name_missing",
                "The lists are searched by name, and this party has none.",
                f"{path}.name",
                "Give the name, or take the party out.",
            )
            for path in nameless
        )


def releases_named(document: Mapping[str, object]) -> int:
    """How many ways of release name who receives what."""
    releases = document.get("releases")
    return sum(
        1
        for release in (releases if isinstance(releases, list) else [])
        if all(_given(release.get(field)) for field in ("who", "what"))
    )


def _given(raw: object) -> bool:
    plain, _, _ = unwrap(raw)
    return bool(plain) and plain != "unknown"
