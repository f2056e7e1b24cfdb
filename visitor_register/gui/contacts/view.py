"""The Contacts screen: what is owed and by whom, the most pressing first, and why it is due then."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.domain.contacts import Owes
from visitor_register.gui import metrics
from visitor_register.gui.contacts import words
from visitor_register.gui.contacts.mail_page import MailPage, PickMails, pick_mails
from visitor_register.gui.contacts.presenter import ContactsPresenter
from visitor_register.gui.contacts.rows import COLUMNS, COUNTED, Filter, Listed
from visitor_register.gui.contacts.why_panel import WhyPanel
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.file_drop import FileDrop
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.side_panel import SidePages, WithSidePanel
from visitor_register.gui.widgets.table_panel import TablePanel

_CHIPS: tuple[tuple[Owes | None, str], ...] = (
    (None, "All"),
    (Owes.AUTHORITY, words.OWES[Owes.AUTHORITY]),
    (Owes.SCHOOL, words.OWES[Owes.SCHOOL]),
)
_NOTHING = "Nothing is owed"
_FIRST = "Log an e-mail, a call or an allocation: whatever is owed after it stands here, with its day and the reason."


class ContactsView(QWidget):
    """Deadlines of both sides. Enter opens one, Ctrl+F goes to the search, Ctrl+N logs, Ctrl+E writes.

    `side` holds the panels at the right; `offer_log`, `offer_writing` and `offer_timeline` put one more there and
    show the buttons that lead to it.
    """

    def __init__(self, presenter: ContactsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._listed = Listed()
        self.heading = PlainLabel("Contacts", t="h1")
        self.pills = {state: Pill("", words.STATE[state].tone, words.STATE[state].shape) for state in COUNTED}
        self.log = KeyButton("Log a contact", icon="plus", key="Ctrl+N", shortcut=True, name="Log a contact")
        self.write = KeyButton("Write an e-mail", icon="mail", key="Ctrl+E", shortcut=True, name="Write an e-mail")
        self.story = KeyButton("Timeline", icon="history", name="The timeline of a worker or a child")
        self.chips = {owes: KeyButton(said, kind="chip") for owes, said in _CHIPS}
        self.team = Chooser(name="Team", placeholder="Team: any")
        self.search = SearchField("Worker or child reference", name="Find a worker or child reference", kind="search")
        self.table = TablePanel("Deadlines", COLUMNS, row_height=58)
        self.empty = EmptyState("phone", _NOTHING, _FIRST, action="Log a contact", action_icon="plus")
        self.bring = KeyButton(icon="file-up", key="Ctrl+O", shortcut=True, name="Open a message")
        # In most windows they are icons alone.
        self.story.setToolTip("Timeline")
        self.bring.setToolTip("Open a message, Ctrl+O")
        self._stack, self._pages = QStackedWidget(), QStackedWidget()
        self.panel = WhyPanel(presenter)
        self.side = SidePages(self.panel)
        self._card = Card(margin=1)
        self.across = WithSidePanel(self._card, self.side)
        self._lay_out()
        self._connect()
        for button in (self.story, self.log, self.write, self.bring, self.empty.main):
            button.hide()
        self._show(self._listed)
        self._mark_chip(None)

    def offer_log(self, page: QWidget) -> None:
        """A contact can be logged, in this panel."""
        self.side.add_page(page)
        self.presenter.log_wanted.connect(partial(self._show_page, page))
        self.log.show()
        self.empty.main.show()
        self.panel.offer_logging()

    def offer_writing(self, page: QWidget) -> None:
        """A message can be written, in this panel."""
        self.side.add_page(page)
        self.presenter.write_wanted.connect(partial(self._show_page, page))
        self.write.show()
        self.panel.offer_writing()

    def offer_timeline(self, page: QWidget) -> None:
        """A timeline can be shown, in this panel."""
        self.side.add_page(page)
        self.presenter.timeline_wanted.connect(partial(self._show_page, page))
        self.story.show()
        self.panel.offer_timeline()

    def offer_mail(self, page: MailPage, pick: PickMails = pick_mails) -> None:
        """A received message can be dropped here or opened; it stands in the place of the list until it is done."""
        card = Card(margin=1)
        card.body.addWidget(page)
        self._pages.addWidget(card)
        page.shown.connect(partial(self._look_at, page, card))
        page.left.connect(self._to_pages)
        FileDrop(self).dropped.connect(page.presenter.open)
        self.bring.clicked.connect(lambda: page.presenter.open(pick(self)))
        self.bring.show()

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact, wide = layout_class is LayoutClass.COMPACT, layout_class is LayoutClass.WIDE
        self.heading.setVisible(not compact)
        for button, key in ((self.log, "Ctrl+N"), (self.write, "Ctrl+E")):
            button.set_key("" if compact else key)
        self.bring.set_key("Ctrl+O" if wide else "")
        self.story.setText("Timeline" if wide else "")
        self.across.set_layout_class(layout_class)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the list, or to a message that is looked at."""
        shown = self._pages.currentWidget()
        mail = shown.findChild(MailPage) if shown is not None else None
        if mail is not None:
            mail.begin()
        else:
            self.to_list()

    def showEvent(self, event: QShowEvent) -> None:
        """Read again whenever the screen comes up: the time has gone on."""
        super().showEvent(event)
        self.presenter.refresh()

    @Slot()
    def to_list(self) -> None:
        """Give the keyboard to the list; an empty one has no row to stand on."""
        (self.table if self.table.rows else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head, tools = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(metrics.FIELD_GAP)
        head.addWidget(self.heading)
        head.addSpacing(8)
        for pill in self.pills.values():
            head.addWidget(pill)
        head.addStretch(1)
        head.addWidget(self.bring)
        head.addWidget(self.story)
        head.addWidget(self.log)
        head.addWidget(self.write)
        tools.setContentsMargins(12, 8, 12, 8)
        tools.setSpacing(6)
        for chip in self.chips.values():
            tools.addWidget(chip)
        tools.addSpacing(6)
        tools.addWidget(self.team, 2)
        tools.addWidget(self.search, 3)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._card.body.setSpacing(0)
        self._card.body.addLayout(tools)
        self._card.body.addWidget(frame("line"))
        self._card.body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        margin = metrics.PAGE_MARGIN
        column.setContentsMargins(margin, 12, margin, margin - 2)
        column.setSpacing(metrics.FIELD_GAP)
        column.addLayout(head)
        self._pages.addWidget(self.across)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        for owes, chip in self.chips.items():
            chip.clicked.connect(partial(self._narrow, owes))
        self.team.chosen.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.to_list)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        self.table.selected.connect(presenter.open)
        self.table.activated_row.connect(self._open)
        self.log.clicked.connect(presenter.log)
        self.empty.acted.connect(presenter.log)
        self.write.clicked.connect(presenter.write)
        self.story.clicked.connect(partial(presenter.timeline_wanted.emit, None))
        self.panel.left.connect(self.to_list)
        self.side.closed.connect(self.to_list)
        presenter.listed.connect(self._show)
        presenter.forgotten.connect(self._forget)

    @Slot(object)
    def _show(self, listed: Listed) -> None:
        before, self._listed = self._listed, listed
        for state, pill in self.pills.items():
            number = (listed.states or {}).get(state, 0)
            spec = words.STATE[state]
            pill.show_state(f"{number} {spec.text.lower()}", spec.tone, spec.shape)
            pill.setVisible(bool(number))
        for owes, said in _CHIPS:
            self.chips[owes].setText(f"{said} {(listed.chips or {}).get(owes, 0)}")
        if listed.teams != before.teams:
            self.team.set_options([("Team: any", ""), *((team, team) for team in listed.teams)])
        self.table.set_rows(listed.rows)
        self._stack.setCurrentWidget(self.table if listed.rows else self.empty)
        if not listed.rows:
            self.empty.show_words(
                "Nothing fits" if listed.filtered else _NOTHING,
                "Take a part of the filter out." if listed.filtered else _FIRST,
            )
        if listed.rows and not before.rows and not before.filtered and self.search.hasFocus():
            # While nothing was read there was no row for the keyboard to stand on.
            self.to_list()
        self._choose_first()
        if listed.states and listed.states != before.states:
            announce(self.heading, ", ".join(pill.text() for pill in self.pills.values()))

    def _choose_first(self) -> None:
        """Where there is room for the panel, something stands in it."""
        if self.table.current_key() is None and self._listed.rows:
            self.table.choose(self._listed.rows[0].key)
        elif (key := self.table.current_key()) is not None and (
            self.presenter.chosen is None or self.presenter.chosen.clock.id != key
        ):
            self.presenter.open(key)

    def _narrow(self, owes: Owes | None) -> None:
        self._mark_chip(owes)
        self._filter()

    def _mark_chip(self, owes: Owes | None) -> None:
        for one, chip in self.chips.items():
            chip.setChecked(one is owes)

    @Slot()
    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def _filter(self) -> None:
        owes = next((one for one, chip in self.chips.items() if chip.isChecked()), None)
        self.presenter.look_for(Filter(owes, self.team.value() or "", self.search.text()))

    @Slot(object)
    def _open(self, identity: UUID) -> None:
        self.presenter.open(identity)
        self.side.show_page(self.panel)
        self.across.open_panel()
        self.panel.take_keyboard()

    def _look_at(self, page: MailPage, card: QWidget) -> None:
        """One thing at a time: what is written in a panel waits there meanwhile."""
        self._pages.setCurrentWidget(card)
        for button in (self.log, self.write):
            button.setEnabled(False)
        page.begin()

    @Slot()
    def _to_pages(self) -> None:
        """Back from a message to the list."""
        for button in (self.log, self.write):
            button.setEnabled(True)
        if self._pages.currentWidget() is not self.across:
            self._pages.setCurrentWidget(self.across)
            self.to_list()

    def _show_page(self, page: QWidget, *_what: object) -> None:
        self.side.show_page(page)
        self.across.open_panel()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _forget(self) -> None:
        """What the last person looked for is nobody else's business."""
        for widget in (self.search, self.team):
            widget.blockSignals(True)
        self.search.clear()
        self.team.set_options(())
        for widget in (self.search, self.team):
            widget.blockSignals(False)
        self._mark_chip(None)
        self.side.close_pages()
