"""Loads an edition into the database: all of its rows, its digest and the event, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from apps.audit.domain.record import record
from apps.engine.edition import compile_edition
from apps.engine.refusal import Refusal, Refusals
from apps.engine.rows import Rows
from apps.rulebook.domain.days import read_day, year_after
from apps.rulebook.domain.stored import to_stored
from apps.rulebook.models import Edition, EditionRow

BATCH = 1000


@transaction.atomic
def load_edition(
    rows: Rows,
    *,
    id: str,  # noqa: A002  the edition's own word
    by: str,
    at: datetime,
    since: date | None = None,
    publish: bool = True,
) -> Edition:
    """Keep the rows as edition `id`, deciding from the day `since` (of `at` if not given).

    Loading the same rows under the same id again changes nothing, unless it is to be published
    now. Raises Refusal `edition_exists` where the id stands for other rows, and Refusals for rules
    that cannot be compiled or whose review lies too far ahead.
    """
    edition = Edition.objects.select_for_update().filter(name=id).first()
    if edition is None:
        first = since or at.date()
        _check(rows, id=id, on=first, at=at)
        edition = _keep(rows, id=id, by=by, at=at, since=first)
    elif edition.digest != rows.digest():
        raise _other_rows(edition, rows)
    if publish and edition.published_at is None:
        _publish(edition, by=by, at=at)
    return edition


def _keep(rows: Rows, *, id: str, by: str, at: datetime, since: date) -> Edition:  # noqa: A002
    edition = Edition.objects.create(
        name=id, digest=rows.digest(), in_force_from=since, loaded_at=at, loaded_by=by
    )
    kept = EditionRow.objects.bulk_create(_stored(edition, rows), batch_size=BATCH)
    told = {"digest": edition.digest, "in_force_from": since.isoformat(), "rows": len(kept)}
    record(subject=f"edition:{id}", verb="edition_loaded", by=by, at=at, payload=told)
    return edition


def _publish(edition: Edition, *, by: str, at: datetime) -> None:
    """From now on it decides, once its first day has come."""
    edition.published_at, edition.published_by = at, by
    edition.save(update_fields=["published_at", "published_by"])
    told = {"digest": edition.digest, "in_force_from": edition.in_force_from.isoformat()}
    subject = f"edition:{edition.name}"
    record(subject=subject, verb="edition_published", by=by, at=at, payload=told)


def _other_rows(known: Edition, rows: Rows) -> Refusal:
    return Refusal(
        code="edition_exists",
        what=f"The edition {known.name} is loaded already, with other rows.",
        where="id",
        found=rows.digest(),
        valid=known.digest,
        remedy="An edition never changes: give the new rows an id of their own.",
    )


def _stored(edition: Edition, rows: Rows) -> Iterator[EditionRow]:
    for row in to_stored(rows):
        yield EditionRow(
            edition=edition,
            table=row.table,
            place=row.place,
            key=row.key,
            body=row.body,
            since=row.since,
            before=row.before,
        )


def _check(rows: Rows, *, id: str, on: date, at: datetime) -> None:  # noqa: A002
    compile_edition(rows, id=id, on=on)
    late = list(_reviewed_too_late(rows, at=at))
    if late:
        raise Refusals(late)


def _reviewed_too_late(rows: Rows, *, at: datetime) -> Iterator[Refusal]:
    """Law that stands open is reviewed within twelve months of its loading."""
    latest = year_after(at.date())
    for rule in rows.rules:
        review = read_day(str(rule.document.get("review_by", "")))
        if review is not None and review > latest:
            yield Refusal(
                code="review_too_far",
                what=f"{rule.id} is to be reviewed more than twelve months ahead.",
                where="review_by",
                found=review.isoformat(),
                valid=f"at most {latest.isoformat()}",
                remedy="Name an earlier day.",
                file=rule.file,
                line=rule.line,
            )
