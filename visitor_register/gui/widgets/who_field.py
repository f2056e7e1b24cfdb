"""Who is coming: people of the register found by name, or somebody new written down; each one stands as a chip."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.people import Person, PersonKind
from visitor_register.gui import theme
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.chips import ChipBox
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.services import directory

_KINDS = (
    ("Council, not on our chart", (PersonKind.COUNCIL, "")),
    ("NHS, CAFCASS, another council", (PersonKind.OTHER_SERVICE, "")),
    ("Police", (PersonKind.POLICE, "")),
    ("Student of the council", (PersonKind.COUNCIL, "Student")),
    ("Interpreter", (PersonKind.OTHER, "Interpreter")),
    ("Somebody else", (PersonKind.OTHER, "")),
)
"""What is chosen: the kind of visitor, which decides the ID that is asked for, and a job where the words name one."""
_ROW, _SHOWN = 56, 3


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is coming: a person of the register, or one who is written down now."""

    visitor: UUID | NewVisitor
    name: str
    second: str = ""


def guest(person: Person) -> Guest:
    """A person of the register as a guest; the second line tells namesakes apart."""
    left = "left the chart" if person.left_version is not None else ""
    second = " · ".join(part for part in (person.job_title, person.team or person.organisation, left) if part)
    return Guest(person.id, person.name, second)


class _NameField(SearchField):
    """The line one types a name into; Down goes to what was found, Backspace and Left at its beginning to the chips."""

    down = Signal()
    back = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leaves the line for the list, Backspace in an empty line for the last name."""
        to_chips = event.key() == Qt.Key.Key_Left or (event.key() == Qt.Key.Key_Backspace and not event.isAutoRepeat())
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif to_chips and not self.text() and not event.modifiers():
            self.back.emit()
        else:
            super().keyPressEvent(event)


class WhoField(QWidget):
    """Guests, found after two letters or written down.

    Signals:
        search_wanted: Find people by this; answer with `show_found`.
        changed: Somebody was put on or taken off.
    """

    search_wanted = Signal(str)
    changed = Signal()

    def __init__(self, label: str = "Who is coming", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guests: tuple[Guest, ...] = ()
        self._found: tuple[Guest, ...] = ()
        self._answered = ""
        self._entered: str | None = None
        self.search = _NameField("Two letters of a name", kind="search")
        self.coming = ChipBox(self.search)
        self.field = Field(label, self.coming)
        self.found = ListPanel("People found", row_height=_ROW)
        self.not_listed = KeyButton("Not on the chart", icon="user-plus")
        self.name, self.organisation = Field("Name", line_edit()), Field("Works for", line_edit())
        self._kinds = Chooser(_KINDS)
        self.kind = Field("Who that is", self._kinds)
        self.add, self.back = KeyButton("Add", icon="plus"), KeyButton("Back")
        self.new = frame("sunken")
        box = QVBoxLayout(self.new)
        box.setContentsMargins(12, 10, 12, 12)
        for part in (self.name, self.organisation, self.kind):
            box.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.back)
        box.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.found)
        column.addWidget(self.not_listed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.new)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self.search_wanted)
        self.search.returnPressed.connect(self._enter)
        self.search.down.connect(self._to_list)
        self.found.activated_row.connect(self._picked)
        self.search.back.connect(self.coming.to_last)
        self.coming.taken_off.connect(self._taken_off)
        self.not_listed.clicked.connect(self._write_down)
        self.add.clicked.connect(self._added)
        self.back.clicked.connect(self._close_new)
        for field, after in ((self.name, self.organisation), (self.organisation, self.kind)):
            if isinstance(field.control, QLineEdit):
                field.control.returnPressed.connect(after.setFocus)
        self.set_guests(())

    def guests(self) -> tuple[Guest, ...]:
        """Who is coming, in the order they were put on."""
        return self._guests

    def set_guests(self, guests: Sequence[Guest]) -> None:
        """Show these; no signal."""
        self._guests = tuple(guests)
        self.search.clear()
        self.field.set_error("")
        self.coming.set_names([(one.name, one.second) for one in self._guests])
        self.search.setPlaceholderText("Add" if self._guests else "Two letters of a name")
        self.show_found(("", ()))
        self._hide_new()

    def show_found(self, answer: tuple[str, Sequence[Guest]]) -> None:
        """Offer the people found for a text; an answer to what stands there no longer is dropped."""
        text, found = answer
        if text != self.search.text():
            return
        self._found, self._answered = tuple(found), text
        self._show_list()
        self._offer_new()
        if self._entered == text:
            self._enter()

    def _show_list(self) -> None:
        """An empty list takes no room."""
        rows = [Row(number, one.name, one.second, action="Choose") for number, one in enumerate(self._found)]
        self.found.set_rows(rows)
        self.found.setFixedHeight(theme.current().px(_ROW) * min(_SHOWN, len(rows)) + 2)
        self.found.setVisible(bool(rows))

    def _put_on(self, somebody: Guest) -> None:
        known = {one.visitor for one in self._guests}
        self.set_guests(self._guests if somebody.visitor in known else (*self._guests, somebody))
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _enter(self) -> None:
        """Take the only one that was found; among several, the list decides; nobody found is written down.

        Never by an older answer.
        """
        if self._answered != self.search.text():
            self._entered = self.search.text()
            return
        self._entered = None
        if len(self._found) == 1:
            self._put_on(self._found[0])
        elif self._found:
            self._to_list()
        elif len(self.search.text().strip()) > 1:
            self._write_down()

    @Slot()
    def _to_list(self) -> None:
        if self._found:
            self.found.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _picked(self, number: int) -> None:
        self._put_on(self._found[number])

    @Slot(int)
    def _taken_off(self, number: int) -> None:
        self.set_guests([one for one in self._guests if one is not self._guests[number]])
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _write_down(self) -> None:
        typed = self.search.text().strip()
        if typed:
            self.name.control.setProperty("text", typed)
            self.search.clear()
        self.new.show()
        self.not_listed.hide()
        (self.organisation if typed else self.name).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _close_new(self) -> None:
        self._hide_new()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_new(self) -> None:
        for field in (self.name, self.organisation):
            field.control.setProperty("text", "")
            field.set_error("")
        self._kinds.set_value(None)
        self.kind.set_error("")
        self.new.hide()
        self._offer_new()

    def _offer_new(self) -> None:
        """Writing somebody down is offered until there is somebody, and while one looks for another."""
        wanted = not self._guests or len(self.search.text()) > 1
        self.not_listed.setVisible(wanted and self.new.isHidden())

    @Slot()
    def _added(self) -> None:
        name, works_for = (str(field.control.property("text")).strip() for field in (self.name, self.organisation))
        kind, job = self._kinds.value() or (None, "")
        self.name.set_error("" if name else "Write the name as they say it.")
        self.kind.set_error("" if kind else "Choose one: it decides which ID is asked for.")
        if name and kind:
            second = " · ".join(part for part in (job, works_for) if part)
            self._put_on(Guest(NewVisitor(kind, name, works_for, job_title=job), name, second))


def find_guests(session: Session, text: str) -> tuple[str, list[Guest]]:
    """People found by name, with what was asked for."""
    return text, [guest(person) for person in directory.search(session, text)]
