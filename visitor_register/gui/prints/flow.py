"""Rows that run from page to page: a header on each, a row kept together where it fits, never a line lost."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from visitor_register.gui.prints.sheet import MARGIN, Line, Page, face, lines, mm

_GAP = mm(2.2)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a cell; `sign` puts the warning triangle in front of it."""

    line: Line
    sign: bool = False


def parts(text: str, points: float, width: float, *, bold: bool = False) -> tuple[Part, ...]:
    """A text as the lines of a cell, broken at this width."""
    return tuple(Part(line) for line in lines(text, face(points, bold=bold), width))


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of one cell, and how far from the margin they begin."""

    x: float
    parts: tuple[Part, ...]


class Flow:
    """Fills pages from the top to the bottom.

    `header` is written on each page and returns where its rows begin.
    """

    def __init__(self, header: Callable[[Page], float], *, size: QRectF) -> None:
        self.pages: list[Page] = []
        self._header, self._size = header, size
        self._bottom = size.height() - MARGIN
        self._y = 0.0
        self._top = 0.0
        self.new_page()

    def new_page(self) -> None:
        """Begin another page."""
        page = Page(QRectF(self._size))
        self.pages.append(page)
        self._y = self._top = self._header(page)

    def title(self, lines: list[Line], *, with_room: float = mm(22)) -> None:
        """Write a title of a part, never as the last thing on a page."""
        high = sum(line.height for line in lines) + 2 * _GAP
        if self._y + high + with_room > self._bottom and self._y > self._top:
            self.new_page()
        self.row((Column(0, tuple(Part(line) for line in lines)),), above=2 * _GAP, thick=5)

    def row(
        self,
        columns: tuple[Column, ...],
        *,
        tick: float = 0,
        lowest: float = 0,
        above: float = _GAP,
        thick: float = 2,
    ) -> None:
        """Write a row, ruled off below; one that is taller than the page goes on on the next.

        `tick` is the side of an empty box at its left, `lowest` its least height.
        """
        left = [list(column.parts) for column in columns]
        high = max([lowest, tick, *(sum(part.line.height for part in parts) for parts in left)]) + above + _GAP
        if self._y + high > self._bottom and self._y > self._top:
            self.new_page()
        if tick:
            self.pages[-1].boxes.append((QRectF(MARGIN, self._y + above, tick, tick), 5))
        # Where the row must end at least; no longer asked for once it has run over a page.
        least = self._y + max(lowest, tick) + above + _GAP
        while True:
            ends = [self._fill(column.x, parts, self._y + above) for column, parts in zip(columns, left, strict=True)]
            if not any(left):
                break
            self.new_page()
            least = 0
        self._y = max([least, *(end + _GAP for end in ends)])
        self.pages[-1].rule(self._y, thick=thick)

    def _fill(self, x: float, parts: list[Part], y: float) -> float:
        """Write what fits of a cell and leave the rest in the list."""
        page, x = self.pages[-1], x + MARGIN
        while parts and (y + parts[0].line.height + _GAP <= self._bottom or y <= self._top + _GAP):
            part = parts.pop(0)
            indent = 0.0
            if part.sign:
                side = part.line.height * 0.86
                page.signs.append(QRectF(QPointF(x, y + part.line.height * 0.04), QPointF(x + side, y + side)))
                indent = side + mm(2)
            page.words.append((part.line, x + indent, y))
            y += part.line.height
        return y
