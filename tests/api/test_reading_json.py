"""What the API takes for JSON, and what it refuses with which code."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.api.parsing import DEEPEST, LARGEST, read_json
from apps.engine.refusal import Refusal

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**29), 10**29)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
)
DOCUMENTS = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner), max_leaves=20
)


@given(DOCUMENTS)
def test_whatever_json_writes_is_read_back(document: object) -> None:
    assert read_json(json.dumps(document).encode()) == document


def test_a_fraction_stays_exact() -> None:
    assert read_json(b'{"share": 60.10}') == {"share": Decimal("60.10")}


def test_brackets_inside_texts_are_not_nesting() -> None:
    text = "[" * 500 + '\\"' + "{" * 500
    assert read_json(json.dumps([text]).encode()) == [text]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "malformed_json"),
        (b"{", "malformed_json"),
        (b'{"a": 1,}', "malformed_json"),
        (b"\xff\xfe", "malformed_json"),
        (b'{"a": "\xc3"}', "malformed_json"),
        (b'{"a": "tab\tinside"}', "malformed_json"),
        (b'"' + b"\\" * 9, "malformed_json"),
        (b'{"a": 1, "a": 2}', "repeated_key"),
        (b'{"a": {"b": 1, "c": 2, "b": 1}}', "repeated_key"),
        (b"NaN", "not_a_plain_number"),
        (b"[-Infinity]", "not_a_plain_number"),
        (b"[1e9]", "not_a_plain_number"),
        (b"[1E-400]", "not_a_plain_number"),
        (b"[" + b"9" * 5000 + b"]", "not_a_plain_number"),
        (b'["\\u0000"]', "forbidden_character"),
        (b'{"\\u0000": 1}', "forbidden_character"),
        (b'["\\ud800"]', "forbidden_character"),
        (b"[" * (DEEPEST + 1), "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b" " * (LARGEST + 1), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:24]),
)
def test_it_refuses_what_cannot_be_kept_or_meant(body: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_json(body)
    assert refused.value.code == code


def test_a_repeated_key_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        read_json(b'{"version": 1, "version": 2}')
    assert refused.value.where == "version"


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_refusal(body: bytes) -> None:
    with suppress(Refusal):
        read_json(body)
