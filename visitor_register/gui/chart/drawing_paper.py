"""The whole chart on pages of paper: one for each Head of Service, split where it would become too small to read.

Measures are those of every print: 1/300 inch. Nothing here touches a widget; it may run beside the screen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRectF

from visitor_register.domain.chart_drawing import Card, Gaps, Layout, TooDeepError
from visitor_register.domain.chart_layout import lay_out
from visitor_register.domain.chart_structure import ChartTree
from visitor_register.gui.chart.drawing_words import CardWords, crumb, people
from visitor_register.gui.prints.sheet import A4_ACROSS, MARGIN, UNITS, Line, face, lines, mm

A3_ACROSS = QRectF(0, 0, round(mm(420)), round(mm(297)))
SMALLEST = 0.8
"""How far a page may be made smaller: the 7.5 points of a job become 6, which can just be read."""

HEAD, FOOT = mm(17), mm(7)
_NAME_POINTS, _SECOND_POINTS = 9.0, 7.5
_PAD, _WIDEST, _NARROWEST = mm(1.8), mm(44), mm(20)
_GAPS = Gaps().times(UNITS / 96 * _NAME_POINTS / 12)
_COLUMNS = (_GAPS.column, 18)
"""How many stand in a column: as on the screen, or more where the paper is high."""

_LONGEST_NOTE = "8,888 people, page 888"


@dataclass(frozen=True, slots=True)
class PaperCard:
    """The words of one card as lines that are never cut, and the room they take."""

    words: CardWords
    names: tuple[Line, ...]
    rest: tuple[Line, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page: what is drawn on it, how large the paper is, and by how much the drawing is made smaller."""

    root: int
    title: str
    authority: str
    size: QRectF
    scale: float
    layout: Layout
    cards: Mapping[int, PaperCard]

    @property
    def room(self) -> QRectF:
        """Where the drawing has its place."""
        return self.size.adjusted(MARGIN, MARGIN + HEAD, -MARGIN, -MARGIN - FOOT)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the chart that fits on one page: a seat, those drawn under it, and who is folded on it."""

    root: int
    below: tuple[int, ...]
    folded: frozenset[int]


def pages_of(tree: ChartTree, words: Sequence[CardWords]) -> tuple[PaperPage, ...]:
    """Divide the chart into pages, the tops first, then each Head of Service, then those without a known manager."""
    work = _Work(tree, words)
    pieces = list(work.pieces())
    number: dict[int, int] = {}
    for at, piece in enumerate(pieces, 1):
        number.setdefault(piece.root, at)
    of_root: dict[int, list[Piece]] = {}
    for piece in pieces:
        of_root.setdefault(piece.root, []).append(piece)
    return tuple(work.page(piece, of_root[piece.root], number) for piece in pieces)


_Placed = tuple[dict[int, PaperCard], Layout, QRectF, float]


@dataclass(slots=True)
class _Work:
    tree: ChartTree
    words: Sequence[CardWords]
    known: dict[tuple[int, str], PaperCard] = field(default_factory=dict)

    def pieces(self) -> Iterator[Piece]:
        """Yield what stands on each page, in their order."""
        waiting = list(reversed(self.tree.tops))
        heads = {at for at, seat in enumerate(self.tree.seats) if seat.head}
        above_heads = {above for at in heads for above in self.tree.chain(at)}
        while waiting:
            root = waiting.pop()
            # Above the Heads of Service only the way down to them is drawn, and each of them has a page.
            apart = {
                under
                for at in self.tree.branch(root)
                if root in above_heads and (at == root or at in above_heads)
                for under in self.tree.seats[at].below
                if self.tree.seats[under].below and under not in above_heads
            }
            found, large = self._split(root, apart)
            yield from found
            waiting.extend(sorted(apart | large, reverse=True))

    def page(self, piece: Piece, together: Sequence[Piece], number: Mapping[int, int]) -> PaperPage:
        """Place one piece on the smallest paper on which it can be read."""
        seat = self.tree.seats[piece.root]
        title = self.words[piece.root].name if seat.group else crumb(seat)
        if len(together) > 1:
            title += f" ({together.index(piece) + 1} of {len(together)})"
        found = self._place(piece, number)
        cards, layout, size, scale = found or (*self._lay_out(piece, number, _COLUMNS[0]), A3_ACROSS, SMALLEST)
        return PaperPage(piece.root, title, seat.authority, size, scale, layout, cards)

    def _split(self, root: int, apart: set[int]) -> tuple[list[Piece], set[int]]:
        """Divide all under a seat into pieces that fit; those too large even alone are folded and come later."""
        below = self.tree.seats[root].below
        whole = Piece(root, below, frozenset(apart))
        if self._fits(whole):
            return [whole], set()
        large = {
            under
            for under in below
            if self.tree.seats[under].below
            and under not in apart
            and not self._fits(Piece(root, (under,), frozenset(apart)))
        }
        folded = frozenset(apart | large)
        pieces, start = [], 0
        while start < len(below):
            low, high = 1, len(below) - start
            while low < high:
                middle = (low + high + 1) // 2
                if self._fits(Piece(root, below[start : start + middle], folded)):
                    low = middle
                else:
                    high = middle - 1
            pieces.append(Piece(root, below[start : start + low], folded))
            start += low
        return pieces, large

    def _fits(self, piece: Piece) -> bool:
        return self._place(piece, {}) is not None

    def _place(self, piece: Piece, number: Mapping[int, int]) -> _Placed | None:
        """Draw a piece on the smallest paper on which it can be read. Long columns save width, short ones height."""
        try:
            drawn = [self._lay_out(piece, number, column) for column in _COLUMNS]
        except TooDeepError:
            return None
        for size in (A4_ACROSS, A3_ACROSS):
            wide, high = size.width() - 2 * MARGIN, size.height() - 2 * MARGIN - HEAD - FOOT
            for cards, layout in drawn:
                scale = min(1.0, wide / layout.area.width, high / layout.area.height)
                if scale >= SMALLEST:
                    return cards, layout, size, scale
        return None

    def _lay_out(self, piece: Piece, number: Mapping[int, int], column: int) -> tuple[dict[int, PaperCard], Layout]:
        shown, cards, drawn = [piece.root], {}, {}
        for at in shown:
            seat = self.tree.seats[at]
            below = piece.below if at == piece.root else () if at in piece.folded else seat.below
            shown.extend(below)
            note = self._note(at, number) if at in piece.folded else ""
            drawn[at] = self._card(at, note)
            cards[at] = Card(drawn[at].width, drawn[at].height, below, seat.leads)
        return drawn, lay_out(cards, [piece.root], replace(_GAPS, column=column))

    def _note(self, at: int, number: Mapping[int, int]) -> str:
        return f"{people(self.tree.seats[at].people)}, page {number[at]}" if at in number else _LONGEST_NOTE

    def _card(self, at: int, note: str) -> PaperCard:
        found = self.known.get((at, note))
        if found is None:
            found = self.known[at, note] = _measured(self.words[at], note)
        return found


def _measured(words: CardWords, note: str) -> PaperCard:
    room = _WIDEST - 2 * _PAD
    name, second = face(_NAME_POINTS, bold=True), face(_SECOND_POINTS)
    names = lines(words.name, name, room)
    if len(words.names) > 1 and len(names) > 1:
        names = [line for one in words.names for line in lines(one, name, room)]
    rest = [line for text in (words.second, note) for line in lines(text, second, room)]
    longest = lines(_LONGEST_NOTE, second, room) if note else []
    wide = max((_natural(line) for line in (*names, *rest, *longest)), default=0.0)
    high = sum(line.height for line in (*names, *rest))
    return PaperCard(
        words,
        tuple(names),
        tuple(rest),
        round(max(_NARROWEST, wide + 2 * _PAD) + 1),
        round(high + _PAD),
    )


def _natural(line: Line) -> float:
    return line.layout.lineAt(line.number).naturalTextWidth()
