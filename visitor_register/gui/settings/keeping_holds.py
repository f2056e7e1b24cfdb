"""Legal holds with their reasons, and one person or child: put on hold, or erased now because they asked."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain.calendar import london_date, say_date
from visitor_register.gui import metrics, theme
from visitor_register.gui.settings.boxes import secret
from visitor_register.gui.settings.list_section import Question
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.who_field import Guest
from visitor_register.services.retention_holds import HoldLine

_ROW, _SEEN = 56, 4


class HoldBox(QWidget):
    """The holds, and under them the way to hold or erase one.

    Signals:
        searched: Two letters of a name or more.
        hold_person, hold_child: Whom or which child reference to hold, and why.
        ended: A `HoldLine`, and why it ends.
        erase_person: Whom to erase, why, and the password.
    """

    searched = Signal(str)
    hold_person = Signal(object, str)
    hold_child = Signal(str, str)
    ended = Signal(object, str)
    erase_person = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._who: Guest | None = None
        self._about: UUID | None = None
        self._ending: HoldLine | None = None
        self._leads = False
        self.list = ListPanel("Holds", empty="Nothing is on hold", row_height=_ROW)
        self.question = Question("End the hold", "Keep it", reason="Why it ends")
        self.search, self.child, self.reason = line_edit(longest=80), line_edit(longest=80), line_edit(longest=300)
        self.search.setPlaceholderText("Two letters of a name")
        self.who = Field("A person", self.search)
        self.child_field = Field("Or a child reference", self.child)
        self.why = Field("Why", self.reason)
        self.found = ListPanel("People found", row_height=_ROW)
        self.password = secret()
        self.password_field = Field("Your own password, to erase", self.password)
        self.hold = KeyButton("Put on hold", icon="check")
        self.erase = KeyButton("Erase this person now", kind="danger")
        self.form = QWidget()
        self._lay_out()
        self.list.activated_row.connect(self._ask_end)
        self.question.agreed.connect(self._end)
        self.search.textChanged.connect(self._typed)
        self.found.activated_row.connect(self.choose)
        self.hold.clicked.connect(self._hold)
        self.erase.clicked.connect(self._erase)
        self._show_found(())

    def show_holds(self, holds: Sequence[HoldLine], *, leads: bool) -> None:
        """Show the holds as they are now."""
        self._leads = leads
        self.form.setVisible(leads)
        self.list.set_rows(
            [
                Row(
                    one,
                    one.on,
                    f"{one.reason} · {one.by or 'somebody'}, {say_date(london_date(one.at))}",
                    action="End" if leads else "",
                )
                for one in holds
            ]
        )
        self._fit()

    def show_people(self, answer: tuple[str, Sequence[Guest]]) -> None:
        """Show who was found, unless somebody typed on."""
        text, people = answer
        if text == self.search.text() and self._who is None:
            self._show_found(people)

    def choose_record(self, about: UUID, words: str) -> None:
        """Hold a visit or booking that was shown elsewhere."""
        self.forget()
        self._about = about
        self._who = Guest(about, words)
        self.search.setText(words)
        self._show_found(())
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, field: str, sentence: str) -> None:
        """Say what to write instead."""
        (self.password_field if field == "password" else self.why).set_error(sentence)
        (self.password if field == "password" else self.reason).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing that was typed stays."""
        self._who, self._about, self._ending = None, None, None
        for line in (self.search, self.child, self.reason, self.password):
            line.setText("")
        self.question.hide()
        self._clear_errors()
        self._show_found(())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "form"):
            self._fit()

    @Slot(object)
    def choose(self, one: Guest) -> None:
        """Somebody was found."""
        self._who = one
        self.search.setText(one.name)
        self._show_found(())
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        ids, foot = QHBoxLayout(), QHBoxLayout()
        for field in (self.who, self.child_field):
            ids.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        for button in (self.hold, self.erase):
            foot.addWidget(button)
        foot.addStretch(1)
        lines = QVBoxLayout(self.form)
        lines.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for layout in (ids, foot, lines, column):
            layout.setSpacing(metrics.FIELD_GAP)
        lines.addWidget(PlainLabel("One person, or one child", t="h2"))
        lines.addLayout(ids)
        lines.addWidget(self.found)
        lines.addWidget(self.why)
        lines.addWidget(self.password_field)
        lines.addLayout(foot)
        lines.addWidget(
            PlainLabel(
                "A hold keeps everything about them until it ends. Erasing takes away all about a person at once, as "
                "they may ask; it cannot be brought back. Write no name into the reason: it stays.",
                t="cap",
                wrap=True,
            )
        )
        column.addWidget(self.list)
        column.addWidget(self.question)
        column.addWidget(self.form)

    def _fit(self) -> None:
        seen = theme.current().px(_ROW)
        self.list.setFixedHeight(seen * max(1, min(len(self.list.rows), _SEEN)) + 2)
        self.found.setFixedHeight(seen * min(len(self.found.rows), _SEEN) + 2)

    def _show_found(self, people: Sequence[Guest]) -> None:
        self.found.set_rows([Row(one, one.name, one.second, action="Choose") for one in people])
        self.found.setVisible(bool(people))
        self._fit()

    def _clear_errors(self) -> None:
        for field in (self.who, self.why, self.password_field):
            field.set_error("")

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.who.set_error("")
        if self._who is None or text != self._who.name:
            self._who, self._about = None, None
            self.searched.emit(text)

    @Slot(object)
    def _ask_end(self, one: HoldLine) -> None:
        if self._leads:
            self._ending = one
            self.question.ask(f"Is the hold on {one.on} over?")

    @Slot(str)
    def _end(self, reason: str) -> None:
        if self._ending is not None:
            self.ended.emit(self._ending, reason)

    @Slot()
    def _hold(self) -> None:
        self._clear_errors()
        if self._about is not None:
            self.hold_person.emit(self._about, self.reason.text())
        elif self._who is not None and isinstance(self._who.visitor, UUID):
            self.hold_person.emit(self._who.visitor, self.reason.text())
        elif self.child.text().strip():
            self.hold_child.emit(self.child.text(), self.reason.text())
        else:
            self._nobody("Choose a person from the list, or write a child reference.")

    @Slot()
    def _erase(self) -> None:
        self._clear_errors()
        if self._who is None or self._about is not None or not isinstance(self._who.visitor, UUID):
            self._nobody("Choose the person from the list first.")
        elif not self.reason.text().strip():
            self.refuse("reason", "Say who asked for it, and when: the reason stays on record.")
        elif not self.password.text():
            self.refuse("password", "Write your own password: what is erased cannot be brought back.")
        else:
            self.erase_person.emit(self._who.visitor, self.reason.text(), self.password.text())

    def _nobody(self, sentence: str) -> None:
        self.who.set_error(sentence)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
