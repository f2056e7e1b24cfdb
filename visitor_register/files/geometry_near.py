"""Offers managers for boxes that no line places: what the lines suggest, then row mates', then what stands above."""

from collections.abc import Sequence

from visitor_register.files.geometry_plane import TOUCHING, Rectangle
from visitor_register.files.geometry_read import Reading, alike

_MOST = 5
# In points: tops that differ by less are one row, left edges one column.
_LEVEL = 6.0
# Sideways distance counts more than height, and a box that manages nobody is a worse guess.
_SIDEWAYS = 1.5
_MANAGES_NOBODY = 80.0
_STACK_MATE = 240.0


def offers(reading: Reading) -> dict[int, list[int]]:
    """Return for each box without a certain manager whom a person may choose, the likeliest first.

    Nobody is offered who certainly reports to that box, directly or over others.
    """
    managers = reading.managers
    placed = sorted(reading.placed)
    found = {}
    for box in range(len(reading.boxes)):
        if box in reading.placed:
            continue
        lines = reading.offered.get(box, [])
        mates = _managers_of_mates(reading, box, placed)
        dashed = [other for child, other, _ in reading.dashed if child == box]
        ranked = dict.fromkeys([*lines, *mates, *_above(reading, box, managers), *dashed])
        below = _under(reading, box) if box in managers else {box}
        found[box] = [one for one in ranked if one not in below][:_MOST]
    return found


def _under(reading: Reading, head: int) -> set[int]:
    """The box and all who certainly report to it, over any number of levels."""
    under: dict[int, list[int]] = {}
    for box, placed in reading.placed.items():
        under.setdefault(placed.manager, []).append(box)
    found, stack = {head}, [head]
    while stack:
        new = [box for box in under.get(stack.pop(), []) if box not in found]
        found.update(new)
        stack += new
    return found


def _managers_of_mates(reading: Reading, box: int, placed: Sequence[int]) -> list[int]:
    """The managers of boxes of the same kind in the same row or column, the nearest mates first."""
    own = reading.boxes[box]
    mates = [
        (_gap(own, other), reading.placed[mate].manager)
        for mate in placed
        if (abs((other := reading.boxes[mate]).top - own.top) <= _LEVEL or abs(other.left - own.left) <= _LEVEL)
        and alike(own, other)
        and reading.boxes[reading.placed[mate].manager].bottom <= own.top + TOUCHING
    ]
    return list(dict.fromkeys(manager for _, manager in sorted(mates)))[:2]


def _above(reading: Reading, box: int, managers: set[int]) -> list[int]:
    """Boxes that stand wholly above, the nearest first."""
    own = reading.boxes[box]
    found = []
    for at, other in enumerate(reading.boxes):
        if other.bottom <= own.top + TOUCHING:
            stacked = abs(other.left - own.left) <= _LEVEL and alike(own, other) and at not in managers
            worse = (at not in managers) * _MANAGES_NOBODY + stacked * _STACK_MATE
            found.append((own.top - other.bottom + _SIDEWAYS * _beside(own, other) + worse, at))
    return [at for _, at in sorted(found)[:_MOST]]


def _beside(one: Rectangle, other: Rectangle) -> float:
    return max(one.left - other.right, 0.0, other.left - one.right)


def _gap(one: Rectangle, other: Rectangle) -> float:
    return _beside(one, other) + max(one.top - other.bottom, 0.0, other.top - one.bottom)
