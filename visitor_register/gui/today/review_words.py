"""A line of the DSL's list in words: as a row, and whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.assurance import CallBack
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.gui import wording
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.review import ReviewLine, Why

_WHY: dict[Why, tuple[str, Tone]] = {
    Why.DECLINED: ("Entry declined", Tone.STOP),
    Why.REFUSED: ("Call-back: not confirmed", Tone.NOT_KNOWN),
    Why.NOT_CHECKED: ("Face and photo not compared", Tone.CHECK),
    Why.NOT_BOOKED: ("Known, not booked", Tone.CHECK),
    Why.UNDONE: ("Arrival taken back", Tone.NEUTRAL),
    Why.NEW_CODE: ("Badge code not confirmed yet", Tone.CHECK),
}

NOT_TOLD = "The desk did not write down that the DSL was told."


@dataclass(frozen=True, slots=True)
class Told:
    """One visit, as the DSL reads it. `calls` are title and lines of each call-back."""

    visit: UUID
    person: UUID
    name: str
    second: str
    why: tuple[PillSpec, ...]
    happened: tuple[str, ...]
    calls: tuple[tuple[str, ...], ...]
    dsl_told: str
    codes: tuple[str, ...]


def rows(lines: Sequence[ReviewLine], now: datetime) -> list[Row]:
    """The list, with a heading for each day that is over."""
    made: list[Row] = []
    today = calendar.london_date(now)
    for day, of_day in groupby(lines, key=lambda line: calendar.london_date(line.visit.arrived_at)):
        if day != today:
            made.append(Row(None, calendar.say_date(day), heading=True))
        for line in of_day:
            first, *more = why(line)
            state = PillSpec(f"{first.text} + {len(more)}" if more else first.text, first.tone)
            at = calendar.say_time(line.visit.arrived_at)
            made.append(Row(line.visit.id, name(line), time=at, state=state, action="Open"))
    return made


def tell(line: ReviewLine, now: datetime) -> Told:
    """All of one line."""
    visit, person = line.visit, line.person
    parts = (person.job_title, person.team or person.organisation) if person else ()
    told = f"DSL told {calendar.say_moment(line.told_at, now)}" if line.told_at else NOT_TOLD
    return Told(
        visit=visit.id,
        person=visit.person,
        name=name(line),
        second=" · ".join(part for part in parts if part),
        why=tuple(why(line)),
        happened=tuple(_happened(line, now)),
        calls=tuple(tuple(_call(call, now)) for call in line.calls),
        dsl_told=told,
        codes=line.codes,
    )


def name(line: ReviewLine) -> str:
    """Who it is, or that this was erased."""
    return line.person.name if line.person else "Name erased"


def why(line: ReviewLine) -> list[PillSpec]:
    """Why it is on the list, the gravest first."""
    verdict = line.visit.verdict
    word, rest = wording.VERDICT[verdict]
    own = rest if word == "Check" else word
    return [PillSpec(own, wording.TONE[verdict]) if one is Why.VERDICT else PillSpec(*_WHY[one]) for one in line.why]


def _happened(line: ReviewLine, now: datetime) -> Iterator[str]:
    visit = line.visit
    declined = visit.state is VisitState.DECLINED
    by = f", written by {line.recorded_by}" if line.recorded_by else ""
    yield f"{'At the desk' if declined else 'Arrived'} {calendar.say_moment(visit.arrived_at, now)}{by}"
    if visit.state in (VisitState.DECLINED, VisitState.UNDONE):
        yield f"{'Declined' if declined else 'Taken back'}: {visit.state_reason}"
    if declined:
        return
    if visit.left_at is not None:
        yield f"Left {calendar.say_moment(visit.left_at, now)}"
    if visit.came_about is not None:
        yield f"Not booked: {wording.CAME_ABOUT[visit.came_about][0]}"
    if visit.here_to_see or visit.place:
        where = ", ".join(part for part in (visit.here_to_see, visit.place) if part)
        yield f"Here to see {where}" if visit.here_to_see else where
    if visit.how_many > 1:
        yield f"{visit.how_many} people"
    yield from _identity(visit)
    yield f"DBS: {wording.BASIS[visit.basis]}" + (f" ({visit.basis_note})" if visit.basis_note else "")
    yield wording.SUPERVISION[visit.supervision]
    if visit.note:
        yield f"Note of the desk: {visit.note}"


def _identity(visit: Visit) -> Iterator[str]:
    if visit.id_shown is None:
        yield "ID: not asked"
        return
    expiry = f", {wording.EXPIRY[visit.expiry].lower()}" if visit.expiry else ""
    yield f"ID: {visit.id_which or wording.ID_SHOWN[visit.id_shown]}{expiry}"
    if visit.compared is not None:
        words = wording.COMPARED[visit.compared].removesuffix(", because ...")
        because = f", because {visit.not_compared_because}" if visit.not_compared_because else ""
        yield f"Face and photo compared: {words.lower()}{because}"


def _call(call: CallBack, now: datetime) -> Iterator[str]:
    yield f"{call.whom}: {wording.OUTCOME[call.outcome][0].lower()}"
    yield f"{call.number}, from the {call.source_text}"
    said = f", who said: {call.confirmed}" if call.confirmed else ""
    answered = f", answered by {call.answered_by}" if call.answered_by else ""
    yield f"{calendar.say_moment(call.at, now)}{answered}{said}"
