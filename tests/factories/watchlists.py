"""Lists for tests: documents as they come from files, with few invented parties."""

from __future__ import annotations

from datetime import date

import factory

from apps.watchlists.domain.documents import ListDocument, ListedParty
from apps.watchlists.domain.names import Words

WORDS = Words(articles=("the",), connectives=("of",), legal_forms=("ltd",))


class PartyFactory(factory.Factory):
    """One invented listed organisation."""

    class Meta:
        model = ListedParty

    party_id = factory.Sequence(lambda number: f"party-{number}")
    name = factory.Sequence(lambda number: f"University of Nowhere {number}")
    kind = "organisation"
    countries = ("XA",)
    aliases: tuple[str, ...] = ()
    programme = ""
    citation = "1 FR 1"
    requirement = "all items subject to the EAR"
    policy = "presumption of denial"
    all_items = True


class DocumentFactory(factory.Factory):
    """One invented list with two parties."""

    class Meta:
        model = ListDocument

    code = "XA-LIST"
    title = "A list"
    authority = "An authority"
    legal_effect = "A licence is needed"
    citation = "1 CFR 1"
    refresh_days = 1
    as_of = date(2026, 7, 31)
    published_entries = 2
    read = "an invented list"
    licence = "public domain"
    note = ""
    words = WORDS
    parties = factory.LazyFunction(
        lambda: (
            PartyFactory(party_id="north", name="University of the North", aliases=("UNorth",)),
            PartyFactory(party_id="south", name="Southern Institute (SI)", all_items=None),
        )
    )
