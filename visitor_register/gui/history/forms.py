"""The three small forms of History: correct, put back on site, fill in when somebody left."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import wording
from visitor_register.gui.history.correction import Written
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

_KEPT = "Nothing is overwritten: how it read before stays beside it."


class SmallForm(QWidget):
    """Fields in a column; each says itself what is wrong with it."""

    def __init__(self, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(PlainLabel(note, t="cap", wrap=True))

    def add(self, *fields: tuple[str, Field]) -> None:
        """Add fields beside each other."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, field in fields:
            self.fields[name] = field
            row.addWidget(field, 1)
        self.column.addLayout(row)

    def show_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say beside each field what to write instead."""
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        first = next((field for name, field in self.fields.items() if name in wrong), None)
        if first is not None:
            first.setFocus()


class CorrectForm(SmallForm):
    """What was written down wrongly about an arrival."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_KEPT, parent)
        self.day, self.clock = line_edit(longest=30), line_edit(longest=8)
        self.host, self.place, self.pass_number = line_edit(), line_edit(), line_edit(longest=40)
        self.shown = Chooser([(words, shown) for shown, words in wording.ID_SHOWN.items()], placeholder="Not asked")
        self.which, self.because, self.reason = line_edit(), line_edit(), line_edit()
        self.expiry = Chooser([(words, one) for one, words in wording.EXPIRY.items()], placeholder="Not asked")
        self.compared = Chooser([(words, one) for one, words in wording.COMPARED.items()], placeholder="Not asked")
        self.add(("day", Field("Arrived on", self.day)), ("clock", Field("At", self.clock)))
        self.add(("host", Field("Here to see", self.host)), ("place", Field("Where", self.place)))
        self.add(("shown", Field("ID shown", self.shown)))
        self.add(("which", Field("Which, if other", self.which)), ("expiry", Field("Expiry", self.expiry)))
        self.add(("compared", Field("Face and photo compared", self.compared)))
        self.add(("because", Field("Because", self.because)), ("pass", Field("Pass number", self.pass_number)))
        self.add(("reason", Field("Why is this corrected?", self.reason)))

    def show_written(self, written: Written) -> None:
        """Fill the form."""
        for line, text in (
            (self.day, written.day),
            (self.clock, written.clock),
            (self.host, written.here_to_see),
            (self.place, written.place),
            (self.pass_number, written.pass_number),
            (self.which, written.which),
            (self.because, written.because),
            (self.reason, written.reason),
        ):
            line.setText(text)
            line.setCursorPosition(0)
        self.shown.set_value(written.shown)
        self.expiry.set_value(written.expiry)
        self.compared.set_value(written.compared)
        self.show_wrong({})

    def written(self) -> Written:
        """What stands in the form."""
        return Written(
            day=self.day.text(),
            clock=self.clock.text(),
            here_to_see=self.host.text(),
            place=self.place.text(),
            pass_number=self.pass_number.text(),
            shown=self.shown.value(),
            which=self.which.text(),
            expiry=self.expiry.value(),
            compared=self.compared.value(),
            because=self.because.text(),
            reason=self.reason.text(),
        )


class BackForm(SmallForm):
    """The leaving was logged by mistake."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("The visitor is still in the building: the leaving was logged by mistake.", parent)
        self.reason = line_edit()
        self.add(("reason", Field("Why?", self.reason)))


class LeavingForm(SmallForm):
    """When somebody left, as a person knows it.

    Signals:
        unknown: Nobody knows.
    """

    unknown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("It will be marked as filled in later. The program never invents a time.", parent)
        self.day, self.clock = line_edit(longest=30), line_edit(longest=8)
        self.add(("day", Field("Left on", self.day)), ("clock", Field("At", self.clock)))
        self.do_not_know = KeyButton("Nobody knows when", icon="clock")
        self.column.addWidget(self.do_not_know)
        self.do_not_know.clicked.connect(self._say_unknown)

    @Slot()
    def _say_unknown(self) -> None:
        self.unknown.emit()
