"""What the lines of a page come to: pieces that no box hides, nets of those that touch, and the boxes they reach."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from visitor_register.domain.chart_table import Point
from visitor_register.files.geometry_plane import Rectangle, Segment, Side

_LONGEST_WAY = 64
# A line that falls by less than this part of its width is level.
_LEVEL = 0.2


@dataclass(frozen=True, slots=True)
class Touch:
    """A line arrives at a box.

    Attributes:
        box: Its place among the boxes.
        side: The edge.
        point: Where.
        piece: The place of the line among the pieces.
        segment: The place of the line it is a piece of.
        down: The line leads downwards from here.
        through: The line goes on behind the box and comes out elsewhere.
    """

    box: int
    side: Side
    point: Point
    piece: int
    segment: int
    down: bool
    through: bool = False


@dataclass(frozen=True, slots=True)
class Net:
    """Lines that hang together, all drawn through or all dashed.

    Attributes:
        at: For each box at which they arrive, where.
        pieces: The lines.
        dashed: Whether they are dashed.
        misses: A line leads upwards and arrives nowhere: the box that it was meant for may well be the manager.
    """

    at: Mapping[int, Sequence[Touch]]
    pieces: tuple[Segment, ...]
    dashed: bool
    misses: bool

    @property
    def boxes(self) -> list[int]:
        """The boxes of the net, each once, in the order of the drawing."""
        return sorted(self.at)

    @property
    def touches(self) -> list[Touch]:
        """Where it arrives at any box."""
        return [touch for touches in self.at.values() for touch in touches]

    def sides(self, box: int) -> set[Side]:
        """The edges at which it arrives at one box."""
        return {touch.side for touch in self.at[box]}


@dataclass(slots=True)
class Lines:
    """All lines of a page.

    Attributes:
        pieces: The parts of the drawn lines that no box hides.
        touches: Where they arrive at boxes.
        joints: For each piece, the pieces it meets and where.
        segment_of: For each piece, the place of the line it is a part of.
        upwards: Pieces with an end in the void that points upwards.
    """

    pieces: list[Segment] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    joints: dict[int, list[tuple[int, Point]]] = field(default_factory=lambda: defaultdict(list))
    segment_of: list[int] = field(default_factory=list)
    upwards: set[int] = field(default_factory=set)

    def touch(self, box: int, edges: Rectangle, piece: int, end: int, *, through: bool = False) -> None:
        """Note that a piece arrives at a box with one of its ends (0 or 1)."""
        point, behind = self.pieces[piece].ends[end], self.pieces[piece].ends[1 - end]
        side = edges.side_of(point, behind)
        down = behind[1] - point[1] > max(_LEVEL * abs(behind[0] - point[0]), 0.5)
        self.touches.append(Touch(box, side, point, piece, self.segment_of[piece], down, through))

    def join(self, one: int, other: int, point: Point) -> None:
        """Note that two pieces meet."""
        self.joints[one].append((other, point))
        self.joints[other].append((one, point))

    def nets(self) -> Iterator[Net]:
        """Gather what hangs together, in the order in which it was drawn."""
        first_of: dict[int, int] = {}
        for first in range(len(self.pieces)):
            stack = [] if first in first_of else [first]
            while stack:
                piece = stack.pop()
                if piece not in first_of:
                    first_of[piece] = first
                    stack += [other for other, _ in self.joints.get(piece, ())]
        at: dict[int, dict[int, list[Touch]]] = defaultdict(lambda: defaultdict(list))
        for touch in self.touches:
            at[first_of[touch.piece]][touch.box].append(touch)
        pieces: dict[int, list[Segment]] = defaultdict(list)
        for number, line in enumerate(self.pieces):
            pieces[first_of[number]].append(line)
        missing = {first_of[piece] for piece in self.upwards}
        for first in sorted(at):
            yield Net(at[first], tuple(pieces[first]), self.pieces[first].dashed, first in missing)

    def ways(self, end: Touch, starts: Sequence[Touch]) -> list[tuple[Point, ...]]:
        """Follow the lines from each of the starts to the end, over the fewest pieces.

        A way longer than anybody could follow is ().
        """
        towards: dict[int, tuple[int, Point]] = {end.piece: (end.piece, end.point)}
        queue = deque([end.piece])
        while queue:
            here = queue.popleft()
            for other, point in self.joints.get(here, ()):
                if other not in towards:
                    towards[other] = (here, point)
                    queue.append(other)
        found = []
        for start in starts:
            points, here = [start.point], start.piece
            while here in towards and here != end.piece and len(points) < _LONGEST_WAY:
                here, point = towards[here]
                points.append(point)
            found.append((*points, end.point) if here == end.piece else ())
        return found
