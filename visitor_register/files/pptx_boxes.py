"""Which shapes of a slide belong together: texts laid over frames, panels drawn round a team, the slide's title."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from visitor_register.files.drawn_boxes import stands_alone
from visitor_register.files.drawn_shapes import Shape
from visitor_register.files.pptx_slide import Box, Slide

# A frame is hardly larger than the text it was drawn for; a panel round a whole team is.
_FRAME_TO_TEXT = 6.0
# Name, title and telephone may each have a text box of their own.
_TEXTS_A_FRAME = 4
# Somebody in a panel has at least one colleague there.
_IN_A_PANEL = 2


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a slide as they are meant.

    Attributes:
        shapes: Every box with text; a frame and the text over it are one.
        of_number: Which of them a connector means by a number; numbers that stand twice mean none.
        panels: The boxes inside each box that is drawn round others, by the number that a connector means.
        around: Ids of those panels that have a text of their own.
        title: What stands over the slide, or "".
    """

    shapes: tuple[Shape, ...]
    of_number: Mapping[str, str]
    panels: Mapping[str, tuple[str, ...]]
    around: frozenset[str]
    title: str


@dataclass(frozen=True, slots=True)
class _Whole:
    """A box with all that was laid over it, and the numbers of its parts."""

    box: Box
    numbers: tuple[str, ...]


def sort_out(slide: Slide, prefix: str) -> Boxes:
    """Say what the boxes of a slide are. `prefix` makes their ids unique in the file."""
    wholes = _wholes(slide.boxes)
    shapes = tuple(_shape(whole.box, f"{prefix}{at}") for at, whole in enumerate(wholes, 1))
    alone = [(whole.box, shape.id) for whole, shape in zip(wholes, shapes, strict=True) if stands_alone(shape)]
    named: dict[str, list[str]] = defaultdict(list)
    for shape, whole in zip(shapes, wholes, strict=True):
        for number in whole.numbers:
            named[number].append(shape.id)
    numbers = {number: ids[0] for number, ids in named.items() if len(ids) == 1 and number}
    panels = {}
    smallest = min((box.area for box, _ in alone), default=0.0)
    for box in (box for box in slide.boxes if box.area > _IN_A_PANEL * smallest):
        inside = tuple(id_ for other, id_ in alone if other.area < box.area and box.holds(other))
        if len(inside) >= _IN_A_PANEL and box.number:
            panels[box.number] = inside
    around = frozenset(numbers[number] for number in panels if number in numbers)
    title = next((" ".join(box.paragraphs) for box in slide.boxes if box.title and box.paragraphs), "")
    of_number = {number: id_ for number, id_ in numbers.items() if number not in panels}
    return Boxes(shapes, of_number, panels, around, title or _title_above(shapes))


def _wholes(boxes: Sequence[Box]) -> list[_Whole]:
    """Put texts and the frames below them together; empty frames and the slide's title are left out."""
    over = _over(boxes)
    taken = {id(text) for texts in over.values() for text in texts}
    wholes = []
    for at, box in enumerate(boxes):
        texts = sorted(over.get(at, ()), key=lambda text: (text.top, text.left))
        parts = [box, *texts]
        lines = tuple(line for part in parts for line in part.paragraphs)
        if lines and not box.title and id(box) not in taken:
            whole = replace(box, paragraphs=lines, bold=_bold(parts), framed=box.framed or bool(texts))
            wholes.append(_Whole(whole, tuple(part.number for part in parts)))
    return wholes


def _over(boxes: Sequence[Box]) -> dict[int, list[Box]]:
    """Return the place of each frame with the free texts laid over it; text of its own may not be a whole post yet."""
    frames = [
        (at, box)
        for at, box in enumerate(boxes)
        if box.area > 0 and not (box.paragraphs and _is_post(box)) and not box.title
    ]
    over: dict[int, list[Box]] = defaultdict(list)
    for text in boxes:
        if text.paragraphs and not text.framed and not text.title and text.area > 0:
            around = [
                (box.area, at)
                for at, box in frames
                if (box.framed or not box.paragraphs)
                and box.holds(text)
                and text.area < box.area <= _FRAME_TO_TEXT * text.area
                and not (box.paragraphs and _is_post(text))
            ]
            if around:
                over[min(around)[1]].append(text)
    return {at: texts for at, texts in over.items() if len(texts) <= _TEXTS_A_FRAME}


def _is_post(box: Box) -> bool:
    return stands_alone(_shape(box, ""))


def _bold(parts: Sequence[Box]) -> tuple[int, ...]:
    start, found = 0, []
    for part in parts:
        found += [start + at for at in part.bold]
        start += len(part.paragraphs)
    return tuple(found)


def _shape(box: Box, id_: str) -> Shape:
    return Shape(id_, box.left, box.top, box.right, box.bottom, box.paragraphs, bold=box.bold, framed=box.framed)


def _title_above(shapes: Sequence[Shape]) -> str:
    """Return the free line that stands above everything else, or ""."""
    placed = sorted((shape for shape in shapes if shape.bottom > shape.top), key=lambda shape: shape.top)
    if len(placed) < 2 or placed[0].framed or len(placed[0].paragraphs) > 1 or stands_alone(placed[0]):
        return ""
    return placed[0].paragraphs[0] if placed[0].bottom <= placed[1].top else ""
