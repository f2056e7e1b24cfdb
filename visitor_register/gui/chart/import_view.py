"""An import as pages inside the Chart screen: never a dialog, and left at any moment without a change."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.chart.accept_page import AcceptPage
from visitor_register.gui.chart.boxes_page import BoxesPage
from visitor_register.gui.chart.choose_page import ChoosePage
from visitor_register.gui.chart.columns_page import ColumnsPage
from visitor_register.gui.chart.decide_page import DecidePage
from visitor_register.gui.chart.done_page import DonePage
from visitor_register.gui.chart.import_presenter import ImportPresenter
from visitor_register.gui.chart.import_rows import CHANGES
from visitor_register.gui.chart.import_state import Accept, Boxes, Page, Preview
from visitor_register.gui.chart.pages import Pages
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel

PickFiles = Callable[[QWidget], list[Path]]

_STEPS = {
    Page.CHOOSE: "Step 1 of 3: the file",
    Page.COLUMNS: "Step 1 of 3: its columns",
    Page.BOXES: "Step 1 of 3: its boxes and lines",
    Page.DECIDE: "Step 2 of 3: look and decide",
    Page.ACCEPT: "Step 3 of 3: accept or leave",
    Page.DONE: "Accepted",
}
_NEXT = {
    Page.COLUMNS: "Read with these columns",
    Page.BOXES: "Next: what changes",
    Page.DECIDE: "Next: who it is from",
    Page.DONE: "Show the chart",
}
_KEEPABLE = (Page.BOXES, Page.DECIDE, Page.ACCEPT)
_KINDS = "*.xlsx *.xlsm *.ods *.csv *.txt *.pptx *.pptm *.docx *.docm *.vsdx *.vsdm *.pdf *.vrchart"


def pick_files(parent: QWidget) -> list[Path]:
    """Ask for the file with the system's own window; two for an organogram."""
    title, kinds = "Choose the file of the chart", f"Charts ({_KINDS});;All files (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names[:2]]


class ImportView(QWidget):
    """Esc goes back or leaves; Ctrl+Enter goes on; Ctrl+D keeps it as a draft."""

    def __init__(self, presenter: ImportPresenter, pick: PickFiles = pick_files, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter, self._pick = presenter, pick
        self._page, self._drawn, self._compact = Page.CHOOSE, False, False
        self.heading, self.info = PlainLabel("Import a chart", t="h1"), PlainLabel(t="muted", elide=True)
        self.step = PlainLabel(t="capb")
        self.team = Chooser(name="Changes of which team")
        self.choose, self.columns, self.boxes = ChoosePage(), ColumnsPage(), BoxesPage()
        self.decide, self.accept, self.done = DecidePage(), AcceptPage(), DonePage()
        self.pages = {
            Page.CHOOSE: self.choose,
            Page.COLUMNS: self.columns,
            Page.BOXES: self.boxes,
            Page.DECIDE: self.decide,
            Page.ACCEPT: self.accept,
            Page.DONE: self.done,
        }
        self._stack = Pages()
        for page in self.pages.values():
            self._stack.addWidget(page)
        self.safe = PlainLabel("Nothing changes until you accept.", elide=True)
        self.which = KeyButton("Columns", icon="list-checks")
        self.print = KeyButton("Print", icon="printer")
        self.keep = KeyButton("Keep as draft", icon="download")
        self.back, self.leave = KeyButton("Back", icon="chevron-left"), KeyButton("Leave", key="Esc")
        self.next = KeyButton("Go on", icon="check", key="Ctrl+Enter", kind="primary")
        self.leave.setToolTip("Leave the import. Nothing has changed.")
        self.keep.setToolTip("Go on another time; nothing has changed.")
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
        self.keep.setText("Keep" if compact else "Keep as draft")
        self.keep.set_name("Keep as draft")
        self._compact = compact
        for chooser, wide in ((self.team, 190), (self.boxes.pages, 190 if compact else 250)):
            chooser.setFixedWidth(theme.current().px(wide))
        self._show_parts()
        for page in (self.choose, self.boxes, self.decide):
            page.set_low(compact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the list of all, or the import."""
        if event.key() == Qt.Key.Key_Escape:
            picking = next((page for page in (self.boxes, self.decide) if page.isVisible() and page.picking), None)
            if picking is not None:
                picking.stop_picking()
            else:
                self._leave()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.heading)
        head.addWidget(self.info, 1)
        head.addWidget(self.team)
        head.addWidget(self.boxes.pages)
        head.addWidget(self.boxes.zoom)
        head.addWidget(self.step)
        foot = QHBoxLayout()
        foot.setSpacing(metrics.FIELD_GAP)
        self.safe.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._mark = Mark("info", ink="muted")
        foot.addWidget(self._mark)
        foot.addWidget(self.safe, 1)
        foot.addStretch(0)
        for button in (self.which, self.print, self.keep, self.back, self.leave, self.next):
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
        presenter.drafts.listed.connect(self.choose.show_drafts)
        presenter.columns_shown.connect(self.columns.show_columns)
        presenter.boxes_shown.connect(self._show_boxes)
        presenter.preview_shown.connect(self._show_preview)
        presenter.accept_shown.connect(self._show_accept)
        presenter.done_shown.connect(self.done.show_done)
        presenter.wrong.connect(self.accept.show_wrong)
        self.accept.key_confirmed.connect(presenter.confirm_key)
        presenter.arrived.shown.connect(self.choose.show_arrived)
        presenter.left.connect(self._begin)
        self.choose.dropped.connect(presenter.choose)
        self.choose.browse_wanted.connect(self._browse)
        self.choose.cancelled.connect(presenter.cancel_reading)
        self.choose.resumed.connect(presenter.resume)
        self.choose.arrived_wanted.connect(presenter.arrived.read)
        self.choose.arrived_refused.connect(presenter.arrived.refuse)
        self.choose.discarded.connect(presenter.drafts.discard)
        for page in (self.boxes, self.decide):
            page.answered.connect(presenter.answer)
            page.undo_wanted.connect(presenter.undo)
        self.done.undo_wanted.connect(presenter.take_back)
        self.team.chosen.connect(presenter.filter_team)
        self.decide.tabs.chosen.connect(self._show_team)
        self.which.clicked.connect(presenter.open_source)
        self.print.clicked.connect(presenter.print_now)
        self.keep.clicked.connect(self._keep)
        self.back.clicked.connect(presenter.back)
        self.leave.clicked.connect(self._leave)
        self.next.clicked.connect(self._go_on)

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        changed = page is not self._page or not self.isVisible()
        self._page = page
        self._stack.setCurrentWidget(self.pages[page])
        if page is Page.CHOOSE:
            self.info.setText("")
            self._begin()
        if page in _NEXT:
            self.next.setText(_NEXT[page])
        self._show_parts()
        if changed:
            self._take_focus(page)

    def _show_parts(self) -> None:
        """Show what stands above and below a page, as far as it has a meaning there."""
        page = self._page
        step, _, what = _STEPS[page].partition(":")
        self.step.setText(step if self._compact or not what else f"{step}:{what}")
        self.which.setText("Boxes" if self._drawn else "Columns")
        self._show_team()
        for part, shown in (
            (self.which, page is Page.DECIDE),
            (self.boxes.pages, page is Page.BOXES and self.boxes.pages.count() > 1),
            (self.boxes.zoom, page is Page.BOXES),
            (self.print, page in (Page.DECIDE, Page.DONE) and self.presenter.printer is not None),
            (self.keep, page in _KEEPABLE),
            (self.back, page in (Page.COLUMNS, Page.ACCEPT)),
            (self.leave, page is not Page.DONE),
            (self.next, page is not Page.CHOOSE),
            (self.safe, page is not Page.DONE and not self._compact),
            (self._mark, page is not Page.DONE and not self._compact),
        ):
            part.setVisible(shown)

    @Slot()
    def _show_team(self) -> None:
        """Only where changes are listed; questions are never left out."""
        listed = self._page is Page.DECIDE and self.decide.tabs.current in CHANGES
        self.team.setVisible(listed and self.team.count() > 1)

    def _take_focus(self, page: Page) -> None:
        if page in (Page.DECIDE, Page.BOXES):
            (self.decide if page is Page.DECIDE else self.boxes).take_focus()
            return
        firsts = {
            Page.CHOOSE: self.choose.browse,
            Page.COLUMNS: next(iter(self.columns.choosers.values())),
            Page.ACCEPT: self.accept.authority,
            Page.DONE: self.next,
        }
        firsts[page].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _begin(self) -> None:
        self._drawn = False
        self.boxes.begin()
        self.decide.begin()

    @Slot(object)
    def _show_boxes(self, shown: Boxes) -> None:
        self._drawn = True
        self.boxes.show_boxes(shown)

    @Slot(object)
    def _show_preview(self, shown: Preview) -> None:
        self.info.setText(shown.info)
        self.team.set_options([("All teams", ""), *((team, team) for team in shown.teams)])
        self.team.set_value(shown.team)
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
    def _keep(self) -> None:
        self.presenter.keep(self.accept.typed() if self._page is Page.ACCEPT else None)

    @Slot()
    def _go_on(self) -> None:
        match self._page:
            case Page.COLUMNS:
                self.presenter.use_columns(self.columns.mappings())
            case Page.BOXES | Page.DECIDE:
                self.presenter.go_on()
            case Page.ACCEPT:
                self.presenter.accept(self.accept.typed())
            case Page.DONE:
                self.presenter.leave()

    @Slot()
    def _leave(self) -> None:
        self.presenter.leave()
