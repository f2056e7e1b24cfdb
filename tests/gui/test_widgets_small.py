"""Buttons, pills, tabs, fields, choices, notices: what they do under keys and mouse."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.count_tabs import CountTabs
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.focus_ring import FocusRing
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import SayBox
from visitor_register.gui.widgets.notice_bar import Notice, NoticeBar
from visitor_register.gui.widgets.option_list import Option, OptionList
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.tone import Tone

OPTIONS = (Option("plan", "Planned but not told to us"), Option("urgent", "Urgent", "the DSL knows why"))


class Heard:
    """Notes what was said."""

    def __init__(self) -> None:
        self.all: list[object] = []

    def note(self, value: object = None) -> None:
        self.all.append(value)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(800, 400)
    return made


def _show(page: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        layout = page.layout()
        assert layout is not None
        layout.addWidget(widget)
    page.show()
    page.activateWindow()
    QApplication.processEvents()


def test_a_button_grows_with_the_text_size(look: Theme, page: QWidget) -> None:
    button = KeyButton("Save booking", icon="check", key="Ctrl+S", kind="primary")
    _show(page, button)
    small = button.sizeHint()
    look.use(Scheme.LIGHT, 1.3)
    assert button.sizeHint().height() == 52
    assert button.sizeHint().width() > small.width() * 1.2
    look.use(Scheme.LIGHT)
    need, have = button.text_room()
    assert need <= have


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_the_keyboard(page: QWidget, key: Qt.Key) -> None:
    button, heard = KeyButton("Two\nlines"), Heard()
    button.clicked.connect(heard.note)
    _show(page, button)
    QTest.keyClick(button, key)
    assert len(heard.all) == 1
    assert button.accessibleName() == "Two lines"


def test_the_key_on_a_button_works_where_it_is_asked_for(page: QWidget) -> None:
    works, hint, heard = KeyButton("Fire list", key="F9", shortcut=True), KeyButton("Draft", key="F8"), Heard()
    for button in (works, hint):
        button.clicked.connect(heard.note)
    _show(page, works, hint)
    QTest.keyClick(page, Qt.Key.Key_F9)
    QTest.keyClick(page, Qt.Key.Key_F8)
    assert len(heard.all) == 1


def test_the_ring_follows_the_keyboard_and_not_the_mouse(page: QWidget) -> None:
    first, second = KeyButton("One"), KeyButton("Two")
    ring = FocusRing(page)
    _show(page, first, second)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    assert ring.geometry() == first.geometry().adjusted(-5, -5, 5, 5)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not ring.isVisible()
    QTest.keyClick(second, Qt.Key.Key_Shift)
    assert ring.isVisible()
    page.resize(600, 500)
    QApplication.processEvents()
    assert ring.geometry() == second.geometry().adjusted(-5, -5, 5, 5)


def test_nothing_is_chosen_until_somebody_chooses(page: QWidget) -> None:
    options, heard = OptionList(OPTIONS, name="Why"), Heard()
    options.chosen.connect(heard.note)
    _show(page, options)
    options.setFocus()
    assert options.value() is None
    QTest.keyClick(options.rows[0], Qt.Key.Key_Down)
    assert options.rows[1].hasFocus()
    assert options.value() is None
    QTest.keyClick(options.rows[1], Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert heard.all == ["urgent", "plan"]
    assert options.value() == "plan"


def test_a_bare_digit_chooses_nothing(page: QWidget) -> None:
    options = OptionList(OPTIONS)
    _show(page, options)
    QTest.keyClicks(options.rows[0], "12")
    assert options.value() is None


def test_tabs_say_how_many_and_move_with_the_arrows(page: QWidget) -> None:
    tabs, heard = CountTabs((("due", "Due now"), ("here", "Signed in here"), ("left", "Left"))), Heard()
    tabs.chosen.connect(heard.note)
    _show(page, tabs)
    tabs.set_counts({"here": 7})
    tabs.set_shown("left", False)
    assert tabs.tab("here").accessibleName() == "Signed in here, 7"
    QTest.keyClick(tabs.tab("due"), Qt.Key.Key_Right)
    QTest.mouseClick(tabs.tab("here"), Qt.MouseButton.LeftButton)
    QTest.keyClick(tabs.tab("here"), Qt.Key.Key_Right)
    assert heard.all == ["here", "due"]


def test_a_field_says_what_to_write(page: QWidget) -> None:
    control = line_edit("25:00")
    field = Field("From", control)
    _show(page, field)
    assert control.accessibleName() == "From"
    field.set_error("Write a time between 00:00 and 23:59.")
    assert field.error().startswith("Write a time")
    assert control.property("invalid") is True
    assert control.accessibleDescription() == field.error()
    field.set_error("")
    assert field.error() == ""


def test_a_chooser_starts_empty_and_finds_what_one_types(page: QWidget) -> None:
    chooser, heard = Chooser([("Hall", 1), ("Meeting room", 2), ("Library", 3)], name="Where"), Heard()
    chooser.chosen.connect(heard.note)
    _show(page, chooser)
    assert chooser.value() is None
    QTest.keyClicks(chooser, "lib")
    assert chooser.value() == 3
    chooser.set_options([("Library", 3), ("Gym", 4)])
    assert chooser.value() == 3
    chooser.set_value("nowhere")
    assert chooser.value() is None


def test_the_wheel_changes_no_answer(page: QWidget) -> None:
    chooser = Chooser([("Hall", 1), ("Library", 3)], name="Where")
    chooser.set_value(1)
    _show(page, chooser)
    none, no_button = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), no_button, Qt.KeyboardModifier.NoModifier, none, False
    )
    QApplication.sendEvent(chooser, turn)
    assert chooser.value() == 1


def test_an_editable_chooser_takes_any_text(page: QWidget) -> None:
    chooser, heard = Chooser([("Mrs Shah", 1)], name="Here to see", editable=True), Heard()
    chooser.chosen.connect(heard.note)
    _show(page, chooser)
    line = chooser.lineEdit()
    assert line is not None
    assert line.accessibleName() == "Here to see"
    QTest.keyClicks(line, "The cook")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert chooser.value() == "The cook"
    assert heard.all[-1] == "The cook"
    chooser.set_options([("Mr Bello", 2)])
    assert chooser.value() == "The cook"


def test_the_search_field_changes_its_words_in_the_top_bar(page: QWidget) -> None:
    field = SearchField("Scan a badge, or type two letters of a name", name="Search", short="Scan or name")
    _show(page, field)
    assert field.height() == 48
    field.set_low(True)
    assert field.placeholderText() == "Scan or name"
    assert field.accessibleName() == "Search"


def test_words_for_the_visitor_fold_away(page: QWidget) -> None:
    box = SayBox("Please have a seat.")
    _show(page, box)
    box.set_words("")
    assert not box.isVisible()
    box.set_words("Thank you.")
    assert box.isVisible()
    assert box.words.text() == "“Thank you.”"


class Bar:
    """The notice bar with a timer the test fires."""

    def __init__(self, page: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read_out: list[tuple[str, bool]] = []
        monkeypatch.setattr(
            "visitor_register.gui.widgets.notice_bar.announce",
            lambda _widget, words, urgent=False: self.read_out.append((words, urgent)),
        )
        self.timer, self.heard = QTimer(page), Heard()
        self.bar = NoticeBar(page, timer=self.timer)
        self.bar.acted.connect(self.heard.note)
        _show(page, self.bar)

    def shows(self) -> list[str]:
        return [notice.words for notice in self.bar.notices]


@pytest.fixture
def notices(page: QWidget, monkeypatch: pytest.MonkeyPatch) -> Bar:
    return Bar(page, monkeypatch)


def test_what_is_done_goes_after_ten_seconds(notices: Bar) -> None:
    notices.bar.show_notice(Notice("in", Tone.KNOWN, "Signed in.", "Undo"))
    assert notices.bar.isVisible()
    assert notices.timer.interval() == 10_000
    notices.timer.timeout.emit()
    assert not notices.bar.isVisible()


def test_red_stays_and_the_newest_stands_in_front(notices: Bar) -> None:
    notices.bar.show_notice(Notice("disk", Tone.NOT_KNOWN, "NOT SAVED - use the paper sheet.", "Try again"))
    notices.bar.show_notice(Notice("print", Tone.CHECK, "Label printer not found."))
    notices.bar.show_notice(Notice("in", Tone.KNOWN, "Signed in."))
    assert notices.shows() == ["Signed in.", "Label printer not found.", "NOT SAVED - use the paper sheet."]
    assert notices.bar.more.text() == "2 more"
    notices.timer.timeout.emit()
    QTest.mouseClick(notices.bar.close_button, Qt.MouseButton.LeftButton)
    assert notices.shows() == ["NOT SAVED - use the paper sheet."]
    assert not notices.bar.close_button.isVisible()
    assert not notices.timer.isActive()
    notices.bar.withdraw("disk")
    assert not notices.bar.isVisible()


def test_messages_are_read_out_and_red_at_once(notices: Bar) -> None:
    notices.bar.show_notice(Notice("in", Tone.KNOWN, "Signed in."))
    notices.bar.show_notice(Notice("disk", Tone.NOT_KNOWN, "NOT SAVED"))
    assert notices.read_out == [("Signed in.", False), ("NOT SAVED", True)]


def test_undo_is_told_once_and_the_message_goes(notices: Bar) -> None:
    notices.bar.show_notice(Notice("in", Tone.KNOWN, "Signed in.", "Undo", "Ctrl+Z", "undo-2"))
    QTest.keyClick(notices.bar, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(notices.bar, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert notices.heard.all == ["in"]
    assert not notices.bar.isVisible()


def test_the_others_can_be_brought_forward(notices: Bar) -> None:
    notices.bar.show_notice(Notice("a", Tone.CHECK, "Printer & paper."))
    notices.bar.show_notice(Notice("b", Tone.CHECK, "Backup is old."))
    QTest.mouseClick(notices.bar.more, Qt.MouseButton.LeftButton)
    menu = notices.bar.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [entry.text() for entry in menu.actions()] == ["Printer && paper."]
    menu.actions()[0].trigger()
    menu.close()
    assert notices.shows()[0] == "Printer & paper."
