"""The form of a contact: a panel at the right that asks what happened, and then only what that needs."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.contacts import log_words
from visitor_register.gui.contacts.log_content import Content
from visitor_register.gui.contacts.log_fields import LogFields
from visitor_register.gui.contacts.log_offers import Offer
from visitor_register.gui.contacts.log_presenter import LogPresenter
from visitor_register.gui.contacts.log_questions import QUESTIONS
from visitor_register.gui.contacts.log_words import Advice, Due
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.live_line import LiveLine
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.gui.widgets.tone import Shape, Tone

_FOR_WHOM = "DSL and head only"
_NOTES = 3
"""More is never said at once."""


class LogForm(SidePanel):
    """Every field of what can be written down of a contact; Alt and a digit answers, Ctrl+S logs it, Esc empties it.

    `closed` is said when it is done with, too: logged, or not wanted.
    """

    def __init__(self, presenter: LogPresenter, parent: QWidget | None = None) -> None:
        super().__init__("Log a contact", _FOR_WHOM, parent=parent)
        self.presenter, self._filling = presenter, False
        self.fields = LogFields()
        self.who, self.about_them = self.fields.who, PlainLabel(t="cap", wrap=True)
        self.notice = Note(Tone.HERE, "", shape=Shape.RUNNING)
        self.live = LiveLine(self.notice, self._scroll.verticalScrollBar())
        self.each_day = KeyButton("Day by day", kind="chip", icon="calendar-days")
        self.steps = PlainLabel(t="cap", wrap=True)
        self.notes = tuple(Note(Tone.CHECK, "") for _ in range(_NOTES))
        self.again = KeyButton("Something else happened", kind="chip", icon="undo-2", key="Alt+0")
        press_with(self.again, "Alt+0")
        self.save_button = KeyButton("Log it", icon="check", key="Ctrl+S", kind="primary", shortcut=True)
        self.discard = KeyButton("Discard")
        self._lay_out()
        self._connect()
        presenter.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is Discard, also where the panel stands beside the list."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self._discard()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the form gives it the keyboard: it belongs to the first question without an answer."""
        self.take_keyboard()

    @Slot()
    def take_keyboard(self) -> None:
        """Give the keyboard to the first question that has no answer."""
        rows = (self.fields.what, *self.fields.first)
        left: QWidget | None = next((row for row in rows if row.isVisibleTo(self) and row.value() is None), None)
        if left is None:
            left = self.fields.summary if self.who.guests() else self.who
        left.setFocus(Qt.FocusReason.TabFocusReason)
        self._keep_in_sight()

    @Slot()
    def _keep_in_sight(self) -> None:
        """Scroll to where the keyboard is, once what was shown or hidden above it is laid out."""
        QTimer.singleShot(0, self, self._reveal_focus)

    @Slot()
    def _reveal_focus(self) -> None:
        inside = self.window().focusWidget()
        if inside is not None and self._scroll.isAncestorOf(inside):
            self.reveal(inside)

    def _lay_out(self) -> None:
        labelled = self.fields.labelled
        for name in ("what", "kind", "direction", "shared", "known"):
            self.content.addWidget(labelled[name])
        for part in (self.who, self.about_them, self.fields.answers, labelled["summary"], labelled["why"]):
            self.content.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, stretch in (("child", 9), ("day", 9), ("clock", 5)):
            row.addWidget(labelled[name], stretch, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(row)
        for name in ("education", "there", "present", "commitments", "copied"):
            self.content.addWidget(labelled[name])
        self.content.addWidget(self.fields.marks)
        due = QVBoxLayout()
        due.setSpacing(4)
        due.addWidget(self.notice)
        due.addWidget(self.each_day, 0, Qt.AlignmentFlag.AlignLeft)
        due.addWidget(self.steps)
        self.content.addLayout(due)
        for note in self.notes:
            self.content.addWidget(note)
        self.content.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addStretch(1)
        self.body.insertWidget(self.body.indexOf(self.foot), self.live)
        self.foot.addWidget(self.save_button, 1)
        self.foot.addWidget(self.discard)
        self.steps.hide()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self._show)
        presenter.followed.connect(self._follow)
        presenter.advised.connect(self._advise)
        presenter.found.connect(self.who.show_found)
        presenter.known.connect(self._tell_of_them)
        presenter.offered.connect(self._offer)
        presenter.told_wrong.connect(self._wrong)
        presenter.saved.connect(self._saved)
        self.who.search_wanted.connect(presenter.search)
        self.who.changed.connect(self._who_changed)
        for choice in (self.fields.what, *self.fields.first):
            choice.chosen.connect(self._chosen)
        for choice in self.fields.then:
            choice.chosen.connect(self._typed)
        for line in self.fields.lines:
            line.textChanged.connect(self._typed)
        self.fields.summary.textChanged.connect(self._typed)
        for tick in self.fields.ticks.values():
            tick.toggled.connect(self._typed)
        self.fields.answers.changed.connect(self._typed)
        # Whatever is shown or hidden above it, the line one types in stays in sight.
        self._scroll.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)
        self.each_day.toggled.connect(self.steps.setVisible)
        self.again.clicked.connect(self._ask_again)
        self.save_button.clicked.connect(self._save)
        self.discard.clicked.connect(self._discard)

    @Slot(object)
    def _show(self, content: Content) -> None:
        # Each field tells of its own change; while all are filled, none is one.
        self._filling = True
        self.fields.fill(content)
        self.each_day.setChecked(False)
        self._filling = False
        self._fold(content)

    def _fold(self, content: Content) -> None:
        self.fields.fold(content)
        self.again.setVisible(content.what is not None)
        self.set_title(QUESTIONS[content.what].title if content.what else "Log a contact", _FOR_WHOM)

    @Slot(object)
    def _follow(self, due: Due) -> None:
        if due.title and due.title != self.notice.title.text():
            announce(self.notice, due.title)
        self.notice.show_note(Tone.HERE, due.title, due.text, shape=Shape.RUNNING)
        self.notice.setVisible(bool(due.title))
        self.live.show_title(Tone.HERE, due.title, shape=Shape.RUNNING)
        self.each_day.setVisible(bool(due.why))
        self.steps.setText(due.why)
        self.steps.setVisible(bool(due.why) and self.each_day.isChecked())

    @Slot(object)
    def _advise(self, said: Sequence[Advice]) -> None:
        for number, note in enumerate(self.notes):
            if number < len(said):
                note.show_note(said[number].tone, said[number].title, said[number].text)
            note.setVisible(number < len(said))

    @Slot(str)
    def _tell_of_them(self, words: str) -> None:
        self.about_them.setText(words)
        self.about_them.setVisible(bool(words))

    @Slot(object)
    def _offer(self, offers: Sequence[Offer] | None) -> None:
        now = self.presenter.now()
        told = None if offers is None else [(one.line.clock.id, *log_words.offered(one, now)) for one in offers]
        self.fields.answers.set_offers(told)

    @Slot(object)
    def _wrong(self, wrong: Mapping[str, str]) -> None:
        for name, field in self.fields.labelled.items():
            field.set_error(wrong.get(name, ""))
        first = next((field for name, field in self.fields.labelled.items() if name in wrong), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep_in_sight()

    @Slot()
    def _typed(self) -> None:
        if not self._filling:
            content = self.fields.typed()
            self._fold(content)
            self.presenter.type(content)

    @Slot()
    def _chosen(self) -> None:
        """Go on to the next question."""
        self._typed()
        self.take_keyboard()

    @Slot()
    def _who_changed(self) -> None:
        """One person: whoever is named last."""
        guests = self.who.guests()
        self.fields.set_who(guests[-1] if guests else None)
        self._typed()
        if guests:
            self.fields.summary.setFocus(Qt.FocusReason.TabFocusReason)
            self._keep_in_sight()

    @Slot()
    def _ask_again(self) -> None:
        self.fields.what.set_value(None)
        self._typed()
        self.fields.what.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _save(self) -> None:
        self.presenter.save(self.fields.typed())

    @Slot()
    def _discard(self) -> None:
        self.presenter.begin()
        self.closed.emit()

    @Slot()
    def _saved(self) -> None:
        self.closed.emit()
