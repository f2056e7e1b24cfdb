"""Those above the drawn part of the chart, in one line; each leads to them."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import plain_tip

_LONGEST = 260


class Crumbs(QWidget):
    """Shows as many as there is room for, those nearest to the drawing first.

    Signals:
        wanted: The seat of somebody who was pressed.
    """

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Above this part of the chart")
        self.buttons: list[KeyButton] = []
        self._between: list[QWidget] = []
        self._shown: tuple[tuple[int, str], ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._mark = Mark("network", size=18, ink="muted")
        self._row.addWidget(self._mark)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @Slot(object)
    def show_crumbs(self, crumbs: tuple[tuple[int, str], ...]) -> None:
        """Show these: seats and words, the highest first."""
        if crumbs == self._shown:
            return
        for widget in (*self.buttons, *self._between):
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.buttons, self._between, self._shown = [], [], crumbs
        for number, (_, words) in enumerate(crumbs):
            if number:
                chevron = Mark("chevron-right", size=16, ink="muted")
                self._between.append(chevron)
                self._row.insertWidget(self._row.count() - 1, chevron)
            button = KeyButton(kind="ghost", name=f"Show {words}")
            button.setToolTip(plain_tip(words))
            button.clicked.connect(self._pressed)
            self.buttons.append(button)
            self._row.insertWidget(self._row.count() - 1, button)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """It gives way to whatever stands beside it."""
        return QSize(theme.current().px(60), theme.current().px(40))

    def sizeHint(self) -> QSize:
        """The same."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or fewer."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_shown"):
            self._fit()

    def _fit(self) -> None:
        look = theme.current()
        metrics = QFontMetrics(look.font("ghost"))
        self._mark.setVisible(bool(self.buttons))
        room, step = self.width() - look.px(18), look.px(16)
        for number in reversed(range(len(self.buttons))):
            button, last = self.buttons[number], number == len(self.buttons) - 1
            # The nearest one is always there, as long as it may be; the others as long as they fit.
            most = room - look.px(28) if last else look.px(_LONGEST)
            words = metrics.elidedText(self._shown[number][1], Qt.TextElideMode.ElideRight, max(most, look.px(30)))
            button.setText(words)
            room -= button.sizeHint().width() + step
            fits = last or room >= 0
            button.setVisible(fits)
            if not last:
                self._between[number].setVisible(fits)
            room = room if fits else -1

    @Slot()
    def _pressed(self) -> None:
        at = next(number for number, button in enumerate(self.buttons) if button is self.sender())
        self.wanted.emit(self._shown[at][0])
