"""Home time: one line for each visitor still signed in, with the answers beside it; then who never came."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.today.asked_row import next_open
from visitor_register.gui.today.home_time_presenter import HomeLine, HomeTimePresenter
from visitor_register.gui.today.home_time_row import HomeRow
from visitor_register.gui.today.no_show_rows import NoShowRows
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel


class HomeTime(Card):
    """The lines, and *Done*. Esc and *Done* end it; what is not answered stays as it is.

    Signals:
        finished: Show something else.
        paper_wanted: Somebody came and was not signed in: a `PaperLine` to begin with.
    """

    finished = Signal()
    paper_wanted = Signal(object)

    def __init__(self, presenter: HomeTimePresenter, parent: QWidget | None = None) -> None:
        super().__init__("Home time", " ", parent=parent)
        self.presenter = presenter
        self.rows: dict[UUID, HomeRow] = {}
        self.empty = EmptyState("log-out", "Everybody has left", "There is nobody to ask about.")
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.no_shows = NoShowRows(presenter.no_shows)
        self._column.addWidget(self.no_shows)
        self._column.addStretch(1)
        self.page = QScrollArea()
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setWidgetResizable(True)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page.setWidget(inner)
        self.done = KeyButton("Done", key="Esc", kind="primary")
        foot = QHBoxLayout()
        self._promise = PlainLabel("What is not answered is asked again.", t="cap", elide=True)
        foot.addWidget(self._promise)
        foot.addStretch(1)
        foot.addWidget(self.done)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.page, 1)
        self.body.addLayout(foot)
        self.done.clicked.connect(self.finish)
        self.setFocusProxy(self.done)
        presenter.begun.connect(self._forget)
        presenter.titled.connect(self.set_title)
        presenter.lines.connect(self._show_lines)
        presenter.wrong.connect(self._show_wrong)
        presenter.no_shows.lines.connect(self._show_no_shows)
        presenter.no_shows.paper_wanted.connect(self.paper_wanted)
        self.no_shows.all_answered.connect(self.resume)
        self.no_shows.asks.connect(self._reveal)
        self._fresh = False
        self._show_lines(())

    def begin(self, *, earlier_only: bool = False) -> None:
        """Ask anew, with the keyboard on the first time."""
        self.presenter.begin(earlier_only=earlier_only)
        self.done.setFocus(Qt.FocusReason.TabFocusReason)
        self._fresh = True

    @Slot()
    def resume(self) -> None:
        """Go on with this round, at the first open question."""
        self._go_on(None)

    @Slot()
    def finish(self) -> None:
        """End the round."""
        self.presenter.end()
        self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.finish()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows follow the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Rows follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self._fit()

    def _fit(self) -> None:
        for row in self.rows.values():
            row.fit(self.width() - 2 * metrics.CARD_MARGIN)
        self.no_shows.fit(self.width() - 2 * metrics.CARD_MARGIN)

    @Slot()
    def _forget(self) -> None:
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        self.no_shows.forget()

    @Slot(object)
    def _show_lines(self, lines: tuple[HomeLine, ...]) -> None:
        first_time = not self.rows
        keyboard = next((row for row in self.rows.values() if row.has_keyboard()), None)
        self._show_empty(not lines)
        for line in lines:
            if line.visit in self.rows:
                self.rows[line.visit].show_line(line)
            else:
                self._add(line)
        self._fit()
        if (first_time and self.done.hasFocus()) or (keyboard is not None and not keyboard.is_open):
            self._go_on(keyboard)

    @Slot(object)
    def _show_no_shows(self, _lines: object) -> None:
        """The bookings are asked about after the visitors; the first of them has the keyboard if it is the first."""
        self._show_empty(not self.rows)
        if self._fresh and self.done.hasFocus():
            self.no_shows.focus_next()
        self._fresh = False

    def _show_empty(self, nobody_here: bool) -> None:
        empty = nobody_here and not self.no_shows.rows
        self.empty.setVisible(empty)
        self.page.setVisible(not empty)
        self._promise.setVisible(not empty)

    @Slot(QWidget)
    def _reveal(self, row: QWidget) -> None:
        self.page.ensureWidgetVisible(row)

    def _go_on(self, after: HomeRow | None) -> None:
        """The keyboard goes to the next question, from the last to the first, and at the end to *Done*."""
        row = next_open(self.rows.values(), after)
        if row is not None:
            row.clock.setFocus(Qt.FocusReason.TabFocusReason)
            self.page.ensureWidgetVisible(row)
        elif not self.no_shows.focus_next():
            self.done.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object, str, str)
    def _show_wrong(self, visit: UUID, which: str, sentence: str) -> None:
        if visit in self.rows:
            self.rows[visit].show_wrong(which, sentence)

    def _add(self, line: HomeLine) -> None:
        row = HomeRow(line)
        row.left_at.connect(self.presenter.left_at)
        row.left_now.connect(self.presenter.left_now)
        row.still_here.connect(self.presenter.still_here)
        row.do_not_know.connect(self.presenter.do_not_know)
        self.rows[line.visit] = row
        self._column.insertWidget(self._column.indexOf(self.no_shows), row)
        # At once, not when the layout gets to it: only what is shown can be given the keyboard.
        row.show()
