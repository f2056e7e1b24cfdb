"""A choice among more than five: opens a list, and finds what one types."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QStylePainter,
    QWidget,
)

from visitor_register.gui import theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.rows import Index


class _OptionDelegate(QStyledItemDelegate):
    """Options one can hit with a mouse: never lower than a target should be."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The natural size, but not lower than 36."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), theme.current().px(36)))


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
        # Not as item data: Qt gives a word of an enumeration back as a plain string.
        self._values: list[Any] = []
        self.setAccessibleName(name)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPlaceholderText(placeholder)
        self.view().setItemDelegate(_OptionDelegate(self))
        if editable:
            self._make_editable(placeholder)
        self.set_options(options)
        self.activated.connect(self._activated)

    def set_options(self, options: Sequence[tuple[str, Any]]) -> None:
        """Offer these words, each with the value it stands for. The choice is kept where it still exists."""
        before, typed = self.value(), self.currentText()
        self.blockSignals(True)
        self.clear()
        self._values = [value for _, value in options]
        self.addItems([words for words, _ in options])
        self.setCurrentIndex(-1)
        self.blockSignals(False)
        if self.isEditable():
            self.setEditText(typed)
        else:
            self.set_value(before)

    def add_option(self, words: str, value: Any) -> None:
        """Offer one more, at the end."""
        self._values.append(value)
        self.addItem(words)

    def option_value(self, number: int) -> Any:
        """The value behind one of the options, counted from 0."""
        return self._values[number]

    def value(self) -> Any:
        """The value that is chosen, or None; for an editable one the text."""
        if self.isEditable():
            return self.currentText().strip()
        return self._values[self.currentIndex()] if 0 <= self.currentIndex() < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Show this value, without a signal. None, or a value not offered, shows nothing chosen."""
        if self.isEditable():
            self.setEditText(str(value or ""))
            return
        self.setCurrentIndex(self._values.index(value) if value is not None and value in self._values else -1)

    def text_room(self) -> tuple[int, int]:
        """Width needed by what is shown, and width there is."""
        need = self.fontMetrics().horizontalAdvance(self.currentText())
        arrow = self.fontMetrics().height() * 2
        return need, self.width() - arrow

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shorten what does not fit, where Qt would cut through a letter."""
        if self.isEditable():
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        chosen = self.currentIndex() >= 0
        ink = theme.current().color("text" if chosen and self.isEnabled() else "muted")
        paint.text(painter, room, self.currentText() if chosen else self.placeholderText(), self.font(), ink)
        painter.end()

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
            popup = completer.popup()
            if popup is not None:
                popup.setItemDelegate(_OptionDelegate(self))
                # Qt gives it no parent, so it is a window of its own.
                theme.current().dress(popup)
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
