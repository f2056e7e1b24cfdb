"""The fire list as a whole page: counts, everybody in large type, print, and back."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from visitor_register.gui import theme
from visitor_register.gui.fire_list.presenter import FireListPresenter, Said
from visitor_register.gui.fire_list.rows import FireRows, columns
from visitor_register.gui.fire_list.state import Screen
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.notice_bar import Notice, NoticeBar
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.fire_list import Kind

_TITLES = ("Seen", "Name, from", "Where, to see", "In", "Note")


class Titles(QWidget):
    """The titles over the columns of the rows below."""

    def __init__(self, rows: FireRows) -> None:
        super().__init__()
        self._rows = rows
        self.setFixedHeight(theme.current().px(36))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme.current().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write them where the columns are."""
        look, painter = theme.current(), QPainter(self)
        for title, cell in zip(_TITLES, columns(self._rows.viewport().width()), strict=True):
            left = cell.left() + (look.px(14) if not cell.left() else 0)
            where = QRect(left, 0, cell.width() - look.px(8), self.height())
            paint.text(painter, where, title, look.font("label"), look.color("muted"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.color("border"))
        painter.end()


class FireListView(QFrame):
    """Stands over everything else while the list is open.

    F9 and Ctrl+P print, Esc goes back. Neither is a shortcut of this page: F9 belongs to the window,
    which hands it to the presenter; what no shortcut takes arrives here as a key.

    Signals:
        closed: The list is left.
    """

    closed = Signal()

    def __init__(self, presenter: FireListPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Fire list")
        self._presenter = presenter
        self._narrow = False
        self.title = PlainLabel("Fire list", t="name")
        self.mark = Mark("flame", size=36)
        self.fire = KeyButton("Fire list", kind="chip")
        self.lockdown = KeyButton("Lockdown list", kind="chip")
        self.kinds = QButtonGroup(self)
        for chip in (self.fire, self.lockdown):
            self.kinds.addButton(chip)
        self.fire.setChecked(True)
        self.drill = QCheckBox("Drill")
        self.print = KeyButton("Print", icon="printer", key="F9", kind="primarybig")
        self.heading = PlainLabel(t="h2", wrap=True)
        self.found, self.found_word = PlainLabel(t="big"), PlainLabel(t="lead")
        self.to_find, self.to_find_word = PlainLabel(t="big"), PlainLabel("still to find", t="lead")
        self.made, self.copy = PlainLabel(t="strong"), PlainLabel(t="cap", elide=True)
        self.bar = NoticeBar()
        self.rows = FireRows()
        self.titles = Titles(self.rows)
        self.empty = EmptyState(
            "users", "Nobody is signed in here", "Staff, pupils and anyone signed in elsewhere are not on this list."
        )
        self.hint = PlainLabel("Space ticks a person off. F9 prints, locked or not.", t="muted", elide=True)
        self.hide_found = KeyButton("Hide those found", key="Alt+H", kind="secondary", shortcut=True)
        self.back = KeyButton("Back", key="Esc")
        self._build()
        self.rows.ticked.connect(presenter.tick)
        self.kinds.buttonClicked.connect(self._kind_chosen)
        self.drill.clicked.connect(presenter.use_drill)
        self.print.clicked.connect(presenter.print_now)
        self.hide_found.clicked.connect(self._hide_or_show)
        self.back.clicked.connect(presenter.leave)
        presenter.shown.connect(self.show_screen)
        presenter.said.connect(self._say)
        presenter.opened.connect(self._start)
        presenter.closed.connect(self.closed)

    def _build(self) -> None:
        self._page = QVBoxLayout(self)
        top, facts, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.mark)
        top.addWidget(self.title)
        top.addStretch(1)
        for widget in (self.fire, self.lockdown, self.drill, self.print):
            top.addWidget(widget)
        facts.setSpacing(8)
        facts.addWidget(self.heading, 1)
        for number, word in ((self.found, self.found_word), (self.to_find, self.to_find_word)):
            facts.addSpacing(16)
            facts.addWidget(number)
            facts.addWidget(word)
        times = QVBoxLayout()
        times.setSpacing(0)
        for label in (self.made, self.copy):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            times.addWidget(label)
        self.copy.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        facts.addSpacing(24)
        facts.addLayout(times)
        card = Card(margin=1)
        card.body.setSpacing(0)
        listed = QWidget()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.titles)
        inside.addWidget(self.rows, 1)
        self._either = QStackedLayout()
        # Within the card first: this layout shows its page at once, and without a parent that would be a window.
        card.body.addLayout(self._either, 1)
        self._either.addWidget(listed)
        self._either.addWidget(self.empty)
        foot.setSpacing(8)
        foot.addWidget(Mark("keyboard", size=18, ink="muted"))
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.hide_found)
        foot.addWidget(self.back)
        self._page.addLayout(top)
        self._page.addLayout(facts)
        self._page.addWidget(self.bar)
        self._page.addWidget(card, 1)
        self._page.addLayout(foot)

    @Slot(object)
    def show_screen(self, screen: Screen) -> None:
        """Show all of it."""
        fire = screen.kind is Kind.FIRE
        self.title.setText(f"{screen.kind.title}, drill" if screen.drill else screen.kind.title)
        self.mark.show_icon("flame" if fire else "lock")
        (self.fire if fire else self.lockdown).setChecked(True)
        self.drill.setChecked(screen.drill)
        self.heading.setText(screen.heading)
        self.found.setText(str(screen.found))
        self.found_word.setText(screen.found_word)
        self.to_find.setText(str(screen.to_find))
        self.made.setText(screen.made)
        self.copy.setText(screen.copy)
        self.copy.setVisible(bool(screen.copy) and not self._narrow)
        self.hide_found.setText("Show everybody" if screen.hide_found else "Hide those found")
        self.back.setText("Back to the lock screen" if screen.locked else "Back")
        self._either.setCurrentIndex(1 if screen.nobody else 0)
        self.rows.set_lines(screen.lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 and Ctrl+P print, Esc goes back."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F9 or (control and event.key() == Qt.Key.Key_P):
            self._presenter.print_now()
        elif event.key() == Qt.Key.Key_Escape:
            self._presenter.leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the list."""
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard stands on the list."""
        super().showEvent(event)
        self.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows what room there is."""
        super().resizeEvent(event)
        look = theme.current()
        narrow = self._narrow = self.width() < look.px(1000) or self.height() < look.px(560)
        margin = 10 if narrow else 16
        self._page.setContentsMargins(margin, margin, margin, margin)
        self._page.setSpacing(6 if narrow else 12)
        self.print.set_low(narrow)
        self.mark.setVisible(not narrow)
        self.title.set_role("name2" if narrow else "name")
        self.heading.set_role("h3" if narrow else "h2")
        for label in (self.found_word, self.to_find_word):
            label.set_role("body" if narrow else "lead")
        self.copy.setVisible(bool(self.copy.text()) and not narrow)

    @Slot()
    def _start(self) -> None:
        for notice in self.bar.notices:
            self.bar.withdraw(notice.key)
        self.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _kind_chosen(self, chip: object) -> None:
        self._presenter.use_kind(Kind.LOCKDOWN if chip is self.lockdown else Kind.FIRE)

    @Slot()
    def _hide_or_show(self) -> None:
        self._presenter.hide_found(self.hide_found.text() == "Hide those found")

    @Slot(object)
    def _say(self, said: Said) -> None:
        self.bar.show_notice(Notice("fire-list", Tone.KNOWN if said.good else Tone.CHECK, said.words))
