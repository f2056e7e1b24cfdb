"""The preview of an import as rows of tables, and what is asked about each."""

from collections.abc import Iterable, Mapping

from visitor_register.domain import calendar
from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.chart_guard import Warning as Question
from visitor_register.gui.chart.import_state import Answer, Ask, Preview
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.gui.widgets.tone import Shape, Tone
from visitor_register.services import directory
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_lines import Kind, Line
from visitor_register.services.chart_questions import OpenManager, SamePair, candidate

TABS = (
    ("decide", "To decide"),
    ("joined", "Joined"),
    ("left", "Left"),
    ("moved", "Moved"),
    ("changed", "Changed"),
    ("managers", "Managers"),
    ("posts", "Posts"),
    ("problems", "Problems"),
)
_TAB_OF = {
    Kind.JOINED: "joined",
    Kind.LEFT: "left",
    Kind.MOVED: "moved",
    Kind.TEAM_RENAMED: "moved",
    Kind.RETITLED: "changed",
    Kind.RENAMED: "changed",
    Kind.CONTACT: "changed",
    Kind.STAFF_NUMBER: "changed",
    Kind.MANAGER: "managers",
    Kind.HOLDER: "managers",
    Kind.POST_ADDED: "posts",
    Kind.POST_REMOVED: "posts",
    Kind.POST_FILLED: "posts",
    Kind.POST_VACATED: "posts",
    Kind.PROBLEM: "problems",
}
_PILL = {
    Kind.JOINED: PillSpec("Joined", Tone.KNOWN, Shape.JOINED),
    Kind.LEFT: PillSpec("Left", Tone.NEUTRAL),
    Kind.MOVED: PillSpec("Moved team", Tone.HERE, Shape.MOVED),
    Kind.TEAM_RENAMED: PillSpec("Team renamed", Tone.HERE, Shape.MOVED),
    Kind.RETITLED: PillSpec("New title", Tone.HERE, Shape.MOVED),
    Kind.RENAMED: PillSpec("New name", Tone.HERE, Shape.MOVED),
    Kind.CONTACT: PillSpec("Contact", Tone.HERE, Shape.MOVED),
    Kind.STAFF_NUMBER: PillSpec("Staff number", Tone.CHECK),
    Kind.MANAGER: PillSpec("Other post", Tone.HERE, Shape.MOVED),
    Kind.HOLDER: PillSpec("New holder", Tone.HERE, Shape.MOVED),
    Kind.POST_ADDED: PillSpec("Added", Tone.KNOWN, Shape.JOINED),
    Kind.POST_REMOVED: PillSpec("Removed", Tone.NEUTRAL),
    Kind.POST_FILLED: PillSpec("Filled", Tone.KNOWN),
    Kind.POST_VACATED: PillSpec("Vacated", Tone.CHECK),
    Kind.PROBLEM: PillSpec("To look at", Tone.CHECK),
}
DECIDE_COLUMNS = (
    Column("Person in the file"),
    Column("What the file says"),
    Column("What we found"),
    Column("Needs", 190),
)
CHANGE_COLUMNS = (Column("Person or post"), Column("Change", 150), Column("From and to"), Column("Why we say so"))
PROBLEM_COLUMNS = (Column("Where", 150), Column("What to look at"))

WHOLE, PART, YES, SAME, TWO, OPEN = "whole", "part", "yes", "same", "two", "open"
"""The answers; any other is the key of the row that is the manager."""


def preview(found: ImportPreview, info: str, *, can_undo: bool) -> Preview:
    """Make all tables of the page."""
    rows: dict[str, list[TableRow]] = {tab: [] for tab, _ in TABS}
    asks: dict[str, Ask] = {}
    others = tuple((f"{row.name or 'Vacant'}, {candidate(row).about}", row.key) for row in _by_name(found.everybody))
    grouped = _grouped(found.questions)
    for key, questions in grouped.items():
        asks[key] = _ask_guard(questions, found)
        rows["decide"].append(_guard_row(key, questions))
    for entry in found.managers:
        key = f"manager:{entry.spelling}"
        asks[key] = _ask_manager(entry, others)
        rows["decide"].append(_manager_row(key, entry))
    for pair in found.pairs:
        key = f"pair:{pair.old}:{pair.new}"
        asks[key] = _ask_pair(pair)
        rows["decide"].append(_pair_row(key, pair))
    for number, line in enumerate(found.lines):
        rows[_TAB_OF[line.kind]].append(_line_row(number, line))
    waiting = len(grouped) + len(found.managers) + sum(not pair.assumed for pair in found.pairs)
    counts = {tab: len(listed) for tab, listed in rows.items()} | {"decide": waiting}
    return Preview(
        info,
        counts,
        {tab: tuple(listed) for tab, listed in rows.items()},
        asks,
        open=len(found.managers),
        can_undo=can_undo,
    )


def summary(found: ImportPreview, counts: Mapping[str, int]) -> tuple[str, ...]:
    """Say in a few lines what accepting does."""
    people = f"{found.people:,} people in {found.posts:,} posts, {found.vacant:,} of them vacant."
    if found.before is None:
        return (people, "It is the first chart of this authority.")
    changes = ", ".join(f"{counts[tab]} {word.lower()}" for tab, word in TABS[1:4] if counts[tab])
    before = calendar.say_date(directory.chart_date(found.before))
    part = f"Only these services are updated: {', '.join(found.services)}." if found.partial else ""
    lines = (people, f"{changes or 'Nobody joined or left'}; {found.same:,} people stay as they are.", part)
    return (*filter(None, lines), f"The chart of {before} is kept for going back.")


def _by_name(rows: Iterable[ChartPerson]) -> list[ChartPerson]:
    return sorted(rows, key=lambda row: (not row.name, row.name.casefold(), row.job_title))


def _grouped(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """Put together what one answer settles: is it the whole chart? Older is a question of its own."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        kind = Guard.OLDER if question.guard is Guard.OLDER else Guard.MANY_LEFT
        groups.setdefault(f"guard:{kind.value}", []).append(question)
    return groups


def _guard_row(key: str, questions: list[Question]) -> TableRow:
    first, more = questions[0], len(questions) - 1
    older = first.guard is Guard.OLDER
    sentence, _, rest = first.text.partition(". ")
    also = f"and {more} more {'sign' if more == 1 else 'signs'} that something is missing" if more else ""
    pill = PillSpec("Confirm" if older else "Whole or part?", Tone.CHECK)
    return TableRow(
        key,
        (
            Cell("The whole file", t="strong"),
            Cell(sentence.rstrip("."), also),
            Cell(rest or "Is that right?"),
            Cell(pill=pill),
        ),
    )


def _ask_guard(questions: list[Question], found: ImportPreview) -> Ask:
    first = questions[0]
    if first.guard is Guard.OLDER:
        hint = "If it is the wrong file, leave: nothing has changed. If the newer chart was a mistake, accept this one."
        return Ask(first.text, hint, (Answer(YES, "Accept the older chart"),))
    if found.partial:
        return Ask(first.text, "Ask the council if you are not sure.", (Answer(WHOLE, "Yes, they have left"),))
    if not found.services:
        hint = "The file names no service. If it holds one service only, leave, and ask for the whole chart."
        return Ask(first.text, hint, (Answer(WHOLE, "It is the whole chart"),))
    more = " ".join(question.text for question in questions[1:3])
    holds = f"The file holds: {', '.join(found.services)}. People of all other services would stay as they are."
    answers = (Answer(WHOLE, "It is the whole chart"), Answer(PART, "Only these services"))
    return Ask(first.text, f"{holds} {more}".strip(), answers)


def _manager_row(key: str, entry: OpenManager) -> TableRow:
    first = entry.reports[0]
    many = len(entry.reports)
    who = Cell(
        first if many == 1 else f"{many} people",
        f"{entry.where}, {entry.about}" if many == 1 else f"{first}, {entry.reports[1]}{', ...' if many > 2 else ''}",
        t="strong",
    )
    if entry.candidates:
        best = entry.candidates[0]
        found, needs = Cell(f"{best.name}?", best.about), "Confirm or choose"
    else:
        found, needs = Cell("No such person", "nobody on this chart is called that"), "Choose one"
    says = Cell(f"“{entry.spelling}”", "manager named in the file")
    return TableRow(key, (who, says, found, Cell(pill=PillSpec(needs, Tone.CHECK))))


def _ask_manager(entry: OpenManager, others: tuple[tuple[str, str], ...]) -> Ask:
    who = entry.reports[0] if len(entry.reports) == 1 else f"{len(entry.reports)} people"
    first = [Answer(one.key, one.name if one.name != "Vacant" else "The vacant post") for one in entry.candidates[:1]]
    more = tuple((f"{one.name}, {one.about}", one.key) for one in entry.candidates[1:])
    return Ask(
        f"{who}: who is “{entry.spelling}”?",
        "A manager is never set by guess. Choose, or leave it open and ask the council.",
        (*first, Answer(OPEN, "Leave open")),
        tuple(dict.fromkeys((*more, *others))),
        at_once=bool(first),
    )


def _pair_row(key: str, pair: SamePair) -> TableRow:
    needs = PillSpec("Taken as one", Tone.NEUTRAL) if pair.assumed else PillSpec("Same or two?", Tone.CHECK)
    return TableRow(key, (Cell(pair.name, pair.why, t="strong"), Cell(pair.after), Cell(pair.before), Cell(pill=needs)))


def _ask_pair(pair: SamePair) -> Ask:
    return Ask(
        f"Is {pair.name} the person we know?",
        "One person keeps their visits and badge. If you are not sure, say two people: they can be joined later.",
        (Answer(SAME, "The same person"), Answer(TWO, "Two people")),
        at_once=not pair.assumed,
    )


def _line_row(number: int, line: Line) -> TableRow:
    if line.kind is Kind.PROBLEM:
        return TableRow(number, (Cell(line.who, t="strong"), Cell(line.what)))
    who = Cell(line.who, line.about, t="strong")
    return TableRow(number, (who, Cell(pill=_PILL[line.kind]), Cell(line.what), Cell(line.why, muted=True)))
