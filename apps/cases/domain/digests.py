"""Digests of answers for the history: they prove a value without telling it."""

from __future__ import annotations

import hashlib
import hmac
import json

from apps.cases.exact import ExactEncoder
from apps.cases.models import Case


def answer_digest(case: Case, path: str, value: object) -> str:
    """Keyed digest of an answer, 32 hexadecimal digits.

    The key is the secret of the case: without it a country or a date could be found by trying them
    all, and once it is destroyed with the case, what history keeps tells nothing about a person.
    """
    written = json.dumps([path, value], cls=ExactEncoder, sort_keys=True, ensure_ascii=False)
    return hmac.new(case.salt.encode(), written.encode(), hashlib.sha256).hexdigest()[:32]
