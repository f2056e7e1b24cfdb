"""Small charts for tests, written in the ways councils write them."""

import io
import os
from collections.abc import Sequence
from pathlib import Path

import openpyxl

HEADINGS = ("Staff Number", "Name", "Job Title", "Unit", "Contact E-mail", "Reports to Staff Number")
ROWS = (
    ("H300001", "Amara Thistlemere", "Team Manager", "MASH", "amara.thistlemere@x.example", ""),
    ("H300002", "Rufus Kettledale", "Social Worker", "MASH", "rufus.kettledale@x.example", "H300001"),
    ("H300003", "Zoë Brambledale", "Social Worker", "EDT", "", "H300001"),
)
# The project's shared reading lies beside the checkout, there and in CI; nothing depends on it.
SHARED = Path(os.environ.get("SHARED_CHARTS", Path(__file__).parents[3] / "shared" / "charts"))


def text(rows: Sequence[Sequence[str]] = (HEADINGS, *ROWS), delimiter: str = ",") -> str:
    """A table as delimited text without quoting."""
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def workbook(rows: Sequence[Sequence[object]] = (HEADINGS, *ROWS)) -> bytes:
    """A table as a workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
