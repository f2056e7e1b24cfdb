"""The preview of an import as rows of tables, a table for each tab, and what is asked of each row of the first."""

from collections import Counter
from collections.abc import Iterable, Mapping

from visitor_register.domain import calendar
from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.chart_guard import Warning as Question
from visitor_register.domain.names import fold
from visitor_register.gui.chart import import_asks
from visitor_register.gui.chart.import_state import Ask, Preview
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.gui.widgets.tone import Shape, Tone
from visitor_register.services import directory
from visitor_register.services.chart_conflicts import Conflict
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_lines import FIELD_WORDS, Kind, Line
from visitor_register.services.chart_questions import OpenManager, Ring, SamePair, place

TABS = (
    ("decide", "To decide"),
    ("joined", "Joined"),
    ("left", "Left"),
    ("moved", "Moved"),
    ("changed", "Changed"),
    ("managers", "Managers"),
    ("posts", "Posts"),
    ("hand", "By hand"),
    ("apart", "Left out"),
    ("problems", "Problems"),
)
CHANGES = ("joined", "left", "moved", "changed", "managers", "posts", "hand")
"""The tabs that a team is chosen for, and that are printed."""
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
    Kind.BY_HAND: "hand",
    Kind.PROBLEM: "problems",
}
PILLS = {
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
    Kind.BY_HAND: PillSpec("Stays", Tone.NEUTRAL),
    Kind.PROBLEM: PillSpec("To look at", Tone.CHECK),
}
_PARTED = {Kind.HOLDER: (" instead of", ":"), Kind.BY_HAND: (";", ",")}
"""Where what changes, and why we say so, take two lines."""
DECIDE_COLUMNS = (
    Column("Person in the file"),
    Column("What the file says"),
    Column("What we found"),
    Column("Needs", 190),
)
CHANGE_COLUMNS = (Column("Person or post"), Column("Change", 150), Column("From and to"), Column("Why we say so"))
APART_COLUMNS = (Column("On the chart all the same?"), Column("Job and team"), Column("Why it is left out"))
PROBLEM_COLUMNS = (Column("Where", 150), Column("What to look at"))


def preview(
    found: ImportPreview, apart: Iterable[tuple[ChartPerson, bool]], info: str, *, team: str, can_undo: bool
) -> Preview:
    """Make all tables of the page.

    Args:
        found: What accepting would do.
        apart: The rows that are struck through or hidden, and whether somebody ticked them.
        info: The file in a line.
        team: Changes of this team only; "" for all.
        can_undo: Whether there is an answer to take back.
    """
    rows: dict[str, list[TableRow]] = {tab: [] for tab, _ in TABS}
    asks: dict[str, Ask] = {}

    def asked(key: str, ask: Ask, cells: tuple[Cell, ...]) -> None:
        asks[key] = ask
        rows["decide"].append(TableRow(key, cells))

    grouped = _grouped(found.questions)
    for key, questions in grouped.items():
        asked(key, import_asks.ask_guard(questions, found), _guard_cells(questions))
    for conflict in found.conflicts:
        asked(f"hand:{conflict.key}", import_asks.ask_conflict(conflict), _conflict_cells(conflict))
    for number, ring in enumerate(found.rings):
        asked(f"ring:{number}:{ring.rows[0][0]}", import_asks.ask_ring(ring), _ring_cells(ring))
    for entry in found.managers:
        key = f"manager:{entry.spelling}" if entry.spelling else f"line:{entry.rows[0]}"
        asked(key, import_asks.ask_manager(entry), _manager_cells(entry))
    for pair in found.pairs:
        asked(f"pair:{pair.old}:{pair.new}", import_asks.ask_pair(pair), _pair_cells(pair))
    for number, line in enumerate(found.lines):
        tab = _TAB_OF[line.kind]
        if not team or tab not in CHANGES or fold(line.team) == fold(team):
            rows[tab].append(_line_row(number, line))
    rows["apart"] = [_apart_row(row, ticked=ticked) for row, ticked in apart]
    assumed = sum(pair.assumed for pair in found.pairs)
    teams = {fold(line.team): line.team for line in found.lines if line.team and _TAB_OF[line.kind] in CHANGES}
    return Preview(
        info,
        {tab: len(listed) for tab, listed in rows.items()} | {"decide": len(asks) - assumed},
        {tab: tuple(listed) for tab, listed in rows.items()},
        asks,
        open=len(found.managers) + len(found.rings),
        can_undo=can_undo,
        everybody=import_asks.everybody(found.everybody),
        teams=tuple(teams[key] for key in sorted(teams)),
        team=team,
    )


def change_tables(found: Iterable[Line]) -> dict[str, tuple[TableRow, ...]]:
    """Make the tables of changes alone, as of two accepted charts."""
    rows: dict[str, list[TableRow]] = {tab: [] for tab in CHANGES}
    for number, line in enumerate(found):
        rows[_TAB_OF[line.kind]].append(_line_row(number, line))
    return {tab: tuple(listed) for tab, listed in rows.items()}


def summary(found: ImportPreview) -> tuple[str, ...]:
    """Say in a few lines what accepting does."""
    people = f"{found.people:,} people in {found.posts:,} posts, {found.vacant:,} of them vacant."
    if found.before is None:
        return (people, "It is the first chart of this authority.")
    counted = Counter(_TAB_OF[line.kind] for line in found.lines)
    changes = ", ".join(f"{counted[tab]} {word.lower()}" for tab, word in TABS[1:4] if counted[tab])
    before = calendar.say_date(directory.chart_date(found.before))
    part = f"Only these services are updated: {', '.join(found.services)}." if found.partial else ""
    lines = (people, f"{changes or 'Nobody joined or left'}; {found.same:,} people stay as they are.", part)
    return (*filter(None, lines), f"The chart of {before} is kept for going back.")


def _grouped(questions: Iterable[Question]) -> Mapping[str, list[Question]]:
    """Put together what one answer settles: is it the whole chart? Older is a question of its own."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        kind = Guard.OLDER if question.guard is Guard.OLDER else Guard.MANY_LEFT
        groups.setdefault(f"guard:{kind.value}", []).append(question)
    return groups


def _guard_cells(questions: list[Question]) -> tuple[Cell, ...]:
    first, more = questions[0], len(questions) - 1
    older = first.guard is Guard.OLDER
    sentence, _, rest = first.text.partition(". ")
    also = f"and {more} more {'sign' if more == 1 else 'signs'} that something is missing" if more else ""
    pill = PillSpec("Confirm" if older else "Whole or part?", Tone.CHECK)
    found = Cell(rest or "Is that right?")
    return Cell("The whole file", t="strong"), Cell(sentence.rstrip("."), also), found, Cell(pill=pill)


def _conflict_cells(conflict: Conflict) -> tuple[Cell, ...]:
    what = FIELD_WORDS[conflict.field]
    return (
        Cell(conflict.name, conflict.about, t="strong"),
        Cell(conflict.theirs, f"{what}, as the council has it"),
        Cell(conflict.ours, f"changed by hand: {conflict.reason}"),
        Cell(pill=PillSpec("Ours or theirs?", Tone.CHECK)),
    )


def _ring_cells(ring: Ring) -> tuple[Cell, ...]:
    names = [one.name for one, _ in ring.links]
    shown = " > ".join([*names[:3], *(["..."] if len(names) > 3 else []), names[0]])
    return (
        Cell(f"{len(names)} people in a ring", shown, t="strong"),
        Cell("Each is under the next", "and the last under the first"),
        Cell("One line is wrong", "nobody can know which"),
        Cell(pill=PillSpec("Cut one line", Tone.CHECK)),
    )


def _manager_cells(entry: OpenManager) -> tuple[Cell, ...]:
    first, many = entry.reports[0], len(entry.reports)
    who = Cell(
        entry.who,
        f"{entry.where}, {entry.about}" if many == 1 else f"{first}, {entry.reports[1]}{', ...' if many > 2 else ''}",
        t="strong",
    )
    if entry.candidates:
        best = entry.candidates[0]
        said = f"as on the chart in use: {best.about}" if best.before else best.about
        found, needs = Cell(f"{best.name}?", said), "Confirm or choose"
    else:
        found, needs = Cell("No such person", "nobody on this chart is called that"), "Choose one"
    if entry.spelling:
        says = Cell(f"“{entry.spelling}”", "manager named in the file")
    elif entry.drawn:
        says = Cell("A line that is not certain", "look at the drawing: Boxes")
    else:
        says = Cell("No manager is named", "levels and services only")
    return who, says, found, Cell(pill=PillSpec(needs, Tone.CHECK))


def _pair_cells(pair: SamePair) -> tuple[Cell, ...]:
    needs = PillSpec("Taken as one", Tone.NEUTRAL) if pair.assumed else PillSpec("Same or two?", Tone.CHECK)
    return Cell(pair.name, pair.why, t="strong"), Cell(pair.after), Cell(pair.before), Cell(pill=needs)


def _line_row(number: int, line: Line) -> TableRow:
    if line.kind is Kind.PROBLEM:
        return TableRow(number, (Cell(line.who, t="strong"), Cell(line.what)))
    who = Cell(line.who, line.about, t="strong")
    parts = _PARTED.get(line.kind, ("", ""))
    what, why = (_in_two(text, mark) for text, mark in zip((line.what, line.why), parts, strict=True))
    return TableRow(number, (who, Cell(pill=PILLS[line.kind]), Cell(*what), Cell(*why, muted=True)))


def _in_two(text: str, mark: str) -> tuple[str, str]:
    """Part a long text before a mark, for the two lines of a cell."""
    at = text.find(mark) if mark else -1
    return (text, "") if at < 0 else (text[:at], text[at:].lstrip(" ;,:"))


def _apart_row(row: ChartPerson, *, ticked: bool) -> TableRow:
    who = Cell(row.name or row.written or "Vacant", "counts" if ticked else "is left out", ticked=ticked, t="strong")
    return TableRow(row.key, (who, Cell(place(row)), Cell(row.gone, row.where, muted=True)))
