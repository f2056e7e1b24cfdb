"""What a booking says to the DSL alone: read and written by those who may, sealed for them by everybody else."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from uuid import UUID

from visitor_register.domain.folds.dsl import Reason
from visitor_register.domain.people import SEES_CHILDREN, Role
from visitor_register.domain.purposes import DEFAULT_PURPOSES
from visitor_register.gui.bookings.content import Secrets
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.services import sealed

SEALED = "Sealed for the DSL: it cannot be read back here."
_SEALED_BEFORE = "The DSL has what was written before. Write again only to replace all of it."
_READS = "Only the DSL and the head can see this."
_WITHHELD = "The purpose of this visit is for the head only."


class DslPart:
    """The DSL's file, as far as whoever is at the desk may open it. `withheld`: a purpose not theirs to see."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.withheld = ""

    @property
    def may_read(self) -> bool:
        """Whether the DSL's file is open here."""
        return self._jobs() is not None

    def caption(self, *, before: bool = False) -> str:
        """Say who will read it; `before`: something was sealed already."""
        if self.may_read:
            return _READS
        return _SEALED_BEFORE if before else SEALED

    def read(self, booking: UUID, answer: Callable[[UUID, Secrets, str, str], None]) -> None:
        """Read why a visit takes place; the answer gets the booking, what is shown, what is withheld, the caption."""
        jobs = self._jobs()
        if jobs is not None:
            job = partial(sealed.reason_of, about=booking, by=self._desk.operator)
            jobs.read(job, partial(self._tell, booking, answer))

    def to_write(self, typed: Secrets, before: Secrets) -> Secrets | None:
        """What is to be written; None when nothing new was said."""
        return None if typed == before else replace(typed, purpose=typed.purpose or self.withheld)

    def write(self, bookings: Iterable[UUID], said: Secrets) -> None:
        """Write it to the DSL's file, where that is open; else it was sealed with the booking."""
        jobs, by, at = self._jobs(), self._desk.operator, self._desk.now()
        if jobs is not None:
            for about in bookings:
                job = partial(sealed.record_reason, about=about, said=said.as_event(), by=by, at=at)
                jobs.write(job, None, self._desk.explain)

    def _jobs(self) -> JobRunner | None:
        return self._desk.dsl_jobs if self._desk.operator.role in SEES_CHILDREN else None

    def _tell(self, booking: UUID, answer: Callable[[UUID, Secrets, str, str], None], said: Reason | None) -> None:
        if said is None:
            return
        purpose = next((one for one in DEFAULT_PURPOSES if one.code == said.purpose), None)
        hidden = purpose is not None and purpose.head_only and self._desk.operator.role is not Role.HEAD
        shown = Secrets("" if hidden else said.purpose, said.exceptional, said.child_reference, said.detail)
        answer(booking, shown, said.purpose if hidden else "", _WITHHELD if hidden else _READS)
