"""A day at the desk with the keyboard alone; after every key one can see where the keyboard is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tests.factories import PASSWORD, create_booking, create_worker
from tests.stories.desk import DeskPage
from visitor_register.gui.widgets.key_button import KeyButton

_MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
}


class Watch(QObject):
    """Counts key presses that are handed to the program, and fails the day if a mouse was used."""

    def __init__(self) -> None:
        super().__init__()
        self.mouse = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count; keep nothing."""
        self.mouse += event.type() in _MOUSE
        return False


@pytest.fixture
def watch(desk: DeskPage) -> Iterator[Watch]:
    """What was used besides the keyboard."""
    made = Watch()
    QApplication.instance().installEventFilter(made)  # type: ignore[union-attr]
    yield made
    QApplication.instance().removeEventFilter(made)  # type: ignore[union-attr]


def trouble(desk: DeskPage) -> str:
    """Why one cannot see where the keyboard is; empty when one can."""
    here = desk.focused()
    if here is None:
        return "the keyboard is nowhere"
    name = f"{type(here).__name__} {here.accessibleName()!r}"
    if not here.isVisible() or here.visibleRegion().isEmpty():
        return f"{name} is not to be seen"
    if isinstance(here, KeyButton):
        ring = desk.program.ring
        around = ring.geometry().contains(
            here.rect().translated(here.mapTo(desk.program.window, here.rect().topLeft()))
        )
        return "" if ring.isVisible() and around else f"no ring around {name}"
    if isinstance(here, QAbstractItemView):
        return "" if here.currentIndex().isValid() or here.model().rowCount() == 0 else f"no row of {name} is chosen"
    if isinstance(here, (QLineEdit, QPlainTextEdit, QTextEdit)):
        return ""
    return "" if _looks_different(desk, here) else f"{name} looks the same without the keyboard"


def _looks_different(desk: DeskPage, here: QWidget) -> bool:
    """Whether a control is drawn otherwise when it has the keyboard."""
    window = desk.program.window
    with_keys = window.grab().toImage()
    here.clearFocus()
    without = window.grab().toImage()
    here.setFocus()
    return with_keys != without


class Day:
    """Presses keys, and looks after each where the keyboard is."""

    def __init__(self, desk: DeskPage) -> None:
        self.desk = desk
        self.pressed: list[str] = []
        self.troubles: list[str] = []

    def look(self, after: str) -> None:
        """Look where the keyboard is."""
        if (found := trouble(self.desk)) and (words := f"after {after}: {found}") not in self.troubles:
            self.troubles.append(words)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.desk.press(key)
            self.pressed.append(key)
            self.look(f"{key} in {self.desk.session.window.current}")

    def types(self, text: str) -> None:
        """Type, and look."""
        self.desk.types(text)
        self.pressed += text
        self.look(f"typing {text!r}")

    def scan(self, code: str) -> None:
        """Scan, wait until Return is a person's again, and look."""
        self.desk.scan(code)
        self.desk.rest()
        self.look(f"the scan of {code}")


@pytest.fixture
def day(desk: DeskPage) -> Day:
    """A booked worker, two others on the chart, nobody here yet."""
    create_booking(desk.world, create_worker(desk.world))
    create_worker(desk.world, "Grace Nwosu", badge="H111111")
    create_booking(desk.world, create_worker(desk.world, "Owen Pritchard", badge="H222222"), minutes=40)
    desk.session.today.presenter.refresh()
    desk.settle()
    return Day(desk)


def test_the_whole_day_by_keys(day: Day, watch: Watch) -> None:
    desk = day.desk
    day.look("the start")
    assert desk.focused() is desk.view.search

    # A booked worker: one key between the scanner's last and the entry.
    before, day.pressed = desk.entries(), []
    day.scan("H194359")
    desk.shows("Known", None, "Leila Haddad")
    day.press("Enter")
    assert desk.entries() == before + 1
    assert day.pressed == ["Enter"]
    assert desk.kinds(1) == ["Arrived"]

    # Somebody without a booking, found by name: arrows, Enter, the reason, sign in.
    day.types("nwo")
    day.press("Down", "Enter")
    desk.shows("Check", "Known, not booked today", "Grace Nwosu")
    day.press("Alt+2")
    day.press("Enter")
    assert set(desk.on_site()) == {"Leila Haddad", "Grace Nwosu"}

    # Through the lists.
    day.press("Down", "Down", "Up", "Tab", "Down", "Tab", "Tab", "F3")
    assert desk.focused() is desk.view.search

    # A plumber.
    day.types("zzz")
    day.press("F8")
    day.types("Pat Pipe")
    day.press("Enter")
    assert len(desk.on_site()) == 3

    # Elsewhere and back.
    day.press("Ctrl+5")
    assert desk.session.window.current == "history"
    day.press("Down", "Down", "Enter", "Tab", "Tab", "Esc", "Tab")
    day.press("Ctrl+7")
    assert desk.session.window.current == "settings"
    day.press("Down", "Up", "Enter", "Tab", "Tab", "Tab")
    day.press("Ctrl+3")
    assert desk.session.window.current == "chart"
    day.press("Down", "Down", "Tab")
    day.press("Ctrl+1")
    assert desk.session.window.current == "today"

    # The fire list, the guide, the lock.
    day.press("F9", "Down", "Space", "Tab", "Tab", "Esc", "Esc")
    day.press("F1", "Tab", "Tab", "Esc")
    day.press("Ctrl+L")
    assert desk.session.locked, (desk.session.window.covered_by, day.troubles)
    _unlock(day)

    # Somebody goes; then home time for the rest.
    desk.world.clock.move(minutes=30)
    day.scan("H194359")
    desk.shows("Already here", None, "Leila Haddad")
    day.press("Enter")
    assert "Leila Haddad" not in desk.on_site()
    day.press("Ctrl+P")
    day.types("Gary Gas")
    day.press("Tab", "Tab", "Tab", "Esc")
    assert day.troubles == []
    assert watch.mouse == 0
    desk.verifies()


def _unlock(day: Day) -> None:
    """Go to one's name with the arrows, type the password, Enter."""
    desk = day.desk
    people = desk.session.lock_view.people
    for _ in range(len(people.rows)):
        day.press("Down")
        if any(row.isChecked() and row.operator == desk.world.reception for row in people.rows):
            break
    day.press("Enter")
    day.types(PASSWORD)
    desk.press("Enter")
    desk.qtbot.waitUntil(lambda: not desk.session.locked)
    desk.settle()
    day.look("unlocking")


def test_the_look_notices_a_keyboard_that_is_nowhere(day: Day) -> None:
    desk = day.desk
    desk.scan("H194359")
    assert desk.view.card.main is not None
    desk.program.ring.hide()
    assert trouble(desk).startswith("no ring around KeyButton")
    desk.view.card.main.clearFocus()
    assert trouble(desk) == "the keyboard is nowhere"


def test_a_long_morning_of_scans_and_nothing_else(desk: DeskPage) -> None:
    create_booking(desk.world, create_worker(desk.world))
    create_worker(desk.world, "Grace Nwosu", badge="H111111")
    for _ in range(25):
        desk.scan("H194359")
        desk.shows("Known", None, "Leila Haddad")
        desk.scan("H111111")
        desk.shows("Check", None, "Grace Nwosu")
