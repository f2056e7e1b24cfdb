"""Where an arrow key leads in the drawn chart."""

from dataclasses import dataclass

from visitor_register.domain.chart_drawing import Layout
from visitor_register.domain.chart_structure import ChartTree


@dataclass(frozen=True, slots=True)
class Step:
    """One step: across (-1 is left, 1 right) or down (-1 is up)."""

    across: int
    down: int


def step_from(tree: ChartTree, layout: Layout, here: int, step: Step) -> int | None:
    """Return the card a step leads to, or None where there is none.

    Up leads to the manager, down to those under a card, and in a column from one to the next; across leads to
    whatever stands beside. Those under a folded card are no goal: unfold it first.
    """
    if step.across:
        return _beside(layout, here, step.across)
    seat = tree.seats[here]
    if step.down > 0 and (under := [at for at in seat.below if at in layout.boxes]):
        middle = layout.boxes[here].middle
        return min(under, key=lambda at: (layout.boxes[at].top, abs(layout.boxes[at].middle - middle)))
    mates = tree.seats[seat.above].below if seat.above is not None else ()
    column = [at for at in mates if at in layout.boxes and layout.boxes[at].left == layout.boxes[here].left]
    column.sort(key=lambda at: layout.boxes[at].top)
    place = column.index(here) + step.down if here in column else -1
    if 0 <= place < len(column):
        return column[place]
    return seat.above if step.down < 0 and seat.above in layout.boxes else None


def _beside(layout: Layout, here: int, across: int) -> int | None:
    box = layout.boxes[here]
    level = box.top + box.height // 2
    beside = [at for at, other in layout.boxes.items() if other.top <= level < other.bottom]
    far = {at: layout.boxes[at].middle - box.middle for at in beside}
    return min((at for at in beside if far[at] * across > 0), key=lambda at: far[at] * across, default=None)
