"""The section of bank holidays: England's list of a year, and where this once it is not as the list has it."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from visitor_register.domain import school_year
from visitor_register.domain.calendar import BankHolidays, say_date
from visitor_register.domain.policy import HolidayEdits
from visitor_register.gui import metrics
from visitor_register.gui.settings import calendar_forms
from visitor_register.gui.settings.calendar_list import KeptList
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Shape, Tone


class HolidaysSection(KeptList):
    """One year at a time; the button of a row says that a day is none, or takes an edit back."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "holidays",
            "Bank holidays",
            "They are no working days. England's list comes with the program; a holiday that comes only once, or one "
            "that falls away, is written down here.",
            save="Add day",
            form_title="Add a day",
            empty="No bank holiday in this year",
            remove="It is a working day",
        )
        self._holidays, self._edits, self._year = BankHolidays({}, range(0)), HolidayEdits(), 0
        self.year = PlainLabel(t="h2")
        self.earlier = KeyButton(icon="chevron-left", name="The year before")
        self.later = KeyButton(icon="chevron-right", name="The year after")
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.earlier)
        row.addWidget(self.year, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.later)
        row.addStretch(1)
        self.content.insertLayout(2, row)
        self.add_row(self.field("day", "Day"), self.field("name", "Name", line_edit(longest=80)), into=self.form_lines)
        self.earlier.clicked.connect(partial(self._go, -1))
        self.later.clicked.connect(partial(self._go, 1))

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """An empty form."""
        return self.blank()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the year that is looked at, this one at first."""
        self._holidays, self._edits = snapshot.holidays, snapshot.policy.holidays
        self._year = self._year or snapshot.today.year
        self._show_year()
        super().show_snapshot(snapshot)

    @Slot(object)
    def act(self, key: Any) -> None:
        """Ask before a day counts as a working day; an edit is taken back at once, for that loses nothing."""
        if not self.presenter.leads():
            return
        self.change = key
        if self._is_edited(key):
            self._write(_without(self._edits, key), f"{say_date(key)}: as England's list has it.")
        else:
            self._ask()

    @Slot()
    def save(self) -> None:
        """Add a day."""
        form = self.form()
        read = partial(calendar_forms.edits_with, kept=self._edits, holidays=self._holidays)
        self.presenter.keep(self.key, read, form, f"{form['day'].strip()}: a bank holiday.")

    def asked(self) -> str:
        """Name the day."""
        return f"Is {say_date(self.change)}, {self._holidays.names[self.change]}, a working day this year?"

    def take_away(self) -> None:
        """Write that the day is none."""
        day: date = self.change
        edits = HolidayEdits(self._edits.added, tuple(sorted({*self._edits.removed, day})))
        self._write(edits, f"{say_date(day)}: a working day.")

    def _write(self, edits: HolidayEdits, words: str) -> None:
        self.presenter.keep(self.key, lambda _form: edits, {}, words)

    def _go(self, years: int) -> None:
        self.question.hide()
        self._year += years
        self._show_year()

    def _show_year(self) -> None:
        self.year.setText(str(self._year))
        self.earlier.setEnabled(self._year - 1 in self._holidays.years)
        self.later.setEnabled(self._year + 1 in self._holidays.years)
        now = school_year.with_edits(self._holidays, self._edits).names
        days = sorted(day for day in {*now, *self._holidays.names} if day.year == self._year)
        self.list.set_rows([self._row(day, now.get(day)) for day in days])
        self.fit_list()

    def _row(self, day: date, name: str | None) -> Row:
        pill = None
        if name is None:
            pill = PillSpec("Working day this year", Tone.CHECK)
        elif self._is_edited(day):
            pill = PillSpec("Added here", Tone.HERE, Shape.JOINED)
        action = "Take back" if self._is_edited(day) else "Not this year"
        return Row(
            day,
            name or self._holidays.names[day],
            say_date(day),
            pill=pill,
            action=action if self.presenter.leads() else "",
        )

    def _is_edited(self, day: date) -> bool:
        return day in self._edits.removed or any(added.day == day for added in self._edits.added)


def _without(edits: HolidayEdits, day: date) -> HolidayEdits:
    return HolidayEdits(
        tuple(added for added in edits.added if added.day != day), tuple(one for one in edits.removed if one != day)
    )
