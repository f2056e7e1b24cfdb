"""Names come from files and badges: whatever they look like, they are shown letter by letter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.walkers import rich_text_labels
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.message_box import message_box
from visitor_register.gui.widgets.notice_bar import Notice, NoticeBar
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel, plain_tip
from visitor_register.gui.widgets.result_card import CardContent, ResultCard
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone

MARKUP = "<b>Bobby</b> & <img src='x'> <a href='http://x'>Tables</a>"


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    label = PlainLabel(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    # The whole line has to be drawn: markup would need less room.
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(MARKUP)
    assert not label.textInteractionFlags()
    assert not label.openExternalLinks()


def test_drawing_markup_draws_its_letters(qtbot: QtBot) -> None:
    plain, bold = PlainLabel("<b>O</b>"), PlainLabel("O")
    for label in (plain, bold):
        qtbot.addWidget(label)
        label.resize(120, 30)
    assert plain.grab().toImage() != bold.grab().toImage()


def test_an_eliding_label_offers_the_rest_as_text(qtbot: QtBot) -> None:
    label = PlainLabel(MARKUP, elide=True)
    qtbot.addWidget(label)
    label.resize(60, 24)
    label.show()
    assert label.toolTip() == plain_tip(MARKUP)
    assert "&lt;b&gt;Bobby" in label.toolTip()
    label.resize(1000, 24)
    assert label.toolTip() == ""


def test_buttons_and_pills_know_no_shortcut_signs(qtbot: QtBot) -> None:
    button, pill = KeyButton("Marks & Co"), Pill(MARKUP, Tone.CHECK)
    for widget in (button, pill):
        qtbot.addWidget(widget)
    assert button.text() == "Marks & Co"
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Marks & Co"
    assert pill.sizeHint().width() > 200


def test_a_box_is_plain(qtbot: QtBot) -> None:
    box = message_box(None, "Title", MARKUP, details=MARKUP)
    qtbot.addWidget(box)
    assert isinstance(box, QMessageBox)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.informativeText() == ""


@pytest.mark.parametrize("kind", ["card", "notice", "list"])
def test_the_large_parts_are_plain_too(qtbot: QtBot, kind: str) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    if kind == "card":
        card = ResultCard(page)
        card.show_card(CardContent(Tone.CHECK, MARKUP, MARKUP, MARKUP, (MARKUP,)))
    elif kind == "notice":
        NoticeBar(page).show_notice(Notice("a", Tone.CHECK, MARKUP, MARKUP))
    else:
        rows = ListPanel("Rows", parent=page)
        rows.set_rows([Row(1, MARKUP, MARKUP)])
        tip = rows.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
        assert tip.startswith("<span>&lt;b&gt;")
    page.show()
    assert rich_text_labels(page) == []


def test_the_walker_sees_a_label_that_guesses(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QLabel(MARKUP, page)
    QComboBox(page).setToolTip(MARKUP)
    assert len(rich_text_labels(page)) == 2
