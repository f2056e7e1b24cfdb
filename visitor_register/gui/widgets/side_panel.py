"""The panel at the right of a screen; on a small screen it opens over the rest and closes with Esc."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.stack import Stack


class SidePanel(Card):
    """Title, a body that scrolls (`content`), and buttons fixed at the foot (`foot`).

    Signals:
        closed: It was closed by Esc or its cross; only where it lies over the screen.
    """

    closed = Signal()

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title or " ", hint, parent=parent)
        self.close_button = KeyButton(icon="x", kind="ghost", name="Close this panel")
        self.close_button.hide()
        self.close_button.clicked.connect(self.close_panel)
        self.head.addWidget(self.close_button)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self.content = QVBoxLayout(inner)
        self.content.setContentsMargins(0, 0, 4, 0)
        self.content.setSpacing(metrics.FIELD_GAP)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(metrics.FIELD_GAP)
        self.body.addWidget(self._scroll, 1)
        self.body.addLayout(self.foot)
        self.over = False

    def set_over(self, over: bool) -> None:
        """Whether it lies over the screen and can be closed."""
        self.over = over
        self.close_button.setVisible(over)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it where it lies over the screen."""
        if self.over and event.matches(QKeySequence.StandardKey.Cancel):
            self.close_panel()
            return
        super().keyPressEvent(event)

    @Slot(object)
    def reveal(self, widget: QWidget) -> None:
        """Scroll to something in the body."""
        self._scroll.ensureWidgetVisible(widget)

    @Slot()
    def close_panel(self) -> None:
        """Close it where it lies over the screen."""
        if self.over:
            self.hide()
            self.closed.emit()


class SidePages(Stack):
    """Several panels in one place at the right, of which one is shown; the first is there when no other is wanted.

    Signals:
        closed: The one that was shown is closed, or done with; the first is there again.
    """

    closed = Signal()

    def __init__(self, first: SidePanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.over = False
        self._first = first
        self.add_page(first)

    def add_page(self, page: QWidget) -> None:
        """Keep one more."""
        self.addWidget(page)
        if isinstance(page, SidePanel):
            page.set_over(self.over)
            page.closed.connect(self.close_pages)

    def show_page(self, page: QWidget) -> None:
        """Show one of them."""
        self.setCurrentWidget(page)
        page.show()
        self.show()
        self.raise_()

    def set_over(self, over: bool) -> None:
        """Whether it lies over the screen and can be closed."""
        self.over = over
        for number in range(self.count()):
            page = self.widget(number)
            if isinstance(page, SidePanel):
                page.set_over(over)

    @Slot()
    def close_pages(self) -> None:
        """Back to the first; where it lies over the screen, away with all of it."""
        self.setCurrentWidget(self._first)
        self._first.show()
        self.setVisible(not self.over)
        self.closed.emit()


class WithSidePanel(QWidget):
    """A main part with a panel: beside it where there is room, else over its right."""

    def __init__(self, main: QWidget, panel: SidePanel | SidePages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.main, self.panel = main, panel
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(metrics.CARD_GAP)
        self._row.addWidget(main, 1)
        self._row.addWidget(panel)
        self._fit()

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        over = layout_class is LayoutClass.COMPACT
        if over == self.panel.over:
            return
        self.panel.set_over(over)
        if over:
            self._row.removeWidget(self.panel)
            self.panel.hide()
        else:
            self._row.addWidget(self.panel)
            self.panel.show()
        self._fit()

    def open_panel(self) -> None:
        """Show the panel and give it the keyboard."""
        self.panel.show()
        self.panel.raise_()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel at the right."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        look = theme.current()
        if self.panel.over:
            wide = min(look.px(metrics.SIDE_PANEL_WIDTH), self.width())
            self.panel.setFixedWidth(wide)
            self.panel.setGeometry(self.width() - wide, 0, wide, self.height())
        else:
            self.panel.setFixedWidth(look.px(metrics.PANEL_WIDTH))


def caption(text: str) -> PlainLabel:
    """A muted line in a panel, wrapping."""
    return PlainLabel(text, t="cap", wrap=True)
