"""The field one types a name into: large on Today, small in a toolbar."""

from typing import Literal

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import plain_tip


class SearchField(QLineEdit):
    """A line to type into with an icon at its left. Signals are those of QLineEdit."""

    def __init__(
        self,
        placeholder: str,
        *,
        name: str = "",
        short: str = "",
        kind: Literal["scan", "search"] = "scan",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._words, self._short = kind, placeholder, short or placeholder
        self._hint = placeholder
        self.setProperty("kind", kind)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setMaxLength(200)
        self._mark = Mark(
            "scan-barcode" if kind == "scan" else "search", size=24 if kind == "scan" else 20, ink="muted"
        )
        self._mark.setParent(self)

    def set_low(self, low: bool) -> None:
        """Fit into the top bar, with the short words."""
        if self._kind == "scan":
            theme.set_property(self, "kind", "scanbar" if low else "scan")
            self._hint = self._short if low else self._words
            self.setPlaceholderText(self._hint)
            self._place()

    def set_ready(self, ready: bool, words: str = "") -> None:
        """Be the scanner lamp as well: where a scan would not arrive, its words take the place of the hint."""
        self._mark.show_icon("scan-barcode", "known_band" if ready else "muted")
        self.setPlaceholderText(self._hint if ready or not words else words)
        self.setToolTip(plain_tip(words))

    def set_plain(self) -> None:
        """Be no lamp any more."""
        self._mark.show_icon("scan-barcode", "muted")
        self.setPlaceholderText(self._hint)
        self.setToolTip("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the icon in its place."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def _place(self) -> None:
        left = theme.current().px(13 if self._kind == "scan" else 10)
        self._mark.move(left, (self.height() - self._mark.height()) // 2)
