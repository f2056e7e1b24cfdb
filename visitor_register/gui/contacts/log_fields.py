"""Every field of the form of a contact: what stands in them, and which are shown for what was said so far."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPlainTextEdit

from visitor_register.gui import theme
from visitor_register.gui.contacts import log_questions
from visitor_register.gui.contacts.answers_box import AnswersBox
from visitor_register.gui.contacts.choice_row import ChoiceRow
from visitor_register.gui.contacts.log_content import Content, What
from visitor_register.gui.contacts.log_questions import COPIED, KINDS, KNOWN, QUESTIONS, SHARED, WHAT, YES_NO
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.option_list import OptionList
from visitor_register.gui.widgets.who_field import Guest, WhoField
from visitor_register.gui.widgets.wrap_box import WrapBox

_HIGH = 76


def _tick(words: str, key: str) -> KeyButton:
    """Something that is so or is not, by one key."""
    made = KeyButton(words, kind="chip", key=key)
    press_with(made, key)
    return made


class _Text(QPlainTextEdit):
    """A few lines; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.current().px(_HIGH))


class LogFields:
    """The controls by themselves; the panel lays them out.

    `labelled` are the fields that can be wrong, `first` what is asked before the person, `then` after, `lines` what is
    typed, `ticks` what is so or is not.
    """

    def __init__(self) -> None:
        self.what = OptionList(WHAT, name="What happened?")
        self.kind, self.direction = ChoiceRow(KINDS, first_key=1), ChoiceRow(QUESTIONS[What.CONTACT].ways, first_key=6)
        self.known, self.shared = ChoiceRow(KNOWN, first_key=1), ChoiceRow(SHARED, first_key=1)
        self.copied, self.education, self.there = ChoiceRow(COPIED), ChoiceRow(YES_NO), ChoiceRow(YES_NO)
        self.who = WhoField("With whom")
        self.summary = _Text()
        self.why, self.present, self.commitments = line_edit(longest=1000), line_edit(), line_edit(longest=1000)
        self.child, self.day, self.clock = line_edit(longest=40), line_edit(longest=30), line_edit(longest=8)
        self.reply, self.automatic = _tick("Asks for a reply", "Alt+R"), _tick("Sent by a machine", "Alt+A")
        self.forwarded, self.urgent = _tick("With a forwarded chain", "Alt+F"), _tick("Urgent (s47)", "Alt+U")
        self.manager_first = _tick("I have spoken to the manager", "Alt+M")
        self.ticks = {
            "reply": self.reply,
            "automatic": self.automatic,
            "forwarded": self.forwarded,
            "urgent": self.urgent,
            "manager_first": self.manager_first,
        }
        self.answers = AnswersBox()
        self.labelled = {
            "what": Field("What happened?", self.what),
            "kind": Field("How (Alt+1 to Alt+5)", self.kind),
            "direction": Field("Which way", self.direction),
            "shared": Field("Shared or withheld (Alt+1, Alt+2)", self.shared),
            "who": self.who.field,
            "summary": Field("What it was about", self.summary),
            "why": Field("Why", self.why),
            "known": Field("How the day is known (Alt+1 to Alt+4)", self.known),
            "child": Field("Child reference", self.child),
            "day": Field("Day", self.day),
            "clock": Field("Time", self.clock),
            "education": Field("Was education discussed?", self.education),
            "there": Field("Was the school there?", self.there),
            "present": Field("Who of the school", self.present),
            "commitments": Field("Promises made, if any", self.commitments),
            "copied": Field("Manager copied in?", self.copied),
            "answers": self.answers.field,
        }
        self.first = (self.kind, self.direction, self.shared, self.known)
        self.then = (self.copied, self.education, self.there)
        self.lines = (self.why, self.present, self.commitments, self.child, self.day, self.clock)
        self.marks = WrapBox()
        self.marks.set_parts(tuple(self.ticks.values()))

    def typed(self) -> Content:
        """What stands in the form."""
        return Content(
            what=self.what.value(),
            guest=next(iter(self.who.guests()), None),
            kind=self.kind.value(),
            direction=self.direction.value(),
            day=self.day.text(),
            clock=self.clock.text(),
            summary=self.summary.toPlainText(),
            child_reference=self.child.text(),
            copied=self.copied.value(),
            asks_reply=self.reply.isChecked(),
            automatic=self.automatic.isChecked(),
            forwarded=self.forwarded.isChecked(),
            answers=self.answers.value(),
            known=self.known.value(),
            urgent=self.urgent.isChecked(),
            shared=self.shared.value(),
            why=self.why.text(),
            education=self.education.value(),
            there=self.there.value(),
            present=self.present.text(),
            commitments=self.commitments.text(),
            manager_first=self.manager_first.isChecked(),
        )

    def fill(self, content: Content) -> None:
        """Let this stand in the fields."""
        self.set_who(content.guest)
        for choice, value in (
            (self.what, content.what),
            (self.kind, content.kind),
            (self.direction, content.direction),
            (self.shared, content.shared),
            (self.known, content.known),
            (self.copied, content.copied),
            (self.education, content.education),
            (self.there, content.there),
        ):
            choice.set_value(value)
        for line, text in (
            (self.why, content.why),
            (self.present, content.present),
            (self.commitments, content.commitments),
            (self.child, content.child_reference),
            (self.day, content.day),
            (self.clock, content.clock),
        ):
            line.setText(text)
        self.summary.setPlainText(content.summary)
        for name, said in (
            ("reply", content.asks_reply),
            ("automatic", content.automatic),
            ("forwarded", content.forwarded),
            ("urgent", content.urgent),
            ("manager_first", content.manager_first),
        ):
            self.ticks[name].setChecked(said)
        self.answers.set_value(content.answers)

    def set_who(self, somebody: Guest | None) -> None:
        """Name one person, or nobody; no signal."""
        self.who.set_guests([somebody] if somebody is not None else [])
        if somebody is not None:
            self.who.search.setPlaceholderText("Somebody else")

    def fold(self, content: Content) -> None:
        """Show what is asked for what was said so far, in its words."""
        shown = log_questions.shown(content)
        self.labelled["what"].setVisible(content.what is None)
        for name, field in self.labelled.items():
            if name not in ("what", "who", "answers"):
                field.setVisible(name in shown)
        self.who.setVisible("who" in shown)
        ticks = [tick for name, tick in self.ticks.items() if name in shown]
        self.marks.show_only(ticks)
        self.marks.setVisible(bool(ticks))
        self.labelled["why"].set_label("Why it was withheld" if content.shared is False else "Why")
        if content.what is not None:
            self._ask(content.what)

    def _ask(self, what: What) -> None:
        asked = QUESTIONS[what]
        self.labelled["direction"].set_label(asked.way)
        if tuple((choice.text(), choice.value) for choice in self.direction.choices) != asked.ways:
            self.direction.set_options(asked.ways, first_key=asked.first_way)
        self.labelled["who"].set_label(asked.who)
        self.labelled["summary"].set_label(asked.summary)
        now = "" if what is What.ALLOCATION else "now"
        self.day.setPlaceholderText("today" if now else "20/11/2026")
        self.clock.setPlaceholderText(now)
