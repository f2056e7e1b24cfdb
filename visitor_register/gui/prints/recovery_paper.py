"""The recovery code on paper or in a file: its words, and the two ways to keep it."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from visitor_register.errors import RegisterError
from visitor_register.gui import fonts
from visitor_register.gui.widgets import file_dialogs


def words(school: str, code: str) -> str:
    """What stands on the paper."""
    return (
        f"Visitor Register - recovery code\n{school}\n\n{code}\n\n"
        "This code opens the register when no password does. Whoever has it can read everything in the register.\n"
        "Keep it in the school safe, not beside the PC and not on it.\n"
    )


def save(path: Path, text: str, *, register: Path) -> None:
    """Write the paper to a file.

    Raises:
        RegisterError: it would lie beside what it opens, or it cannot be written there.
    """
    if path.absolute().is_relative_to(register.absolute()):
        raise RegisterError("Not in the register's own folder: whoever takes the folder would have the key to it.")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RegisterError("The file could not be written there. Choose another place, or print the code.") from error


class Paper(Protocol):
    """Asks where to, as the system does it; tests answer themselves."""

    def ask_file(self, parent: QWidget) -> Path | None:
        """The file somebody named, or None."""
        ...

    def print_text(self, parent: QWidget, text: str) -> bool:
        """Print a page; whether it was sent to a printer."""
        ...


class SystemPaper:
    """The system's own dialogs."""

    def ask_file(self, parent: QWidget) -> Path | None:
        """Ask for a file to save to."""
        name, _ = file_dialogs.save_name(parent, "Save the recovery code", "recovery-code.txt", "Text (*.txt)")
        return Path(name) if name else None

    def print_text(self, parent: QWidget, text: str) -> bool:
        """Ask for a printer and print one page."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageMargins(QMarginsF(25, 25, 25, 25), QPageLayout.Unit.Millimeter)
        dialog = QPrintDialog(printer, parent)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted and file_dialogs.is_open(parent)
        dialog.deleteLater()
        if agreed:
            paint(printer, text)
        return agreed


def paint(printer: QPrinter, text: str) -> None:
    """Draw the paper, black on white and large enough to be typed back from."""
    painter = QPainter(printer)
    font = fonts.font("body")
    font.setPointSize(16)
    painter.setFont(font)
    area = QRectF(painter.viewport())
    painter.drawText(area, int(Qt.TextFlag.TextWordWrap), text)
    painter.end()
