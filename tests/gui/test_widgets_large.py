"""The result card, lists, tables, side panel, rail and top bar."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.pictures import CALL, KNOWN, LIST, NOW, RAIL_ITEMS
from tests.gui.test_widgets_small import Heard
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.call_back import CallBackCard
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.rail import Rail
from visitor_register.gui.widgets.result_card import ResultCard
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.side_panel import SidePanel, WithSidePanel
from visitor_register.gui.widgets.table_panel import Column, TablePanel, TableRow
from visitor_register.gui.widgets.tone import Tone
from visitor_register.gui.widgets.top_bar import TopBar

LEFT = Qt.MouseButton.LeftButton


def _shown(qtbot: QtBot, widget: QWidget, width: int = 900, height: int = 420) -> Any:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()
    return widget


@pytest.fixture
def card(qtbot: QtBot) -> ResultCard:
    made: ResultCard = _shown(qtbot, ResultCard(), 1150, 210)
    return made


def test_the_card_says_the_verdict_and_enter_does_what_its_button_says(card: ResultCard) -> None:
    heard = Heard()
    card.acted.connect(heard.note)
    card.show_card(KNOWN)
    card.focus_main()
    assert (card.verdict.text(), card.name.text()) == ("Known", "Leila Haddad")
    assert card.main is not None
    assert card.main.hasFocus()
    QTest.keyClick(card.main, Qt.Key.Key_Return)
    draft = card.button("draft")
    assert draft is not None
    QTest.mouseClick(draft, LEFT)
    assert heard.all == ["sign_in", "draft"]


def test_the_verdict_is_read_out_and_red_at_once(card: ResultCard, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        "visitor_register.gui.widgets.result_card.announce",
        lambda _widget, words, urgent=False: said.append((words, urgent)),
    )
    card.show_card(KNOWN)
    card.show_card(replace(KNOWN, tone=Tone.NOT_KNOWN, verdict="Not confirmed", fact=""))
    assert said == [
        ("Known. Expected 10:30 to see Mrs Shah Leila Haddad", False),
        ("Not confirmed. Leila Haddad", True),
    ]


def test_the_next_finding_replaces_all_of_the_last(card: ResultCard) -> None:
    card.show_card(KNOWN)
    card.show_card(replace(KNOWN, tone=Tone.CHECK, name="Find the person by name", lines=(), main=None, quiet=()))
    QApplication.processEvents()
    assert card.main is None
    assert card.button("draft") is None
    assert "Social worker" not in " ".join(
        label.text() for label in card.findChildren(type(card.name)) if label.isVisible()
    )


def test_a_long_name_gets_smaller_then_takes_two_lines(card: ResultCard) -> None:
    card.show_card(KNOWN)
    assert card.name.property("t") == "name"
    low = card.height()
    card.show_card(replace(KNOWN, name="Tobias Whitlock-Featherstonehaugh of Elmbrook and Northvale"))
    QApplication.processEvents()
    assert card.name.property("t") == "name2"
    assert not card.name.elides
    card.resize(1150, card.minimumHeight())
    QApplication.processEvents()
    assert card.minimumHeight() >= low
    assert card.name.height() >= card.name.heightForWidth(card.name.width())


def test_the_card_is_lower_on_a_small_screen(card: ResultCard) -> None:
    card.show_card(KNOWN)
    normal = card.sizeHint().height()
    card.set_layout_class(LayoutClass.COMPACT)
    assert card.sizeHint().height() < normal
    button = card.button("draft")
    assert button is not None
    assert button.key() == ""


@pytest.fixture
def rows(qtbot: QtBot) -> ListPanel:
    made = ListPanel("Due now", empty="Nobody is due.")
    made.set_rows(LIST)
    shown: ListPanel = _shown(qtbot, made, 500, 400)
    return shown


def test_enter_and_the_painted_button_ask_for_the_action(rows: ListPanel) -> None:
    heard, looked = Heard(), Heard()
    rows.choose(1)
    rows.activated_row.connect(heard.note)
    rows.selected.connect(looked.note)
    rows.setFocus()
    assert rows.current_key() == 1
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.action_point(2))
    assert heard.all == [1, 2]
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(0, 0)).center())
    assert heard.all == [1, 2]
    assert looked.all == [2, 1]


def test_the_keyboard_passes_headings_and_ignores_letters(rows: ListPanel) -> None:
    rows.choose(3)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current_key() == 4
    QTest.keyClicks(rows, "ow12")
    assert rows.current_key() == 4


def test_new_rows_keep_the_chosen_one_and_say_nothing(rows: ListPanel) -> None:
    heard = Heard()
    rows.choose(2)
    rows.selected.connect(heard.note)
    rows.set_rows([Row(9, "Anya Petrova", time="08:00"), *LIST])
    assert rows.current_key() == 2
    rows.set_rows([])
    assert rows.current_key() is None
    assert heard.all == []


def test_a_row_is_read_out_whole(rows: ListPanel) -> None:
    said = rows.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "09:12, Femi Okoro, Should have left 10:00 · Mr Bello, Sign out"


@pytest.fixture
def table(qtbot: QtBot) -> TablePanel:
    made = TablePanel("Fire list", (Column("Safe", 90), Column("Name", sort="name")), row_height=56)
    made.set_rows(_page(0), more=True)
    shown: TablePanel = _shown(qtbot, made, 500, 400)
    return shown


def _page(start: int) -> list[TableRow]:
    return [TableRow(n, (Cell(ticked=False), Cell(f"Person {n}", "Team 3"))) for n in range(start, start + 50)]


def test_space_ticks_enter_acts_and_so_does_the_mouse(table: TablePanel) -> None:
    ticked, acted = Heard(), Heard()
    table.ticked.connect(ticked.note)
    table.activated_row.connect(acted.note)
    table.choose(3)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(1, 0)).center())
    assert (ticked.all, acted.all) == ([3, 1], [3])


def test_the_next_page_is_asked_for_once(table: TablePanel) -> None:
    heard = Heard()
    table.more_wanted.connect(heard.note)
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    bar.setValue(bar.maximum() - 1)
    assert len(heard.all) == 1
    table.add_rows(_page(50))
    assert len(table.rows) == 100
    bar.setValue(bar.maximum())
    assert len(heard.all) == 1


def test_rows_have_one_height_and_titles_ask_for_an_order(table: TablePanel) -> None:
    heard = Heard()
    table.sort_wanted.connect(heard.note)
    assert {table.rowHeight(number) for number in range(50)} == {56}
    header = table.horizontalHeader()
    QTest.mouseClick(header.viewport(), LEFT, pos=header.rect().center())
    assert heard.all == ["name"]


def test_the_call_back_says_where_the_number_comes_from(qtbot: QtBot) -> None:
    card, heard = CallBackCard(), Heard()
    card.outcome.connect(heard.note)
    card.show_call(CALL)
    _shown(qtbot, card, 700, 360)
    QTest.keyClicks(card.who, " Ann, duty worker ")
    QTest.keyClick(card, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert heard.all == ["no"]
    assert card.who_answered() == "Ann, duty worker"
    assert card.source.text() == "from the published list, confirmed 14/09/2026"
    card.show_call(CALL)
    assert card.who_answered() == ""
    assert not any(row.isChecked() for row in card.outcome_rows)


def test_the_panel_lies_over_a_small_screen_and_closes_with_esc(qtbot: QtBot) -> None:
    panel, heard = SidePanel("New booking"), Heard()
    panel.closed.connect(heard.note)
    both: WithSidePanel = _shown(qtbot, WithSidePanel(QWidget(), panel))
    assert panel.geometry().right() == both.rect().right()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isVisible()
    both.set_layout_class(LayoutClass.COMPACT)
    assert not panel.isVisible()
    both.open_panel()
    assert panel.width() == 400
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert len(heard.all) == 1
    both.set_layout_class(LayoutClass.NORMAL)
    assert panel.isVisible()


def test_the_rail_shows_a_role_its_screens_and_the_time(qtbot: QtBot) -> None:
    clock, heard = [NOW], Heard()
    rail: Rail = _shown(qtbot, Rail(RAIL_ITEMS, now=lambda: clock[0]), 184, 600)
    rail.chosen.connect(heard.note)
    rail.set_current("today")
    assert (rail.clock.text(), rail.date.text()) == ("10:24", "Tue 24 Nov 2026")
    clock[0] = datetime(2026, 9, 1, 8, 5, tzinfo=NOW.tzinfo)
    rail.tick()
    assert (rail.clock.text(), rail.date.text()) == ("08:05", "Tue 1 Sept 2026")
    rail.set_items([item for item in RAIL_ITEMS if item.key in ("today", "chart")])
    QApplication.processEvents()
    QTest.keyClick(rail, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(rail, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert heard.all == ["chart"]
    assert rail.button("today").isChecked()
    rail.set_count("chart", 2)
    rail.set_layout_class(LayoutClass.COMPACT)
    assert rail.width() == 60
    assert rail.button("chart").accessibleName() == "Chart, 2"
    assert rail.findChild(QTimer) is not None


def test_the_top_bar_says_what_it_is_told(qtbot: QtBot) -> None:
    bar, heard = TopBar(), Heard()
    bar.set_school("Elmbrook Primary School")
    bar.set_scanner("Ready to scan", ready=True)
    bar.set_signed_in(7)
    bar.set_health("Backup is old", Tone.CHECK, "The last backup is 3 days old.")
    bar.set_person("Joan Mensah", short="J. Mensah", dsl="DSL today: Mrs Shah")
    bar.fire_list_pressed.connect(heard.note)
    bar.lock_pressed.connect(heard.note)
    _shown(qtbot, bar, 1182, 52)
    assert bar.signed_in.text() == "Signed in here 7"
    QTest.keyClick(bar, Qt.Key.Key_F9)
    QTest.keyClick(bar, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert len(heard.all) == 2
    field = SearchField("Scan a badge", short="Scan")
    bar.set_layout_class(LayoutClass.COMPACT)
    bar.place_search(field)
    bar.resize(851, 52)
    assert bar.person.text() == "J. Mensah"
    assert bar.health.accessibleName() == "Backup is old"
    bar.set_scanner("Scanner types elsewhere - click here", ready=False)
    assert field.placeholderText() == "Scanner types elsewhere - click here"
    bar.set_scanner("Ready to scan", ready=True)
    assert field.placeholderText() == "Scan"
    assert bar.release_search() is field
    assert field.placeholderText() == "Scan a badge"
