"""The visitor sheet, A4, for schools without a label printer: a pass to cut out, what to read, and the desk's copy.

The pass is the label of 62 x 100 mm itself, in its true size. Nothing on the sheet says why somebody came.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from visitor_register.gui.prints import proof_foot
from visitor_register.gui.prints.flow import Column, Flow, Part
from visitor_register.gui.prints.pass_label import LabelSize, PassText, label
from visitor_register.gui.prints.sheet import A4, MARGIN, Page, face, lines, mm, width_of
from visitor_register.services.proof import Proof

_WIDE = A4.width() - 2 * MARGIN
_TOP = mm(32)
_FOLD = mm(150)
_EDGE = mm(5)
"""Nearer to the edge most printers print nothing."""
_BESIDE = MARGIN + mm(74)
_NUMBER = mm(7)
_NOTICE_SIZES = (11.5, 10.5, 9.5, 8.5)
"""Points, the largest that fits beside the pass; a longer notice has the next page to itself."""
_DASH = mm(1.6)
_TITLES = r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)"
_SENTENCES = re.compile(_TITLES + r"(?<=[.!?])\s+(?=[A-Z0-9])")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+")


@dataclass(frozen=True, slots=True)
class SheetText:
    """What the sheet says beside the pass: the school's visitor notice, the desk copy, and when it was printed."""

    notice: str
    desk_copy: tuple[tuple[str, str], ...]
    printed: str
    proof: Proof | None = None


def sheet(text: PassText, said: SheetText) -> tuple[Page, ...]:
    """Lay the sheet out; a second page follows only for a visitor notice that is too long for the first."""
    page = Page()
    _head(page, text)
    _pass_to_cut(page, text)
    points = notice_points(said.notice)
    fitted = _notice(page, points)
    _desk_copy(page, said)
    pages = (page,) if fitted else (page, *_notice_pages(text, points))
    proof_foot.put(pages, said.proof)
    return pages


def notice_points(notice: str) -> list[str]:
    """The visitor notice as points: its lines where it has several, else its sentences; without their own numbers."""
    parts = [line for line in notice.splitlines() if line.strip()]
    if len(parts) < 2:
        parts = _SENTENCES.split(notice)
    return [stripped for part in parts if (stripped := _NUMBERED.sub("", part).strip())]


def _head(page: Page, text: PassText) -> None:
    said, font = f"Visitor sheet, {text.day}", face(10.5)
    beside = width_of(said, font)
    bottom = page.write(lines(text.school, face(16, bold=True), _WIDE - beside - mm(6)), MARGIN, MARGIN)
    page.write(lines(said, font, beside + 1), A4.width() - MARGIN - beside, MARGIN + mm(1.6))
    page.rule(min(bottom + mm(2), _TOP - mm(3)), thick=4)


def _pass_to_cut(page: Page, text: PassText) -> None:
    cut = label(text, LabelSize.ROLL_62)
    where = QRectF(MARGIN, _TOP, cut.size.width(), cut.size.height())
    _put(page, cut, where.topLeft())
    for start, end in (
        (where.topLeft(), where.topRight()),
        (where.bottomLeft(), where.bottomRight()),
        (where.topLeft(), where.bottomLeft()),
        (where.topRight(), where.bottomRight()),
    ):
        page.rules += [(*dash, 2) for dash in _dashes(start, end)]
    hint = "Cut along the line. It fits a holder of 62 x 100 mm."
    page.write(lines(hint, face(8), where.width()), MARGIN, where.bottom() + mm(1.5))


def _notice(page: Page, points: Sequence[str]) -> bool:
    """Write the points beside the pass; False when they do not fit, and stand on a page of their own."""
    room = A4.width() - MARGIN - _BESIDE
    title = lines("Welcome. Please read this.", face(15, bold=True), room)
    y = page.write(title, _BESIDE, _TOP) + mm(3)
    for points_size in _NOTICE_SIZES:
        font, gap = face(points_size), mm(points_size / 5)
        made = [lines(point, font, room - _NUMBER) for point in points]
        if y + sum(sum(line.height for line in said) + gap for said in made) > _FOLD - mm(6):
            continue
        for number, said in enumerate(made, 1):
            page.write(lines(f"{number}.", face(points_size, bold=True), _NUMBER), _BESIDE, y)
            y = page.write(said, _BESIDE + _NUMBER, y) + gap
        return True
    page.write(lines("It stands on the next page.", face(_NOTICE_SIZES[0]), room), _BESIDE, y)
    return False


def _notice_pages(text: PassText, points: Sequence[str]) -> Iterator[Page]:
    def head(page: Page) -> float:
        return page.write(lines(f"{text.school}: please read this", face(15, bold=True), _WIDE), MARGIN, MARGIN) + mm(4)

    flow, font = Flow(head, size=A4), face(11)
    for number, point in enumerate(points, 1):
        numbered = Column(0, (Part(lines(f"{number}.", face(11, bold=True), _NUMBER)[0]),))
        said = Column(_NUMBER, tuple(Part(line) for line in lines(point, font, _WIDE - _NUMBER)))
        flow.row((numbered, said))
    yield from flow.pages


def _desk_copy(page: Page, said: SheetText) -> None:
    page.rules += [(*dash, 2) for dash in _dashes(QPointF(_EDGE, _FOLD), QPointF(A4.width() - _EDGE, _FOLD))]
    y = page.write(lines("Desk copy", face(15, bold=True), _WIDE), MARGIN, _FOLD + mm(5)) + mm(2)
    at = MARGIN + mm(34)
    for name, value in said.desk_copy:
        page.write(lines(name, face(10, bold=True), mm(32)), MARGIN, y + mm(2))
        bottom = page.write(lines(value, face(10.5), A4.width() - MARGIN - at), at, y + mm(2))
        y = max(bottom + mm(2), y + mm(9.5))
        page.rule(y, thick=1)
    y = page.write(lines("Signature on leaving", face(9), _WIDE), MARGIN, y + mm(5)) + mm(14)
    page.rule(y, thick=3, right=MARGIN + mm(86))
    foot = f"Printed {said.printed}. Keep with the visitors' book until the register has been saved."
    written = lines(foot, face(8), _WIDE)
    page.write(written, MARGIN, A4.height() - MARGIN - sum(line.height for line in written))


def _put(page: Page, part: Page, at: QPointF) -> None:
    """Put all of a page on another one, as it is, with its upper left corner here."""
    x, y = at.x(), at.y()
    page.words += [(line, left + x, top + y) for line, left, top in part.words]
    page.on_black += [(line, left + x, top + y) for line, left, top in part.on_black]
    page.filled += [box.translated(at) for box in part.filled]
    page.rules += [(start + at, end + at, thick) for start, end, thick in part.rules]


def _dashes(start: QPointF, end: QPointF) -> list[tuple[QPointF, QPointF]]:
    """A line to cut or fold along, as its dashes."""
    way = end - start
    long = (way.x() ** 2 + way.y() ** 2) ** 0.5
    count = max(int(long / (2 * _DASH)), 1)
    step = way / count
    return [(start + step * number, start + step * number + step / 2) for number in range(count)]
