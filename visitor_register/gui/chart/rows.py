"""The chart as rows of a table, and one person's card in words."""

from collections.abc import Iterable
from datetime import datetime

from visitor_register.domain import calendar
from visitor_register.domain.people import CodeState
from visitor_register.domain.verification import Listing
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.chart_age import Age
from visitor_register.services.chart_lists import Listed
from visitor_register.services.chart_view import Overview, PersonCard

COLUMNS = (
    Column("Name"),
    Column("Team and service"),
    Column("Phone", 142),
    Column("Manager"),
    Column("State", 112),
)
MANAGER_COLUMN, STATE_COLUMN = 3, 4
CODE_STATE = {
    CodeState.PROVISIONAL: ("Provisional", Tone.CHECK),
    CodeState.CONFIRMED: ("Confirmed", Tone.KNOWN),
    CodeState.WITHDRAWN: ("Withdrawn", Tone.NEUTRAL),
}


def table_rows(lines: Iterable[Listed]) -> tuple[TableRow, ...]:
    """A row for each person and each vacant post."""
    return tuple(_row(line) for line in lines)


def _row(line: Listed) -> TableRow:
    who, place = line.person, line.post
    if who is None:
        title, team, service = (place.title, place.team, place.service) if place is not None else ("", "", "")
        key = place.id if place is not None else None
        name, phone, state = "Vacant", "", Cell(pill=PillSpec("Vacant", Tone.CHECK))
    else:
        key, name, title, team, phone = who.id, who.name, who.job_title, who.team, who.phone or who.mobile
        service = who.service or (place.service if place is not None else "")
        left = who.left_version is not None
        state = Cell(pill=PillSpec("Left", Tone.NEUTRAL)) if left else Cell("On the chart", muted=True)
    gone = who is not None and who.left_version is not None
    return TableRow(
        key,
        (
            Cell(name, title, t="strong", muted=who is None or gone),
            Cell(team, service if service != team else "", muted=gone),
            Cell(phone.partition(" / ")[0], whole=True, muted=gone),
            Cell(line.manager or ("" if gone else "not known"), line.manager_title, muted=gone or not line.manager),
            state,
        ),
    )


def age_words(age: Age | None, today: datetime, *, short: bool = False) -> tuple[str, Tone]:
    """The pill that is always visible: which chart, how old, whether that is too old; of the oldest part in use."""
    if age is None:
        return "No chart yet", Tone.NEUTRAL
    old = calendar.age(age.day, calendar.london_date(today))
    if short:
        words = f"{'Oldest part' if age.part else 'Chart'} {old}"
    else:
        version = f"{age.part}: version" if age.part else "Version"
        words = f"{version} {age.number} of {calendar.say_date(age.day)}, {old}"
    return words, Tone.NOT_KNOWN if age.very_old else Tone.CHECK if age.old else Tone.KNOWN


def counts(found: Overview) -> str:
    """How much the chart holds, and how much of it is shown."""
    people = "1 person" if found.people == 1 else f"{found.people:,} people"
    return f"{people}, {found.vacant} vacant"


def path_rows(card: PersonCard) -> tuple[Row, ...]:
    """The way up, nearest first; a vacant post says who is next."""
    rows = []
    for at, step in enumerate(card.path):
        title = step.post.title
        if step.vacant:
            above = next((other for other in card.path[at + 1 :] if not other.vacant), None)
            after = f"next up: {above.holders[0].name}" if above is not None else "nobody above it is known"
            rows.append(Row(step.post.id, f"Post vacant, {after}", title))
            continue
        for holder in step.holders:
            # The number first: where there is little room the title gives way.
            rows.append(Row(holder.id, holder.name, "  ".join(filter(None, (holder.phone or holder.mobile, title)))))
    return tuple(rows)


def past_rows(card: PersonCard, now: datetime) -> tuple[Row, ...]:
    """The last visits and the newest bookings."""
    visits = [
        Row(
            visit.id,
            f"Here {calendar.say_moment(visit.arrived_at, now)}",
            f"to see {visit.here_to_see or 'nobody noted'}",
        )
        for visit in card.visits
    ]
    bookings = [
        Row(
            booked.id,
            f"Booked {calendar.say_moment(booked.starts_at, now)}",
            f"to see {booked.here_to_see or 'nobody noted'}",
        )
        for booked in card.bookings
    ]
    return (*bookings, *visits)


def where_words(card: PersonCard) -> str:
    """Whether somebody is on the chart in use, in a sentence; empty when they are."""
    if card.left is not None:
        return f"Not on the chart since {calendar.say_date(card.left.day)}. Check with the team manager."
    if card.listing is Listing.OLDER:
        return "Taken off the chart by hand. Check with the team manager."
    return "" if card.person.version is not None else "On no chart: written down at the desk."
