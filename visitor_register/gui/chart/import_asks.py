"""What is asked about a chart, in words: the question, what follows from it, and the answers."""

from collections.abc import Iterable, Mapping, Sequence

from visitor_register.domain import calendar
from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_boxes import BoxState
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.chart_guard import Warning as Question
from visitor_register.gui.chart.import_state import Ask, Offer
from visitor_register.gui.widgets.rows import Row
from visitor_register.services.chart_answers import (
    GuardsSeen,
    HandEditStays,
    LineLeadsTo,
    OnePerson,
    OnlyTheseServices,
    RingCut,
    SpellingIs,
)
from visitor_register.services.chart_conflicts import Conflict
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_lines import FIELD_WORDS
from visitor_register.services.chart_questions import Candidate, OpenManager, Ring, SamePair, called, candidate

_NEVER_BY_GUESS = "A manager is never set by guess. Choose, or leave it open and ask the council."
_WHOLE = frozenset({Guard.MANY_LEFT, Guard.SERVICE_MISSING, Guard.FEWER_LEVELS})
_FEW = 3


def everybody(rows: Iterable[ChartPerson]) -> tuple[Row, ...]:
    """Return the rows of the file to choose a manager from, by name, vacant posts last."""
    listed = sorted(rows, key=lambda row: (not row.name, row.name.casefold(), row.job_title))
    return tuple(Row(row.key, called(row), candidate(row).about) for row in listed)


def ask_guard(questions: Sequence[Question], found: ImportPreview) -> Ask:
    """Ask about guard rails that one answer settles."""
    first = questions[0]
    if first.guard is Guard.OLDER:
        hint = "If it is the wrong file, leave: nothing has changed. If the newer chart was a mistake, accept this one."
        return Ask(first.text, hint, (Offer(GuardsSeen(frozenset({Guard.OLDER})), "Accept the older chart"),))
    seen = GuardsSeen(_WHOLE)
    if found.partial:
        return Ask(first.text, "Ask the council if you are not sure.", (Offer(seen, "Yes, they have left"),))
    whole = Offer(seen, "It is the whole chart")
    if not found.services:
        hint = "The file names no service. If it holds one service only, leave, and ask for the whole chart."
        return Ask(first.text, hint, (whole,))
    more = " ".join(question.text for question in questions[1:3])
    holds = f"The file holds: {', '.join(found.services)}. People of all other services would stay as they are."
    return Ask(first.text, f"{holds} {more}".strip(), (whole, Offer(OnlyTheseServices(), "Only these services")))


def ask_conflict(conflict: Conflict) -> Ask:
    """Ask whether what was changed by hand stays."""
    what = FIELD_WORDS[conflict.field]
    said = f"{conflict.by}, {calendar.say_date(calendar.london_date(conflict.at))}: “{conflict.reason}”"
    was = f"The chart in use said {conflict.before}."
    hint = f"{said}. {was}"
    theirs = Offer(HandEditStays(conflict.key, stays=False), "Take the council's", conflict.theirs)
    ours = Offer(HandEditStays(conflict.key, stays=True), "Keep ours", conflict.ours)
    if not conflict.may_keep:
        hint = f"{hint} Ours cannot stay: that post is not on the new chart, or stands below."
    return Ask(f"{conflict.name}, {what}: which one counts?", hint, (ours, theirs) if conflict.may_keep else (theirs,))


def ask_ring(ring: Ring) -> Ask:
    """Ask which line of a ring is wrong."""
    cut = RingCut(ring.rows)
    offers = tuple(
        Offer(RingCut(ring.rows, one.key), one.name, f"is not under {above.name}") for one, above in ring.links[:_FEW]
    )
    rows = tuple(Row(one.key, one.name, f"{one.about}; is not under {above.name}") for one, above in ring.links)
    return Ask(
        "Which line is wrong?",
        "Each is said to be under the next, in a ring. The line you choose is left open, the others are set.",
        offers,
        more="Another line" if len(ring.links) > _FEW else "",
        choice=cut,
        rows=rows,
    )


def ask_manager(entry: OpenManager) -> Ask:
    """Ask who a manager is that nobody could be set for."""
    choice: SpellingIs | LineLeadsTo
    if entry.spelling:
        choice = SpellingIs(entry.spelling, entry.rows)
        offers = tuple(_offer(SpellingIs(entry.spelling, entry.rows, one.key), one) for one in entry.candidates)
        question = f"{entry.who}: who is “{entry.spelling}”?"
    else:
        choice = LineLeadsTo(entry.rows)
        offers = tuple(_offer(LineLeadsTo(entry.rows, one.key), one) for one in entry.candidates)
        question = f"{entry.who}: who is the manager?"
    return Ask(question, _NEVER_BY_GUESS, offers, "Somebody else", choice, (), choice, at_once=bool(offers))


def ask_pair(pair: SamePair) -> Ask:
    """Ask whether two records are one human being."""
    return Ask(
        f"Is {pair.name} the person we know?",
        "One person keeps their visits and badge. If you are not sure, say two people: they can be joined later.",
        (
            Offer(OnePerson(pair.old, pair.new, same=True), "The same person"),
            Offer(OnePerson(pair.old, pair.new, same=False), "Two people"),
        ),
        at_once=not pair.assumed,
    )


def ask_box(state: BoxState, rows: Mapping[str, ChartPerson], open_: OpenManager | None) -> Ask:
    """Ask who is above a box; of one whose line is settled, whether that is right.

    Args:
        state: The box.
        rows: All rows, by their keys.
        open_: What is asked about its rows anyway, or None.
    """
    if open_ is not None and set(open_.rows) <= set(state.rows):
        return ask_manager(open_)
    people = [rows[key] for key in state.rows]
    who = " and ".join(map(called, people))
    choice = LineLeadsTo(state.rows)
    above = rows.get(people[0].manager or "")
    if above is None:
        hint = "It is the top of the drawing." if state.top else _NEVER_BY_GUESS
        question = f"{who}: who is the manager?"
    else:
        question = f"{who} is under {called(above)}"
        hint = "You said so." if state.by_hand else "So the drawing says. If it is wrong, choose somebody else."
    leave = None if state.top or (state.by_hand and above is None) else choice
    return Ask(question, hint, (), "Somebody else", choice, (), leave)


def _offer(answer: SpellingIs | LineLeadsTo, one: Candidate) -> Offer:
    return Offer(answer, one.name, f"As before: {one.about}" if one.before else one.about)
