"""Lists as CSV files: read by spreadsheets as text, whatever a name looks like."""

import contextlib
import csv
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from visitor_register.errors import RegisterError

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_QUOTE = "'"


def quoted(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe in front of what could start one.

    A cell that begins with an apostrophe gets another, so that `unquoted` gives back what went in.
    """
    return _QUOTE + cell if cell.startswith((*_STARTS_A_FORMULA, _QUOTE)) else cell


def unquoted(cell: str) -> str:
    """What `quoted` was given."""
    return cell.removeprefix(_QUOTE)


def without_mark(cell: str) -> str:
    """A cell of somebody else's list: without the apostrophe where that only keeps it from being a formula."""
    marked = cell.startswith(_QUOTE) and cell[1:].startswith((*_STARTS_A_FORMULA, _QUOTE))
    return cell[1:] if marked else cell


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a list, UTF-8 with a mark at the front so that Excel reads it as such; returns how many rows.

    It is the whole file or none: a list that breaks off would look complete.

    Raises:
        RegisterError: the file cannot be written there.
    """
    count, half = 0, None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8-sig", newline="", dir=path.parent, prefix=".list-", delete=False
        ) as file:
            half = Path(file.name)
            # Every cell in quotes: a spreadsheet that splits at another sign still finds no formula inside.
            lines = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            lines.writerow([quoted(cell) for cell in header])
            for row in rows:
                lines.writerow([quoted(cell) for cell in row])
                count += 1
        half.replace(path)
    except OSError as error:
        raise RegisterError(
            "The list could not be written there. Close the file if it is open, or choose another folder."
        ) from error
    finally:
        if half is not None:
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)
    return count
