"""Every part in both schemes and at both ends of the text sizes: nothing cut off, everything named."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.pictures import components_page, desk_page, save, shell, show, table_page
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from visitor_register.gui.metrics import MINIMUM_WINDOW, layout_class
from visitor_register.gui.theme import Theme
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

PAGES: dict[str, tuple[Callable[[], QWidget], int, int]] = {
    "components": (components_page, 1366, 960),
    "desk": (desk_page, 1500, 760),
    "table": (table_page, 1000, 420),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_part_in_every_look(qtbot: QtBot, every_look: Theme, name: str) -> None:
    make, width, height = PAGES[name]
    page = make()
    qtbot.addWidget(page)
    show(page, round(width * every_look.factor), round(height * every_look.factor))
    scheme = "dark" if every_look.dark else "light"
    save(page, f"{name}-{scheme}-{round(every_look.factor * 100)}")
    assert text_fits(page) == []
    assert unnamed_controls(page) == []
    assert rich_text_labels(page) == []


def test_the_desk_has_one_main_button(qtbot: QtBot) -> None:
    page = desk_page()
    qtbot.addWidget(page)
    show(page, 1500, 760)
    assert primary_buttons(page) == ["Harrow badge in date,\nface matches - sign in"]


def test_the_walkers_see_what_is_wrong(qtbot: QtBot) -> None:
    page = frame("page")
    qtbot.addWidget(page)
    label, button, nameless = (
        PlainLabel("Leila Haddad", parent=page),
        KeyButton("Sign in", parent=page),
        KeyButton(parent=page),
    )
    label.setGeometry(0, 0, 20, 20)
    button.setGeometry(390, 30, 20, 40)
    nameless.setGeometry(0, 80, 40, 40)
    show(page, 400, 200)
    assert len(text_fits(page)) == 3
    assert len(unnamed_controls(page)) == 1


@pytest.mark.parametrize("size", [(1366, 698), (1280, 650), (911, 442), (1920, 1010)], ids=str)
@pytest.mark.parametrize("calm", [True, False])
def test_the_frame_of_the_window_fits_every_screen(
    qtbot: QtBot, every_look: Theme, size: tuple[int, int], calm: bool
) -> None:
    wanted = layout_class(*size, every_look.factor)
    page = shell(calm=calm, layout=wanted)
    qtbot.addWidget(page)
    show(page, *size)
    save(page, f"shell-{size[0]}-{'calm' if calm else 'busy'}-{round(every_look.factor * 100)}")
    assert page.width() == size[0]
    if size[1] >= MINIMUM_WINDOW[1] * every_look.factor:
        # The smallest window is meant at text size 100 %: with larger text on it one scrolls.
        assert page.height() == size[1]
        assert text_fits(page) == []
    assert unnamed_controls(page) == []
