"""A visitor's pass on a label: name, where from, escort and lanyard in words, the day, and one code in two forms.

Never a purpose, never a child. Black on white only: label printers know no colour.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF

from visitor_register.domain import codes
from visitor_register.gui.prints import codes_drawn
from visitor_register.gui.prints.sheet import Line, Page, face, lines, mm, width_of

SMALLEST = 5.0
"""Points; below this nobody reads a pass, so a longer text is broken wherever it must be."""
TITLE = "Visitor pass"
"""The title of the file and of the print job. It names nobody."""


class LabelSize(StrEnum):
    """Labels as they are sold; width by height in millimetres as they come out of the printer."""

    ROLL_62 = "62 x 100"
    SMALL = "57 x 32"
    ADDRESS = "89 x 36"

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height."""
        width, _, height = self.value.partition(" x ")
        return float(width), float(height)


@dataclass(frozen=True, slots=True)
class PassText:
    """What stands on a pass. `escort` and `lanyard` are words ("Unescorted", "GREEN"); `time_in` is "" beforehand."""

    school: str
    name: str
    organisation: str
    here_to_see: str
    day: str
    time_in: str
    lanyard: str
    escort: str
    code: str


def label(text: PassText, size: LabelSize) -> Page:
    """Lay a pass out on a label of exactly that size. A long name gets smaller type; nothing is cut off."""
    width, height = (round(mm(side)) for side in size.millimetres)
    page = Page(QRectF(0, 0, width, height))
    if size is LabelSize.ROLL_62:
        _upright(page, text)
    else:
        _across(page, text)
    return page


def _upright(page: Page, text: PassText) -> None:
    margin, width, height = mm(4), page.size.width(), page.size.height()
    room = width - 2 * margin
    y = page.write(_fitted(text.school, room, mm(5), 10, bold=True), margin, mm(3.5))
    page.rule(y + mm(0.6), thick=5, left=margin, right=width - margin)
    y = page.write(lines("Visitor", face(13, bold=True), room), margin, y + mm(1.6))
    y = page.write(_fitted(text.name, room, mm(23), 30, bold=True), margin, y)
    y = page.write(_fitted(text.organisation, room, mm(9), 10.5), margin, y + mm(0.5))
    if text.here_to_see:
        y = page.write(lines("Here to see", face(8), room), margin, y + mm(0.8))
        y = page.write(_fitted(text.here_to_see, room, mm(6), 12, bold=True), margin, y)
    foot = height - mm(2.5)
    bar_height = mm(8.5)
    page.filled += codes_drawn.bars(text.code, width, 0, foot - bar_height, bar_height)
    side = codes_drawn.side_of(text.code, mm(21))
    top = foot - bar_height - side - mm(1.2)
    page.filled += codes_drawn.square(text.code, side, width - margin - side + mm(2), top)
    band = QRectF(margin, max(y + mm(1), top - mm(9.6)), room, mm(9))
    _band(page, text, band)
    beside = room - side
    y = page.write(lines(text.day, face(12, bold=True), beside), margin, top + mm(0.4))
    if text.time_in:
        y = page.write(lines(f"In {text.time_in}", face(12, bold=True), beside), margin, y)
    y = page.write(lines(codes.grouped(text.code), face(9), beside), margin, y + mm(0.5))
    page.write(lines("Hand back when you leave", face(7.5), beside), margin, y)


def _across(page: Page, text: PassText) -> None:
    margin, width, height = mm(2), page.size.width(), page.size.height()
    large = height > mm(34)
    bar_height = mm(6.5 if large else 5.5)
    foot = height - mm(1.8)
    page.filled += codes_drawn.bars(text.code, width, 0, foot - bar_height, bar_height)
    side = codes_drawn.side_of(text.code, mm(19 if large else 16))
    page.filled += codes_drawn.square(text.code, side, width - side, mm(0.5))
    room = width - side - margin
    y = page.write(_fitted(text.name, room, mm(8), 16 if large else 12, bold=True), margin, mm(1.2))
    y = page.write(_fitted(text.organisation, room, mm(4.4 if large else 5), 8 if large else 7), margin, y)
    bottom = foot - bar_height - mm(0.8)
    band = QRectF(margin, bottom - mm(5), width - 2 * margin, mm(5)) if not large else None
    said = f"{text.day}{f', in {text.time_in}' if text.time_in else ''}"
    if band is None:
        if text.here_to_see:
            y = page.write(_fitted(f"Here to see {text.here_to_see}", room, mm(3.5), 8), margin, y)
        band = QRectF(margin, bottom - mm(6), room, mm(6))
    page.write(_fitted(said, room, mm(3.6), 8, bold=True), margin, max(y, band.top() - mm(3.8)))
    _band(page, text, band)


def _band(page: Page, text: PassText, band: QRectF) -> None:
    """The lanyard's colour as a word and how the visitor walks through the building, white on black."""
    page.filled.append(band)
    most = 2 if band.height() > mm(8) else 1
    words = _fitted(
        f"{text.lanyard}  {text.escort}".strip(), band.width() - mm(3), band.height(), 15, bold=True, most=most
    )
    y = band.top() + (band.height() - sum(line.height for line in words)) / 2
    for line in words:
        left = band.left() + (band.width() - line.layout.lineAt(line.number).naturalTextWidth()) / 2
        page.on_black.append((line, left, y))
        y += line.height


def _fitted(text: str, width: float, height: float, points: float, *, bold: bool = False, most: int = 0) -> list[Line]:
    """Break a text into lines that fit into a box, in smaller type where it must be; no word is broken inside."""
    size = points
    while size > SMALLEST:
        font = face(size, bold=bold)
        made = lines(text, font, width)
        # A line may end behind a hyphen.
        whole = all(width_of(word, font) <= width for word in text.replace("-", "- ").split())
        if whole and sum(line.height for line in made) <= height and (not most or len(made) <= most):
            return made
        size *= 0.94
    return lines(text, face(size, bold=bold), width)
