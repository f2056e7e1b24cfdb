"""Lines that a Visio drawing has in its data: a list was imported, and each box kept the number of the box above it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Mark
from visitor_register.domain.names import fold
from visitor_register.domain.names_clean import names_nobody
from visitor_register.files.drawn import Sheet, Tie
from visitor_register.files.vsdx_boxes import Box


def add_lines(sheets: Sequence[tuple[Sheet, Sequence[Box]]]) -> list[Sheet]:
    """Set the lines of the data where nothing is drawn. Where drawing and data differ, a person must say.

    What "Reports to" holds is kept as the manager's name where no box has it as its number.
    """
    boxes = {box.shape.id: box for _, found in sheets for box in found}
    numbered: dict[str, list[Box]] = defaultdict(list)
    for box in boxes.values():
        if box.number:
            numbered[fold(box.number)].append(box)
    solid = [tie for sheet, _ in sheets for tie in sheet.ties if tie.manager and not tie.dashed]
    drawn = {_who(boxes[tie.child]) for tie in solid}
    done = []
    for sheet, found in sheets:
        ties = [_checked(tie, boxes, numbered) for tie in sheet.ties]
        shapes = []
        near = frozenset(box.shape.id for box in found)
        for box in found:
            above = _above(box, near, numbered)
            if above is not None and _who(box) not in drawn:
                ties.append(Tie(box.shape.id, above.shape.id, Mark.SET))
            named = {Field.REPORTS_TO_NAME: box.above} if box.above and above is None else {}
            shapes.append(replace(box.shape, fields={**box.shape.fields, **named}))
        done.append(replace(sheet, shapes=tuple(shapes), ties=tuple(ties)))
    return done


def _above(box: Box, near: frozenset[str], numbered: Mapping[str, Sequence[Box]]) -> Box | None:
    """Return the box that has the number above, that of the same page first; None where two people have it."""
    found = numbered.get(fold(box.above), ()) if box.above else ()
    if len({_said(one) for one in found}) != 1 or fold(box.number) == fold(box.above):
        return None
    return next((one for one in found if one.shape.id in near), found[0])


def _checked(tie: Tie, boxes: Mapping[str, Box], numbered: Mapping[str, Sequence[Box]]) -> Tie:
    """Take the certainty off a drawn line that the data contradict; both managers are offered, the drawn one first."""
    above = _above(boxes[tie.child], frozenset(), numbered)
    if tie.mark is not Mark.SET or above is None or _who(above) == _who(boxes[tie.manager]):
        return tie
    if _said(above) == _said(boxes[tie.manager]):
        return tie
    return replace(tie, mark=Mark.CHECK, may=(tie.manager, above.shape.id))


def _who(box: Box) -> str:
    """Return what tells a box apart from others in the file: its number, else who is in it, else itself."""
    name, title = _said(box)
    return fold(box.number) or (box.shape.id if names_nobody(name) else f"{name}, {title}")


def _said(box: Box) -> tuple[str, str]:
    fields = box.shape.fields
    return fold(fields.get(Field.NAME) or " ".join(box.shape.paragraphs)), fold(fields.get(Field.JOB_TITLE, ""))
