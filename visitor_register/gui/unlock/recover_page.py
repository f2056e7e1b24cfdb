"""The page of the recovery code: one card, two steps, and the way back to signing in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitor_register.domain.people import Operator
from visitor_register.gui import metrics
from visitor_register.gui.unlock.password_field import PasswordField
from visitor_register.gui.unlock.person_rows import ROLE_WORDS
from visitor_register.gui.unlock.recover_presenter import RecoverPresenter
from visitor_register.gui.unlock.steps import Page, StepsView
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.plain_label import PlainLabel

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


class RecoverView(StepsView):
    """For the start of the program only: a running program asks somebody who can sign in.

    Signals:
        left: Back to signing in; nothing of the code is kept.
    """

    left = Signal()

    def __init__(self, presenter: RecoverPresenter, parent: QWidget | None = None) -> None:
        self.code, self.who = CodeStep(), WhoStep()
        super().__init__((self.code, self.who), back="Back to signing in", high=520, parent=parent)
        self._presenter = presenter
        self.show_page(self.code)
        for page in self.pages:
            page.entered.connect(self._go_on)
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(self._leave)
        presenter.asked_who.connect(self._ask_who)
        presenter.refused.connect(self.refuse)
        presenter.told.connect(self.tell)
        presenter.busy_changed.connect(self.show_busy)
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

    @Slot(object)
    def _ask_who(self, leads: Sequence[Operator]) -> None:
        self.code.edit.setText("")
        self.who.offer(leads)
        self.show_page(self.who)

    @Slot()
    def _go_on(self) -> None:
        if self.page is self.code:
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
