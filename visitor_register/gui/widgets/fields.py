"""A field with its label, and the sentence under it that says what to write instead."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone


def line_edit(text: str = "", *, placeholder: str = "", longest: int = 200) -> QLineEdit:
    """A plain field for one line."""
    made = QLineEdit(text)
    made.setMaxLength(longest)
    made.setPlaceholderText(placeholder)
    return made


class Field(QWidget):
    """Label above a control, or beside it; the control gets its accessible name from the label."""

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        beside: bool = False,
        label_width: int = 104,
        parent: QWidget | None = None,
    ) -> None:
        self._label_width = label_width if beside else 0
        self.label: QLabel = PlainLabel(label, t="label", wrap=beside)
        super().__init__(parent)
        self.control = control
        self._error = QWidget()
        self._words = PlainLabel(t="cap", ink="text", wrap=True)
        below = QHBoxLayout(self._error)
        below.setContentsMargins(0, 2, 0, 0)
        below.setSpacing(6)
        below.addWidget(Mark(tone=Tone.NOT_KNOWN, size=16), 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._words, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if beside:
            row = QHBoxLayout(self)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            self.label.setFixedWidth(theme.current().px(label_width))
            row.addWidget(self.label)
            row.addLayout(column, 1)
        else:
            self.setLayout(column)
            column.addWidget(self.label)
            column.addSpacing(4)
        column.addWidget(control)
        column.addWidget(self._error)
        self._error.hide()
        control.setAccessibleName(label)
        self.setFocusProxy(control)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._label_width:
            self.label.setFixedWidth(theme.current().px(self._label_width))

    def set_label(self, label: str) -> None:
        """Ask for something else."""
        self.label.setText(label)
        self.control.setAccessibleName(label)

    def error(self) -> str:
        """What is wrong with it, or nothing."""
        return "" if self._error.isHidden() else self._words.text()

    def set_error(self, sentence: str) -> None:
        """Say what to write instead; the empty string takes it back."""
        theme.set_property(self.control, "invalid", bool(sentence))
        self.control.setAccessibleDescription(sentence)
        self._words.setText(sentence)
        self._error.setVisible(bool(sentence))
