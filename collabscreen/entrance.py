"""Hand a command line to Django, and turn what cannot be done into a few readable lines."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from typing import Any

from django.core.management import base, execute_from_command_line
from django.db import DatabaseError

from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal, Refusals

DONE, REFUSED, NOT_DONE = 0, 2, 3
JSON = "--json"


class Parser(base.CommandParser):
    """Reads the words of a command; what it cannot read it also tells as data, if that is asked."""

    def error(self, message: str) -> Any:
        """Ends the program with 2."""
        if self.called_from_command_line and JSON in sys.argv:
            _tell(sys.argv, [_wrong_words(message)])
        super().error(message)


def enter(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code: 2 when input or a setting was refused, 3 when it
    could not be done; never 1, which is an answer.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collabscreen.settings")
    _open_streams()
    base.CommandParser = Parser  # type: ignore[misc]  # Django has no other way in
    return _finished(lambda: _run(arguments))


def describe(refusal: Refusal) -> str:
    """What was wrong, where, what was found, what is valid and what to do, one under another."""
    lines = [f"{refusal.code}: {refusal}"]
    if refusal.found:
        lines.append(f"  found: {refusal.found}")
    if refusal.valid:
        lines.append(f"  valid: {refusal.valid}")
    return "\n".join(lines)


def _run(arguments: Sequence[str]) -> int:
    try:
        execute_from_command_line(list(arguments))
    except Refusal as refusal:
        return _refused(arguments, [refusal], REFUSED)
    except Refusals as refusals:
        return _refused(arguments, refusals.items, REFUSED)
    except DatabaseError as fault:
        return _refused(arguments, [_unreachable(fault)], NOT_DONE)
    except OSError:
        raise
    except Exception as fault:  # noqa: BLE001  whatever it is, it is no answer
        traceback.print_exc()
        return _refused(arguments, [_unforeseen(fault)], NOT_DONE)
    return DONE


def _finished(run: Callable[[], int]) -> int:
    """Run to the last written byte: what nobody can read was not done."""
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()
    except OSError as fault:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  to the end
        if not isinstance(fault, BrokenPipeError):  # a reader that has enough is told nothing
            sys.stderr.write(f"Not done: {fault}\n")
        return NOT_DONE


def _refused(arguments: Sequence[str], refusals: Iterable[Refusal], code: int) -> int:
    found = list(refusals)
    if JSON in arguments:
        _tell(arguments, found)
    sys.stderr.writelines(f"{describe(item)}\n" for item in found)
    return code


def _tell(arguments: Sequence[str], refusals: Sequence[Refusal]) -> None:
    command = arguments[1] if len(arguments) > 1 else ""
    answer = Envelope(command=command, result={}, errors=refusals).as_json()
    sys.stdout.write(f"{answer}\n")


def _open_streams() -> None:
    """UTF-8 whatever the machine speaks, half characters as escapes; a closed stream takes all."""
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _wrong_words(message: str) -> Refusal:
    return Refusal(
        "wrong_usage",
        f"The command line cannot be read: {message}.",
        found=" ".join(sys.argv[2:])[:200],
        valid="the words that --help lists",
        remedy="Call the command with --help, and correct the line.",
    )


def _unreachable(fault: DatabaseError) -> Refusal:
    return Refusal(
        "database_unreadable",
        "The database cannot be read.",
        found=str(fault).strip()[:200],
        valid="a database that answers and holds every migration",
        remedy="Check the database setting, then run migrate.",
    )


def _unforeseen(fault: Exception) -> Refusal:
    return Refusal(
        "not_done",
        "Something unforeseen happened; there is no answer.",
        found=f"{type(fault).__name__}: {fault}"[:200],
        valid="an answer",
        remedy="Report it with the lines above.",
    )
