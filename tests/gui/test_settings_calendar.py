"""The school's calendar in Settings: typed, brought in from a file after a look at it, and counted by."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import NOW
from tests.files.charts import written
from tests.gui.pictures import save
from tests.gui.settings_screen import Office, office, reception
from tests.gui.walkers import text_fits, unnamed_controls
from visitor_register.domain.calendar import BankHolidays, Days, SchoolDay
from visitor_register.domain.policy import CalendarSpan, Clocks, DaySlot, HolidayEdits, NamedDay
from visitor_register.domain.school_calendar import CalendarFile, CalendarLine, Meaning, meaning
from visitor_register.files import school_calendar
from visitor_register.gui.settings.calendar_preview import CalendarPreview
from visitor_register.gui.settings.calendar_section import CalendarSection
from visitor_register.gui.settings.clocks_section import ClocksSection
from visitor_register.gui.settings.holidays_section import HolidaysSection
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.times_section import TimesSection
from visitor_register.gui.theme import Theme
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.services import notice, policy, working_days

__all__ = ["office", "reception"]

MEETING = datetime(2026, 11, 30, 14, tzinfo=UTC)


def adds(office: Office, **form: str) -> None:
    for name, text in form.items():
        control = office.view.current.controls[name]
        if name == "kind":
            put(control, text)
        else:
            office.types(name, text)


def given(office: Office) -> notice.Notice:
    with office.register.read() as session:
        return notice.count(NOW, MEETING, working_days.read(session, MEETING.date()))


def test_what_cannot_be_is_refused_beside_its_field(office: Office) -> None:
    office.opens("calendar")
    adds(office, name="Autumn 2")
    office.is_refused("kind", "Choose what the school does")
    adds(office, kind="school", first="18/12/2026", last="02/11/2026")
    office.is_refused("last", "Write a day after the first")
    adds(office, first="28/11/2026", last="29/11/2026")
    office.is_refused("first", "only weekends or bank holidays")
    save(office.view, "settings-calendar-refused")
    office.opens("holidays")
    adds(office, day="25/12/2026", name="Christmas again")
    office.is_refused("day", "Fri 25 Dec 2026 is a bank holiday already.")
    office.opens("clocks")
    adds(office, **{"from": "23/11/2026"})
    office.is_refused("from", "Write today or a later day")
    office.opens("times")
    adds(office, name="Break", starts="10:50", ends="10:30")
    office.is_refused("ends", "after the beginning")


def test_a_term_and_a_training_day_are_typed_and_notice_counts_by_them(office: Office) -> None:
    section = office.opens("calendar")
    assert isinstance(section, CalendarSection)
    assert given(office).title == "4 working days: short notice, reason needed"
    adds(office, name="Autumn 2", kind="school", first="02/11/2026", last="18/12/2026")
    office.saves("School calendar: Autumn 2 saved.")
    adds(office, name="INSET", kind="staff_only", first="27/11/2026")
    office.saves("School calendar: INSET saved.")
    assert given(office).title == "4 working days, 3 school days: short notice, reason needed"
    adds(office, name="Heating", kind="closed", first="27/11/2026")
    office.saves("School calendar: Heating saved.")
    assert "“Heating” is closed and “INSET” is staff only" in section.state.text.text()
    office.acts(office.policy().calendar.spans[1])
    assert section.form_title.text() == "Change Heating"
    office.presses(section.remove)
    save(office.view, "settings-calendar-question")
    office.presses(section.question.yes)
    office.qtbot.waitUntil(lambda: len(section.list.rows) == 2)
    office.reopens()
    assert [span.name for span in office.policy().calendar.spans] == ["Autumn 2", "INSET"]


def test_a_file_counts_only_after_every_doubt_is_answered_and_it_was_confirmed(office: Office, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "year.csv",
        "Name,First day,Last day\r\nAutumn term 2,02/11/2026,18/12/2026\r\nINSET,27/11/2026,\r\n"
        "Sports day,26/11/2026,\r\nHoliday club,21/12/2026,24/12/2026\r\nSpring term,01/09/2027,31/08/2027\r\n",
    )
    section = office.opens("calendar")
    assert isinstance(section, CalendarSection)
    adds(office, name="Old", kind="closed", first="20/11/2026", last="03/11/2026")
    section.discard()
    adds(office, name="Summer", kind="closed", first="22/07/2026", last="06/11/2026")
    office.saves("School calendar: Summer saved.")
    section._choose = lambda _parent: str(path)
    section._opener = school_calendar.read
    office.presses(section.button)
    office.qtbot.waitUntil(section.preview.isVisible)
    preview = section.preview
    assert section.state.title.text() == "The file: 34 school days, 1 staff only, 0 closed"
    assert [row.pill.text for row in preview.list.rows if row.pill] == ["What is it?"] * 3 + [
        "School days",
        "Staff only",
    ]
    assert preview.about.text() == "Sports day: It says nothing of a term, a staff day or a closure."
    save(office.view, "settings-calendar-preview")
    office.qtbot.waitUntil(lambda: text_fits(office.view) == [])
    assert unnamed_controls(office.view) == []
    QTest.keyClick(office.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert section.unsaved.text().startswith("Say what each line")
    assert office.view.unsaved() == ["calendar"]
    assert len(office.policy().calendar.spans) == 1
    QTest.keyClick(preview.list, Qt.Key.Key_Return)
    QTest.keyClick(preview.answers[SchoolDay.SCHOOL], Qt.Key.Key_Space)
    assert preview.list.current_key() == 3
    office.presses(preview.answers[SchoolDay.CLOSED])
    assert not preview.answers[SchoolDay.SCHOOL].isEnabled()
    assert "ends before it begins" in preview.about.text()
    office.presses(preview.answers[None])
    office.saves("School calendar: 34 school days, 1 staff only, 77 closed.")
    assert not preview.isVisible()
    office.reopens()
    spans = office.policy().calendar.spans
    assert spans[0] == CalendarSpan(date(2026, 7, 22), date(2026, 11, 1), SchoolDay.CLOSED, "Summer")
    assert [span.name for span in spans[1:]] == ["Autumn term 2", "Sports day", "INSET", "Holiday club"]


def test_an_answer_looks_at_each_line_of_a_long_file_a_few_times_only(
    qtbot: QtBot, look: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview, day = CalendarPreview(), date(2026, 9, 1)
    qtbot.addWidget(preview)
    lines = tuple(CalendarLine(f"line {number}", "Trip", day, day) for number in range(50))
    preview.open(CalendarFile(lines), (), BankHolidays({}, range(2026, 2027)))
    looked: list[CalendarLine] = []

    def counted(line: CalendarLine) -> Meaning:
        looked.append(line)
        return meaning(line)

    monkeypatch.setattr("visitor_register.domain.school_calendar.meaning", counted)
    preview.answers[SchoolDay.CLOSED].click()
    assert preview.list.current_key() == 1
    assert len(looked) < 5 * len(lines)


def test_a_file_that_is_none_leaves_the_calendar_as_it_was(office: Office, tmp_path: Path) -> None:
    section = office.opens("calendar")
    assert isinstance(section, CalendarSection)
    section._choose = lambda _parent: str(tmp_path / "gone.ics")
    section._opener = school_calendar.read
    office.presses(section.button)
    office.qtbot.waitUntil(lambda: bool(office.ear.said))
    assert "cannot be opened" in office.ear.said[-1].text
    assert section.list.isVisible()
    assert not section.preview.isVisible()


def test_a_bank_holiday_that_comes_once_and_one_that_does_not(office: Office) -> None:
    section = office.opens("holidays")
    assert isinstance(section, HolidaysSection)
    adds(office, day="27/11/2026", name="Coronation")
    office.saves("27/11/2026: a bank holiday.")
    assert given(office).working_days == 3
    office.acts(date(2026, 12, 28))
    assert "Mon 28/12/2026, Boxing Day (substitute day), a working day" in section.question.words.text()
    office.presses(section.question.yes)
    office.qtbot.waitUntil(lambda: office.policy().holidays.removed == (date(2026, 12, 28),))
    office.settles()
    assert [row.pill.text for row in section.list.rows if row.pill] == ["Added here", "Working day this year"]
    save(office.view, "settings-holidays-edited")
    office.acts(date(2026, 11, 27))
    office.qtbot.waitUntil(lambda: not office.policy().holidays.added)
    office.settles()
    office.presses(section.later)
    assert section.year.text() == "2027"
    assert len(section.list.rows) == 8
    office.reopens()
    assert office.policy().holidays == HolidayEdits((), (date(2026, 12, 28),))


def test_clocks_change_from_a_day_on_and_what_is_before_keeps_its_rule(office: Office) -> None:
    section = office.opens("clocks")
    assert isinstance(section, ClocksSection)
    put(section.controls["notice"], "calendar")
    put(section.controls["reply"], "elapsed")
    adds(office, opens="08:00", **{"from": "01/12/2026"})
    office.saves("Clocks: saved, from Tue 01/12/2026.")
    assert section.coming.text.text().startswith("From Tue 01/12/2026: Contact within 5 working days.")
    assert "Notice of 5 working days" in section.now.text.text()
    save(office.view, "settings-clocks-coming")
    assert text_fits(office.view) == []
    with office.register.read() as session:
        before, after = working_days.read(session, date(2026, 11, 30)), working_days.read(session, date(2026, 12, 1))
        days = working_days.read_days(session, [date(2026, 11, 30), date(2026, 12, 1)])
    assert before.rules.notice_counts is Days.WORKING
    assert (after.rules.notice_counts, after.rules.reply_elapsed) == (Days.CALENDAR, True)
    assert (after.rules.applies_from, after.calendar.la_hours.opens) == (date(2026, 12, 1), time(8))
    assert dict(days) == {date(2026, 11, 30): before, date(2026, 12, 1): after}
    put(section.controls["notice"], "school")
    office.saves("Clocks: saved, from Tue 24/11/2026. What was to come after that day is replaced.")
    assert not section.coming.isVisible()
    office.reopens()
    assert office.policy().clocks == Clocks(notice_counts=Days.SCHOOL)


def test_the_times_of_a_day_overlap_nowhere(office: Office) -> None:
    section = office.opens("times")
    assert isinstance(section, TimesSection)
    adds(office, name="Break", starts="10:30", ends="10:50")
    section.lesson.setChecked(False)
    office.saves("Break: saved.")
    adds(office, name="Lesson 1", starts="9", ends="10:40")
    office.is_refused("starts", "between 00:00 and 23:59")
    adds(office, starts="0900")
    office.is_refused("starts", "Break is from 10:30 to 10:50.")
    adds(office, ends="10.30")
    office.saves("Lesson 1: saved.")
    save(office.view, "settings-times-two")
    office.reopens()
    assert office.policy().times.slots == (
        DaySlot("Lesson 1", time(9), time(10, 30)),
        DaySlot("Break", time(10, 30), time(10, 50), lesson=False),
    )


def test_others_read_what_the_leads_set(reception: Office) -> None:
    edits = HolidayEdits((NamedDay(date(2026, 11, 27), "Coronation"),))
    with reception.register.write() as session:
        policy.change(session, edits, by=reception.world.dsl, at=NOW)
    reception.presenter.load()
    reception.settles()
    for key in ("calendar", "holidays", "clocks", "times"):
        section = reception.opens(key)
        assert not section.save_button.isVisible()
        assert not any(control.isVisible() for control in section.controls.values())
        assert not any(row.action for rows in section.findChildren(ListPanel) for row in rows.rows)
        save(reception.view, f"settings-{key}-read")
