"""The message that asks a council for a newer chart, and our own list to go with it. Nothing is sent from here."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.services.chart_ask import AskText

ChooseList = Callable[[QWidget, str], Path | None]
_BOOK, _LIST = "Excel list (*.xlsx)", "Text list (*.csv)"


def ask_list(parent: QWidget, suggested: str) -> Path | None:
    """Ask where the list is to be saved; its ending says as what."""
    chosen, kind = file_dialogs.save_name(parent, "Save the list", f"{suggested}.xlsx", f"{_BOOK};;{_LIST}")
    if not chosen:
        return None
    path = Path(chosen)
    ending = ".csv" if kind == _LIST else ".xlsx"
    return path if path.suffix.lower() in (".xlsx", ".csv") else path.with_name(path.name + ending)


class AskCard(QWidget):
    """A message to open in the mail program, or to copy into it piece by piece. `open` belongs into the panel's foot.

    Signals:
        attach_wanted: Whether our own list goes with it.
        save_wanted: Where our own list shall be saved.
        open_wanted: The message as it stands, for the mail program.
    """

    attach_wanted = Signal(bool)
    save_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(self, choose: ChooseList = ask_list, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose, self._name = choose, ""
        self.to, self.subject, self.text = line_edit(), line_edit(), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(200)
        self.from_whom = PlainLabel(t="cap", wrap=True)
        self.open = KeyButton("Open in the mail program", icon="mail")
        self.attach = KeyButton("Our list goes with it", kind="chip", icon="file-text")
        self.save = KeyButton("Save our list to attach", icon="download")
        self.buttons = {name: KeyButton(f"Copy {name}", icon="list-checks") for name in ("To", "Subject", "Text")}
        self.copied = PlainLabel(t="cap", wrap=True)
        self._lay_out()
        for button in self.buttons.values():
            button.clicked.connect(self._copy)
        self.open.clicked.connect(self._open)
        self.attach.toggled.connect(self.attach_wanted)
        self.save.clicked.connect(self._save)

    def show_ask(self, said: AskText, *, may_attach: bool, name: str) -> None:
        """Show this message; it may be changed before it is copied. `name` is proposed for our own list."""
        self._name = name
        self.to.setText(said.to)
        self.subject.setText(said.subject)
        self.text.setPlainText(said.text)
        self.from_whom.setText(f"The last chart came from: {said.sender}" if said.sender else "")
        self.from_whom.setVisible(bool(said.sender) and said.sender != said.to)
        self.attach.setVisible(may_attach)
        self.save.setVisible(may_attach and self.attach.isChecked())
        self.copied.setText("Nothing is sent from here. A file has to be attached in the mail program.")

    def begin(self) -> None:
        """A new message goes without a list until somebody says so."""
        self.attach.blockSignals(True)
        self.attach.setChecked(False)
        self.attach.blockSignals(False)

    def said(self) -> AskText:
        """The message as it stands."""
        return AskText(self.to.text(), self.subject.text(), self.text.toPlainText())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for button in (self.attach, self.save):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for name, control in (("To", self.to), ("Subject", self.subject), ("Text", self.text)):
            column.addWidget(Field(name, control), 1 if name == "Text" else 0)
            if name == "To":
                column.addWidget(self.from_whom)
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, button in self.buttons.items():
            button.setText(name)
            button.set_name(f"Copy {name}")
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(PlainLabel("Copy", t="label"))
        column.addLayout(row)
        column.addWidget(self.copied)

    @Slot()
    def _copy(self) -> None:
        name = next(name for name, button in self.buttons.items() if button is self.sender())
        said = {"To": self.to.text(), "Subject": self.subject.text(), "Text": self.text.toPlainText()}[name]
        QGuiApplication.clipboard().setText(said)
        self.copied.setText(f"{name} is copied. Nothing is sent from here.")

    @Slot()
    def _open(self) -> None:
        self.open_wanted.emit(self.said())

    @Slot()
    def _save(self) -> None:
        path = self._choose(self, self._name)
        if path is not None:
            self.save_wanted.emit(path)
