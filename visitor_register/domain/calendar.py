"""London time in words and numbers, and which days and hours count: the one place that knows a working day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from visitor_register.errors import RegisterError

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)

# Not strftime: its names follow the computer's language.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class CalendarUnknownError(RegisterError):
    """A day has to be judged that no calendar says anything about. It is never guessed."""


class Wall(StrEnum):
    """How often a time stands on London's clocks on a day: at the two clock changes it is not once."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


class Days(StrEnum):
    """Which days a rule in days counts."""

    WORKING = "working"
    SCHOOL = "school"
    CALENDAR = "calendar"


class SchoolDay(StrEnum):
    """What the school's own calendar says of a day."""

    SCHOOL = "school"
    STAFF_ONLY = "staff_only"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours by London's clock. `opens` is inside them, `closes` is not."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("hours close after they open")

    def __contains__(self, clock: time) -> bool:
        return self.opens <= clock < self.closes


# Source: our defaults for P5 and P10; the school can change both.
LA_HOURS = Hours(time(9), time(17))
SCHOOL_HOURS = Hours(time(8, 30), time(16, 30))


def to_london(moment: datetime) -> datetime:
    """Put an aware moment on London's clock.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone could be any of several")
    return moment.astimezone(LONDON)


def london_date(when: date | datetime) -> date:
    """Say which day a moment falls on in London; a plain date is that day already.

    Raises:
        ValueError: the moment has no time zone.
    """
    return to_london(when).date() if isinstance(when, datetime) else when


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The UTC moments between which it is this day in London: from the first up to, not with, the second."""
    return at_london(day, time.min), at_london(day + ONE_DAY, time.min)


def wall(day: date, clock: time) -> Wall:
    """Say whether London's clocks show this time on this day once, never (March) or twice (October)."""
    local = datetime.combine(day, clock.replace(fold=0), LONDON)
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first == second:
        return Wall.ONCE
    return Wall.NEVER if local.astimezone(UTC).astimezone(LONDON).time() != clock.replace(fold=0) else Wall.TWICE


def at_london(day: date, clock: time) -> datetime:
    """Find the UTC moment at which London's clocks show `clock` on `day`.

    A time that comes twice is the first of the two; one that is left out is as long after the
    change as it says (01:30 becomes 02:30 BST).
    """
    return datetime.combine(day, clock.replace(fold=0), LONDON).astimezone(UTC)


def say_day(day: date) -> str:
    """Write a day with its weekday and year: `Tue 24 Nov 2026`."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def say_date(day: date) -> str:
    """Write a day as numbers, with its weekday: `Tue 24/11/2026`."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day:02}/{day.month:02}/{day.year:04}"


def say_time(moment: datetime) -> str:
    """Write London's clock without seconds: `16:00`; a time that comes twice that day says which: `01:30 BST`."""
    local = to_london(moment)
    twice = wall(local.date(), local.time()) is Wall.TWICE
    return f"{local:%H:%M} {local.tzname()}" if twice else f"{local:%H:%M}"


def say_day_time(moment: datetime) -> str:
    """Write a moment with the words of `say_day`: `Tue 24 Nov 2026 16:00`, London time."""
    return f"{say_day(london_date(moment))} {say_time(moment)}"


def say_date_time(moment: datetime) -> str:
    """Write a moment with the figures of `say_date`: `Tue 24/11/2026 16:00`, London time."""
    return f"{say_date(london_date(moment))} {say_time(moment)}"


def say_moment(moment: datetime, now: datetime) -> str:
    """Write a moment in London: `Tue 24 Nov 16:00`, with the year if it is not the present one."""
    day = london_date(moment)
    words = say_day(day)
    return f"{words if day.year != london_date(now).year else words.rpartition(' ')[0]} {say_time(moment)}"


def relative(moment: datetime, now: datetime) -> str:
    """Say how far off a moment is: `in 3 h`, `5 min ago`, `in 2 days`, `now` (within a minute).

    Rounded towards now, so that it never promises more time than there is. From 24 hours on,
    London days are counted.
    """
    span = abs(moment - now)
    days = abs((london_date(moment) - london_date(now)).days)
    if span < timedelta(minutes=1):
        return "now"
    if span < timedelta(hours=1):
        words = f"{span // timedelta(minutes=1)} min"
    elif span < ONE_DAY or not days:
        words = f"{span // timedelta(hours=1)} h"
    else:
        words = _days(days)
    return f"in {words}" if moment > now else f"{words} ago"


def relative_day(day: date, today: date) -> str:
    """Say how far off a day is: `today`, `tomorrow`, `in 3 days`, `yesterday`, `3 days ago`."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {_days(days)}" if days > 0 else f"{_days(-days)} ago")


def age(day: date, today: date) -> str:
    """Say how old something dated `day` is: `22 days old`; a later date is said as it is: `in 3 days`."""
    days = (today - day).days
    return f"{_days(days)} old" if days > 0 else relative_day(day, today)


def say_due(due: date | datetime, now: datetime) -> str:
    """Write a due moment or day with how far off it is: `due Tue 24 Nov 16:00, in 3 h`."""
    if isinstance(due, datetime):
        return f"{'due' if due >= now else 'was due'} {say_moment(due, now)}, {relative(due, now)}"
    today = london_date(now)
    return f"{'due' if due >= today else 'was due'} {say_date(due)}, {relative_day(due, today)}"


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """England's bank holidays: the name of each, and the years for which all of them are here."""

    names: Mapping[date, str] = field(hash=False)
    years: range


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """What counts as a working day, a school day and an open hour.

    `school_days` is what the school imported or typed; a day it does not name is not known.
    """

    bank_holidays: BankHolidays
    school_days: Mapping[date, SchoolDay] = field(default_factory=dict, hash=False)
    la_hours: Hours = LA_HOURS
    school_hours: Hours = SCHOOL_HOURS

    def why_not_working(self, day: date) -> str | None:
        """Say why a day is no working day (`Saturday`, `bank holiday: Good Friday`); None if it is one.

        Source: Monday to Friday less England's bank holidays, our default for P2, P5, P10, P11.

        Raises:
            CalendarUnknownError: the bank holidays of that year are not here.
        """
        if day.year not in self.bank_holidays.years:
            raise CalendarUnknownError(f"The bank holidays of {day.year} are not known yet, so nothing is counted.")
        if (name := self.bank_holidays.names.get(day)) is not None:
            return f"bank holiday: {name}"
        return WEEKDAYS[day.weekday()] if day.weekday() >= 5 else None

    def is_working(self, day: date) -> bool:
        """Say whether a day is a working day. Raises as `why_not_working`."""
        return self.why_not_working(day) is None

    def school_day(self, day: date) -> SchoolDay | None:
        """Say what the school does on a day; None if its calendar does not say.

        Weekends and bank holidays are closed unless the school's calendar names them.
        """
        if (named := self.school_days.get(day)) is not None:
            return named
        return None if self.is_working(day) else SchoolDay.CLOSED

    def judge(self, day: date, counting: Days) -> tuple[bool, str]:
        """Say whether a day counts, and why not (or what is remarkable about one that does).

        Of school days only those with pupils count.

        Raises:
            CalendarUnknownError: school days are counted and the school's calendar does not name
                this one, or the bank holidays of that year are not here.
        """
        if counting is Days.CALENDAR:
            return True, ""
        kind = self.school_day(day)
        closed = "the school is closed" if kind is SchoolDay.CLOSED else "staff only, no pupils"
        if counting is Days.WORKING:
            why = self.why_not_working(day)
            return why is None, why or (f"{closed}, which pauses nothing" if kind is SchoolDay.CLOSED else "")
        if kind is None:
            raise CalendarUnknownError(f"The school's calendar does not say what {say_day(day)} is. Please add it.")
        return kind is SchoolDay.SCHOOL, "" if kind is SchoolDay.SCHOOL else self.why_not_working(day) or closed

    def working_day_after(self, day: date) -> date:
        """Find the next working day; `day` itself is never the answer."""
        return next(later for later in _days_from(day, ONE_DAY) if self.is_working(later))

    def working_day_before(self, day: date) -> date:
        """Find the working day before; `day` itself is never the answer."""
        return next(earlier for earlier in _days_from(day, -ONE_DAY) if self.is_working(earlier))

    def next_opening(self, moment: datetime, hours: Hours) -> datetime:
        """Find the first moment (UTC) from `moment` on that lies inside `hours` of a working day.

        A school holiday is no reason to wait: only a person pauses a deadline.
        """
        local = to_london(moment)
        day = local.date()
        if self.is_working(day):
            if local.time() in hours:
                return moment.astimezone(UTC)
            if local.time() < hours.opens:
                return at_london(day, hours.opens)
        return at_london(self.working_day_after(day), hours.opens)

    def fingerprint(self) -> str:
        """Say in 16 hexadecimal characters which calendar this is; kept beside a result that is frozen."""
        lines = [f"{day} {name}" for day, name in sorted(self.bank_holidays.names.items())]
        lines += [f"{day} {kind.value}" for day, kind in sorted(self.school_days.items())]
        lines += [str(self.bank_holidays.years), str(self.la_hours), str(self.school_hours)]
        return sha256("\n".join(lines).encode()).hexdigest()[:16]


def _days_from(day: date, stride: timedelta) -> Iterator[date]:
    while True:
        day += stride
        yield day
