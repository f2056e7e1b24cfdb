"""Passes as files to e-mail ahead: a PDF as large as the pass, or a picture for a telephone. Names name nobody."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import count
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter

from visitor_register.gui.prints import pdf
from visitor_register.gui.prints.pass_label import TITLE, LabelSize, PassText, label
from visitor_register.gui.prints.sheet import UNITS, Page, paint

_DOTS_PER_METRE = round(UNITS / 0.0254)


class FileKind(StrEnum):
    """What a pass may be saved as: the end of the file's name."""

    PDF = "pdf"
    PICTURE = "png"


def save_passes(folder: Path, kind: FileKind, passes: Sequence[tuple[date, PassText]]) -> list[Path]:
    """Save passes, each with its day, into a folder, in the size of the common label; says where they are.

    A number tells them apart; a file that is there already is never written over.

    Raises:
        OSError: the folder takes no files, or the disk is full.
    """
    saved = []
    for day, text in passes:
        page = label(text, LabelSize.ROLL_62)
        content = pdf.as_pdf([page], TITLE) if kind is FileKind.PDF else as_picture(page)
        saved.append(pdf.save(_free_name(folder, day, kind), content))
    return saved


def as_picture(page: Page) -> bytes:
    """A page as the content of a PNG file, 300 dots to the inch, black on white."""
    image = QImage(round(page.size.width()), round(page.size.height()), QImage.Format.Format_Grayscale8)
    image.setDotsPerMeterX(_DOTS_PER_METRE)
    image.setDotsPerMeterY(_DOTS_PER_METRE)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        paint(painter, QRectF(image.rect()), page)
    finally:
        painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def _free_name(folder: Path, day: date, kind: FileKind) -> Path:
    return next(
        path
        for number in count(1)
        if not (path := folder / f"visitor-pass-{day.isoformat()}-{number}.{kind.value}").exists()
    )
