"""What the pages of an import show: frozen values from the presenter, and what a person may answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from visitor_register.domain.chart_boxes import BoxState
from visitor_register.domain.chart_table import Mark
from visitor_register.domain.chart_table import Page as Drawing
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.table_panel import TableRow
from visitor_register.services.chart_answers import Answer, Choice
from visitor_register.services.chart_reading import ColumnSheet
from visitor_register.services.chart_trust import Trust


class Page(StrEnum):
    """The pages, in their order."""

    CHOOSE = "choose"
    COLUMNS = "columns"
    BOXES = "boxes"
    DECIDE = "decide"
    ACCEPT = "accept"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer as a button: what it means, its words, and who or what that is."""

    answer: Answer
    words: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of the row, or of the box, one stands on.

    Attributes:
        question, hint: In words.
        offers: The likeliest answers, three at most.
        more: Words of the button that opens a list of all answers, "" for none.
        choice: The answer that a row of that list completes.
        rows: That list; () is everybody of the chart.
        leave_open: The answer that leaves it open, None where it cannot be left.
        at_once: Whether Enter gives the first answer.
    """

    question: str
    hint: str
    offers: tuple[Offer, ...] = ()
    more: str = ""
    choice: Choice | None = None
    rows: tuple[Row, ...] = ()
    leave_open: Answer | None = None
    at_once: bool = False

    @property
    def likely(self) -> list[str | None]:
        """The rows that the offers name as manager, in their order; None for an offer that names none."""
        return [getattr(offer.answer, "manager", None) for offer in self.offers]


@dataclass(frozen=True, slots=True)
class Preview:
    """The page "look and decide": a table for each tab, and what is asked of each row of the first.

    Attributes:
        info: The file in a line.
        counts: How many each tab holds.
        open: How many managers are left open so far.
        everybody: The rows of the file, to choose a manager from.
        teams: The teams in which something changes; `team` is the one that is shown, "" for all.
    """

    info: str
    counts: Mapping[str, int]
    rows: Mapping[str, tuple[TableRow, ...]]
    asks: Mapping[str, Ask]
    open: int
    can_undo: bool
    everybody: tuple[Row, ...] = ()
    teams: tuple[str, ...] = ()
    team: str = ""


@dataclass(frozen=True, slots=True)
class Boxes:
    """The page with the drawing.

    Attributes:
        counts: How many lines are how sure.
        pages: The pages, every box with a place on them.
        states: How each box stands, by its id.
        rows: The boxes a person is asked about, and those they answered.
        asks: What is asked of each box.
        everybody: The rows of the file, to choose a manager from.
        names: Their names, which stand out in the boxes.
    """

    info: str
    counts: Mapping[Mark, int]
    pages: tuple[Drawing, ...]
    states: Mapping[str, BoxState]
    rows: tuple[Row, ...]
    asks: Mapping[str, Ask]
    everybody: tuple[Row, ...]
    names: frozenset[str]
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns page. `missing` says what is still needed; `refused` why the file could not be read as it is."""

    sheets: tuple[ColumnSheet, ...]
    missing: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the chart is from, as text on the last page."""

    authority: str
    from_whom: str
    issued: str
    received: str


@dataclass(frozen=True, slots=True)
class Accept:
    """The last page: what it begins with, in a few words what accepting does, and how far the chart can be trusted."""

    origin: Origin
    authorities: tuple[str, ...]
    summary: tuple[str, ...]
    button: str
    trust: Trust = Trust.UNSIGNED
    trust_words: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What is in use now, what follows from it, and a message that asks the council what is left open, or ""."""

    title: str
    next_steps: tuple[str, ...]
    message: str = ""
