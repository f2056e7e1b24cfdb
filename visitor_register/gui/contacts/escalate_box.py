"""The ladder of an escalation: who was asked and when, who comes next and since when, and how it ended."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain.calendar import say_date
from visitor_register.domain.contacts import Rung
from visitor_register.gui import metrics
from visitor_register.gui.contacts import words
from visitor_register.gui.contacts.write_state import Ladder
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton, Kind
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Shape, Tone
from visitor_register.services.ladder import Next, Place
from visitor_register.services.letter_words import RUNGS, moment_words

SPEAK_FIRST = "Speak to the manager first where you can: a call often settles it."
_NO_LADDER = "Nobody above them is on the chart. Write an e-mail, and choose by name whom it goes to."


class EscalateBox(QWidget):
    """The steps from the worker up, each with its state, and a button for those that are left.

    Signals:
        step_wanted: Write to this `Rung`.
        ended: How it ended, as it was typed.
    """

    step_wanted = Signal(object)
    ended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = PlainLabel(t="cap", wrap=True)
        self.state = Note(Tone.CHECK, "")
        self.early = Note(Tone.CHECK, "")
        self.speak = Note(Tone.NEUTRAL, "")
        self.buttons: dict[Rung, KeyButton] = {}
        self._rows: list[Rung] = []
        self._rungs = QWidget()
        self.early.setParent(self._rungs)
        self._column = QVBoxLayout(self._rungs)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(metrics.FIELD_GAP)
        self.words = line_edit(placeholder="For example: the manager replied")
        self.outcome = Field("How it ended", self.words)
        self.end = KeyButton("End the escalation", icon="check")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.FIELD_GAP)
        for part in (self.about, self.state, self.speak, self._rungs, self.outcome, self.end):
            column.addWidget(part)
        self.end.clicked.connect(self._end)
        self.early.hide()

    def show_ladder(self, found: Ladder) -> None:
        """Show it as it stands now."""
        line = found.line
        self.about.setText(
            " · ".join(filter(None, (words.name_of(line), line.clock.about, line.clock.child_reference)))
        )
        self._show_state(found)
        self.early.hide()
        self._clear()
        self._rows = [place.rung for place in found.places]
        for place in found.places:
            self._column.addWidget(self._row(place, found))
        manager = next((one.person for one in found.places if one.rung is Rung.MANAGER and one.person), None)
        number = (manager.phone or manager.mobile) if manager is not None else ""
        call = f"{manager.name}: {number}, from the chart." if manager is not None and number else ""
        self.speak.show_note(Tone.NEUTRAL, SPEAK_FIRST, call)
        self.speak.setVisible(bool(found.offers) and found.trail.escalation.ended is None)
        steps, over = found.trail.escalation.steps, found.trail.escalation.ended is not None
        for part in (self.outcome, self.end):
            part.setVisible(bool(steps) and not over)
        self.outcome.set_error("")
        if over or not steps:
            self.words.clear()

    def focus_first(self) -> None:
        """Give the keyboard to the step that comes next."""
        for button in (*self.buttons.values(), self.words):
            if button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def show_early(self, rung: Rung, sentence: str) -> None:
        """Say under a step since when it would be offered; the same button again takes it."""
        self._column.removeWidget(self.early)
        self._column.insertWidget(self._rows.index(rung) + 1, self.early)
        title, _, more = sentence.partition(". ")
        self.early.show_note(Tone.CHECK, f"{title}.", more)
        self.early.show()

    def forget(self) -> None:
        """Nothing of it stays."""
        self._clear()
        self.words.clear()
        self.about.setText("")
        for note in (self.state, self.early, self.speak):
            note.show_note(Tone.NEUTRAL, "")

    def _show_state(self, found: Ladder) -> None:
        ended, coming = found.trail.escalation.ended, found.next
        if ended is not None:
            self.state.show_note(Tone.KNOWN, f"Ended {moment_words(ended.at)}", ended.outcome)
        elif not found.places or found.places[-1].rung is Rung.WORKER:
            self.state.show_note(Tone.CHECK, "There is no ladder", _NO_LADDER)
        elif coming is None:
            self.state.show_note(Tone.NEUTRAL, "No step is left", "Everybody on the chart above them was asked.")
        else:
            name = coming.place.person.name if coming.place.person is not None else ""
            tone, shape = (Tone.CHECK, None) if coming.offered else (Tone.HERE, Shape.RUNNING)
            self.state.show_note(tone, f"Next: {name}, {RUNGS[coming.place.rung]}", _since(coming), shape=shape)

    def _row(self, place: Place, found: Ladder) -> QWidget:
        """One rung: who stands there, what was done, and the button where it is left to do."""
        row = frame("sunken")
        row.setAccessibleName(words.RUNG[place.rung])
        lines = QVBoxLayout(row)
        lines.setContentsMargins(12, 8, 12, 10)
        lines.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(words.RUNG[place.rung], t="label"), 1)
        head.addWidget(self._pill(place, found))
        lines.addLayout(head)
        name = place.person.name if place.person is not None else "Nobody in this post"
        lines.addWidget(PlainLabel(name, t="strong", wrap=True))
        lines.addWidget(PlainLabel(self._detail(place, found), t="cap", wrap=True))
        offer = next((one for one in found.offers if one.place == place), None)
        if offer is not None:
            kind: Kind = "primary" if offer is found.next and offer.offered else "secondary"
            button = KeyButton(f"Write to {name}", icon="mail", kind=kind)
            button.clicked.connect(partial(self.step_wanted.emit, place.rung))
            self.buttons[place.rung] = button
            lines.addWidget(button)
        return row

    def _pill(self, place: Place, found: Ladder) -> Pill:
        if any(step.rung is place.rung for step in found.trail.escalation.steps):
            return Pill("Asked", Tone.KNOWN)
        if place.person is None:
            return Pill("Vacant", Tone.CHECK)
        offer = next((one for one in found.offers if one.place == place), None)
        if offer is None:
            asked = place.rung is Rung.WORKER
            return Pill("Asked", Tone.KNOWN) if asked else Pill("Passed over", Tone.NEUTRAL)
        if offer is found.next:
            return Pill("Next", Tone.CHECK) if offer.offered else Pill("Next", Tone.HERE, Shape.RUNNING)
        return Pill("Later", Tone.NEUTRAL)

    def _detail(self, place: Place, found: Ladder) -> str:
        taken = [step for step in found.trail.escalation.steps if step.rung is place.rung]
        if taken:
            said = [f"{found.names.get(step.person, 'Somebody')}, {moment_words(step.at)}" for step in taken]
            return f"Written to: {'; '.join(said)}"
        offer = next((one for one in found.offers if one.place == place), None)
        return "\n".join(filter(None, (place.title, _since(offer) if offer is not None else "")))

    def _clear(self) -> None:
        self.buttons = {}
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
            if widget is not None and widget is not self.early:
                widget.deleteLater()

    @Slot()
    def _end(self) -> None:
        self.ended.emit(self.words.text())


def _since(offer: Next) -> str:
    """From when a step is offered."""
    day = say_date(offer.offered_on)
    if offer.place.rung is Rung.HEAD_OF_SERVICE:
        return f"offered {'since' if offer.offered else 'from'} {day}"
    return f"it was due {day}" if offer.offered else f"it is due {day}"
