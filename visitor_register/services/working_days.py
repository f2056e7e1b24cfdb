"""The one way to the calendar and the rules of a day: bank holidays, school days, hours and clocks as they were set."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from visitor_register.domain import school_year
from visitor_register.domain.calendar import BankHolidays, Hours, WorkingCalendar
from visitor_register.domain.deadlines import Rules
from visitor_register.domain.policy import Clocks, HolidayEdits, OpeningHours, Policy, SchoolCalendar
from visitor_register.domain.school import Setting
from visitor_register.files import bank_holidays
from visitor_register.persistence import rows
from visitor_register.persistence.tables import setting
from visitor_register.services import policy

_CLOCKS = "clocks"


@dataclass(frozen=True, slots=True)
class Counting:
    """How days and hours are counted for something that happens on one day."""

    calendar: WorkingCalendar
    rules: Rules


def read(session: Session, on: date) -> Counting:
    """Say how to count for an event of this London date: the settings in force are those of its own day."""
    return _counting(policy.read(session, on), _clocks_since(session, on), on.year)


def read_days(session: Session, days: Iterable[date]) -> Mapping[date, Counting]:
    """Say how to count for each of these London dates; the settings are read once for all between two changes."""
    changes = sorted({change.applies_from or date.min for change in rows.select_all(session, Setting)})
    read_of: dict[int, tuple[Policy, date]] = {}
    found: dict[date, Counting] = {}
    for day in sorted(set(days)):
        period = bisect_right(changes, day)
        if period not in read_of:
            read_of[period] = policy.read(session, day), _clocks_since(session, day)
        found[day] = _counting(*read_of[period], day.year)
    return found


def coming_clocks(session: Session, today: date) -> tuple[tuple[date, Clocks], ...]:
    """Return how clauses will be read after today: each change with the day it applies from."""
    said = _said_of_clocks(session)
    now, found = policy.read(session, today).clocks, []
    for day in sorted({one.applies_from for one in said if one.applies_from is not None and one.applies_from > today}):
        later = policy.read(session, day).clocks
        if later != now:
            found.append((day, later))
        now = later
    return tuple(found)


@lru_cache(maxsize=32)
def plain_holidays(first: int, last: int) -> BankHolidays:
    """Return England's bank holidays from one year to another as the library has them, without the school's edits."""
    return bank_holidays.england(range(first, last + 1))


def _counting(settings: Policy, since: date, year: int) -> Counting:
    rules = Rules(since, settings.clocks.contact_counts, settings.clocks.notice_counts, settings.clocks.reply_elapsed)
    return Counting(_calendar(settings.calendar, settings.holidays, settings.clocks, settings.hours, year), rules)


@lru_cache(maxsize=32)
def _calendar(
    school: SchoolCalendar, edits: HolidayEdits, clocks: Clocks, hours: OpeningHours, year: int
) -> WorkingCalendar:
    """The days of a year and the two beside it."""
    holidays = school_year.with_edits(plain_holidays(year - 1, year + 1), edits)
    return WorkingCalendar(
        holidays,
        school_year.days_of(school.spans, holidays),
        Hours(clocks.la_opens, clocks.la_closes),
        Hours(hours.opens, hours.closes),
    )


def _clocks_since(session: Session, on: date) -> date:
    """From when the clocks of a day apply; from the beginning where nobody ever set them."""
    begun = [one for one in _said_of_clocks(session) if one.applies_from is None or one.applies_from <= on]
    return (begun[-1].applies_from if begun else None) or date.min


def _said_of_clocks(session: Session) -> list[Setting]:
    of_clocks = setting.c.name == _CLOCKS
    return rows.select_all(session, Setting, of_clocks, order_by=(setting.c.seq.asc(),))
