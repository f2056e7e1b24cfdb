"""The Reports screen: four headlines, three plots and every table of the protocol report."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.domain.calendar import say_date
from visitor_register.domain.report import Row
from visitor_register.domain.report_tables import Report
from visitor_register.domain.report_words import footnotes, headlines
from visitor_register.gui import metrics
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.reports.figures import Figures, HeadlineCard, TableCard
from visitor_register.gui.reports.plots import AgesPlot, NoticePlot, RepliesPlot
from visitor_register.gui.reports.presenter import Copy, Offer, ReportsPresenter
from visitor_register.gui.reports.save_bar import SaveBar
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.scrolling import Scrolling

ChoosePath = Callable[[QWidget, str], Path | None]
OTHER_DAYS = "From one day to another"


def ask_path(parent: QWidget, suggested: str) -> Path | None:
    """Ask where the copy is to be saved."""
    kind = "Spreadsheet (*.xlsx)" if suggested.endswith(".xlsx") else "PDF (*.pdf)"
    chosen, _ = file_dialogs.save_name(parent, "Save a copy of the report", suggested, kind)
    return Path(chosen) if chosen else None


class ReportsView(QWidget):
    """The protocol report of some days. Ctrl+P is the PDF for the meeting, Ctrl+E the spreadsheet."""

    def __init__(
        self, presenter: ReportsPresenter, parent: QWidget | None = None, *, choose_path: ChoosePath = ask_path
    ) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._choose_path = choose_path
        self.heading = PlainLabel("Protocol report", t="h1")
        self.spans = Chooser(name="Which days")
        self.start, self.end = line_edit(longest=30), line_edit(longest=30)
        self.days = {"start": Field("From day", self.start), "end": Field("To day", self.end)}
        self.sheet = KeyButton("Spreadsheet", icon="download", key="Ctrl+E", shortcut=True)
        self.paper = KeyButton("PDF for the meeting", icon="file-text", key="Ctrl+P", kind="primary", shortcut=True)
        self.bar = SaveBar()
        self.headlines = [HeadlineCard() for _ in range(4)]
        self.notice, self.replies = NoticePlot("Bookings and notice given", 180), RepliesPlot("Reply times", 180)
        self.ages, self.both = AgesPlot("Age of the chart in days", 150), Figures()
        self.both.setAccessibleName("Both directions")
        self.notes = PlainLabel(t="cap", wrap=True)
        self.tables: dict[str, TableCard] = {}
        self.empty = EmptyState(
            "chart-column",
            "Nothing to report",
            "No deadline, booking or visit falls on these days. Choose others above.",
        )
        self._cards = QGridLayout()
        self._more = QGridLayout()
        self._across = 2
        self._lay_out()
        self._connect()

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = layout_class is LayoutClass.COMPACT
        self.heading.setVisible(not compact)
        for button, key in ((self.sheet, "Ctrl+E"), (self.paper, "Ctrl+P")):
            button.set_key("" if compact else key)
        for number, card in enumerate(self.headlines):
            self._cards.addWidget(card, *(divmod(number, 2) if compact else (0, number)))
            self._cards.setColumnStretch(number, int(number < 2 or not compact))
        self._across = 1 if compact else 2
        self._place_tables()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the days."""
        self.spans.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Count again whenever the screen comes up."""
        super().showEvent(event)
        self.presenter.refresh()

    def _lay_out(self) -> None:
        head, typed = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(metrics.CARD_GAP)
        head.addWidget(self.heading)
        head.addWidget(self.spans, 3)
        head.addWidget(self.sheet)
        head.addWidget(self.paper)
        self._typed = QWidget()
        self._typed.setLayout(typed)
        typed.setContentsMargins(0, 0, 0, 0)
        for field in self.days.values():
            typed.addWidget(field, 1)
        typed.addStretch(2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.CARD_GAP)
        column.addLayout(self._cards)
        column.addLayout(self._plots())
        column.addWidget(self.notes)
        column.addLayout(self._more)
        column.addStretch(1)
        for grid in (self._cards, self._more):
            grid.setSpacing(metrics.CARD_GAP)
        for number, card in enumerate(self.headlines):
            self._cards.addWidget(card, 0, number)
            self._cards.setColumnStretch(number, 1)
        self.stack = QStackedWidget()
        self.page = Scrolling(inside)
        self.stack.addWidget(self.page)
        self.stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        margin = metrics.PAGE_MARGIN
        whole.setContentsMargins(margin, 12, margin, margin - 2)
        whole.setSpacing(metrics.CARD_GAP - 2)
        for part in (head, self._typed, self.bar, self.stack):
            whole.addLayout(part) if isinstance(part, QHBoxLayout) else whole.addWidget(part)
        whole.setStretchFactor(self.stack, 1)
        self._typed.hide()
        self.bar.hide()

    def _plots(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(metrics.CARD_GAP)
        self.ages_card = Card("Age of the chart in days", " ")
        parts = (
            (Card("Bookings and notice given", "a number for each part of a bar"), self.notice),
            (Card("Reply times by team", "dot: middle reply, bar: middle half"), self.replies),
            (self.ages_card, self.ages),
            (Card("Both directions", "late: done too late, or overdue"), self.both),
        )
        for number, (card, content) in enumerate(parts):
            card.body.addWidget(content, 1)
            if content is self.both:
                card.body.addStretch(1)
            grid.addWidget(card, *divmod(number, 2))
            grid.setColumnStretch(number % 2, 1)
        return grid

    def _connect(self) -> None:
        presenter = self.presenter
        self.spans.chosen.connect(self._span_chosen)
        for line in (self.start, self.end):
            line.editingFinished.connect(self._days_typed)
        self.sheet.clicked.connect(self._save_sheet)
        self.paper.clicked.connect(self._save_paper)
        self.bar.wanted.connect(self._save)
        self.bar.closed.connect(self._close_bar)
        self.bar.under_chosen.connect(presenter.set_under)
        presenter.offered.connect(self._offer)
        presenter.shown.connect(self._show)
        presenter.told_wrong.connect(self._wrong)
        presenter.saved.connect(self._close_bar)

    @Slot(object)
    def _offer(self, offer: Offer) -> None:
        options = [(span.name, span) for span in offer.spans]
        self.spans.set_options([*options, (OTHER_DAYS, OTHER_DAYS)])
        if self.spans.value() is None and self.presenter.span is None:
            self.spans.set_value(offer.spans[0])
        self.ages.old, self.ages.very_old = offer.settings.chart_ages.amber_days, offer.settings.chart_ages.red_days
        self.ages_card.set_title("Age of the chart in days", f"ask at {self.ages.old}, overdue at {self.ages.very_old}")
        self.bar.set_under(offer.settings.sharing.under)

    @Slot(object)
    def _span_chosen(self, chosen: object) -> None:
        typed = chosen == OTHER_DAYS
        if typed and self.presenter.span is not None and not self.start.text():
            self.start.setText(say_date(self.presenter.span.first))
            self.end.setText(say_date(self.presenter.span.last))
        self._typed.setVisible(typed)
        if typed:
            self.start.setFocus()
            self.start.selectAll()
        else:
            self.presenter.choose(chosen)  # type: ignore[arg-type]

    @Slot()
    def _days_typed(self) -> None:
        self.presenter.choose_days(self.start.text(), self.end.text())

    @Slot(object)
    def _show(self, report: Report) -> None:
        for card, one in zip(self.headlines, headlines(report), strict=True):
            card.figure.setText(one.figure)
            card.what.setText(one.what)
            card.more.setText(one.more)
        for plot in (self.notice, self.replies, self.ages):
            plot.show_report(report)
        self._show_both(report)
        for key, table in report.tables.items():
            if key in self.tables:
                self.tables[key].show_table(table)
            else:
                self.tables[key] = TableCard(table)
        self._place_tables()
        self.notes.setText("\n".join(footnotes(report)))
        self.stack.setCurrentWidget(self.empty if report.facts.empty else self.page)
        announce(self.headlines[0].figure, "The report is there.")

    def _place_tables(self) -> None:
        """Beside each other where there is room for their names."""
        for number, card in enumerate(self.tables.values()):
            self._more.addWidget(card, *divmod(number, self._across))
        for column in range(2):
            self._more.setColumnStretch(column, int(column < self._across))

    def _show_both(self, report: Report) -> None:
        rows: list[tuple[Row, bool]] = []
        for key, whose in (("council_kinds", "Council"), ("school_kinds", "School")):
            rows += [(Row(f"{whose}: {row.name[0].lower()}{row.name[1:]}", row.cells), False)
                     for row in report.tables[key].rows]  # fmt: skip
        self.both.show_rows("What was owed", ("On time", "Late", "Running"), rows)

    @Slot(object)
    def _wrong(self, wrong: Mapping[str, str]) -> None:
        for name, field in self.days.items():
            field.set_error(wrong.get(name, ""))

    @Slot()
    def _save_paper(self) -> None:
        self.bar.open_for(".pdf", sharing=True, under=self.presenter.settings.sharing.under)

    @Slot()
    def _save_sheet(self) -> None:
        self.bar.open_for(".xlsx", sharing=False, under=self.presenter.settings.sharing.under)

    @Slot()
    def _save(self) -> None:
        sharing = self.bar.sharing.isChecked()
        path = self._choose_path(self, self.presenter.suggested_name(self.bar.ending, sharing=sharing))
        if path is not None:
            path = path if path.suffix else path.with_suffix(self.bar.ending)
            password = self.bar.password.text() if self.bar.ending == ".pdf" else ""
            self.presenter.save(Copy(path, sharing, password))

    @Slot()
    def _close_bar(self) -> None:
        self.bar.hide()
        self.spans.setFocus()
