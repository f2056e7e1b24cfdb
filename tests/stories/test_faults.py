"""When the register does not take a sign-in: NOT SAVED in red, nothing lost, and the next try succeeds."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from tests.factories import World, create_booking, create_worker
from tests.persistence.test_faults import HOLDER
from tests.stories.desk import DeskPage
from visitor_register.domain.events import FireListPrinted, PersonRecorded
from visitor_register.domain.people import PersonKind
from visitor_register.errors import NotSavedError
from visitor_register.gui.widgets.tone import Tone
from visitor_register.persistence.database import Database

Fault = Callable[[World], AbstractContextManager[None]]


@contextmanager
def _each_connection(desk: Database, pragma: str) -> Iterator[None]:
    """Let every connection the program opens be under this rule, until the block ends."""

    def rule(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    desk.close()
    event.listen(desk._engine, "connect", rule)
    try:
        yield
    finally:
        event.remove(desk._engine, "connect", rule)
        desk.close()


@contextmanager
def disk_full(world: World) -> Iterator[None]:
    """The file may not grow, and what was free inside it is used up."""
    with world.register.read() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
    with _each_connection(world.register.desk, f"max_page_count={pages}"):
        for filling in (PersonRecorded(PersonKind.OTHER, "x" * 2_000), FireListPrinted(False, False, 0)):
            _fill_up(world, filling)
        yield


def _fill_up(world: World, filling: object) -> None:
    for _ in range(200):
        try:
            world.write((uuid4(), filling))
        except NotSavedError:
            return
    raise AssertionError("the disk took everything")


@contextmanager
def read_only(world: World) -> Iterator[None]:
    """The folder or the file may only be read."""
    with _each_connection(world.register.desk, "query_only=1"):
        yield


@contextmanager
def held(world: World) -> Iterator[None]:
    """Another process writes to the file and does not come to an end."""
    desk = world.register.desk
    patience, desk._busy_ms = desk._busy_ms, 30
    desk.close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(desk.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        holder.stdin.write(desk._key.hex() + "\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "held\n"
        yield
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.wait(20) == 0
    desk._busy_ms = patience
    desk.close()


FAULTS: dict[str, tuple[Fault, str]] = {
    "disk full": (disk_full, "NOT SAVED - use the paper sheet. The disk is full: make room, then try again."),
    "read-only": (
        read_only,
        "NOT SAVED - use the paper sheet. The register's folder cannot be written to; tell whoever runs this PC.",
    ),
    "held": (
        held,
        "NOT SAVED - use the paper sheet. Another program holds the register's file; try again in a moment.",
    ),
}


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest) -> tuple[Fault, str]:
    """Each way in which a disk can refuse, and what the desk then says."""
    return FAULTS[request.param]


def _leila(desk: DeskPage) -> None:
    create_booking(desk.world, create_worker(desk.world))
    desk.scan("H194359")
    desk.shows("Known", "Expected 10:30 to see Mrs Shah", "Leila Haddad")
    desk.rest()


def _not_saved(desk: DeskPage, words: str) -> None:
    """The newest message is this one, in red, once, seen, and without a way to wave it off."""
    bar = desk.session.window.notices
    assert [(notice.tone, notice.words) for notice in bar.notices] == [(Tone.NOT_KNOWN, words)]
    assert bar.isVisible()
    assert bar.words.text() == words
    assert not bar.close_button.isVisible()
    assert not bar.action.isVisible(), "nothing to take back: nothing was done"


def test_not_saved_is_said_in_red_and_nothing_is_lost(desk: DeskPage, fault: tuple[Fault, str]) -> None:
    broken, words = fault
    _leila(desk)
    with broken(desk.world):
        before = desk.entries()
        desk.press("Enter")
        _not_saved(desk, words)
        assert desk.entries() == before
        assert desk.on_site() == []
        desk.shows("Known", "Expected 10:30 to see Mrs Shah", "Leila Haddad")
        desk.session.window.notices._time_is_up()
        desk.press("F9")
        desk.press("Esc")
        _not_saved(desk, words)
        desk.view.card.focus_main()
        desk.press("Enter")
        _not_saved(desk, words)
        assert desk.entries() == before
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    assert desk.entries() == before + 1
    notices = desk.session.window.notices.notices
    assert [notice.words for notice in notices] == ["Signed in: Leila Haddad at 10:24."], "NOT SAVED is no longer so"
    assert desk.drafts() == []
    assert desk.is_idle()
    desk.verifies()


def test_the_next_visitor_does_not_push_out_the_one_who_was_not_saved(desk: DeskPage) -> None:
    create_worker(desk.world, "Grace Nwosu", badge="H111111")
    _leila(desk)
    with held(desk.world):
        desk.press("Enter")
        assert desk.drafts() == [], "not even the draft could be written"
    desk.scan("H111111")
    desk.shows("Check", None, "Grace Nwosu")
    assert desk.drafts() == ["Leila Haddad"]
    desk.scan("H194359")
    desk.shows("Known", "Expected 10:30 to see Mrs Shah", "Leila Haddad")
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    desk.verifies()


def test_a_sign_out_that_was_not_saved_leaves_the_visitor_on_the_list(desk: DeskPage) -> None:
    _leila(desk)
    desk.press("Enter")
    desk.world.clock.move(minutes=30)
    desk.scan("H194359")
    desk.shows("Already here", None, "Leila Haddad")
    desk.rest()
    with read_only(desk.world):
        before = desk.entries()
        desk.press("Enter")
        _not_saved(desk, FAULTS["read-only"][1])
        assert desk.on_site() == ["Leila Haddad"]
        assert desk.entries() == before
        assert desk.drafts() == []
    desk.view.card.focus_main()
    desk.press("Enter")
    assert desk.on_site() == []
    desk.verifies()
