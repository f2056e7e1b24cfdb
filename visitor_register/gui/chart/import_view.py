"""An import as pages inside the Chart screen: never a dialog, and left at any moment without a change."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.chart.accept_page import AcceptPage
from visitor_register.gui.chart.choose_page import ChoosePage
from visitor_register.gui.chart.columns_page import ColumnsPage
from visitor_register.gui.chart.decide_page import DecidePage
from visitor_register.gui.chart.import_presenter import ImportPresenter
from visitor_register.gui.chart.import_state import Accept, Page, Preview
from visitor_register.gui.chart.pages import Pages
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel

PickFiles = Callable[[QWidget], list[Path]]

_STEPS = {
    Page.CHOOSE: "Step 1 of 3: the file",
    Page.COLUMNS: "Step 1 of 3: its columns",
    Page.DECIDE: "Step 2 of 3: look and decide",
    Page.ACCEPT: "Step 3 of 3: accept or leave",
}


def pick_files(parent: QWidget) -> list[Path]:
    """Ask for the file with the system's own window; two for an organogram."""
    title, kinds = "Choose the file of the chart", "Lists (*.xlsx *.xlsm *.csv *.txt);;All files (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names[:2]]


class ImportView(QWidget):
    """Esc goes back or leaves; Ctrl+Enter goes on."""

    def __init__(self, presenter: ImportPresenter, pick: PickFiles = pick_files, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter, self._pick = presenter, pick
        self._page = Page.CHOOSE
        self.heading, self.info = PlainLabel("Import a chart", t="h1"), PlainLabel(t="muted", elide=True)
        self.step = PlainLabel(t="capb")
        self.choose, self.columns, self.decide, self.accept = ChoosePage(), ColumnsPage(), DecidePage(), AcceptPage()
        self.pages = {
            Page.CHOOSE: self.choose,
            Page.COLUMNS: self.columns,
            Page.DECIDE: self.decide,
            Page.ACCEPT: self.accept,
        }
        self._stack = Pages()
        for page in self.pages.values():
            self._stack.addWidget(page)
        self.safe = PlainLabel("Nothing changes until you accept.", elide=True)
        self.which = KeyButton("Columns", icon="list-checks")
        self.back, self.leave = KeyButton("Back", icon="chevron-left"), KeyButton("Leave", key="Esc")
        self.next = KeyButton("Go on", icon="check", key="Ctrl+Enter", kind="primary")
        self.leave.setToolTip("Leave the import. Nothing has changed.")
        press_with(self.next, "Ctrl+Return")
        self._lay_out()
        self._connect()
        self.set_layout_class(LayoutClass.NORMAL)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = layout_class is LayoutClass.COMPACT
        self.heading.set_role("h2" if compact else "h1")
        self.leave.set_key("" if compact else "Esc")
        self.next.set_key("" if compact else "Ctrl+Enter")
        self.safe.setVisible(not compact)
        self._mark.setVisible(not compact)
        self.choose.set_low(compact)
        self.decide.set_low(compact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.heading)
        head.addWidget(self.info, 1)
        head.addWidget(self.step)
        foot = QHBoxLayout()
        foot.setSpacing(metrics.FIELD_GAP)
        self.safe.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._mark = Mark("info", ink="muted")
        foot.addWidget(self._mark)
        foot.addWidget(self.safe, 1)
        foot.addStretch(0)
        for button in (self.which, self.back, self.leave, self.next):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.CARD_GAP)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.page_shown.connect(self._show_page)
        presenter.waiting.connect(self.choose.show_waiting)
        presenter.refused.connect(self.choose.show_refused)
        presenter.columns_shown.connect(self.columns.show_columns)
        presenter.preview_shown.connect(self._show_preview)
        presenter.accept_shown.connect(self._show_accept)
        presenter.wrong.connect(self.accept.show_wrong)
        presenter.left.connect(self.decide.begin)
        self.choose.dropped.connect(presenter.choose)
        self.choose.browse_wanted.connect(self._browse)
        self.choose.cancelled.connect(presenter.cancel_reading)
        self.decide.answered.connect(presenter.answer)
        self.decide.undo_wanted.connect(presenter.undo)
        self.which.clicked.connect(presenter.open_columns)
        self.back.clicked.connect(presenter.back)
        self.leave.clicked.connect(self._leave)
        self.next.clicked.connect(self._go_on)

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        changed = page is not self._page or not self.isVisible()
        self._page = page
        self._stack.setCurrentWidget(self.pages[page])
        self.step.setText(_STEPS[page])
        if page is Page.CHOOSE:
            self.info.setText("")
            self.decide.begin()
        self.which.setVisible(page is Page.DECIDE)
        self.back.setVisible(page in (Page.COLUMNS, Page.ACCEPT))
        self.next.setVisible(page is not Page.CHOOSE)
        if page is not Page.ACCEPT:
            self.next.setText("Read with these columns" if page is Page.COLUMNS else "Next: who it is from")
        if changed:
            self._take_focus(page)

    def _take_focus(self, page: Page) -> None:
        if page is Page.DECIDE:
            self.decide.take_focus()
            return
        firsts = {
            Page.CHOOSE: self.choose.browse,
            Page.COLUMNS: next(iter(self.columns.choosers.values())),
            Page.ACCEPT: self.accept.authority,
        }
        firsts[page].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_preview(self, shown: Preview) -> None:
        self.info.setText(shown.info)
        self.decide.show_preview(shown)

    @Slot(object)
    def _show_accept(self, shown: Accept) -> None:
        self.accept.show_accept(shown)
        self.next.setText(shown.button)

    @Slot()
    def _browse(self) -> None:
        paths = self._pick(self)
        if paths:
            self.presenter.choose(paths)

    @Slot()
    def _go_on(self) -> None:
        match self._page:
            case Page.COLUMNS:
                self.presenter.use_columns(self.columns.mappings())
            case Page.DECIDE:
                self.presenter.go_on()
            case Page.ACCEPT:
                self.presenter.accept(self.accept.typed())

    @Slot()
    def _leave(self) -> None:
        self.presenter.leave()
