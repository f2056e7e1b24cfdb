"""The school's own year: which day is what, by the spans it wrote down, and where those contradict each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from visitor_register.domain.calendar import ONE_DAY, BankHolidays, SchoolDay, say_day
from visitor_register.domain.policy import CalendarSpan, HolidayEdits

WORDS: dict[SchoolDay, str] = {
    SchoolDay.SCHOOL: "school days",
    SchoolDay.STAFF_ONLY: "staff only",
    SchoolDay.CLOSED: "closed",
}
"""What a span is called beside its days."""

# The stronger comes later: a closure in a term is a closure, whatever else the day was to be.
_STRENGTH = (SchoolDay.SCHOOL, SchoolDay.STAFF_ONLY, SchoolDay.CLOSED)


def with_edits(holidays: BankHolidays, edits: HolidayEdits) -> BankHolidays:
    """Return the bank holidays as the school knows them: one-off ones added, days that are none taken out."""
    names = {day: name for day, name in holidays.names.items() if day not in edits.removed}
    names |= {added.day: added.name for added in edits.added}
    return BankHolidays(dict(sorted(names.items())), holidays.years)


def days_of(spans: Iterable[CalendarSpan], holidays: BankHolidays) -> dict[date, SchoolDay]:
    """Say what the school does on each day that a span names; the order of the spans plays no part.

    A span of school days names its Mondays to Fridays without bank holidays. Staff-only and closed days win
    over school days, closed over staff only. A weekend is named only by one staff-only day of its own.
    Days outside the years of `holidays` are left out, for nobody knows which of them are bank holidays.
    """
    named: dict[date, SchoolDay] = {}
    for span in sorted(spans, key=lambda span: _STRENGTH.index(span.kind)):
        named |= dict.fromkeys(named_days(span, holidays), span.kind)
    return dict(sorted(named.items()))


def named_days(span: CalendarSpan, holidays: BankHolidays) -> Iterator[date]:
    """Yield the days that one span names, in their order."""
    weekend_too = span.kind is SchoolDay.STAFF_ONLY and span.first == span.last
    for day in _each_day(span):
        if day.year not in holidays.years or (day.weekday() >= 5 and not weekend_too):
            continue
        if span.kind is not SchoolDay.SCHOOL or day not in holidays.names:
            yield day


def contradictions(spans: Sequence[CalendarSpan], holidays: BankHolidays) -> tuple[str, ...]:
    """Say in sentences where spans cannot all be meant, and what counts meanwhile; none is good."""
    found: list[str] = []
    ordered = sorted(spans, key=_order)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.first > one.last:
                break
            found += _contradiction(one, other, holidays)
    found += [
        f"{called(span)} names no school day: {_when(span)} has only weekends and bank holidays."
        for span in ordered
        if span.kind is SchoolDay.SCHOOL and not any(True for _ in named_days(span, holidays))
    ]
    return tuple(found)


def put_over(old: Iterable[CalendarSpan], new: Sequence[CalendarSpan]) -> tuple[CalendarSpan, ...]:
    """Let new spans take the place of the old ones from the first to the last day they name; the rest stays."""
    if not new:
        return tuple(sorted(old, key=_order))
    first, last = min(span.first for span in new), max(span.last for span in new)
    kept = [
        part
        for span in old
        for part in (
            replace(span, last=min(span.last, first - ONE_DAY)),
            replace(span, first=max(span.first, last + ONE_DAY)),
        )
        if part.first <= part.last
    ]
    return tuple(sorted({*kept, *new}, key=_order))


def in_order(spans: Iterable[CalendarSpan]) -> tuple[CalendarSpan, ...]:
    """Return the spans as the year goes, each once."""
    return tuple(sorted(set(spans), key=_order))


def called(span: CalendarSpan) -> str:
    """How a span is called in a sentence."""
    return f"“{span.name}”" if span.name else f"The span {_when(span)}"


def say_counts(days: Mapping[date, SchoolDay]) -> str:
    """Say how many days of which kind there are: `190 school days, 5 staff only, 12 closed`."""
    counts = {kind: sum(one is kind for one in days.values()) for kind in SchoolDay}
    school = counts[SchoolDay.SCHOOL]
    return (
        f"{'1 school day' if school == 1 else f'{school} school days'}, "
        f"{counts[SchoolDay.STAFF_ONLY]} staff only, {counts[SchoolDay.CLOSED]} closed"
    )


def _contradiction(one: CalendarSpan, other: CalendarSpan, holidays: BankHolidays) -> Iterator[str]:
    """A closure or training day inside a term is how a year is written, so it is no contradiction."""
    if (one.kind is SchoolDay.SCHOOL) is not (other.kind is SchoolDay.SCHOOL):
        return
    both = sorted({*named_days(one, holidays)} & {*named_days(other, holidays)})
    if not both:
        return
    when = say_day(both[0]) if len(both) == 1 else f"{say_day(both[0])} to {say_day(both[-1])}"
    if one.kind is other.kind:
        yield f"{called(one)} and {called(other)} overlap: {when}. Each day counts once."
    else:
        yield (
            f"{called(one)} is {WORDS[one.kind]} and {called(other)} is {WORDS[other.kind]}: {when}. "
            "It counts as closed until one of them is changed."
        )


def _each_day(span: CalendarSpan) -> Iterator[date]:
    for number in range((span.last - span.first).days + 1):
        yield span.first + number * ONE_DAY


def _when(span: CalendarSpan) -> str:
    return say_day(span.first) if span.first == span.last else f"{say_day(span.first)} to {say_day(span.last)}"


def _order(span: CalendarSpan) -> tuple[date, date, str, str]:
    return span.first, span.last, span.kind.value, span.name
