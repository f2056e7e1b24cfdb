"""The Bookings screen: a day or a week, drawn or as a list, and the form at its right."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.bookings.calendar_view import CalendarView
from visitor_register.gui.bookings.calendar_words import ColumnWords
from visitor_register.gui.bookings.form import BookingForm
from visitor_register.gui.bookings.invitation_reply import ReplyBox
from visitor_register.gui.bookings.invitation_view import (
    InvitationPage,
    PickInvitations,
    pick_invitations,
)
from visitor_register.gui.bookings.list_import_view import ListImportPage
from visitor_register.gui.bookings.presenter import BookingsPresenter, Shown, Way
from visitor_register.gui.bookings.rows import COLUMNS, HEARD_COLUMN
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.file_drop import FileDrop
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.side_panel import WithSidePanel
from visitor_register.gui.widgets.table_panel import TablePanel

_WAYS = (
    (Way.DAY, "Day", "Alt+D", "One day, a column for each person to see"),
    (Way.WEEK, "Week", "Alt+W", "One week"),
    (Way.LIST, "List", "Alt+L", "One week as a list"),
)


class BookingsView(QWidget):
    """Pre-arranged visits.

    Enter opens one, Ctrl+N a new booking, Ctrl+O an invitation or a list of visits, which may also be dropped,
    Ctrl+Shift+O says what a list is; Alt+D, Alt+W and Alt+L show a day, a week or the list, Alt+Left and Alt+Right go
    through the days or weeks, Alt+Home to today's.
    """

    def __init__(
        self,
        presenter: BookingsPresenter,
        pick: PickInvitations = pick_invitations,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.presenter, self._pick, self._title = presenter, pick, ""
        self.heading = PlainLabel("Bookings", t="h1")
        self.earlier = KeyButton(icon="chevron-left")
        self.this_week = KeyButton("This week")
        self.later = KeyButton(icon="chevron-right")
        for button, keys in ((self.earlier, "Alt+Left"), (self.this_week, "Alt+Home"), (self.later, "Alt+Right")):
            press_with(button, keys)
            button.setToolTip(keys)
        self.title = PlainLabel(t="h2", elide=True)
        self.ways = {way: KeyButton(words, kind="chip") for way, words, _key, _tip in _WAYS}
        for way, _words, key, tip in _WAYS:
            press_with(self.ways[way], key)
            self.ways[way].setToolTip(f"{tip}: {key}")
            self.ways[way].clicked.connect(partial(self._look, way))
        self.new = KeyButton("New booking", icon="calendar-plus", key="Ctrl+N", shortcut=True, name="New booking")
        self.invite = KeyButton(
            "Open an invitation", icon="file-up", key="Ctrl+O", shortcut=True, name="Open an invitation"
        )
        self.invite.setToolTip("Open an invitation: Ctrl+O")
        self.bring = KeyButton(icon="list-checks", name="Book from a list")
        self.bring.setToolTip("Book from a list: Ctrl+Shift+O")
        press_with(self.bring, "Ctrl+Shift+O")
        self.invitation, self.list = InvitationPage(presenter.invitation), ListImportPage(presenter.list)
        self._files = (self.invitation, self.list)
        self.table = TablePanel("Bookings of the week", COLUMNS, row_height=58)
        self.calendar = CalendarView(presenter.now)
        self.empty = EmptyState("calendar-days", "No visits booked", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.calendar)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        for page in self._files:
            self._stack.addWidget(page)
        card = Card(margin=1)
        card.body.addWidget(self._stack)
        self.form = BookingForm(presenter.form)
        self.reply = ReplyBox(presenter.reply)
        # Last of all: what comes before it is filled in, this is done afterwards.
        self.form.content.addWidget(self.reply)
        self.across = WithSidePanel(card, self.form)
        self._lay_out()
        self.earlier.clicked.connect(presenter.earlier)
        self.this_week.clicked.connect(presenter.this_week)
        self.later.clicked.connect(presenter.later)
        self.new.clicked.connect(presenter.new)
        self.table.activated_row.connect(presenter.open)
        self.calendar.opened.connect(presenter.open)
        self.calendar.time_wanted.connect(self._new_at)
        self.calendar.day_wanted.connect(partial(presenter.look, Way.DAY))
        self._drop = FileDrop(self)
        self._drop.dropped.connect(presenter.open_files)
        self.invite.clicked.connect(self._pick_invitation)
        self.bring.clicked.connect(presenter.list.begin)
        presenter.invitation.shown.connect(partial(self._show_file, self.invitation))
        presenter.list.shown.connect(partial(self._show_file, self.list))
        presenter.list.begun.connect(partial(self._show_file, self.list))
        presenter.invitation.closed.connect(partial(self._file_closed, self.invitation))
        presenter.list.closed.connect(partial(self._file_closed, self.list))
        presenter.shown.connect(self._show)
        presenter.drawn.connect(self.calendar.show_words)
        presenter.opened.connect(self._open)
        presenter.form.saved.connect(self._saved)
        self.form.discarded.connect(self._back_to_list)
        self.form.closed.connect(self._back_to_list)
        presenter.jobs.changed.connect(self._changed)
        self.set_layout_class(LayoutClass.NORMAL)
        presenter.form.begin()

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = layout_class is LayoutClass.COMPACT
        self.heading.setVisible(not compact)
        self.new.set_key("" if compact else "Ctrl+N")
        self.new.setText("New" if compact else "New booking")
        wide = layout_class is LayoutClass.WIDE
        self.invite.set_key("Ctrl+O" if wide else "")
        self.invite.setText("Open an invitation" if wide else "")
        self.table.setColumnHidden(HEARD_COLUMN, not wide)
        self.across.set_layout_class(layout_class)
        self._say_title()
        self.list.set_layout_class(layout_class)
        if self._stack.currentWidget() in self._files:
            self.form.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the bookings."""
        self._back_to_list()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the days whenever the screen comes up."""
        super().showEvent(event)
        self.presenter.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(metrics.FIELD_GAP)
        for part in (self.heading, self.earlier, self.this_week, self.later):
            head.addWidget(part)
        head.addWidget(self.title, 1)
        for chip in self.ways.values():
            head.addWidget(chip)
        head.addWidget(self.bring)
        head.addWidget(self.invite)
        head.addWidget(self.new)
        column = QVBoxLayout(self)
        margin = metrics.PAGE_MARGIN
        column.setContentsMargins(margin, 12, margin, margin - 2)
        column.setSpacing(metrics.CARD_GAP)
        column.addLayout(head)
        column.addWidget(self.across, 1)

    @Slot(object)
    def _show(self, shown: Shown) -> None:
        self._title = shown.title
        self._say_title()
        for way, chip in self.ways.items():
            chip.setChecked(way is shown.way)
        by_day = shown.way is Way.DAY
        self.this_week.setText("Today" if by_day else "This week")
        self.earlier.set_name("The day before" if by_day else "The week before")
        self.later.set_name("The day after" if by_day else "The week after")
        self.table.set_rows(shown.rows)
        self.empty.show_words("No visits booked", shown.sentence)
        if self._stack.currentWidget() not in self._files:
            self._show_page()

    def _say_title(self) -> None:
        # Where there is little room the year is what nobody asks for.
        self.title.setText(self._title.rpartition(" ")[0] if self.form.over else self._title)

    def _page(self) -> QWidget:
        """Where the bookings are shown now."""
        if self.presenter.way is not Way.LIST:
            return self.calendar
        return self.table if self.table.rows else self.empty

    def _show_page(self) -> None:
        inside = self.window().focusWidget()
        had = inside is not None and self._stack.isAncestorOf(inside)
        self._stack.setCurrentWidget(self._page())
        if had:
            self._back_to_list()

    def _look(self, way: Way) -> None:
        # A chip that is pressed again would let go.
        self.ways[way].setChecked(True)
        self.presenter.look(way)

    @Slot(object, int)
    def _new_at(self, column: ColumnWords, minute: int) -> None:
        self.presenter.new_at(column.day, minute, column.host)

    @Slot()
    def _pick_invitation(self) -> None:
        self.presenter.open_files(self._pick(self))

    def _show_file(self, page: InvitationPage | ListImportPage, _said: object) -> None:
        if self._stack.currentWidget() is page is self.list:
            # What somebody answers there shows the list again; the keyboard stays where it is.
            return
        self._stack.setCurrentWidget(page)
        # One thing at a time: what stands in the form stays there.
        self.form.hide()
        page.begin()

    def _file_closed(self, page: InvitationPage | ListImportPage) -> None:
        if self._stack.currentWidget() is page:
            self._show_page()
            self.form.setVisible(not self.form.over)
            self._back_to_list()

    @Slot()
    def _open(self) -> None:
        self.across.open_panel()
        self.form.who.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh()

    @Slot(object, object)
    def _saved(self, _booking: object, _starts_at: object) -> None:
        self.form.close_panel()
        self._back_to_list()

    @Slot()
    def _back_to_list(self) -> None:
        # An empty list has no row to stand on.
        page = self._page()
        (self.new if page is self.empty else page).setFocus(Qt.FocusReason.OtherFocusReason)
