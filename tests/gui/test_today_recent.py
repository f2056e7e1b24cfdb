"""The last five scans: newest first, as text, and looked up again by Enter."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import NOW
from tests.gui import pictures, walkers
from visitor_register.gui.theme import Theme
from visitor_register.gui.today.recent_scans import RecentScans
from visitor_register.gui.widgets.rows import Row

CANARY = "<b>Robin</b> & <img src=x>"


def make(qtbot: QtBot, *scans: tuple[str, str]) -> RecentScans:
    recent = RecentScans()
    qtbot.addWidget(recent)
    with qtbot.waitActive(recent):
        pictures.show(recent, 392, 345)
    for number, (code, words) in enumerate(scans):
        recent.add(NOW + timedelta(minutes=number), code, words)
    return recent


def shown(recent: RecentScans) -> list[tuple[str, str, str]]:
    rows: tuple[Row, ...] = recent.list.rows
    return [(row.time, row.title, row.second) for row in rows]


def test_the_newest_stands_first_and_the_sixth_goes(qtbot: QtBot) -> None:
    recent = make(qtbot, *[(f"H{number}", f"Visitor {number}") for number in range(6)])
    assert [second for _, _, second in shown(recent)] == ["H5", "H4", "H3", "H2", "H1"]
    assert shown(recent)[0] == ("10:29", "Visitor 5", "H5")


def test_enter_looks_a_code_up_again(qtbot: QtBot) -> None:
    recent = make(qtbot, ("H194359", "Leila Haddad"), ("H9999", "New code"))
    chosen: list[str] = []
    recent.chosen.connect(chosen.append)
    recent.list.setFocus()
    QTest.keyClick(recent.list, Qt.Key.Key_Home)
    QTest.keyClick(recent.list, Qt.Key.Key_Return)
    QTest.keyClick(recent.list, Qt.Key.Key_Down)
    QTest.keyClick(recent.list, Qt.Key.Key_Return)
    assert chosen == ["H9999", "H194359"]


def test_whoever_reads_the_list_keeps_their_place_when_somebody_scans(qtbot: QtBot) -> None:
    recent = make(qtbot, ("H194359", "Leila Haddad"))
    recent.list.setFocus()
    kept = recent.list.current_key()
    recent.add(NOW, "H9999", "New code")
    assert recent.list.current_key() == kept


def test_a_click_on_the_button_does_the_same_for_a_code_that_stands_there_twice(qtbot: QtBot) -> None:
    recent = make(qtbot, ("H1", "Leila Haddad"), ("H2", "New code"), ("H1", "Already here"))
    chosen: list[str] = []
    recent.chosen.connect(chosen.append)
    for row in recent.list.rows:
        point = recent.list.action_point(row.key)
        QTest.mouseClick(recent.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert chosen == ["H1", "H2", "H1"]


def test_it_is_forgotten_when_the_desk_is_handed_over(qtbot: QtBot) -> None:
    recent = make(qtbot, ("H1", "Leila Haddad"))
    recent.forget()
    assert shown(recent) == []


def test_codes_and_names_are_text(qtbot: QtBot) -> None:
    recent = make(qtbot, (CANARY, CANARY))
    assert shown(recent) == [("10:24", CANARY, CANARY)]
    assert not walkers.rich_text_labels(recent)


def test_it_looks_right_everywhere(qtbot: QtBot, every_look: Theme) -> None:
    recent = make(
        qtbot,
        ("H194359", "Leila Haddad"),
        ("WWW-EXAMPLE-0001-0002-0003-0004-0005", "New code"),
        ("H194360", "Maximiliana Featherstonehaugh-Cholmondeley"),
    )
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"
    recent.list.setFocus()
    for width, height in ((392, 345), (850, 300)):
        pictures.show(recent, width, height)
        pictures.save(recent, f"recent-{width}-{word}")
        assert not walkers.text_fits(recent)
        assert not walkers.unnamed_controls(recent)
