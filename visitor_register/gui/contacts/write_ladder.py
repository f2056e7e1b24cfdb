"""The ladder of a deadline as it is read for the panel, and what is said of a step that is taken early."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date, say_date
from visitor_register.domain.contacts import Direction, Rung
from visitor_register.gui.contacts.write_state import Ladder
from visitor_register.services import clocks, directory, ladder, working_days
from visitor_register.services.clocks import ClockLine
from visitor_register.services.letters_sent import Trail


def early_words(rung: Rung, offered_on: date) -> str:
    """Since when a step would be offered; nobody is kept from taking it."""
    day = say_date(offered_on)
    since = f"It is not overdue yet: it is due {day}"
    if rung is Rung.HEAD_OF_SERVICE:
        since = f"The Head of Service is offered from {day}, {ladder.HEAD_AFTER_DAYS} working days after it was due"
    return f"{since}. It is your decision: press again to write now."


def below_of(places: Sequence[ladder.Place], rung: Rung) -> UUID | None:
    """Who stands nearest below a place: they know of it already, and are copied in."""
    order = list(Rung)
    under = [one.person for one in places if one.person is not None and order.index(one.rung) < order.index(rung)]
    return under[-1].id if under else None


def read_ladder(session: Session, *, line: ClockLine, trail: Trail, at: datetime) -> Ladder:
    """Everybody above who owes it, as the chart has them today, and from when each step is offered."""
    places = ladder.places(session, line.clock.person)
    calendar, today = working_days.read(session, clocks.asked_on(line.clock)).calendar, london_date(at)
    chased = any(
        one.direction is Direction.SENT and one.person == line.clock.person and one.id != line.clock.id
        for one in trail.contacts
    )
    assessed, steps = line.assessed, trail.escalation.steps
    first = ladder.next_step(places, steps, assessed, calendar, today, chased=chased)
    left = list(places[places.index(first.place) :]) if first is not None else []
    offers = [ladder.offer(place, assessed, calendar, today) for place in left if place.person is not None]
    people = {identity: directory.get(session, identity) for identity in trail.people}
    names = {identity: somebody.name for identity, somebody in people.items() if somebody is not None}
    return Ladder(line, trail, places, tuple(one for one in offers if one), names, chased, today)
