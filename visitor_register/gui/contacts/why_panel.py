"""One deadline at the right of Contacts: why it is due then, and what can be done about it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from visitor_register.domain.letters import LetterKind
from visitor_register.gui import metrics
from visitor_register.gui.contacts.clock_actions import REASONS, ActionForm, DayForm, DoneForm, ReasonForm
from visitor_register.gui.contacts.panel_words import Act, Told, now_written
from visitor_register.gui.contacts.presenter import ContactsPresenter
from visitor_register.gui.contacts.why_steps import Remark, Steps
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.gui.widgets.tone import Tone

_NOTHING = "Choose one of the list: why it is due then stands here, with what can be done about it."
_WRITTEN = {Act.CHASE: LetterKind.CHASE, Act.ESCALATE: LetterKind.ESCALATE, Act.ASK_DAY: LetterKind.ALLOCATION}
_MORE = {
    Act.LOG: "Log the answer",
    Act.PAUSE: "Pause",
    Act.GO_ON: "Go on",
    Act.OPEN_AGAIN: "Open again",
    Act.DAY: "Day of the allocation",
    Act.WITHDRAW: "Withdraw",
}


class WhyPanel(SidePanel):
    """Alt+R says that it is done, Alt+C chases, Alt+E escalates, Alt+M shows more; Ctrl+S saves, Esc goes back.

    Signals:
        left: Esc on the deadline itself: the keyboard goes back to the list.
    """

    left = Signal()

    def __init__(self, presenter: ContactsPresenter, parent: QWidget | None = None) -> None:
        super().__init__("Deadline", parent=parent)
        self.presenter = presenter
        self.told: Told | None = None
        self._act: Act | None = None
        self._offered: set[Act] = set(Act) - {Act.LOG, *_WRITTEN}
        self._telling = False
        self.title.setWordWrap(True)
        self.hint.hide()
        self.head.setStretch(0, 1)
        self.second = PlainLabel(t="cap", wrap=True)
        self.note = Note(Tone.CHECK, "")
        self.about = PlainLabel(wrap=True)
        self.why = PlainLabel("Why is it due then?", t="h3")
        self.steps = Steps()
        self.also = Remark()
        self.taken, self.next = PlainLabel(t="cap", wrap=True), PlainLabel(t="cap", wrap=True)
        self.done_form, self.reason_form, self.day_form = DoneForm(), ReasonForm(), DayForm()
        self.fold, self.ways = QWidget(), QWidget()
        self.buttons = {
            Act.DONE: KeyButton("Mark replied", icon="check", key="Alt+R", kind="primary", shortcut=True),
            Act.CHASE: KeyButton("Chase", icon="mail", key="Alt+C", shortcut=True),
            Act.ASK_DAY: KeyButton("Ask for the date", icon="mail", key="Alt+A", shortcut=True),
            Act.ESCALATE: KeyButton("Escalate", icon="arrow-right", key="Alt+E", shortcut=True),
        } | {act: KeyButton(said, parent=self.fold) for act, said in _MORE.items()}
        self.timeline = KeyButton("Timeline", icon="history", key="Alt+T", shortcut=True)
        self.more = KeyButton(icon="ellipsis", name="More that can be done", key="Alt+M", shortcut=True)
        self.save = KeyButton("Save", icon="check", key="Ctrl+S", kind="primary", shortcut=True)
        self.back = KeyButton("Back", key="Esc")
        rows = QWidget()
        self._folded, self._rows = QGridLayout(self.fold), QVBoxLayout(rows)
        self.foot.addWidget(rows, 1)
        self._lay_out()
        self._connect()
        self._show(None)

    def offer_writing(self) -> None:
        """There is something behind the buttons that write: show them where they belong."""
        self._offered |= set(_WRITTEN)
        self._open(self._act)

    def offer_logging(self) -> None:
        """The answer can be logged as a contact."""
        self._offered.add(Act.LOG)
        self._open(self._act)

    def offer_timeline(self) -> None:
        """There is a timeline to be shown."""
        self._telling = True
        self._open(self._act)

    def set_over(self, over: bool) -> None:
        """Where it lies over the screen there is little height: the further ways on scroll with what they follow."""
        super().set_over(over)
        if over:
            self.content.insertWidget(self.content.indexOf(self.fold), self.ways)
        else:
            self._rows.addWidget(self.ways)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a form, then the panel; Enter in a form saves it."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            if self._act is not None:
                self.show_deadline()
            else:
                self.close_panel()
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._act is not None:
            self._save()
        else:
            super().keyPressEvent(event)

    def take_keyboard(self) -> None:
        """Stand on what can be done first."""
        first = next((one for one in self.buttons.values() if one.isVisibleTo(self)), self.more)
        (first if self.told else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_deadline(self) -> None:
        """The explanation again, without a form."""
        had = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._open(None)
        if had:
            self.take_keyboard()

    @Slot(object)
    def _show(self, told: Told | None) -> None:
        """Another deadline, or the same read anew: what somebody is writing about it stays."""
        other = told is None or self.told is None or told.key != self.told.key
        self.told = told
        if told is not None:
            self.set_title(told.title)
            self.second.setText(told.second or "No child is named.")
            self.note.show_note(told.pill.tone, *told.note, shape=told.pill.shape)
            self.about.setText(told.about)
            self.steps.show_steps(told.steps)
            self.also.say(told.also)
            self.taken.setText("\n".join(told.ladder))
            self.buttons[Act.DONE].setText(told.done_words)
            self.buttons[Act.ESCALATE].setText(told.escalate_words)
            self.next.setText(told.next_words)
        else:
            self.set_title("Deadline")
            self.second.setText(_NOTHING)
        self._open(None if other or self._act not in (told.may if told else ()) else self._act)
        if other:
            self.fold.hide()
            for area in self.findChildren(QScrollArea):
                area.verticalScrollBar().setValue(0)

    def _open(self, act: Act | None) -> None:
        """Show the form of this, or with None the explanation, and the buttons that belong to it."""
        self._act = act
        told = self.told
        may = told.may if told and act is None else frozenset()
        reading = told is not None and act is None
        for part, shown in (
            (self.note, reading),
            (self.about, reading and bool(self.about.text())),
            (self.why, reading and bool(told and told.steps)),
            (self.steps, reading and bool(told and told.steps)),
            (self.also, reading and bool(told and told.also)),
            (self.taken, reading and bool(self.taken.text())),
            (self.next, reading and bool(told and told.next_words)),
            (self.more, reading),
            (self.timeline, reading and self._telling),
            (self.save, act is not None),
            (self.back, act is not None),
        ):
            part.setVisible(shown)
        for key, button in self.buttons.items():
            button.setVisible(key in may & self._offered)
        self.ways.setVisible(reading)
        self._lay_fold([self.buttons[one] for one in _MORE if one in may & self._offered])
        for form in (self.done_form, self.reason_form, self.day_form):
            form.setVisible(act is not None and form is self._form(act))
        if act is not None:
            self.fold.hide()

    def _lay_fold(self, buttons: Sequence[KeyButton]) -> None:
        """Two beside each other, without gaps for those that are not wanted."""
        while self._folded.takeAt(0) is not None:
            pass
        for number, button in enumerate(buttons):
            self._folded.addWidget(button, number // 2, number % 2)

    def _form(self, act: Act) -> "DoneForm | ReasonForm | DayForm":
        if act in REASONS:
            return self.reason_form
        return self.day_form if act is Act.DAY else self.done_form

    @Slot()
    def _begin(self, act: Act) -> None:
        told = self.told
        if told is None:
            return
        if act is Act.GO_ON:
            self.presenter.go_on()
        elif act is Act.LOG:
            self.presenter.log_answer()
        elif act in _WRITTEN:
            self.presenter.write_about(_WRITTEN[act])
        else:
            self.done_form.begin(told.answerers, *now_written(self.presenter.now()))
            self.day_form.begin(told.day, told.known)
            if act in REASONS:
                self.reason_form.begin(act)
            self._open(act)
            self._form(act).take_keyboard()

    @Slot()
    def _save(self) -> None:
        if self._act is Act.DONE:
            who = self.done_form.answerer()
            if self.told is not None and self.told.answerers and who is None:
                self._wrong("Choose who answered.")
                return
            self.presenter.done(who.person if who else None, self.done_form.day.text(), self.done_form.clock.text())
        elif self._act is Act.DAY:
            self.presenter.correct_day(self.day_form.day.text(), self.day_form.known.value())
        elif self._act is not None:
            say = {
                Act.PAUSE: self.presenter.pause,
                Act.OPEN_AGAIN: self.presenter.open_again,
                Act.WITHDRAW: self.presenter.withdraw,
            }
            say[self._act](self.reason_form.reason.text())

    @Slot(str)
    def _wrong(self, sentence: str) -> None:
        if self._act is not None:
            form: ActionForm = self._form(self._act)
            form.show_wrong(sentence)
            self.reveal(form.wrong)

    @Slot()
    def _unfold(self) -> None:
        self.fold.setVisible(self.fold.isHidden())
        first = next((self.buttons[act] for act in _MORE if self.buttons[act].isVisibleTo(self)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            # Its place is not known before the content was laid out anew.
            QTimer.singleShot(0, self.fold, partial(self.reveal, self.fold))

    @Slot()
    def _forget(self) -> None:
        """Nothing that was typed or shown stays for the next person."""
        for label in (self.second, self.about, self.taken, self.next):
            label.setText("")
        self.note.show_note(Tone.CHECK, "")
        self.also.say("")
        self.steps.show_steps(())
        self.reason_form.reason.clear()
        self.done_form.begin((), "", "")
        self.day_form.begin("", None)
        for act in (Act.DONE, Act.ESCALATE):
            self.buttons[act].setText("")
        self._show(None)

    def _connect(self) -> None:
        for act, button in self.buttons.items():
            button.clicked.connect(partial(self._begin, act))
        self.timeline.clicked.connect(self.presenter.tell_story)
        self.more.clicked.connect(self._unfold)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.show_deadline)
        self.presenter.opened.connect(self._show)
        self.presenter.wrong.connect(self._wrong)
        self.presenter.acted.connect(self.show_deadline)
        self.presenter.forgotten.connect(self._forget)

    def _lay_out(self) -> None:
        for part in (self.second, self.note, self.about, self.why, self.steps, self.also, self.taken, self.next):
            self.content.addWidget(part)
        for form in (self.done_form, self.reason_form, self.day_form):
            self.content.addWidget(form)
        self.content.addWidget(self.fold)
        self.content.addStretch(1)
        ways = QVBoxLayout(self.ways)
        for layout in (self._folded, self._rows, ways):
            layout.setContentsMargins(0, 0, 0, 0)
        for column, lines in (
            (ways, ((self.buttons[Act.CHASE], self.timeline), (self.buttons[Act.ESCALATE], self.buttons[Act.ASK_DAY]))),
            (self._rows, ((self.buttons[Act.DONE], self.more), (self.save, self.back))),
        ):
            column.setSpacing(metrics.FIELD_GAP)
            for line in lines:
                row = QHBoxLayout()
                row.setSpacing(metrics.FIELD_GAP)
                for button in line:
                    row.addWidget(button)
                column.addLayout(row)
        self._rows.addWidget(self.ways)
