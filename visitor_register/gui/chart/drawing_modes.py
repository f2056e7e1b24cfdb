"""The three ways to look at the chart: drawn, as a tree, and as a table. All stand on the same person."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitor_register.gui.chart.drawing_page import DrawingPage
from visitor_register.gui.chart.drawing_presenter import DrawingPresenter
from visitor_register.gui.chart.pages import Pages
from visitor_register.gui.chart.rows import COLUMNS
from visitor_register.gui.chart.tree_view import TreeView
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.table_panel import TablePanel


class Mode(Enum):
    """How the chart is shown."""

    DRAWING = "Drawing"
    TREE = "Tree"
    TABLE = "Table"


_KINDS = {
    "All of the chart, a page for each Head of Service (*.pdf)": ".pdf",
    "Picture of what is drawn (*.png)": ".png",
    "List for the council to correct (*.xlsx)": ".xlsx",
    "The same list as text (*.csv)": ".csv",
}
_LISTS = (".xlsx", ".csv")

ChoosePath = Callable[[QWidget, str], Path | None]


def ask_path(parent: QWidget, suggested: str) -> Path | None:
    """Ask where the chart is to be written; its ending says as what."""
    chosen, kind = file_dialogs.save_name(parent, "Export the chart", suggested, ";;".join(_KINDS))
    if not chosen:
        return None
    path, ending = Path(chosen), _KINDS.get(kind, ".pdf")
    if path.name == Path(suggested).name:
        # Nobody wrote the ending: what was chosen below the name counts. A day in the name of a list would be taken
        # for the day of the chart when the council sends it back.
        stem = path.stem.partition("_")[0] if ending in _LISTS else path.stem
        return path.with_name(stem + ending)
    return path if path.suffix.lower() in _KINDS.values() else path.with_name(path.name + ending)


class Modes(Card):
    """One of the three, with what belongs to it above.

    Until somebody chooses, a small window shows the tree and any other the drawing.

    Signals:
        turned: Another of the three is shown.
        list_wanted: Where the chart is to be written as a list.
    """

    turned = Signal()
    list_wanted = Signal(object)

    def __init__(
        self, presenter: DrawingPresenter, choose_path: ChoosePath = ask_path, parent: QWidget | None = None
    ) -> None:
        super().__init__(margin=1, parent=parent)
        self.presenter, self._choose_path = presenter, choose_path
        self.mode = Mode.DRAWING
        self._asked_for = False
        self._counts = self._found = ""
        self.chips = {mode: KeyButton(mode.value, kind="chip", name=f"{mode.value} of the chart") for mode in Mode}
        self.counts = PlainLabel(t="muted", elide=True)
        self.export = KeyButton("Export", icon="download", kind="ghost", name="Export the chart as a file")
        self.service = Chooser(name="Service", placeholder="All services")
        self.team = Chooser(name="Team", placeholder="All teams")
        self.who_left = KeyButton("Who left", kind="chip")
        self.drawing = DrawingPage(presenter)
        self.tree = TreeView(presenter)
        self.table = TablePanel("People on the chart", COLUMNS, row_height=58, empty="Nobody like that on the chart.")
        self._views: dict[Mode, QWidget] = {
            Mode.DRAWING: self.drawing,
            Mode.TREE: self.tree,
            Mode.TABLE: self.table,
        }
        self._bar, self._second_bar = QHBoxLayout(), QHBoxLayout()
        self.filters, self._second, self._pages = QWidget(), QWidget(), Pages()
        self._compact = False
        self._lay_out()
        for chip in self.chips.values():
            chip.clicked.connect(self._chip_clicked)
        self.export.clicked.connect(self._export)
        presenter.found.connect(self._show_found)
        self._turn(self.mode)

    @property
    def shown(self) -> QWidget:
        """What the keyboard belongs to."""
        return self._views[self.mode]

    def choose(self, mode: Mode) -> None:
        """Show one of the three, as if its button had been pressed."""
        self._asked_for = True
        self._turn(mode)

    def show_counts(self, counts: str) -> None:
        """Say how much the chart holds."""
        self._counts = counts
        self._tell()

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = layout_class is LayoutClass.COMPACT
        # Where there is little height, the filters stand in the first row.
        (self._bar if compact else self._second_bar).addWidget(self.filters)
        self.drawing.set_compact(compact, self._bar)
        self._compact = compact
        if not self._asked_for:
            self._turn(Mode.TREE if compact else Mode.DRAWING)
        self._tell()

    def _lay_out(self) -> None:
        self._bar.setContentsMargins(12, 8, 12, 8)
        self._bar.setSpacing(8)
        for chip in self.chips.values():
            self._bar.addWidget(chip)
        self._bar.addSpacing(4)
        self._bar.addWidget(self.counts, 1)
        self._bar.addStretch()
        self._bar.addWidget(self.export)
        inside = QHBoxLayout(self.filters)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for part in (self.service, self.team, self.who_left):
            inside.addWidget(part)
        for chooser in (self.service, self.team):
            chooser.setMinimumContentsLength(6)
            chooser.setMaximumWidth(190)
        second = QHBoxLayout(self._second)
        second.setContentsMargins(12, 6, 12, 2)
        second.setSpacing(0)
        second.addLayout(self._second_bar)
        second.addStretch(1)
        self._second_bar.addWidget(self.filters)
        for view in self._views.values():
            self._pages.addWidget(view)
        self.body.setSpacing(0)
        self.body.addLayout(self._bar)
        self.body.addWidget(frame("line"))
        self.body.addWidget(self._second)
        self.body.addWidget(self._pages, 1)

    def _turn(self, mode: Mode) -> None:
        changed, self.mode = mode is not self.mode, mode
        for one, chip in self.chips.items():
            chip.setChecked(one is mode)
        self._pages.setCurrentWidget(self._views[mode])
        for rows in (self.tree, self.table):
            # What was chosen meanwhile may be out of sight.
            rows.scrollTo(rows.currentIndex())
        self._tell()
        if changed:
            self.turned.emit()

    def _tell(self) -> None:
        table = self.mode is Mode.TABLE
        self.filters.setVisible(table)
        self._second.setVisible(table and not self._compact)
        # Where there is little room, which of how many must do.
        found = "" if table else self._found.partition(": ")[0] if self._compact else self._found
        self.counts.setText(found or self._counts)
        self.counts.setVisible(bool(found) or not self._compact)
        self.drawing.zoom.setVisible(self.mode is Mode.DRAWING)

    @Slot(str)
    def _show_found(self, words: str) -> None:
        self._found = words
        self._tell()

    @Slot()
    def _chip_clicked(self) -> None:
        mode = next(mode for mode, chip in self.chips.items() if chip is self.sender())
        self.choose(mode)
        if self.chips[mode].wants_ring():
            return
        self.shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _export(self) -> None:
        path = self._choose_path(self, self.presenter.suggested_name())
        if path is not None and path.suffix.lower() in _LISTS:
            self.list_wanted.emit(path)
        elif path is not None and path.suffix.lower() == ".png":
            self.presenter.export_picture(path, self.drawing.picture())
        elif path is not None:
            self.presenter.export_pdf(path)
