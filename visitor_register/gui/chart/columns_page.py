"""Which column of the file is which: every column of ours with its source, and what stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_fields import Field
from visitor_register.gui.chart.import_state import Columns
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field as Labelled
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.chart_reading import ColumnSheet

_NOT_HERE = -1
_ASKED_OF_NOBODY = frozenset(
    (
        Field.CONTACT,
        # Only in the second file of an organogram, and only in what our own readers of drawings write.
        Field.GENERIC_TITLE,
        Field.NUMBER_OF_POSTS,
        Field.REPORTING_POST,
        Field.BOX,
        Field.REPORTS_TO_BOX,
        Field.MAY_REPORT_TO_BOX,
    )
)
_OURS = tuple(field for field in Field if field not in _ASKED_OF_NOBODY)


class ColumnsPage(Card):
    """A chooser for every column of ours. Changes count when the page is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Which column is which?", parent=parent)
        self.note = Note(Tone.CHECK, "")
        self.sheet = Chooser(name="Sheet")
        self.sheet_field = Labelled("Sheet", self.sheet, beside=True, label_width=60)
        self.choosers: dict[Field, Chooser] = {}
        self._samples: dict[Field, PlainLabel] = {}
        self._sheets: list[ColumnSheet] = []
        self._changed: list[dict[Field, int]] = []
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, title in enumerate(("What we need", "Column in the file", "What stands there")):
            grid.addWidget(PlainLabel(title, t="capb"), 0, at)
        for row, field in enumerate(_OURS, 1):
            chooser, sample = Chooser(name=field.value), PlainLabel(t="cap", elide=True)
            chooser.setMinimumContentsLength(18)
            chooser.chosen.connect(self._chosen)
            self.choosers[field], self._samples[field] = chooser, sample
            grid.addWidget(PlainLabel(field.value, t="label", wrap=True), row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(chooser, row, 1)
            grid.addWidget(sample, row, 2)
        for column, stretch in enumerate((3, 5, 5)):
            grid.setColumnStretch(column, stretch)
        self.body.addWidget(self.note)
        self.body.addWidget(self.sheet_field)
        self.body.addWidget(Scrolling(inside), 1)
        self.sheet.chosen.connect(self._turn_to)

    @Slot(object)
    def show_columns(self, columns: Columns) -> None:
        """Show what each column is taken for."""
        words = " ".join(filter(None, (columns.refused, columns.missing)))
        self.note.show_note(Tone.CHECK, "A person has to say which column is which", words)
        self.note.setVisible(bool(words))
        self._sheets = list(columns.sheets)
        self._changed = [{} for _ in self._sheets]
        names = [(sheet.mapping.sheet or "The list", at) for at, sheet in enumerate(self._sheets)]
        self.sheet.set_options(names)
        self.sheet.set_value(0)
        self.sheet_field.setVisible(len(names) > 1)
        self._fill()

    def mappings(self) -> Sequence[ColumnMapping]:
        """What was said about every sheet; of two that were given the same column the later one has it."""
        return [
            replace(sheet.mapping, columns=_with(sheet.mapping.columns, changed))
            for sheet, changed in zip(self._sheets, self._changed, strict=True)
        ]

    def _current(self) -> int:
        return self.sheet.value() or 0

    def _fill(self) -> None:
        if not self._sheets:
            return
        sheet, changed = self._sheets[self._current()], self._changed[self._current()]
        headings = [(heading.strip() or f"Column {at + 1}", at) for at, heading in enumerate(sheet.mapping.headings)]
        columns = _with(sheet.mapping.columns, changed)
        for field, chooser in self.choosers.items():
            chooser.set_options([("Not in this file", _NOT_HERE), *headings])
            chooser.set_value(next((n for n, column in enumerate(columns) if column is field), _NOT_HERE))
            self._show_sample(field)

    def _show_sample(self, field: Field) -> None:
        at = self.choosers[field].value()
        samples = self._sheets[self._current()].samples
        self._samples[field].setText(" · ".join(samples[at]) if at not in (None, _NOT_HERE) else "")

    @Slot(object)
    def _turn_to(self, _sheet: object) -> None:
        self._fill()

    @Slot(object)
    def _chosen(self, at: int) -> None:
        # Only noted: going through the list by arrow must not take a column from another field on the way.
        field = next(field for field, chooser in self.choosers.items() if chooser is self.sender())
        changed = self._changed[self._current()]
        changed.pop(field, None)
        changed[field] = at
        self._show_sample(field)


def _with(columns: Sequence[Field | None], changed: Mapping[Field, int]) -> tuple[Field | None, ...]:
    """Return the columns with what somebody changed, in the order in which it was changed."""
    said = [None if column in changed else column for column in columns]
    for field, at in changed.items():
        if at != _NOT_HERE:
            said[at] = field
    return tuple(said)
