"""After midnight in London yesterday's fire list is cleared, once, and today's names only who was never signed out."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from tests.factories import World, create_visit, create_worker
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.night import Night
from visitor_register.gui.prints.fire_writer import LOCKDOWN_NAME, FireListWriter
from visitor_register.services import arrivals


class Evening:
    """A desk whose program keeps running."""

    def __init__(self, qtbot: QtBot, world: World, folder: Path) -> None:
        self.qtbot, self.world, self.folder = qtbot, world, folder
        self.crashes: list[BaseException] = []
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.reception, now=world.clock)
        self.writer = FireListWriter(self.desk, folder)
        self.night = Night(self.desk, self.writer)
        self.lamp: list[str] = []
        self.days = 0
        self.writer.state_changed.connect(self._say)
        self.night.new_day.connect(self._another)

    def _say(self, _good: bool, words: str) -> None:
        self.lamp.append(words)

    def _another(self) -> None:
        self.days += 1

    def writes(self) -> None:
        self.writer.refresh()
        self.says(f"Fire list saved at {self.world.clock():%H:%M}")

    def says(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: bool(self.lamp) and self.lamp[-1] == words and self.path.exists())

    @property
    def path(self) -> Path:
        return self.folder / "fire-list.pdf"

    def text(self) -> str:
        with pypdfium2.PdfDocument(self.path) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def evening(qtbot: QtBot, world: World, tmp_path: Path) -> Iterator[Evening]:
    folder = tmp_path / "here"
    folder.mkdir()
    made = Evening(qtbot, world, folder)
    yield made
    made.writer.close()
    made.jobs.close()
    assert made.crashes == []


def test_after_midnight_the_list_is_cleared_and_names_only_who_was_never_signed_out(evening: Evening) -> None:
    world = evening.world
    create_visit(world, create_worker(world))
    left = create_visit(world, create_worker(world, "Owen Pritchard", badge="H222222"))
    with world.register.write() as session:
        arrivals.sign_out(session, left.id, by=world.reception, at=world.clock())
    evening.writes()
    (evening.folder / LOCKDOWN_NAME).write_bytes(b"printed to a file yesterday")
    assert "Pritchard" in evening.text()
    evening.night.tick()
    assert evening.days == 0, "the day is not over"
    world.clock.at = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
    evening.night.tick()
    evening.says("Fire list saved at 00:00")
    assert evening.days == 1
    assert "Pritchard" not in evening.text()
    assert "no sign-out recorded" in evening.text().lower()
    assert "Haddad" in evening.text()
    assert not (evening.folder / LOCKDOWN_NAME).exists()


def test_a_day_is_cleared_once(evening: Evening) -> None:
    evening.writes()
    evening.world.clock.move(days=1, minutes=5)
    evening.night.tick()
    evening.says("Fire list saved at 10:29")
    (evening.folder / LOCKDOWN_NAME).write_bytes(b"of this day")
    evening.world.clock.move(minutes=1)
    evening.night.tick()
    evening.writes()
    assert evening.days == 1
    assert (evening.folder / LOCKDOWN_NAME).exists()


def test_the_day_ends_by_londons_clock(evening: Evening) -> None:
    evening.world.clock.at = datetime(2027, 6, 1, 22, 59, tzinfo=UTC)
    night = Night(evening.desk, evening.writer)
    night.tick()
    night.new_day.connect(evening._another)
    evening.world.clock.move(minutes=1)
    night.tick()
    assert evening.days == 1
    evening.says("Fire list saved at 00:00")
