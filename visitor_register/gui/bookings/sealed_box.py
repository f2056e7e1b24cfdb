"""The part of the booking form that is for the DSL: purpose, exceptional reason, child reference."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from visitor_register.domain.invitations import own_words, with_invitation
from visitor_register.domain.purposes import DEFAULT_EXCEPTIONAL_CIRCUMSTANCES, DEFAULT_PURPOSES, Sensitivity
from visitor_register.gui.bookings.content import Secrets
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.plain_label import PlainLabel

_SAY_WHAT = frozenset(
    [one.code for one in DEFAULT_PURPOSES if one.say_what]
    + [one.code for one in DEFAULT_EXCEPTIONAL_CIRCUMSTANCES if one.say_what]
)
_NONE = ("Not said", "")
_SENSITIVITY = {
    Sensitivity.HIGH: "High sensitivity",
    Sensitivity.MEDIUM: "Medium sensitivity",
    Sensitivity.LOW: "Low sensitivity",
}


def _grouped() -> list[tuple[str, str | None]]:
    """Purposes under their headings; a heading has no value."""
    offered: list[tuple[str, str | None]] = [_NONE]
    heading = None
    for purpose in DEFAULT_PURPOSES:
        if purpose.group is not heading:
            heading = purpose.group
            offered.append((heading.value.upper(), None))
        offered.append((purpose.name, purpose.code))
    return offered


class SealedBox(QFrame):
    """Three answers that only the DSL and the head may read, a line for "say what", and what an invitation said.

    Signals:
        changed: Something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self.caption = IconLine("lock", "", t="cap", size=16, wrap=True)
        self._reasons = Chooser([_NONE, *((one.name, one.code) for one in DEFAULT_EXCEPTIONAL_CIRCUMSTANCES)])
        self._purposes = Chooser(_grouped())
        self._close_headings()
        self.child: QLineEdit = line_edit(longest=40)
        self.say: QLineEdit = line_edit()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(140)
        self.reason = Field("Reason for short notice", self._reasons)
        self.purpose = Field("Purpose", self._purposes)
        self.sensitivity = PlainLabel(t="cap")
        self.child_reference = Field("Child reference", self.child)
        self.say_what = Field("Say what, in a few words", self.say)
        self.invitation = Field("From the invitation", self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        for part in (self.caption, self.reason, self.purpose, self.sensitivity, self.say_what, self.child_reference):
            column.addWidget(part)
        column.addWidget(self.invitation)
        for chooser in (self._reasons, self._purposes):
            chooser.chosen.connect(self._chosen)
        for line in (self.child, self.say):
            line.textChanged.connect(self._typed)
        self.show_short(short=False)

    def secrets(self) -> Secrets:
        """What stands there."""
        detail = with_invitation(self.say.text(), self.text.toPlainText())
        return Secrets(self._purposes.value() or "", self._reasons.value() or "", self.child.text(), detail)

    def show_secrets(self, secrets: Secrets, caption: str) -> None:
        """Fill it in; no signal."""
        self.blockSignals(True)
        self.caption.set_text(caption)
        self._purposes.set_value(secrets.purpose or None)
        self._reasons.set_value(secrets.exceptional or None)
        self.child.setText(secrets.child_reference)
        own, text = own_words(secrets.detail)
        self.say.setText(own)
        self.text.setPlainText(text)
        self.invitation.setVisible(bool(text))
        self.blockSignals(False)
        self._fold()

    def show_short(self, *, short: bool) -> None:
        """Ask for a reason only where the notice is short, or one was given."""
        self._short = short
        self._fold()

    def _fold(self) -> None:
        said = self.secrets()
        self.reason.setVisible(self._short or bool(said.exceptional))
        chosen = next((one.sensitivity for one in DEFAULT_PURPOSES if one.code == said.purpose), None)
        self.sensitivity.setText(_SENSITIVITY[chosen] if chosen else "")
        self.sensitivity.setVisible(chosen is not None)
        self.say_what.setVisible(bool(_SAY_WHAT & {said.purpose, said.exceptional} or self.say.text()))

    def _close_headings(self) -> None:
        model = self._purposes.model()
        for number in range(self._purposes.count()):
            if self._purposes.option_value(number) is None and isinstance(model, QStandardItemModel):
                model.item(number).setFlags(Qt.ItemFlag.NoItemFlags)

    @Slot(object)
    def _chosen(self, _value: object) -> None:
        self._fold()
        self.changed.emit()

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self.changed.emit()
