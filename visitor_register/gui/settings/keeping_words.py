"""How keeping and erasing is said: the kinds of record, how many, and what comes next."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from visitor_register.domain.calendar import say_date
from visitor_register.domain.retention import Kept, Kind, Retention, Sorted
from visitor_register.gui.settings.forms import FieldError, Form

KINDS: dict[Kind, tuple[str, str]] = {
    Kind.VISITS: ("visit or booking", "visits and bookings"),
    Kind.BOOKINGS: ("booking nobody came to", "bookings nobody came to"),
    Kind.CONTACTS: ("contact or deadline", "contacts and deadlines"),
    Kind.CHARTS: ("line of older charts", "lines of older charts"),
    Kind.PEOPLE: ("person", "people"),
    Kind.LETTERS: ("letter of assurance", "letters of assurance"),
    Kind.AUDIT: ("line of the log", "lines of the log"),
}
"""One of a kind, and several."""

PERIODS: dict[str, tuple[str, int]] = {
    "visit_years": ("Visits: years after the school year", 25),
    "contact_years": ("Contacts and deadlines: years", 25),
    "letter_years": ("Replaced letters: years", 25),
    "audit_years": ("Log and old settings: years", 25),
    "never_attended_months": ("Bookings nobody came to: months", 120),
    "chart_months": ("Older charts: months", 120),
    "worker_months": ("People off the chart: months", 120),
}
"""The fields of `Retention`: what each asks for, and the most it may be."""


def counted(records: Iterable[Kept]) -> str:
    """Say how many of each kind: `3 visits and bookings, 1 person`."""
    many = Counter(one.kind for one in records)
    return ", ".join(f"{many[kind]:,} {KINDS[kind][many[kind] != 1]}" for kind in Kind if many[kind])


def state(found: Sorted, *, leads: bool) -> tuple[str, str]:
    """A title and a sentence: what is due, else what is next."""
    held = f"A hold keeps {counted(found.kept_by_holds)}." if found.kept_by_holds else ""
    if found.due:
        return f"Due now: {counted(found.due)}.", held or ("Look at the list, then erase." if leads else "")
    if found.next_on is None:
        return "Nothing is due.", held or "Nothing is kept yet that has a period."
    return "Nothing is due.", f"The next: {counted(found.coming)} on {say_date(found.next_on)}. {held}".strip()


def line(one: Kept, names: Mapping[UUID, str]) -> str:
    """One record in a list: who, or what it is."""
    name = names.get(one.person or one.subject, "")
    if one.kind in (Kind.CHARTS, Kind.AUDIT) and name:
        return f"{name}: {one.words}"
    if name and one.words == "booking":
        return f"{name}, booked"
    return name or (one.words[:1].upper() + one.words[1:]) or KINDS[one.kind][0].capitalize()


def periods_form(rules: Retention) -> dict[str, str]:
    """The periods as texts."""
    return {name: str(getattr(rules, name)) for name in PERIODS}


def read_periods(form: Form) -> Retention:
    """The periods as typed.

    Raises:
        FieldError: one of them is no number, or too large.
    """
    said: dict[str, int] = {}
    for name, (_, most) in PERIODS.items():
        text = form[name].strip()
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise FieldError(name, f"Write a number from 1 to {most}.")
        said[name] = int(text)
    return Retention(**said)
