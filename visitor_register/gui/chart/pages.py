"""Pages of which one is shown: a hidden one never makes the window larger."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Pages(QStackedWidget):
    """A stack that asks for the room its current page needs."""

    def minimumSizeHint(self) -> QSize:
        """What the page needs that one sees."""
        shown = self.currentWidget()
        if shown is None:
            return super().minimumSizeHint()
        # As in any layout, a minimum that was said counts instead of one that was worked out.
        hint = shown.minimumSizeHint()
        return QSize(shown.minimumWidth() or hint.width(), shown.minimumHeight() or hint.height())

    def sizeHint(self) -> QSize:
        """What that page would like."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()
