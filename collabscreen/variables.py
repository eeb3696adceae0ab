"""Read single variables of the environment, gathering refusals instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from apps.engine.refusal import Refusal
from collabscreen.addresses import Address

PREFIX = "COLLABSCREEN_"
READ_ELSEWHERE = frozenset({"COLLABSCREEN_NO_BOOTSTRAP"})
FLAGS = {"true": True, "1": True, "yes": True, "on": True} | {
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}


class Reader:
    """Reads variables by their name without prefix; `refused` holds what was wrong."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self.source = source
        self.refused: list[Refusal] = []
        self._known: set[str] = set(READ_ELSEWHERE)

    def text(self, name: str, default: str) -> str:
        """A text; empty counts as unset."""
        return self._raw(name) or default

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false in the usual spellings."""
        raw = self._raw(name).lower()
        if raw and raw not in FLAGS:
            self._refuse(name, raw, "true or false")
        return FLAGS.get(raw, default)

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of a closed set of words."""
        raw = self._raw(name) or default
        if raw not in allowed:
            self._refuse(name, raw, ", ".join(allowed))
            return default
        return raw

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number between two bounds, both included."""
        raw = self._raw(name) or str(default)
        if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= most:
            self._refuse(name, raw, f"a whole number from {least} to {most}")
            return default
        return int(raw)

    def words(self, name: str) -> tuple[str, ...]:
        """Words separated by commas or spaces."""
        return tuple(self._raw(name).replace(",", " ").split())

    def secret(self, name: str) -> str:
        """A text from NAME, or from the file that NAME_FILE names; never echoed in a refusal."""
        raw = self._raw(name)
        file = self._raw(f"{name}_FILE")
        if raw and file:
            self._refuse(f"{name}_FILE", "both", f"only one of {name} and {name}_FILE")
        if raw or not file:
            return raw
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            self._refuse(f"{name}_FILE", f"{file} ({type(error).__name__})", "a readable file")
            return ""

    def address(self, name: str, read: Callable[[str], Address]) -> Address | None:
        """An address read by `read`; None when unset."""
        raw = self.secret(name)
        if not raw:
            return None
        try:
            return read(raw)
        except ValueError as error:
            # An address may hold a password: name what is wrong, never the address itself.
            self._refuse(name, "an address that cannot be read", str(error))
            return None

    def unread(self) -> tuple[Refusal, ...]:
        """Refusals for variables of ours that nothing reads: a misspelt setting is no setting."""
        return tuple(
            Refusal(
                code="unknown_setting",
                what=f"{name} is no variable of collabscreen.",
                where=name,
                valid=", ".join(sorted(self._known)),
                remedy="Correct the spelling or unset it.",
            )
            for name in sorted(self.source)
            if name.startswith(PREFIX) and name not in self._known
        )

    def _raw(self, name: str) -> str:
        self._known.add(PREFIX + name)
        return self.source.get(PREFIX + name, "").strip()

    def _refuse(self, name: str, found: str, valid: str) -> None:
        self.refused.append(
            Refusal(
                code="bad_setting",
                what=f"{PREFIX}{name} has no usable value.",
                where=PREFIX + name,
                found=found,
                valid=valid,
                remedy=f"Set {PREFIX}{name} to {valid}, or unset it.",
            )
        )
