"""What a calendar file would say of the school's days, before any of it counts: each line, and what it means."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain import school_calendar, school_year
from visitor_register.domain.calendar import BankHolidays, SchoolDay, say_date
from visitor_register.domain.policy import CalendarSpan
from visitor_register.domain.school_calendar import CalendarFile, CalendarLine
from visitor_register.gui import metrics, theme
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone

PILLS: dict[SchoolDay, PillSpec] = {
    SchoolDay.SCHOOL: PillSpec("School days", Tone.KNOWN),
    SchoolDay.STAFF_ONLY: PillSpec("Staff only", Tone.HERE),
    SchoolDay.CLOSED: PillSpec("Closed", Tone.NEUTRAL),
}
_LEFT_OUT = PillSpec("Left out", Tone.NEUTRAL)
_ASKED = PillSpec("What is it?", Tone.CHECK)
_ROW_HEIGHT, _ROWS_SEEN = 56, 4


class CalendarPreview(QWidget):
    """The lines, those in doubt first, and four answers for the one that is chosen.

    Signals:
        answered: Something was said of a line.
    """

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file = CalendarFile(())
        self._answers: dict[int, SchoolDay | None] = {}
        self._order: tuple[int, ...] = ()
        self._kept: tuple[CalendarSpan, ...] = ()
        self._holidays = BankHolidays({}, range(0))
        self.list = ListPanel("Lines of the file", row_height=_ROW_HEIGHT)
        self.about = PlainLabel(t="cap", wrap=True)
        self.answers: dict[SchoolDay | None, KeyButton] = {
            kind: KeyButton(pill.text, name=f"The chosen line: {pill.text.lower()}") for kind, pill in PILLS.items()
        }
        self.answers[None] = KeyButton("Leave out", name="The chosen line: leave out")
        self.rest = KeyButton("Leave out all that are asked")
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        for kind, button in self.answers.items():
            row.addWidget(button)
            button.clicked.connect(partial(self._answer, kind))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.FIELD_GAP)
        column.addWidget(self.list)
        column.addWidget(self.about)
        column.addLayout(row)
        column.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignLeft)
        self.rest.clicked.connect(self._leave_rest)
        self.list.selected.connect(self._show_line)
        self.list.activated_row.connect(self._go_to_answers)

    def open(self, file: CalendarFile, kept: Sequence[CalendarSpan], holidays: BankHolidays) -> None:
        """Show a file, the lines that are asked about first; `kept` is what the school has already."""
        self._file, self._kept, self._holidays, self._answers = file, tuple(kept), holidays, {}
        asked = set(school_calendar.unanswered(file.lines, {}))
        self._order = tuple(sorted(range(len(file.lines)), key=lambda number: (number not in asked, number)))
        self.refresh()
        self.list.choose(self._order[0])
        self._show_line(self._order[0])

    def spans(self) -> tuple[CalendarSpan, ...]:
        """What the file names, as it was answered."""
        return school_calendar.spans(self._file.lines, self._answers)

    def asked(self) -> tuple[int, ...]:
        """Numbers of the lines about which nobody has said anything yet."""
        return school_calendar.unanswered(self._file.lines, self._answers)

    def summary(self) -> tuple[Tone, str, str]:
        """What the file comes to: a tone, the counts, and what should be known before it is used."""
        days = school_year.days_of(self.spans(), self._holidays)
        open_lines = self.asked()
        tone = Tone.CHECK if open_lines else Tone.KNOWN
        return tone, f"The file: {school_year.say_counts(days)}", "\n".join(self._sentences(len(open_lines)))

    def refresh(self) -> None:
        """Show the lines and what each means."""
        self.list.set_rows([_row(number, self._file.lines[number], self._answers) for number in self._order])
        seen = max(2, min(len(self._order), _ROWS_SEEN))
        self.list.setFixedHeight(theme.current().px(_ROW_HEIGHT) * seen + 2)
        self.rest.setVisible(len(self.asked()) > 1)

    def _sentences(self, open_lines: int) -> list[str]:
        spans, said = self.spans(), []
        if open_lines:
            said.append(f"In doubt: {_lines(open_lines)}. Say what each is, or leave it out; they come first.")
        if spans:
            first, last = min(span.first for span in spans), max(span.last for span in spans)
            there = sum(span.last >= first and span.first <= last for span in self._kept)
            replaced = f" What the list says of these days already is replaced: {_lines(there)}." if there else ""
            said.append(f"{say_days(first, last)}.{replaced}")
            if not any(span.kind is SchoolDay.SCHOOL for span in spans):
                said.append("There is no term among them, so school days are not known until a term is typed.")
        said += school_year.contradictions(spans, self._holidays)[:3]
        return [*said, *self._file.notes]

    def _answer(self, kind: SchoolDay | None) -> None:
        number = self.list.current_key()
        if number is None:
            return
        self._answers[number] = kind
        self.refresh()
        # Those that are asked stand in the order of the file, in the list as well.
        following = next(iter(self.asked()), None)
        if following is not None:
            self.list.choose(following)
            self.list.scrollTo(self.list.currentIndex())
        self._show_line(self.list.current_key())
        self.answered.emit()

    @Slot()
    def _leave_rest(self) -> None:
        self._answers |= dict.fromkeys(self.asked())
        self.refresh()
        self._show_line(self.list.current_key())
        self.answered.emit()

    @Slot(object)
    def _show_line(self, number: int) -> None:
        line = self._file.lines[number]
        for kind, button in self.answers.items():
            button.setEnabled(kind is None or not line.trouble)
        self.about.setText(f"{line.name or 'The chosen line'}: {school_calendar.meaning(line).doubt or 'it is clear.'}")

    @Slot(object)
    def _go_to_answers(self, _number: int) -> None:
        first = next(button for button in self.answers.values() if button.isEnabled())
        first.setFocus(Qt.FocusReason.TabFocusReason)


def _row(number: int, line: CalendarLine, answers: Mapping[int, SchoolDay | None]) -> Row:
    kind = answers[number] if number in answers else school_calendar.meaning(line).kind
    pill = PILLS[kind] if kind is not None else _LEFT_OUT if number in answers else _ASKED
    return Row(number, line.name or "Without a name", " · ".join(filter(None, (_days(line), line.where))), pill=pill)


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"


def _days(line: CalendarLine) -> str:
    if line.first is None or line.last is None or line.last < line.first:
        return line.trouble.partition(":")[0]
    return say_days(line.first, line.last)


def say_days(first: date, last: date) -> str:
    """Say days from one to another, or the one day: `Wed 02/09/2026 to Fri 23/10/2026`."""
    return say_date(first) if first == last else f"{say_date(first)} to {say_date(last)}"
