"""What is due: a line for each kind, the records of one to look at before, and the password that erases them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain.calendar import say_date
from visitor_register.domain.retention import Kept, Kind
from visitor_register.gui import metrics, theme
from visitor_register.gui.settings.boxes import secret
from visitor_register.gui.settings.keeping_presenter import Shown
from visitor_register.gui.settings.keeping_words import KINDS, counted, line, state
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone

_ROW, _SEEN = 48, 6


class DueBox(QWidget):
    """One list in two states: the kinds, or the records of one kind, each of which may be left out.

    Signals:
        agreed: The records to erase, and the password.
        hold_wanted: A visit, booking or person to put on hold: its record.
    """

    agreed = Signal(object, str)
    hold_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._leads = False
        self._kind: Kind | None = None
        self._left_out: set[Kept] = set()
        self.state = Note(Tone.NEUTRAL, "")
        self.title = PlainLabel(t="strong", wrap=True)
        self.back = KeyButton("All kinds", icon="undo-2")
        self.hold = KeyButton("Put it on hold")
        self.list = ListPanel("What is due", row_height=_ROW)
        self.password = secret()
        self.field = Field("Your own password", self.password)
        self.erase = KeyButton("Erase", kind="danger")
        head = QHBoxLayout()
        head.setSpacing(metrics.FIELD_GAP)
        head.addWidget(self.title, 1)
        head.addWidget(self.hold)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.FIELD_GAP)
        column.addWidget(self.state)
        column.addLayout(head)
        column.addWidget(self.list)
        column.addWidget(self.field)
        column.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignLeft)
        self.list.activated_row.connect(self._act)
        self.back.clicked.connect(self._all_kinds)
        self.hold.clicked.connect(self._ask_hold)
        self.erase.clicked.connect(self._agree)
        self.password.returnPressed.connect(self._agree)

    def show_listed(self, shown: Shown, *, leads: bool) -> None:
        """Show what is due now; what was left out stays left out."""
        self._shown = shown
        self._left_out &= set(shown.found.due)
        if not any(one.kind is self._kind for one in shown.found.due):
            self._kind = None
        title, sentence = state(shown.found, leads=leads)
        self.state.show_note(Tone.CHECK if shown.found.due else Tone.NEUTRAL, title, sentence)
        for widget in (self.field, self.erase):
            widget.setVisible(leads and bool(shown.found.due))
        self._leads = leads
        self._fill()

    def chosen(self) -> list[Kept]:
        """What would be erased: of the kind that is looked at, else all, without what was left out."""
        if self._shown is None:
            return []
        wanted = [one for one in self._shown.found.due if self._kind in (None, one.kind)]
        return [one for one in wanted if one not in self._left_out]

    def refuse(self, sentence: str) -> None:
        """The password was wrong."""
        self.field.set_error(sentence)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.selectAll()

    def forget(self) -> None:
        """Somebody else is at the desk, or it is done: no password stays, and no choice."""
        self.password.setText("")
        self.field.set_error("")
        self._kind = None
        self._left_out.clear()
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "erase"):
            self._fit()

    def _fill(self) -> None:
        if self._shown is None:
            return
        looking = self._kind is not None
        due = self._shown.found.due
        self.list.set_rows(self._records(self._kind, due) if self._kind is not None else self._kinds(due))
        chosen = self.chosen()
        self.title.setText(KINDS[self._kind][1].capitalize() if self._kind is not None else "")
        self.title.setVisible(looking)
        self.back.setVisible(looking)
        self.hold.setVisible(looking and self._leads and self._kind in (Kind.VISITS, Kind.BOOKINGS, Kind.PEOPLE))
        self.erase.setText(
            f"Erase {len(chosen):,}" if len(chosen) == len(due) else f"Erase {len(chosen):,} of {len(due):,}"
        )
        self.erase.setEnabled(bool(chosen))
        self._fit()

    def _kinds(self, due: Sequence[Kept]) -> list[Row]:
        made: list[Row] = []
        for kind in Kind:
            of_kind = [one for one in due if one.kind is kind]
            if of_kind:
                out = sum(one in self._left_out for one in of_kind)
                second = f"the oldest of {say_date(min(one.day for one in of_kind))}"
                left = f" · {out:,} left out" if out else ""
                made.append(Row(kind, counted(of_kind).capitalize(), second + left, action="Look"))
        return made

    def _records(self, kind: Kind, due: Sequence[Kept]) -> list[Row]:
        names = self._shown.desk.names if self._shown is not None else {}
        action = {True: "Put back", False: "Leave out"} if self._leads else {True: "", False: ""}
        return [
            Row(
                one,
                line(one, names),
                f"of {say_date(one.day)}, due since {say_date(one.goes_on)}",
                note="left out" if one in self._left_out else "",
                action=action[one in self._left_out],
            )
            for one in sorted(due, key=lambda one: (one.day, line(one, names)))
            if one.kind is kind
        ]

    def _fit(self) -> None:
        """An empty list takes no room; up to six rows are seen at once."""
        rows = len(self.list.rows)
        self.list.setFixedHeight(theme.current().px(_ROW) * min(rows, _SEEN) + 2)
        self.list.setVisible(bool(rows))

    @Slot(object)
    def _act(self, key: Kind | Kept) -> None:
        if isinstance(key, Kept):
            if self._leads:
                self._left_out ^= {key}
        else:
            self._kind = key
        self._fill()

    @Slot()
    def _all_kinds(self) -> None:
        self._kind = None
        self._fill()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask_hold(self) -> None:
        one = self.list.current_key()
        if isinstance(one, Kept):
            self.hold_wanted.emit(one)

    @Slot()
    def _agree(self) -> None:
        self.field.set_error("")
        if not self.password.text():
            self.refuse("Write your own password: what is erased cannot be brought back.")
        elif self.chosen():
            self.agreed.emit(self.chosen(), self.password.text())
