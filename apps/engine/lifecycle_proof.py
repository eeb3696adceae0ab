"""What can be proved of the table of a case's life, and its drawing."""

from __future__ import annotations

from apps.engine.lifecycle import FINAL, TABLE, Move, Status


def reachable(start: Status, *, by_system_alone: bool = False) -> frozenset[Status]:
    """Every status a case can come to from a start, the start included."""
    moves = [move for move in TABLE if move.system_allowed or not by_system_alone]
    seen = {start}
    edge = [start]
    while edge:
        here = edge.pop()
        ends = {end for move in moves if move.source is here for end in move.targets} - seen
        seen |= ends
        edge += ends
    return frozenset(seen)


def dead_ends() -> frozenset[Status]:
    """Statuses that are not final and from which no final status can be reached."""
    return frozenset(s for s in Status if s not in FINAL and not reachable(s) & FINAL)


def system_moves_into(statuses: frozenset[Status]) -> tuple[Move, ...]:
    """Moves open to the system that end in one of the statuses; empty is what the law demands."""
    return tuple(move for move in TABLE if move.system_allowed and statuses & set(move.targets))


def diagram() -> str:
    """The table as a Mermaid state diagram; what the system may do is marked with a gear."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.DRAFT}"]
    for move in TABLE:
        mark = " ⚙" if move.system_allowed else ""
        lines += [
            f"    {move.source} --> {end}: {move.verb}{mark}"
            for end in move.targets
            if end is not move.source
        ]
    lines += [f"    {status} --> [*]" for status in Status if status in FINAL]
    return "\n".join(lines) + "\n"
