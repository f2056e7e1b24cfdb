"""The screen before the register: who is at the desk, and their password. No visitor's name stands on it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visitor_register.domain.people import Operator
from visitor_register.gui import metrics, theme
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.unlock.password_field import PasswordField
from visitor_register.gui.unlock.person_rows import PersonRows
from visitor_register.gui.unlock.scrolled import scrolled
from visitor_register.gui.unlock.sign_in_presenter import SignInPresenter
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import IconLine, Mark
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_WORD_AFTER_MS = 400


class SignInView(QFrame):
    """Names at the left, the password at the right, the fire list always within reach.

    Signals:
        fire_list_wanted: F9 or its button; it needs no password.
    """

    fire_list_wanted = Signal()

    def __init__(self, presenter: SignInPresenter, *, school: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._presenter = presenter
        self.school = PlainLabel(school, t="h3", elide=True)
        self.fire_list = KeyButton("Fire list", icon="flame", key="F9", shortcut=True)
        self.people = PersonRows()
        self.title = PlainLabel("Sign in", t="h1")
        self.question = PlainLabel("Choose your name first.", t="h3", wrap=True)
        self.password = PasswordField("Password")
        self.sign_in = KeyButton("Sign in", icon="key-round", key="Enter", kind="primary")
        self.trouble = Note(Tone.CHECK, "")
        self.waiting = PlainLabel(t="muted", wrap=True)
        self.lines = PlainLabel(t="muted", wrap=True)
        self.foot = IconLine("info", "The fire list opens without a password.", t="muted")
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_WORD_AFTER_MS)
        self._slow.timeout.connect(self._say_wait)
        self._build()
        presenter.people_changed.connect(self._show_people)
        presenter.chosen_changed.connect(self._show_chosen)
        presenter.busy_changed.connect(self._show_busy)
        presenter.refused.connect(self._refuse)
        presenter.told.connect(self._tell)
        presenter.state_changed.connect(self._show_state)
        self.people.chosen.connect(presenter.choose)
        self.people.picked.connect(presenter.choose)
        self.people.picked.connect(self._to_password)
        self.password.entered.connect(self._try)
        self.sign_in.clicked.connect(self._try)
        self.fire_list.clicked.connect(self.fire_list_wanted)
        presenter.opened.connect(self._forget)
        presenter.repeat()

    def set_school(self, name: str) -> None:
        """Name the school, as far as it is known before the register is open."""
        self.school.setText(name)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Leave the line at the foot away where there is no room for it."""
        self.foot.setVisible(layout_class is not LayoutClass.COMPACT)

    def focus_first(self) -> None:
        """Give the names the keyboard."""
        self.people.setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the names."""
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "foot"):
            self._fit()

    def _build(self) -> None:
        top = frame("top")
        bar = QHBoxLayout(top)
        bar.setContentsMargins(16, 5, 12, 5)
        bar.addWidget(self.school, 1)
        bar.addWidget(self.fire_list)
        self._top = top
        self._cards = [self._names_card(), self._password_card()]
        both = QHBoxLayout()
        both.setSpacing(metrics.PAGE_MARGIN)
        both.addStretch(1)
        for card in self._cards:
            both.addWidget(card)
        both.addStretch(1)
        middle = QVBoxLayout()
        middle.setContentsMargins(metrics.PAGE_MARGIN, 12, metrics.PAGE_MARGIN, 12)
        middle.setSpacing(12)
        middle.addStretch(1)
        middle.addLayout(both, 20)
        middle.addWidget(self.foot, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addLayout(middle, 1)
        self.setTabOrder(self.password.edit, self.password.eye)
        self.setTabOrder(self.password.eye, self.sign_in)
        self.setTabOrder(self.sign_in, self.fire_list)
        self._fit()

    def _names_card(self) -> Card:
        card = Card(margin=20)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("Who is at the desk?", t="h1"))
        hint = PlainLabel("Arrow keys", t="cap", elide=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(hint, 1)
        card.body.addLayout(head)
        card.body.addWidget(scrolled(self.people), 1)
        return card

    def _password_card(self) -> Card:
        card = Card(margin=20)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Mark("lock", size=24))
        head.addWidget(self.title, 1)
        card.body.addLayout(head)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 0, 4, 0)
        column.setSpacing(metrics.FIELD_GAP)
        for widget in (self.question, self.password, self.trouble, self.sign_in, self.waiting):
            column.addWidget(widget)
        column.addStretch(1)
        self._line = frame("line")
        column.addWidget(self._line)
        column.addWidget(self.lines)
        card.body.addWidget(scrolled(inside), 1)
        return card

    def _fit(self) -> None:
        look = theme.current()
        self._top.setFixedHeight(look.px(metrics.TOP_BAR_HEIGHT))
        for card in self._cards:
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            card.setMaximumSize(look.px(420), look.px(424))
            card.setMinimumWidth(look.px(320))

    @Slot(object)
    def _show_people(self, people: Sequence[Operator]) -> None:
        self.people.set_people(people)

    @Slot(object)
    def _show_chosen(self, operator: Operator | None) -> None:
        self.people.show_chosen(operator)
        self.password.clear()
        self.question.setText(f"{operator.name}, your password" if operator else "Choose your name first.")
        self.password.edit.setAccessibleName(self.question.text() if operator else "Password")
        for widget in (self.password, self.sign_in):
            widget.setVisible(operator is not None)

    @Slot(object)
    def _to_password(self, _operator: Operator) -> None:
        self.password.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _try(self) -> None:
        self._presenter.sign_in(self.password.text())

    @Slot()
    def _forget(self) -> None:
        """No password stays in a field behind the desk."""
        self.password.clear()

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        # Read only, not disabled: the keyboard stays where it is.
        self.password.edit.setReadOnly(busy)
        self.waiting.setText("")
        (self._slow.start if busy else self._slow.stop)()

    @Slot()
    def _say_wait(self) -> None:
        self.waiting.setText("Opening the register.")

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self.password.field.set_error(sentence)
        if sentence:
            announce(self, sentence, urgent=True)
            self.password.edit.selectAll()
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.trouble.show_note(Tone.CHECK, sentence)
        self.trouble.setVisible(bool(sentence))

    @Slot(str, str)
    def _show_state(self, title: str, lines: str) -> None:
        self.title.setText(title)
        self.sign_in.setText("Unlock" if title == "Locked" else "Sign in")
        self.lines.setText(lines)
        self.lines.setVisible(bool(lines))
        self._line.setVisible(bool(lines))
