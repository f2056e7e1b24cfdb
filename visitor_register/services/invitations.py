"""Invitations from calendars: what one means for the bookings, and making it so once a person has confirmed it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.bookings import Invitation, Place, Told
from visitor_register.domain.events import BookingCancelled, ReasonRecorded
from visitor_register.domain.invitation_places import read_place
from visitor_register.domain.invitations import MARK, OURS, InvitationRead
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal
from visitor_register.services import bookings, invitation_people, invitation_steps, policy, sealed
from visitor_register.services.access import require
from visitor_register.services.bookings import BookingForm
from visitor_register.services.invitation_people import Attendee
from visitor_register.services.invitation_steps import Planned, Step

_MEANWHILE = "The bookings of this invitation were changed meanwhile. Look at it again."
_WRITTEN_HERE = "This invitation was written by this register. Open the visit in Bookings and change it there."
_WHY = "called off by the organiser"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an invitation means, for somebody to confirm.

    `place`, `room` and `here_to_see` are as on the bookings that follow it, else as the invitation says.
    """

    read: InvitationRead
    attendees: tuple[Attendee, ...]
    meetings: tuple[Planned, ...]
    place: Place
    room: str
    here_to_see: str

    def count(self, step: Step) -> int:
        """How many meetings are to be booked, changed or cancelled."""
        return sum(planned.step is step for planned in self.meetings)

    @property
    def asks_who(self) -> bool:
        """Whether somebody has to say who comes: nothing is asked where visits are only cancelled."""
        return self.count(Step.BOOK) + self.count(Step.CHANGE) > 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person confirmed: who comes, to see whom, and where."""

    visitors: tuple[UUID | NewVisitor, ...] = ()
    here_to_see: str = ""
    place: Place = Place.SCHOOL
    room: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """The bookings that were made, changed and cancelled."""

    booked: tuple[UUID, ...] = ()
    changed: tuple[UUID, ...] = ()
    cancelled: tuple[UUID, ...] = ()

    @property
    def touched(self) -> tuple[UUID, ...]:
        """All of them."""
        return (*self.booked, *self.changed, *self.cancelled)


def match(session: Session, read: InvitationRead, at: datetime) -> Proposal:
    """Say what an invitation means: who is meant, and what is to be done about each of its meetings.

    Raises:
        RegisterError: it is a file of our own, for a visitor's calendar.
    """
    if read.uid.endswith(OURS):
        raise RegisterError(_WRITTEN_HERE)
    rules = policy.read(session, calendar.london_date(at))
    known = bookings.of_invitation(session, read.uid)
    written = {
        line.booking.id: max(entry.at for entry in journal.entries_of(session, line.booking.id)) for line in known
    }
    planned = invitation_steps.steps(read, known, written, rules.hours, at)
    hosts = dict.fromkeys(line.booking.here_to_see for line in known if line.booking.here_to_see)
    booked = list(dict.fromkeys(somebody for line in known for somebody in line.visitors))
    place, room = read_place(_main_place(read), rules.staff.places)
    first = known[0].booking if known else None
    return Proposal(
        read=read,
        attendees=invitation_people.attendees(session, read, rules.staff.names, booked, hosts),
        meetings=planned,
        place=place if room or first is None else first.place,
        room=room or (first.room if first is not None else ""),
        here_to_see=next(iter(hosts), ""),
    )


def apply(
    session: Session, plan: Proposal, choices: Choices, *, public: bytes | None, by: Operator, at: datetime
) -> Applied:
    """Book, change and cancel what was confirmed.

    Args:
        session: The desk's file, in a writing transaction of the caller.
        plan: As `match` proposed it.
        choices: What a person confirmed.
        public: The key to seal subject and text with for the DSL; None for a DSL, whose own file takes them
            (`record_text`).
        by: Who confirmed it.
        at: Now.

    Raises:
        NotAllowedError: it is for the office, the DSL and the head.
        RegisterError: nobody is named, or the bookings were changed since `match`.
    """
    require(by, {Role.OFFICE, Role.DSL, Role.HEAD})
    if match(session, plan.read, at).meetings != plan.meetings:
        raise RegisterError(_MEANWHILE)
    visitors = _recorded(session, choices.visitors, by, at) if plan.asks_who else ()
    rooms = policy.read(session, calendar.london_date(at)).staff.places
    series = _series(plan)
    done: dict[Step, list[UUID]] = {step: [] for step in Step}
    for planned in plan.meetings:
        line = planned.line
        if planned.step is Step.CANCEL and line is not None:
            journal.append(session, line.booking.id, BookingCancelled(by_school=False, why=_WHY), by=by, at=at)
            done[Step.CANCEL].append(line.booking.id)
        elif planned.step is Step.CHANGE and line is not None:
            form = _form(plan, planned, choices, visitors, rooms, series, at)
            bookings.change(session, line.booking.id, form, by=by, at=at)
            done[Step.CHANGE].append(line.booking.id)
        elif planned.step is Step.BOOK:
            form = _form(plan, planned, choices, visitors, rooms, series, at)
            done[Step.BOOK].append(bookings.book(session, form, by=by, at=at))
    applied = Applied(tuple(done[Step.BOOK]), tuple(done[Step.CHANGE]), tuple(done[Step.CANCEL]))
    said = text_for_dsl(plan.read)
    if said is not None and public is not None:
        for identity in applied.touched:
            sealed.seal_reason(session, identity, said, public, by=by, at=at)
    return applied


def record_text(
    dsl_session: Session, about: tuple[UUID, ...], read: InvitationRead, *, by: Operator, at: datetime
) -> None:
    """Write subject and text of an invitation to the DSL's own file, for each of its bookings."""
    require(by, SEES_CHILDREN)
    said = text_for_dsl(read)
    if said is not None:
        for identity in about:
            sealed.add_reason(dsl_session, identity, said, by=by, at=at)


def text_for_dsl(read: InvitationRead) -> ReasonRecorded | None:
    """Subject, text and place as written; None when the invitation says none of them."""
    place = _main_place(read)
    parts = (read.subject, read.text, f"Place as written: {place}" if place else "")
    said = "\n".join(part for part in parts if part)
    return ReasonRecorded(detail=f"{MARK}{said}") if said else None


def _main_place(read: InvitationRead) -> str:
    return next((meeting.place for meeting in read.meetings if meeting.place), "")


def _recorded(
    session: Session, visitors: tuple[UUID | NewVisitor, ...], by: Operator, at: datetime
) -> tuple[UUID, ...]:
    """Write down new visitors once, however many meetings they come to."""
    people = [(one, uuid4()) if isinstance(one, NewVisitor) else (None, one) for one in visitors]
    if any(new is not None and not new.name.strip() for new, _ in people):
        raise RegisterError("Write the visitor's name as they say it.")
    said = [(identity, bookings.recorded(new)) for new, identity in people if new is not None]
    journal.append_all(session, said, by=by, at=at)
    return tuple(identity for _, identity in people)


def _series(plan: Proposal) -> UUID | None:
    """What joins the bookings of a repeated meeting: the series there is, or a new one."""
    known = (planned.line.booking.series for planned in plan.meetings if planned.line is not None)
    found = next((series for series in known if series is not None), None)
    repeated = any(planned.meeting.recurrence for planned in plan.meetings)
    return found or (uuid4() if repeated and plan.count(Step.BOOK) else None)


def _form(
    plan: Proposal,
    planned: Planned,
    choices: Choices,
    visitors: tuple[UUID, ...],
    rooms: tuple[str, ...],
    series: UUID | None,
    at: datetime,
) -> BookingForm:
    meeting, before = planned.meeting, planned.line.booking if planned.line is not None else None
    place, room = choices.place, choices.room
    if meeting.place and meeting.place != _main_place(plan.read):
        place, room = read_place(meeting.place, rooms)
    sent = plan.read.sent_at
    told_at = min(sent, at) if sent is not None else at
    same_time = before is not None and before.starts_at == meeting.starts_at
    return BookingForm(
        visitors=visitors,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        here_to_see=choices.here_to_see or (before.here_to_see if before is not None else ""),
        room=room or (before.room if before is not None and place is Place.SCHOOL else ""),
        told=Told.INVITATION,
        notified_at=before.notified_at if before is not None and same_time else told_at,
        note_to_desk=before.note_to_desk if before is not None else "",
        place=place,
        series=series,
        invitation=Invitation(plan.read.uid, meeting.sequence, meeting.recurrence) if plan.read.uid else None,
    )
