"""The protocol report in words: its four headlines, what its plots say, and what stands under every copy."""

from dataclasses import dataclass

from visitor_register.domain.calendar import london_date, say_date, say_day, say_time
from visitor_register.domain.report import ALL, Cell, Span, chart_changes
from visitor_register.domain.report_mask import say
from visitor_register.domain.report_tables import (
    BOOKED,
    LATE,
    NO_REASON,
    NOT_BOOKED,
    ON_TIME,
    REPLY,
    RUNNING,
    THIS_SCHOOL,
    Report,
)
from visitor_register.domain.report_times import ReplyTimes


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure with what it counts, and a second line."""

    figure: str
    what: str
    more: str


def headlines(report: Report) -> tuple[Headline, ...]:
    """The four figures a meeting begins with."""
    tables = report.tables
    replies, school = tables["council_kinds"], tables["school_kinds"]
    booked, reasons = tables["booked_teams"], tables["visit_reasons"]
    without = next((row.cells[0] for row in reasons.rows if row.name == NO_REASON), None)
    other = booked.cell(ALL, NOT_BOOKED)
    none_noted = Cell(0, "none") if without is None else without
    noted = (
        f"{other.value - none_noted.value} with a reason"
        if other.value is not None and none_noted.value is not None
        else "reasons not shown"
    )
    ages = report.facts.ages
    return (
        Headline(
            _of(report, booked.cell(ALL, BOOKED), booked.cell(ALL, ALL)),
            "council visits booked before",
            f"of the other {_say(report, other)}, {noted}" if other.value != 0 else "none came without a booking",
        ),
        Headline(
            _of(report, replies.cell(REPLY, ON_TIME), replies.cell(REPLY, ALL)),
            "replies on time, council to school",
            f"{_say(report, replies.cell(REPLY, LATE))} late, {_say(report, replies.cell(REPLY, RUNNING))} running",
        ),
        Headline(
            _of(report, school.cell(ALL, ON_TIME), school.cell(ALL, ALL)),
            "answers on time, school to council",
            f"our own misses: {_say(report, school.cell(ALL, LATE))}",
        ),
        Headline(
            _days(ages[-1][1]) if ages else "No chart",
            "age of the chart",
            f"on {say_date(ages[-1][0])}, oldest {_days(max(age for _, age in ages))}" if ages else "import one",
        ),
    )


def span_words(span: Span) -> str:
    """Write a span with its days."""
    days = f"{say_date(span.first)} to {say_date(span.last)}"
    return f"{span.name.rpartition(': ')[2]}, {days}" if span.name else days


def times_words(report: Report, one: ReplyTimes) -> str:
    """What stands beside a team's bar: the middle reply, and how many were in time."""
    if one.team == THIS_SCHOOL:
        row = report.tables["school_replies"].total
    else:
        row = next(row for row in report.tables["council_replies"].rows if row.name == one.team)
    if row is None or row.cells[0].value is None or row.cells[-1].value is None:
        return f"{hours_words(one.middle)}"
    return f"{hours_words(one.middle)} · {row.cells[0].value} of {row.cells[-1].value}"


def hours_words(hours: float) -> str:
    """Write hours without a fraction."""
    return f"{hours:.0f} h"


def ages_words(report: Report) -> str:
    """Say how old the chart was, for those who do not see the line."""
    ages = report.facts.ages
    if not ages:
        return "No chart was there."
    came = [f"a newer one came {say_day(day)}" for day, _ in chart_changes(ages)]
    ends = f"{_days(ages[0][1])} old at first, {_days(ages[-1][1])} at the end"
    return ". ".join([ends, *came]) + "."


def footnotes(report: Report) -> tuple[str, ...]:
    """What stands under every copy."""
    unknown = report.tables["council_kinds"].cell(ALL, "Not assessable")
    facts = report.facts
    notes = [
        "Counts by team, never by named worker. Holidays pause nothing; only a person does, with a reason. "
        f"As things stood on {say_day(london_date(facts.at))} at {say_time(facts.at)}.",
        "Reply times are hours of working days: 24 for each, from the council's next opening, as the deadline counts "
        "them. The middle reply: half were quicker, half slower.",
    ]
    if unknown.value:
        what = "1 deadline of the council is" if unknown.value == 1 else f"{unknown.value} deadlines of the council are"
        notes.append(f"{what} not assessable, and not counted as late.")
    if report.for_sharing:
        notes.append(
            f"Copy for sharing: numbers under {report.under} are not shown, nor others from which they could be "
            "worked out."
        )
    return tuple(notes)


def _of(report: Report, part: Cell, whole: Cell) -> str:
    if part.value is None or whole.value is None:
        return _say(report, part)
    return f"{part.value} of {whole.value}" if whole.value else "None"


def _say(report: Report, cell: Cell) -> str:
    return say(cell, report.under)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
