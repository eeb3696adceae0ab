"""Loads a version of a list beside the active one and switches to it in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from apps.audit.domain.record import record
from apps.engine.refusal import Refusal
from apps.watchlists.domain.documents import ListDocument
from apps.watchlists.domain.rows import entry_of, names_of, words_as_json
from apps.watchlists.models import Entry, EntryName, ListSource, ListVersion


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: `changed` is False when this version was already the active one."""

    list: str
    version: str
    digest: str
    entries: int
    replaced: str
    changed: bool


@transaction.atomic
def load_list(document: ListDocument, *, by: str, at: datetime) -> Loaded:
    """Make this version the searched one; loading it again changes nothing.

    Raises Refusal empty_list, too_few_published, future_list or older_list; then the active
    version stays.
    """
    _whole(document)
    _past(document, at=at)
    source = _source(document)
    active = source.versions.filter(active=True).first()
    digest = document.digest()
    if active and active.digest == digest:
        return _loaded(document, digest=digest, replaced=active, changed=False)
    if active and document.as_of < active.as_of:
        raise _older(document, active)
    version = source.versions.filter(digest=digest).first()
    version = version or _store(document, source, digest=digest, by=by, at=at)
    source.versions.filter(active=True).update(active=False)
    source.versions.filter(pk=version.pk).update(active=True)
    done = _loaded(document, digest=digest, replaced=active, changed=True)
    record(
        subject=f"list:{document.code}",
        verb="list_activated",
        by=by,
        at=at,
        payload={
            "version": done.version,
            "digest": done.digest,
            "entries": done.entries,
            "replaced": done.replaced,
        },
    )
    return done


def _source(document: ListDocument) -> ListSource:
    """The source with its present wording, locked until the switch is done."""
    ListSource.objects.update_or_create(
        code=document.code,
        defaults={
            "title": document.title,
            "authority": document.authority,
            "legal_effect": document.legal_effect,
            "citation": document.citation,
            "refresh_days": document.refresh_days,
        },
    )
    return ListSource.objects.select_for_update().get(code=document.code)


def _store(
    document: ListDocument, source: ListSource, *, digest: str, by: str, at: datetime
) -> ListVersion:
    version = ListVersion.objects.create(
        source=source,
        version=document.version,
        digest=digest,
        as_of=document.as_of,
        read=document.read,
        licence=document.licence,
        note=document.note,
        words=words_as_json(document.words),
        entries_count=len(document.parties),
        published_entries=document.published_entries,
        loaded_at=at,
        loaded_by=by,
    )
    entries = Entry.objects.bulk_create(entry_of(party, version) for party in document.parties)
    EntryName.objects.bulk_create(names_of(entries, document), batch_size=1000)
    return version


def _whole(document: ListDocument) -> None:
    held = len(document.parties)
    if not held:
        raise Refusal(
            code="empty_list",
            what=f"{document.code} has no entry.",
            where=document.code,
            remedy="Load a version with entries; the active version stays.",
        )
    if held > document.published_entries:
        raise Refusal(
            code="too_few_published",
            what=f"{document.code} holds {held} entries, more than were published.",
            where="published_entries",
            remedy="Mend published_entries; the active version stays.",
            found=str(document.published_entries),
            valid=f"{held} or more",
        )


def _past(document: ListDocument, *, at: datetime) -> None:
    """A list of tomorrow is a wrong date, and would bar every list until then."""
    if document.as_of > at.date() + timedelta(days=1):  # it may be tomorrow where it is published
        raise Refusal(
            code="future_list",
            what=f"{document.code} is dated {document.version}, which is still to come.",
            where="as_of",
            remedy="Mend as_of; the active version stays.",
            found=document.version,
            valid=f"{at.date()} or earlier",
        )


def _older(document: ListDocument, active: ListVersion) -> Refusal:
    return Refusal(
        code="older_list",
        what=f"{document.code} of {document.version} is older than the active version.",
        where=document.code,
        remedy="Load a newer version; the active version stays.",
        found=document.version,
        valid=f"{active.version} or later",
    )


def _loaded(
    document: ListDocument, *, digest: str, replaced: ListVersion | None, changed: bool
) -> Loaded:
    return Loaded(
        list=document.code,
        version=document.version,
        digest=digest,
        entries=len(document.parties),
        replaced=replaced.digest if replaced and changed else "",
        changed=changed,
    )
