"""The pages of the first start. Each is a form; what is right and wrong is the presenter's to say."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.unlock.password_field import PasswordField
from visitor_register.gui.unlock.steps import Page
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel


class SchoolPage(Page):
    """The school's name, and where its register will lie."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            "Your school",
            "Three short questions, one code to write down, and the register is ready. Nothing needs the internet.",
            "Next",
        )
        self.edit = line_edit(longest=80)
        self.fields["school"] = Field("Name of the school", self.edit)
        self.column.addWidget(self.fields["school"])
        self.column.addWidget(PlainLabel("The register will lie on this PC, in", t="cap"))
        where = PlainLabel(folder, t="cap", elide=True)
        self.column.addWidget(where)
        self.column.addStretch(1)
        self.restore = KeyButton("Restore a backup instead", icon="history", kind="ghost")
        self.column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.edit.returnPressed.connect(self.entered)


class PersonPage(Page):
    """A name and a password typed twice. `who` is "dsl" or "reception"."""

    def __init__(self, who: str, title: str, sentence: str, next_words: str, *, extension: bool) -> None:
        super().__init__(title, sentence, next_words)
        self.name = line_edit(longest=80)
        self.extension = line_edit(longest=40)
        self.password = PasswordField("Password, at least 8 characters")
        self.again = PasswordField("The same password again", eye=False)
        self.fields[f"{who}_name"] = Field("Name", self.name)
        self.fields[f"{who}_password"] = self.password.field
        self.fields[f"{who}_again"] = self.again.field
        names = QHBoxLayout()
        names.setSpacing(metrics.FIELD_GAP)
        names.addWidget(self.fields[f"{who}_name"], 2)
        ring = Field("Extension, may stay empty", self.extension)
        if not extension:
            ring.hide()
        names.addWidget(ring, 2)
        self.column.addLayout(names)
        self.column.addWidget(self.password)
        self.column.addWidget(self.again)
        self.column.addWidget(PlainLabel("Three plain words make a good password.", t="cap"))
        self.column.addStretch(1)
        for edit in (self.name, self.extension):
            edit.returnPressed.connect(self.entered)
        for field in (self.password, self.again):
            field.entered.connect(self.entered)
        self.password.shown_changed.connect(self.again.show_password)
        self.setTabOrder(self.password.edit, self.again.edit)
        self.setTabOrder(self.again.edit, self.password.eye)


class CodePage(Page):
    """The recovery code, large, with the two ways to keep it.

    Signals:
        print_wanted, save_wanted: A button was pressed.
    """

    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            "The recovery code",
            "It opens the register when all passwords are forgotten. It is shown only now. Print it, save it on a "
            "stick, or write it down, and keep it in the school safe.",
            "I have kept it",
        )
        self.code = PlainLabel(t="verdict", wrap=True)
        self.kept = PlainLabel(t="cap", wrap=True)
        self.print = KeyButton("Print it", icon="printer")
        self.save = KeyButton("Save it to a file", icon="download")
        box = frame("sunken")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.addWidget(self.code)
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.print)
        row.addWidget(self.save)
        row.addStretch(1)
        self.column.addWidget(box)
        self.column.addLayout(row)
        self.column.addWidget(self.kept)
        self.column.addStretch(1)
        self.print.clicked.connect(self.print_wanted)
        self.save.clicked.connect(self.save_wanted)

    def first(self) -> QWidget:
        """Printing comes first."""
        return self.print


class TypeBackPage(Page):
    """The code again, from the paper."""

    def __init__(self) -> None:
        super().__init__(
            "Type the code back",
            "From your paper, so that it is certain to work on the day it is needed. "
            "Spaces and small letters do not matter.",
            "Check the code",
        )
        self.edit = line_edit(longest=80)
        self.fields["code"] = Field("Recovery code", self.edit)
        self.column.addWidget(self.fields["code"])
        self.column.addStretch(1)
        self.edit.returnPressed.connect(self.entered)


class BeginPage(Page):
    """What to do first.

    Signals:
        chosen: "import", "sample" or "later".
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "The register is ready",
            "The council’s structure chart says who may come. Import it now, look around with invented people, "
            "or begin with an empty register: visitors can be signed in without a chart.",
            "",
        )
        self.buttons = {
            "import": KeyButton("Import your chart", icon="file-up", kind="primary"),
            "sample": KeyButton("Load sample data", icon="users"),
            "later": KeyButton("Later", icon="clock"),
        }
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        for button in self.buttons.values():
            row.addWidget(button)
            button.clicked.connect(self._pick)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def first(self) -> QWidget:
        """The chart comes first."""
        return self.buttons["import"]

    @Slot()
    def _pick(self) -> None:
        self.chosen.emit(next(key for key, button in self.buttons.items() if button is self.sender()))
