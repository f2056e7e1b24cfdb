"""One visit at the right of History: its timeline, and the forms that add to it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from visitor_register.gui.history.forms import BackForm, CorrectForm, LeavingForm, SmallForm
from visitor_register.gui.history.story_presenter import Shown, StoryPresenter
from visitor_register.gui.history.timeline import Timeline
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.gui.widgets.tone import Tone

_HEADS = {"correct": "Correct", "back": "Put back on site", "leaving": "Left at"}


class StoryPanel(SidePanel):
    """F2 corrects, F6 puts back on site, F7 fills in the leaving; Ctrl+S saves, Esc goes back.

    Signals:
        left: Esc on the story itself: the keyboard goes back to the list.
    """

    left = Signal()

    def __init__(self, presenter: StoryPresenter, parent: QWidget | None = None) -> None:
        super().__init__("One visit", parent=parent)
        self.presenter = presenter
        self._shown: Shown | None = None
        self._mode = ""
        self.second = PlainLabel("Choose a visit: what was written about it stands here.", t="cap", wrap=True)
        self.pill, self.marks = Pill("Left", Tone.NEUTRAL), PlainLabel(t="cap", wrap=True)
        self.timeline = Timeline()
        self.correction, self.back, self.leaving = CorrectForm(), BackForm(), LeavingForm()
        self.forms: dict[str, SmallForm] = {
            "correct": self.correction,
            "back": self.back,
            "leaving": self.leaving,
        }
        self.buttons = {
            "correct": KeyButton("Correct", key="F2", shortcut=True),
            "back": KeyButton("Put back", key="F6", shortcut=True, name="Put back on site"),
            "leaving": KeyButton("Left at ...", key="F7", shortcut=True, name="Fill in when they left"),
        }
        self.save = KeyButton("Save", icon="check", key="Ctrl+S", kind="primary", shortcut=True)
        self.away = KeyButton("Back")
        self._lay_out()
        self.buttons["correct"].clicked.connect(self._correct)
        self.buttons["back"].clicked.connect(self._put_back)
        self.buttons["leaving"].clicked.connect(self._leaving)
        self.save.clicked.connect(self._save)
        self.away.clicked.connect(self.show_story)
        self.leaving.unknown.connect(presenter.unknown)
        presenter.shown.connect(self._show)
        presenter.told_wrong.connect(self._wrong)
        presenter.acted.connect(self.show_story)
        self.show_story()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a form, then the panel."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            if self._mode:
                self.show_story()
            else:
                self.close_panel()
                self.left.emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def show_story(self) -> None:
        """The timeline, and what can be done."""
        back = bool(self._mode)
        self._open("")
        if back:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Stand on what can be done first."""
        first = next((button for button in self.buttons.values() if not button.isHidden()), self.close_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.addWidget(self.pill)
        state.addWidget(self.marks, 1)
        self.content.addWidget(self.second)
        self.content.addLayout(state)
        self.content.addWidget(self.timeline)
        for form in self.forms.values():
            self.content.addWidget(form)
        self.content.addStretch(1)
        for button in (*self.buttons.values(), self.save, self.away):
            self.foot.addWidget(button)
        self.pill.hide()

    def _open(self, mode: str) -> None:
        self._mode = mode
        may = self._shown.may if self._shown else frozenset()
        name = self._shown.title if self._shown else "One visit"
        self.set_title(f"{_HEADS[mode]}: {name}" if mode else name)
        self.timeline.setVisible(not mode)
        for key, form in self.forms.items():
            form.setVisible(key == mode)
        for key, button in self.buttons.items():
            button.setVisible(not mode and key in may)
        self.save.setVisible(bool(mode))
        self.away.setVisible(bool(mode))
        for area in self.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(0)

    @Slot(object)
    def _show(self, shown: Shown) -> None:
        other = self._shown is None or self._shown.visit != shown.visit
        self._shown = shown
        self.second.setText(shown.second)
        self.pill.show()
        self.pill.show_state(shown.outcome.text, shown.outcome.tone, shown.outcome.shape)
        self.marks.setText(shown.marks)
        self.timeline.show_told(shown.told)
        # What somebody is writing stays while the list is read again.
        if other or not self._mode or self._mode not in shown.may:
            self._open("")

    @Slot(object)
    def _wrong(self, wrong: Mapping[str, str]) -> None:
        if self._mode:
            self.forms[self._mode].show_wrong(wrong)

    @Slot()
    def _correct(self) -> None:
        if self._shown is not None:
            self.correction.show_written(self._shown.written)
            self._open("correct")
            self.correction.clock.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _put_back(self) -> None:
        self.back.reason.clear()
        self.back.show_wrong({})
        self._open("back")
        self.back.reason.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _leaving(self) -> None:
        if self._shown is not None:
            self.leaving.day.setText(self._shown.written.day)
            self.leaving.clock.clear()
            self.leaving.show_wrong({})
            self._open("leaving")
            self.leaving.clock.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _save(self) -> None:
        if self._mode == "correct":
            self.presenter.correct(self.correction.written())
        elif self._mode == "back":
            self.presenter.put_back(self.back.reason.text())
        elif self._mode == "leaving":
            self.presenter.fill_in(self.leaving.day.text(), self.leaving.clock.text())
