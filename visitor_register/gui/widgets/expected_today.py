"""Who is coming: people of the register found by name, or written down; and the small panel *Expected today*."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.people import Person, PersonKind
from visitor_register.domain.policy import Policy
from visitor_register.errors import RegisterError
from visitor_register.gui import theme
from visitor_register.gui.desk import Desk
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.services import bookings, directory, notice, policy
from visitor_register.services.bookings import BookingForm

_KINDS = (
    ("Council, not on our chart", PersonKind.COUNCIL),
    ("NHS, CAFCASS, another council", PersonKind.OTHER_SERVICE),
    ("Police", PersonKind.POLICE),
    ("Somebody else", PersonKind.OTHER),
)
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
    """The line one types a name into; Down goes to what was found."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leaves the line for the list."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
            return
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
        self.field = Field(label, self.search)
        self.found = ListPanel("People found", row_height=_ROW)
        self.coming = ListPanel("Who is coming", row_height=_ROW)
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
        column.addWidget(self.coming)
        column.addWidget(self.not_listed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.new)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self.search_wanted)
        self.search.returnPressed.connect(self._enter)
        self.search.down.connect(self._to_list)
        self.found.activated_row.connect(self._picked)
        self.coming.activated_row.connect(self._taken_off)
        self.not_listed.clicked.connect(self._write_down)
        self.add.clicked.connect(self._added)
        self.back.clicked.connect(self._close_new)
        self.set_guests(())

    def guests(self) -> tuple[Guest, ...]:
        """Who is coming, in the order they were put on."""
        return self._guests

    def set_guests(self, guests: Sequence[Guest]) -> None:
        """Show these; no signal."""
        self._guests = tuple(guests)
        self.search.clear()
        self.field.set_error("")
        _fill(self.coming, self._guests, "Take off")
        self.show_found(("", ()))
        self._hide_new()

    def show_found(self, answer: tuple[str, Sequence[Guest]]) -> None:
        """Offer the people found for a text; an answer to what stands there no longer is dropped."""
        text, found = answer
        if text != self.search.text():
            return
        self._found, self._answered = tuple(found), text
        _fill(self.found, self._found, "Choose")
        self._offer_new()
        if self._entered == text:
            self._enter()

    def _put_on(self, somebody: Guest) -> None:
        known = {one.visitor for one in self._guests}
        self.set_guests(self._guests if somebody.visitor in known else (*self._guests, somebody))
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _enter(self) -> None:
        """Take the only one that was found; among several, the list decides. Never by an older answer."""
        if self._answered != self.search.text():
            self._entered = self.search.text()
            return
        self._entered = None
        if len(self._found) == 1:
            self._put_on(self._found[0])
        else:
            self._to_list()

    @Slot()
    def _to_list(self) -> None:
        if self._found:
            self.found.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _picked(self, number: int) -> None:
        self._put_on(self._found[number])

    @Slot(object)
    def _taken_off(self, number: int) -> None:
        self.set_guests([one for one in self._guests if one is not self._guests[number]])
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _write_down(self) -> None:
        self.name.control.setProperty("text", self.search.text())
        self.search.clear()
        self.new.show()
        self.not_listed.hide()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

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
        kind = self._kinds.value()
        self.name.set_error("" if name else "Write the name as they say it.")
        self.kind.set_error("" if kind else "Choose one: it decides which ID is asked for.")
        if name and kind:
            self._put_on(Guest(NewVisitor(kind, name, works_for), name, works_for))


class ExpectedTodayPanel(SidePanel):
    """Who, when, here to see; nothing else. For the desk: `begin` empties it and gives it the keyboard.

    Signals:
        saved: It was noted; the booking's UUID.
    """

    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Expected today", parent=parent)
        self._desk, self._saving = desk, False
        self.who = WhoField()
        self._clock, self._staff = line_edit(placeholder="14:30", longest=8), Chooser(editable=True, placeholder="")
        self.when, self.here_to_see = Field("When", self._clock), Field("Here to see", self._staff)
        self.save = KeyButton("Save", icon="check", key="Ctrl+S", shortcut=True)
        for part in (self.who, self.when, self.here_to_see):
            self.content.addWidget(part)
        self.content.addStretch(1)
        self.foot.addWidget(self.save, 1)
        self.who.search_wanted.connect(self._search)
        self._clock.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)

    def begin(self) -> None:
        """Start with empty fields, the keyboard in the first."""
        self._clear()
        self._desk.jobs.read(partial(policy.read, on=calendar.london_date(self._desk.now())), self._offer)
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_noted(self, error: RegisterError) -> None:
        self._saving = False
        self._desk.explain(error)

    def _clear(self) -> None:
        self._saving = False
        self.who.set_guests(())
        self._clock.clear()
        self._staff.set_value("")
        self.when.set_error("")

    def _offer(self, rules: Policy) -> None:
        self._staff.set_options([(name, name) for name in rules.staff.names])

    @Slot(str)
    def _search(self, text: str) -> None:
        self._desk.jobs.read(partial(find_guests, text=text), self.who.show_found)

    @Slot()
    def _save(self) -> None:
        guests, clock, now = self.who.guests(), notice.typed_time(self._clock.text()), self._desk.now()
        self.who.field.set_error("" if guests else "Find somebody by name, or write down who it is.")
        self.when.set_error("" if clock else "Write a time, like 14:30.")
        if not guests or clock is None or self._saving:
            return
        self._saving = True
        form = BookingForm(
            visitors=tuple(one.visitor for one in guests),
            starts_at=calendar.at_london(calendar.london_date(now), clock),
            here_to_see=self._staff.value(),
        )
        job = partial(bookings.expected_today, form=form, by=self._desk.operator, at=now)
        words = f"Expected today: {', '.join(one.name for one in guests)} at {calendar.say_time(form.starts_at)}."
        self._desk.jobs.write(job, partial(self._noted, words), self._not_noted)

    def _noted(self, words: str, booking: UUID) -> None:
        self._desk.done(words)
        self._clear()
        self.saved.emit(booking)


def find_guests(session: Session, text: str) -> tuple[str, list[Guest]]:
    """People found by name, with what was asked for."""
    return text, [guest(person) for person in directory.search(session, text)]


def _fill(panel: ListPanel, guests: Sequence[Guest], action: str) -> None:
    """Show guests, each with the same action; an empty list takes no room."""
    panel.set_rows([Row(number, one.name, one.second, action=action) for number, one in enumerate(guests)])
    panel.setFixedHeight(theme.current().px(_ROW) * min(_SHOWN, len(guests)) + 2)
    panel.setVisible(bool(guests))
