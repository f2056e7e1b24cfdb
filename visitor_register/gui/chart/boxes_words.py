"""The drawing of an import in words: how many lines are how sure, and what is asked of each box."""

from collections.abc import Mapping, Sequence

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_boxes import BoxState, count, states
from visitor_register.domain.chart_table import Mark, Page
from visitor_register.gui.chart import import_asks
from visitor_register.gui.chart.import_state import Ask, Boxes
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_questions import OpenManager, called, place

_LONGEST = 26
_TO_CHECK = PillSpec("To check", Tone.CHECK)
_NOT_PLACED = PillSpec("Not placed", Tone.NOT_KNOWN)
_CHOSEN = PillSpec("Chosen", Tone.KNOWN)
_LEFT_OPEN = PillSpec("Left open", Tone.NEUTRAL)


def boxes(
    found: ImportPreview, pages: Sequence[Page], decided: Mapping[str, str | None], info: str, *, can_undo: bool
) -> Boxes:
    """Make what the page with the drawing shows.

    Args:
        found: What accepting would do.
        pages: The pages, every box with a place.
        decided: What was said row by row.
        info: The file in a line.
        can_undo: Whether there is an answer to take back.
    """
    rows = {row.key: row for row in found.everybody}
    known = states(found.everybody, decided)
    open_of = {key: entry for entry in found.managers for key in entry.rows}
    asked = [state for state in known.values() if state.asked]
    answered = [state for state in known.values() if state.by_hand]
    return Boxes(
        info=info,
        counts=count(known.values()),
        pages=tuple(pages),
        states=known,
        rows=(
            *_part("To check", [state for state in asked if state.mark is Mark.CHECK], rows),
            *_part("Not placed", [state for state in asked if state.mark is not Mark.CHECK], rows),
            *_part("Said by you", answered, rows),
        ),
        asks={state.id: import_asks.ask_box(state, rows, _open(state, open_of)) for state in known.values()},
        everybody=import_asks.everybody(found.everybody),
        names=frozenset(row.name for row in found.everybody if row.name),
        can_undo=can_undo,
    )


def pill(state: BoxState) -> PillSpec | None:
    """The word of a box that is not simply set as drawn."""
    if state.by_hand:
        return _CHOSEN if state.mark is Mark.SET else _LEFT_OPEN
    if not state.asked:
        return None
    return _TO_CHECK if state.mark is Mark.CHECK else _NOT_PLACED


def spoken(state: BoxState, ask: Ask | None) -> str:
    """A box for a screen reader: what is asked, and how sure its line is."""
    spec = pill(state)
    words = "top of the drawing" if state.top else spec.text.lower() if spec is not None else "set"
    return ", ".join(filter(None, (ask.question if ask is not None else "", words)))


def page_words(page: Page, states: Mapping[str, BoxState]) -> str:
    """The name of a page, and how much on it is asked; short, it stands above the drawing."""
    on_page = {box.id for box in page.boxes}
    asked = sum(state.asked for state in states.values() if state.id in on_page)
    name = page.name.partition(":")[0] if page.name.partition(":")[2] else page.name
    words = f"{name}, {asked} to look at" if asked else page.name
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3].rstrip()}..."


def _part(title: str, found: Sequence[BoxState], rows: Mapping[str, ChartPerson]) -> tuple[Row, ...]:
    heading = (Row(title, title, note=f"{len(found):,}", heading=True),) if found else ()
    return (*heading, *(_row(state, rows) for state in found))


def _row(state: BoxState, rows: Mapping[str, ChartPerson]) -> Row:
    people = [rows[key] for key in state.rows]
    first = people[0]
    above = rows.get(first.manager or "")
    second = ", ".join(filter(None, (first.where, place(first) if first.name else "nobody named")))
    if state.by_hand:
        second = "left open" if above is None else f"under {called(above)}"
    return Row(state.id, " / ".join(map(called, people)), second)


def _open(state: BoxState, open_of: Mapping[str, OpenManager]) -> OpenManager | None:
    return next((open_of[key] for key in state.rows if key in open_of), None)
