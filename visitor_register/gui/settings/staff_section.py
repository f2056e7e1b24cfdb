"""The section of staff and places: typed, pasted, or taken from a workbook after looking at what would change."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from visitor_register.domain.policy import Policy, Staff
from visitor_register.errors import FileRefusedError, RegisterError
from visitor_register.files import sandbox, staff_list
from visitor_register.files.staff_list import Sheet
from visitor_register.gui import metrics
from visitor_register.gui.file_reader import FileReader
from visitor_register.gui.settings import staff_lines
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.school_sections import PolicySection, text_box
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.staff_import import StaffImport
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

ChooseFile = Callable[[QWidget], Path | None]


def ask_file(parent: QWidget) -> Path | None:
    """Let somebody choose the staff list."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, "Choose the staff list", "", "Lists (*.xlsx *.xlsm *.csv *.ods);;All files (*)"
    )
    return Path(chosen) if chosen else None


class StaffSection(PolicySection):
    """Whom visitors come to see and how they are told of it, and where they are seen."""

    def __init__(self, presenter: SettingsPresenter, *, choose: ChooseFile = ask_file) -> None:
        super().__init__(
            presenter,
            "staff",
            "Staff and places",
            "Offered while signing in, for Here to see and Where. Others can always be typed. With an extension the "
            "desk sees whom to ring on which number; with an e-mail address a message can be written.",
        )
        self.choose = choose
        self.reader = FileReader(self)
        self.typed = self.field("names", "Staff, one in each line: name; title; extension; e-mail", text_box(8))
        places = self.field("places", "Places, one in each line", text_box(4))
        self.open = KeyButton("From a file", icon="file-up", name="Take the staff list from a file")
        self.problem = PlainLabel(t="cap", wrap=True)
        self.preview = StaffImport()
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.open)
        row.addWidget(self.problem, 1, Qt.AlignmentFlag.AlignVCenter)
        self.content.addWidget(self.typed)
        self.content.addLayout(row)
        self.content.addWidget(self.preview)
        self.content.addWidget(places)
        self.content.addStretch(1)
        self._say_how()
        self.open.clicked.connect(self._ask)
        self.preview.agreed.connect(self._use)
        self.preview.closed.connect(self._show_typed)
        self.reader.slow.connect(self.problem.setText)
        self.reader.done.connect(self._show)
        self.reader.refused.connect(self._refused)

    @Slot()
    def discard(self) -> None:
        """Nothing asked, nothing typed."""
        self.reader.cancel()
        self.preview.close_import()
        self._say_how()
        super().discard()

    @Slot()
    def _ask(self) -> None:
        path = self.choose(self)
        if path is not None:
            self.preview.close_import()
            self._say_how()
            self.reader.run(partial(read, path, self._listed()))

    @Slot(object)
    def _show(self, sheet: Sheet) -> None:
        self._say_how()
        # What would change takes the place of what there is, so that all of it is seen at once.
        self._show_typed(shown=False)
        self.preview.ask(sheet, self._listed())

    @Slot()
    def _show_typed(self, *, shown: bool = True) -> None:
        for widget in (self.typed, self.open, self.problem):
            widget.setVisible(shown)

    @Slot(object)
    def _refused(self, error: RegisterError) -> None:
        self.problem.setText(str(error))

    @Slot(object)
    def _use(self, staff: Staff) -> None:
        """Put it where it can be read and changed, and save it."""
        put(self.controls["names"], staff_lines.write(staff))
        self.save()

    def _listed(self) -> Staff:
        """The staff as the form says; as saved where the form cannot be read."""
        try:
            names, contacts = staff_lines.read(self.form()["names"])
        except ValueError:
            snapshot = self.presenter.snapshot
            return (snapshot.policy if snapshot is not None else Policy()).staff
        return Staff(names, contacts=contacts)

    def _say_how(self) -> None:
        self.problem.setText(
            "A workbook or CSV with headings: name, title, extension, e-mail. You see first what would change."
        )


def read(path: Path, before: Staff) -> Sheet:
    """Read a staff list in a child process, as charts are read.

    Raises:
        FileRefusedError: it cannot be read; the sentence says what to do instead.
    """
    source = sandbox.read_source(path)
    if source.format not in ("xlsx", "csv", "ods"):
        raise FileRefusedError("A staff list is read from a workbook (.xlsx) or CSV: save it as one and choose that.")
    return staff_list.sheet_of(source, before)
