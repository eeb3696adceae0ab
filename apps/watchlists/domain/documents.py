"""A restricted-party list as facts: one dated version of it, before it is loaded or searched."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from apps.watchlists.domain.names import Words


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of a list. `all_items` None: the entry does not say, so a person reads it."""

    party_id: str
    name: str
    kind: str
    countries: tuple[str, ...]
    aliases: tuple[str, ...]
    programme: str
    citation: str
    requirement: str
    policy: str
    all_items: bool | None


@dataclass(frozen=True, slots=True)
class ListDocument:
    """One version of one list: what it is, as of when, where it was read, and its entries."""

    code: str
    title: str
    authority: str
    legal_effect: str
    citation: str
    refresh_days: int
    as_of: date
    published_entries: int
    read: str
    licence: str
    note: str
    words: Words
    parties: tuple[ListedParty, ...]

    @property
    def version(self) -> str:
        """The name of the version: the day the publisher's list stood like this."""
        return self.as_of.isoformat()

    def digest(self) -> str:
        """sha256 over entries, date and words, whatever the order of the entries."""
        whole = {
            "list": self.code,
            "as_of": self.version,
            "published_entries": self.published_entries,
            "words": asdict(self.words),
            "parties": sorted((asdict(party) for party in self.parties), key=_by_party),
        }
        text = json.dumps(whole, sort_keys=True, ensure_ascii=False)
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _by_party(party: dict[str, object]) -> str:
    return str(party["party_id"])
