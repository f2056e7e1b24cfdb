"""Under the table of a list: what is said about the row one stands on, and the fields that put it right."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.bookings.invitation_words import PLACES
from visitor_register.gui.bookings.list_import_words import LABELS, RowShown
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.booking_list_people import Named
from visitor_register.services.booking_list_rows import Part


class RowBox(QWidget):
    """One row to put right. Enter in a field takes what was written.

    Signals:
        written: The row and a dict of parts with what was written in them.
        who_said: The `Named` and who that is.
        where_said: The row and the place.
    """

    written = Signal(int, object)
    who_said = Signal(object, object)
    where_said = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._named: Named | None = None
        self.note = Note(Tone.NEUTRAL, "")
        self.lines: dict[Part, QLineEdit] = {part: line_edit(longest=40) for part in LABELS}
        self.fields = {part: Field(LABELS[part], line) for part, line in self.lines.items()}
        self.who = Chooser(placeholder="Say who comes")
        self.where = Chooser([(words, place) for place, words in PLACES], placeholder="Choose where")
        self.who_field, self.where_field = Field("Who is it?", self.who), Field("Where is it?", self.where)
        self.take = KeyButton("Use this", icon="check", key="Enter")
        wide = (self.fields[Part.DAY], self.fields[Part.HEARD])
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        for field in self.fields.values():
            row.addWidget(field, 3 if field in wide else 2, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.take, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.who_field, 6, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.where_field, 3, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.FIELD_GAP)
        column.addWidget(self.note)
        column.addLayout(row)
        self.take.clicked.connect(self._take)
        for line in self.lines.values():
            line.returnPressed.connect(self._take)
        self.who.chosen.connect(self._say_who)
        self.where.chosen.connect(self._say_where)
        self.show_row(None)

    def show_row(self, said: RowShown | None) -> None:
        """Show another row, or none."""
        self.setVisible(said is not None)
        if said is None:
            return
        self._number, self._named = said.number, said.named
        self.note.show_note(said.tone, said.sentence)
        texts = {part: text for part, _label, text in said.fields}
        for part, line in self.lines.items():
            self.fields[part].setVisible(part in texts)
            line.setText(texts.get(part, ""))
        self.take.setVisible(bool(texts))
        self.who_field.setVisible(bool(said.who))
        self.who_field.set_label(said.who_label or "Who is it?")
        self.who.set_options(said.who)
        self.who.set_value(None)
        self.where_field.setVisible(said.where)
        self.where.set_value(None)

    def controls(self) -> list[QWidget]:
        """What can be filled in, in order."""
        return [*self.lines.values(), self.take, self.who, self.where]

    def begin(self) -> bool:
        """Give the keyboard to the first field; False when there is nothing to put right."""
        fields = [*self.fields.values(), self.who_field, self.where_field]
        first = next((field for field in fields if not field.isHidden()), None)
        if first is not None and not self.isHidden():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None and not self.isHidden()

    @Slot()
    def _take(self) -> None:
        self.written.emit(
            self._number, {part: line.text() for part, line in self.lines.items() if not self.fields[part].isHidden()}
        )

    @Slot(object)
    def _say_who(self, somebody: Any) -> None:
        if somebody is not None and self._named is not None:
            self.who_said.emit(self._named, somebody)

    @Slot(object)
    def _say_where(self, place: Any) -> None:
        if place is not None:
            self.where_said.emit(self._number, place)
