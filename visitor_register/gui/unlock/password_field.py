"""A password with its label, hidden until somebody wants to see it."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton


class PasswordField(QWidget):
    """Label, field, and an eye that shows what was typed while it is open.

    Signals:
        entered: Return was pressed in it.
        shown_changed: The eye was opened or closed.
    """

    entered = Signal()
    shown_changed = Signal(bool)

    def __init__(self, label: str, *, eye: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = line_edit(longest=256)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(label, self.edit)
        self.eye = KeyButton(icon="eye", name="Show the password")
        if not eye:
            self.eye.hide()
        self._below = QVBoxLayout()
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(0)
        self._below.addWidget(self.eye)
        self._below.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addLayout(self._below)
        self.setFocusProxy(self.edit)
        self.eye.clicked.connect(self._toggle)
        self.edit.returnPressed.connect(self.entered)
        self._fit()

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed, and hide what comes."""
        # Not `clear`: what that takes out, Ctrl+Z brings back for whoever opens the eye next.
        self.edit.setText("")
        self.field.set_error("")
        self.show_password(False)

    @Slot(bool)
    def show_password(self, shown: bool) -> None:
        """Show what is typed, or hide it."""
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.set_icon("eye-off" if shown else "eye")
        self.eye.set_name("Hide the password" if shown else "Show the password")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    @Slot()
    def _toggle(self) -> None:
        shown = self.edit.echoMode() is QLineEdit.EchoMode.Password
        self.show_password(shown)
        self.shown_changed.emit(shown)

    def _fit(self) -> None:
        # The eye stands beside the field, not beside its label.
        self._below.setContentsMargins(0, self.field.label.sizeHint().height() + 4, 0, 0)
        self.eye.setFixedWidth(theme.current().px(48))
