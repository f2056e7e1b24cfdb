"""What a reader hands over: tables of text, before anybody asks what a column means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes:
        number: The row as the person sees it in the file, from 1.
        cells: Text of every cell, merged cells filled downwards only inside the real merge.
        gone: Why the row is probably no longer meant ("struck through", "hidden row"), or "".
        band: A heading merged over many columns.
        struck: Places (from 0) of cells that are struck through.
    """

    number: int
    cells: tuple[str, ...]
    gone: str = ""
    band: bool = False
    struck: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a whole text file. A drawn chart is one table with the canonical headings."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read. `notes` are (where, sentence) pairs: what was noticed while reading."""

    format: str
    file_name: str
    tables: tuple[Table, ...]
    notes: tuple[tuple[str, str], ...] = ()
