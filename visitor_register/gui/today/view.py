"""Today: the search field, the result card, and the work below it. The first screen of reception."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.today.ask_bar import AskBar
from visitor_register.gui.today.boards import IdleBoard, TabbedLists
from visitor_register.gui.today.drafts_chip import DraftsChip
from visitor_register.gui.today.next_line import NextLine
from visitor_register.gui.today.presenter import TodayPresenter
from visitor_register.gui.today.scene import Scene, Work
from visitor_register.gui.today.search_keys import SearchKeys
from visitor_register.gui.today.search_panel import SearchPanel
from visitor_register.gui.today.side import Side
from visitor_register.gui.today.tell_bar import TellBar
from visitor_register.gui.today.visitor_panel import VisitorPanel
from visitor_register.gui.today.work import ArrivalWork
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.result_card import ResultCard
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.stack import Stack
from visitor_register.services.today import Board

HINT = "Scan a badge, or type two letters of a name"
SHORT_HINT = "Scan or type a name"


class TodayView(QWidget):
    """Who stands at the desk, and what to do next.

    It has no box for codes: the scanner reaches the presenter through the application's wedge
    filter, whatever has the focus. `tools` are pages with a presenter of their own (Add from paper,
    home time), shown in the place of the work.

    Signals:
        search_moved: Whether the search field belongs into the top bar (compact windows).
    """

    search_moved = Signal(bool)

    def __init__(self, presenter: TodayPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._scene = Scene(Work.IDLE)
        self._layout_class = LayoutClass.NORMAL
        self._tools: dict[Work, QWidget] = {}
        self._buttons: list[KeyButton] = []
        self._strips: list[TellBar] = []
        self.search = SearchField(HINT, name="Name of the visitor", short=SHORT_HINT)
        self.search_keys = SearchKeys(self.search)
        self.setFocusProxy(self.search)
        self._top = QHBoxLayout()
        self._top.setSpacing(8)
        self._top.addWidget(self.search, 1)
        self.next = NextLine()
        self.drafts_chip = DraftsChip()
        self.card = ResultCard()
        self.ask = AskBar()
        self.idle = IdleBoard()
        self.compact_lists = TabbedLists()
        self.found = SearchPanel()
        self.work = ArrivalWork()
        self.visitor = VisitorPanel()
        self._stack = Stack()
        self.side = Side()
        for page in (self.idle, self.compact_lists, self.found, self.work, self.visitor):
            self._stack.addWidget(page)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(metrics.PAGE_MARGIN, 12, metrics.PAGE_MARGIN, 14)
        column.setSpacing(metrics.CARD_GAP)
        column.addLayout(self._top)
        next_row = QHBoxLayout()
        next_row.addWidget(self.next, 1)
        next_row.addWidget(self.drafts_chip)
        column.addLayout(next_row)
        column.addWidget(self.card)
        column.addWidget(self.ask)
        row = QHBoxLayout()
        row.setSpacing(metrics.CARD_GAP)
        row.addWidget(self._stack, 1)
        row.addWidget(self.side)
        column.addLayout(row, 1)
        self._connect()
        self.show_scene(self._scene)

    def add_tool(self, button: KeyButton) -> None:
        """Put a button beside the search field."""
        self._buttons.append(button)
        self._top.addWidget(button)
        self._show_tools()

    def add_strip(self, strip: TellBar) -> None:
        """Put the call script under the search field, above whoever stands at the desk."""
        self._column.insertWidget(1, strip)
        self._strips.append(strip)
        self.presenter.scene.connect(strip.follow)

    def add_page(self, work: Work, page: QWidget) -> None:
        """Give one kind of work its page."""
        self._tools[work] = page
        self._stack.addWidget(page)

    @Slot(object)
    def show_scene(self, scene: Scene) -> None:
        """Draw one moment."""
        new = scene.finding is not self._scene.finding or scene.work is not self._scene.work
        self._scene = scene
        self.card.setVisible(scene.card is not None)
        if scene.card is not None and scene.card != self.card.content:
            self.card.show_card(scene.card, read_out=new)
            # Buttons made later stand at the end of the keyboard's way round the window.
            before: QWidget = self.search
            for button in self.card.buttons():
                self.setTabOrder(before, button)
                before = button
        idle = scene.work is Work.IDLE
        self.next.setVisible(idle)
        self.drafts_chip.set_wanted(scene.work in (Work.IDLE, Work.ARRIVAL))
        if scene.work is Work.ARRIVAL:
            self.work.show_scene(scene)
        if scene.work is Work.VISITOR and new and scene.arrival is not None and scene.arrival.way is not None:
            self.visitor.ask(scene, scene.arrival.way)
        self._stack.setCurrentWidget(self._page(scene.work))
        self._show_tools()
        if new:
            self.ask.close_bar()
            self._focus_for(scene)

    @Slot(object)
    def show_board(self, board: Board) -> None:
        """Fill the lists."""
        for lists in (self.idle, self.compact_lists, self.work.lists):
            lists.show_board(board)
        self.next.show_board(board)
        self.drafts_chip.show_board(board)

    @Slot(object, str)
    def show_hits(self, hits: object, text: str) -> None:
        """Show who was found, unless something else has been typed since."""
        if text == self.search.text() and isinstance(hits, list):
            self.found.show_hits(hits, text, self.presenter.desk.now())

    @Slot(str)
    def show_problem(self, sentence: str) -> None:
        """Say which answer is missing, where it is asked."""
        if self._scene.work is Work.VISITOR:
            self.visitor.show_problem(sentence)
        else:
            self.work.show_problem(sentence)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = layout_class is LayoutClass.COMPACT
        if compact is not (self._layout_class is LayoutClass.COMPACT):
            self.search_moved.emit(compact)
        self._layout_class = layout_class
        self._column.setContentsMargins(
            metrics.PAGE_MARGIN, 8 if compact else 12, metrics.PAGE_MARGIN, 8 if compact else 14
        )
        self._column.setSpacing(8 if compact else metrics.CARD_GAP)
        for part in (self.visitor, self.card, self.work, self.found, self.compact_lists, self.next):
            part.set_layout_class(layout_class)
        for strip in self._strips:
            strip.set_layout_class(layout_class)
        self._stack.setCurrentWidget(self._page(self._scene.work))
        self._show_tools()

    def take_search_back(self) -> None:
        """The top bar gives the search field back."""
        self._top.insertWidget(0, self.search, 1)

    @Slot(bool)
    def _side_folded(self, _away: bool) -> None:
        self._stack.setCurrentWidget(self._page(self._scene.work))

    @Slot(int)
    def _step_in_search(self, step: int) -> None:
        if self._scene.work is Work.SEARCH:
            self.found.step(step)
        elif self._scene.work is Work.IDLE:
            self._current_list().setFocus(Qt.FocusReason.TabFocusReason)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.scene.connect(self.show_scene)
        presenter.board.connect(self.show_board)
        presenter.hits.connect(self.show_hits)
        presenter.missing.connect(self.show_problem)
        self.search.textEdited.connect(presenter.type_name)
        self.card.acted.connect(self._act)
        self.found.chosen.connect(presenter.choose_person)
        self.found.way.connect(presenter.choose_way)
        self.work.edited.connect(presenter.edit)
        self.work.reasons.chosen.connect(self._reason_given)
        self.work.called.connect(presenter.record_call)
        self.work.panel.way.connect(presenter.choose_way)
        self.work.guidance.told.connect(presenter.told)
        self.work.guidance.way.connect(presenter.choose_way)
        self.work.guidance.declined.connect(presenter.decline)
        self.visitor.named.connect(presenter.name_visitor)
        self.visitor.closed.connect(presenter.close_card)
        self.drafts_chip.resumed.connect(presenter.resume)
        self.side.folded.connect(self._side_folded)
        self.search_keys.stepped.connect(self._step_in_search)
        self.search_keys.entered.connect(self._enter_in_search)
        for lists in (self.idle, self.compact_lists, self.work.lists):
            lists.activated.connect(self._activate)
        keys = (("F2", "", self._open_panel), ("Esc", "", self._escape), ("F3", "", self._to_search))
        card_keys = (("F4", "no_match"), ("Ctrl+B", "call_later"), ("F10", "take_booking"))
        for key, action, slot in (*keys, *((key, action, self._card_key) for key, action in card_keys)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setObjectName(action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _page(self, work: Work) -> QWidget:
        if work is Work.IDLE:
            # Three columns beside a panel would be too narrow for a name.
            return self.idle if self.side.isHidden() and not self._compact else self.compact_lists
        pages = {Work.SEARCH: self.found, Work.ARRIVAL: self.work, Work.VISITOR: self.visitor, **self._tools}
        return pages[work]

    def _current_list(self) -> QWidget:
        tabbed = self._stack.currentWidget() is self.compact_lists
        return self.compact_lists.lists[self.compact_lists.tabs.current] if tabbed else self.idle.due

    def _show_tools(self) -> None:
        """On a small screen the buttons give their row to whoever stands at the desk."""
        for button in self._buttons:
            button.setVisible(self._layout_class is not LayoutClass.COMPACT or self._scene.work is Work.IDLE)

    @property
    def _compact(self) -> bool:
        return self._layout_class is LayoutClass.COMPACT

    def _focus_for(self, scene: Scene) -> None:
        """The keyboard goes where the next key belongs."""
        if scene.work is not Work.SEARCH:
            self.search.clear()
        if scene.work is Work.ARRIVAL:
            if not self.work.focus_first_answer():
                self.card.focus_main()
        elif scene.work is Work.VISITOR:
            self.visitor.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif scene.work is Work.IDLE:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        elif scene.work is Work.SEARCH:
            if scene.finding is not None:
                self.search.clear()
                self.found.clear()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _enter_in_search(self) -> None:
        if self._scene.work is Work.SEARCH and (person := self.found.take()) is not None:
            self.presenter.choose_person(person)

    @Slot(str)
    def _act(self, action: str) -> None:
        if action == "panel":
            self._open_panel()
        else:
            self.presenter.act(action)

    @Slot(object)
    def _activate(self, key: object) -> None:
        if not isinstance(key, tuple):
            return
        kind, identity = key
        if kind == "due":
            self.presenter.choose_person(identity)
        elif kind == "here":
            self.presenter.writer.sign_out(identity)
        elif kind == "draft":
            self.presenter.resume(identity)
        elif kind == "left":
            self.ask.ask("Why is this visitor put back on site?", partial(self.presenter.writer.put_back, identity))
        elif kind == "open":
            self.presenter.show_work(Work.HOME_TIME)

    @Slot(object)
    def _reason_given(self, _reason: object) -> None:
        """The question is answered: the next key is Enter."""
        self.card.focus_main()

    @Slot()
    def _open_panel(self) -> None:
        if self._scene.work is Work.ARRIVAL:
            self.work.open_panel()

    @Slot()
    def _card_key(self) -> None:
        """A key of a quiet button, as long as the card shows that button."""
        sender = self.sender()
        if sender is not None and self.card.isVisible() and self.card.button(sender.objectName()) is not None:
            self.presenter.act(sender.objectName())

    @Slot()
    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def _escape(self) -> None:
        """Back out safely: from the panel, else park the arrival, else clear the search."""
        scene = self._scene
        if scene.work is Work.ARRIVAL and self.work.panel_covers:
            self.work.close_panel()
            self.card.focus_main()
        elif scene.work in (Work.ARRIVAL, Work.SEARCH) and scene.finding is not None:
            self.presenter.park()
        elif scene.work is not Work.IDLE:
            self.presenter.close_card()
        else:
            self.search.clear()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
