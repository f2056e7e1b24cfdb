"""A choice among more than five: opens a list, and finds what one types."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy, QWidget


class Chooser(QComboBox):
    """Plain options with values behind them. Nothing is chosen until somebody chooses.

    With `editable` any text may be written and the options only help ("Here to see").

    Signals:
        chosen: The value that was chosen; for an editable one, the text when its editing is finished.
    """

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[str, Any]] = (),
        *,
        name: str = "",
        placeholder: str = "Choose",
        editable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPlaceholderText(placeholder)
        if editable:
            self._make_editable(placeholder)
        self.set_options(options)
        self.activated.connect(self._activated)

    def set_options(self, options: Sequence[tuple[str, Any]]) -> None:
        """Offer these words, each with the value it stands for. The choice is kept where it still exists."""
        before, typed = self.value(), self.currentText()
        self.blockSignals(True)
        self.clear()
        for words, value in options:
            self.addItem(words, value)
        self.setCurrentIndex(-1)
        self.blockSignals(False)
        if self.isEditable():
            self.setEditText(typed)
        else:
            self.set_value(before)

    def value(self) -> Any:
        """The value that is chosen, or None; for an editable one the text."""
        if self.isEditable():
            return self.currentText().strip()
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_value(self, value: Any) -> None:
        """Show this value, without a signal. None, or a value not offered, shows nothing chosen."""
        if self.isEditable():
            self.setEditText(str(value or ""))
            return
        found = [number for number in range(self.count()) if value is not None and self.itemData(number) == value]
        self.setCurrentIndex(found[0] if found else -1)

    def text_room(self) -> tuple[int, int]:
        """Width needed by what is shown, and width there is."""
        need = self.fontMetrics().horizontalAdvance(self.currentText())
        arrow = self.fontMetrics().height() * 2
        return need, self.width() - arrow

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel while scrolling a page must not change an answer."""
        event.ignore()

    def _make_editable(self, placeholder: str) -> None:
        self.setEditable(True)
        line, completer = self.lineEdit(), self.completer()
        if line is not None:
            line.setPlaceholderText(placeholder)
            line.setMaxLength(200)
            line.setAccessibleName(self.accessibleName())
            line.editingFinished.connect(self._typed)
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def setAccessibleName(self, name: str) -> None:
        """Name the field inside as well: that is what has the keyboard."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    @Slot(int)
    def _activated(self, _index: int) -> None:
        self.chosen.emit(self.value())

    @Slot()
    def _typed(self) -> None:
        self.chosen.emit(self.value())
