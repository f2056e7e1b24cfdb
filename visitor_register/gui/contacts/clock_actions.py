"""The small forms of a deadline: who answered and when, a reason, the day of an allocation."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.contacts import words
from visitor_register.gui.contacts.panel_words import Act, Answerer
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.option_list import Option, OptionList
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

REASONS: dict[Act, tuple[str, str]] = {
    Act.PAUSE: (
        "Why is it paused?",
        "Holidays pause nothing. A person pauses, with a reason, and says when it goes on.",
    ),
    Act.OPEN_AGAIN: ("Why is it open again?", "What was written down before stays readable."),
    Act.WITHDRAW: (
        "Why is nothing owed?",
        "For what was written down by mistake. It leaves this list; the reason is kept.",
    ),
}
"""The question, and what follows from the answer."""


class ActionForm(QWidget):
    """Fields in a column, and under them the sentence that says what to write instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = PlainLabel(t="cap", wrap=True)
        self.wrong = Note(Tone.NOT_KNOWN, "")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self.hint)
        self.show_wrong("")

    def lay_out(self, *parts: QWidget | Sequence[QWidget]) -> None:
        """Put fields under each other, those of a pair side by side; the sentence comes last."""
        for part in parts:
            if isinstance(part, QWidget):
                self.column.addWidget(part)
                continue
            row = QHBoxLayout()
            row.setSpacing(8)
            for one in part:
                row.addWidget(one, 1)
            self.column.addLayout(row)
        self.column.addWidget(self.wrong)

    def show_wrong(self, sentence: str) -> None:
        """Say what to write instead; the empty string takes it back."""
        self.wrong.show_note(Tone.NOT_KNOWN, sentence)
        self.wrong.setVisible(bool(sentence))


class DoneForm(ActionForm):
    """Who answered, and when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint.setText("The worker's or the manager's answer counts, an automatic one does not.")
        self.who = OptionList(name="Who answered")
        self.day, self.clock = line_edit(longest=30), line_edit(longest=8)
        self.lay_out(self.who, (Field("On", self.day), Field("At", self.clock)))

    def begin(self, answerers: Sequence[Answerer], day: str, clock: str) -> None:
        """Offer who may have answered, and the present moment."""
        self.hint.setVisible(bool(answerers))
        self.who.setVisible(bool(answerers))
        self.who.set_options([Option(one, one.words, one.hint) for one in answerers])
        self.day.setText(day)
        self.clock.setText(clock)
        self.show_wrong("")

    def answerer(self) -> Answerer | None:
        """Who was chosen."""
        chosen = self.who.value()
        return chosen if isinstance(chosen, Answerer) else None

    def take_keyboard(self) -> None:
        """Begin with the first thing that is asked."""
        (self.who if self.who.rows else self.day).setFocus(Qt.FocusReason.TabFocusReason)


class ReasonForm(ActionForm):
    """A reason, for pausing, opening again or withdrawing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = line_edit()
        self.field = Field("Why?", self.reason)
        self.lay_out(self.field)

    def begin(self, act: Act) -> None:
        """Ask for the reason of this."""
        question, follows = REASONS[act]
        self.field.set_label(question)
        self.hint.setText(follows)
        self.reason.clear()
        self.show_wrong("")

    def take_keyboard(self) -> None:
        """The one field there is."""
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)


class DayForm(ActionForm):
    """The day of an allocation, and how it is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint.setText("The contact is due within 5 days of it. A day that nobody knows is never late.")
        self.day = line_edit(longest=30)
        self.known = Chooser([(said[:1].upper() + said[1:], known) for known, said in words.KNOWN.items()])
        self.lay_out(Field("Allocated on", self.day), Field("How the day is known", self.known))

    def begin(self, day: str, known: object) -> None:
        """Show what is known so far."""
        self.day.setText(day)
        self.known.set_value(known)
        self.show_wrong("")

    def take_keyboard(self) -> None:
        """The day first."""
        self.day.setFocus(Qt.FocusReason.TabFocusReason)
        self.day.selectAll()
