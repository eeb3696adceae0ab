"""An edition of the law as it stands on one day: its tables, and the rules in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from apps.engine.facts.types import Vocabulary
from apps.engine.law import Law, index_rows, vocabulary_of
from apps.engine.rows import CharterRow, Rows
from apps.engine.rules import Rule, parse_rules


@dataclass(eq=False)
class Edition:
    """The law of one edition on one day. `id` names it, `digest` proves it."""

    id: str
    rows: Rows
    law: Law
    rules: tuple[Rule, ...]
    charters: tuple[CharterRow, ...]
    _siblings: dict[date, Edition] = field(default_factory=dict, repr=False)
    _read: dict[int, Rule] = field(default_factory=dict, repr=False)  # rules by their row

    @property
    def on(self) -> date:
        """The day it stands for."""
        return self.law.on

    @property
    def digest(self) -> str:
        """The digest of all rows, whatever the day."""
        return self.rows.digest()

    @cached_property
    def regimes(self) -> tuple[str, ...]:
        """The regimes this edition has rules for, in order of name."""
        return tuple(sorted({rule.regime for rule in self.rules}))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The codes a fact may use under this edition."""
        return vocabulary_of(self.rows)

    def at(self, on: date) -> Edition:
        """The same edition on another day."""
        if on == self.on:
            return self
        if on not in self._siblings:
            self._siblings[on] = _compile(self.rows, self.id, on, self._read)
        return self._siblings[on]

    @cached_property
    def turning_days(self) -> tuple[date, ...]:
        """The days on which any row begins or ends."""
        days: set[date] = set()
        for part in (
            self.rows.countries,
            self.rows.groups,
            self.rows.chart,
            self.rows.items,
            self.rows.reasons,
            self.rows.destinations,
            self.rows.thresholds,
            self.rows.rules,
        ):
            for row in part:
                days.update(day for day in (row.period.since, row.period.before) if day is not None)
        return tuple(sorted(days))


def compile_edition(rows: Rows, *, id: str, on: date) -> Edition:  # noqa: A002  its own word
    """The edition `id` made of `rows`, as it stands on a day. Raises Refusals for rules that
    cannot be read.
    """
    return _compile(rows, id, on, {})


def _compile(rows: Rows, name: str, on: date, read: dict[int, Rule]) -> Edition:
    """An edition on a day, with the rules that were read before for another day of it."""
    tables = index_rows(rows, on)
    rules = parse_rules(
        (row for row in rows.rules if row.period.holds(on)),
        vocabulary=vocabulary_of(rows),
        groups=tables.group_names,
        known=read,
    )
    charters = tuple(row for row in rows.charters if row.period.holds(on))
    law = Law(on, tables)
    return Edition(id=name, rows=rows, law=law, rules=rules, charters=charters, _read=read)
