"""The DSL's list beside the work: its lines, one line whole, and the button that opens it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.today.dsl_home import DslHome, FollowUpPage
from visitor_register.gui.today.review_detail import ReviewDetail
from visitor_register.gui.today.review_presenter import ReviewPresenter
from visitor_register.gui.today.review_words import Told
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.stack import Stack

TITLE = "For the DSL"
_TIGHT = 330


class ReviewButton(KeyButton):
    """Opens the list. It is there for those whom the list is for, whatever the screen shows or hides."""

    def __init__(self, presenter: ReviewPresenter, parent: QWidget | None = None) -> None:
        self._presenter, self._wanted = presenter, True
        super().__init__(TITLE, icon="list-checks", kind="ghost", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVisible(False)
        presenter.counted.connect(self._count)

    def setVisible(self, visible: bool) -> None:
        """Show it where there is room, and only to those who may."""
        self._wanted = visible
        super().setVisible(visible and self._presenter.allowed)

    @Slot(int)
    def _count(self, count: int) -> None:
        self.setText(f"{TITLE} ({count})" if count else TITLE)
        self.setVisible(self._wanted)


class ReviewPanel(Card):
    """Enter opens a line, Ctrl+S says it was looked at, Esc goes back: to the list, then to the work.

    Signals:
        folded: Put the panel away.
    """

    folded = Signal()

    def __init__(self, presenter: ReviewPresenter, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, margin=1, parent=parent)
        self.presenter = presenter
        self._visit: UUID | None = None
        self._home: DslHome | None = None
        self._follow_ups: FollowUpPage | None = None
        self.list = ListPanel(TITLE, empty="No arrival waits to be looked at")
        self.detail = ReviewDetail()
        self.looked_at = KeyButton("Looked at", icon="check", key="Ctrl+S")
        self.back = KeyButton("Back", key="Esc")
        self.close_button = KeyButton(icon="x", kind="ghost", name="Close this panel")
        self._line = frame("line")
        self.page = Scrolling(self.detail)
        self._stack = Stack()
        self._lay_out()
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self._save)
        self.list.activated_row.connect(presenter.open)
        self.looked_at.clicked.connect(self._save)
        self.back.clicked.connect(presenter.close)
        self.close_button.clicked.connect(self.folded)
        self.detail.confirmed.connect(presenter.confirm)
        presenter.lines.connect(self._show_lines)
        presenter.counted.connect(self._count)
        presenter.opened.connect(self._open)
        presenter.answered.connect(self.detail.show_answers)
        presenter.wrong.connect(self._wrong)
        presenter.closed.connect(self._close)

    def begin(self) -> None:
        """Show the list, with the keyboard in it."""
        self.presenter.close()
        self.presenter.refresh()

    def offer_home(self, home: DslHome, follow_ups: FollowUpPage) -> None:
        """Show above the list what else waits, and beside it the discussions to follow up."""
        self._home, self._follow_ups = home, follow_ups
        self._stack.addWidget(follow_ups)
        self.body.insertWidget(self.body.indexOf(self._stack), home)
        home.to_list.connect(self._to_list)
        home.to_follow_ups.connect(self._open_follow_ups)
        follow_ups.left.connect(self._to_list)

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the panel while the keyboard is in it, not to the screen around it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Cancel)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step."""
        if not event.matches(QKeySequence.StandardKey.Cancel):
            super().keyPressEvent(event)
        elif self._visit is not None:
            self.presenter.close()
        elif self._stack.currentIndex() > 0:
            self._to_list()
        else:
            self.folded.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little height a line has all of it."""
        if self._home is not None:
            self._home.setVisible(self._stack.currentIndex() == 0)
        tight = self._stack.currentIndex() > 0 and self.height() < theme.current().px(_TIGHT)
        for part in (self.title, self.hint, self.close_button, self._line):
            part.setVisible(not tight)
        self.head.setContentsMargins(15, 0 if tight else 8, 8, 0 if tight else 6)

    def _lay_out(self) -> None:
        self.head.setContentsMargins(15, 8, 8, 6)
        self.head.addWidget(self.close_button)
        self.body.setSpacing(0)
        self.body.addWidget(self._line)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(14, 10, 8, 12)
        foot = QHBoxLayout()
        foot.addWidget(self.looked_at, 1)
        foot.addWidget(self.back)
        column.addWidget(self.page, 1)
        column.addLayout(foot)
        self._stack.addWidget(self.list)
        self._stack.addWidget(whole)
        self.body.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)

    @Slot(object)
    def _show_lines(self, rows: Sequence[Row]) -> None:
        self.list.set_rows(rows)
        first = next((row for row in rows if not row.heading), None)
        if self.list.current_key() is None and first is not None:
            self.list.choose(first.key)

    @Slot(int)
    def _count(self, count: int) -> None:
        self.set_title(TITLE, f"{count} to look at" if count else "")

    @Slot(object)
    def _open(self, told: Told) -> None:
        other = told.visit != self._visit
        if other:
            self.page.verticalScrollBar().setValue(0)
        self._visit = told.visit
        self.detail.show_told(told, anew=other)
        self._stack.setCurrentIndex(1)
        self._fit()
        self.setFocusProxy(self.detail)
        if other:
            self.detail.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _close(self) -> None:
        keyboard = QApplication.focusWidget()
        here = self._visit is not None and keyboard is not None and self.isAncestorOf(keyboard)
        self._visit = None
        self.detail.clear()
        self._stack.setCurrentIndex(0)
        self._fit()
        self.setFocusProxy(self.list)
        if here:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _wrong(self, wrong: Mapping[str, str]) -> None:
        self.detail.show_wrong(wrong)
        if wrong:
            # Once the sentence has found its room.
            QTimer.singleShot(0, self, self._reveal)

    @Slot()
    def _reveal(self) -> None:
        field = self.detail.first_wrong()
        if field is not None:
            self.page.ensureWidgetVisible(field, 0, 0)

    @Slot()
    def _save(self) -> None:
        if self._follow_ups is not None and self._stack.currentWidget() is self._follow_ups:
            self._follow_ups.save()
        elif self._visit is not None:
            self.presenter.look_at(self.detail.answers())

    @Slot()
    def _open_follow_ups(self) -> None:
        if self._follow_ups is not None:
            self._stack.setCurrentWidget(self._follow_ups)
            self._fit()
            self._follow_ups.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _to_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self._fit()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
