"""The page of an invitation on the Bookings screen: who is meant, which meetings, and one button that does it."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.bookings.invitation_presenter import Confirmed, InvitationPresenter
from visitor_register.gui.bookings.invitation_words import COLUMNS, PLACES, InvitationShown
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.table_panel import TablePanel

PickInvitations = Callable[[QWidget], list[Path]]
_ROW, _HEAD, _MOST_ROWS = 40, 36, 8
_WHO = "Say who this is."


def pick_invitations(parent: QWidget) -> list[Path]:
    """Ask for files with the system's own window."""
    kinds = "Invitations and lists (*.ics *.csv *.xlsx *.ods);;All files (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, "Open an invitation or a list", "", kinds)
    return [Path(name) for name in names]


class InvitationPage(QWidget):
    """Ctrl+Enter does what the button says, Esc leaves the invitation."""

    def __init__(self, presenter: InvitationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self.title, self.hint = PlainLabel(t="h2", elide=True), PlainLabel(t="cap")
        self.sentence = PlainLabel(t="muted", wrap=True)
        self.who: list[Field] = []
        self.host = Chooser(editable=True, placeholder="")
        self.place = Chooser([(words, place) for place, words in PLACES])
        self.room = Chooser(editable=True, placeholder="")
        self.meetings = TablePanel("Meetings of the invitation", COLUMNS, row_height=_ROW)
        self.confirm = KeyButton("Book", icon="check", key="Ctrl+Enter", kind="primary")
        # Qt calls the key of the letters Return, and that of the digits Enter.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            press_with(self.confirm, keys)
        self.leave = KeyButton("Leave it", key="Esc")
        self._people, self._where = QVBoxLayout(), QWidget()
        self._lay_out()
        presenter.shown.connect(self.show_invitation)
        presenter.unanswered.connect(self._ask)
        self.confirm.clicked.connect(self._confirm)
        self.leave.clicked.connect(presenter.leave)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(metrics.FIELD_GAP)
        column.addWidget(self.sentence)
        self._people.setSpacing(metrics.FIELD_GAP)
        column.addLayout(self._people)
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.FIELD_GAP)
        for label, chooser in (("Here to see", self.host), ("Where", self.place), ("Room", self.room)):
            row.addWidget(Field(label, chooser), 1)
        column.addWidget(self._where)
        column.addWidget(self.meetings)
        column.addStretch(1)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.hint)
        foot.setSpacing(metrics.FIELD_GAP)
        foot.addWidget(self.confirm)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        page = QVBoxLayout(self)
        margin = metrics.CARD_MARGIN
        page.setContentsMargins(margin, margin, margin, margin)
        page.setSpacing(metrics.FIELD_GAP)
        page.addLayout(head)
        page.addWidget(Scrolling(inner), 1)
        page.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the invitation."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.presenter.leave()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    @Slot(object)
    def show_invitation(self, said: InvitationShown) -> None:
        """Show another one, and give the keyboard to the first thing to answer."""
        self.title.setText(said.title)
        self.hint.setText(said.hint)
        self.sentence.setText(said.sentence)
        for field in self.who:
            self._people.removeWidget(field)
            field.deleteLater()
        self.who = []
        for asked in said.asked:
            chooser = Chooser(asked.options)
            chooser.set_value(asked.certain)
            field = Field(asked.label, chooser)
            self._people.addWidget(field)
            self.who.append(field)
        self._in_order()
        self._where.setVisible(bool(said.asked))
        self.host.set_options([(name, name) for name in said.staff])
        self.room.set_options([(name, name) for name in said.rooms])
        self.host.set_value(said.here_to_see)
        self.room.set_value(said.room)
        self.place.set_value(said.place)
        self.meetings.set_rows(said.rows)
        self.confirm.setText(said.button or "Book")
        self.confirm.setVisible(bool(said.button))
        self._fit()
        announce(self, f"{said.title}. {said.sentence}")

    def begin(self) -> None:
        """Give the keyboard to the first thing to answer, else to the button."""
        first = next((field for field in self.who if self._answer(field) is None), None)
        target: QWidget = first or (self.leave if self.confirm.isHidden() else self.confirm)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirmed(self) -> Confirmed:
        """What stands on the page."""
        answers = tuple(self._answer(field) for field in self.who)
        return Confirmed(answers, self.host.value(), self.place.value(), self.room.value())

    def _answer(self, field: Field) -> object:
        return field.control.value() if isinstance(field.control, Chooser) else None

    def _in_order(self) -> None:
        """Tab goes from person to person, then to the place, the meetings and the buttons."""
        order: list[QWidget] = [field.control for field in self.who]
        order += [self.host, self.place, self.room, self.meetings, self.confirm, self.leave]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _fit(self) -> None:
        rows = min(max(len(self.meetings.rows), 1), _MOST_ROWS)
        self.meetings.setFixedHeight(theme.current().px(_HEAD + _ROW * rows) + 4)

    @Slot(object)
    def _ask(self, missing: Sequence[int]) -> None:
        for number, field in enumerate(self.who):
            field.set_error(_WHO if number in missing else "")
        if missing:
            self.who[missing[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _confirm(self) -> None:
        self.presenter.confirm(self.confirmed())
