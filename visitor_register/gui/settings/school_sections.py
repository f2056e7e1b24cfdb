"""The sections about the school: its name and hours, who is DSL today, staff and places, the fire list."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.settings.forms import CODECS, MOST_ON_DUTY
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section, get, put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

_PARTS = (("name", "Name", 3), ("title", "Title", 2), ("extension", "Extension", 2))


def ask_folder(parent: QWidget) -> str:
    """Ask for a folder, as the system does it."""
    return file_dialogs.folder(parent, "Choose a folder")


def text_box(lines: int) -> QPlainTextEdit:
    """A field of several lines; Tab leaves it."""
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setMinimumHeight(theme.current().px(22 * lines + 16))
    return made


class PolicySection(Section):
    """A section that is one form over the school's settings."""

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """As the register has it."""
        return CODECS[self.key].to_form(snapshot.policy)


class SchoolSection(PolicySection):
    """Name and hours."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, "school", "School", "The name stands on passes, on the fire list and on letters.")
        self.content.addWidget(self.field("name", "Name of the school", line_edit(longest=80)))
        self.add_row(self.field("opens", "Opens at"), self.field("closes", "Closes at"))
        self.content.addWidget(
            PlainLabel(
                "The school answers information requests within its own hours; reminders come only in them.",
                t="cap",
                wrap=True,
            )
        )
        self.content.addStretch(1)


class DutySection(PolicySection):
    """Who is told first, and who if nobody answers."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter, "duty", "DSL today", "The desk rings the first; when nobody answers, the next, in this order."
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.FIELD_GAP)
        grid.setVerticalSpacing(metrics.FIELD_GAP)
        self._ups: list[KeyButton] = []
        for number in range(MOST_ON_DUTY):
            who = "DSL today" if number == 0 else f"Deputy {number}"
            for column, (part, label, stretch) in enumerate(_PARTS):
                field = self.field(f"{part}{number}", who if column == 0 else label, line_edit(longest=60))
                if column and number:
                    # The first row says it for the column.
                    field.label.setText("")
                field.control.setAccessibleName(f"{who}: {label.lower()}")
                grid.addWidget(field, number, column, Qt.AlignmentFlag.AlignTop)
                grid.setColumnStretch(column, stretch)
            if number:
                up = KeyButton(icon="arrow-up", name=f"Move deputy {number} up")
                up.clicked.connect(self._move_up)
                self._ups.append(up)
                grid.addWidget(up, number, len(_PARTS), Qt.AlignmentFlag.AlignBottom)
        self.content.addLayout(grid)
        self.content.addStretch(1)

    @Slot()
    def _move_up(self) -> None:
        number = next(place for place, up in enumerate(self._ups, 1) if up is self.sender())
        for part, _, _ in _PARTS:
            above, below = self.controls[f"{part}{number - 1}"], self.controls[f"{part}{number}"]
            first, second = get(above), get(below)
            put(above, second)
            put(below, first)


class FireSection(PolicySection):
    """Where the fire list goes besides this PC."""

    def __init__(
        self,
        presenter: SettingsPresenter,
        *,
        printers: Callable[[], list[str]],
        choose: Callable[[QWidget], str] = ask_folder,
    ) -> None:
        super().__init__(
            presenter,
            "fire",
            "Fire list",
            "Written on this PC after every arrival and departure. It can be written to two more folders as well, "
            "such as one the office can open. A folder that is not there never delays a sign-in.",
        )
        self._choose = choose
        names = printers()
        self.printer = Chooser([(name, name) for name in names], editable=True, placeholder="None")
        self.content.addWidget(self.field("printer", "Printer for the fire list", self.printer))
        self.buttons: dict[str, KeyButton] = {}
        for name, label in (("folder1", "First folder"), ("folder2", "Second folder")):
            button = KeyButton("Choose", name=f"Choose the {label.lower()}")
            button.clicked.connect(self._ask)
            self.buttons[name] = button
            field = self.field(name, label, line_edit(longest=400))
            row = QHBoxLayout()
            row.setSpacing(metrics.FIELD_GAP)
            row.addWidget(field, 1)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
            self.content.addLayout(row)
        self.content.addStretch(1)

    @Slot()
    def _ask(self) -> None:
        name = next(key for key, button in self.buttons.items() if button is self.sender())
        folder = self._choose(self)
        if folder:
            put(self.controls[name], folder)
