"""What the pages of an import show: frozen values from the presenter, and what a person answers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from visitor_register.gui.widgets.table_panel import TableRow
from visitor_register.services.chart_reading import ColumnSheet


class Page(StrEnum):
    """The pages, in their order."""

    CHOOSE = "choose"
    COLUMNS = "columns"
    DECIDE = "decide"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to what is asked of a row: what it stands for, and the words on its button."""

    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked about the row one stands on. `others`: more to choose from, in a list."""

    question: str
    hint: str
    answers: tuple[Answer, ...]
    others: tuple[tuple[str, Any], ...] = ()
    at_once: bool = False
    """Whether Enter on the row gives the first answer."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The page "look and decide": a table for each tab, and what is asked of each row of the first."""

    info: str
    counts: dict[str, int]
    rows: dict[str, tuple[TableRow, ...]]
    asks: dict[str, Ask]
    open: int
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
    """The last page: what it begins with, and in a few words what accepting does."""

    origin: Origin
    authorities: tuple[str, ...]
    summary: tuple[str, ...]
    button: str
