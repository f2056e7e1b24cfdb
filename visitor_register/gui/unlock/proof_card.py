"""The right half of the page before the desk: the password or the PIN of whoever was chosen, and what came of it."""

import itertools

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain.people import Operator
from visitor_register.gui import metrics
from visitor_register.gui.unlock.password_field import PasswordField
from visitor_register.gui.unlock.pin_field import PinField
from visitor_register.gui.unlock.scrolled import scrolled
from visitor_register.gui.unlock.sign_in_presenter import Page, PageKind, SignInPresenter, Way
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_WORD_AFTER_MS = 400


class ProofCard(Card):
    """Asks for one of the two, and says what was wrong with it. Neither stays in its field behind the desk."""

    def __init__(self, presenter: SignInPresenter, parent: QWidget | None = None) -> None:
        super().__init__(margin=20, parent=parent)
        self._presenter, self._way = presenter, Way.PASSWORD
        self.mark = Mark("lock", size=24)
        self.title = PlainLabel("Sign in", t="h1")
        self.question = PlainLabel("Choose your name first.", t="h3", wrap=True)
        self.password = PasswordField("Password")
        self.pin = PinField()
        self.pin_field = Field("PIN", self.pin)
        # The question above it says the same.
        self.pin_field.label.hide()
        self.sign_in = KeyButton("Sign in", icon="key-round", key="Enter", kind="primary")
        self.other_way = KeyButton("Use password", key="F2", shortcut=True)
        self.back = KeyButton("Back to the desk", icon="chevron-left", key="Esc", kind="ghost", shortcut=True)
        self.recovery = KeyButton("Forgotten? Use the recovery code", kind="ghost")
        self.restore = KeyButton("Restore a backup", kind="ghost")
        self.restore_now = KeyButton("Restore the last backup", icon="history")
        self.trouble = Note(Tone.CHECK, "")
        self.waiting = PlainLabel(t="muted", wrap=True)
        self.lines = PlainLabel(t="muted", wrap=True)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_WORD_AFTER_MS)
        self._slow.timeout.connect(self._say_wait)
        self._build()
        presenter.chosen_changed.connect(self._show_chosen)
        presenter.way_changed.connect(self._show_way)
        presenter.busy_changed.connect(self._show_busy)
        presenter.refused.connect(self._refuse)
        presenter.told.connect(self._tell)
        presenter.damaged.connect(self._offer_restore)
        presenter.state_changed.connect(self._show_page)
        presenter.opened.connect(self._forget)
        self.password.entered.connect(self._try)
        self.pin.entered.connect(self._try)
        self.sign_in.clicked.connect(self._try)
        self.other_way.clicked.connect(self._change_way)
        self.back.clicked.connect(presenter.leave)

    def take_keyboard(self) -> None:
        """Let the keyboard stand on what is asked for."""
        asked = self.pin if self._way is Way.PIN else self.password
        asked.setFocus(Qt.FocusReason.TabFocusReason)
        # In a low window what is asked stands at the top, with the question and what was wrong.
        self._area.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two buttons beside each other, where there is room for both."""
        super().resizeEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_buttons"):
            self._place_buttons()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.mark)
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 0, 4, 0)
        column.setSpacing(metrics.FIELD_GAP)
        for widget in (self.question, self.trouble, self.restore_now, self.password, self.pin_field):
            column.addWidget(widget)
        self.restore_now.hide()
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.sign_in, 1)
        self._buttons.addWidget(self.other_way, 1)
        column.addLayout(self._buttons)
        column.addWidget(self.waiting)
        column.addStretch(1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.recovery, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self._line = frame("line")
        column.addWidget(self._line)
        column.addWidget(self.lines)
        self._area = scrolled(inside)
        self.body.addWidget(self._area, 1)
        fields = (self.restore_now, self.password.edit, self.password.eye, self.pin)
        order = (*fields, self.sign_in, self.other_way, self.back, self.recovery, self.restore)
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _place_buttons(self) -> None:
        room = self.contentsRect().width() - 2 * 20 - 6 - self._buttons.spacing()
        need = self.sign_in.sizeHint().width() + self.other_way.sizeHint().width()
        beside = need <= room or self.other_way.isHidden()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(across if beside else down)

    @Slot(object)
    def _show_chosen(self, operator: Operator | None) -> None:
        self._forget()
        if operator is None:
            self.question.setText("Choose your name first.")

    @Slot(object, bool)
    def _show_way(self, way: Way, other: bool) -> None:
        had_keyboard = any(part.hasFocus() for part in (self.pin, self.password.edit, self.password.eye))
        self._way, chosen = way, self._presenter.chosen
        by_pin = way is Way.PIN
        self._forget()
        if chosen is not None:
            self.question.setText(f"{chosen.name}, your {'six-digit PIN' if by_pin else 'password'}")
            for field in (self.pin, self.password.edit):
                field.setAccessibleName(self.question.text())
        self.other_way.setText("Use password" if by_pin else "Use PIN")
        self.password.setVisible(chosen is not None and not by_pin)
        self.pin_field.setVisible(chosen is not None and by_pin)
        self.sign_in.setVisible(chosen is not None)
        self.other_way.setVisible(chosen is not None and other)
        self._place_buttons()
        if had_keyboard and chosen is not None:
            self.take_keyboard()

    @Slot()
    def _change_way(self) -> None:
        self._presenter.use_other_way()
        self.take_keyboard()

    @Slot()
    def _try(self) -> None:
        if self._way is Way.PIN:
            self._presenter.try_pin(self.pin.text())
        else:
            self._presenter.sign_in(self.password.text())

    @Slot()
    def _forget(self) -> None:
        """No password and no PIN stays in a field behind the desk."""
        self.password.clear()
        self.pin.clear()
        self.pin_field.set_error("")

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        # Read only, not disabled: the keyboard stays where it is.
        self.password.edit.setReadOnly(busy)
        self.pin.setReadOnly(busy)
        self.waiting.setText("")
        (self._slow.start if busy else self._slow.stop)()

    @Slot()
    def _say_wait(self) -> None:
        self.waiting.setText("Opening the register.")

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        by_pin = self._way is Way.PIN
        (self.pin_field if by_pin else self.password.field).set_error(sentence)
        self.pin.update()
        if sentence:
            announce(self, sentence, urgent=True)
            if not by_pin:
                self.password.edit.selectAll()
            elif len(self.pin.text()) == self.pin.maxLength():
                # A PIN is typed anew, not mended: one does not see which digit was wrong.
                self.pin.clear()
            self.take_keyboard()

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.trouble.show_note(Tone.CHECK, sentence)
        self.trouble.setVisible(bool(sentence))
        self._offer_restore(False)
        if sentence:
            announce(self, sentence, urgent=True)

    @Slot(bool)
    def _offer_restore(self, damaged: bool) -> None:
        """Nobody can open it: the way on is one press."""
        # Only at the start of the program; a running one has the register open.
        self.restore_now.setVisible(damaged and not self.restore.isHidden())
        if not self.restore_now.isHidden():
            self.restore_now.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.restore_now)

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        title, button, icon = page.kind.value
        self.mark.show_icon(icon)
        self.title.setText(title)
        self.sign_in.setText(button)
        self.back.setVisible(page.kind is PageKind.TAKE_OVER)
        self.lines.setText(page.lines)
        self.lines.setVisible(bool(page.lines))
        self._line.setVisible(bool(page.lines))
