"""The page of the recovery code: one card, two steps, and the way back to signing in."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.domain.people import Operator
from visitor_register.gui import metrics, theme
from visitor_register.gui.unlock.first_start_pages import Page
from visitor_register.gui.unlock.password_field import PasswordField
from visitor_register.gui.unlock.person_rows import ROLE_WORDS
from visitor_register.gui.unlock.recover_presenter import RecoverPresenter
from visitor_register.gui.unlock.scrolled import scrolled
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_SOMEBODY_ELSE = ""


class CodeStep(Page):
    """The code, from the paper in the safe."""

    def __init__(self) -> None:
        super().__init__(
            "Open the register with the recovery code",
            "It stands on the paper in the school safe. Use it when no DSL and no head knows their password; "
            "they give everybody else a new one.",
            "Check the code",
        )
        self.edit = line_edit(longest=80)
        self.fields["code"] = Field("Recovery code", self.edit)
        self.column.addWidget(self.fields["code"])
        self.column.addWidget(
            PlainLabel("Spaces and small letters do not matter. There is no I, L, O, Q or U in it.", t="cap", wrap=True)
        )
        self.column.addStretch(1)
        self.edit.returnPressed.connect(self.entered)


class WhoStep(Page):
    """Who is there, and the password they want from now on."""

    def __init__(self) -> None:
        super().__init__(
            "The code is right",
            "Say who you are, and set a new password. That the recovery code was used is written down.",
            "Open the register",
        )
        self.who = Chooser([])
        self.name = line_edit(longest=80)
        self.password = PasswordField("New password, at least 8 characters")
        self.again = PasswordField("The same password again", eye=False)
        self.fields["who"] = Field("You are", self.who)
        self.fields["name"] = Field("Your name", self.name)
        self.fields["password"] = self.password.field
        self.fields["again"] = self.again.field
        names = QHBoxLayout()
        names.setSpacing(metrics.FIELD_GAP)
        for name in ("who", "name"):
            names.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(names)
        self.column.addWidget(self.password)
        self.column.addWidget(self.again)
        self.column.addWidget(PlainLabel("Three plain words make a good password.", t="cap"))
        self.column.addStretch(1)
        self.who.currentIndexChanged.connect(self._chosen)
        self.name.returnPressed.connect(self.entered)
        for field in (self.password, self.again):
            field.entered.connect(self.entered)
        self.password.shown_changed.connect(self.again.show_password)
        self.setTabOrder(self.password.edit, self.again.edit)
        self.setTabOrder(self.again.edit, self.password.eye)

    def offer(self, leads: Sequence[Operator]) -> None:
        """Who may say that it is them; or somebody new, as DSL."""
        choices: list[tuple[str, object]] = [(f"{one.name}, {ROLE_WORDS[one.role]}", one.id) for one in leads]
        self.who.set_options([*choices, ("Somebody else, added as DSL", _SOMEBODY_ELSE)])
        self.who.setCurrentIndex(0)
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        self.fields["name"].setVisible(self.who.value() == _SOMEBODY_ELSE)


class RecoverView(QFrame):
    """For the start of the program only: a running program asks somebody who can sign in.

    Signals:
        left: Back to signing in; nothing of the code is kept.
    """

    left = Signal()

    def __init__(self, presenter: RecoverPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._presenter = presenter
        self.code, self.who = CodeStep(), WhoStep()
        self.pages: tuple[Page, ...] = (self.code, self.who)
        self.title = PlainLabel(t="h1", wrap=True)
        self.sentence = PlainLabel(t="muted", wrap=True)
        self.trouble = Note(Tone.CHECK, "")
        self.back = KeyButton("Back to signing in", icon="chevron-left")
        self.busy = PlainLabel(t="muted", elide=True)
        self.next = KeyButton("Check the code", key="Enter", kind="primary")
        self._stack = QStackedWidget()
        self._build()
        self._tell("")
        self._show(self.code)
        for page in self.pages:
            page.entered.connect(self._go_on)
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(self._leave)
        presenter.asked_who.connect(self._ask_who)
        presenter.refused.connect(self._refuse)
        presenter.told.connect(self._tell)
        presenter.busy_changed.connect(self._show_busy)
        presenter.opened.connect(self.forget)

    @Slot()
    def forget(self) -> None:
        """Nothing of code or password stays in a field."""
        for edit in (self.code.edit, self.who.name):
            edit.setText("")
        for field in (self.who.password, self.who.again):
            field.clear()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the first field."""
        self.code.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_card"):
            self._fit()

    def _build(self) -> None:
        self._card = Card(margin=24)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(metrics.CARD_GAP)
        column.addWidget(self.sentence)
        column.addWidget(self.trouble)
        for page in self.pages:
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setSpacing(metrics.FIELD_GAP)
        foot.addWidget(self.back)
        foot.addWidget(self.busy, 1)
        foot.addWidget(self.next)
        self._card.body.addWidget(self.title)
        self._card.body.addWidget(scrolled(inside), 1)
        self._card.body.addLayout(foot)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 100)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addStretch()
        outer.addLayout(middle, 1)
        outer.addStretch()
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self._card.setMaximumSize(look.px(680), look.px(520))

    def _show(self, page: Page) -> None:
        for other in self.pages:
            # Only the page in use counts for the height; a long one scrolls.
            used = QSizePolicy.Policy.Preferred if other is page else QSizePolicy.Policy.Ignored
            other.setSizePolicy(QSizePolicy.Policy.Preferred, used)
        self._stack.setCurrentWidget(page)
        self.title.setText(page.title)
        self.sentence.setText(page.sentence)
        self.next.setText(page.next_words)
        page.first().setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, page.title)

    @Slot(object)
    def _ask_who(self, leads: Sequence[Operator]) -> None:
        self.code.edit.setText("")
        self.who.offer(leads)
        self._show(self.who)

    @Slot()
    def _go_on(self) -> None:
        if self._stack.currentWidget() is self.code:
            self._presenter.try_code(self.code.edit.text())
            return
        who = self.who
        chosen = who.who.value() or None
        self._presenter.finish(chosen, who.name.text(), who.password.text(), who.again.text())

    @Slot()
    def _leave(self) -> None:
        self.forget()
        self._presenter.forget()
        self.left.emit()

    @Slot(str, str)
    def _refuse(self, name: str, sentence: str) -> None:
        fields = {key: field for page in self.pages for key, field in page.fields.items()}
        if not name:
            for field in fields.values():
                field.set_error("")
            return
        first = not any(field.error() for field in fields.values())
        fields[name].set_error(sentence)
        if first:
            fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, sentence, urgent=True)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.trouble.show_note(Tone.CHECK, sentence)
        self.trouble.setVisible(bool(sentence))

    @Slot(bool, str)
    def _show_busy(self, busy: bool, word: str) -> None:
        self.busy.setText(word)
        self.back.setDisabled(busy)
