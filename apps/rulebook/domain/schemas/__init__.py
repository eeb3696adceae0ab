"""JSON Schemas of the formats others rely on, made from what the readers themselves go by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from apps.rulebook.domain.schemas.facts import facts_schema
from apps.rulebook.domain.schemas.golden import golden_schema
from apps.rulebook.domain.schemas.outputs import outputs_schema
from apps.rulebook.domain.schemas.rules import rules_schema

SCHEMAS: Mapping[str, Callable[[], dict[str, object]]] = {
    "facts": facts_schema,
    "golden": golden_schema,
    "outputs": outputs_schema,
    "rules": rules_schema,
}
