"""History: what is looked for, what was found, and the story of one visit."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.gui.desk import Desk
from visitor_register.gui.history import rows
from visitor_register.gui.history.story_presenter import StoryPresenter
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.table_panel import TableRow
from visitor_register.services import history
from visitor_register.services.history import After, Mark, Outcome, Page, Wanted
from visitor_register.services.notice import typed_day


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter as it stands, letter by letter."""

    start: str = ""
    end: str = ""
    name: str = ""
    team: str = ""
    outcome: Outcome | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the table shows; `more`: further pages follow."""

    rows: tuple[TableRow, ...]
    more: bool
    sentence: str
    nothing: str = ""


class HistoryPresenter(QObject):
    """Finds visits and hands one of them to its story.

    Signals:
        found: A `Found`, in place of what was there.
        added: A `Found`: the next page.
        told_wrong: For each filter field what to write instead.
    """

    found = Signal(object)
    added = Signal(object)
    told_wrong = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = Wanted()
        self._after: After | None = None
        self._shown = 0
        self._asked = 0
        self.story = StoryPresenter(desk)
        self.story.setParent(self)
        desk.operator_changed.connect(self._handed_over)

    @property
    def jobs(self) -> JobRunner:
        """Says when something was written."""
        return self._desk.jobs

    @Slot()
    def refresh(self) -> None:
        """Read again as much as is shown, and the story that is open."""
        self._read(limit=max(history.PAGE, self._shown))
        self.story.refresh()

    @Slot(object)
    def look_for(self, asked: Asked) -> None:
        """Find what is asked for; a day that cannot be read is said beside its field and not used."""
        today = calendar.london_date(self._desk.now())
        start, end = (typed_day(text, today) if text.strip() else None for text in (asked.start, asked.end))
        wrong = {
            name: "Write a day, like 24/11/2026."
            for name, text, day in (("start", asked.start, start), ("end", asked.end, end))
            if text.strip() and day is None
        }
        if start is not None and end is not None and end < start:
            wrong["end"] = "This is before the first day."
        self.told_wrong.emit(wrong)
        wanted = Wanted(start, end, asked.name, asked.team, asked.outcome, asked.mark)
        if wrong or wanted == self._wanted:
            return
        self._wanted = wanted
        self._read(limit=history.PAGE)

    @Slot()
    def more(self) -> None:
        """The next page."""
        if self._after is None:
            return
        job = partial(history.page, wanted=self._wanted, at=self._desk.now(), after=self._after)
        self._desk.jobs.read(job, partial(self._add, self._asked))

    def export(self, path: Path) -> None:
        """Write the whole filtered list to a file."""
        job = rows.exporting(path, self._wanted, self._desk.now())
        self._desk.jobs.read(job, partial(self._exported, path.name), self._desk.explain)

    def suggested_name(self) -> str:
        """A file name that says which days, and nothing about people."""
        days = [day.isoformat() for day in (self._wanted.start, self._wanted.end) if day]
        return "_".join(["visits", *days]) + ".csv"

    def _read(self, *, limit: int) -> None:
        self._asked += 1
        job = partial(history.page, wanted=self._wanted, at=self._desk.now(), limit=limit)
        self._desk.jobs.read(job, partial(self._show, self._asked), self._desk.explain)

    def _show(self, asked: int, page: Page) -> None:
        if asked == self._asked:
            self._shown = len(page.lines)
            self.found.emit(self._found(page))

    def _add(self, asked: int, page: Page) -> None:
        if asked == self._asked:
            self._shown += len(page.lines)
            self.added.emit(self._found(page))

    def _found(self, page: Page) -> Found:
        self._after = page.after
        count = "1 visit" if self._shown == 1 else f"{self._shown:,} visits"
        sentence = f"The newest {count}; scroll for more" if page.after is not None else count
        nothing = (
            "Nothing fits the filter. Take a part of it out."
            if self._wanted != Wanted()
            else "Whoever signs in stands here."
        )
        return Found(tuple(rows.rows_of(page.lines)), page.after is not None, sentence, nothing)

    def _exported(self, name: str, count: int) -> None:
        self._desk.tell(f"{count:,} {'visit' if count == 1 else 'visits'} written to {name}.")

    @Slot(object)
    def open(self, visit: UUID) -> None:
        """Tell the story of one visit."""
        self.story.open(visit)

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        self.story.refresh()
