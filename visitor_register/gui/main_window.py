"""The window: rail, top bar, one notice bar, and the screens, of which one is shown."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.domain import calendar
from visitor_register.domain.people import SEES_CHILDREN, Role
from visitor_register.gui import metrics, theme
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets import file_dialogs, notice_bar
from visitor_register.gui.widgets.notice_bar import NoticeBar
from visitor_register.gui.widgets.rail import Rail, RailItem
from visitor_register.gui.widgets.tone import Tone
from visitor_register.gui.widgets.top_bar import TopBar

ITEMS = (
    RailItem("today", "Today", "door-open", 1),
    RailItem("bookings", "Bookings", "calendar-days", 2),
    RailItem("chart", "Chart", "network", 3),
    RailItem("contacts", "Contacts", "phone", 4),
    RailItem("history", "History", "history", 5),
    RailItem("reports", "Reports", "chart-column", 6),
    RailItem("settings", "Settings", "settings", 7),
)

SEES: dict[Role, frozenset[str]] = {
    Role.RECEPTION: frozenset({"today", "chart", "history", "settings"}),
    Role.OFFICE: frozenset({"today", "bookings", "chart", "history", "settings"}),
    Role.DSL: frozenset({"today", "bookings", "chart", "contacts", "history", "reports", "settings"}),
    Role.HEAD: frozenset({"today", "bookings", "chart", "contacts", "history", "reports", "settings"}),
    Role.AUDITOR: frozenset({"chart", "history", "settings"}),
}
"""The screens of each role. Numbers stay with their screen when a role does not see one."""

_TONES = {"done": Tone.KNOWN, "told": Tone.KNOWN, "reminder": Tone.CHECK, "check": Tone.CHECK, "red": Tone.NOT_KNOWN}


class MainWindow(QWidget):
    """Shows one screen and, over all of them, a cover (the fire list, or the lock).

    A screen is made when it is first asked for: on most days that is two of them.
    """

    def __init__(self, desk: Desk, makers: Mapping[str, Callable[[], QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle("Visitor Register")
        self.setMinimumSize(*metrics.MINIMUM_WINDOW)
        self._makers = dict(makers)
        self._screens: dict[str, QWidget] = {}
        self.top = TopBar()
        self.rail = Rail((), now=self._london)
        self.notices = NoticeBar()
        self.stack = QStackedWidget()
        self.current = ""
        self._layout_class: LayoutClass | None = None
        self._actions: dict[str, Notice] = {}
        self._numbered = 0
        self._role = desk.operator.role
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        bar = QHBoxLayout()
        bar.setContentsMargins(metrics.PAGE_MARGIN, 6, metrics.PAGE_MARGIN, 0)
        bar.addWidget(self.notices)
        shown = QWidget()
        below = QVBoxLayout(shown)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addLayout(bar)
        below.addWidget(self.stack, 1)
        # Lines of the notice bar may name people too: they are hidden with the screen.
        self._shown = QStackedWidget()
        self._shown.addWidget(shown)
        column.addWidget(self._shown, 1)
        self._desk_page = QWidget()
        self._desk_page.setProperty(file_dialogs.DESK, True)
        row = QHBoxLayout(self._desk_page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(page, 1)
        self.covers = QStackedWidget()
        self.covers.addWidget(self._desk_page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.covers)
        self.rail.chosen.connect(self.show_screen)
        self.notices.acted.connect(self._notice_acted)
        desk.said.connect(self.say)
        desk.operator_changed.connect(self.show_role)
        self.show_role()

    def screen_named(self, key: str) -> QWidget:
        """One of the screens, made now if nobody asked for it before."""
        if key not in self._screens:
            made = self._screens[key] = self._makers[key]()
            self.stack.addWidget(made)
            self._adapt(made)
        return self._screens[key]

    @Slot(str)
    def show_screen(self, key: str) -> None:
        """Show a screen of the role; others are left alone."""
        if key not in self._makers or key not in SEES[self.desk.operator.role]:
            return
        screen = self.screen_named(key)
        self.unblank()
        self.current = key
        self.rail.set_current(key)
        self.stack.setCurrentWidget(screen)
        _give_keyboard(screen)

    @Slot()
    def show_role(self) -> None:
        """Show the screens of whoever is at the desk now."""
        sees = SEES[self.desk.operator.role]
        self._forget_what_was_said()
        items = [item for item in ITEMS if item.key in sees and item.key in self._makers]
        self.rail.set_items(items)
        self.top.set_person(self.desk.operator.name)
        if self.current not in sees and items:
            self.show_screen(items[0].key)

    def _forget_what_was_said(self) -> None:
        """What the DSL was told as done, or offered, is not for somebody who may not see it; what is wrong stays."""
        before, self._role = self._role, self.desk.operator.role
        if before in SEES_CHILDREN and self._role not in SEES_CHILDREN:
            for old in self.notices.notices:
                if old.key.startswith(("done-", "told-", "reminder")):
                    self.notices.withdraw(old.key)

    @Slot(object)
    def say(self, notice: Notice) -> None:
        """Put a line into the notice bar. Red is there once, and NOT SAVED until the register takes something again."""
        self._numbered += 1
        once = {"red": notice.text, "reminder": "reminder"}
        key = once.get(notice.kind, f"{notice.kind}-{self._numbered}")
        if notice.kind == "done":
            for old in self.notices.notices:
                if old.words.startswith("NOT SAVED"):
                    self.notices.withdraw(old.key)
        self._actions[key] = notice
        self.notices.show_notice(
            notice_bar.Notice(
                key=key,
                tone=_TONES[notice.kind],
                words=notice.text,
                action=notice.action,
                icon=("undo-2" if notice.kind == "done" else "arrow-right") if notice.action else "",
            )
        )

    def add_cover(self, page: QWidget) -> None:
        """Keep a page that can cover everything."""
        self.covers.addWidget(page)
        self._adapt(page)

    def cover_with(self, page: QWidget) -> None:
        """Show a page over everything: the fire list, the lock."""
        self.covers.setCurrentWidget(page)
        _give_keyboard(page)

    @property
    def covered_by(self) -> QWidget | None:
        """The page that covers everything, or None."""
        shown = self.covers.currentWidget()
        return None if shown is self._desk_page else shown

    def add_blank(self, page: QWidget) -> None:
        """Keep the page that stands in the place of every screen while nobody is at the desk."""
        self._shown.addWidget(page)

    def blank(self) -> None:
        """Hide the screen and what the notice bar says; rail and top bar stay."""
        self._shown.setCurrentIndex(1)

    def unblank(self) -> None:
        """Show them again."""
        self._shown.setCurrentIndex(0)

    @property
    def is_blank(self) -> bool:
        """Whether the screen is hidden."""
        return self._shown.currentIndex() == 1

    def uncover(self) -> None:
        """Show the desk again."""
        self.covers.setCurrentWidget(self._desk_page)
        if self.current:
            _give_keyboard(self.screen_named(self.current))

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the screen: Qt would give it to the first button it finds."""
        super().showEvent(event)
        if self.current and self.covered_by is None:
            _give_keyboard(self.screen_named(self.current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _london(self) -> datetime:
        return calendar.to_london(self.desk.now())

    def _fit(self) -> None:
        found = metrics.layout_class(self.width(), self.height(), theme.current().factor)
        if found is self._layout_class:
            return
        self._layout_class = found
        self.rail.set_layout_class(found)
        self.top.set_layout_class(found)
        for stack in (self.stack, self.covers):
            for number in range(stack.count()):
                self._adapt(stack.widget(number))

    def _adapt(self, page: QWidget | None) -> None:
        """Let a page lay itself out for the room there is, if it does so at all."""
        adapt = getattr(page, "set_layout_class", None)
        if adapt is not None and self._layout_class is not None:
            adapt(self._layout_class)

    @Slot(str)
    def _notice_acted(self, key: str) -> None:
        notice = self._actions.pop(key, None)
        if notice is not None and notice.run is not None:
            notice.run()


def _give_keyboard(page: QWidget) -> None:
    """Let the keyboard stand on something in the page that shows it: on its first part, or the next one to be seen."""
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    here = QApplication.focusWidget()
    if here is None or (here is not page and page.isAncestorOf(here)):
        return
    follows, seen = page.nextInFocusChain(), {page}
    # The chain is a ring; a page that just left it would be waited for in vain.
    while follows is not None and follows not in seen:
        seen.add(follows)
        tabbed = bool(follows.focusPolicy() & Qt.FocusPolicy.TabFocus) and follows.focusProxy() is None
        if tabbed and follows.isVisible() and follows.isEnabled() and page.isAncestorOf(follows):
            follows.setFocus(Qt.FocusReason.TabFocusReason)
            return
        follows = follows.nextInFocusChain()
