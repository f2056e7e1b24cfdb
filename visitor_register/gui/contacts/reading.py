"""What Contacts reads: from the DSL's file what is owed, from the desk's what belongs to one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.contacts import Clock, Contact
from visitor_register.domain.people import Operator
from visitor_register.gui.contacts.panel_words import Around
from visitor_register.services import clocks, ladder, working_days
from visitor_register.services.clocks import ClockLine, Escalation


@dataclass(frozen=True, slots=True)
class Owed:
    """What was read in the DSL's file, and the contacts by which it was asked for."""

    found: Sequence[Clock]
    asked: Mapping[UUID, Contact]


def read_owed(dsl_session: Session, *, by: Operator, at: datetime) -> Owed:
    """Everything that is owed, in the DSL's file."""
    found = clocks.owed(dsl_session, by=by, at=at)
    return Owed(found, clocks.asked_with(dsl_session, found, by=by))


def read_around(session: Session, *, line: ClockLine, escalation: Escalation, at: datetime) -> Around:
    """The rules of its day, and everybody above the worker with the step that comes next."""
    places = ladder.places(session, line.clock.person)
    counting = working_days.read(session, clocks.asked_on(line.clock))
    today = calendar.london_date(at)
    # To write to the worker again is to chase; a step up goes to somebody above.
    step = ladder.next_step(places, escalation.steps, line.assessed, counting.calendar, today, chased=True)
    return Around(counting.rules, places, step, escalation)
