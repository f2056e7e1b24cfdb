"""The chart as files for others: all of it as a PDF, what is drawn of it as a picture. Whole, or not at all."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from sqlalchemy.orm import Session

from visitor_register.errors import RegisterError
from visitor_register.gui.chart import drawing_paper, drawing_pdf
from visitor_register.gui.chart.drawing_state import Told
from visitor_register.gui.prints import pdf
from visitor_register.services import proof


def write_pdf(session: Session, told: Told, path: Path, at: datetime) -> str:
    """Write the whole chart, a page for each Head of Service; say what was written.

    Raises:
        RegisterError: it cannot be written there.
    """
    pages = drawing_paper.pages_of(told.tree, told.words)
    where = _save(path, drawing_pdf.as_pdf(pages, told.charts, proof.of_today(session, at=at)))
    return f"The chart was saved as {where.name}: {'1 page' if len(pages) == 1 else f'{len(pages):,} pages'}."


def write_picture(_session: Session, image: QImage, path: Path) -> str:
    """Write a picture; say what was written.

    Raises:
        RegisterError: it cannot be written there.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return f"What is drawn was saved as {_save(path, bytes(buffer.data().data())).name}."


def _save(path: Path, content: bytes) -> Path:
    try:
        return pdf.save(path, content)
    except OSError as error:
        raise RegisterError(
            "The chart could not be saved there. Close the file if it is open, or choose another folder."
        ) from error
