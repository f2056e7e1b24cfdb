"""The people one chooses oneself from: a round mark with initials, the name, and what one is here."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from visitor_register.domain.people import Operator, Role
from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.plain_label import plain_tip

ROLE_WORDS: dict[Role, str] = {
    Role.RECEPTION: "Reception",
    Role.OFFICE: "Office",
    Role.DSL: "DSL",
    Role.HEAD: "Head",
    Role.AUDITOR: "Auditor, reads only",
}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


def initials(name: str) -> str:
    """At most two letters that stand for a name."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class PersonRow(QPushButton):
    """One person.

    Signals:
        stepped: An arrow key asks for a neighbour, -1 or 1.
    """

    stepped = Signal(int)

    def __init__(self, operator: Operator) -> None:
        super().__init__()
        self.operator = operator
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{operator.name}, {ROLE_WORDS[operator.role]}")

    def text_room(self) -> tuple[int, int]:
        """Long names are shortened at the end; the whole stands in the accessible name and the tool tip."""
        return 0, self.width()

    def sizeHint(self) -> QSize:
        """Fixed height."""
        return QSize(theme.current().px(240), theme.current().px(58))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(theme.current().px(160), theme.current().px(58))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbours; Enter and Space choose."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter = QPainter(self)
        look, rect, chosen = theme.current(), self.rect(), self.isChecked()
        fill = "accent_soft" if chosen else "hover" if self.underMouse() else "raised"
        edge = "focus" if self.hasFocus() else "accent" if chosen else "control"
        paint.box(painter, rect, look.px(6), fill=fill, line=edge, width=2 if chosen or self.hasFocus() else 1)
        side = look.px(38)
        disc = QRect(look.px(14), rect.center().y() - side // 2 + 1, side, side)
        paint.box(painter, disc, side // 2, fill="accent" if chosen else "off_bg")
        ink = look.color("on_accent" if chosen else "off_text")
        letters = initials(self.operator.name)
        paint.text(painter, disc, letters, look.font("strong"), ink, Qt.AlignmentFlag.AlignCenter, elide=False)
        tick = look.px(20)
        if chosen:
            where = QRect(rect.right() - look.px(14) - tick, rect.center().y() - tick // 2 + 1, tick, tick)
            icons.draw(painter, where, "check", "text")
        left, right = disc.right() + look.px(13), rect.right() - look.px(14) - tick - look.px(8)
        high, middle = look.px(22), rect.center().y()
        upper = QRect(left, middle - high + 1, right - left, high)
        paint.text(painter, upper, self.operator.name, look.font("strong"), look.color("text"))
        lower = QRect(left, middle + 2, right - left, high)
        paint.text(painter, lower, ROLE_WORDS[self.operator.role], look.font("cap"), look.color("muted"))
        painter.end()


class PersonRows(QWidget):
    """All of them. Nobody is chosen before a person chooses.

    Signals:
        chosen: The `Operator` one stepped to with an arrow key.
        picked: The `Operator` that was clicked, or taken with Enter.
    """

    chosen = Signal(object)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PersonRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.setSpacing(10)
        self._column.addStretch(1)

    def set_people(self, people: Sequence[Operator]) -> None:
        """Offer these people, none of them chosen."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for number, operator in enumerate(people):
            row = PersonRow(operator)
            row.setToolTip(plain_tip(row.accessibleName()))
            row.clicked.connect(self._clicked)
            row.stepped.connect(self._stepped)
            self.rows.append(row)
            self._column.insertWidget(number, row)
        if self.rows:
            self.setFocusProxy(self.rows[0])

    def show_chosen(self, operator: Operator | None) -> None:
        """Mark one as chosen, or nobody."""
        for row in self.rows:
            row.setChecked(row.operator == operator)
            row.update()

    @Slot()
    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, PersonRow):
            self.show_chosen(row.operator)
            self.picked.emit(row.operator)

    @Slot(int)
    def _stepped(self, step: int) -> None:
        row = self.sender()
        if not isinstance(row, PersonRow):
            return
        # The first arrow key takes the row one stands on; nothing was chosen by itself.
        number = self.rows.index(row)
        if any(other.isChecked() for other in self.rows):
            number = min(max(number + step, 0), len(self.rows) - 1)
        self.rows[number].setFocus(Qt.FocusReason.TabFocusReason)
        self.show_chosen(self.rows[number].operator)
        self.chosen.emit(self.rows[number].operator)
