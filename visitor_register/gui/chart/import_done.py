"""The end of an import: it is accepted, what follows from it is said, and it can be taken back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.chart import ChartReading
from visitor_register.domain.people import Operator
from visitor_register.gui.chart.ask_open import open_text
from visitor_register.gui.chart.import_state import Done
from visitor_register.services import chart_drafts, chart_import, chart_undo
from visitor_register.services.chart_import import ChartMeta, ImportPreview
from visitor_register.services.chart_lines import Kind
from visitor_register.services.chart_plan import Decisions

_REASON = "taken back right after it was accepted"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A chart that was accepted: the version, whose it is, and which one of theirs."""

    version: UUID
    authority: str
    number: int


def accept(
    session: Session,
    reading: ChartReading,
    decisions: Decisions,
    meta: ChartMeta,
    draft: str | None,
    *,
    by: Operator,
    at: datetime,
) -> Accepted:
    """Make it the chart in use; the draft it was kept as, if any, goes with it.

    Raises:
        NotAllowedError, AnswerMissingError: as `chart_import.accept`.
    """
    version = chart_import.accept(session, reading, decisions, meta, by=by, at=at)
    if draft is not None:
        chart_drafts.discard(session, draft, by=by)
    return Accepted(version, meta.authority, chart_import.number_of(session, version))


def undo(session: Session, accepted: Accepted, *, by: Operator, at: datetime) -> None:
    """Take back what was just accepted."""
    chart_undo.undo(session, accepted.version, _REASON, by=by, at=at)


def in_use(accepted: Accepted) -> str:
    """Say which chart is in use now."""
    return f"Version {accepted.number} of {accepted.authority} is in use"


def shown(accepted: Accepted, found: ImportPreview, file_name: str, by: Operator) -> Done:
    """Say what is in use and what follows from it."""
    left = sum(line.kind is Kind.LEFT for line in found.lines)
    count = sum(len(entry.rows) for entry in found.managers) + sum(len(ring.links) for ring in found.rings)
    steps = [f"{found.people:,} people in {found.posts:,} posts. The desk uses it from now on."]
    if left:
        who = "1 person who left" if left == 1 else f"{left:,} people who left"
        steps.append(f"{who}: their badges read “no longer on the chart”. Look at their bookings.")
    if count:
        who = "1 person has" if count == 1 else f"{count:,} people have"
        steps.append(f"{who} no known manager. Ask the council: the message is ready to be copied.")
    steps.append("If it was a mistake: undo it here, or later under Versions on the Chart screen.")
    return Done(in_use(accepted), tuple(steps), open_text(found.managers, found.rings, file_name, by.name))
