"""The examples of the guide are what the program works out, to the letter."""

from datetime import date, datetime

from visitor_register.domain import deadlines
from visitor_register.domain.calendar import WorkingCalendar, at_london, london_date, say_day, say_time
from visitor_register.domain.deadlines import MomentDue
from visitor_register.files.bank_holidays import england
from visitor_register.resources_path import resource

CALENDAR = WorkingCalendar(england(range(2026, 2028)))


def test_the_examples_of_the_guide_are_worked_out() -> None:
    page = resource("help", "deadlines.md").read_text("utf-8").partition("## Examples")[2]
    on_page = [line for line in page.splitlines() if line.startswith("| ")][1:]
    worked_out = [
        _allocated(date(2026, 11, 20)),
        _allocated(date(2026, 12, 22)),
        _allocated(date(2027, 3, 24)),
        _sent(_london("2026-11-20T16:00")),
        _sent(_london("2026-12-23T10:00")),
        _sent(_london("2026-11-21T13:00")),
        _requested(_london("2026-12-24T10:00")),
        _urgent(_london("2026-12-24T10:00")),
        _meeting(date(2026, 12, 2)),
        _meeting(date(2027, 1, 4)),
    ]
    assert on_page == worked_out


def _allocated(day: date) -> str:
    due = deadlines.contact(day, CALENDAR)
    return _row(f"Allocated {say_day(day)}", f"end of {say_day(due.due_on)}", f"end of {say_day(due.also)}")


def _sent(moment: datetime) -> str:
    return _moments("E-mail", deadlines.reply(moment, CALENDAR), moment)


def _requested(moment: datetime) -> str:
    return _moments("Request", deadlines.request(moment, CALENDAR), moment)


def _urgent(moment: datetime) -> str:
    due = deadlines.request(moment, CALENDAR, urgent=True)
    return _row(f"Urgent request {_say(moment)}", _say(due.due_at), "the same")


def _meeting(day: date) -> str:
    due = deadlines.notice(day, CALENDAR)
    return _row(f"Meeting {say_day(day)}", f"notice by the end of {say_day(due.due_on)}", say_day(due.also))


def _moments(what: str, due: MomentDue, moment: datetime) -> str:
    return _row(f"{what} {_say(moment)}", _say(due.due_at), _say(due.also))


def _london(text: str) -> datetime:
    wall = datetime.fromisoformat(text)
    return at_london(wall.date(), wall.time())


def _say(moment: datetime) -> str:
    return f"{say_day(london_date(moment))} {say_time(moment)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
