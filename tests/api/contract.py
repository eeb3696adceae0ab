"""A client that holds every answer against the OpenAPI document."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from rest_framework.test import APIClient

from apps.api.snapshot import SNAPSHOT

UNDECLARED = {405, 406}  # said of every address alike


@cache
def document() -> dict[str, Any]:
    """The committed document."""
    return yaml.load(SNAPSHOT.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def validator(path: str, method: str, status: str, media: str) -> Draft202012Validator:
    """What the document promises for one answer; KeyError where it promises nothing."""
    operation = document()["paths"][path][method]
    schema = operation["responses"][status]["content"][media]["schema"]
    return Draft202012Validator({**schema, "components": document()["components"]})


def hold_to_contract(response: Any) -> None:
    """Assert that an answer is what the document says."""
    method = response.request["REQUEST_METHOD"].lower()
    if response.status_code in UNDECLARED or method == "head":
        return
    path = "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", response.resolver_match.route)
    if path not in document()["paths"]:
        return
    media = response.headers["Content-Type"]
    validator(path, method, str(response.status_code), media).validate(response.json())


class ContractClient(APIClient):
    """An API client whose every answer is held against the document."""

    def request(self, **kwargs: Any) -> Any:
        """Ask, and check the answer."""
        response = super().request(**kwargs)
        hold_to_contract(response)
        return response
