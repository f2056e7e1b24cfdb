"""What a staff list from a file would change, before anything is changed."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from visitor_register.domain.policy import Staff
from visitor_register.files import staff_list
from visitor_register.files.staff_list import Columns, Sheet
from visitor_register.gui import metrics
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

_SHORTEST = 5
"""Letters of a heading that are always seen: four choices stand side by side in a small window."""
_PARTS = (("title", "Title"), ("extension", "Extension"), ("email", "E-mail"))


class StaffImport(QFrame):
    """Shows the columns, who is new, changed and gone, and asks.

    Signals:
        agreed: The list is to be used: the `Staff` as it would be then.
        closed: It is used, or left.
    """

    agreed = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._sheet: Sheet | None = None
        self._before = Staff()
        self.title = PlainLabel(t="strong", wrap=True)
        self.choosers = {key: Chooser([]) for key in ("name", *dict(_PARTS))}
        self.says = PlainLabel(wrap=True)
        self.keep = QCheckBox()
        self.use = KeyButton("Use this list", icon="check")
        self.leave = KeyButton("Leave it")
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.FIELD_GAP)
        for at, (key, label) in enumerate((("name", "Name"), *_PARTS)):
            grid.addWidget(Field(f"{label} is in", self.choosers[key]), 0, at)
            grid.setColumnStretch(at, 1)
            self.choosers[key].setMinimumContentsLength(_SHORTEST)
            self.choosers[key].currentIndexChanged.connect(self._count)
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.use)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(metrics.FIELD_GAP)
        column.addWidget(self.title)
        column.addLayout(grid)
        column.addWidget(self.says)
        column.addWidget(self.keep)
        column.addLayout(row)
        self.use.clicked.connect(self._agree)
        self.leave.clicked.connect(self.close_import)
        self.hide()

    def ask(self, sheet: Sheet, before: Staff) -> None:
        """Show what a file would do to the list as it is."""
        self._sheet, self._before = None, before
        self.keep.setChecked(True)
        ways = [(" + ".join(sheet.headings[at] for at in way), way) for way in sheet.names]
        columns = [("None", None), *((heading, at) for at, heading in enumerate(sheet.headings))]
        proposed = sheet.proposed
        parts = {"title": proposed.title, "extension": proposed.extension, "email": proposed.email}
        self._offer("name", ways, proposed.name)
        for key, at in parts.items():
            self._offer(key, columns, at)
        self._sheet = sheet
        self._count()
        self.show()
        first = self.use if self.use.isEnabled() else self.choosers["name"]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def close_import(self) -> None:
        """Leave the list as it is."""
        self.hide()
        self.closed.emit()

    @Slot()
    def _count(self) -> None:
        """Say what would change, with the columns as they are chosen."""
        if self._sheet is None:
            return
        listed = staff_list.people(self._sheet, self._columns())
        changes = staff_list.compare(self._before, listed.people)
        count = len(listed.people)
        self.title.setText(f"{self._sheet.file_name}: {'1 person' if count == 1 else f'{count} people'}")
        said = (
            "" if count else "Choose the column with the names.",
            f"New ({len(changes.added)}): {staff_list.some(changes.added)}." if changes.added else "",
            f"Changed ({len(changes.changed)}): {staff_list.some(changes.changed, 4, '; ')}."
            if changes.changed
            else "",
            f"Not in the file ({len(changes.gone)}): {staff_list.some(changes.gone)}." if changes.gone else "",
            "" if any((changes.added, changes.changed, changes.gone)) else "Nothing would change.",
            *listed.notes,
        )
        self.says.setText("\n".join(filter(None, said if count else said[:1])))
        self.keep.setVisible(bool(count and changes.gone))
        self.keep.setText("Keep whoever is not in the file")
        self.use.setEnabled(count > 0)

    @Slot()
    def _agree(self) -> None:
        if self._sheet is None:
            return
        listed = staff_list.people(self._sheet, self._columns())
        self.close_import()
        self.agreed.emit(staff_list.replaced(self._before, listed.people, keep_gone=self.keep.isChecked()))

    def _offer(self, key: str, options: list[tuple[str, Any]], value: Any) -> None:
        chooser = self.choosers[key]
        with QSignalBlocker(chooser):
            chooser.set_options(options)
            # "None" is offered first, and nothing is chosen for a name that no heading tells.
            chooser.setCurrentIndex(0) if value is None else chooser.set_value(value)

    def _columns(self) -> Columns:
        chosen = {key: chooser.value() for key, chooser in self.choosers.items()}
        return Columns(chosen.pop("name") or (), **chosen)
