"""The section of the school's calendar: terms, training days and closures, typed or brought in from a file."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from visitor_register.domain import school_year
from visitor_register.domain.calendar import BankHolidays, SchoolDay
from visitor_register.domain.policy import CalendarSpan, SchoolCalendar
from visitor_register.domain.school_calendar import CalendarFile
from visitor_register.files import sandbox
from visitor_register.gui.file_reader import FileReader
from visitor_register.gui.settings import calendar_forms
from visitor_register.gui.settings.calendar_list import KeptList
from visitor_register.gui.settings.calendar_preview import PILLS, CalendarPreview, say_days
from visitor_register.gui.settings.forms import write_day
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone

_KINDS = [
    ("School days: Monday to Friday", SchoolDay.SCHOOL.value),
    ("Staff only, no pupils (INSET)", SchoolDay.STAFF_ONLY.value),
    ("Closed", SchoolDay.CLOSED.value),
]


def ask_calendar(parent: QWidget) -> str:
    """Ask for a file, as the system does it."""
    kinds = "Calendars (*.ics *.csv);;All files (*)"
    return QFileDialog.getOpenFileName(parent, "Import a calendar", "", kinds)[0]


class CalendarSection(KeptList):
    """The list with its form; while a file is looked at, its preview stands in their place."""

    def __init__(
        self,
        presenter: SettingsPresenter,
        *,
        choose: Callable[[QWidget], str] = ask_calendar,
        opener: Callable[[Path], CalendarFile] = sandbox.read_calendar,
    ) -> None:
        super().__init__(
            presenter,
            "calendar",
            "School calendar",
            "Terms, training days and closures. A day that nothing names is not known, and never guessed.",
            save="Add to the calendar",
            form_title="Add a term, a training day or a closure",
            empty="Nothing yet: school days are not counted",
        )
        self._choose, self._opener = choose, opener
        self._calendar, self._holidays = SchoolCalendar(), BankHolidays({}, range(0))
        self._looking, self._today = False, date.min
        self.state = Note(Tone.NEUTRAL, "")
        self.button = KeyButton("Import a calendar", icon="file-up")
        self.preview = CalendarPreview()
        self.preview.hide()
        self.content.insertWidget(2, self.state)
        self.content.insertWidget(3, self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.insertWidget(4, self.preview)
        kind = Chooser(_KINDS, placeholder="Choose")
        self.add_row(
            self.field("name", "Name", line_edit(longest=80)),
            self.field("kind", "What it is", kind),
            into=self.form_lines,
        )
        self.add_row(
            self.field("first", "First day"), self.field("last", "Last day, if there are several"), into=self.form_lines
        )
        self.also = KeyButton("Add to the list")
        self.also.hide()
        self.foot.insertWidget(1, self.also)
        self.reader = FileReader(self)
        self.reader.slow.connect(self.unsaved.setText)
        self.reader.done.connect(self._look)
        self.reader.refused.connect(self._not_read)
        self.button.clicked.connect(self._ask_file)
        self.also.clicked.connect(self._add_all)
        self.preview.answered.connect(self._show_state)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """An empty form."""
        return self.blank()

    def is_unsaved(self) -> bool:
        """A file that is looked at is not saved either."""
        return self._looking or super().is_unsaved()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the year, and where it contradicts itself."""
        self._calendar = snapshot.policy.calendar
        self._holidays = school_year.with_edits(snapshot.holidays, snapshot.policy.holidays)
        self.list.set_rows([_row(span, change=self.presenter.leads()) for span in self._calendar.spans])
        self._today = snapshot.today
        super().show_snapshot(snapshot)
        self._place()

    @Slot(object)
    def act(self, key: Any) -> None:
        """Put a span into the form."""
        if not self.presenter.leads():
            return
        self.clear_form()
        last = write_day(key.last) if key.last != key.first else ""
        form = {"name": key.name, "kind": key.kind.value, "first": write_day(key.first), "last": last}
        for name, text in form.items():
            put(self.controls[name], text)
        self.begin_change(key, f"Change {key.name or say_days(key.first, key.last)}", "Save")

    @Slot()
    def save(self) -> None:
        """Write the list with what the form says, or with what the file says in its place."""
        if self._looking:
            self._take(school_year.put_over(self._calendar.spans, self.preview.spans()))
            return
        form = self.form()
        read = partial(calendar_forms.calendar_with, kept=self._calendar, changed=self.change, holidays=self._holidays)
        self.presenter.keep(self.key, read, form, f"School calendar: {form['name'].strip() or form['first']} saved.")

    def asked(self) -> str:
        """Name what would go."""
        span: CalendarSpan = self.change
        return f"Is {span.name or PILLS[span.kind].text}, {say_days(span.first, span.last)}, to go from the calendar?"

    def take_away(self) -> None:
        """Write the list without it."""
        gone: CalendarSpan = self.change
        left = SchoolCalendar(tuple(span for span in self._calendar.spans if span != gone))
        self.presenter.keep(self.key, lambda _form: left, {}, "School calendar: taken off.")

    @Slot()
    def clear_form(self) -> None:
        """Neither a form nor a file is looked at any more."""
        self._looking = False
        super().clear_form()
        self._place()

    @Slot()
    def _ask_file(self) -> None:
        path = self._choose(self)
        if path:
            self.reader.run(partial(self._opener, Path(path)))

    @Slot(object)
    def _look(self, file: CalendarFile) -> None:
        self.clear_form()
        if not self.presenter.leads():
            # Somebody else took the desk while the file was read.
            return
        self._looking = True
        self.preview.open(file, self._calendar.spans, self._holidays)
        self.save_button.setText("Use it for these days")
        self._place()
        self.preview.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _not_read(self, error: Any) -> None:
        self._edited()
        self.presenter.explain(error)

    @Slot()
    def _add_all(self) -> None:
        self._take(school_year.in_order((*self._calendar.spans, *self.preview.spans())))

    def _take(self, spans: tuple[CalendarSpan, ...]) -> None:
        left = len(self.preview.asked())
        if left or not self.preview.spans():
            words = (
                "Say what each line marked “What is it?” means, or leave it out."
                if left
                else "No line names a day: press Discard, or say what one of them is."
            )
            self.unsaved.setText(words)
            announce(self, words, urgent=True)
            self.preview.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        words = f"School calendar: {school_year.say_counts(school_year.days_of(spans, self._holidays))}."
        self.presenter.keep(self.key, lambda _form: SchoolCalendar(spans), {}, words)

    def _place(self) -> None:
        leads = self.presenter.leads()
        self.preview.setVisible(self._looking)
        self.also.setVisible(self._looking)
        self.button.setVisible(leads and not self._looking)
        self.list.setVisible(not self._looking)
        for widget in (self.form_title, self.form_box):
            widget.setVisible(leads and not self._looking)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        """One note: of the file while it is looked at, else of the calendar."""
        spans = self._calendar.spans
        self.state.setVisible(self._looking or bool(spans))
        if self._looking:
            self.state.show_note(*self.preview.summary())
            self._edited()
            return
        days = school_year.days_of(spans, self._holidays)
        wrong = school_year.contradictions(spans, self._holidays)
        counts = school_year.say_counts(days)
        words = "\n".join([f"Today: {say_kind(days.get(self._today), self._today)}.", *wrong])
        self.state.show_note(Tone.CHECK if wrong else Tone.NEUTRAL, counts, words)


def say_kind(kind: SchoolDay | None, day: date) -> str:
    """Say what a day is; a day without a name is known only where it is a weekend."""
    if kind is None:
        return "a weekend" if day.weekday() >= 5 else "the calendar does not say what it is"
    return {SchoolDay.SCHOOL: "a school day", SchoolDay.STAFF_ONLY: "staff only, no pupils"}.get(kind, "closed")


def _row(span: CalendarSpan, *, change: bool) -> Row:
    days = say_days(span.first, span.last)
    name, second = (span.name, days) if span.name else (days, "")
    return Row(span, name, second, pill=PILLS[span.kind], action="Change" if change else "")
