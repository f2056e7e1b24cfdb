"""The button of every screen: icon, words in one or two lines, and the key that does the same."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.tone import Tone

Kind = Literal["primary", "primarybig", "secondary", "danger", "ghost", "ghoststrong", "chip", "quietbig"]


@dataclass(frozen=True, slots=True)
class _Look:
    """Tokens of one kind of button, at rest and under the pointer."""

    fill: str | None
    hover: str
    line: str | None
    ink: str
    key_line: str
    key_ink: str
    key_fill: str | None = None
    font: str = "button"
    height: int = 40
    radius: int = 6
    margin: int = 12


_BIG: dict[str, Any] = {"font": "buttonbig", "height": 64, "radius": 8, "margin": 20}
_SOLID = _Look("accent", "accent_hover", None, "on_accent", "on_accent", "on_accent")
_OUTLINE = _Look("raised", "hover", "control", "accent", "control", "muted", "raised")
_GHOST = replace(_OUTLINE, fill=None, line=None, ink="text", font="ghost")
_LOOKS: dict[str, _Look] = {
    "primary": _SOLID,
    "primarybig": replace(_SOLID, **_BIG),
    "secondary": _OUTLINE,
    "quietbig": replace(_OUTLINE, **_BIG),
    "danger": _Look("raised", "danger_soft", "danger", "danger", "danger", "danger"),
    "ghost": _GHOST,
    "ghoststrong": replace(_GHOST, font="button"),
    "chip": replace(_GHOST, fill="raised", line="control", height=32, radius=16),
}


class KeyButton(QPushButton):
    """A button that paints itself. `key` is shown, and works as a shortcut when `shortcut` is set.

    Signals:
        ring_changed: Whether the focus ring belongs around it may have changed.
    """

    ring_changed = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        key: str = "",
        kind: Kind = "secondary",
        tone: Tone | None = None,
        shortcut: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._icon, self._key, self._kind, self._tone = text, icon, key, kind, tone
        self._name, self._icon_ink, self._ink, self._second = name, "", "", ""
        self._low, self._by_keyboard = False, False
        self.ring_token = "focus"  # noqa: S105 - a colour
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCheckable(kind == "chip")
        if shortcut and key:
            press_with(self, key)
        self._tell_name()

    def text(self) -> str:
        """The words on the button; a line break parts two lines."""
        return self._text

    def setText(self, text: str) -> None:
        """Say something else. Qt's own text stays empty: it would read `&` as a shortcut."""
        self._text = text
        self._changed()

    def set_icon(self, name: str, ink: str = "") -> None:
        """Show another icon; `ink` is a token when it differs from the words."""
        self._icon, self._icon_ink = name, ink
        self._changed()

    def set_ink(self, ink: str) -> None:
        """Write in another token than its kind does, on a tinted ground."""
        self._ink = ink
        self.update()

    def set_tone(self, tone: Tone | None) -> None:
        """Show the shape of a tone in place of the icon; None is the icon again."""
        self._tone = tone
        self._changed()

    def set_name(self, name: str) -> None:
        """Name it for a screen reader, where the words are not shown."""
        self._name = name
        self._tell_name()

    def set_second(self, second: str) -> None:
        """Write a small second line under the words."""
        self._second = second
        self._changed()

    def set_key(self, key: str) -> None:
        """Show another key hint; it is a hint only."""
        self._key = key
        self._changed()

    def key(self) -> str:
        """The key hint."""
        return self._key

    def set_kind(self, kind: Kind) -> None:
        """Look like another kind of button."""
        self._kind = kind
        self._changed()

    def kind(self) -> str:
        """The kind of button."""
        return self._kind

    def set_low(self, low: bool) -> None:
        """Give a big button the lower height of the compact layout."""
        self._low = low
        self._changed()

    def wants_ring(self) -> bool:
        """Whether the ring shows: not after a mouse click, until a key is pressed."""
        return self.hasFocus() and self._by_keyboard

    def radius(self) -> int:
        """The corner radius in pixels, for the ring around it."""
        return theme.current().px(_LOOKS[self._kind].radius)

    def text_room(self) -> tuple[int, int]:
        """Width needed by the widest line, and width there is. For the test that nothing is cut off."""
        return (self._text_width(), self._text_area().width()) if self._text else (0, 0)

    def sizeHint(self) -> QSize:
        """Room for icon, words and key."""
        look, current = _LOOKS[self._kind], theme.current()
        width = 2 * current.px(look.margin) + self._text_width() + self._icon_width()
        if self._key:
            width += paint.key_width(self._key) + (current.px(14) if self._text else 0)
        return QSize(width + 2, self._height())

    def minimumSizeHint(self) -> QSize:
        """A button is never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and what is in it."""
        painter = QPainter(self)
        look, current = _LOOKS[self._kind], theme.current()
        fill, edge, ink, key_ink, key_line = look.fill, look.line, self._ink or look.ink, look.key_ink, look.key_line
        if not self.isEnabled():
            fill, edge, ink, key_ink, key_line = "sunken", "border", "muted", "muted", "border"
        elif self.isChecked():
            fill, edge = "accent_soft", "accent"
        elif self.underMouse() or self.isDown():
            fill = look.hover
        if fill or edge:
            paint.box(painter, self.rect(), current.px(look.radius), fill=fill, line=edge)
        area = self._content()
        if self._icon or self._tone:
            side = self._icon_side()
            where = QRect(area.left(), area.center().y() - side // 2 + 1, side, side)
            if self._tone:
                icons.draw_shape(painter, where, self._tone.shape, self._tone.band, self._tone.on)
            else:
                icons.draw(painter, where, self._icon, self._icon_ink if self._icon_ink and self.isEnabled() else ink)
        self._draw_words(painter, ink)
        if self._key:
            key_fill = None if self.underMouse() or not self.isEnabled() else look.key_fill
            paint.key_hint(painter, area, self._key, key_ink, outline=key_line, fill=key_fill)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether the keyboard brought the focus."""
        self._by_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works like Space on the button that has the focus; with Ctrl or Alt it belongs to the page."""
        if not self._by_keyboard:
            self._by_keyboard = True
            self.ring_changed.emit()
        chord = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not chord
        if enter and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text size changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _draw_words(self, painter: QPainter, ink: str) -> None:
        current, area = theme.current(), self._text_area()
        font = current.font(_LOOKS[self._kind].font)
        if self.isChecked():
            font.setWeight(font.Weight.DemiBold)
        lines = [(words, font, ink, current.px(26)) for words in self._text.split("\n")]
        if self._second:
            lines = [
                (self._text, font, ink, current.px(20)),
                (self._second, current.font("cap"), "muted", current.px(18)),
            ]
        if len(lines) == 1:
            paint.text(painter, area, self._text, font, current.color(ink))
            return
        top = area.center().y() - sum(line[3] for line in lines) // 2 + 1
        for words, face, token, high in lines:
            paint.text(painter, QRect(area.left(), top, area.width(), high), words, face, current.color(token))
            top += high

    def _content(self) -> QRect:
        margin = theme.current().px(_LOOKS[self._kind].margin)
        if (self._icon or self._tone) and not self._text and not self._key:
            margin = (self.width() - self._icon_side()) // 2
        return self.rect().adjusted(margin, 0, -margin, 0)

    def _text_area(self) -> QRect:
        key = paint.key_width(self._key) + theme.current().px(8) if self._key else 0
        return self._content().adjusted(self._icon_width(), 0, 2 - key, 0)

    def _icon_side(self) -> int:
        return theme.current().px(24 if self._kind.endswith("big") else 20)

    def _icon_width(self) -> int:
        if not self._icon and not self._tone:
            return 0
        return self._icon_side() + theme.current().px(
            (12 if self._kind.endswith("big") else 8) if self._text or self._key else 0
        )

    def _text_width(self) -> int:
        font = theme.current().font(_LOOKS[self._kind].font)
        if self._kind == "chip":
            font.setWeight(font.Weight.DemiBold)
        metrics = QFontMetrics(font)
        second = QFontMetrics(theme.current().font("cap")).horizontalAdvance(self._second)
        return max(second, *(metrics.horizontalAdvance(words) for words in self._text.split("\n")))

    def _height(self) -> int:
        high = theme.current().px(_LOOKS[self._kind].height)
        if self._low and self._kind.endswith("big"):
            high = theme.current().px(60 if "\n" in self._text else 52)
        return high

    def _changed(self) -> None:
        self._tell_name()
        self.updateGeometry()
        self.update()

    def _tell_name(self) -> None:
        words = ", ".join(part for part in ((self._name or self._text).replace("\n", " "), self._second) if part)
        self.setAccessibleName(words)
        self.setAccessibleDescription(self._key)
