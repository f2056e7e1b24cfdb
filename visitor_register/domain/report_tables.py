"""The tables of the protocol report, each with the sentence that says what it counts and out of what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from visitor_register.domain.contacts import ClockKind, Owes, Rung
from visitor_register.domain.purposes import DEFAULT_EXCEPTIONAL_CIRCUMSTANCES
from visitor_register.domain.report import (
    ALL,
    BookingFact,
    Ending,
    Facts,
    OwedFact,
    Standing,
    Table,
    count,
    period,
    periods,
)
from visitor_register.domain.report_mask import mask
from visitor_register.domain.report_times import ReplyTimes, times
from visitor_register.domain.visits import CameAbout

STANDINGS = {
    Standing.ON_TIME: "On time",
    Standing.LATE: "Late",
    Standing.RUNNING: "Running",
    Standing.NOT_ASSESSABLE: "Not assessable",
}
ON_TIME, LATE, RUNNING, NOT_ASSESSABLE = STANDINGS.values()
KEPT, SHORT, UNKNOWN = "5 working days or more", "Short notice", "Not assessable"
BOOKED, NOT_BOOKED = "Booked before", "Not booked"
YES, NO = "Yes", "No"
REPLY, REQUEST, URGENT = "Reply to a message", "Information asked for", "Urgent information (s47)"
FIRST_CONTACT = "First contact after allocation"
NO_REASON = "No reason written down"
THIS_SCHOOL = "This school"
RUNGS = {
    Rung.WORKER: "Worker",
    Rung.MANAGER: "Manager",
    Rung.SERVICE_MANAGER: "Service manager",
    Rung.HEAD_OF_SERVICE: "Head of Service",
}
ENDINGS = {
    Ending.OUTCOME: "Outcome written",
    Ending.DONE: "Done since",
    Ending.OPEN: "Still open",
}
CAME_ABOUT = {
    CameAbout.NOT_TOLD_US: "Planned but not told to us",
    CameAbout.URGENT: "Urgent, the DSL knows why",
    CameAbout.COVERING: "Covering for a colleague",
    CameAbout.WILL_NOT_SAY: "Will not say",
    None: "Not asked",
}
IDENTITY = ("Badge code read", "Face and photo compared", "Booked", "Call-back confirmed")
REASONS = {one.code: one.name for one in DEFAULT_EXCEPTIONAL_CIRCUMSTANCES}

_LATE_MEANS = "Late is what was done after it was due, or is not done and overdue."
_TEAMS = "Teams as the chart has them today."


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a span. `under` is 0 for the school's own copy; in one for sharing smaller numbers are hidden."""

    facts: Facts
    tables: dict[str, Table]
    replies: tuple[ReplyTimes, ...]
    under: int = 0

    @property
    def for_sharing(self) -> bool:
        """Whether small numbers are hidden."""
        return self.under > 0


def report(facts: Facts) -> Report:
    """Count everything."""
    tables = (*_owed(facts), *_bookings(facts), *_visits(facts), *_escalations(facts))
    return Report(facts, {table.key: table for table in tables}, _replies(facts.owed))


def for_sharing(whole: Report, under: int) -> Report:
    """The copy for others: numbers below `under` are hidden, and the reply times of fewer replies left out."""
    tables = mask(tuple(whole.tables.values()), under)
    replies = tuple(one for one in whole.replies if one.replies >= under)
    return replace(whole, tables={table.key: table for table in tables}, replies=replies, under=under)


def kind_words(fact: OwedFact) -> str:
    """What is owed, in the words of the report."""
    if fact.kind is ClockKind.FIRST_CONTACT:
        return FIRST_CONTACT
    if fact.kind is ClockKind.REPLY:
        return REPLY
    return URGENT if fact.urgent else REQUEST


def notice_words(fact: BookingFact) -> str:
    """How much notice a booking gave, in the words of the report."""
    return {True: SHORT, False: KEPT, None: UNKNOWN}[fact.short]


def reason_words(code: str) -> str:
    """A reason of the DSL's list; one the school added stands for itself."""
    return REASONS.get(code, code) or NO_REASON


def _owed(facts: Facts) -> Iterable[Table]:
    sides = (
        (Owes.AUTHORITY, "council", "The council owes the school", "the council owed the school"),
        (Owes.SCHOOL, "school", "The school owes the council", "this school owed the council"),
    )
    kinds = {Owes.AUTHORITY: (FIRST_CONTACT, REPLY, REQUEST, URGENT), Owes.SCHOOL: (REPLY, REQUEST, URGENT)}
    for owes, key, title, what in sides:
        ours = [fact for fact in facts.owed if fact.owes is owes]
        says = f"Counts what {what}, by the day it began. {_LATE_MEANS} Out of: the column All."
        yield count(
            f"{key}_kinds",
            (title, says, "What was owed"),
            ((kind_words(fact), STANDINGS[fact.standing]) for fact in ours),
            STANDINGS.values(),
            rows=kinds[owes],
            totals=key,
        )
        yield count(
            f"{key}_teams",
            (f"{title}, by team", f"{says} {_TEAMS}", "Team"),
            ((fact.team, STANDINGS[fact.standing]) for fact in ours),
            STANDINGS.values(),
            totals=key,
        )
        answered = [fact for fact in ours if fact.hours is not None]
        on_time = [fact for fact in ours if fact.kind is ClockKind.REPLY and fact.standing is Standing.ON_TIME]
        # It is the same number unless a calendar is not known any more by which a reply was counted.
        same = all(fact.hours is not None for fact in on_time)
        in_time = {(ALL, ON_TIME): f"{key}_kinds/{REPLY}/{ON_TIME}"} if same else None
        yield count(
            f"{key}_replies",
            (
                "Replies of the council, by team"
                if owes is Owes.AUTHORITY
                else "Replies of this school, by team asking",
                "Counts messages that asked for a reply and got one; automatic answers are none. "
                f"Out of: the column All. {_TEAMS}",
                "Team",
            ),
            ((fact.team, STANDINGS[fact.standing]) for fact in answered),
            (ON_TIME, LATE),
            same=in_time,
        )


def _bookings(facts: Facts) -> Iterable[Table]:
    said = (KEPT, SHORT, UNKNOWN)
    says = (
        "Counts council bookings for days of the span, without cancelled ones. Notice is counted in working days as "
        "the school's settings read the protocol; not assessable: nobody wrote down when the school was told. "
        "Out of: the column All."
    )
    weeks = periods(facts.span)
    yield count(
        "notice_weeks",
        ("Notice of bookings, over time", says, "Week from" if "/" in weeks[0] else "Month"),
        ((period(fact.day, facts.span), notice_words(fact)) for fact in facts.bookings),
        said,
        rows=weeks,
        totals="notice",
    )
    yield count(
        "notice_teams",
        ("Notice of bookings, by team", f"{says} {_TEAMS}", "Team"),
        ((fact.team, notice_words(fact)) for fact in facts.bookings),
        said,
        totals="notice",
    )
    short = [fact for fact in facts.bookings if fact.short]
    yield _one_column(
        "notice_reasons",
        (
            "Why notice was short",
            "Counts bookings with short notice by the reason in the DSL's file. Out of: all with short notice.",
            "Reason",
        ),
        (reason_words(fact.reason) for fact in short),
        "Bookings",
        f"notice/{SHORT}",
    )


def _visits(facts: Facts) -> Iterable[Table]:
    visits = facts.visits
    yield count(
        "booked_teams",
        (
            "Visits arranged before, by team",
            "Counts council visitors who were signed in, by whether a booking was there. "
            f"Out of: the column All. {_TEAMS}",
            "Team",
        ),
        ((fact.team, BOOKED if fact.booked else NOT_BOOKED) for fact in visits),
        (BOOKED, NOT_BOOKED),
        totals="visits",
    )
    unbooked = [fact for fact in visits if not fact.booked]
    says = "Counts council visits without a booking, {}. Out of: all without a booking."
    total = f"visits/{NOT_BOOKED}"
    yield _one_column(
        "came_about",
        ("How unbooked visits came about", says.format("as the visitor said at the desk"), "Came about"),
        (CAME_ABOUT[fact.came_about] for fact in unbooked),
        "Visits",
        total,
        CAME_ABOUT.values(),
    )
    yield _one_column(
        "visit_reasons",
        ("Why visits were not booked", says.format("by the reason in the DSL's file"), "Reason"),
        (reason_words(fact.reason) for fact in unbooked),
        "Visits",
        total,
    )
    held = [
        (name, YES if holds else NO)
        for fact in visits
        for name, holds in zip(IDENTITY, (fact.code_read, fact.compared, fact.booked, fact.called_back), strict=True)
    ]
    everybody = {(name, ALL): f"visits/{ALL}" for name in IDENTITY}
    booked = {("Booked", YES): f"visits/{BOOKED}", ("Booked", NO): f"visits/{NOT_BOOKED}"}
    yield count(
        "identity",
        (
            "How identity was checked",
            "Counts council visitors who were signed in, once for each of four facts. A code read is a look-up; "
            "the check is a person comparing face and photo. Out of: the column All.",
            "Fact",
        ),
        held,
        (YES, NO),
        rows=IDENTITY,
        same=everybody | booked,
        summed=False,
    )
    yield _one_column(
        "strength",
        (
            "Facts on record for each visit",
            "Counts the same visitors by how many of the four facts hold. Out of: all of them.",
            "Facts",
        ),
        (f"{fact.strength} of 4" for fact in visits),
        "Visits",
        f"visits/{ALL}",
        [f"{number} of 4" for number in range(5)],
    )


def _escalations(facts: Facts) -> Iterable[Table]:
    yield count(
        "escalations",
        (
            "Escalations",
            "Counts steps up the ladder that were taken in the span, and how they stand today: with an outcome written "
            "down, without one although it was done since, or still open. Out of: the column All.",
            "Taken to",
        ),
        ((RUNGS[fact.rung], ENDINGS[fact.ending]) for fact in facts.steps),
        ENDINGS.values(),
        rows=RUNGS.values(),
    )


def _one_column(
    key: str,
    words: tuple[str, str, str],
    said: Iterable[str],
    column: str,
    total: str,
    rows: Iterable[str] | None = None,
) -> Table:
    return count(key, words, ((one, column) for one in said), (column,), rows=rows, same={(ALL, column): total})


def _replies(owed: Iterable[OwedFact]) -> tuple[ReplyTimes, ...]:
    """The council's teams by name, then this school."""
    by_team: dict[str, list[float]] = {}
    ours: list[float] = []
    for fact in owed:
        if fact.hours is not None:
            (by_team.setdefault(fact.team, []) if fact.owes is Owes.AUTHORITY else ours).append(fact.hours)
    teams = [times(team, by_team[team]) for team in sorted(by_team, key=str.casefold)]
    return tuple(found for found in (*teams, times(THIS_SCHOOL, ours)) if found is not None)
