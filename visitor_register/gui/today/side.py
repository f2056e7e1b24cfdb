"""The place beside the work of Today for panels that are folded away until wanted."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from visitor_register.gui import metrics
from visitor_register.gui.widgets.stack import Stack


class Side(Stack):
    """Shows one panel (camera, last scans, expected today, the DSL's list), or none.

    Signals:
        folded: Whether it was folded away (True) or out; the work has more or less room now.
    """

    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(metrics.PANEL_WIDTH)
        self.setMaximumWidth(metrics.PANEL_WIDTH)
        self.hide()

    def toggle(self, panel: QWidget) -> None:
        """Fold a panel out, or away again."""
        shown = not self.isHidden() and self.currentWidget() is panel
        self.setVisible(not shown)
        self.folded.emit(shown)
        if not shown:
            self.setCurrentWidget(panel)
            panel.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def fold(self) -> None:
        """Fold away whatever is shown."""
        self.hide()
        self.folded.emit(True)
