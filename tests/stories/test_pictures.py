"""Every state of Today as a picture for people to look at, and what a program can judge of it by itself."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.factories import create_booking, create_leaver, create_visit, create_worker
from tests.gui import pictures
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from tests.stories.desk import DeskPage
from visitor_register.domain.verification import Way
from visitor_register.gui.theme import Scheme, Theme

SIZES = {
    "1366x698": (1366, 698),
    "1092x558": (1092, 558),
    "1280x650": (1280, 650),
    "911x442": (911, 442),
    "1920x1010": (1920, 1010),
}


def _idle(desk: DeskPage) -> None:
    """Lists with somebody in each."""


def _known(desk: DeskPage) -> None:
    desk.scan("H194359")


def _not_booked(desk: DeskPage) -> None:
    desk.scan("H200001")


def _new_code(desk: DeskPage) -> None:
    desk.scan("X-204-7731")
    desk.rest()
    desk.types("ha")


def _left_the_chart(desk: DeskPage) -> None:
    desk.scan("H170001")


def _not_confirmed(desk: DeskPage) -> None:
    desk.scan("H170001")
    desk.rest()
    desk.press("Alt+2")


def _please_wait(desk: DeskPage) -> None:
    desk.scan("H194359")
    desk.rest()
    desk.press("F4")


def _already_here(desk: DeskPage) -> None:
    desk.world.clock.move(minutes=5)
    desk.scan("H400001")


def _visitor(desk: DeskPage) -> None:
    desk.session.today.presenter.choose_way(Way.COUNCIL_BADGE)
    desk.settle()


def _paper(desk: DeskPage) -> None:
    desk.press("Ctrl+P")


def _home_time(desk: DeskPage) -> None:
    desk.session.today.open_home_time()
    desk.settle()


def _fire_list(desk: DeskPage) -> None:
    desk.press("F9")


def _locked(desk: DeskPage) -> None:
    desk.press("Ctrl+L")


STATES: dict[str, Callable[[DeskPage], None]] = {
    "idle": _idle,
    "known": _known,
    "not-booked": _not_booked,
    "new-code": _new_code,
    "left-the-chart": _left_the_chart,
    "not-confirmed": _not_confirmed,
    "please-wait": _please_wait,
    "already-here": _already_here,
    "visitor": _visitor,
    "paper": _paper,
    "home-time": _home_time,
    "fire-list": _fire_list,
    "locked": _locked,
}


def _fill(desk: DeskPage) -> None:
    """A morning with people due, here and gone."""
    world = desk.world
    leila = create_worker(world)
    create_worker(world, "Tobias Whitlock", badge="H200001", team="Family Safeguarding Team 1")
    create_leaver(world)
    due = (
        ("Owen Pritchard", "Early Help Team 1", 20),
        ("Grace Nwosu", "Review Service", 36),
        ("Yusuf Demir", "Virtual School", 150),
    )
    for number, (name, team, minutes) in enumerate(due):
        worker = create_worker(world, name, badge=f"H30000{number}", team=team)
        create_booking(world, worker, minutes=minutes, here_to_see="Mr Bello")
    create_booking(world, leila)
    for number, name in enumerate(("Maria Lindqvist", "Harpreet Gill")):
        create_visit(world, create_worker(world, name, badge=f"H40000{number + 1}"))
    desk.session.today.presenter.refresh()
    desk.settle()


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK], ids=["light", "dark"])
def scheme(request: pytest.FixtureRequest, look: Theme) -> Iterator[Scheme]:
    """Chosen before the window is built: dressing a whole window again takes two seconds."""
    look.use(request.param)
    yield request.param
    look.use(Scheme.LIGHT)


@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_and_is_named_at_every_size(scheme: Scheme, desk: DeskPage, state: str) -> None:
    _fill(desk)
    STATES[state](desk)
    window = desk.program.window
    troubles: list[str] = []
    # Colours change no size: in the dark one size is enough to look at.
    for size in SIZES if scheme is Scheme.LIGHT else ("1366x698",):
        window.resize(*SIZES[size])
        QApplication.processEvents()
        pictures.save(window, f"today-{state}-{size}-{scheme.value}")
        troubles += [f"{size}: {trouble}" for trouble in text_fits(window)]
    assert sorted(set(troubles)) == []
    assert unnamed_controls(window) == []
    assert rich_text_labels(window) == []
    assert len(primary_buttons(window)) <= 1
