"""Bookings as cards of a drawn day or week, and what a screen reader says of each. Nothing of it is the DSL's."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, BookingState, Place
from visitor_register.gui.bookings import rows
from visitor_register.gui.bookings.calendar_layout import DAY, HOUR, Span, minute_of
from visitor_register.gui.bookings.calendar_words import Booked, CardKind, CardWords, Draft
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.bookings import BookingLine

PLACES = {Place.ONLINE: "online", Place.COUNCIL: "at the council", Place.HOME: "at home"}
"""Where a visit is that needs no reception."""

_Placed = tuple[date, str, CardWords]


def cards_of(booked: Booked, draft: Draft | None, *, by_day: bool = False) -> list[_Placed]:
    """Each card with its London day and whom it is to see."""
    clashes = _clashes(booked.lines)
    cards = [
        (calendar.london_date(line.booking.starts_at), line.booking.here_to_see, card)
        for line in booked.lines
        for card in (
            _booked(line, booked.notices.get(line.booking.id), clashes.get(line.booking.id, ()), by_day=by_day),
        )
    ]
    for line in booked.moved:
        stood = line.booking.moved_from
        if stood is not None:
            cards.append((calendar.london_date(stood), line.booking.here_to_see, _moved(line, stood)))
    if draft is not None:
        cards.append((calendar.london_date(draft.starts_at), draft.host, _writing(draft)))
    return sorted(cards, key=lambda placed: (placed[0], placed[2].span.start, placed[2].kind, placed[2].name))


def _booked(line: BookingLine, notice: PillSpec | None, clashes: Sequence[str], *, by_day: bool) -> CardWords:
    booking = line.booking
    cancelled = booking.state in rows.CANCELLED
    came = rows.came(line)
    said = [_STATES[booking.state]] if booking.state in _STATES else []
    if booking.place in PLACES:
        said.append(PLACES[booking.place])
    marks: list[PillSpec] = []
    if clashes:
        marks.append(PillSpec("Clash", Tone.CHECK))
    short = notice is not None and notice.tone is Tone.CHECK
    if notice is not None and short and not cancelled:
        marks.append(notice)
    if came is not None:
        marks.insert(0, came)
    name, others = _names(line)
    spoken = (
        ", ".join(person.name for person in line.visitors) or "erased",
        f"{rows.day_words(calendar.london_date(booking.starts_at))}, {rows.times(booking)}",
        _whom(booking.here_to_see, booking.room),
        _organisations(line),
        *said,
        came.text if came else "",
        f"notice: {notice.text}" if notice is not None else "",
        *(f"Clash: {words}" for words in clashes),
    )
    return CardWords(
        CardKind.BOOKED,
        booking.id,
        _span(booking.starts_at, booking.ends_at),
        name,
        calendar.say_time(booking.starts_at),
        others,
        (booking.room, _organisations(line)) if by_day else (booking.here_to_see,),
        tuple(said),
        tuple(marks),
        cancelled,
        "\n".join(part for part in spoken if part),
    )


def _moved(line: BookingLine, stood: datetime) -> CardWords:
    booking = line.booking
    name, others = _names(line)
    # How long it was to last is not kept; as long as it is now.
    ends = stood + (booking.ends_at - booking.starts_at) if booking.ends_at else None
    now = f"{rows.day_words(calendar.london_date(booking.starts_at))}, {rows.times(booking)}"
    there = ", ".join(person.name for person in line.visitors) or "erased"
    when = f"{rows.day_words(calendar.london_date(stood))}, {calendar.say_time(stood)}"
    return CardWords(
        CardKind.MOVED,
        booking.id,
        _span(stood, ends),
        name,
        calendar.say_time(stood),
        others,
        said=("moved",),
        struck=True,
        spoken=f"{there}\n{when}\nmoved to {now}",
    )


def _writing(draft: Draft) -> CardWords:
    name = "New booking" if draft.booking is None else draft.name
    said = () if draft.booking is None else ("not saved",)
    when = calendar.say_time(draft.starts_at)
    day_ = rows.day_words(calendar.london_date(draft.starts_at))
    spoken = "\n".join(part for part in (f"{name}, not saved yet", f"{day_}, {when}", draft.name, draft.host) if part)
    span = _span(draft.starts_at, draft.ends_at)
    tail = (draft.host,)
    return CardWords(CardKind.WRITING, draft.booking, span, name, when, tail=tail, said=said, spoken=spoken)


_STATES = {
    BookingState.CANCELLED_BY_LA: "cancelled",
    BookingState.CANCELLED_BY_SCHOOL: "cancelled",
    BookingState.DID_NOT_COME: "did not come",
}


def more(cards: Sequence[CardWords], span: Span) -> CardWords:
    """One card for those there is no room for."""
    name = f"{len(cards)} more"
    said = [f"{name}, Enter shows the day", *(f"{card.when} {card.name}" for card in cards)]
    return CardWords(CardKind.MORE, None, span, name, "", spoken="\n".join(said))


def _clashes(lines: Sequence[BookingLine]) -> dict[UUID, tuple[str, ...]]:
    """For each booking, who or what it has at the same time as another: the person to see, the room, a visitor."""
    found: dict[UUID, list[str]] = {}
    on = [line for line in lines if line.booking.state in STILL_ON]
    for number, one in enumerate(on):
        for other in on[number + 1 :]:
            if other.booking.starts_at >= _ends(one):
                break
            for mine, theirs in ((one, other), (other, one)):
                said = found.setdefault(mine.booking.id, [])
                when = calendar.say_time(theirs.booking.starts_at)
                said += [f"{shared} also at {when}" for shared in _shared(mine, theirs)]
    return {identity: tuple(dict.fromkeys(said)) for identity, said in found.items() if said}


def _shared(one: BookingLine, other: BookingLine) -> list[str]:
    pairs = (
        (one.booking.here_to_see, other.booking.here_to_see),
        # A room of the council is none of ours.
        (one.booking.room, other.booking.room if one.booking.place is other.booking.place else ""),
    )
    both = {person.id for person in other.visitors}
    return [mine for mine, theirs in pairs if mine and mine.casefold() == theirs.casefold()] + [
        person.name for person in one.visitors if person.id in both
    ]


def _ends(line: BookingLine) -> datetime:
    # As for the clashes of the form: what has no end is taken for an hour.
    return line.booking.ends_at or line.booking.starts_at + timedelta(hours=1)


def _span(starts: datetime, ends: datetime | None) -> Span:
    start = minute_of(calendar.to_london(starts).time())
    if ends is None:
        return Span(start, min(DAY, start + HOUR))
    end = minute_of(calendar.to_london(ends).time())
    return Span(start, end if calendar.london_date(ends) == calendar.london_date(starts) and end > start else DAY)


def _names(line: BookingLine) -> tuple[str, str]:
    if not line.visitors:
        return "erased", ""
    more = len(line.visitors) - 1
    return line.visitors[0].name, f"+{more}" if more else ""


def _organisations(line: BookingLine) -> str:
    return ", ".join(dict.fromkeys(place for one in line.visitors if (place := one.team or one.organisation)))


def _whom(host: str, room: str) -> str:
    return ", ".join(part for part in (f"here to see {host}" if host else "", room) if part)
