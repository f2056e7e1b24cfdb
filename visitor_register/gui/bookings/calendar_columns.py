"""The columns of a drawn day or week: a day each, or on one day a person to see each."""

from datetime import date, timedelta

from visitor_register.domain import calendar
from visitor_register.gui.bookings import rows
from visitor_register.gui.bookings.calendar_cards import cards_of
from visitor_register.gui.bookings.calendar_layout import minute_of
from visitor_register.gui.bookings.calendar_words import Booked, CalendarWords, CardKind, ColumnWords, Draft

NOBODY_NAMED = "Nobody named"


def week(booked: Booked, monday: date, today: date, draft: Draft | None) -> CalendarWords:
    """Monday to Friday; a Saturday or Sunday only where something stands on it."""
    cards = cards_of(booked, draft)
    days = [monday + timedelta(days=number) for number in range(7)]
    days = [day for day in days if day.weekday() < 5 or any(on == day for on, _host, _card in cards)]
    columns = tuple(
        ColumnWords(
            day,
            rows.day_words(day),
            _visits(booked, day),
            rows.day_words(day).rpartition(" ")[0],
            today=day == today,
            shaded=booked.shaded.get(day, ""),
            cards=tuple(card for on, _host, card in cards if on == day),
        )
        for day in days
    )
    sentence = "" if cards else "No visits booked this week. Press Ctrl+N, or click a time, to book one."
    title = rows.days_title(days[0], days[-1])
    return CalendarWords(
        f"Week of {title}", minute_of(booked.hours.opens), minute_of(booked.hours.closes), columns, sentence
    )


def day(booked: Booked, on: date, today: date, draft: Draft | None) -> CalendarWords:
    """One London day, a column for each whom visitors come to see."""
    cards = [(host, card) for when, host, card in cards_of(booked, draft, by_day=True) if when == on]
    hosts: dict[str, str] = {}
    for host, _card in cards:
        hosts.setdefault(host.casefold(), host)
    order = sorted(hosts, key=lambda host: (not host, host)) or [""]
    columns = []
    for folded in order:
        mine = tuple(card for host, card in cards if host.casefold() == folded)
        on_here = sum(card.kind is CardKind.BOOKED and not card.struck for card in mine)
        title = hosts.get(folded, "") or (NOBODY_NAMED if cards else calendar.WEEKDAYS[on.weekday()])
        shaded = booked.shaded.get(on, "")
        columns.append(ColumnWords(on, title, _count(on_here), "", hosts.get(folded, ""), on == today, shaded, mine))
    sentence = "" if cards else "No visits booked this day. Press Ctrl+N, or click a time, to book one."
    opens, closes = minute_of(booked.hours.opens), minute_of(booked.hours.closes)
    return CalendarWords(calendar.say_day(on), opens, closes, tuple(columns), sentence, by_day=True)


def _visits(booked: Booked, on: date) -> str:
    return _count(
        sum(
            calendar.london_date(line.booking.starts_at) == on and line.booking.state not in rows.CANCELLED
            for line in booked.lines
        )
    )


def _count(visits: int) -> str:
    return {0: "no visits", 1: "1 visit"}.get(visits, f"{visits} visits")
