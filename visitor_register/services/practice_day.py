"""The practice register's last days and today: bookings, visits, drafts, as a desk would have written them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.assurance import Compared, Expiry, IdShown
from visitor_register.domain.bookings import Told
from visitor_register.domain.people import Operator, Person, PersonKind
from visitor_register.domain.verification import Verdict, Way
from visitor_register.domain.visits import CameAbout, Visit
from visitor_register.services import arrivals, bookings, directory, drafts, front_desk
from visitor_register.services.bookings import BookingForm
from visitor_register.services.practice_people import Cast

OTHER_COUNCIL = "Northvale Council"
NEW_CODE, NEW_BADGE, OTHER_CODE, LOST_CODE = "H990001", "H990002", "NV-20417", "H990003"
"""Codes no staff number of the chart has: one that nobody holds, a replaced badge, another council's, a lost one."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes, and the moment the practice register is made for."""

    now: datetime
    reception: Operator
    office: Operator
    dsl: Operator

    def today(self, minutes: int) -> datetime:
        """So many minutes from now, but never before or after today."""
        start, end = calendar.day_bounds(calendar.london_date(self.now))
        wanted = (self.now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        return max(start, min(wanted, end - timedelta(minutes=5)))

    def ago(self, *, days: int = 0, minutes: int = 0) -> datetime:
        """So long ago; of today's minutes those that are there."""
        return self.now - timedelta(days=days) if days else min(self.today(-minutes), self.now)


@dataclass(frozen=True, slots=True)
class Others:
    """Visitors of the practice register who are on no chart."""

    council: UUID
    newcomer: UUID


def write_past(session: Session, cast: Cast, desk: Desk) -> Others:
    """What was before today: visits, a lost badge, a replaced one, somebody of another council, no sign-out."""
    for somebody, days in ((cast.due, 21), (cast.here, 15), (cast.leaver, 40)):
        _came_and_left(session, _badge(somebody), desk, days=days)
    _came_and_left(session, replace(_badge(cast.new_badge), code=NEW_BADGE, bind_code=True), desk, days=6)
    directory.bind_code(session, cast.lost_badge.id, LOST_CODE, by=desk.reception, at=desk.ago(days=9))
    directory.withdraw_code(session, cast.lost_badge.id, LOST_CODE, "reported lost", by=desk.dsl, at=desk.ago(days=3))
    council = _came_and_left(
        session,
        Arrival(
            visitor=NewVisitor(PersonKind.OTHER_SERVICE, "Gareth Pym", OTHER_COUNCIL, "Social Worker"),
            verdict=Verdict.OTHER_SERVICE,
            way=Way.OTHER_SERVICE,
            code=OTHER_CODE,
            bind_code=True,
            shown=IdShown.OTHER_COUNCIL,
            expiry=Expiry.IN_DATE,
            compared=Compared.YES,
        ),
        desk,
        days=5,
    )
    newcomer = _came_and_left(
        session,
        Arrival(
            visitor=NewVisitor(
                PersonKind.COUNCIL, "Tamsin Quillfeather", team="MASH", said_manager="the manager of the MASH"
            ),
            verdict=Verdict.NOT_ON_CHART,
            way=Way.COUNCIL_BADGE,
            shown=IdShown.HARROW_BADGE,
            expiry=Expiry.IN_DATE,
            compared=Compared.YES,
        ),
        desk,
        days=4,
    )
    forgotten = replace(_badge(cast.no_sign_out), here_to_see="Ms Kaur", place="Library")
    arrivals.sign_in(session, _proposed(session, forgotten, desk.ago(days=1)), by=desk.reception, at=desk.ago(days=1))
    return Others(council.person, newcomer.person)


def write_bookings(session: Session, cast: Cast, others: Others, desk: Desk) -> dict[UUID, UUID]:
    """Today's bookings around now, and one for tomorrow; returns the booking of each person."""
    planned = (
        ((cast.due,), 6, 60, "Mrs Shah", "Meeting room 1", ""),
        ((cast.first_of_two, cast.second_of_two), 20, 60, "Mr Bello", "Meeting room 2", ""),
        ((cast.late,), -25, 45, "Ms Kaur", "Library", ""),
        ((cast.no_badge,), 40, 45, "Ms Kaur", "", "rang at 08:40, badge left at home"),
        ((cast.later,), 150, 60, "Mrs Shah", "Meeting room 1", ""),
        ((cast.half_done,), -5, 60, "Mr Bello", "", ""),
        ((cast.here,), -45, 180, "Mrs Shah", "Meeting room 1", ""),
        ((cast.should_have_left,), -100, 70, "Mr Bello", "Library", ""),
        ((cast.left,), -170, 60, "Ms Kaur", "Meeting room 2", ""),
    )
    made: dict[UUID, UUID] = {}
    for people, minutes, length, host, room, note in planned:
        starts = desk.today(minutes)
        form = BookingForm(
            visitors=tuple(somebody.id for somebody in people),
            starts_at=starts,
            ends_at=starts + timedelta(minutes=length),
            here_to_see=host,
            room=room,
            told=Told.EMAIL,
            notified_at=desk.ago(days=10),
            note_to_desk=note,
        )
        booked = bookings.book(session, form, by=desk.office, at=desk.ago(days=10))
        made |= {somebody.id: booked for somebody in people}
    council = BookingForm((others.council,), desk.today(75), None, "Mrs Shah", told=Told.PHONE, notified_at=desk.now)
    bookings.book(session, council, by=desk.office, at=desk.ago(days=2))
    tomorrow = replace(council, visitors=(cast.not_booked.id,), starts_at=desk.now + timedelta(days=1))
    bookings.book(session, tomorrow, by=desk.office, at=desk.ago(days=2))
    return made


def write_today(session: Session, cast: Cast, booked: dict[UUID, UUID], desk: Desk) -> None:
    """Who has come today so far, who left again, and one arrival that was interrupted."""
    gone = _sign_in(session, _badge(cast.left, booked), desk, 168)
    should_go = _badge(cast.should_have_left, booked)
    _sign_in(session, replace(should_go, needs_assistance=True), desk, 98)
    plumber = Arrival(
        visitor=NewVisitor(PersonKind.OTHER, "Osric Tapwell", "Elm Plumbing"),
        verdict=Verdict.OTHER_VISITOR,
        way=Way.OTHER_VISITOR,
        here_to_see="the site manager",
        place="Boiler room",
        how_many=2,
    )
    _sign_in(session, plumber, desk, 80)
    arrivals.sign_out(session, gone.id, by=desk.reception, at=desk.ago(minutes=70))
    short = _sign_in(session, replace(_badge(cast.left_too), came_about=CameAbout.COVERING), desk, 60)
    _sign_in(session, _badge(cast.here, booked), desk, 44)
    _sign_in(session, replace(_badge(cast.here_too), came_about=CameAbout.NOT_TOLD_US), desk, 30)
    arrivals.sign_out(session, short.id, by=desk.reception, at=desk.ago(minutes=10))
    half = Arrival(
        person=cast.half_done.id,
        booking=booked[cast.half_done.id],
        code=cast.half_done.staff_number,
        verdict=Verdict.KNOWN,
        shown=IdShown.HARROW_BADGE,
        note="went back to the car for the badge",
    )
    at = desk.ago(minutes=3)
    drafts.keep(session, _proposed(session, half, at), cast.half_done.name, at=at)


def _badge(somebody: Person, booked: dict[UUID, UUID] | None = None) -> Arrival:
    """A Harrow badge in date, the face compared."""
    return Arrival(
        person=somebody.id,
        booking=(booked or {}).get(somebody.id),
        code=somebody.staff_number,
        verdict=Verdict.KNOWN if booked else Verdict.NOT_BOOKED,
        shown=IdShown.HARROW_BADGE,
        expiry=Expiry.IN_DATE,
        compared=Compared.YES,
        here_to_see="" if booked else "Mrs Shah",
        notice_version=1,
    )


def _proposed(session: Session, arrival: Arrival, at: datetime) -> Arrival:
    """The arrival with what the desk is offered: basis, supervision, lanyard, whom to see and where."""
    found = front_desk.look_at(session, arrival.person, at=at, way=arrival.way).proposal
    return replace(
        arrival,
        basis=found.basis,
        supervision=found.supervision,
        lanyard=found.lanyard,
        here_to_see=arrival.here_to_see or found.here_to_see,
        place=arrival.place or found.place,
    )


def _sign_in(session: Session, arrival: Arrival, desk: Desk, minutes: int) -> Visit:
    at = desk.ago(minutes=minutes)
    return arrivals.sign_in(session, _proposed(session, arrival, at), by=desk.reception, at=at)


def _came_and_left(session: Session, arrival: Arrival, desk: Desk, *, days: int) -> Visit:
    at = desk.ago(days=days)
    visit = arrivals.sign_in(session, _proposed(session, arrival, at), by=desk.reception, at=at)
    return arrivals.sign_out(session, visit.id, by=desk.reception, at=at + timedelta(minutes=40))
