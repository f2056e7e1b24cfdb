"""The window is there at once: what nobody looks at yet is made later, and looks as if it had always been there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, Clock, create_worker
from tests.gui.walkers import text_fits
from tests.stories.desk import DeskPage
from visitor_register.gui.main_window import ITEMS
from visitor_register.gui.program import Program
from visitor_register.gui.settings.view import SettingsView
from visitor_register.gui.theme import Scheme, Theme

SMALLEST = (911, 442)


class WindowsShown(QObject):
    """Remembers everything that was shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look; keep nothing."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(type(watched).__name__)
        return False


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[WindowsShown]:
    """What was shown as a window since before the program's own."""
    watch = WindowsShown()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


@pytest.fixture
def dark(look: Theme) -> Iterator[Theme]:
    """Chosen after the window is there."""
    yield look
    look.use(Scheme.LIGHT)


def _screens_made(desk: DeskPage) -> int:
    return desk.session.window.stack.count()


def test_a_screen_is_made_when_somebody_goes_to_it(desk: DeskPage) -> None:
    desk.become(desk.world.dsl)
    assert _screens_made(desk) == 1
    for made, item in enumerate(ITEMS, 1):
        desk.press(f"Ctrl+{item.number}")
        assert desk.session.window.current == item.key
        assert _screens_made(desk) == made
    for item in ITEMS:
        desk.press(f"Ctrl+{item.number}")
    assert _screens_made(desk) == len(ITEMS)


def test_a_screen_is_made_when_another_part_needs_it(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    desk.session.desk.person_wanted.emit(worker)
    desk.settle()
    assert (desk.session.window.current, _screens_made(desk)) == ("chart", 2)
    assert desk.session.chart.presenter.person == worker


def test_what_is_made_later_knows_the_room_the_colours_and_who_is_there(desk: DeskPage, dark: Theme) -> None:
    window = desk.program.window
    window.resize(*SMALLEST)
    dark.use(Scheme.DARK)
    desk.become(desk.world.dsl)
    for item in ITEMS[1:]:
        desk.press(f"Ctrl+{item.number}")
        screen = desk.session.window.screen_named(item.key)
        assert screen.size() == desk.session.window.stack.size()
        assert text_fits(window) == [], item.key
        ground = screen.grab().toImage().pixelColor(2, screen.height() - 2)
        assert ground.name().lower() == dark.colours["surface"].lower(), item.key
        heading = getattr(screen, "heading", None)
        assert heading is None or heading.isHidden(), "a small window has no room for it"
    desk.press("Ctrl+L")
    desk.become(desk.world.reception)
    assert desk.session.window.current == "settings"


def test_f1_opens_the_guide_at_the_part_of_settings_in_use(desk: DeskPage) -> None:
    desk.press("Ctrl+7")
    settings = desk.session.window.screen_named("settings")
    assert isinstance(settings, SettingsView)
    for key, page in (("sign_in", "locking"), ("health", "health"), ("pc", "settings")):
        settings.open(key)
        desk.press("F1")
        assert desk.session.help.pages.current == page
        desk.press("Esc")


def test_no_part_is_ever_a_window_of_its_own(shown: WindowsShown, desk: DeskPage) -> None:
    desk.become(desk.world.dsl)
    for key in (*(f"Ctrl+{item.number}" for item in ITEMS), "F9", "Esc", "F1", "Esc", "Ctrl+1", "Ctrl+P"):
        desk.press(key)
    assert set(shown.kinds) == {type(desk.program.window).__name__}


def test_no_part_of_the_first_start_is_a_window_of_its_own(
    shown: WindowsShown, qtbot: QtBot, tmp_path: Path, look: Theme
) -> None:
    program = Program(tmp_path / "new", lambda _error: None, now=Clock(), cost=CHEAP)
    program.start()
    assert shown.kinds == [type(program.window).__name__]
    program.close()
    program.window.deleteLater()
