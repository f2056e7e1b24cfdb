"""The page of an invitation on the Bookings screen: who is meant, which meetings, and one button that does it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.bookings.invitation_presenter import Confirmed, InvitationPresenter
from visitor_register.gui.bookings.invitation_words import COLUMNS, PLACES, InvitationShown
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.confirm_page import ConfirmPage
from visitor_register.gui.widgets.fields import Field
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


class InvitationPage(ConfirmPage):
    """Who comes, to see whom and where, above the meetings of the invitation."""

    def __init__(self, presenter: InvitationPresenter, parent: QWidget | None = None) -> None:
        super().__init__("Book", parent)
        self.presenter = presenter
        self.sentence = PlainLabel(t="muted", wrap=True)
        self.who: list[Field] = []
        self.host = Chooser(editable=True, placeholder="")
        self.place = Chooser([(words, place) for place, words in PLACES])
        self.room = Chooser(editable=True, placeholder="")
        self.meetings = TablePanel("Meetings of the invitation", COLUMNS, row_height=_ROW)
        self._people, self._where = QVBoxLayout(), QWidget()
        self._arrange()
        presenter.shown.connect(self.show_invitation)
        presenter.unanswered.connect(self._ask)
        self.confirm.clicked.connect(self._confirm)
        self.leave.clicked.connect(presenter.leave)

    def _arrange(self) -> None:
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
        self.lay_out(Scrolling(inner))

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
        people = (field.control for field in self.who)
        self.tab_through([*people, self.host, self.place, self.room, self.meetings])

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
