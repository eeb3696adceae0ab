"""What a request asks: by whom, at which moment, with which shape, version and idempotency key."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated
from rest_framework.fields import ListField
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.domain.idempotency import Answer, answer_once, digest_of
from apps.api.fields import Strict
from apps.engine.refusal import Refusal

if TYPE_CHECKING:
    from apps.accounts.models import User

ENTITY_TAG = re.compile(r'(?:W/)?"(\d{1,9})"')


def person_of(request: Request) -> User:
    """Who asks; raises NotAuthenticated for nobody, should an endpoint forget its gate."""
    person = request.user
    if not isinstance(person, AbstractBaseUser):
        raise NotAuthenticated
    return person


def moment() -> datetime:
    """The instant of a request: the one place where the API looks at the clock."""
    return timezone.now()


def day_of(at: datetime) -> date:
    """The day whose law and duties count, read off a moment as verbs and pages do."""
    return at.date()


def read_body(shape: type[Strict], request: Request) -> dict[str, Any]:
    """The body in its shape; raises ValidationError or Refusal."""
    return _read(shape, request.data)


def read_query(shape: type[Strict], request: Request) -> dict[str, Any]:
    """The query parameters in their shape; a parameter given twice is a list."""
    lists = {name for name, held in shape().fields.items() if isinstance(held, ListField)}
    asked = {
        name: values if name in lists or len(values) > 1 else values[0]
        for name, values in request.query_params.lists()
    }
    return _read(shape, asked)


def asked_version(request: Request, given: dict[str, Any]) -> int:
    """The version a change builds on, from If-Match or the field `version`.

    Raises Refusal version_required, bad_version (unreadable, or the two differ).
    """
    header, field = request.headers.get("If-Match"), given.get("version")
    if header is None and field is None:
        raise Refusal(
            "version_required",
            "Say which version of the case you saw, so that nobody's work is overwritten.",
            where="version",
            remedy='Send `If-Match: "VERSION"` or the field `version`, as read from the case.',
        )
    tag = ENTITY_TAG.fullmatch(header.strip()) if header is not None else None
    if header is None and field is not None:
        return int(field)
    if tag is None or (field is not None and int(tag[1]) != field):
        raise Refusal(
            "bad_version",
            "If-Match does not name one version.",
            where="If-Match",
            found=str(header)[:40],
            valid='"3"',
        )
    return int(tag[1])


def once(request: Request, act: Callable[[], Response], *, at: datetime) -> Response:
    """Do what a request asks, and only once for one idempotency key of one person."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return act()
    answer = answer_once(
        lambda: _answer(act()), user=person_of(request), key=key, digest=_digest(request), at=at
    )
    headers = {**answer.headers, **({"Idempotency-Replayed": "true"} if answer.replayed else {})}
    return Response(answer.body, status=answer.status, headers=headers)


def _read(shape: type[Strict], data: object) -> dict[str, Any]:
    form = shape(data=data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def _answer(response: Response) -> Answer:
    kept = {name: value for name, value in response.headers.items() if name in ("ETag", "Location")}
    body = json.loads(json.dumps(response.data, default=str))
    return Answer(status=response.status_code, body=body, headers=kept)


def _digest(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, default=str)
    parts = (
        request.method or "",
        request.get_full_path(),
        request.headers.get("If-Match", ""),
        body,
    )
    return digest_of(*(part.encode("utf-8", "surrogatepass") for part in parts))
