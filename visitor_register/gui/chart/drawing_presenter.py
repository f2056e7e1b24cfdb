"""The drawn chart without its widgets: what is unfolded, who is chosen, what a search finds, and the exports."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from sqlalchemy.orm import Session

from visitor_register.domain import names
from visitor_register.domain.chart_structure import ChartTree, Seat
from visitor_register.gui.chart import drawing_files, drawing_words
from visitor_register.gui.chart.drawing_state import NOTHING, Folding, Hit, Marks, Told
from visitor_register.gui.desk import Desk
from visitor_register.services import chart_tree
from visitor_register.services.chart_tree import Structure

LEAST_LETTERS = 2


class DrawingPresenter(QObject):
    """Shows the structure as a drawing and as a tree; both stand on the same person.

    Signals:
        told: A `Told`: another structure from now on.
        shaped: A `Shape`, and a card that keeps its place on the screen, or None.
        marked: A `Marks`.
        crumbs_shown: Who stands above the drawing, the highest first: (seat, words).
        person_wanted: Somebody was chosen: a person's UUID, or that of a vacant post.
        found: What became of a search, in words; empty when there is none.
    """

    told = Signal(object)
    shaped = Signal(object, object)
    marked = Signal(object)
    crumbs_shown = Signal(object)
    person_wanted = Signal(object)
    found = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told = NOTHING
        self._folding = Folding(ChartTree())
        self._seat_of: dict[UUID, Hit] = {}
        self._chosen: Hit | None = None
        self._hits: tuple[Hit, ...] = ()
        self._at = 0

    @property
    def structure(self) -> Told:
        """What is shown."""
        return self._told

    @property
    def chosen(self) -> int | None:
        """The seat that is chosen."""
        return self._chosen.seat if self._chosen is not None else None

    @property
    def person(self) -> UUID | None:
        """Who is chosen, or which vacant post."""
        return _key(self._told.tree.seats, self._chosen)

    @Slot()
    def refresh(self) -> None:
        """Read the structure again."""
        self._desk.jobs.read(_tell, self.show)

    def show(self, told: Told) -> None:
        """Show this structure; what was unfolded and who was chosen stays so, where it is still there."""
        if told == self._told:
            return
        before, chosen = self._told.tree.seats, self._chosen
        folding, first = Folding(told.tree), not before
        place = {seat.key: at for at, seat in enumerate(told.tree.seats)}
        root = self._folding.root
        if not first and (root is None or before[root].key in place):
            folding.root = place[before[root].key] if root is not None else None
            folding.unfolded = {place[key] for at in self._folding.unfolded if (key := before[at].key) in place}
        else:
            first = True
        opened = folding.open_first() if first else None
        self._told, self._folding, self._hits = told, folding, ()
        self._seat_of = {seat.key: Hit(at) for at, seat in enumerate(told.tree.seats)}
        for at, seat in enumerate(told.tree.seats):
            for number, holder in enumerate(seat.holders):
                self._seat_of.setdefault(holder.person, Hit(at, number))
        person = _key(before, chosen)
        self._chosen = self._seat_of.get(person) if person is not None else None
        self.told.emit(told)
        self._shape(look_at=opened)

    def toggle(self, seat: int) -> None:
        """Fold or unfold what is under a card."""
        if self._folding.toggle(seat):
            self._shape(keep=seat)

    @Slot()
    def from_top(self) -> None:
        """Show the chart from its top, the Heads of Service folded."""
        self._folding.from_top()
        self._shape(look_at=next(iter(self._folding.shape().row), None))

    def begin_with(self, seat: int) -> None:
        """Show somebody from above in the top row."""
        self._folding.begin_with(seat)
        self._shape(look_at=seat)

    def open_service(self, service: str) -> None:
        """Open at the head of this service."""
        self._shape(look_at=self._folding.open_first(service))

    def choose(self, seat: int) -> None:
        """Stand on a card and show who it is; once more on a job share is the next of them."""
        before = self._chosen
        sharing = len(self._told.tree.seats[seat].holders)
        again = before is not None and before.seat == seat and sharing
        self._stand(Hit(seat, (before.holder + 1) % sharing if before is not None and again else 0))
        self._want_person()

    def stand_on(self, person: UUID | None) -> None:
        """Stand on somebody who was chosen elsewhere, unfolding what is needed."""
        hit = self._seat_of.get(person) if person is not None else None
        # Somebody with two posts stays where they were chosen.
        if hit is not None and person != self.person:
            self._stand(hit)

    @Slot(str)
    def search(self, text: str) -> None:
        """Jump to the first who fits. A name counts before a job or a team."""
        words = names.words(text)
        if sum(map(len, words)) < LEAST_LETTERS:
            self._hits = ()
            self.found.emit("")
            return
        self._hits, self._at = _hits(self._told, words), 0
        self._jump()

    @Slot()
    def next_hit(self) -> None:
        """Jump to the next who fits."""
        if self._hits:
            self._at = (self._at + 1) % len(self._hits)
            self._jump()

    def export_pdf(self, path: Path) -> None:
        """Write the whole chart to a file, a page for each Head of Service."""
        if not self._told.words:
            return
        job = partial(drawing_files.write_pdf, told=self._told, path=path, at=self._desk.now())
        self._desk.jobs.read(job, self._exported, self._desk.explain)

    def export_picture(self, path: Path, image: QImage) -> None:
        """Write what is drawn to a file."""
        self._desk.jobs.read(
            partial(drawing_files.write_picture, image=image, path=path), self._exported, self._desk.explain
        )

    def suggested_name(self) -> str:
        """A file name that says which chart, and nothing about people."""
        days = sorted(chart.day for chart in self._told.charts)
        return f"structure-chart{f'_{days[-1].isoformat()}' if days else ''}.pdf"

    def _stand(self, hit: Hit) -> None:
        self._chosen = hit
        before = self._folding.shape()
        self._folding.reveal(hit.seat)
        if self._folding.shape() != before:
            self._shape(look_at=hit.seat)
        else:
            self._mark(look_at=hit.seat)

    def _jump(self) -> None:
        if not self._hits:
            self.found.emit("Nobody like that on the chart.")
            return
        hit = self._hits[self._at]
        self._stand(hit)
        said = self._told.words[hit.seat].spoken
        self.found.emit(f"{self._at + 1:,} of {len(self._hits):,}: {said}")
        self._want_person()

    def _want_person(self) -> None:
        if self.person is not None:
            self.person_wanted.emit(self.person)

    def _shape(self, keep: int | None = None, look_at: int | None = None) -> None:
        self.shaped.emit(self._folding.shape(), keep)
        self._mark(look_at)
        seats = self._told.tree.seats
        self.crumbs_shown.emit(tuple((at, drawing_words.crumb(seats[at])) for at in self._folding.crumbs()))

    def _mark(self, look_at: int | None = None) -> None:
        chosen = self.chosen
        self.marked.emit(Marks(chosen, self._folding.way_to(chosen) if chosen is not None else (), look_at))

    def _exported(self, words: str) -> None:
        self._desk.tell(words)


def _tell(session: Session) -> Told:
    # The words are made here, beside the screen: there may be thousands.
    structure: Structure = chart_tree.read(session)
    return Told(structure.tree, drawing_words.words_of(structure.tree), structure.charts)


def _key(seats: tuple[Seat, ...], hit: Hit | None) -> UUID | None:
    """Who is meant by a place on a chart: a person, or a vacant post; a group is nobody."""
    if hit is None or seats[hit.seat].group:
        return None
    seat = seats[hit.seat]
    return seat.holders[hit.holder].person if seat.holders else seat.key


def _hits(told: Told, words: tuple[str, ...]) -> tuple[Hit, ...]:
    """Whom the words fit: beginnings of names, then parts of names, then jobs and teams."""
    ranked: list[tuple[int, int]] = []
    for at, card in enumerate(told.words):
        if all(f" {word}" in card.name_key for word in words):
            ranked.append((0, at))
        elif all(word in card.name_key for word in words):
            ranked.append((1, at))
        elif all(f" {word}" in card.other_key or f" {word}" in card.name_key for word in words):
            ranked.append((2, at))
    return tuple(Hit(at, _holder(told.tree.seats[at], words)) for _, at in sorted(ranked))


def _holder(seat: Seat, words: tuple[str, ...]) -> int:
    fitting = (at for at, one in enumerate(seat.holders) if all(word in one.search_key for word in words))
    return next(fitting, 0)
