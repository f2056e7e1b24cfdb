"""Offers managers for boxes that no line places: what the lines suggest, then what stands above."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection

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
    page = _Page(reading, beside)
    dashed: dict[int, list[int]] = defaultdict(list)
    for child, other, _ in reading.dashed:
        dashed[child].append(other)
    found = {}
    for box in range(len(reading.boxes)):
        if box not in reading.placed and box not in beside:
            ranked = dict.fromkeys([*reading.offered.get(box, []), *page.above(box), *dashed[box]])
            below = page.under(box)
            found[box] = [one for one in ranked if one not in below and one not in beside][:_MOST]
    return found


class _Page:
    """The boxes of a page by where they stand, so that nobody has to look at all of them for each."""

    def __init__(self, reading: Reading, beside: Collection[int]) -> None:
        self._reading, self._boxes = reading, reading.boxes
        self._upwards = sorted(set(range(len(self._boxes))).difference(beside), key=lambda at: -self._boxes[at].bottom)
        self._bottoms = [-self._boxes[at].bottom for at in self._upwards]
        self._reports: dict[int, list[int]] = defaultdict(list)
        self._lanes: dict[tuple[str, int], list[int]] = defaultdict(list)
        for box, placed in sorted(reading.placed.items()):
            self._reports[placed.manager].append(box)
            for lane in self._lanes_of(box):
                self._lanes[lane].append(box)

    def _lanes_of(self, box: int) -> list[tuple[str, int]]:
        own = self._boxes[box]
        return [("row", int(own.top // _LEVEL)), ("column", int(own.left // _LEVEL))]

    def under(self, head: int) -> set[int]:
        """The box and all who certainly report to it, over any number of levels."""
        found, stack = {head}, [head]
        while stack:
            new = [box for box in self._reports.get(stack.pop(), ()) if box not in found]
            found.update(new)
            stack += new
        return found

    def above(self, box: int) -> list[int]:
        """Boxes that stand wholly above, the likeliest first."""
        own, weights = self._boxes[box], self._mates(box)
        weights.update((head, _UNDER_BAR) for head in self._bars_over(box))
        found = [(self._away(box, at) - weight, at) for at, weight in weights.items() if self._is_above(at, box)]
        enough: list[float] = []
        for at in self._upwards[bisect_left(self._bottoms, -own.top - TOUCHING) :]:
            if len(enough) >= _MOST and own.top - self._boxes[at].bottom > enough[_MOST - 1]:
                break
            if at not in weights and at != box:
                away = self._away(box, at)
                found.append((away, at))
                insort(enough, away)
                del enough[_MOST:]
        return [at for _, at in sorted(found)]

    def _is_above(self, at: int, box: int) -> bool:
        return self._boxes[at].bottom <= self._boxes[box].top + TOUCHING

    def _away(self, box: int, at: int) -> float:
        own, other = self._boxes[box], self._boxes[at]
        worse = 0.0 if at in self._reports else _OWN_KIND if alike(own, other) else _MANAGES_NOBODY
        return own.top - other.bottom + _ASIDE * own.beside(other) + worse

    def _mates(self, box: int) -> dict[int, float]:
        """The managers of the next boxes of the same kind on all four sides, and what each counts."""
        nearest: dict[Side, tuple[float, int]] = {}
        for kind, lane in self._lanes_of(box):
            for mate in (mate for near in (lane - 1, lane, lane + 1) for mate in self._lanes.get((kind, near), ())):
                side = self._side(box, mate, kind)
                gap = self._boxes[box].beside(self._boxes[mate]) + self._boxes[box].apart(self._boxes[mate])
                if side is not None:
                    nearest[side] = min(nearest.get(side, (gap, mate)), (gap, mate))
        managers = {side: self._reading.placed[mate].manager for side, (_, mate) in nearest.items()}
        surrounded = managers.get(Side.LEFT) == managers.get(Side.RIGHT)
        next_in_row = min((nearest[side] for side in (Side.LEFT, Side.RIGHT) if side in nearest), default=None)
        counts: dict[int, float] = {}
        for side, manager in managers.items():
            in_row = side in (Side.LEFT, Side.RIGHT)
            near = _NEXT_IN_ROW if nearest[side] == next_in_row else 0.0
            counts[manager] = max(counts.get(manager, 0.0), _SURROUNDED if surrounded or not in_row else near)
        return counts

    def _side(self, box: int, mate: int, kind: str) -> Side | None:
        """On which side of a box another of its kind stands in one row or column with it."""
        own, other = self._boxes[box], self._boxes[mate]
        if not alike(own, other):
            return None
        if kind == "row" and abs(other.top - own.top) <= _LEVEL:
            return Side.LEFT if other.left < own.left else Side.RIGHT
        if kind == "column" and abs(other.left - own.left) <= _LEVEL:
            return Side.TOP if other.top < own.top else Side.BOTTOM
        return None

    def _bars_over(self, box: int) -> list[int]:
        """The managers whose bar runs just above a box, without a line from it down to the box."""
        own = self._boxes[box]
        return [
            head
            for bar, head in self._reading.bars
            if bar.left <= own.left + own.width / 2 <= bar.right and 0 <= own.top - bar.bottom <= _HANGS * own.height
        ]
