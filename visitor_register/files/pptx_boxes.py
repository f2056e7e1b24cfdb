"""Which shapes of a slide belong together: texts laid over empty frames, panels round a team, the slide's title."""

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


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a slide as they are meant.

    Attributes:
        shapes: Every box with text; a frame and the text over it are one.
        of_number: Which of them a connector means by a number; numbers that stand twice mean none.
        panels: Ids of boxes drawn round other boxes.
        title: What stands over the slide, or "".
    """

    shapes: tuple[Shape, ...]
    of_number: Mapping[str, str]
    panels: frozenset[str]
    title: str


def sort_out(slide: Slide, prefix: str) -> Boxes:
    """Say what the boxes of a slide are. `prefix` makes their ids unique in the file."""
    frames = _frames(slide.boxes)
    merged: list[tuple[Box, list[str]]] = []
    inside = {id(text): at for at, texts in frames.items() for text in texts}
    for at, box in enumerate(slide.boxes):
        if at in frames:
            texts = sorted(frames[at], key=lambda text: (text.top, text.left))
            lines = tuple(line for text in texts for line in text.paragraphs)
            merged.append((replace(box, paragraphs=lines, bold=_bold(texts)), [box.number, *(t.number for t in texts)]))
        elif box.paragraphs and not box.title and id(box) not in inside:
            merged.append((box, [box.number]))
    title = next((" ".join(box.paragraphs) for box in slide.boxes if box.title and box.paragraphs), "")
    shapes = tuple(_shape(box, f"{prefix}{at}") for at, (box, _) in enumerate(merged, 1))
    named: dict[str, list[str]] = defaultdict(list)
    for shape, (_, numbers) in zip(shapes, merged, strict=True):
        for number in numbers:
            named[number].append(shape.id)
    return Boxes(
        shapes,
        {number: ids[0] for number, ids in named.items() if len(ids) == 1 and number},
        frozenset(shape.id for shape, (box, _) in zip(shapes, merged, strict=True) if _is_panel(box, merged)),
        title or _title_above(shapes),
    )


def _frames(boxes: Sequence[Box]) -> dict[int, list[Box]]:
    """Return the place of each empty frame with the free texts laid over it."""
    empty = [(at, box) for at, box in enumerate(boxes) if not box.paragraphs and box.area > 0]
    over: dict[int, list[Box]] = defaultdict(list)
    for text in boxes:
        if text.paragraphs and not text.framed and not text.title and text.area > 0:
            around = [(box.area, at) for at, box in empty if box.holds(text) and box.area <= _FRAME_TO_TEXT * text.area]
            if around:
                over[min(around)[1]].append(text)
    return {at: texts for at, texts in over.items() if len(texts) <= _TEXTS_A_FRAME}


def _bold(texts: Sequence[Box]) -> tuple[int, ...]:
    start, found = 0, []
    for text in texts:
        found += [start + at for at in text.bold]
        start += len(text.paragraphs)
    return tuple(found)


def _shape(box: Box, id_: str) -> Shape:
    return Shape(id_, box.left, box.top, box.right, box.bottom, box.paragraphs, bold=box.bold, framed=box.framed)


def _is_panel(box: Box, others: Sequence[tuple[Box, Sequence[str]]]) -> bool:
    return any(other is not box and other.area < box.area and box.holds(other) for other, _ in others)


def _title_above(shapes: Sequence[Shape]) -> str:
    """Return the free line that stands above everything else, or ""."""
    placed = sorted((shape for shape in shapes if shape.bottom > shape.top), key=lambda shape: shape.top)
    if len(placed) < 2 or placed[0].framed or len(placed[0].paragraphs) > 1 or stands_alone(placed[0]):
        return ""
    return placed[0].paragraphs[0] if placed[0].bottom <= min(shape.top for shape in placed[1:]) else ""
