"""The proof of a determination: its matrix, and reasons and trace of the cell that is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.portal.parts.exposures import Opened, exposed_of, opened_of
from apps.portal.parts.matrix import Matrix, matrix_of
from apps.portal.parts.names import names_in
from apps.portal.parts.reasons import Reason, also_tested, reasons_of
from apps.portal.parts.trace import Stage, trace_of
from apps.screening.domain.replay import recompute

if TYPE_CHECKING:
    from apps.engine.answers import Determination as Answer
    from apps.screening.models import Determination


@dataclass(frozen=True, slots=True)
class Proof:
    """The matrix, and of the cell that is opened its names, reasons and trace."""

    answer: Answer
    leading: Opened
    opened: Opened
    matrix: Matrix
    who: str
    what: str
    stages: tuple[Stage, ...]
    reasons: tuple[Reason, ...]
    tested: tuple[Reason, ...]
    waits: tuple[str, ...]  # names of technologies that are not free of a licence as things stand


LIGHT = frozenset({"excluded", "no_licence_required"})


def proof_of(made: Determination, *, key: str, regime: str, requester: bool) -> Proof:
    """The proof, recomputed from the determination's own inputs."""
    answer = recompute(made)
    names = names_in(made.facts)
    leading = opened_of(answer, key="", regime="")
    opened = opened_of(answer, key=key, regime=regime) if key or regime else leading
    exposure, cell = opened.exposure, opened.answer.as_dict()
    exposed = exposed_of(answer)
    matrix = matrix_of(
        exposed,
        names=names,
        regime=opened.answer.regime,
        opened=exposure.key,
        requester=requester,
    )
    return Proof(
        answer=answer,
        leading=leading,
        opened=opened,
        matrix=matrix,
        who=names.of(exposure.who),
        what=names.of(exposure.what),
        stages=trace_of(cell),
        reasons=reasons_of(cell, with_open=not requester),
        tested=also_tested(cell),
        waits=tuple(
            dict.fromkeys(names.of(one.what) for one in exposed if one.outcome not in LIGHT)
        ),
    )
