"""The system's own dialogs for files. What is chosen there counts only while the desk is open.

The lock closes the program's own questions, but a dialog of the system stays where it is: whoever comes to a desk
that locked itself meanwhile could save what lies behind the lock.
"""

from PySide6.QtWidgets import QFileDialog, QWidget

DESK = "desk"
"""The property of the widget that holds everything the lock covers."""


def save_name(parent: QWidget, title: str, suggested: str, kinds: str) -> tuple[str, str]:
    """Where something is to be saved, and the kind that was chosen; ("", "") for nowhere."""
    chosen, kind = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
    return (chosen, kind) if chosen and is_open(parent) else ("", "")


def folder(parent: QWidget, title: str) -> str:
    """A folder to write to; empty for none."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return chosen if is_open(parent) else ""


def is_open(part: QWidget) -> bool:
    """Whether nothing covers the desk that this is a part of; where there is no desk yet, nothing does."""
    over: QWidget | None = part
    while over is not None:
        if over.property(DESK):
            return not over.isHidden()
        over = over.parentWidget()
    return True
