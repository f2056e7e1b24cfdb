"""Files dropped on a screen."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets files be dropped on a screen.

    Signals:
        dropped: Their paths, as a list.
    """

    dropped = Signal(object)

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        screen.setAcceptDrops(True)
        screen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files may be dropped, nothing else."""
        if isinstance(event, QDragEnterEvent | QDropEvent):
            paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
            if paths:
                event.acceptProposedAction()
            if paths and event.type() == QEvent.Type.Drop:
                self.dropped.emit(paths)
            return bool(paths)
        return super().eventFilter(watched, event)
