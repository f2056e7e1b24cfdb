"""Where bookings stand on a drawn day or week: hours as heights, and lanes for what is on at the same time."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

HOUR = 60
DAY = 24 * HOUR
QUARTER = 15


def clock(minute: int) -> time:
    """A minute of the day on the clock."""
    return time(minute // HOUR, minute % HOUR)


def minute_of(clock: time) -> int:
    """The minute of the day that a clock shows."""
    return clock.hour * HOUR + clock.minute


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute of the London day up to, not with, another."""

    start: int
    end: int

    def meets(self, other: "Span") -> bool:
        """Whether both are on at some time."""
        return self.start < other.end and other.start < self.end

    def at_least(self, minutes: int) -> "Span":
        """The same, or so long that it can be read; it never goes beyond midnight."""
        start = max(0, min(self.start, DAY - minutes))
        return Span(start, min(DAY, max(self.end, start + minutes)))


@dataclass(frozen=True, slots=True)
class Place:
    """The lane one stands in, over how many lanes it reaches, and how many there are side by side."""

    lane: int
    wide: int
    lanes: int


@dataclass(frozen=True, slots=True)
class More:
    """What stands behind the others because there is no lane for it: which ones, and when."""

    span: Span
    place: Place
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A place for each span, None for one that is behind; and what is behind."""

    places: tuple[Place | None, ...]
    more: tuple[More, ...]


def arrange(spans: Sequence[Span], most: int) -> Arranged:
    """Stand what is on at the same time side by side, in at most `most` lanes."""
    places: list[Place | None] = [None] * len(spans)
    more: list[More] = []
    for cluster in _clusters(spans):
        lanes = _lanes(spans, cluster)
        many = max(lanes.values()) + 1
        if many > most:
            # The last lane holds the word of what stands behind.
            behind = tuple(one for one in cluster if lanes[one] >= most - 1)
            span = Span(min(spans[one].start for one in behind), max(spans[one].end for one in behind))
            more.append(More(span, Place(most - 1, 1, most), behind))
            lanes = {one: lane for one, lane in lanes.items() if lane < most - 1}
            many = most
        last = many - 1 if len(lanes) < len(cluster) else many
        for one, lane in lanes.items():
            taken = [other for number, other in lanes.items() if other > lane and spans[number].meets(spans[one])]
            places[one] = Place(lane, min([*taken, last]) - lane, many)
    return Arranged(tuple(places), tuple(more))


def beside(spans: Sequence[Span]) -> int:
    """How many stand side by side at most, at least one."""
    places = arrange(spans, max(1, len(spans))).places
    return max((place.lanes for place in places if place is not None), default=1)


def _clusters(spans: Sequence[Span]) -> Iterable[list[int]]:
    """Those that hang together in time, each by its place in `spans`."""
    cluster: list[int] = []
    end = 0
    for one in sorted(range(len(spans)), key=lambda one: (spans[one].start, -spans[one].end, one)):
        if cluster and spans[one].start >= end:
            yield cluster
            cluster = []
        cluster.append(one)
        end = max(end, spans[one].end) if len(cluster) > 1 else spans[one].end
    if cluster:
        yield cluster


def _lanes(spans: Sequence[Span], cluster: Sequence[int]) -> dict[int, int]:
    """The first free lane for each."""
    ends: list[int] = []
    lanes: dict[int, int] = {}
    for one in cluster:
        lane = next((lane for lane, end in enumerate(ends) if end <= spans[one].start), len(ends))
        ends[lane : lane + 1] = [spans[one].end]
        lanes[one] = lane
    return lanes


def hours(opens: int, closes: int, spans: Iterable[Span]) -> range:
    """The whole hours to draw: the school's own, and all in which something stands."""
    starts, ends = [opens], [closes]
    for span in spans:
        starts.append(span.start)
        ends.append(span.end)
    return range(min(starts) // HOUR, -(-max(ends) // HOUR))


def gap(spans: Iterable[Span], first: int, last: int, minutes: int) -> int | None:
    """The first minute from which nothing stands for so long; None where there is no such gap."""
    at = first
    for span in sorted(spans, key=lambda span: span.start):
        if span.start - at >= minutes:
            break
        at = max(at, span.end)
    return at if last - at >= minutes else None


@dataclass(frozen=True, slots=True)
class Grid:
    """Minutes and columns as pixels: `edges` are the left of each column and the right of the last."""

    edges: tuple[int, ...]
    shown: range
    hour: float
    top: int = 0

    @property
    def height(self) -> int:
        """From the first hour to the last."""
        return self.top + round(len(self.shown) * self.hour)

    def y(self, minute: int) -> int:
        """How far down a minute is."""
        return self.top + round((minute - self.shown.start * HOUR) * self.hour / HOUR)

    def minutes(self, pixels: int) -> int:
        """How many minutes are at least so high."""
        return -int(-pixels * HOUR // self.hour)

    def minute(self, y: int) -> int:
        """The minute at this height, inside the hours that are drawn."""
        minute = self.shown.start * HOUR + int((y - self.top) * HOUR / self.hour)
        return max(self.shown.start * HOUR, min(minute, self.shown.stop * HOUR))

    def quarter(self, y: int) -> int:
        """The quarter of an hour at this height."""
        return min(self.minute(y) // QUARTER * QUARTER, self.shown.stop * HOUR - QUARTER)

    def after(self, span: Span) -> int:
        """The quarter of an hour that begins when something has ended."""
        return min(-(-span.end // QUARTER) * QUARTER, self.shown.stop * HOUR - QUARTER)

    def column(self, x: int) -> int:
        """The column at this place."""
        return max(0, min(bisect_right(self.edges, x) - 1, len(self.edges) - 2))

    def widths(self) -> tuple[int, ...]:
        """How wide each column is."""
        return tuple(right - left for left, right in pairwise(self.edges))

    def box(self, column: int, span: Span, place: Place, margin: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a card; `margin` is left free beside the lines of the columns."""
        left, right = self.edges[column] + margin, self.edges[column + 1] - margin
        from_, to = (left + (right - left) * lane // place.lanes for lane in (place.lane, place.lane + place.wide))
        upper, lower = self.y(span.start) + 1, self.y(span.end) - 2
        # A hairline of space between neighbours.
        return from_, upper, to - from_ - (2 if place.lane + place.wide < place.lanes else 0), lower - upper


def edges(wanted: Sequence[int], room: int) -> tuple[int, ...]:
    """Columns as wide as they want, or wider in equal parts where there is room."""
    spare = max(0, room - sum(wanted))
    made = [0]
    for number, width in enumerate(wanted):
        made.append(made[-1] + width + (spare * (number + 1) // len(wanted) - spare * number // len(wanted)))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Spot:
    """A card as the arrows see it."""

    column: int
    start: int
    lane: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        """By day, then by time, then as they stand side by side."""
        return self.column, self.start, self.lane


def step(spots: Sequence[Spot], here: int, *, across: int = 0, along: int = 0) -> int | None:
    """The card to which an arrow leads: the next in time (`along`), or the nearest in another column (`across`)."""
    if along:
        order = sorted(range(len(spots)), key=lambda one: spots[one].order)
        at = order.index(here) + along
        return order[at] if 0 <= at < len(order) else None
    now = spots[here]
    others = [one for one, spot in enumerate(spots) if (spot.column - now.column) * across > 0]
    return min(
        others,
        key=lambda one: (
            abs(spots[one].column - now.column),
            abs(spots[one].start - now.start),
            abs(spots[one].lane - now.lane),
        ),
        default=None,
    )
