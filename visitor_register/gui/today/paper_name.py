"""The field for a name on a form, with the people it may mean in a list below it."""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from visitor_register.domain.people import Person
from visitor_register.gui import theme
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.rows import Row

_ROW = 56
_WIDTH = 440
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def team_of(person: Person) -> str:
    """Team and organisation of somebody, as far as known."""
    return ", ".join(part for part in (person.team, person.organisation) if part)


class NameLine(QLineEdit):
    """A name as it stands on paper, or somebody the register knows. The keyboard stays here throughout.

    The list lies over whatever is below: Qt's own completer has one line for each, and no team.

    Signals:
        typed: The name was changed by hand.
        picked: Somebody was chosen from the list (`Person`).
    """

    typed = Signal(str)
    picked = Signal(object)

    def __init__(self, over: QWidget) -> None:
        """`over` is the form in which the list finds its room."""
        super().__init__()
        self.setMaxLength(200)
        self._people: dict[object, Person] = {}
        self._over = over
        self.found = Card(margin=1, parent=over)
        self.list = ListPanel("People with this name", row_height=_ROW)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.body.addWidget(self.list)
        self.found.hide()
        self.list.clicked.connect(self._clicked)
        self.textEdited.connect(self.typed)

    def show_people(self, people: Sequence[Person]) -> None:
        """Offer these people; nobody is chosen yet."""
        self._people = {person.id: person for person in people}
        self.list.set_rows(
            [
                Row(person.id, person.name, " · ".join(part for part in (person.job_title, team_of(person)) if part))
                for person in people
            ]
        )
        self.list.choose(None)
        self.found.setVisible(bool(people) and self.hasFocus())
        self._place()
        if people:
            announce(self, f"{len(people)} found")

    def close_list(self) -> bool:
        """Put the list away; says whether there was one."""
        was_open = self.found.isVisible()
        self.found.hide()
        return was_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the list, Enter takes the one that is marked."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and self.found.isVisible():
            self._step(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list belongs to the typing."""
        super().focusOutEvent(event)
        # A form that is being taken down takes the keyboard away too, when its list is gone already.
        if shiboken6.isValid(self.found):
            self.found.hide()

    def _step(self, step: int) -> None:
        keys = list(self._people)
        now = self.list.current_key()
        place = keys.index(now) + step if now in keys else (0 if step > 0 else -1)
        key = keys[place % len(keys)]
        self.list.choose(key)
        announce(self, f"{self._people[key].name}, {team_of(self._people[key])}")

    @Slot(QModelIndex)
    def _clicked(self, _index: QModelIndex) -> None:
        self._take()

    def _take(self) -> None:
        chosen = self._people.get(self.list.current_key())
        if chosen is not None and self.found.isVisible():
            self.setText(chosen.name)
            self.picked.emit(chosen)
        self.found.hide()

    def _place(self) -> None:
        """Below the field, as many rows as there is room for."""
        if not self.found.isVisible():
            return
        look = theme.current()
        where = self.mapTo(self._over, QPoint(0, self.height() + 2))
        room = self._over.height() - where.y() - look.px(4)
        wide = min(look.px(_WIDTH), self._over.width() - where.x() - look.px(4))
        high = min(len(self._people) * look.px(_ROW) + 4, max(room, look.px(_ROW)))
        self.found.setGeometry(where.x(), where.y(), wide, high)
        self.found.raise_()
