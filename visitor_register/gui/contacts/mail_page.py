"""The page of a received message on the Contacts screen: what it says as plain text, and the few things to confirm."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.contacts import mail_words
from visitor_register.gui.contacts.choice_row import ChoiceRow
from visitor_register.gui.contacts.log_content import Copied
from visitor_register.gui.contacts.mail_presenter import MailPresenter
from visitor_register.gui.contacts.mail_text import MailText
from visitor_register.gui.contacts.mail_typed import MailTyped
from visitor_register.gui.contacts.mail_words import Elsewhere, KnownShown, MailShown
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.confirm_page import ConfirmPage
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.tone import Tone
from visitor_register.gui.widgets.who_field import Guest, WhoField
from visitor_register.services.clocks import ClockLine

PickMails = Callable[[QWidget], list[Path]]
_COPIED = (("Yes", Copied.YES), ("No", Copied.NO), ("Not known", Copied.UNKNOWN))


def pick_mails(parent: QWidget) -> list[Path]:
    """Ask for files with the system's own window."""
    kinds = "Messages (*.eml *.msg);;All files (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, "Open a message", "", kinds)
    return [Path(name) for name in names]


class MailPage(ConfirmPage):
    """The message at the left, what to confirm at the right. Ctrl+Enter logs it, Esc leaves it.

    Signals:
        shown: There is a message to look at.
        left: There is none any more.
    """

    shown = Signal()
    left = Signal()

    def __init__(self, presenter: MailPresenter, parent: QWidget | None = None) -> None:
        super().__init__("Log it", parent)
        self.presenter = presenter
        self._fresh = False
        self.forward_note, self.machine_note, self.again = (
            Note(Tone.CHECK, ""),
            Note(Tone.CHECK, ""),
            Note(Tone.CHECK, ""),
        )
        self.message = MailText()
        self.who, self.somebody = Chooser(), WhoField("Find the sender")
        self.answers, self.copied = Chooser(), ChoiceRow(_COPIED)
        self.summary = line_edit(longest=mail_words.LONGEST_SUMMARY)
        self.child, self.day, self.clock = line_edit(longest=60), line_edit(longest=30), line_edit(longest=8)
        self.copied_hint = PlainLabel(t="cap", wrap=True)
        self.automatic = KeyButton("Automatic reply", kind="chip")
        self.forwarded = KeyButton("Forwarded chain", kind="chip")
        self.fields: Mapping[str, Field] = {
            "who": Field("From whom", self.who),
            "answers": Field("Which deadline it answers", self.answers),
            "summary": Field("What it says, in a few words", self.summary),
            "child": Field("Child reference", self.child),
            "day": Field("Sent on", self.day),
            "clock": Field("At", self.clock),
            "copied": Field("Manager copied in?", self.copied),
            "guest": self.somebody.field,
        }
        self._arrange()
        self._connect()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self.show_mail)
        presenter.known.connect(self.show_known)
        presenter.wrong.connect(self._ask)
        presenter.found.connect(self.somebody.show_found)
        presenter.closed.connect(self._empty)
        self.who.chosen.connect(self._chosen)
        self.somebody.search_wanted.connect(presenter.search)
        self.somebody.changed.connect(self._somebody)
        self.answers.chosen.connect(self._answered)
        self.automatic.toggled.connect(self._fit)
        self.forwarded.toggled.connect(self._fit)
        self.confirm.clicked.connect(self._confirm)
        self.leave.clicked.connect(presenter.leave)

    def _arrange(self) -> None:
        inner = QWidget()
        form = QVBoxLayout(inner)
        form.setContentsMargins(0, 0, 4, 0)
        form.setSpacing(metrics.FIELD_GAP)
        for part in (self.machine_note, self.forward_note, self.again):
            form.addWidget(part)
        form.addWidget(self.fields["who"])
        form.addWidget(self.somebody)
        for name in ("answers", "summary"):
            form.addWidget(self.fields[name])
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        for name, share in (("child", 4), ("day", 4), ("clock", 3)):
            row.addWidget(self.fields[name], share, Qt.AlignmentFlag.AlignTop)
        form.addLayout(row)
        form.addWidget(self.fields["copied"])
        form.addWidget(self.copied_hint)
        form.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(metrics.CARD_MARGIN)
        across.addWidget(self.message, 1)
        across.addWidget(Scrolling(inner), 1)
        self.lay_out(across)
        self.head.setSpacing(8)
        for mark in (self.automatic, self.forwarded):
            self.head.addWidget(mark)

    @Slot(object)
    def show_mail(self, said: MailShown) -> None:
        """Show another one; what follows from who wrote it comes next."""
        self._ask({})
        self.title.setText(said.title)
        self.hint.setText(said.hint)
        self.message.show_mail(said)
        self.who.set_options(said.who)
        self.who.set_value(said.certain)
        self.somebody.set_guests(())
        self.child.clear()
        for line, words in ((self.summary, said.summary), (self.day, said.day), (self.clock, said.clock)):
            line.setText(words)
            line.setCursorPosition(0)
        self.automatic.setChecked(said.automatic)
        self.forwarded.setChecked(said.forwarded)
        self._fresh = True

    @Slot(object)
    def show_known(self, said: KnownShown) -> None:
        """Show what follows from who wrote it."""
        self.answers.set_options(said.answers)
        self.answers.set_value(None)
        self.copied.set_value(said.copied)
        self.copied_hint.setText(said.copied_hint)
        self.copied_hint.setVisible(bool(said.copied_hint))
        self.again.show_note(Tone.CHECK, "Logged before?", said.again)
        self.again.setVisible(bool(said.again))
        self._fit()
        if self._fresh:
            self._fresh = False
            announce(self, f"{self.title.text()}. {self.summary.text()}")
            self.shown.emit()

    def begin(self) -> None:
        """Give the keyboard to the first thing to answer."""
        target = self.who if self.who.value() is None else self.answers if self._asks() else self.summary
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        # What one types takes the place of the subject.
        self.summary.selectAll()

    def typed(self) -> MailTyped:
        """What stands on the page."""
        return MailTyped(
            who=self.who.value(),
            guest=self._guest(),
            answers=self.answers.value(),
            asked=self._asks(),
            summary=self.summary.text(),
            child_reference=self.child.text(),
            day=self.day.text(),
            clock=self.clock.text(),
            copied=self.copied.value(),
            automatic=self.automatic.isChecked(),
            forwarded=self.forwarded.isChecked(),
        )

    def _guest(self) -> Guest | None:
        found = self.somebody.guests() if isinstance(self.who.value(), Elsewhere) else ()
        return found[-1] if found else None

    def _asks(self) -> bool:
        """Whether there is a deadline that it may answer: a machine answers none."""
        return self.answers.count() > 0 and not self.automatic.isChecked()

    @Slot()
    def _fit(self) -> None:
        """Show what the answers so far leave to be asked."""
        automatic = self.automatic.isChecked()
        self.machine_note.show_note(Tone.CHECK, "An automatic reply", mail_words.AUTOMATIC)
        self.machine_note.setVisible(automatic)
        self.forward_note.show_note(Tone.CHECK, "A forwarded chain", mail_words.FORWARDED)
        self.forward_note.setVisible(self.forwarded.isChecked())
        self.somebody.setVisible(isinstance(self.who.value(), Elsewhere))
        self.fields["answers"].setVisible(self._asks())
        answers = self._asks() and isinstance(self.answers.value(), ClockLine)
        self.confirm.setText("Log it as the answer" if answers else "Log it")
        first = (self.automatic, self.forwarded, self.who, self.somebody.search, self.answers)
        lines = (self.summary, self.child, self.day, self.clock)
        self.tab_through([*first, *lines, *self.copied.choices, self.message.text])

    @Slot(object)
    def _chosen(self, who: object) -> None:
        self.fields["who"].set_error("")
        self.presenter.choose(who)
        self._fit()
        if isinstance(who, Elsewhere):
            self.somebody.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _somebody(self) -> None:
        guests = self.somebody.guests()
        if len(guests) > 1:
            # A message is from one person: who was found last is meant.
            self.somebody.set_guests(guests[-1:])
        self.presenter.choose(self._guest())

    @Slot(object)
    def _answered(self, line: object) -> None:
        self.fields["answers"].set_error("")
        if isinstance(line, ClockLine) and not self.child.text().strip():
            self.child.setText(line.clock.child_reference)
        self._fit()

    @Slot(object)
    def _ask(self, wrong: Mapping[str, str]) -> None:
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        first = next((field for name, field in self.fields.items() if name in wrong), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _confirm(self) -> None:
        self.presenter.confirm(self.typed())

    @Slot()
    def _empty(self) -> None:
        """Nothing of a message stays in the window."""
        self.message.clear()
        for line in (self.summary, self.child, self.day, self.clock):
            line.clear()
        self.title.setText("")
        self.left.emit()
