"""How often somebody may try to sign in: per address, and per account from anywhere."""

from __future__ import annotations

import hashlib

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class ByAddress(SimpleRateThrottle):
    """Attempts from one network address, whoever they are for."""

    scope = "sign_in_address"
    rate = "30/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """One counter for one address."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class ByAccount(SimpleRateThrottle):
    """Attempts on one account, wherever they come from."""

    scope = "sign_in_account"
    rate = "5/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """One counter for one e-mail address; kept as a digest, since caches are read by others."""
        data = request.data if isinstance(request.data, dict) else {}
        email = str(data.get("email", "")).strip().lower()
        digest = hashlib.sha256(email.encode("utf-8", "surrogatepass")).hexdigest()
        return self.cache_format % {"scope": self.scope, "ident": digest}
