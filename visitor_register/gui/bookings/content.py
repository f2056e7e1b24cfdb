"""What stands in the booking form, as typed, and what it says once it is read."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from visitor_register.domain import calendar
from visitor_register.domain.bookings import Booking, Place, Told
from visitor_register.domain.events import ReasonRecorded
from visitor_register.gui.widgets.who_field import Guest, guest
from visitor_register.services.booking_repeat import MOST, Repeat
from visitor_register.services.bookings import BookingForm, BookingLine
from visitor_register.services.notice import typed_day, typed_time

TOLD = {
    Told.EMAIL: "E-mail",
    Told.PHONE: "Telephone",
    Told.LETTER: "Letter",
    Told.IN_PERSON: "In person",
    Told.INVITATION: "Invitation",
    Told.DESK: "At the desk",
}
PLACES = {
    Place.SCHOOL: "School",
    Place.ONLINE: "Online",
    Place.COUNCIL: "Council",
    Place.HOME: "Home",
}


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is written for the DSL: never in a list, a title or an export."""

    purpose: str = ""
    exceptional: str = ""
    child_reference: str = ""
    detail: str = ""

    def as_event(self) -> ReasonRecorded:
        """The same, to be sealed or written to the DSL's file."""
        return ReasonRecorded(self.purpose, self.exceptional, self.child_reference.strip(), self.detail.strip())


@dataclass(frozen=True, slots=True)
class Content:
    """The form as it stands, letter by letter. `weeks`: after how many it comes back, 0 for never."""

    guests: tuple[Guest, ...] = ()
    day: str = ""
    start: str = ""
    end: str = ""
    here_to_see: str = ""
    room: str = ""
    place: Place = Place.SCHOOL
    weeks: int = 0
    until: str = ""
    times: str = ""
    told: Told | None = None
    heard: str = ""
    note: str = ""
    secrets: Secrets = field(default_factory=Secrets)


@dataclass(frozen=True, slots=True)
class Reading:
    """The form as it reads, and for each field that does not, what to write instead."""

    form: BookingForm | None
    wrong: dict[str, str]
    repeat: Repeat | None = None


def read(content: Content, now: datetime, before: Booking | None) -> Reading:
    """Read the form; `before` is the booking that is being changed."""
    today = calendar.london_date(now)
    wrong: dict[str, str] = {}
    day, start = typed_day(content.day, today), typed_time(content.start)
    end = typed_time(content.end) if content.end.strip() else None
    heard = typed_day(content.heard, today)
    if not content.guests:
        wrong["who"] = "Find somebody by name, or write down who it is."
    if day is None:
        wrong["day"] = "Write a day, like 30/11/2026."
    if start is None:
        wrong["start"] = "Write a time, like 14:00."
    if content.end.strip() and end is None:
        wrong["end"] = "Write a time, like 15:00."
    elif start is not None and end is not None and end <= start:
        wrong["end"] = "It ends before it starts."
    if content.told is None:
        wrong["told"] = "Choose how we heard."
    if heard is None:
        wrong["heard"] = "Write a day, like 24/11/2026."
    elif heard > today:
        wrong["heard"] = "That day has not come yet."
    if day is None or start is None:
        return Reading(None, wrong)
    repeat, wrong_repeat = _read_repeat(content, day, today) if content.weeks else (None, {})
    wrong |= wrong_repeat
    form = BookingForm(
        visitors=tuple(one.visitor for one in content.guests),
        starts_at=calendar.at_london(day, start),
        ends_at=calendar.at_london(day, end) if end is not None and end > start else None,
        here_to_see=content.here_to_see,
        room=content.room,
        told=content.told or Told.EMAIL,
        notified_at=_heard(heard, now, before) if "heard" not in wrong else None,
        note_to_desk=content.note,
        place=content.place,
    )
    return Reading(form, wrong, repeat)


def blank(day: date | None, now: datetime) -> Content:
    """An empty form: heard today, unless somebody says otherwise."""
    return Content(
        day=calendar.say_date(day) if day else "", heard=calendar.say_date(calendar.london_date(now)), told=None
    )


def of_line(line: BookingLine) -> Content:
    """A booking as it stands in the form. What is the DSL's comes from elsewhere."""
    booking = line.booking
    return Content(
        guests=tuple(guest(person) for person in line.visitors),
        day=calendar.say_date(calendar.london_date(booking.starts_at)),
        start=calendar.say_time(booking.starts_at)[:5],
        end=calendar.say_time(booking.ends_at)[:5] if booking.ends_at else "",
        here_to_see=booking.here_to_see,
        room=booking.room,
        place=booking.place,
        told=booking.told,
        heard=calendar.say_date(calendar.london_date(booking.notified_at)) if booking.notified_at else "",
        note=booking.note_to_desk,
    )


def _read_repeat(content: Content, first: date, today: date) -> tuple[Repeat | None, dict[str, str]]:
    """Read until when, or how many times, a visit comes back: one of the two, so that nothing is guessed."""
    until, times = content.until.strip(), content.times.strip()
    if bool(until) == bool(times):
        return None, {"until": "Write one of the two: the last day, or how many visits."}
    if times:
        if not times.isascii() or not times.isdigit() or not 2 <= int(times) <= MOST:
            return None, {"times": f"Write a number from 2 to {MOST}."}
        return Repeat(content.weeks, times=int(times)), {}
    last = typed_day(until, today)
    if last is None:
        return None, {"until": "Write a day, like 20/01/2027."}
    if last < first + timedelta(weeks=content.weeks):
        return None, {"until": "No second visit would be before that day."}
    return Repeat(content.weeks, until=last), {}


def _heard(day: date | None, now: datetime, before: Booking | None) -> datetime | None:
    """When the school was told: the moment that is known, else the beginning of that day."""
    if day is None:
        return None
    if before is not None and before.notified_at is not None and calendar.london_date(before.notified_at) == day:
        return before.notified_at
    return now if day == calendar.london_date(now) else calendar.at_london(day, time.min)
