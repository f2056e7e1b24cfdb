"""The few questions and messages that stand in a window of their own. Their words are always plain text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.key_button import KeyButton, Kind


def message_box(parent: QWidget | None, title: str, words: str, *, details: str = "") -> QMessageBox:
    """An empty box with its words; add answers with `add_answer`, then `open()` or `exec()`."""
    box = QMessageBox(parent)
    if parent is None:
        theme.current().dress(box)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    box.setWindowTitle(title)
    box.setText(words)
    # The informative text has no format of its own and would guess; so both stand in one.
    if details:
        box.setText(f"{words}\n\n{details}")
    return box


def add_answer(
    box: QMessageBox, words: str, *, role: QMessageBox.ButtonRole, kind: Kind = "secondary", key: str = ""
) -> KeyButton:
    """Add one answer to a box."""
    button = KeyButton(words, key=key, kind=kind, parent=box)
    box.addButton(button, role)
    if role is QMessageBox.ButtonRole.RejectRole:
        box.setEscapeButton(button)
    return button


def tell(parent: QWidget | None, title: str, words: str) -> QMessageBox:
    """Show a message that waits for nobody; it removes itself when closed."""
    box = message_box(parent, title, words)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    button = add_answer(box, "Close", role=QMessageBox.ButtonRole.RejectRole, key="Esc")
    box.setDefaultButton(button)
    box.open()
    return box


def ask(parent: QWidget | None, title: str, words: str, *, yes: str, no: str, kind: Kind = "primary") -> bool:
    """Ask, and wait for the answer. Never while somebody scans: use the notice bar there."""
    box = message_box(parent, title, words)
    wanted = add_answer(box, yes, role=QMessageBox.ButtonRole.AcceptRole, kind=kind)
    box.setDefaultButton(add_answer(box, no, role=QMessageBox.ButtonRole.RejectRole, key="Esc"))
    box.exec()
    answer = box.clickedButton() is wanted
    box.deleteLater()
    return answer
