"""Offers managers for boxes that no line places: what the lines suggest, then what stands above."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from visitor_register.files.geometry_plane import TOUCHING, Side
from visitor_register.files.geometry_read import Reading, alike

_MOST = 5
# In points: tops that differ by less are one row, left edges one column.
_LEVEL = 6.0
# What makes a box above a worse guess, as points of distance: being aside, managing nobody, being of one's own kind.
_ASIDE = 1.5
_MANAGES_NOBODY = 25.0
_OWN_KIND = 120.0
# What makes it a better one: managing the next box of one's row; of one's column, or those on both sides.
_NEXT_IN_ROW = 30.0
_SURROUNDED = 1_000.0
# A box just under a bar most likely was to hang from it; the bar is at most so far above, as part of the box's height.
_UNDER_BAR, _HANGS = 2_000.0, 1.0


def offers(reading: Reading, beside: Collection[int] = ()) -> dict[int, list[int]]:
    """Return for each box without a certain manager whom a person may choose, the likeliest first.

    Nobody is offered who certainly reports to that box, directly or over others.

    Args:
        reading: What the lines say.
        beside: Text beside the chart, such as its title: it neither has a manager nor is one.
    """
    managers, placed = reading.managers, sorted(reading.placed)
    found = {}
    for box in range(len(reading.boxes)):
        if box in reading.placed or box in beside:
            continue
        dashed = [other for child, other, _ in reading.dashed if child == box]
        weights = _mates(reading, box, placed)
        weights.update((head, _UNDER_BAR) for head in _bars_over(reading, box))
        near = _above(reading, box, managers, weights)
        ranked = dict.fromkeys([*reading.offered.get(box, []), *near, *dashed])
        below = _under(reading, box) if box in managers else {box}
        found[box] = [one for one in ranked if one not in below and one not in beside][:_MOST]
    return found


def _under(reading: Reading, head: int) -> set[int]:
    """The box and all who certainly report to it, over any number of levels."""
    under: dict[int, list[int]] = defaultdict(list)
    for box, placed in reading.placed.items():
        under[placed.manager].append(box)
    found, stack = {head}, [head]
    while stack:
        new = [box for box in under[stack.pop()] if box not in found]
        found.update(new)
        stack += new
    return found


def _mates(reading: Reading, box: int, placed: Sequence[int]) -> dict[int, float]:
    """The managers of the next boxes of the same kind to the left and right, above and below, and what each counts."""
    own = reading.boxes[box]
    nearest: dict[Side, tuple[float, int]] = {}
    for mate in placed:
        other = reading.boxes[mate]
        row, column = abs(other.top - own.top) <= _LEVEL, abs(other.left - own.left) <= _LEVEL
        if (row or column) and alike(own, other):
            side = (Side.LEFT if other.left < own.left else Side.RIGHT) if row else Side.TOP
            side = Side.BOTTOM if side is Side.TOP and other.top > own.top else side
            gap = own.beside(other) + own.apart(other)
            nearest[side] = min(nearest.get(side, (gap, mate)), (gap, mate))
    managers = {side: reading.placed[mate].manager for side, (_, mate) in nearest.items()}
    counts: dict[int, float] = {}
    for side, manager in managers.items():
        in_row = side in (Side.LEFT, Side.RIGHT)
        both = managers.get(Side.LEFT) == managers.get(Side.RIGHT)
        near = min((gap for one, (gap, _) in nearest.items() if one in (Side.LEFT, Side.RIGHT)), default=0.0)
        weight = _SURROUNDED if not in_row or both else _NEXT_IN_ROW if nearest[side][0] <= near else 0.0
        counts[manager] = max(counts.get(manager, 0.0), weight)
    return counts


def _bars_over(reading: Reading, box: int) -> list[int]:
    """The managers whose bar runs just above a box, without a line from it down to the box."""
    own = reading.boxes[box]
    return [
        head
        for bar, head in reading.bars
        if bar.left <= own.left + own.width / 2 <= bar.right and 0 <= own.top - bar.bottom <= _HANGS * own.height
    ]


def _above(reading: Reading, box: int, managers: Collection[int], mates: Mapping[int, float]) -> list[int]:
    """Boxes that stand wholly above, the likeliest first."""
    own = reading.boxes[box]
    found = []
    for at, other in enumerate(reading.boxes):
        if other.bottom <= own.top + TOUCHING:
            worse = 0.0 if at in managers else _OWN_KIND if alike(own, other) else _MANAGES_NOBODY
            away = own.top - other.bottom + _ASIDE * own.beside(other)
            found.append((away + worse - mates.get(at, 0.0), at))
    return [at for _, at in sorted(found)[: 2 * _MOST]]
