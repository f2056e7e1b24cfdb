"""The Reports screen: which days, what was counted in them, and copies that are saved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.policy import Policy, Sharing
from visitor_register.domain.report import Facts, Span
from visitor_register.domain.report_tables import Report, for_sharing, report
from visitor_register.errors import RegisterError
from visitor_register.files.pdf_password import with_password
from visitor_register.files.report_xlsx import write_report
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints import pdf, report_sheet
from visitor_register.services import policy, proof, protocol_report
from visitor_register.services.notice import typed_day


@dataclass(frozen=True, slots=True)
class Offer:
    """The spans to choose from, and the settings of today."""

    spans: tuple[Span, ...]
    settings: Policy


@dataclass(frozen=True, slots=True)
class Copy:
    """How a copy is made: `sharing` hides small numbers, `password` closes a PDF."""

    path: Path
    sharing: bool
    password: str = ""


class ReportsPresenter(QObject):
    """Counts what happened in a span. Nothing is read for anybody who may not see it.

    Signals:
        offered: An `Offer`.
        shown: A `Report`.
        told_wrong: For "start" and "end" what to write instead.
        saved: A copy was saved.
    """

    offered = Signal(object)
    shown = Signal(object)
    told_wrong = Signal(object)
    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = 0
        self.span: Span | None = None
        self.report: Report | None = None
        self.settings = Policy()
        desk.operator_changed.connect(self._handed_over)

    @Slot()
    def refresh(self) -> None:
        """Read the choices, then the report of the days in use."""
        if self._desk.dsl_jobs is not None:
            self._desk.jobs.read(partial(_offer, today=self._today()), self._offered, self._desk.explain)

    @Slot(object)
    def choose(self, span: Span) -> None:
        """Count these days."""
        self.span = span
        dsl_jobs = self._desk.dsl_jobs
        if dsl_jobs is None:
            return
        self._asked += 1
        job = partial(protocol_report.owed_in, span=span, by=self._desk.operator)
        dsl_jobs.read(job, partial(self._owed, self._asked, span), self._desk.explain)

    def choose_days(self, start: str, end: str) -> None:
        """Count from one typed day to another; what cannot be read is said beside its field."""
        today = self._today()
        first, last = typed_day(start, today), typed_day(end, today)
        wrong = {
            name: "Write a day, like 24/11/2026." for name, day in (("start", first), ("end", last)) if day is None
        }
        if first is not None and last is not None and last < first:
            wrong["end"] = "This is before the first day."
        elif first is not None and last is not None and (last - first).days > 3 * 366:
            wrong["end"] = "Choose three years at most."
        self.told_wrong.emit(wrong)
        if not wrong and first is not None and last is not None:
            self.choose(Span(first, last))

    def suggested_name(self, ending: str, *, sharing: bool) -> str:
        """A file name that says which days, and nothing about people."""
        days = (self.span.first.isoformat(), self.span.last.isoformat()) if self.span else ()
        return "_".join(["protocol-report", *days, *(["for-sharing"] if sharing else [])]) + ending

    def save(self, copy: Copy) -> None:
        """Write a copy: a workbook, or a PDF for every other ending."""
        if self.report is None:
            return
        under = self.settings.sharing.under
        made = for_sharing(self.report, under) if copy.sharing else self.report
        job = _workbook if copy.path.suffix.casefold() == ".xlsx" else partial(_paper, at=self._desk.now())
        done = partial(self._saved, copy.path.name)
        self._desk.jobs.read(partial(job, copy=copy, made=made, settings=self.settings), done, self._desk.explain)

    def set_under(self, under: int) -> None:
        """Set below which number a copy for sharing hides numbers, from now on."""
        job = partial(policy.change, value=Sharing(under), by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.write(job, lambda _: self.refresh(), self._desk.explain)

    def _offered(self, offer: Offer) -> None:
        self.settings = offer.settings
        self.offered.emit(offer)
        if self.span is None:
            self.span = offer.spans[0]
        self.choose(self.span)

    def _owed(self, asked: int, span: Span, owed: protocol_report.Owed) -> None:
        if asked == self._asked:
            job = partial(protocol_report.seen_in, span=span, owed=owed, at=self._desk.now())
            self._desk.jobs.read(job, partial(self._seen, asked), self._desk.explain)

    def _seen(self, asked: int, facts: Facts) -> None:
        dsl_jobs = self._desk.dsl_jobs
        if asked == self._asked and dsl_jobs is not None:
            job: Callable[[Session], Report] = partial(_counted, facts=facts, by=self._desk.operator)
            dsl_jobs.read(job, partial(self._show, asked), self._desk.explain)

    def _show(self, asked: int, made: Report) -> None:
        if asked == self._asked:
            self.report = made
            self.shown.emit(made)

    def _saved(self, name: str, _done: object) -> None:
        self._desk.tell(f"The report is saved as {name}.")
        self.saved.emit()

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        self._asked += 1
        if self._desk.operator.role not in SEES_CHILDREN and self.report is not None:
            # What stands on the hidden screen goes too.
            self.shown.emit(report(Facts(self.report.facts.span, self._desk.now())))
            self.report = None

    def _today(self) -> date:
        return calendar.london_date(self._desk.now())


def _offer(session: Session, today: date) -> Offer:
    return Offer(protocol_report.choices(session, today), policy.read(session, today))


def _counted(dsl_session: Session, facts: Facts, by: Operator) -> Report:
    return report(protocol_report.with_reasons(dsl_session, facts, by=by))


def _workbook(_session: Session, copy: Copy, made: Report, settings: Policy) -> None:
    write_report(copy.path, made, settings.school.name)


def _paper(session: Session, copy: Copy, made: Report, settings: Policy, at: datetime) -> None:
    ages = settings.chart_ages
    pages = report_sheet.sheet(
        made, settings.school.name, ages.amber_days, ages.red_days, proof.of_today(session, at=at)
    )
    content = pdf.as_pdf(pages, report_sheet.TITLE)
    if copy.password:
        content = with_password(content, copy.password)
    try:
        pdf.save(copy.path, content)
    except OSError as error:
        raise RegisterError(
            f"“{copy.path.name}” could not be written there: close it if it is open, or choose another folder."
        ) from error
