"""How those who act are named in the history: a person by public id, the system by its part."""

from __future__ import annotations

from dataclasses import dataclass

from apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class SystemActor:
    """A part of the system that acts by itself, such as the setting up of a site."""

    name: str


Actor = User | SystemActor
SETUP = SystemActor("setup")


def actor_name(by: Actor) -> str:
    """`user:<public id>` or `system:<name>`, as the history keeps it."""
    return f"system:{by.name}" if isinstance(by, SystemActor) else f"user:{by.public_id}"


def person_subject(person: User) -> str:
    """The subject under which the history of a person is kept."""
    return f"person:{person.public_id}"
