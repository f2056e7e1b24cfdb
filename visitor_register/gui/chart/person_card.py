"""One person: how to reach them, the way up to the Head of Service, their badge codes, and when they were here."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.chart.card_state import Card, Code, Joined
from visitor_register.gui.chart.rows import CODE_STATE
from visitor_register.gui.chart.then_box import ThenBox
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Shape, Tone

_TWO_PEOPLE = ("Only the name is the same", "Joined by mistake", "They say so themselves")
_REASONS = ("Reported lost", "Reported stolen", "Bound to the wrong person", "No longer employed")


class CodeRow(QWidget):
    """A badge code with its state, and what can be done with it.

    Signals:
        confirmed: The code is this person's.
        withdrawn: The code, and why it does not count any more.
    """

    confirmed = Signal(str)
    withdrawn = Signal(str, str)

    def __init__(self, code: Code, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code.code
        words, tone = CODE_STATE[code.state]
        self.confirm = KeyButton("Confirm", icon="check", name=f"Confirm badge code {code.code}")
        self.withdraw = Chooser(
            [(reason, reason) for reason in _REASONS],
            name=f"Withdraw badge code {code.code}, because",
            placeholder="Withdraw, because ...",
        )
        # An arrow key chooses a reason; only the button withdraws.
        self.do = KeyButton("Withdraw", kind="danger", name=f"Withdraw badge code {code.code}")
        self.do.hide()
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(IconLine("id-card", code.code), 1)
        top.addWidget(Pill(words, tone))
        below.addWidget(self.withdraw, 1)
        below.addWidget(self.do)
        below.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(below)
        self.confirm.setVisible(code.may_confirm)
        self.withdraw.setVisible(code.may_withdraw)
        self.confirm.clicked.connect(self._confirm)
        self.withdraw.chosen.connect(self._reason_chosen)
        self.do.clicked.connect(self._withdraw)

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit(self.code)

    @Slot(object)
    def _reason_chosen(self, _reason: str) -> None:
        self.do.show()

    @Slot()
    def _withdraw(self) -> None:
        self.withdrawn.emit(self.code, self.withdraw.value())


class JoinedRow(QWidget):
    """Another record of the same human being, and the way to part them again.

    Signals:
        parted: The join (a UUID), and why they are two people after all.
    """

    parted = Signal(object, str)

    def __init__(self, joined: Joined, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._join = joined.join
        self.part = Chooser(
            [(reason, reason) for reason in _TWO_PEOPLE],
            name=f"{joined.words}: two people, because",
            placeholder="Two people, because ...",
        )
        self.part.setVisible(joined.may_part)
        self.do = KeyButton("Part them", kind="danger")
        self.do.hide()
        self.part.chosen.connect(self._reason_chosen)
        self.do.clicked.connect(self._part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(IconLine("users", joined.words, wrap=True))
        column.addWidget(self.part)
        column.addWidget(self.do)

    @Slot(object)
    def _reason_chosen(self, _reason: str) -> None:
        self.do.show()

    @Slot()
    def _part(self) -> None:
        self.parted.emit(self._join, self.part.value())


class PersonCard(QWidget):
    """What the side panel shows of one person.

    Signals:
        person_wanted: Somebody on the way up was chosen.
        confirmed, withdrawn: As of a code's row.
        parted: As of a joined record's row.
        edit_wanted: The person is to be changed by hand.
        take_back_wanted: What was changed by hand shall read as the chart says.
    """

    person_wanted = Signal(object)
    confirmed = Signal(str)
    withdrawn = Signal(str, str)
    parted = Signal(object, str)
    edit_wanted = Signal()
    take_back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = PlainLabel(t="muted", wrap=True)
        self.where = Note(Tone.CHECK, "")
        self.phone, self.mobile = IconLine("phone", wrap=True), IconLine("phone-call", wrap=True)
        self.email, self.number = IconLine("mail", wrap=True), IconLine("id-card")
        self.path_title = PlainLabel("Path to the Head of Service", t="h3")
        self.path = ListPanel("Path to the Head of Service", row_height=52)
        self.codes_title = PlainLabel("Badge codes", t="h3")
        self.by_hand = Note(Tone.HERE, "Changed by hand", shape=Shape.MOVED)
        self.take_back = KeyButton("As the chart says", icon="undo-2", name="Read again as the chart says")
        self.edit = KeyButton("Change", icon="pencil", name="Change by hand")
        self.then = ThenBox()
        self.past_title = PlainLabel("Visits and bookings", t="h3")
        self.been_here = PlainLabel(t="muted")
        self.past = ListPanel("Visits and bookings", empty="None yet.", row_height=52)
        self._codes = QVBoxLayout()
        self._codes.setSpacing(8)
        self._code_rows: list[CodeRow] = []
        self._joined = QVBoxLayout()
        self._joined_rows: list[JoinedRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.job, self.where, self.phone, self.mobile, self.email, self.number, self.by_hand):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.edit, self.take_back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(frame("line"))
        column.addLayout(self._joined)
        column.addWidget(self.path_title)
        column.addWidget(self.path)
        column.addWidget(self.codes_title)
        column.addLayout(self._codes)
        for below in (self.past_title, self.been_here, self.past, frame("line"), self.then):
            column.addWidget(below)
        column.addStretch(1)
        self.path.activated_row.connect(self.person_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.take_back.clicked.connect(self.take_back_wanted)
        self._person: UUID | None = None
        for panel in (self.path, self.past):
            panel.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def code_rows(self) -> Sequence[CodeRow]:
        """The rows of the badge codes."""
        return self._code_rows

    def show_card(self, card: Card) -> None:
        """Show this person."""
        if card.person != self._person:
            self.then.clear()
        self._person = card.person
        self.job.setText(card.job)
        self.by_hand.show_note(Tone.HERE, "Changed by hand", card.by_hand, shape=Shape.MOVED)
        self.by_hand.setVisible(bool(card.by_hand))
        self.take_back.setVisible(bool(card.by_hand) and card.may_edit)
        self.edit.setVisible(card.may_edit)
        self.been_here.setText(card.been_here)
        self.been_here.setVisible(bool(card.been_here))
        if card.where:
            self.where.show_note(Tone.CHECK, card.where)
        self.where.setVisible(bool(card.where))
        phones = [*card.phones, "", ""]
        plain = next((number for number in phones if number and not number.startswith("mobile ")), "")
        mobile = next((number.removeprefix("mobile ") for number in phones if number.startswith("mobile ")), "")
        for line, text in (
            (self.phone, plain),
            (self.mobile, f"mobile {mobile}" if mobile else ""),
            (self.email, card.email),
            (self.number, f"Staff number {card.number}" if card.number else ""),
        ):
            line.set_text(text)
            line.setVisible(bool(text))
        self.path_title.setText("Path to the Head of Service" if card.path else "No way up is known")
        _fill(self.path, card.path)
        self._show_joined(card.joined)
        self._show_codes(card.codes)
        _fill(self.past, card.past)
        self.past_title.setText("Visits and bookings" if card.past else "No visits or bookings yet")

    @property
    def joined_rows(self) -> Sequence[JoinedRow]:
        """The rows of the records joined with this one."""
        return self._joined_rows

    def _show_joined(self, joined: Sequence[Joined]) -> None:
        for row in self._joined_rows:
            self._joined.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._joined_rows = [JoinedRow(one, self) for one in joined]
        for row in self._joined_rows:
            self._joined.addWidget(row)
            row.parted.connect(self.parted)
            row.show()

    def _show_codes(self, codes: Sequence[Code]) -> None:
        for row in self._code_rows:
            self._codes.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._code_rows = [CodeRow(code, self) for code in codes]
        for row in self._code_rows:
            self._codes.addWidget(row)
            row.confirmed.connect(self.confirmed)
            row.withdrawn.connect(self.withdrawn)
            row.show()
        self.codes_title.setVisible(bool(codes))


def _fill(panel: ListPanel, rows: Sequence[Row]) -> None:
    """Show all rows at once: the panel around scrolls."""
    panel.set_rows(rows)
    panel.setFixedHeight(theme.current().px(52) * len(rows) + 2)
    panel.setVisible(bool(rows))
