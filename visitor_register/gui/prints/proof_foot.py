"""The register's twelve words at the foot of a sheet: paper that is printed anyway testifies against a changed file."""

from collections.abc import Iterable

from visitor_register.gui.prints.sheet import MARGIN, Line, Page, face, lines, mm
from visitor_register.services.proof import Proof

POINTS = 7
_FROM_EDGE = mm(5)
"""Nearer to the edge most printers print nothing."""


def put(pages: Iterable[Page], proof: Proof | None) -> None:
    """Write the proof below what stands on finished pages; an empty register has none."""
    for page in pages:
        written = written_on(page.size.width(), proof)
        page.write(written, MARGIN, top(page.size.height(), written))


def written_on(width: float, proof: Proof | None) -> list[Line]:
    """The proof as lines for paper of this width, in the units of every print."""
    return lines(proof.foot if proof else "", face(POINTS), width - 2 * MARGIN)


def top(height: float, written: Iterable[Line]) -> float:
    """Where these lines begin on paper of this height: in the margin, where no sheet has anything else."""
    return height - _FROM_EDGE - sum(line.height for line in written)
