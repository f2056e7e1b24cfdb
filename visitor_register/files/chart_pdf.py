"""Reads a chart that was drawn and saved as PDF, by its geometry: frames, lines and letters. A scan has no letters.

A PDF knows neither boxes nor who is tied to whom, so what comes of it is a proposal to look at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from visitor_register.domain.chart_table import Source, Table
from visitor_register.errors import FileRefusedError
from visitor_register.files import drawn, formats, limits, pdf_boxes, pdf_drawing, pdf_pages, pdf_tables, pdf_text
from visitor_register.files.drawn import Sheet
from visitor_register.files.geometry import ties
from visitor_register.files.geometry_plane import Rectangle
from visitor_register.files.pdf_text import Word

_ASK = "ask for the list as an Excel workbook (.xlsx) or CSV"
_NO_CHART = f"The PDF holds text, but no chart and no table with headings that we know: {_ASK}."
_NO_LETTERS = f"The letters of this PDF cannot be told, because it was saved without their meaning: {_ASK}."
_DRAWN = "The lines of a PDF are told by where they are drawn: look at the pages before you accept."
_PRINTED = "The list was read from a table printed to a PDF: compare a few rows with the page."
# Letters without a meaning come as "(cid:17)".
_NO_MEANING = "(cid:"
_PICTURE_PART = 0.8


@dataclass(slots=True)
class _Found:
    """What the pages of a file hold."""

    sheets: list[Sheet] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)


def read(path: Path) -> Source:
    """Read every page of a PDF: charts by their frames and lines, lists of staff by their ruled tables.

    Raises:
        FileRefusedError: it is damaged, has a password, is a scan, or holds neither a chart nor a list.
    """
    found = _Found()
    with pdf_pages.opened(path.read_bytes()) as pages:
        for number, page in enumerate(pages, 1):
            _read_page(found, number, page)
    if not found.sheets and not found.tables:
        raise FileRefusedError(_NO_CHART) if found.texts else formats.refused("picture")
    notes = [(f"Page {number}", f"Page {number} is a picture and was not read.") for number in found.pictures]
    if not found.sheets:
        return Source("pdf", path.name, tuple(found.tables), (*notes, ("file", _PRINTED)))
    notes += [(f"Page {number}", f"Page {number} has no boxes and was not read.") for number in found.texts]
    if found.tables:
        notes.append(("file", _PRINTED))
    source = drawn.assemble("pdf", path.name, found.sheets, [*notes, ("file", _DRAWN)])
    return replace(source, tables=(*source.tables, *found.tables))


def _read_page(found: _Found, number: int, page: Any) -> None:
    words = pdf_text.words_of(page)
    if sum(_NO_MEANING in word.text for word in words) * 10 > len(words):
        raise FileRefusedError(_NO_LETTERS)
    objects = page.objects
    drawing = pdf_drawing.sort_out(objects, Rectangle(*map(float, page.bbox)))
    if not words or (_is_scan(page) and not drawing.frames and not drawing.lines):
        found.pictures += [number] if objects.get("image") else []
    elif pdf_tables.has_headings(pdf_text.lines_of(words)) or found.tables:
        if not pdf_tables.add_tables(page, f"Page {number}", found.tables):
            _read_drawing(found, number, page, drawing, words)
    else:
        _read_drawing(found, number, page, drawing, words)


def _read_drawing(found: _Found, number: int, page: Any, drawing: pdf_drawing.Drawing, words: Sequence[Word]) -> None:
    width, height = float(page.width), float(page.height)
    framed, free_words = pdf_boxes.in_frames(drawing.frames, words)
    if len(framed) > limits.SHAPES:
        raise FileRefusedError(f"Page {number} holds more than {limits.SHAPES:,} boxes: {_ASK}.")
    bands = pdf_boxes.headings(framed, words, drawing.lines, width)
    framed = [block for block in framed if block not in bands]
    free = [*(replace(band, framed=False) for band in bands), *pdf_boxes.in_the_open(free_words)]
    title = pdf_boxes.title_of(free, words, height)
    free = [block for block in free if block is not title]
    alone = pdf_boxes.without_frames(framed, free, drawing.lines, width)
    charted = [*framed, *alone]
    if not charted:
        found.texts.append(number)
        return
    shapes = [block.shape(f"p{number}.{at}") for at, block in enumerate(charted, 1)]
    texts = [block.lines for block in alone]
    beside = [block for block in free if block.lines not in texts]
    others = [block.shape(f"p{number}.{at}") for at, block in enumerate(beside, len(shapes) + 1)]
    said = " ".join(paragraph for paragraph in title.shape("").paragraphs) if title else ""
    lines = ties(shapes, drawing.lines)
    found.sheets.append(Sheet(f"Page {number}", said, width, height, (*shapes, *others), tuple(lines)))


def _is_scan(page: Any) -> bool:
    """Say whether one picture covers the page: letters on it are guesses of a scanner."""
    whole = float(page.width) * float(page.height)
    sizes = [float(image["width"]) * float(image["height"]) for image in page.objects.get("image", ())]
    return max(sizes, default=0.0) >= _PICTURE_PART * whole
