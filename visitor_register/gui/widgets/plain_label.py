"""The only label of the program: what it shows is text, whatever the text looks like."""

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from visitor_register.gui.theme import set_property


def plain_tip(text: str) -> str:
    """A text as a tool tip that Qt shows letter by letter, also when it looks like markup."""
    return f"<span>{html.escape(text)}</span>" if "<" in text else text


class PlainLabel(QLabel):
    """Plain text in a role of the design (`t`) and, where it differs, a colour token (`ink`).

    With `elide` the end gives way to three dots and the tool tip holds the whole; with `wrap` it takes more lines.
    """

    def __init__(
        self,
        text: str = "",
        *,
        t: str = "body",
        ink: str = "",
        elide: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setOpenExternalLinks(False)
        self.setWordWrap(wrap)
        self.setProperty("t", t)
        if ink:
            self.setProperty("ink", ink)
        self.setText(text)

    @property
    def elides(self) -> bool:
        """Whether the text may be shortened when there is no room."""
        return self._elide

    def set_role(self, t: str) -> None:
        """Show the text in another role."""
        set_property(self, "t", t)
        self.updateGeometry()

    def set_ink(self, token: str) -> None:
        """Show the text in the colour of a token; the empty string is the role's own."""
        set_property(self, "ink", token)

    def setText(self, text: str) -> None:
        """Show this text."""
        super().setText(text)
        self._tell_rest()

    def minimumSizeHint(self) -> QSize:
        """An eliding label may become narrow."""
        hint = super().minimumSizeHint()
        return (
            QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 4), hint.height()) if self._elide else hint
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tool tip when it is cut."""
        super().resizeEvent(event)
        self._tell_rest()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the type changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened where that is allowed."""
        if not self._elide or not self._is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, text)
        painter.end()

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def _tell_rest(self) -> None:
        if self._elide:
            self.setToolTip(plain_tip(self.text()) if self._is_cut() else "")
