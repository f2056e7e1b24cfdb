"""A booking as a card in the drawn week: a button that paints itself, so that a screen reader finds it by name."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.bookings.calendar_words import CardKind, CardWords
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.plain_label import plain_tip
from visitor_register.gui.widgets.tone import Tone

LEAST_HEIGHT = 25
"""One line can be read."""

SHORT = "Short notice"
"""Where it has no pill its shape stands for it; anything else is written."""

_PAD, _TOP, _NAME, _LINE, _PILL = 8, 4, 20, 18, 22
_NARROW = 76
"""Below this the words keep closer to the edge."""


class CalendarCard(QAbstractButton):
    """Name, time and whom it is to see; what has no room is in the tool tip, which is also its accessible name.

    Signals:
        taken: The keyboard came here.

    Attributes:
        words: What it shows.
    """

    taken = Signal()

    def __init__(self, words: CardWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = words
        self.open = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._tell()

    def show_words(self, words: CardWords) -> None:
        """Show another state of the same booking."""
        if words != self.words:
            self.words = words
            self._tell()
            self.update()

    def set_open(self, is_open: bool) -> None:
        """Stand out while the form shows this booking."""
        if is_open != self.open:
            self.open = is_open
            self.update()

    def reach_by_tab(self, *, reached: bool) -> None:
        """One card is reached by Tab, all others from there by the arrows."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reached else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it, as Space does; the arrows belong to the calendar."""
        chord = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not chord:
            if not event.isAutoRepeat():
                self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, over the neighbours."""
        super().focusInEvent(event)
        self.raise_()
        self.taken.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Be seen under the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        self._paint_box(painter)
        if self.words.kind is CardKind.MORE:
            look = theme.current()
            middle = Qt.AlignmentFlag.AlignCenter
            paint.text(painter, self.rect(), self.words.name, look.font("label"), look.color("accent"), middle)
        else:
            self._paint_words(painter)
        if self.hasFocus():
            paint.box(painter, self.rect(), theme.current().px(6), line="focus", width=2)
        painter.end()

    def _paint_box(self, painter: QPainter) -> None:
        look, area = theme.current(), self.rect()
        round_ = look.px(6)
        if self.words.kind is CardKind.WRITING:
            paint.box(painter, area, round_, fill="accent_soft")
            pen = QPen(look.color("accent"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), round_, round_)
        elif self.open:
            paint.box(painter, area, round_, fill="accent_soft", line="accent", width=2)
        else:
            rest = "sunken" if self.words.kind is CardKind.MORE else "raised"
            paint.box(painter, area, round_, fill="hover" if self.underMouse() else rest, line="control")

    def _paint_words(self, painter: QPainter) -> None:
        look, words = theme.current(), self.words
        pad = look.px(_PAD if self.width() >= look.px(_NARROW) else 5)
        inner = self.rect().adjusted(pad, 0, -look.px(4), 0)
        top, name_high, line_high = look.px(_TOP), look.px(_NAME), look.px(_LINE)
        if self.height() < top + name_high + line_high:
            self._paint_one_line(painter, inner)
            return
        name = QRect(inner.left(), top, inner.width(), name_high)
        self._paint_name(painter, name)
        second = QRect(inner.left(), name.bottom() + 1, inner.width(), line_high)
        y = second.bottom() + 1
        if words.second and y + line_high <= self.height():
            muted = look.color("muted")
            paint.text(painter, QRect(inner.left(), y, inner.width(), line_high), words.second, look.font("cap"), muted)
            y += line_high
        shown = self._paint_pills(painter, QRect(inner.left(), y + look.px(2), inner.width(), look.px(_PILL)))
        self._paint_second(painter, second, [mark for mark in words.marks if mark not in shown])

    def _paint_one_line(self, painter: QPainter, inner: QRect) -> None:
        """Time and name, where there is no more room."""
        look, when = theme.current(), self.words.when
        font = look.font("cap")
        wide = QFontMetrics(font).horizontalAdvance(when) + look.px(6)
        if wide > inner.width() // 2:
            self._paint_name(painter, inner)
            return
        paint.text(painter, inner, when, font, look.color("muted"), elide=False)
        self._paint_name(painter, inner.adjusted(wide, 0, 0, 0))

    def _paint_name(self, painter: QPainter, area: QRect) -> None:
        look, words = theme.current(), self.words
        font = look.font("capb")
        colour = look.color("muted" if words.struck else "text")
        if words.others:
            gap, measured = look.px(4), QFontMetrics(font)
            rest = measured.horizontalAdvance(words.others) + 1
            name = measured.elidedText(words.name, Qt.TextElideMode.ElideRight, max(0, area.width() - rest - gap))
            wide = measured.horizontalAdvance(name) + 1
            beside = QRect(area.left() + wide + gap, area.top(), rest, area.height())
            paint.text(painter, beside, words.others, font, colour, elide=False)
            area = QRect(area.left(), area.top(), wide, area.height())
        font.setStrikeOut(words.struck)
        paint.text(painter, area, words.name, font, colour)

    def _paint_second(self, painter: QPainter, area: QRect, left: list[PillSpec]) -> None:
        """The time, what is said of it, and whom it is to see; a shape at the end for what has no pill."""
        look, words = theme.current(), self.words
        font, muted = look.font("cap"), look.color("muted")
        warned = any(mark.tone is Tone.CHECK for mark in left)
        if warned and area.width() > look.px(60):
            side = look.px(15)
            where = QRect(area.right() + 1 - side, area.center().y() - side // 2 + 1, side, side)
            icons.draw_shape(painter, where, Tone.CHECK.shape, Tone.CHECK.band, Tone.CHECK.on)
            area = area.adjusted(0, 0, -side - look.px(4), 0)
        wide = QFontMetrics(font).horizontalAdvance(words.when)
        said = [*(mark.text.lower() for mark in left if mark.text != SHORT), *words.said]
        rest = ", ".join(part for part in (*said, words.host) if part)
        if wide + look.px(24) > area.width():
            paint.text(painter, area, said[0] if said else words.when, font, muted)
            return
        paint.text(painter, area, words.when, font, muted, elide=False)
        paint.text(painter, area.adjusted(wide + look.px(8), 0, 0, 0), rest, font, muted)

    def _paint_pills(self, painter: QPainter, area: QRect) -> list[PillSpec]:
        """As many pills as there is room for, in one row; which ones those are."""
        look, shown = theme.current(), []
        if area.bottom() + look.px(3) > self.height():
            return []
        font, x = look.font("key"), area.left()
        for mark in self.words.marks:
            wide = look.px(4 + 15 + 4 + 8) + QFontMetrics(font).horizontalAdvance(mark.text)
            if x + wide > area.right() + look.px(5):
                continue
            where = QRect(x, area.top(), wide, area.height())
            paint.box(painter, where, where.height() // 2, fill=mark.tone.soft)
            side = look.px(15)
            shape = QRect(x + look.px(5), where.center().y() - side // 2 + 1, side, side)
            paint.state_shape(painter, shape, mark)
            ink = look.color(mark.tone.text)
            paint.text(painter, where.adjusted(look.px(23), 0, 0, 0), mark.text, font, ink, elide=False)
            shown.append(mark)
            x += wide + look.px(4)
        return shown

    def _tell(self) -> None:
        spoken = self.words.spoken
        self.setAccessibleName(spoken.replace("\n", ", "))
        self.setToolTip(plain_tip(spoken))
