"""Settings: each section changes what the register says, by keys and mouse, and stays so."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.factories import NOW, PASSWORD
from tests.gui.pictures import save
from tests.gui.settings_screen import Office, office, reception
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from visitor_register import settings
from visitor_register.domain.chart_fingerprint import OF_KEY, readable
from visitor_register.domain.events import LetterFiled
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import ChartAges, ChartFolder, Duty, VisitorNotice
from visitor_register.domain.verification import Supervision
from visitor_register.gui import theme
from visitor_register.gui.metrics import layout_class
from visitor_register.gui.settings.forms import FieldError, read_day, read_time
from visitor_register.gui.settings.machine import wedge_settings
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.sections import GROUPS, SECTIONS
from visitor_register.gui.theme import Theme
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.services import assurance, chart_trust, policy

__all__ = ["office", "reception"]

SIZES = [(1366, 698), (1280, 650), (911, 442)]


def test_the_school_gets_another_name_and_hours(office: Office) -> None:
    office.opens("school")
    office.types("name", "Elmbrook Academy")
    office.types("opens", "8.15")
    office.saves("School: saved.")
    office.reopens()
    assert office.policy().school.name == "Elmbrook Academy"
    assert f"{office.policy().hours.opens:%H:%M}" == "08:15"


def test_hours_that_cannot_be_are_refused_where_they_stand(office: Office) -> None:
    office.opens("school")
    office.types("closes", "25:00")
    office.is_refused("closes", "Write a time between 00:00 and 23:59.")
    office.types("closes", "07:00")
    office.is_refused("closes", "after the opening")
    save(office.view, "settings-refused")
    assert f"{office.policy().hours.closes:%H:%M}" == "16:30"


def test_who_is_dsl_today(office: Office) -> None:
    section = office.opens("duty")
    office.types("name2", "Ms Kaur")
    office.types("extension2", "ext 207")
    up = next(up for up in section._ups if "2" in up.accessibleName())  # type: ignore[attr-defined]
    office.presses(up)
    office.saves("DSL today: saved.")
    office.reopens()
    assert [duty.name for duty in office.policy().duty.people] == ["Mrs Shah", "Ms Kaur", "Mr Bello"]
    assert office.policy().duty.people[1] == Duty("Ms Kaur", "", "ext 207")


def test_there_is_always_a_dsl_today(office: Office) -> None:
    office.opens("duty")
    office.types("name0", "")
    office.is_refused("name0", "Write the name")


def test_lanyard_words_and_colours(office: Office) -> None:
    section = office.opens("lanyards")
    office.types(f"word_{Supervision.ESCORTED}", "orange")
    colours = section.controls[f"colour_{Supervision.ESCORTED}"]
    colours.setFocus()
    QTest.keyClicks(colours, "Or")
    office.saves("Lanyards: saved.")
    office.reopens()
    lanyard = next(word for word in office.policy().lanyards.words if word.supervision is Supervision.ESCORTED)
    assert (lanyard.word, lanyard.colour) == ("ORANGE", "#C75B00")


def test_a_lanyard_needs_a_word(office: Office) -> None:
    office.opens("lanyards")
    office.types(f"word_{Supervision.DSL}", "")
    office.is_refused(f"word_{Supervision.DSL}", "Write the word")


def test_the_heads_policy_for_known_visitors(office: Office) -> None:
    section = office.opens("known")
    section.controls["booked"].setFocus()
    QTest.keyClicks(section.controls["booked"], "Esc")
    office.saves("Known visitors: saved.")
    office.reopens()
    assert office.policy().known.booked is Supervision.ESCORTED


def test_a_changed_notice_gets_the_next_version(office: Office) -> None:
    section = office.opens("notice")
    assert "version 1" in section.version.text()  # type: ignore[attr-defined]
    office.types("text", "Please wear your lanyard.")
    office.saves("Visitor notice: saved.")
    assert "becomes version 3" in section.version.text()  # type: ignore[attr-defined]
    office.saves("Visitor notice: saved.")
    office.reopens()
    assert office.policy().notice == VisitorNotice(2, "Please wear your lanyard.")


def test_staff_and_places(office: Office) -> None:
    office.opens("staff")
    office.types("names", "Mrs Shah\n Mr Okafor \n\nMrs Shah")
    office.saves("Staff and places: saved.")
    office.reopens()
    assert office.policy().staff.names == ("Mrs Shah", "Mr Okafor")
    assert office.policy().staff.places == ("Meeting room 1", "Meeting room 2")


def test_the_fire_lists_printer_and_folders(office: Office, tmp_path: Path) -> None:
    section = office.opens("fire")
    office.types("printer", "Office printer")
    office.types("folder2", "fire")
    office.is_refused("folder2", "whole path")
    section._choose = lambda _parent: str(tmp_path)  # type: ignore[attr-defined]
    office.presses(section.buttons["folder2"])  # type: ignore[attr-defined]
    office.saves("Fire list: saved.")
    office.reopens()
    assert office.policy().fire_list.printer == "Office printer"
    assert office.policy().fire_list.folders == (str(tmp_path),)


def test_the_charts_ages_and_folder(office: Office, tmp_path: Path) -> None:
    section = office.opens("charts")
    for amber, red, wrong, words in (("", "90", "amber", "a number of days"), ("30", "30", "red", "more days")):
        office.types("amber", amber)
        office.types("red", red)
        office.is_refused(wrong, words)
    office.types("red", "60")
    office.types("folder", "charts")
    office.is_refused("folder", "whole path")
    section._choose = lambda _parent: str(tmp_path)  # type: ignore[attr-defined]
    office.presses(section.button)  # type: ignore[attr-defined]
    office.saves("Structure chart: saved.")
    office.reopens()
    assert office.policy().chart_ages == ChartAges(30, 60)
    assert office.policy().chart_folder == ChartFolder(str(tmp_path))


def test_a_councils_key_is_withdrawn_with_a_reason(office: Office) -> None:
    with office.register.write() as session:
        key = chart_trust.pin(session, "Harrow", "5e" * 32, "Mrs Clarke, by telephone", by=office.world.dsl, at=NOW)
    office.presenter.load()
    section = office.opens("charts")
    rows = section.keys  # type: ignore[attr-defined]
    assert rows.rows[0].second.startswith(f"{readable('5e' * 32, OF_KEY)} · confirmed 24/11/2026 with Mrs Clarke")
    office.presses_row(rows, key)
    section.question.reason.setText("the council has a new one")  # type: ignore[attr-defined]
    office.presses(section.question.yes)  # type: ignore[attr-defined]
    office.qtbot.waitUntil(lambda: not rows.rows)


def test_a_shipped_number_is_confirmed_with_its_source(office: Office) -> None:
    section = office.opens("numbers")
    rows = section.list.rows  # type: ignore[attr-defined]
    assert [row.pill.text for row in rows] == ["Please confirm", "Please confirm"]
    mash = next(number for number in office.numbers() if number.body == assurance.MASH)
    office.acts(mash.id)
    assert QApplication.focusWidget() is section.controls["where"]
    office.is_refused("where", "A number without a source is not rung.")
    assert not any(number.confirmed for number in office.numbers())
    office.types("where", "harrow.gov.uk, report a concern")
    office.saves("MASH Golden Number: number saved.")
    confirmed = next(number for number in office.numbers() if number.id == mash.id)
    assert confirmed.confirmed
    assert confirmed.found_on == NOW.date()
    assert section.controls["where"].text() == ""  # type: ignore[attr-defined]


def test_a_number_is_added_and_withdrawn(office: Office) -> None:
    section = office.opens("numbers")
    for name, text in (("body", "Brent MASH"), ("number", "020 7946 0000"), ("where", "brent.gov.uk")):
        office.types(name, text)
    office.saves("Brent MASH: number added.")
    brent = next(number for number in office.numbers() if number.body == "Brent MASH")
    office.acts(brent.id)
    office.presses(section.withdraw)  # type: ignore[attr-defined]
    question = section.question  # type: ignore[attr-defined]
    assert "Brent MASH" in question.words.text()
    assert text_fits(office.view) == []
    save(office.view, "settings-withdraw")
    QTest.keyClicks(question.reason, "gone from the page")
    office.presses(question.yes)
    office.qtbot.waitUntil(lambda: len(section.list.rows) == 2)  # type: ignore[attr-defined]
    assert "Brent MASH" not in [number.body for number in office.numbers()]


def test_a_letter_is_noted_with_a_review_after_a_year_and_replaced(office: Office) -> None:
    section = office.opens("letters")
    for name, text in (("authority", "London Borough of Brent"), ("dated", "3/11/2026"), ("where", "Safe, folder 2")):
        office.types(name, text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert section.controls["review"].text() == "03/11/2027"  # type: ignore[attr-defined]
    office.saves("Letter of London Borough of Brent noted.")
    letter = office.letters()[0]
    assert (letter.dated, letter.review_on) == (date(2026, 11, 3), date(2027, 11, 3))
    office.acts(letter.id)
    office.presses(section.question.yes)  # type: ignore[attr-defined]
    office.qtbot.waitUntil(lambda: section.list.rows == ())  # type: ignore[attr-defined]
    assert office.letters() == []


def test_a_letter_due_for_review_says_so(office: Office) -> None:
    for name, review in (("Brent", date(2026, 11, 1)), ("Barnet", date(2026, 12, 1)), ("Ealing", date(2027, 6, 1))):
        with office.register.write() as session:
            filed = LetterFiled(name, "Head of Service", date(2025, 11, 1), "all", review, "safe")
            assurance.file_letter(session, filed, by=office.world.dsl, at=NOW)
    office.presenter.load()
    section = office.opens("letters")
    pills = {row.title: row.pill.text if row.pill else "" for row in section.list.rows}  # type: ignore[attr-defined]
    assert pills == {"Barnet": "Review due soon", "Brent": "Review overdue", "Ealing": ""}


def test_a_person_is_added_and_can_sign_in(office: Office) -> None:
    section = office.opens("people")
    office.types("name", "Priya Anand")
    section.controls["role"].setFocus()
    QTest.keyClicks(section.controls["role"], "Of")
    office.types("password", "another three words")
    office.types("again", "another three")
    office.types("own", PASSWORD)
    office.is_refused("again", "not the same")
    office.types("again", "another three words")
    office.types("own", "not my password")
    office.is_refused("own", "That is not your password")
    assert len(Keyring.load(office.register.folder / "keyring.json").people()) == 2
    office.types("own", PASSWORD)
    office.saves("Priya Anand can sign in now.")
    assert [section.controls[name].text() for name in ("password", "again", "own")] == ["", "", ""]  # type: ignore[attr-defined]
    office.reopens()
    priya = next(who for who in office.register.keyring.people() if who.name == "Priya Anand")
    office.register.close()
    office.world.register = office.register = Register.open(office.register.folder, priya, "another three words")
    assert office.register.dsl is None


def test_a_name_that_is_taken_adds_nobody(office: Office) -> None:
    section = office.opens("people")
    office.types("name", "joan mensah")
    put(section.controls["role"], "office")
    for name in ("password", "again"):
        office.types(name, "another three words")
    office.types("own", PASSWORD)
    office.is_refused("name", "on the list already")
    assert len(office.register.keyring.people()) == 2


def test_passwords_are_shown_only_on_demand(office: Office) -> None:
    section = office.opens("people")
    edit = section.controls["own"]
    assert isinstance(edit, QLineEdit)
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    office.presses(section.show_typed)  # type: ignore[attr-defined]
    section.show_typed.setChecked(True)  # type: ignore[attr-defined]
    assert edit.echoMode() is QLineEdit.EchoMode.Normal


def test_this_pc_is_kept_and_shown_at_once(office: Office) -> None:
    section = office.opens("pc")
    office.qtbot.waitUntil(lambda: section.camera.count() == 3)  # type: ignore[attr-defined]
    for name, value in (("theme", "dark"), ("text_size", "115"), ("camera", "2"), ("label_size", "A4")):
        put(section.controls[name], value)
    office.types("label_printer", "Label printer")
    office.saves("This PC: saved.")
    assert theme.current().dark
    assert theme.current().factor == 1.15
    kept = settings.load(office.register.folder)
    assert (kept.theme, kept.text_size, kept.camera) == ("dark", 115, 2)
    assert (kept.label_printer, kept.label_size) == ("Label printer", "A4")
    assert office.policy().sounds.on


def test_sounds_are_switched_off_for_the_school(office: Office) -> None:
    section = office.opens("pc")
    section.sounds.setFocus()  # type: ignore[attr-defined]
    QTest.keyClick(section.sounds, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    office.saves("This PC: saved.")
    office.reopens()
    assert not office.policy().sounds.on


READ_BY_ALL = ["calendar", "holidays", "times", "clocks"]


def _keys(office: Office) -> list[str]:
    """The sections in the list, without their headings."""
    return [row.key for row in office.view.list.rows if not row.heading]


def test_arrow_keys_pass_over_the_headings(office: Office) -> None:
    office.view.list.setFocus()
    seen = [office.view.current.key]
    for _ in range(len(SECTIONS) - 1):
        QTest.keyClick(office.view.list, Qt.Key.Key_Down)
        seen.append(office.view.current.key)
    assert seen == list(SECTIONS)
    assert [row.title for row in office.view.list.rows if row.heading] == [group.title for group in GROUPS]
    save(office.view, "settings-groups")


def test_reception_changes_this_pc_only(reception: Office) -> None:
    assert _keys(reception) == [*READ_BY_ALL, "sign_in", "health", "pc", "scanner"]
    headings = [row.title for row in reception.view.list.rows if row.heading]
    assert headings == ["The school", "Rules and lists", "People and keys", "Safe keeping", "This PC"]
    section = reception.opens("pc")
    assert not section.sounds.isVisible()  # type: ignore[attr-defined]
    put(section.controls["theme"], "dark")
    reception.saves("This PC: saved.")
    assert settings.load(reception.register.folder).theme == "dark"


def test_the_office_sees_what_it_may_change(qtbot: QtBot, office: Office) -> None:
    office.opens("school")
    office.types("name", "Half typed")
    office.desk.hand_over(Operator(office.world.reception.id, "Priya Anand", Role.OFFICE), None)
    office.settles()
    wanted = ["duty", *READ_BY_ALL, "numbers", "letters", "sign_in", "backups", "health", "pc", "scanner"]
    assert _keys(office) == wanted
    office.opens("duty")
    office.types("extension0", "ext 299")
    office.saves("DSL today: saved.")
    assert office.policy().duty.people[0].extension == "ext 299"
    assert office.policy().school.name == "Elmbrook Primary School"


def test_the_service_refuses_what_the_screen_hides(reception: Office) -> None:
    reception.presenter.save("school", {"name": "Mine", "opens": "08:00", "closes": "16:00"})
    reception.qtbot.waitUntil(lambda: bool(reception.ear.said))
    assert reception.ear.said[-1].kind == "check"
    assert "Only the DSL or the head" in reception.ear.said[-1].text
    assert reception.policy().school.name == "Elmbrook Primary School"


def test_what_is_not_saved_stays_and_is_said(office: Office) -> None:
    office.opens("school")
    office.types("name", "Elmbrook Academy")
    assert office.view.unsaved() == ["school"]
    office.opens("staff")
    assert next(row.note for row in office.view.list.rows if row.key == "school") == "not saved"
    with office.register.write() as session:
        policy.change(session, VisitorNotice(5, "Another"), by=office.world.dsl, at=NOW)
    office.presenter.load()
    office.settles()
    assert office.opens("school").controls["name"].text() == "Elmbrook Academy"  # type: ignore[attr-defined]
    office.view.hide()
    assert office.ear.said[-1].text == "Not saved yet in Settings: School. What you typed is still there."
    office.view.show()
    office.presses(office.view.current.discard_button)
    assert office.view.unsaved() == []
    assert office.view.current.controls["name"].text() == "Elmbrook Primary School"  # type: ignore[attr-defined]


def test_arrow_keys_walk_through_the_sections_and_enter_goes_in(office: Office) -> None:
    office.view.list.setFocus()
    QTest.keyClick(office.view.list, Qt.Key.Key_Down)
    assert office.view.current.key == "duty"
    assert QApplication.focusWidget() is office.view.list
    QTest.keyClick(office.view.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is office.view.current.controls["name0"]


def test_days_and_times_are_read_as_people_write_them() -> None:
    for text in ("24/11/2026", "24.11.26", " 24-11-2026 "):
        assert read_day({"on": text}, "on") == date(2026, 11, 24)
    with pytest.raises(FieldError, match="Write the day"):
        read_day({"on": "tomorrow"}, "on")
    assert f"{read_time({'at': '0830'}, 'at'):%H:%M}" == "08:30"


def test_the_machines_numbers_reach_the_filter(office: Office) -> None:
    office.pc.save(settings.Machine(burst_gap_ms=60, quiet_ms=900, scanner_prefix="~"))
    told = wedge_settings(office.pc.machine)
    assert (told.hold, told.deaf, told.prefix) == (0.06, 0.9, "~")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_section_fits_and_has_names(office: Office, size: tuple[int, int], every_look: Theme) -> None:
    with office.register.write() as session:
        file = partial(assurance.file_letter, session, by=office.world.dsl, at=NOW)
        file(
            LetterFiled("London Borough of Brent", "HR", date(2025, 11, 1), "social care", date(2026, 11, 1), "Safe 2")
        )
        chart_trust.pin(session, "Harrow", "5e" * 32, "Mrs Clarke, by telephone", by=office.world.dsl, at=NOW)
        file(LetterFiled("NHS Trust", "HR", date(2026, 9, 1), "nurses", date(2027, 9, 1), "Safe 2"))
    wide, high = size
    scheme, factor = every_look.scheme, every_look.factor
    fit = layout_class(wide, high, factor)
    rail = 60 if fit.narrow_rail else 184
    office.view.set_layout_class(fit)
    office.view.resize(wide - round(rail * factor), high - round(52 * factor))
    office.presenter.load()
    for key in SECTIONS:
        office.opens(key)
        QApplication.processEvents()
        area = office.view.current.area
        assert (key, area.widget().width()) <= (key, area.viewport().width())
        assert (key, text_fits(office.view)) == (key, [])
        assert (key, unnamed_controls(office.view)) == (key, [])
        assert rich_text_labels(office.view) == []
        assert len(primary_buttons(office.view)) == 1
        save(office.view, f"settings-{key}-{wide}-{scheme.value}-{round(factor * 100)}")
