"""Keys that press buttons."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton


def press_with(button: QAbstractButton, key: str) -> QShortcut:
    """Let a key press a button wherever the focus is in its window, as long as one can see it.

    A button's own shortcut waits a tenth of a second for an animation; somebody is standing at the desk.
    """
    shortcut = QShortcut(QKeySequence(key), button)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(button.click)
    return shortcut
