"""The page of a list of visits on the Bookings screen: every row, what is in its way, and one button to book them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.domain.bookings import Place
from visitor_register.gui import metrics, theme
from visitor_register.gui.bookings.content import TOLD
from visitor_register.gui.bookings.invitation_words import KINDS
from visitor_register.gui.bookings.list_import_presenter import ListImportPresenter
from visitor_register.gui.bookings.list_import_row import RowBox
from visitor_register.gui.bookings.list_import_words import COLUMNS, HOST_COLUMN, SAYS, ListShown
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.confirm_page import ConfirmPage
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.table_panel import TablePanel
from visitor_register.services.booking_list_people import Named
from visitor_register.services.booking_list_rows import Part

AskPath = Callable[[QWidget], Path | None]
_ROW, _HEAD = 52, 38
_NO_DAY = "Write a day that has been, like 24/11/2026."


def pick_list(parent: QWidget) -> Path | None:
    """Ask for a list with the system's own window."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "Choose a list of visits", "", "Lists (*.csv *.xlsx *.ods);;All files (*)"
    )
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget) -> Path | None:
    """Ask where the empty list goes."""
    name, _ = file_dialogs.save_name(parent, "Save an empty list", "Visits.csv", "List (*.csv)")
    return Path(name) if name else None


class ListImportPage(ConfirmPage):
    """Up and down go through the rows, Space ticks, Enter puts right, Ctrl+Enter books, Esc leaves the list.

    Attributes:
        pick, ask_where: Ask for files; tests hand in their own.
    """

    def __init__(self, presenter: ListImportPresenter, parent: QWidget | None = None) -> None:
        super().__init__("Book", parent)
        self.presenter = presenter
        self.pick: AskPath = pick_list
        self.ask_where: AskPath = ask_where_to_save
        self._fewest = 3
        self._going_on: int | None = None
        self.sentence = PlainLabel(t="muted", wrap=True)
        self.order = Chooser(placeholder="Choose")
        self.how = Chooser([(words, told) for told, words in TOLD.items()])
        self.when = line_edit(longest=30)
        self.newcomers = Chooser([(words[:1].upper() + words[1:], kind) for kind, words in KINDS.items()])
        self.order_field = Field("Which day is that?", self.order)
        self.how_field = Field("How we heard, where it is not said", self.how)
        self.when_field = Field("When we heard", self.when)
        self.newcomers_field = Field("Visitors nobody knows are", self.newcomers)
        self.table = TablePanel("Visits of the list", COLUMNS, row_height=_ROW)
        self.row = RowBox()
        self.left_out = PlainLabel(t="cap")
        self.empty = EmptyState(
            "file-up",
            "Book from a list",
            SAYS,
            action="Choose a list",
            action_icon="file-up",
            second="Save an empty list",
        )
        self._pages, self._list = QStackedWidget(), QWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        questions = QHBoxLayout()
        questions.setSpacing(metrics.FIELD_GAP)
        for field, stretch in (
            (self.order_field, 3),
            (self.how_field, 3),
            (self.when_field, 2),
            (self.newcomers_field, 3),
        ):
            questions.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout(self._list)
        inner.setContentsMargins(0, 0, 4, 0)
        inner.setSpacing(metrics.FIELD_GAP)
        inner.addWidget(self.sentence)
        inner.addLayout(questions)
        # It takes the room there is: what has to be seen stands above and below it.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.row)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(Scrolling(self._list))
        self.lay_out(self._pages)
        self.foot.addWidget(self.left_out)
        self.tab_through([self.table, *self.row.controls(), self.order, self.how, self.when, self.newcomers])
        self._fit()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self.show_list)
        presenter.begun.connect(self.show_empty)
        self.order.chosen.connect(lambda order: presenter.answer(order=order))
        self.how.chosen.connect(lambda told: presenter.answer(told=told))
        self.newcomers.chosen.connect(lambda kind: presenter.answer(newcomers=kind))
        self.when.editingFinished.connect(self._say_when)
        self.table.selected.connect(self._show_row)
        self.table.ticked.connect(presenter.tick)
        self.table.activated_row.connect(self._put_right)
        self.row.written.connect(self._write)
        self.row.who_said.connect(self._say_who)
        self.row.where_said.connect(self._say_where)
        self.confirm.clicked.connect(presenter.confirm)
        self.leave.clicked.connect(presenter.leave)
        self.empty.acted.connect(self._choose)
        self.empty.acted_second.connect(self._save_empty)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = layout_class is LayoutClass.COMPACT
        self.table.setColumnHidden(HOST_COLUMN, compact)
        self._fewest = 2 if compact else 3
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from a field back to the table, and from there it leaves the list."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.row.isAncestorOf(self.focusWidget()):
            self._show_row(self.table.current_key())
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    @Slot(object)
    def show_list(self, said: ListShown) -> None:
        """Show a list, or what became of it after an answer."""
        fresh = self._pages.currentIndex() == 0
        self.title.setText(said.title)
        self.hint.setText(said.hint)
        self.sentence.setText(said.sentence)
        self.sentence.setVisible(bool(said.sentence))
        self.order_field.set_label(f"Which day is {said.asked}?")
        self.order.set_options(said.orders)
        self.how.set_value(said.told)
        if not self.when.hasFocus():
            self.when.setText(said.heard)
        for field, asked in (
            (self.order_field, bool(said.asked)),
            (self.how_field, said.asks_how),
            (self.when_field, said.asks_when),
            (self.newcomers_field, said.asks_newcomers),
        ):
            field.setVisible(asked)
        self.table.set_rows(said.rows)
        self.confirm.setText(said.button or "Book")
        self.confirm.setVisible(bool(said.button))
        self.left_out.setText(said.left_out)
        self._pages.setCurrentIndex(1)
        self._go_on()
        self._show_row(self.table.current_key())
        if fresh:
            announce(self, f"{said.title}. {said.hint}. {said.sentence}")
            self._begin_if_seen()

    @Slot(str)
    def show_empty(self, sentence: str) -> None:
        """No list is open: what to do, or why the last file was not read."""
        refused = sentence != SAYS
        self.empty.show_words("This list was not read" if refused else "Book from a list", sentence)
        self.title.setText("")
        self.hint.setText("")
        self.left_out.setText("")
        self.confirm.hide()
        self._pages.setCurrentIndex(0)
        announce(self, f"{self.empty.title.text()}. {sentence}")
        self._begin_if_seen()

    def begin(self) -> None:
        """Give the keyboard to what is asked of the whole list, else to the first row to put right."""
        if self._pages.currentIndex() == 0:
            self.empty.main.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.order_field.isHidden() and self.order.value() is None:
            self.order.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.table.rows:
            first = self.presenter.next_to_put_right(0)
            self.table.choose(first if first is not None else self.table.rows[0].key)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_if_seen(self) -> None:
        # Whoever turns to the page gives it the keyboard; here it only goes from one part to the other.
        if self.isVisible():
            self.begin()

    def _go_on(self) -> None:
        """After an answer: to the next row to put right, but stay where it did not help."""
        number, self._going_on = self._going_on, None
        if number is None:
            return
        said = self.presenter.about(number)
        if said is not None and said.asks:
            self._show_row(number)
            self.row.begin()
            return
        self.table.choose(self.presenter.next_to_put_right(number) or number)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.table.setMinimumHeight(theme.current().px(_HEAD + _ROW * self._fewest) + 4)

    @Slot(object)
    def _show_row(self, number: object) -> None:
        self.row.show_row(self.presenter.about(number) if isinstance(number, int) else None)

    @Slot(object)
    def _put_right(self, number: object) -> None:
        self._show_row(number)
        self.row.begin()

    @Slot(int, object)
    def _write(self, number: int, typed: dict[Part, str]) -> None:
        self._going_on = number
        self.presenter.write(number, typed)

    @Slot(object, object)
    def _say_who(self, named: Named, somebody: Any) -> None:
        self._going_on = self.table.current_key()
        self.presenter.say_who(named, somebody)

    @Slot(int, object)
    def _say_where(self, number: int, place: Place) -> None:
        self._going_on = number
        self.presenter.say_where(number, place)

    @Slot()
    def _say_when(self) -> None:
        self.when_field.set_error("" if self.presenter.say_when(self.when.text()) else _NO_DAY)

    @Slot()
    def _choose(self) -> None:
        path = self.pick(self)
        if path is not None:
            self.presenter.open(path)

    @Slot()
    def _save_empty(self) -> None:
        path = self.ask_where(self)
        if path is not None:
            self.presenter.save_template(path)
