"""The guide as a whole page: search and pages at the left, the text at the right."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.guide.page_text import PageText
from visitor_register.gui.guide.pages import GuidePage
from visitor_register.gui.guide.presenter import GuideLine, GuidePresenter
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.search_field import SearchField

_LIST_WIDTH, _LIST_WIDTH_NARROW = 300, 244


class GuideView(QFrame):
    """Stands over everything else while it is open; `open_page` opens it at the page of a screen.

    Signals:
        closed: The guide is left; go back to where one was.
    """

    closed = Signal()

    def __init__(self, presenter: GuidePresenter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Guide")
        self.presenter = presenter or GuidePresenter(self)
        self.mark = Mark("info", size=24)
        self.title = PlainLabel("Guide", t="h1")
        self.search = SearchField("Search the guide", kind="search", name="Search the guide")
        self.search.installEventFilter(self)
        self.search.setToolTip("Ctrl+F")
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._to_search)
        self.back = KeyButton("Page before", icon="chevron-left", key="Alt+Left", shortcut=True)
        self.close_button = KeyButton("Close the guide", icon="x", key="Esc")
        self.list = ListPanel("Pages of the guide", empty="No page has these words", row_height=metrics.CONTROL_HEIGHT)
        self.text = PageText()
        self._build()
        self.search.textChanged.connect(self._search)
        self.list.selected.connect(self._chosen)
        self.list.activated_row.connect(self._read)
        self.list.clicked.connect(self._clicked)
        self.text.anchorClicked.connect(self._follow)
        self.back.clicked.connect(self.presenter.go_back)
        self.close_button.clicked.connect(self.closed)
        self.presenter.listed.connect(self._show_list)
        self.presenter.opened.connect(self._show_page)
        self.presenter.begin("")

    @Slot(str)
    def open_page(self, key: str) -> None:
        """Show the page of a screen, or the page of that name; the keyboard stands on the text."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.presenter.begin(key)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the guide gives it the keyboard: it belongs to the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field, Down goes to the list, and Enter reads the first page that was found."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            first = next((row for row in self.list.rows if not row.heading), None)
            if event.key() == Qt.Key.Key_Down and first is not None:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if first is not None:
                    self.presenter.open_page(first.key)
                    self._read(first.key)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search first, then closes the guide."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.text():
            self.search.clear()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text what room there is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "text"):
            self._fit()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(metrics.CARD_GAP)
        top.addWidget(self.mark)
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.back)
        top.addWidget(self.close_button)
        self._pages = Card(margin=1)
        self._pages.body.setSpacing(0)
        self._pages.body.addWidget(self.list, 1)
        left = QVBoxLayout()
        left.setSpacing(metrics.FIELD_GAP)
        left.addWidget(self.search)
        left.addWidget(self._pages, 1)
        self._left = QWidget()
        self._left.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout()
        across.setSpacing(metrics.CARD_GAP)
        across.addWidget(self._left)
        across.addWidget(self.text, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addLayout(across, 1)

    def _fit(self) -> None:
        look = theme.current()
        narrow = self.width() < look.px(1100)
        margin = 8 if narrow else metrics.PAGE_MARGIN
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(margin)
        # With large type in a small window the text needs the room more.
        self._left.setFixedWidth(min(look.px(_LIST_WIDTH_NARROW if narrow else _LIST_WIDTH), self.width() * 3 // 10))

    @Slot()
    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(str)
    def _search(self, text: str) -> None:
        self.presenter.search(text)
        self.text.mark(self.presenter.words)

    @Slot(object)
    def _show_list(self, lines: tuple[GuideLine, ...]) -> None:
        self.list.set_rows([Row(line.key or None, line.title, heading=line.heading) for line in lines])
        self._choose(self.presenter.current)

    @Slot(object)
    def _show_page(self, page: GuidePage) -> None:
        self.text.show_markdown(page.markdown, self.presenter.words)
        self.back.setEnabled(self.presenter.can_go_back)
        self._choose(page.key)

    def _choose(self, key: str) -> None:
        if key in [row.key for row in self.list.rows]:
            self.list.choose(key)
            self.list.scrollTo(self.list.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    @Slot(object)
    def _chosen(self, key: object) -> None:
        # Moving through the list reads along; choosing what is open already changes nothing.
        if isinstance(key, str) and key != self.presenter.current and self.list.hasFocus():
            self.presenter.open_page(key)

    @Slot(QModelIndex)
    def _clicked(self, _index: QModelIndex) -> None:
        key = self.list.current_key()
        if isinstance(key, str) and key != self.presenter.current:
            self.presenter.open_page(key)

    @Slot(object)
    def _read(self, key: object) -> None:
        self._chosen(key)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        self.presenter.follow(link.toString())
