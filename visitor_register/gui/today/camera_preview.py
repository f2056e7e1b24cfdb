"""The picture of the camera, painted whole and in the middle."""

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint


class Preview(QWidget):
    """What the camera sees, or that it is off."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Picture of the camera")

    @property
    def is_showing(self) -> bool:
        """Whether there is a picture."""
        return self._image is not None

    @Slot(QImage)
    def show_image(self, image: QImage | None) -> None:
        """Show the newest picture; None is the camera switched off."""
        self._image = image
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Large enough to hold a badge into it."""
        look = theme.current()
        return QSize(look.px(208), look.px(117))

    def sizeHint(self) -> QSize:
        """As wide as cameras are."""
        look = theme.current()
        return QSize(look.px(480), look.px(270))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, whole and in the middle."""
        painter, look = QPainter(self), theme.current()
        paint.box(painter, self.rect(), look.px(6), fill="sunken")
        if self._image is None:
            side = look.px(48)
            middle = self.rect().center()
            icons.draw(painter, QRect(middle.x() - side // 2, middle.y() - side // 2, side, side), "camera", "muted")
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            where = QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, 0, 0)
            where.setSize(size)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(where, self._image)
        painter.end()
