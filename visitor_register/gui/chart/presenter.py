"""The Chart screen without its widgets: drawing, table, one person's card, versions, the way into an import."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.people import AT_THE_DESK, IMPORTS_CHARTS, CodeState, Role
from visitor_register.errors import AnswerMissingError
from visitor_register.gui.chart import rows
from visitor_register.gui.chart.ask_text import AskText, ask_text
from visitor_register.gui.chart.drawing_presenter import DrawingPresenter
from visitor_register.gui.chart.import_presenter import ImportPresenter
from visitor_register.gui.chart.import_talk import Opener
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.table_panel import TableRow
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services import chart_reading, chart_undo, chart_view, directory, policy
from visitor_register.services.chart_lists import Wanted
from visitor_register.services.chart_view import Overview, PersonCard, VersionLine


@dataclass(frozen=True, slots=True)
class Table:
    """The table and what stands above it. `any` is False before the first chart."""

    any: bool
    rows: tuple[TableRow, ...]
    counts: str
    age: str
    age_short: str
    tone: Tone
    teams: tuple[str, ...]
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A badge code of somebody, and what may be done with it by whoever is at the desk."""

    code: str
    state: CodeState
    may_confirm: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """Another record of the same human being: the join that can be withdrawn, and the name it is under."""

    join: UUID
    words: str
    may_part: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card as it is shown."""

    person: UUID
    name: str
    job: str
    where: str
    phones: tuple[str, ...]
    email: str
    number: str
    path: tuple[Row, ...]
    codes: tuple[Code, ...]
    past: tuple[Row, ...]
    joined: tuple[Joined, ...] = ()


class ChartPresenter(QObject):
    """Shows the chart in use.

    Signals:
        table_shown: A `Table`.
        card_shown: A `Card`.
        nobody_shown: The row is a vacant post.
        versions_shown: Rows, and the version that can be undone by whoever is at the desk, or None.
        ask_shown: An `AskText`.
        may_import: Whether whoever is at the desk may import a chart.
    """

    table_shown = Signal(object)
    card_shown = Signal(object)
    nobody_shown = Signal()
    versions_shown = Signal(object, object)
    ask_shown = Signal(object)
    may_import = Signal(bool)

    def __init__(self, desk: Desk, *, opener: Opener = chart_reading.open_files, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = Wanted()
        self._asked = 0
        self._person: UUID | None = None
        self.importing = ImportPresenter(desk, opener=opener, parent=self)
        self.drawing = DrawingPresenter(desk, parent=self)
        desk.operator_changed.connect(self._handed_over)

    @property
    def jobs(self) -> JobRunner:
        """Says when something was written."""
        return self._desk.jobs

    @property
    def person(self) -> UUID | None:
        """Whose card is open."""
        return self._person

    @property
    def imports(self) -> bool:
        """Whether whoever is at the desk may import a chart."""
        return self._desk.operator.role in IMPORTS_CHARTS

    @Slot()
    def refresh(self) -> None:
        """Read the chart again as a table and as a structure, and the card that is open."""
        self.drawing.refresh()
        self._asked += 1
        job = partial(chart_view.overview, wanted=self._wanted, at=self._desk.now())
        self._desk.jobs.read(partial(_table, job, self._desk.now()), partial(self._show, self._asked))
        if self._person is not None:
            self._read_card(self._person)

    @Slot(str)
    def search(self, text: str) -> None:
        """Show only what holds these words."""
        self._want(replace(self._wanted, text=text))

    @Slot(object)
    def filter_service(self, service: str) -> None:
        """Show one service; the empty string is all. The drawing opens at its head."""
        self.drawing.open_service(service or "")
        self._want(replace(self._wanted, service=service or "", team=""))

    @Slot(object)
    def filter_team(self, team: str) -> None:
        """Show one team; the empty string is all."""
        self._want(replace(self._wanted, team=team or ""))

    @Slot(bool)
    def show_who_left(self, shown: bool) -> None:
        """Show those who left the chart as well."""
        self._want(replace(self._wanted, who_left=shown))

    @Slot(object)
    def show_person(self, person: UUID) -> None:
        """Show one person's card."""
        self._person = person
        self._read_card(person)

    @Slot()
    def show_versions(self) -> None:
        """Show every chart that was accepted."""
        self._person = None
        self._desk.jobs.read(chart_view.versions, self._show_versions)

    @Slot()
    def ask_for_update(self) -> None:
        """Write the message that asks for a newer chart."""
        self._person = None
        job = partial(_ask, operator=self._desk.operator.name, at=self._desk.now())
        self._desk.jobs.read(job, self._tell_ask)

    def withdraw(self, code: str, reason: str) -> None:
        """Withdraw a badge code of the person whose card is open."""
        if not reason.strip():
            self._desk.explain(AnswerMissingError("Say why the badge code is withdrawn: lost, or somebody else's."))
            return
        if self._person is not None:
            job = partial(directory.withdraw_code, identity=self._person, code=code, reason=reason.strip())
            self._write(job, f"Badge code {code} is withdrawn.")

    def part(self, join: UUID, reason: str) -> None:
        """Two records that were joined are two people after all."""
        self._write(partial(directory.part, join=join, reason=reason), "They are two people again. The reason stays.")

    def confirm(self, code: str) -> None:
        """Confirm a provisional badge code."""
        if self._person is not None:
            job = partial(directory.confirm_code, identity=self._person, code=code)
            self._write(job, f"Badge code {code} is confirmed.")

    def undo_version(self, version: UUID, reason: str) -> None:
        """Undo an import."""
        job = partial(chart_undo.undo, version=version, reason=reason)
        words = "The import was undone. The chart before it is in use again."
        by, at = self._desk.operator, self._desk.now()
        self._desk.jobs.write(partial(job, by=by, at=at), partial(self._undone, words), self._desk.explain)

    def close(self) -> None:
        """Stop reading files: the program ends."""
        self.importing.close()

    def _write(self, job: Callable[..., None], words: str) -> None:
        done = partial(self._written, words)
        self._desk.jobs.write(partial(job, by=self._desk.operator, at=self._desk.now()), done, self._desk.explain)

    def _written(self, words: str, _nothing: None) -> None:
        self._desk.done(words)
        self.refresh()

    def _undone(self, words: str, nothing: None) -> None:
        self._written(words, nothing)
        self.show_versions()

    def _want(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def _show(self, asked: int, table: Table) -> None:
        if asked == self._asked:
            self.table_shown.emit(table)

    def _read_card(self, person: UUID) -> None:
        self._desk.jobs.read(partial(chart_view.card, identity=person), partial(self._show_card, person))

    def _show_card(self, person: UUID, found: PersonCard | None) -> None:
        if found is None and person == self._person:
            self._person = None
            self.nobody_shown.emit()
        elif found is not None and person == self._person:
            # The record that says most: codes are written to it.
            self._person = found.person.id
            self.card_shown.emit(self._card(found))

    def _card(self, found: PersonCard) -> Card:
        who, role = found.person, self._desk.operator.role
        return Card(
            person=who.id,
            name=f"{who.name} ({who.known_as})" if who.known_as else who.name,
            job=", ".join(filter(None, (who.job_title, who.team or who.organisation))),
            where=rows.where_words(found),
            phones=tuple(filter(None, (who.phone, f"mobile {who.mobile}" if who.mobile else ""))),
            email=who.email,
            number=who.staff_number,
            path=rows.path_rows(found),
            codes=tuple(
                Code(
                    badge.code,
                    badge.state,
                    badge.state is CodeState.PROVISIONAL and role in (Role.DSL, Role.HEAD),
                    badge.state is not CodeState.WITHDRAWN and role in AT_THE_DESK,
                )
                for badge in found.codes
            ),
            past=rows.past_rows(found, self._desk.now()),
            joined=tuple(
                Joined(join.id, f"Also recorded as {other.name}, {other.team or other.organisation}", self.imports)
                for join, other in found.joined
            ),
        )

    def _show_versions(self, lines: tuple[VersionLine, ...]) -> None:
        newest = next((line.chart.id for line in lines if not line.chart.undone), None)
        self.versions_shown.emit(rows.version_rows(lines), newest if self.imports else None)

    def _tell_ask(self, said: AskText) -> None:
        self.ask_shown.emit(said)

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        self.may_import.emit(self.imports)
        if self._person is not None:
            self._read_card(self._person)


def _table(job: Callable[[Session], Overview], now: datetime, session: Session) -> Table:
    # The rows are made here, beside the screen: there may be thousands.
    found = job(session)
    age, tone = rows.age_words(found.age, now)
    shown = rows.table_rows(found.lines)
    short, _ = rows.age_words(found.age, now, short=True)
    return Table(found.any, shown, rows.counts(found), age, short, tone, found.teams, found.services)


def _ask(session: Session, operator: str, at: datetime) -> AskText:
    found = chart_view.overview(session, Wanted(), at=at)
    school = policy.read(session, calendar.london_date(at)).school.name
    return ask_text(found.age, school, operator)
