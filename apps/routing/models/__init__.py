"""Rows of the room: assignments."""

from apps.routing.models.assignment import Assignment

__all__ = ["Assignment"]
