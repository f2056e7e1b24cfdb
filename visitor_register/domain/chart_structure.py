"""The structure of a chart as a tree of seats: who stands under whom, and whose manager nobody knows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from visitor_register.domain import names
from visitor_register.domain.chart_rings import find_rings

GROUP = UUID(int=0)
"""Names the group of those without a known manager; no record has this number."""

_Title = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post. `sort_key` puts names in order, `search_key` is what a search looks in."""

    person: UUID
    name: str
    sort_key: str
    search_key: str
    agency: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """One place of the structure: a post with whoever holds it, or a person the chart gives no post.

    Attributes:
        key: The post's UUID, else the person's.
        holders: Several are a job share, none is a vacant post.
        first: The chart begins here, as far as its own levels say.
        head: The post is a Head of Service.
        group: It is no post but the group of all whose manager is not known.
        above: The seat of the manager, as a place in `ChartTree.seats`; a group counts.
        below: The seats under it, in the order in which they are shown.
        people: How many people stand under it, at any depth.
        depth: How deep it stands: 0 at the top.
    """

    key: UUID
    authority: str
    title: str
    team: str = ""
    service: str = ""
    holders: tuple[Holder, ...] = ()
    first: bool = False
    head: bool = False
    group: bool = False
    above: int | None = None
    below: tuple[int, ...] = ()
    people: int = 0
    depth: int = 0

    @property
    def leads(self) -> bool:
        """Whether it is a place to lead from, even while nobody is under it."""
        return bool(self.below) or self.head

    @property
    def vacant(self) -> bool:
        """Whether nobody holds the post."""
        return not self.holders and not self.group


@dataclass(frozen=True, slots=True)
class ChartTree:
    """The structure, as one list of seats that name one another by their place in it.

    Attributes:
        seats: Managers before those under them.
        tops: Those above everybody else; the group of those without a known manager is the last.
        levels: How many rows deep it is.
    """

    seats: tuple[Seat, ...] = ()
    tops: tuple[int, ...] = ()
    levels: int = 0

    def chain(self, place: int) -> tuple[int, ...]:
        """Return the seats above a seat, the nearest first; a group counts."""
        found: list[int] = []
        above = self.seats[place].above
        while above is not None:
            found.append(above)
            above = self.seats[above].above
        return tuple(found)

    def read_order(self) -> tuple[int, ...]:
        """Return all seats as a tree is read: each with all under it before the next beside it."""
        found: list[int] = []
        waiting = list(reversed(self.tops))
        while waiting:
            found.append(waiting.pop())
            waiting.extend(reversed(self.seats[found[-1]].below))
        return tuple(found)

    def branch(self, place: int) -> tuple[int, ...]:
        """Return a seat and all under it, managers before those under them."""
        found = [place]
        for one in found:
            found.extend(self.seats[one].below)
        return tuple(found)


def arrange(given: Sequence[Seat], lines: Mapping[UUID, UUID]) -> ChartTree:
    """Put seats in order: each once, whatever the reporting lines say.

    A line to a seat that is not there is no line, and those of a ring are none. Whoever then has nobody above
    stands at the top, if the chart begins there or a Head of Service is there or under them; all others are in
    the group of those whose manager is not known.

    Args:
        given: The seats, in any order; `above`, `below`, `people` and `depth` are not looked at.
        lines: The key of the manager's seat by the key of the seat.
    """
    seats = {seat.key: seat for seat in given}
    above = {key: lines[key] for key in seats if lines.get(key) in seats}
    for key in [key for ring in find_rings(above) for key in ring]:
        # Which line of a ring is wrong nobody can know.
        del above[key]
    below: dict[UUID | None, list[UUID]] = defaultdict(list)
    for key in sorted(seats, key=lambda one: _order(seats[one], leads=False)):
        below[above.get(key)].append(key)
    for under in below.values():
        under.sort(key=lambda one: _order(seats[one], leads=bool(below.get(one)) or seats[one].head))
    top, apart = _tops(seats, below)
    if apart:
        seats[GROUP] = Seat(GROUP, "", "Manager not known", group=True)
        below[GROUP] = apart
        top.append(GROUP)
    return _numbered(seats, below, top)


def _tops(seats: Mapping[UUID, Seat], below: Mapping[UUID | None, list[UUID]]) -> tuple[list[UUID], list[UUID]]:
    """Part those without a manager: where a chart begins, and whose manager was not understood."""
    free = below.get(None, [])
    top = [key for key in free if seats[key].first or any(seats[one].head for one in _under(key, below))]
    if not top:
        top = [key for key in free if below.get(key)]
    if not top and len(free) == 1:
        top = list(free)
    return top, [key for key in free if key not in set(top)]


def _under(key: UUID, below: Mapping[UUID | None, list[UUID]]) -> Iterator[UUID]:
    waiting = [key]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(below.get(one, ()))


def _numbered(seats: Mapping[UUID, Seat], below: Mapping[UUID | None, list[UUID]], top: list[UUID]) -> ChartTree:
    """Number the seats row by row, and count who is under each."""
    order = list(top)
    depth = dict.fromkeys(top, 0)
    above: dict[UUID, UUID] = {}
    for key in order:
        for under in below.get(key, ()):
            above[under], depth[under] = key, depth[key] + 1
            order.append(under)
    place = {key: at for at, key in enumerate(order)}
    people = dict.fromkeys(order, 0)
    for key in reversed(order):
        if key in above:
            people[above[key]] += people[key] + len(seats[key].holders)
    made = tuple(
        replace(
            seats[key],
            above=place[above[key]] if key in above else None,
            below=tuple(place[under] for under in below.get(key, ())),
            people=people[key],
            depth=depth[key],
        )
        for key in order
    )
    return ChartTree(made, tuple(range(len(top))), max(depth.values(), default=-1) + 1)


def _order(seat: Seat, *, leads: bool) -> tuple[bool, bool, _Title, str, str]:
    """Those who lead come first, by their titles; then people by name; empty posts last."""
    title = _title(seat.title) if leads or seat.vacant else ()
    name = seat.holders[0].sort_key if seat.holders else ""
    return not leads, not leads and seat.vacant, title, name, str(seat.key)


@lru_cache(maxsize=4_096)
def _title(title: str) -> _Title:
    """A title in the order of people: "Team 2" before "Team 10"."""
    parts = names.fold(title).split()
    return tuple((int(part), "") if part.isdecimal() and len(part) < 9 else (-1, part) for part in parts)
