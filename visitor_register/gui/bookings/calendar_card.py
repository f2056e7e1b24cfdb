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

_PAD, _TOP, _LINE, _PILL = 8, 4, 19, 22
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
        look = theme.current()
        pad = look.px(_PAD if self.width() >= look.px(_NARROW) else 5)
        inner = self.rect().adjusted(pad, 0, -look.px(4), 0)
        top, line = look.px(_TOP), look.px(_LINE)
        room = self.height() - top - look.px(3)
        if room < 2 * line:
            self._paint_one_line(painter, inner)
            return
        pills = self._pills(inner.width()) if room >= 2 * line + look.px(_PILL) else []
        rows = (room - (look.px(_PILL) if pills else 0)) // line
        y = top
        for name, others in self._name_rows(inner.width(), 2 if rows > 2 else 1):
            self._paint_name(painter, QRect(inner.left(), y, inner.width(), line + 1), name, others)
            y, rows = y + line + 1, rows - 1
        left = [mark for mark in self.words.marks if mark not in pills]
        for words in self._text_rows(painter, QRect(inner.left(), y, inner.width(), line), left, rows):
            where = QRect(inner.left(), y, inner.width(), line)
            paint.text(painter, where, words, look.font("cap"), look.color("muted"))
            y += line
        self._paint_pills(painter, QRect(inner.left(), y + look.px(2), inner.width(), look.px(_PILL)), pills)

    def _paint_one_line(self, painter: QPainter, inner: QRect) -> None:
        """Time and name, where there is no more room."""
        look, when = theme.current(), self.words.when
        font = look.font("cap")
        wide = QFontMetrics(font).horizontalAdvance(when) + look.px(6)
        name, others = self.words.name, self.words.others
        if wide > inner.width() // 2:
            self._paint_name(painter, inner, name, others)
            return
        paint.text(painter, inner, when, font, look.color("muted"), elide=False)
        self._paint_name(painter, inner.adjusted(wide, 0, 0, 0), name, others)

    def _name_rows(self, width: int, most: int) -> list[tuple[str, str]]:
        """The name in one line, or in two where it would be cut and there is room."""
        words, measured = self.words, QFontMetrics(theme.current().font("capb"))
        first, _space, rest = words.name.partition(" ")
        if most == 1 or not rest or measured.horizontalAdvance(f"{words.name} {words.others}".strip()) <= width:
            return [(words.name, words.others)]
        return [(first, ""), (rest, words.others)]

    def _paint_name(self, painter: QPainter, area: QRect, name: str, others: str) -> None:
        look = theme.current()
        font = look.font("capb")
        colour = look.color("muted" if self.words.struck else "text")
        if others:
            gap, measured = look.px(4), QFontMetrics(font)
            rest = measured.horizontalAdvance(others) + 1
            shown = measured.elidedText(name, Qt.TextElideMode.ElideRight, max(0, area.width() - rest - gap))
            # A letter and dots name nobody: then the name has the whole line, and the tooltip the others.
            if len(shown) > 2:
                name, wide = shown, measured.horizontalAdvance(shown) + 1
                beside = QRect(area.left() + wide + gap, area.top(), rest, area.height())
                paint.text(painter, beside, others, font, colour, elide=False)
                area = QRect(area.left(), area.top(), wide, area.height())
        font.setStrikeOut(self.words.struck)
        paint.text(painter, area, name, font, colour)

    def _text_rows(self, painter: QPainter, area: QRect, left: list[PillSpec], most: int) -> list[str]:
        """The time, what is said of it, and whom it is to see, in so many rows; a shape for what has no pill."""
        look, words = theme.current(), self.words
        measured, width = QFontMetrics(look.font("cap")), area.width()
        if any(mark.tone is Tone.CHECK for mark in left) and width > look.px(60):
            side = look.px(15)
            where = QRect(area.right() + 1 - side, area.center().y() - side // 2 + 1, side, side)
            icons.draw_shape(painter, where, Tone.CHECK.shape, Tone.CHECK.band, Tone.CHECK.on)
            width -= side + look.px(4)
        said = [*(mark.text.lower() for mark in left if mark.text != SHORT), *words.said, *words.tail]
        if most == 1 and said and measured.horizontalAdvance(words.when) + look.px(24) > width:
            # Where it stands says when it is.
            return [measured.elidedText(said[0], Qt.TextElideMode.ElideRight, width)]
        rows, sep = [words.when], "  "
        for part in filter(None, said):
            if measured.horizontalAdvance(rows[-1] + sep + part) > width and len(rows) < most:
                rows.append(part)
            else:
                rows[-1] += sep + part
            sep = ", "
        return [measured.elidedText(rows[0], Qt.TextElideMode.ElideRight, width), *rows[1:]]

    def _pills(self, width: int) -> list[PillSpec]:
        """The marks that can stand in one row as pills."""
        shown: list[PillSpec] = []
        for mark in self.words.marks:
            if self._pill_width(mark) <= width + theme.current().px(3):
                shown.append(mark)
                width -= self._pill_width(mark) + theme.current().px(4)
        return shown

    def _pill_width(self, mark: PillSpec) -> int:
        look = theme.current()
        return look.px(4 + 15 + 4 + 8) + QFontMetrics(look.font("key")).horizontalAdvance(mark.text)

    def _paint_pills(self, painter: QPainter, area: QRect, pills: list[PillSpec]) -> None:
        look, x = theme.current(), area.left()
        for mark in pills:
            where = QRect(x, area.top(), self._pill_width(mark), area.height())
            paint.box(painter, where, where.height() // 2, fill=mark.tone.soft)
            side = look.px(15)
            paint.state_shape(painter, QRect(x + look.px(5), where.center().y() - side // 2 + 1, side, side), mark)
            ink = look.color(mark.tone.text)
            paint.text(painter, where.adjusted(look.px(23), 0, 0, 0), mark.text, look.font("key"), ink, elide=False)
            x += where.width() + look.px(4)

    def _tell(self) -> None:
        spoken = self.words.spoken
        self.setAccessibleName(spoken.replace("\n", ", "))
        self.setToolTip(plain_tip(spoken))
