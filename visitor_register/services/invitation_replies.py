"""What is sent back about a visit: a file for the visitor's calendar, and a message with the manager copied.

Nothing is sent from here: a person does, from their mail program. No purpose and no child stands in either.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, Booking, Place
from visitor_register.domain.events import BookingCancelled, BookingChanged
from visitor_register.domain.invitations import OURS
from visitor_register.domain.people import Person
from visitor_register.errors import RegisterError
from visitor_register.files import invitation_write, mail_message
from visitor_register.files.invitation_write import Visit
from visitor_register.files.mail_message import Message
from visitor_register.persistence import journal
from visitor_register.services import bookings, directory, policy
from visitor_register.services.bookings import BookingLine

_GONE = "This booking is not in the register any more. Look for it in Bookings."
_PLACES = {Place.ONLINE: "online", Place.COUNCIL: "at your office", Place.HOME: "at the family's home"}


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A file for the visitor's calendar. Its name has the day and nobody's name."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A message to the visitors with their managers copied. `missing` says whose address is not known."""

    to: str
    cc: str
    subject: str
    text: str
    missing: tuple[str, ...]

    @property
    def link(self) -> str | None:
        """A link that opens the message in the mail program; None when it would be too long for one."""
        return mail_message.link(Message(self.to, self.subject, self.text, self.cc))


def reply_ics(session: Session, identity: UUID, *, at: datetime) -> CalendarFile:
    """Write a visit for the visitor's calendar.

    Raises:
        RegisterError: there is no such booking.
    """
    booking = _line(session, identity).booking
    entries = journal.entries_of(session, identity)
    visit = Visit(
        uid=f"{booking.id}{OURS}",
        sequence=sum(isinstance(entry.event, BookingChanged | BookingCancelled) for entry in entries),
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=f"Visit to {_school(session, at)}",
        place=_where(session, booking, at),
        cancelled=booking.state not in STILL_ON,
        written_at=at,
    )
    day = calendar.london_date(booking.starts_at)
    return CalendarFile(f"visit-{day.isoformat()}.ics", invitation_write.write(visit))


def confirm_by_email(session: Session, identity: UUID, *, operator: str, at: datetime) -> Confirmation:
    """Write the message that confirms a visit, as a new one: no chain is sent on. Source: protocol P4, P9.

    Args:
        session: The desk's file.
        identity: The booking.
        operator: Who signs it.
        at: Now.

    Raises:
        RegisterError: there is no such booking.
    """
    line = _line(session, identity)
    booking, school = line.booking, _school(session, at)
    managers = [(somebody, _manager(session, somebody)) for somebody in line.visitors]
    to = dict.fromkeys(somebody.email for somebody in line.visitors if somebody.email)
    cc = dict.fromkeys(manager.email for _, manager in managers if manager is not None and manager.email not in to)
    missing = [f"No e-mail address of {one.name} is known." for one in line.visitors if not one.email]
    missing += [f"No manager of {one.name} with an e-mail address is known." for one, boss in managers if boss is None]
    day, start = calendar.say_date(calendar.london_date(booking.starts_at)), calendar.say_time(booking.starts_at)
    end = f" to {calendar.say_time(booking.ends_at)}" if booking.ends_at else ""
    is_on = booking.state in STILL_ON
    verb = "is booked" if is_on else "is cancelled"
    photo = "Please bring your photo badge and report to reception." if booking.place is Place.SCHOOL and is_on else ""
    parts = (
        "Hello,",
        f"Your visit on {day}, {start}{end}, {verb}.",
        f"Where: {_where(session, booking, at)}",
        photo,
        f"Kind regards,\n{operator}\n{school}",
    )
    subject = f"Visit to {school}, {day}, {start}" if is_on else f"Cancelled: visit to {school}, {day}, {start}"
    return Confirmation(", ".join(to), ", ".join(cc), subject, "\n\n".join(filter(None, parts)), tuple(missing))


def _line(session: Session, identity: UUID) -> BookingLine:
    line = bookings.get(session, identity)
    if line is None:
        raise RegisterError(_GONE)
    return line


def _school(session: Session, at: datetime) -> str:
    return policy.read(session, calendar.london_date(at)).school.name or "our school"


def _where(session: Session, booking: Booking, at: datetime) -> str:
    if booking.place is not Place.SCHOOL:
        return _PLACES[booking.place]
    return ", ".join(filter(None, (_school(session, at), booking.room)))


def _manager(session: Session, somebody: Person) -> Person | None:
    """The nearest holder above somebody who can be written to: a vacant post leads to the next level up."""
    return next(
        (holder for step in directory.path_up(session, somebody.id) for holder in step.holders if holder.email), None
    )
