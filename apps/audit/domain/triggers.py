"""The triggers of append-only tables in the two dialects, as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# What the stored trigger must equal: on PostgreSQL its function's body, while it is switched on.
FIND = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT c.relname, t.tgname, p.prosrc FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        " AND c.relnamespace = current_schema()::regnamespace"
    ),
}
FUNCTION = "audit_keep_rows"
BODY = (
    " BEGIN RAISE EXCEPTION '% keeps its rows', TG_TABLE_NAME"
    " USING ERRCODE = 'restrict_violation'; END "
)
CREATE_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
)


@dataclass(frozen=True, slots=True)
class Guard:
    """A guarded table: what identifies its rows, and whether they may change."""

    table: str
    keys: tuple[tuple[str, ...], ...]
    moving: bool

    @classmethod
    def of(cls, model: type[models.Model], *, moving: bool) -> Guard:
        """The guard of a model. Raises ValueError for a unique constraint no trigger can see."""
        return cls(model._meta.db_table, tuple(_unique_columns(model)), moving)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: where, under which name, the statement that makes it, and how it is known."""

    table: str
    name: str
    sql: str
    body: str
    before: tuple[str, ...] = ()


def wanted(guard: Guard, *, vendor: str) -> Iterator[Trigger]:
    """The triggers of a table in the dialect of a database."""
    dialect = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[vendor]
    return dialect(guard)


def drop(trigger: Trigger) -> str:
    """The statement that takes a trigger away, whichever database it is on."""
    return f'DROP TRIGGER IF EXISTS "{trigger.name}"' + (
        f' ON "{trigger.table}"' if trigger.before else ""
    )


def found(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """What identifies each trigger that is there and switched on, by table and name."""
    with connection.cursor() as cursor:
        cursor.execute(FIND[connection.vendor])
        return {(table, name): body for table, name, body in cursor.fetchall()}


def _on_sqlite(guard: Guard) -> Iterator[Trigger]:
    deeds = ("DELETE",) if guard.moving else ("UPDATE", "DELETE")
    for deed in deeds:
        yield _sqlite_trigger(guard, deed, when="")
    # INSERT OR REPLACE removes the old row without firing a delete trigger.
    same = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")"
        for key in guard.keys
    )
    held = f'SELECT 1 FROM "{guard.table}" WHERE {same}'  # noqa: S608  names of our own tables
    yield _sqlite_trigger(guard, "INSERT", when=f" WHEN EXISTS ({held})")


def _sqlite_trigger(guard: Guard, deed: str, *, when: str) -> Trigger:
    name = f"{guard.table}_no_{deed.lower() if deed != 'INSERT' else 'replace'}"
    sql = (
        f'CREATE TRIGGER "{name}" BEFORE {deed} ON "{guard.table}"{when}'
        f" BEGIN SELECT RAISE(ABORT, '{guard.table} keeps its rows'); END"
    )
    return Trigger(guard.table, name, sql, body=sql)


def _on_postgresql(guard: Guard) -> Iterator[Trigger]:
    deeds = {"delete": "ROW", "truncate": "STATEMENT"} | ({} if guard.moving else {"update": "ROW"})
    for deed, each in deeds.items():
        name = f"{guard.table}_no_{deed}"
        sql = (
            f'CREATE TRIGGER "{name}" BEFORE {deed.upper()} ON "{guard.table}"'
            f" FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
        )
        yield Trigger(guard.table, name, sql, body=BODY, before=(CREATE_FUNCTION,))


def _unique_columns(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    fields = model._meta.concrete_fields
    columns = {field.name: str(field.column) for field in fields}
    yield from ((columns[field.name],) for field in fields if field.unique)
    for together in model._meta.unique_together:
        yield tuple(columns[name] for name in together)
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        if constraint.condition is not None or constraint.expressions:
            raise ValueError(f"{constraint.name} of {model._meta.label} cannot be guarded")
        yield tuple(columns[name] for name in constraint.fields)
