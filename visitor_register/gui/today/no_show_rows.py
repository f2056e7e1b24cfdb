"""Home time, second part: one line for each booking that nobody was signed in for, with the answers beside it."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.today.asked_row import AskedRow, next_open, turn
from visitor_register.gui.today.no_show_presenter import ASK_TOMORROW, NoShowLine, NoShowPresenter
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_HIGH, _HIGH_STACKED, _HIGH_TWO_ROWS = 60, 108, 158
"""Answers beside the names, under them, and under them in two rows."""
_ROOM_FOR_NAMES = 220


class NoShowRow(AskedRow):
    """One booking.

    Signals:
        missed: Nobody came (its booking).
        came: Somebody came and was not signed in.
        cancelled: Whether the school did.
        later: Ask again.
    """

    missed = Signal(object)
    came = Signal(object)
    cancelled = Signal(object, bool)
    later = Signal(object)

    def __init__(self, line: NoShowLine) -> None:
        super().__init__(line.names, line.second)
        self.booking: UUID = line.booking
        about = f"{line.names}, expected {line.expected}"
        self.did_not = KeyButton("Did not come", name=f"Did not come: {about}")
        self.did = KeyButton("Came, not signed in", name=f"Came, not signed in: {about}")
        self.tomorrow = KeyButton("Ask tomorrow", name=f"Ask again tomorrow: {about}")
        self.by_authority = KeyButton("Authority cancelled", name=f"The authority cancelled: {about}")
        self.by_school = KeyButton("We cancelled", name=f"We, the school, cancelled: {about}")
        self._lay_out(self._right())
        self.did_not.clicked.connect(self._missed)
        self.did.clicked.connect(self._came)
        self.by_authority.clicked.connect(self._by_authority)
        self.by_school.clicked.connect(self._by_school)
        self.tomorrow.clicked.connect(self._later)
        self.show_line(line)

    def show_line(self, line: NoShowLine) -> None:
        """Show what is settled, or ask."""
        for button in (self.by_authority, self.by_school):
            button.setVisible(line.may_cancel)
        self._show_answer(line.answer, Tone.HERE if line.answer == ASK_TOMORROW else Tone.NEUTRAL)

    def fit(self, width: int) -> None:
        """Stand beside the names, or under them where both have no room."""
        shown = [button.sizeHint().width() for button in self._controls if not button.isHidden()]
        answers = sum(shown) + metrics.FIELD_GAP * len(shown)
        stacked, two_rows = width < answers + theme.current().px(_ROOM_FOR_NAMES), width < answers
        turn(self._answers, two_rows)
        self._stack_parts(stacked, _HIGH_TWO_ROWS if two_rows else _HIGH_STACKED if stacked else _HIGH)

    def _right(self) -> QVBoxLayout:
        at_the_desk, of_the_office = (self.did_not, self.did, self.tomorrow), (self.by_authority, self.by_school)
        asked = QWidget()
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight, asked)
        self._answers.setContentsMargins(0, 0, 0, 0)
        self._answers.setSpacing(metrics.FIELD_GAP)
        for buttons in (at_the_desk, of_the_office):
            row = QHBoxLayout()
            row.setSpacing(metrics.FIELD_GAP)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            self._answers.addLayout(row)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 8)
        right.addWidget(self._ask_with(asked, (*at_the_desk, *of_the_office)))
        right.addStretch(1)
        return right

    @Slot()
    def _missed(self) -> None:
        self.missed.emit(self.booking)

    @Slot()
    def _came(self) -> None:
        self.came.emit(self.booking)

    @Slot()
    def _by_authority(self) -> None:
        self.cancelled.emit(self.booking, False)

    @Slot()
    def _by_school(self) -> None:
        self.cancelled.emit(self.booking, True)

    @Slot()
    def _later(self) -> None:
        self.later.emit(self.booking)


class NoShowRows(QWidget):
    """The heading and the rows; hidden where there is nothing to ask.

    Signals:
        asks: The keyboard went to this row.
        all_answered: The last open question had the keyboard, and is settled.
    """

    asks = Signal(QWidget)
    all_answered = Signal()

    def __init__(self, presenter: NoShowPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self.rows: dict[UUID, NoShowRow] = {}
        self._width = 0
        self.heading = PlainLabel("Did they come?", t="h2")
        self.hint = PlainLabel("The program never says by itself that nobody came", t="cap", elide=True)
        head = QHBoxLayout()
        head.setContentsMargins(0, 14, 4, 0)
        head.setSpacing(metrics.FIELD_GAP)
        head.addWidget(self.heading)
        head.addWidget(self.hint, 1)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self.hide()
        presenter.lines.connect(self._show_lines)

    def forget(self) -> None:
        """A new round begins."""
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        self.hide()

    def fit(self, width: int) -> None:
        """Rows follow the width."""
        self._width = width
        for row in self.rows.values():
            row.fit(width)

    def focus_next(self, after: NoShowRow | None = None) -> bool:
        """Give the keyboard to the next open question, from the last to the first; False when there is none."""
        row = next_open(self.rows.values(), after)
        if row is not None:
            row.did_not.setFocus(Qt.FocusReason.TabFocusReason)
            self.asks.emit(row)
        return row is not None

    @Slot(object)
    def _show_lines(self, lines: tuple[NoShowLine, ...]) -> None:
        keyboard = next((row for row in self.rows.values() if row.has_keyboard()), None)
        self.setVisible(bool(lines))
        for line in lines:
            if line.booking in self.rows:
                self.rows[line.booking].show_line(line)
            else:
                self._add(line)
        self.fit(self._width)
        if keyboard is not None and not keyboard.is_open and not self.focus_next(keyboard):
            self.all_answered.emit()

    def _add(self, line: NoShowLine) -> None:
        row = NoShowRow(line)
        row.missed.connect(self.presenter.did_not_come)
        row.came.connect(self.presenter.came)
        row.cancelled.connect(self.presenter.cancelled)
        row.later.connect(self.presenter.ask_tomorrow)
        self.rows[line.booking] = row
        self._column.addWidget(row)
        # At once, not when the layout gets to it: only what is shown can be given the keyboard.
        row.show()
