"""What a received message says: who, when and its text, as letters and nothing else."""

from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.contacts.mail_words import MailShown
from visitor_register.gui.widgets.plain_label import PlainLabel

_FACTS = 5


class MailText(QWidget):
    """Its lines of who and when, what a person should know of the file, and the text, which cannot be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = [(PlainLabel(t="label"), PlainLabel(elide=True)) for _ in range(_FACTS)]
        self.notes = PlainLabel(t="cap", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("What the message says")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for number, (label, value) in enumerate(self.facts):
            grid.addWidget(label, number, 0)
            grid.addWidget(value, number, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.FIELD_GAP)
        column.addLayout(grid)
        column.addWidget(self.notes)
        column.addWidget(self.text, 1)
        self.setFocusProxy(self.text)

    def show_mail(self, said: MailShown) -> None:
        """Show another one."""
        for (label, value), fact in zip(self.facts, said.facts, strict=True):
            label.setText(fact[0])
            value.setText(fact[1])
        self.notes.setText(said.notes)
        self.notes.setVisible(bool(said.notes))
        self.text.setPlainText(said.text)

    def clear(self) -> None:
        """Nothing of a message stays in the window."""
        for label in (self.notes, *(value for _, value in self.facts)):
            label.setText("")
        self.text.clear()
