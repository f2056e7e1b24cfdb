"""Whoever cannot see the screen: every control has a role and a name, and the verdict is read out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractItemView

from tests.factories import create_booking, create_leaver, create_worker
from tests.gui.walkers import unnamed_controls, visible
from tests.stories import screens
from tests.stories.desk import DeskPage
from visitor_register.domain.verification import Way
from visitor_register.gui.widgets import announce

Announced = list[tuple[str, bool]]


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> Announced:
    """What is handed to screen readers to be read out, and whether at once."""
    heard: Announced = []

    class Ear:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            heard.append((event.message(), event.politeness() is QAccessible.AnnouncementPoliteness.Assertive))

    monkeypatch.setattr(announce, "QAccessible", Ear)
    return heard


def _unnamed_rows(desk: DeskPage) -> list[str]:
    """Every row or cell that a screen reader would pass over in silence."""
    wrong = []
    for view in visible(desk.program.window, QAbstractItemView):
        assert isinstance(view, QAbstractItemView)
        for number, cells in enumerate(screens.rows(view)):
            roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
            if not any(cell.data(role) for cell in cells for role in roles):
                wrong.append(f"row {number} of {view.accessibleName()!r} says nothing")
    return wrong


def test_every_control_of_every_screen_has_a_role_and_a_name(desk: DeskPage) -> None:
    cast = screens.fill(desk.world)
    wrong: dict[str, list[str]] = {}
    for screen in screens.walk(desk, cast):
        if found := unnamed_controls(desk.program.window) + _unnamed_rows(desk):
            wrong[screen] = found
    assert wrong == {}
    # The control: the walk notices a control that lost its name.
    desk.press("Ctrl+1")
    desk.view.search.setAccessibleName("")
    desk.view.search.setPlaceholderText("")
    assert unnamed_controls(desk.program.window) == ["SearchField '': name '', role EditableText"]


def test_the_verdict_is_read_out_and_then_what_was_done(desk: DeskPage, announced: Announced) -> None:
    create_booking(desk.world, create_worker(desk.world))
    desk.scan("H194359")
    assert announced == [("Known. Expected 10:30 to see Mrs Shah Leila Haddad", False)]
    desk.rest()
    desk.press("Enter")
    assert announced[1:] == [
        ("Signed in: Leila Haddad at 10:24.", False),
        ("Ring Mrs Shah, ext 201: “Leila Haddad from Harrow is here for you.”", False),
    ]
    desk.world.clock.move(minutes=10)
    desk.scan("H194359")
    assert announced[3:] == [("Already here. since 10:24, here to see Mrs Shah Leila Haddad", False)]


def test_a_red_verdict_is_read_out_at_once_and_an_amber_one_at_the_next_pause(
    desk: DeskPage, announced: Announced
) -> None:
    create_leaver(desk.world)
    desk.scan("H170001")
    assert announced == [("Check. No longer on the chart Ian Haddow", False)]
    desk.session.today.presenter.choose_way(Way.WAIT)
    desk.settle()
    assert announced[1:] == [("Please wait. DSL or head now Ian Haddow", True)]
    desk.press("Esc")
    desk.scan("X-204-7731")
    assert announced[2:] == [("New code. Nobody holds it yet Find the person by name", False)]
