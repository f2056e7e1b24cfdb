"""Measures a workbook before it is opened: how far its rows and merges reach, and whether its XML is honest."""

import posixpath
import re
import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import Element

from visitor_register.errors import FileRefusedError
from visitor_register.files import formats, limits
from visitor_register.files.zip_guard import check_sizes, walk

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NOT_READ = re.compile(
    r"^(?:xl/(?:media|drawings|charts|embeddings|printerSettings|externalLinks|diagrams)/|docProps/)|\.bin$", re.I
)
Extents = dict[str, tuple[int, int]]


def scan(path: Path) -> tuple[bytes, list[tuple[str, str]], Extents]:
    """Return the file's bytes, notes, and for each sheet the last row and column to read.

    Raises:
        FileRefusedError: the workbook is damaged, hostile, or far larger than a list of people.
    """
    data = path.read_bytes()
    notes: list[tuple[str, str]] = []
    extents: Extents = {}
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(archive, _wanted)
            sheets = _sheets(archive)
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")) and _wanted(name) and name not in sheets:
                    walk(archive.read(name), _ignore)
            for part, title in sheets.items():
                extents[title] = _extent(archive.read(part), title, notes)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError, OSError) as error:
        raise formats.refused("broken-zip") from error
    return data, notes, extents


def column_number(letters: str) -> int:
    """Return a column's number from 1: "A" is 1, "XFD" is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _wanted(name: str) -> bool:
    return not _NOT_READ.search(name)


def _ignore(element: Element) -> None:
    """Only well-formedness is asked of this part."""


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each worksheet and its title. Parts are read by fixed names and never unpacked to disk."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(element: Element) -> None:
        if element.tag.endswith("}sheet"):
            ref = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            names[ref] = element.get("name", "")

    def target(element: Element) -> None:
        if element.get("Type", "").endswith("/worksheet"):
            targets[element.get("Id", "")] = element.get("Target", "")

    walk(archive.read("xl/workbook.xml"), sheet)
    walk(archive.read("xl/_rels/workbook.xml.rels"), target)
    found = {}
    for ref, title in names.items():
        if ref in targets:
            part = posixpath.normpath(posixpath.join("/xl", targets[ref])).lstrip("/")
            if part in archive.NameToInfo:
                found[part] = title
    return found


def _extent(data: bytes, title: str, notes: list[tuple[str, str]]) -> tuple[int, int]:
    last_row = last_column = merged = formulas = far = 0
    unplaced = False

    def seen(element: Element) -> None:
        nonlocal last_row, last_column, merged, formulas, far, unplaced
        tag = element.tag.rpartition("}")[2]
        if tag == "mergeCell":
            corners = _CELL.findall(element.get("ref", ""))
            if len(corners) == 2:
                (left, top), (right, bottom) = corners
                merged += (int(bottom) - int(top) + 1) * (column_number(right) - column_number(left) + 1)
        elif tag == "c":
            value = any(child.tag.rpartition("}")[2] in ("v", "is") for child in element)
            formulas += not value and len(element) > 0
            if value and (at := _CELL.fullmatch(element.get("r", ""))):
                column, row = column_number(at[1]), int(at[2])
                if row > limits.ROWS or column > limits.COLUMNS:
                    far += 1
                else:
                    last_row, last_column = max(last_row, row), max(last_column, column)
            elif value:
                unplaced = True

    walk(data, seen)
    if merged > limits.MERGED_CELLS:
        raise FileRefusedError(
            f"The sheet “{title}” is merged over millions of cells: copy only the rows with people into a new workbook."
        )
    if far > 100:
        raise FileRefusedError(
            f"The sheet “{title}” has more than {limits.ROWS:,} rows: ask for the people of one directorate."
        )
    if far:
        notes.append((f"sheet {title}", f"{far} cells far below or right of the sheet “{title}” were not read."))
    if formulas:
        notes.append(
            (
                f"sheet {title}",
                f"{formulas} formulas in the sheet “{title}” have no saved result and were read as blank.",
            )
        )
    # Some programs leave out where a cell stands; openpyxl counts them then.
    return (0, 0) if unplaced else (max(last_row, 1), max(last_column, 1))
