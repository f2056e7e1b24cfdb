"""What the drawn chart shows at a moment: which branches are unfolded, who is chosen, and the way up from there."""

from dataclasses import dataclass, field

from visitor_register.domain.chart_drawing import MAX_LEVELS
from visitor_register.domain.chart_structure import ChartTree
from visitor_register.gui.chart.drawing_words import CardWords
from visitor_register.services.chart_tree import ChartInUse


@dataclass(frozen=True, slots=True)
class Told:
    """The structure with its words, made beside the screen."""

    tree: ChartTree
    words: tuple[CardWords, ...]
    charts: tuple[ChartInUse, ...]

    @property
    def drawable(self) -> bool:
        """Whether it can be drawn: not more levels than anybody could read."""
        return self.tree.levels <= MAX_LEVELS


NOTHING = Told(ChartTree(), (), ())


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands out: the chosen card, the way to it from the top row, and a card to bring into view."""

    chosen: int | None = None
    way: tuple[int, ...] = ()
    look_at: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody a search found: their seat, and which of those who share it."""

    seat: int
    holder: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """Which cards are drawn.

    Attributes:
        row: The top row; a line from above leads to it when `stem` is set.
        apart: The group of those without a known manager, at the right of it.
        shown: All cards that are drawn, managers before those under them.
        folded: Those of them with people folded away.
    """

    row: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()
    stem: bool = False
    shown: tuple[int, ...] = ()
    folded: frozenset[int] = frozenset()


@dataclass(slots=True)
class Folding:
    """Which part of a tree is unfolded. Seats are places in the tree.

    Attributes:
        root: Whose people are the top row; None is the very top.
        unfolded: Seats whose people are drawn where they are drawn themselves.
    """

    tree: ChartTree
    root: int | None = None
    unfolded: set[int] = field(default_factory=set)

    def open_first(self, service: str = "") -> int | None:
        """Open at one Head of Service, of this service if there is one, the others folded; say which."""
        heads = [at for at, seat in enumerate(self.tree.seats) if seat.head and seat.below]
        wanted = [at for at in heads if self.tree.seats[at].service == service] if service else []
        first = next(iter(wanted or heads), None)
        self.from_top()
        if first is None:
            # Without heads the highest of those who lead are opened.
            self.unfolded.update(at for at in self.tree.tops if not self.tree.seats[at].group)
        else:
            self.root = self._above(first)
            self.unfolded.add(first)
        return first

    def from_top(self) -> None:
        """Show everything above the Heads of Service, and them folded."""
        self.root = None
        heads = (at for at, seat in enumerate(self.tree.seats) if seat.head)
        self.unfolded = {above for at in heads for above in self.tree.chain(at)}

    def begin_with(self, place: int) -> None:
        """Let a seat stand in the top row, unfolded."""
        self.root = self._above(place)
        self.unfolded.add(place)

    def toggle(self, place: int) -> bool:
        """Fold or unfold a seat; say whether there was anything to."""
        if not self.tree.seats[place].below:
            return False
        self.unfolded ^= {place}
        return True

    def reveal(self, place: int) -> None:
        """Unfold what is needed to see a seat; go to another part of the chart if it is there."""
        chain = self.tree.chain(place)
        if self.root is not None and self.root not in chain and not self._in_group(chain, place):
            head = next((at for at in (place, *chain) if self.tree.seats[at].head), None)
            self.root = self._above(head) if head is not None else None
        for above in chain:
            if above == self.root:
                break
            self.unfolded.add(above)

    def way_to(self, place: int) -> tuple[int, ...]:
        """Return the seats from the top row to a seat, as far down as they are drawn."""
        chain = self.tree.chain(place)
        way = [place, *chain[: chain.index(self.root)]] if self.root in chain else [place, *chain]
        found: list[int] = []
        for at in reversed(way):
            found.append(at)
            if at not in self.unfolded:
                break
        return tuple(found) if found[0] in self._rows() else ()

    def shape(self) -> Shape:
        """Say which cards are drawn."""
        group = self._group()
        row = self.tree.seats[self.root].below if self.root is not None else self.tree.tops
        row = tuple(at for at in row if at not in group)
        shown = [*row, *group]
        folded = set()
        for at in shown:
            if at in self.unfolded:
                shown.extend(self.tree.seats[at].below)
            elif self.tree.seats[at].below:
                folded.add(at)
        return Shape(row, group, self.root is not None, tuple(shown), frozenset(folded))

    def crumbs(self) -> tuple[int, ...]:
        """Return those above the top row who are not drawn, the highest first."""
        return (*reversed(self.tree.chain(self.root)), self.root) if self.root is not None else ()

    def _rows(self) -> set[int]:
        return {*(self.tree.seats[self.root].below if self.root is not None else self.tree.tops), *self._group()}

    def _group(self) -> tuple[int, ...]:
        return tuple(at for at in self.tree.tops if self.tree.seats[at].group)

    def _in_group(self, chain: tuple[int, ...], place: int) -> bool:
        return self.tree.seats[(place, *chain)[-1]].group

    def _above(self, place: int) -> int | None:
        above = self.tree.seats[place].above
        return None if above is None or self.tree.seats[above].group else above
