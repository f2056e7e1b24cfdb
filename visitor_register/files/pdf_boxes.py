"""Puts the text of a PDF page into its frames; what stands in none is a title, a note, or a box without a frame."""

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from visitor_register.domain.chart_fields import speaks_of_pay
from visitor_register.files import limits
from visitor_register.files.drawn_shapes import Shape
from visitor_register.files.geometry import REACH
from visitor_register.files.geometry_plane import Rectangle, Segment, around, neighbours
from visitor_register.files.pdf_text import Line, Word, lines_of, paragraphs_of

# The title of a page stands in its uppermost part, in letters larger than the others by so much.
_TOP_PART, _LARGER = 0.25, 1.2
# Frames that overlap by this part of the smaller one are one box: a name, and its title on a small plate.
_OVERLAP = 0.15
# One frame in another is its border or a band across it if it is so wide, as part of the other.
_BAND = 0.85
# As parts of the letter size: lines closer than this are one text; words farther out than this are not the box's,
# unless they go on with its text in lines as close as this, from middle to middle.
_CLOSE, _SPILT, _NEXT_LINE = 0.9, 0.7, 1.3
# A text that spills out of a box for more lines than this is not its own.
_SPILT_LINES = 3
# Boxes without frames are at most so large, as part of the page and in lines; fewer than so many are no chart.
_WIDEST, _MOST_LINES, _FEWEST = 0.4, 8, 3
# In points: the room round a text that is a box without a frame. Lines end at it, not at the letters.
_ROOM = 4.0
_PAY_SCALE = re.compile(r"^[A-Z]{1,4}\d{1,2}[A-Z]?\b(?:\W.*)?$|\bsoulbury\b|\bn?jnc\b|\bnjc\b", re.I)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together, in a frame or alone, and the space they have."""

    place: Rectangle
    lines: tuple[Line, ...]
    framed: bool

    @property
    def largest(self) -> float:
        """The size of its largest letters, in points."""
        return max(line.size for line in self.lines)

    def shape(self, id_: str) -> Shape:
        """The same as a reader of drawings hands it over. What somebody earns is left out."""
        found = paragraphs_of(self.lines, self.place.width)
        if any(speaks_of_pay(paragraph.text) for paragraph in found):
            found = [one for one in found if not speaks_of_pay(one.text) and not _PAY_SCALE.search(one.text)]
        return Shape(
            id_,
            self.place.left,
            self.place.top,
            self.place.right,
            self.place.bottom,
            tuple(paragraph.text[: limits.CELL_CHARACTERS] for paragraph in found),
            bold=tuple(at for at, paragraph in enumerate(found) if paragraph.bold),
            framed=self.framed,
        )


def in_frames(frames: Sequence[Rectangle], words: Sequence[Word]) -> tuple[list[Block], list[Word]]:
    """Return the boxes that hold text, and the words that are in none."""
    frames = _plates(frames)
    held: dict[int, list[Word]] = defaultdict(list)
    free = []
    near = neighbours([frame.grown(_SPILT * 12) for frame in frames], [word.place for word in words])
    for word, around_it in zip(words, near or [[] for _ in words], strict=True):
        box = _holder(frames, word, around_it)
        if box is None:
            free.append(word)
        else:
            held[box].append(word)
    for _ in range(_SPILT_LINES):
        free = _gone_on(frames, held, free)
    return _told_apart(frames, held, free), free


def _gone_on(frames: Sequence[Rectangle], held: dict[int, list[Word]], free: Sequence[Word]) -> list[Word]:
    """Take in the words that are the next line, above or below, of a text that is too long for its box."""
    boxes = sorted(held)
    near = neighbours([frames[at].grown(_SPILT_LINES * 12) for at in boxes], [word.place for word in free])
    left, taken = [], []
    for word, around_it in zip(free, near or [[] for _ in free], strict=True):
        own = [boxes[at] for at in around_it if _is_next_line(frames[boxes[at]], held[boxes[at]], word)]
        if len(own) == 1:
            taken.append((own[0], word))
        else:
            left.append(word)
    for box, word in taken:
        held[box].append(word)
    return left


def _is_next_line(frame: Rectangle, words: Sequence[Word], word: Word) -> bool:
    return frame.left <= word.middle[0] <= frame.right and any(
        abs(word.middle[1] - other.middle[1]) <= _NEXT_LINE * word.size and abs(word.size - other.size) < 1
        for other in words
    )


def _plates(frames: Sequence[Rectangle]) -> list[Rectangle]:
    """Join frames that overlap without one being in the other."""
    near = neighbours(frames, frames) or [[] for _ in frames]
    whole, first_of = list(frames), list(range(len(frames)))

    def first(at: int) -> int:
        while first_of[at] != at:
            first_of[at] = first_of[first_of[at]]
            at = first_of[at]
        return at

    for at, others in enumerate(near):
        for other in others:
            if other < at and _overlap(frames[at], frames[other]):
                one, joined = sorted((first(at), first(other)))
                whole[one] = around((whole[one], whole[joined]))
                first_of[joined] = one
    return [whole[at] for at in range(len(frames)) if first_of[at] == at]


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    contained = _within(one, other) or _within(other, one)
    return wide > 0 and high > 0 and not contained and wide * high >= _OVERLAP * smaller


def _within(inner: Rectangle, outer: Rectangle) -> bool:
    slack = outer.grown(1.0)
    return (
        slack.left <= inner.left
        and inner.right <= slack.right
        and slack.top <= inner.top
        and inner.bottom <= slack.bottom
    )


def _holder(frames: Sequence[Rectangle], word: Word, near: Iterable[int]) -> int | None:
    """The smallest frame that a word stands in, or just above or below which it spills out of."""
    found = []
    for at in near:
        frame = frames[at]
        if frame.left - 1 <= word.middle[0] <= frame.right + 1:
            away = frame.away(word.middle)
            if away <= _SPILT * word.size:
                found.append((away > 0, frame.width * frame.height, at))
    return min(found)[2] if found else None


def _told_apart(frames: Sequence[Rectangle], held: dict[int, list[Word]], free: list[Word]) -> list[Block]:
    """Tell boxes from frames round several boxes, whose own words are free text."""
    filled = sorted(held, key=lambda at: (frames[at].width * frames[at].height, at))
    near = neighbours(frames, [frames[at] for at in filled]) or [[] for _ in filled]
    for outer, inside in zip(filled, near, strict=True):
        inner = [at for at in inside if at != outer and at in held and _within(frames[at], frames[outer])]
        if len(inner) == 1 and frames[inner[0]].width >= _BAND * frames[outer].width:
            held[outer] += held.pop(inner[0])
        elif inner:
            free += held.pop(outer)
    boxes = []
    for at in sorted(held):
        lines = tuple(lines_of(held[at]))
        boxes.append(Block(frames[at], lines, framed=True))
    return boxes


def in_the_open(words: Sequence[Word]) -> list[Block]:
    """Gather words outside frames into texts: lines of a size, close below each other."""
    blocks: list[list[Line]] = []
    growing: list[list[Line]] = []
    for line in lines_of(words):
        place = line.place
        growing = [block for block in growing if place.top - block[-1].place.bottom <= _CLOSE * line.size]
        above = [
            block
            for block in growing
            if place.beside(block[-1].place) == 0
            and max(line.size, block[-1].size) <= _LARGER * min(line.size, block[-1].size)
        ]
        if above:
            above[-1].append(line)
        else:
            blocks.append([line])
            growing.append(blocks[-1])
    return [Block(around(line.place for line in block), tuple(block), framed=False) for block in blocks]


def headings(boxes: Sequence[Block], words: Sequence[Word], lines: Sequence[Segment], width: float) -> list[Block]:
    """Return the frames that are no boxes: bands across the page, and frames with large letters, without a line."""
    usual = _usual_size(words)
    ends = [Rectangle(*end, *end).grown(REACH) for line in lines for end in line.ends]
    near = neighbours([block.place for block in boxes], ends)
    touched = {at for found in near or () for at in found}
    return [
        block
        for at, block in enumerate(boxes)
        if at not in touched and (block.place.width >= _BAND * width or block.largest >= _LARGER * usual)
    ]


def _usual_size(words: Sequence[Word]) -> float:
    return statistics.median(word.size for word in words) if words else 0.0


def title_of(blocks: Sequence[Block], words: Sequence[Word], height: float) -> Block | None:
    """The title of a page: the largest letters near its top, larger than most of the others."""
    least = _LARGER * _usual_size(words)
    found = [
        (-block.largest, block.place.top, at)
        for at, block in enumerate(blocks)
        if block.place.top < height * _TOP_PART and block.largest >= least
    ]
    return blocks[min(found)[2]] if found else None


def without_frames(
    framed: Sequence[Block], blocks: Sequence[Block], lines: Sequence[Segment], width: float
) -> list[Block]:
    """Return the free texts that are boxes without a frame: most lines of the chart end at them."""
    places = [block.place.grown(_ROOM) for block in blocks]
    ends = [Rectangle(*end, *end).grown(REACH) for line in lines if not line.dashed for end in line.ends]
    frames = neighbours([block.place for block in framed], ends)
    near = neighbours(places, ends)
    if near is None or frames is None:
        return []
    reached = {at for free, taken in zip(near, frames, strict=True) if not taken for at in free}
    small = [
        replace(blocks[at], place=places[at])
        for at in sorted(reached)
        if places[at].width <= _WIDEST * width and len(blocks[at].lines) <= _MOST_LINES
    ]
    return small if len(small) >= _FEWEST and 2 * len(small) >= len(framed) else []
