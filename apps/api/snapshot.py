"""The OpenAPI document as a file: drawn from the endpoints, kept beside them, compared."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

# The library carries no types.
Generator: Any = SchemaGenerator
Renderer: Any = OpenApiYamlRenderer
SNAPSHOT = Path(__file__).with_name("schema.yaml")


@cache
def drawn() -> dict[str, Any]:
    """The document as the endpoints now promise it."""
    document: dict[str, Any] = Generator().get_schema(request=None, public=True)
    return document


def written() -> str:
    """The same as text, for the file."""
    text: bytes = Renderer().render(drawn(), renderer_context={})
    return text.decode("utf-8")


def drift(file: Path = SNAPSHOT) -> str:
    """The first line in which the file and the endpoints differ; empty when they agree."""
    kept = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    now = written().splitlines()
    for number, (was, is_now) in enumerate(zip([*kept, ""], [*now, ""], strict=False), start=1):
        if was != is_now:
            return f"line {number}: the file says {was.strip()!r}, the endpoints {is_now.strip()!r}"
    return ""
