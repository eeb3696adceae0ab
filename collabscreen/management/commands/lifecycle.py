"""Draws the life of a case."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from collabscreen.gates.lifecycle import PICTURE, draw


class Command(BaseCommand):
    """Writes the picture beside the settings."""

    help = "Draw the life of a case from its table into collabscreen/lifecycle.md."

    def handle(self, **_: object) -> None:
        """Replace the picture."""
        PICTURE.write_text(draw(), encoding="utf-8")
        self.stdout.write(f"Drawn: {PICTURE.name}")
