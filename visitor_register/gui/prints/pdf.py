"""Pages as a PDF file that is there as a whole or not at all, under a second name when the first is in use."""

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from visitor_register.gui.prints.sheet import A4, UNITS, Page, paint

TRIES = 5
PAUSE = 0.05


def page_layout(page: Page) -> QPageLayout:
    """The page's own size, A4 or a label's, without margins: the page brings them."""
    upright = page.size.height() >= page.size.width()
    way = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    short, long = sorted((page.size.width(), page.size.height()))
    if (short, long) == (A4.width(), A4.height()):
        return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF())
    millimetres = QSizeF(short * 25.4 / UNITS, long * 25.4 / UNITS)
    exact = QPageSize(millimetres, QPageSize.Unit.Millimeter, "label", QPageSize.SizeMatchPolicy.ExactMatch)
    return QPageLayout(exact, way, QMarginsF())


def as_pdf(pages: Sequence[Page], title: str) -> bytes:
    """Pages as the content of a PDF file. `title` is what a reader shows: no name belongs in it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS)
    writer.setTitle(title)
    writer.setPageLayout(page_layout(pages[0]))
    painter = QPainter(writer)
    try:
        for number, page in enumerate(pages):
            if number:
                writer.newPage()
            paint(painter, QRectF(0, 0, writer.width(), writer.height()), page)
    finally:
        # Qt aborts the program when a device goes before its painter has ended.
        painter.end()
    return bytes(buffer.data().data())


def save(
    path: Path,
    content: bytes,
    *,
    replace: Callable[[Path, Path], object] = os.replace,
    pause: Callable[[float], object] = time.sleep,
) -> Path:
    """Put a file in its place, or under the second name while a reader holds the first; says where it went.

    Windows refuses to replace a file that another program has open; virus scanners hold one for moments only.

    Raises:
        OSError: neither name can be written.
    """
    second = second_name(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # Readable by whoever may read the folder, as any other file in it.
        made.chmod(0o644)
        if _replaced(made, path, replace, pause):
            remove(second)
            return path
        replace(made, second)
        return second
    finally:
        made.unlink(missing_ok=True)


def second_name(path: Path) -> Path:
    """Where a file goes while another program holds its own name."""
    return path.with_name(f"{path.stem}-2{path.suffix}")


def remove(path: Path) -> bool:
    """Take a file away; False when another program holds it."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _replaced(
    made: Path, path: Path, replace: Callable[[Path, Path], object], pause: Callable[[float], object]
) -> bool:
    for number in range(TRIES):
        try:
            replace(made, path)
        except PermissionError:
            if number + 1 < TRIES:
                pause(PAUSE)
        else:
            return True
    return False
