"""The two test codes on the screen: Code 128 for laser scanners, a square one for those that read it."""

import numpy as np
import zxingcpp
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitor_register.gui import theme

_QUIET = 12


def draw(text: str, *, square: bool) -> QImage:
    """A code as a picture with one pixel for each module, black on white; lines are as high as needed later."""
    kind = zxingcpp.BarcodeFormat.QRCode if square else zxingcpp.BarcodeFormat.Code128
    made = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=1, add_quiet_zones=False)
    dots = np.ascontiguousarray(made)
    high, wide = dots.shape
    return QImage(dots.data, wide, high, wide, QImage.Format.Format_Grayscale8).copy()


class CodePicture(QWidget):
    """A code at whole pixels for each module, on white paper in both themes: scanners need that."""

    def __init__(self, text: str, name: str, *, square: bool) -> None:
        super().__init__()
        self._image, self._square = draw(text, square=square), square
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two pixels for a line, four for a square, and white around."""
        look = theme.current()
        each = look.px(4) if self._square else 2
        wide = self._image.width() * each + 2 * look.px(_QUIET) + (0 if self._square else 2 * look.px(_QUIET))
        high = self._image.height() * each if self._square else look.px(84)
        return QSize(wide, high + 2 * look.px(_QUIET))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it sharp."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        each = theme.current().px(4) if self._square else 2
        wide = self._image.width() * each
        quiet = theme.current().px(_QUIET)
        where = QRect((self.width() - wide) // 2, quiet, wide, self.height() - 2 * quiet)
        source = self._image if self._square else self._image.copy(0, 0, self._image.width(), 1)
        painter.drawImage(where, source)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
