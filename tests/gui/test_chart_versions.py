"""The versions of the chart, changing somebody by hand, and what is sent to the council, by keys and mouse."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.factories import World, create_worker, look
from tests.gui import pictures
from tests.gui.chart_screen import CANARY, FIRST, SECOND, SIZES, Screen, open_screen, opens, resize
from tests.gui.chart_screen import desk as desk
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.people import Operator, Role
from visitor_register.files import chart_xlsx
from visitor_register.files.charts import understand
from visitor_register.gui.chart.versions_page import VersionsPage
from visitor_register.gui.desk import Desk
from visitor_register.gui.theme import Theme
from visitor_register.persistence import verify
from visitor_register.services import chart_edits, chart_import, chart_reading, chart_undo, directory
from visitor_register.services.chart_import import ChartMeta
from visitor_register.services.chart_plan import Decisions

COUNCIL = "Northvale Council (invented)"
SENDER = "Business Support <support@northvale.example>"
WORKER = "Uchenna Windlestraw"


@pytest.fixture
def screen(qtbot: QtBot, world: World, desk: Desk) -> Iterator[Screen]:
    made = open_screen(qtbot, world, desk)
    yield made
    made.view.presenter.close()


def accept(world: World, path: Path, issued: date) -> UUID:
    """Accept one of our samples an hour later."""
    world.clock.move(hours=1)
    reading = chart_reading.read_again(opens([path])).reading
    meta = ChartMeta(COUNCIL, path.name, opens([path]).sha256, issued, issued, SENDER)
    sure = Decisions({}, confirmed=frozenset(Guard))
    with world.register.write() as session:
        return chart_import.accept(session, reading, sure, meta, by=world.dsl, at=world.clock())


def three_charts(screen: Screen) -> list[UUID]:
    """The first was superseded, the third taken back."""
    world = screen.world
    days = ((FIRST, date(2026, 8, 3)), (SECOND, date(2026, 11, 2)), (FIRST, date(2026, 11, 20)))
    made = [accept(world, path, day) for path, day in days]
    world.clock.move(minutes=1)
    with world.register.write() as session:
        chart_undo.undo(session, made[-1], "the old file was sent again", by=world.dsl, at=world.clock())
    again(screen)
    return made


def one_chart(screen: Screen) -> None:
    """The first chart, three weeks old."""
    accept(screen.world, FIRST, date(2026, 11, 2))
    again(screen)


def again(screen: Screen) -> None:
    """Read the chart again."""
    screen.view.presenter.refresh()
    screen.settle()


def opened(screen: Screen) -> VersionsPage:
    screen.press(screen.view.versions)
    assert screen.view.past.isVisible()
    return screen.view.past


def person(screen: Screen, name: str) -> UUID:
    with look(screen.world) as session:
        return directory.search(session, name)[0].id


def shows(screen: Screen, name: str) -> None:
    screen.view.show_person(person(screen, name))
    screen.settle()


def test_versions_say_what_each_is_and_which_is_in_use(screen: Screen) -> None:
    made = three_charts(screen)
    assert screen.view.age.spec().text == "Version 2 of Mon 02/11/2026, 22 days old"
    page = opened(screen)
    rows = [[cell.text or (cell.pill.text if cell.pill else "") for cell in row.cells] for row in page.table.rows]
    assert [(row[1], row[2], row[5]) for row in rows] == [
        ("Version 3", "Fri 20/11/2026", "Undone"),
        ("Version 2", "Mon 02/11/2026", "In use"),
        ("Version 1", "Mon 03/08/2026", "Earlier"),
    ]
    assert rows[0][4] == rows[2][4] != rows[1][4], "the same file has the same fingerprint"
    assert QApplication.focusWidget() is page.table
    assert page.table.current_key() == made[1]
    assert (page.panel.title.text(), page.panel.fingerprint.text()) == ("Version 2", rows[1][4])
    screen.fits()
    screen.key(Qt.Key.Key_Up)
    assert page.panel.title.text() == "Version 3"
    assert not page.panel.undo.isVisible(), "only the one in use can be undone"
    screen.key(Qt.Key.Key_Escape)
    assert screen.view.chart.isVisible()
    assert QApplication.focusWidget() is screen.view.versions


def test_two_versions_are_ticked_and_compared(screen: Screen) -> None:
    made = three_charts(screen)
    page = opened(screen)
    assert [row.cells[0].ticked for row in page.table.rows] == [False, True, True], "the one in use and the one before"
    screen.press(page.compare_button)
    assert page.heading.text() == "Versions 1 and 2 compared"
    assert page.words.text().endswith("118 people are on both and the same.")
    assert [page.compared.tabs.tab(key).count for key in ("joined", "left", "moved")] == [6, 6, 4]
    assert page.compared.table.rows[0].cells[0].text == "Babajide Quartzmoor"
    screen.fits()
    screen.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.table
    page.table.choose(made[2])
    screen.key(Qt.Key.Key_Space)
    assert [row.cells[0].ticked for row in page.table.rows] == [True, False, True], "the last two count"
    screen.press(page.compare_button)
    assert page.words.text().endswith("The two say the same.")
    screen.key(Qt.Key.Key_Escape)
    screen.key(Qt.Key.Key_Space)
    screen.press(page.compare_button)
    assert "Choose two versions" in screen.notices[-1].text


def test_the_chart_of_a_day_is_looked_at_and_searched(screen: Screen) -> None:
    screen.world.clock.at -= timedelta(days=10)
    accept(screen.world, FIRST, date(2026, 8, 3))
    screen.world.clock.at += timedelta(days=10)
    accept(screen.world, SECOND, date(2026, 11, 2))
    again(screen)
    page = opened(screen)
    for typed, words in (("soon", "Write a date"), ("01/01/2030", "not come yet")):
        page.day.setText(typed)
        QTest.keyClick(page.day, Qt.Key.Key_Return)
        assert words in page.wrong.text()
    page.day.setText("20/11/2026")
    screen.press(page.day_button)
    assert page.heading.text() == "On Fri 20/11/2026"
    assert page.words.text().startswith(f"{COUNCIL}, version 1 of Mon 03/08/2026: 135 people, 7 vacant")
    assert not page.wrong.isVisible()
    QTest.keyClicks(page.search, "buttercross")
    screen.settle()
    assert [row.cells[0].text for row in page.of_day.rows] == [
        "Bartholomew Buttercross",
        "Cosmin Buttercross",
    ], "one of them has left since"
    screen.fits()
    page.day.setText("13/11/2026")
    screen.press(page.day_button)
    assert page.words.text() == "No chart was in use at the end of that day."
    screen.fits()


def test_a_version_is_undone_with_a_reason(screen: Screen) -> None:
    accept(screen.world, FIRST, date(2026, 8, 3))
    accept(screen.world, SECOND, date(2026, 11, 2))
    again(screen)
    page = opened(screen)
    screen.press(page.panel.undo)
    assert page.panel.why_field.error()
    QTest.keyClicks(page.panel.why, "wrong file")
    screen.press(page.panel.undo)
    assert [row.cells[5].pill.text for row in page.table.rows if row.cells[5].pill] == ["Undone", "In use"]
    assert page.panel.title.text() == "Version 2"
    assert "in use again" in screen.notices[-1].text
    screen.fits()


def test_reception_looks_at_versions_and_changes_nothing(screen: Screen) -> None:
    one_chart(screen)
    screen.desk.hand_over(screen.world.reception, None)
    screen.settle()
    page = opened(screen)
    assert not page.panel.undo.isVisible()
    screen.key(Qt.Key.Key_Escape)
    shows(screen, WORKER)
    assert not screen.view.panel.person.edit.isVisible()
    screen.press(screen.view.update_button)
    assert not screen.view.panel.ask.attach.isVisible()


def test_somebody_is_changed_by_hand_and_taken_back(screen: Screen) -> None:
    one_chart(screen)
    shows(screen, WORKER)
    card, form = screen.view.panel.person, screen.view.panel.edit
    assert not card.by_hand.isVisible()
    screen.press(card.edit)
    assert screen.view.panel.title.text() == f"Change {WORKER}"
    assert QApplication.focusWidget() is form.lines["name"]
    screen.fits()
    form.lines["phone"].setText("ring me")
    screen.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [name for name, field in form.fields.items() if field.error()] == ["phone", "reason"]
    assert QApplication.focusWidget() is form.lines["phone"]
    form.lines["phone"].setText("020 7946 0777")
    QTest.keyClicks(form.reason, f"{CANARY} rang")
    screen.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert screen.notices[-1].text == f"{WORKER} is changed. The next chart is held against it."
    assert card.isVisible()
    assert card.phone.label.text() == "020 7946 0777"
    words = f"Phone (chart: 020 7946 0010)\nTue 24/11/2026 by Nadia Shah: {CANARY} rang"
    assert card.by_hand.text.text() == words
    screen.fits()
    screen.press(card.take_back)
    assert not card.by_hand.isVisible()
    assert card.phone.label.text() == "020 7946 0010"
    with screen.world.register.read() as session:
        assert verify.verify(session).sound


def test_who_has_left_is_taken_off_and_put_back(screen: Screen) -> None:
    one_chart(screen)
    shows(screen, "Devika Allspicer")
    panel = screen.view.panel
    screen.press(panel.person.edit)
    screen.press(panel.edit.gone)
    assert not panel.edit.lines["name"].isEnabled()
    QTest.keyClicks(panel.edit.reason, "told us")
    screen.press(panel.edit.save_button)
    assert panel.person.where.title.text().startswith("Taken off the chart by hand")
    assert panel.person.by_hand.text.text().startswith("Taken off\n")
    shows(screen, WORKER)
    assert panel.person.path.rows[0].title == "Post vacant, next up: Rhiannon Rushlight"
    shows(screen, "Devika Allspicer")
    screen.press(panel.person.take_back)
    assert not panel.person.where.isVisible()


def test_what_was_typed_is_not_lost_when_somebody_else_is_looked_at(screen: Screen) -> None:
    one_chart(screen)
    shows(screen, WORKER)
    panel = screen.view.panel
    screen.press(panel.person.edit)
    QTest.keyClicks(panel.edit.lines["known_as"], "Uche")
    screen.desk.jobs.changed.emit()
    screen.settle()
    assert panel.edit.lines["known_as"].text() == "Uche", "reading the chart again leaves the form alone"
    shows(screen, "Devika Allspicer")
    assert panel.title.text() == "Devika Allspicer"
    notice = screen.notices[-1]
    assert (notice.text, notice.action) == (f"What you wrote about {WORKER} is not saved.", "Go back to it")
    assert notice.run is not None
    notice.run()
    screen.settle()
    assert panel.edit.lines["known_as"].text() == "Uche"
    QTest.keyClick(panel.edit, Qt.Key.Key_Escape)
    screen.settle()
    assert panel.title.text() == WORKER
    screen.press(panel.person.edit)
    screen.desk.hand_over(Operator(screen.world.dsl.id, "Somebody", Role.OFFICE), None)
    screen.settle()
    assert panel.person.isVisible(), "nothing is saved in another's name"


def test_a_card_shows_another_day(screen: Screen) -> None:
    screen.world.clock.at -= timedelta(days=10)
    accept(screen.world, FIRST, date(2026, 8, 3))
    screen.world.clock.at += timedelta(days=10)
    with screen.world.register.write() as session:
        found = chart_edits.editable(session, person(screen, WORKER))
        form = replace(found.form, job_title="Practice Lead", reason="rang")
        chart_edits.edit(session, found.who.id, form, by=screen.world.dsl, at=screen.world.clock())
    again(screen)
    shows(screen, WORKER)
    box = screen.view.panel.person.then
    for typed, words in (
        ("20/11/2026", "Fri 20/11/2026:\nUchenna Windlestraw\nFamily Support Worker, MASH"),
        ("24/11/2026", "Tue 24/11/2026:\nUchenna Windlestraw\nPractice Lead, MASH"),
        ("01/11/2026", "Sun 01/11/2026: on no chart yet."),
    ):
        box.day.setText(typed)
        QTest.keyClick(box.day, Qt.Key.Key_Return)
        screen.settle()
        assert box.words.text().startswith(words)
    assert "Manager: Devika Allspicer, Team Manager, MASH" not in box.words.text()
    box.day.setText("then")
    screen.press(box.show_button)
    assert "Write a date" in box.field.error()
    screen.fits()
    shows(screen, "Devika Allspicer")
    assert not box.words.isVisible()


def test_the_message_goes_to_the_mail_program_or_is_copied(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    one_chart(screen)
    opened_links: list[QUrl] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: bool(opened_links.append(url)) or len(opened_links) < 2
    )
    screen.press(screen.view.update_button)
    ask = screen.view.panel.ask
    assert ask.to.text() == "support@northvale.example"
    assert ask.from_whom.text() == f"The last chart came from: {SENDER}"
    for name, words in (("To", "support@"), ("Subject", "Structure chart for Elmbrook"), ("Text", "version 1")):
        screen.press(ask.buttons[name])
        assert words in QGuiApplication.clipboard().text()
    assert "Nothing is sent" in ask.copied.text()
    screen.fits()
    ask.subject.setText("Chart & more?")
    screen.press(ask.open)
    (link,) = opened_links
    assert (link.scheme(), link.path()) == ("mailto", "support@northvale.example")
    assert "subject=Chart%20%26%20more%3F&body=Hello%2C" in bytes(link.toEncoded().data()).decode()
    screen.press(ask.open)
    assert "Copy the message" in screen.notices[-1].text


def test_our_list_is_saved_and_goes_with_the_message(screen: Screen, tmp_path: Path) -> None:
    one_chart(screen)
    chosen: list[str] = []
    path = tmp_path / "list.xlsx"
    ask = screen.view.panel.ask
    ask._choose = lambda _parent, suggested: chosen.append(suggested) or path  # type: ignore[func-returns-value]
    screen.press(screen.view.update_button)
    assert not ask.save.isVisible()
    screen.press(ask.attach)
    assert "is attached. Please correct it" in ask.text.toPlainText()
    screen.press(ask.save)
    assert chosen == ["structure-chart-version-1"]
    assert "142 posts" in screen.notices[-1].text
    assert len(understand([chart_xlsx.read(path)]).people) == 142
    screen.fits()
    shows(screen, WORKER)
    screen.press(screen.view.update_button)
    assert not ask.attach.isChecked(), "a new message begins anew"


def test_the_chart_is_exported_as_a_list_by_who_may(screen: Screen, tmp_path: Path) -> None:
    one_chart(screen)
    path = tmp_path / "list.csv"
    screen.view.modes._choose_path = lambda _parent, _suggested: path
    screen.press(screen.view.modes.export)
    assert path.read_text("utf-8-sig").count("\n") == 143
    assert screen.notices[-1].text.startswith("list.csv is saved: 142 posts.")
    path.unlink()
    screen.desk.hand_over(screen.world.reception, None)
    screen.press(screen.view.modes.export)
    assert "Ask one of them" in screen.notices[-1].text
    assert not path.exists()


def test_it_looks_right_everywhere(screen: Screen, every_look: Theme) -> None:
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"

    def everywhere(name: str) -> None:
        for width, height in SIZES:
            resize(screen, width, height)
            if screen.view.chart.isVisible():
                screen.view.across.open_panel()
                QApplication.processEvents()
            pictures.save(screen.window, f"chart-{name}-{width}-{word}")
            screen.fits()

    three_charts(screen)
    who = create_worker(screen.world, CANARY, badge="N777777", team="MASH")
    with screen.world.register.write() as session:
        form = replace(chart_edits.editable(session, who).form, phone="020 7946 0777", reason=CANARY)
        chart_edits.edit(session, who, form, by=screen.world.dsl, at=screen.world.clock())
    screen.view.show_person(who)
    screen.settle()
    everywhere("by-hand")
    screen.view.presenter.card.edit()
    screen.settle()
    for field in screen.view.panel.edit.fields.values():
        if isinstance(field.control, QLineEdit):
            field.set_error("Write it as it stands on the badge, with its digits.")
    everywhere("edit")
    screen.view.presenter.ask_for_update()
    screen.settle()
    everywhere("ask")
    page = opened(screen)
    everywhere("versions")
    page.presenter.compare()
    screen.settle()
    everywhere("compared")
    page.presenter.look_at("24/11/2026")
    screen.settle()
    everywhere("day")
