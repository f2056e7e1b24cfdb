"""One line of the DSL's list whole: why it is there, what happened, and what the DSL says about it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.domain.purposes import DEFAULT_EXCEPTIONAL_CIRCUMSTANCES
from visitor_register.gui import theme
from visitor_register.gui.today.review_presenter import Answers
from visitor_register.gui.today.review_words import Told
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel

_NOT_SAID = ("Not said", "")
NOBODY_RUNG = "Nobody was rung."


class _Code(QWidget):
    """A code that nobody has confirmed, and the button that does."""

    confirmed = Signal(str)

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.button = KeyButton("Confirm the code", icon="id-card", name=f"Confirm the code {code}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(f"Badge code {code}", wrap=True))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self._confirm)

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit(self.code)


class _Reading(QWidget):
    """What is there to read has the keyboard first: arrows scroll it, and Tab goes on to the fields."""

    def __init__(self, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(6)
        for part in parts:
            column.addWidget(part)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        if self.hasFocus():
            painter = QPainter(self)
            paint.box(painter, self.rect().adjusted(1, 1, -1, -1), theme.current().px(6), line="focus", width=2)
            painter.end()


class ReviewDetail(QWidget):
    """What the DSL reads, and the fields under it.

    Signals:
        confirmed: This badge code is the person's.
    """

    confirmed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.second = PlainLabel(t="h2", wrap=True), PlainLabel(t="cap", wrap=True)
        self._why, self._happened, self._calls, self._codes = (self._part() for _ in range(4))
        self.told = PlainLabel(wrap=True)
        self.exceptional = Chooser([_NOT_SAID, *((one.name, one.code) for one in DEFAULT_EXCEPTIONAL_CIRCUMSTANCES)])
        self.detail, self.note = line_edit(), line_edit()
        self.fields = {
            "exceptional": Field("Exceptional circumstance", self.exceptional),
            "detail": Field("More about it", self.detail),
            "note": Field("Note for the desk", self.note),
        }
        heard = PlainLabel("Call-backs", t="label")
        self.reading = _Reading((self.name, self.second, self._why, self._happened, heard, self._calls, self.told))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        for part in (
            self.reading,
            self._codes,
            frame("line"),
            self.fields["exceptional"],
            self.fields["detail"],
            _hint("lock", "Only the DSL and the head can read these two."),
            self.fields["note"],
            _hint("eye", "Everybody at the desk can read the note. Nothing about a child."),
        ):
            column.addWidget(part)
        column.addStretch(1)
        self.setFocusProxy(self.reading)

    def show_told(self, told: Told, *, anew: bool) -> None:
        """Show a line; when it was only read again, what is being written stays."""
        self.name.setText(told.name)
        self.second.setText(told.second)
        self.second.setVisible(bool(told.second))
        _fill(self._why, [Pill(spec.text, spec.tone) for spec in told.why])
        _fill(self._happened, [PlainLabel(line, wrap=True) for line in told.happened])
        _fill(self._calls, [label for call in told.calls for label in _call(call)] or [PlainLabel(NOBODY_RUNG)])
        self.told.setText(told.dsl_told)
        words = [spec.text for spec in told.why] + [*told.happened, *(line for call in told.calls for line in call)]
        self.reading.setAccessibleName(". ".join([told.name, told.second, *words, told.dsl_told]))
        codes = [_Code(code) for code in told.codes]
        for code in codes:
            code.confirmed.connect(self.confirmed)
        _fill(self._codes, codes)
        self._codes.setVisible(bool(codes))
        if anew:
            self.show_answers(Answers())
            self.show_wrong({})

    def clear(self) -> None:
        """Leave nothing of it in the window."""
        for label in (self.name, self.second, self.told):
            label.setText("")
        self.reading.setAccessibleName("")
        for part in (self._why, self._happened, self._calls, self._codes):
            _fill(part, [])
        self.show_answers(Answers())
        self.show_wrong({})

    @Slot(object)
    def show_answers(self, answers: Answers) -> None:
        """Fill the fields."""
        self.exceptional.set_value(answers.exceptional or None)
        self.detail.setText(answers.detail)
        self.note.setText(answers.note)

    def answers(self) -> Answers:
        """What stands in the fields."""
        return Answers(self.exceptional.value() or "", self.detail.text(), self.note.text())

    def show_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say beside each field what to write instead, and go to the first."""
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        first = self.first_wrong()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            announce(first, first.error(), urgent=True)

    def first_wrong(self) -> Field | None:
        """The first field that says what to write instead."""
        return next((field for field in self.fields.values() if field.error()), None)

    @staticmethod
    def _part() -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        return part


def _hint(icon: str, words: str) -> IconLine:
    return IconLine(icon, words, t="cap", size=16, wrap=True)


def _call(call: Sequence[str]) -> list[QWidget]:
    title, *lines = call
    return [PlainLabel(title, t="strong", wrap=True), *(PlainLabel(line, wrap=True) for line in lines)]


def _fill(part: QWidget, widgets: Sequence[QWidget]) -> None:
    column = part.layout()
    if column is None:
        return
    while (item := column.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        column.addWidget(widget)
        widget.show()
