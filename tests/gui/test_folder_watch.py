"""The folder for charts is looked at beside everything else: a hanging share, a missing one, a hand-over."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import NOW, World
from tests.files.charts import text, written
from visitor_register.domain.policy import ChartFolder
from visitor_register.errors import RegisterError
from visitor_register.gui.chart.folder_watch import FolderWatch, Look
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.services import chart_folder, policy
from visitor_register.services.chart_folder import Arrived, Known


class Watched:
    """A watch at the desk, and what it said."""

    def __init__(self, qtbot: QtBot, world: World, folder: Path, look: Look = chart_folder.newest) -> None:
        self.qtbot, self.world = qtbot, world
        with world.register.write() as session:
            policy.change(session, ChartFolder(str(folder)), by=world.dsl, at=NOW)
        self.crashes: list[BaseException] = []
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.dsl, now=world.clock)
        self.watch = FolderWatch(self.desk, look=look)
        self.said: list[Arrived | None] = []
        self.failed: list[RegisterError] = []
        self.watch.offered.connect(self.said.append)
        self.watch.failed.connect(self.failed.append)

    def waits_for(self, number: int) -> Arrived | None:
        self.qtbot.waitUntil(lambda: len(self.said) >= number)
        return self.said[-1]

    def close(self) -> None:
        self.watch.close()
        self.jobs.close()
        assert not self.crashes


@pytest.fixture
def made() -> Iterator[list[Watched]]:
    """Every watch of a test, closed at its end."""
    watches: list[Watched] = []
    yield watches
    for one in watches:
        one.close()


def test_a_chart_that_arrives_is_offered_and_put_aside(
    qtbot: QtBot, world: World, tmp_path: Path, made: list[Watched]
) -> None:
    desk = Watched(qtbot, world, tmp_path)
    made.append(desk)
    desk.watch.start()
    assert desk.waits_for(1) is None
    written(tmp_path, "staff.csv", text())
    desk.watch._regular.setInterval(0)
    found = desk.waits_for(2)
    assert found is not None
    assert found.path.name == "staff.csv"
    desk.watch._regular.stop()
    desk.watch.put_aside(found)
    qtbot.waitUntil(lambda: desk.said[-1] is None)


def test_what_was_found_before_something_changed_is_not_offered_any_more(
    qtbot: QtBot, world: World, tmp_path: Path, made: list[Watched]
) -> None:
    change, looks = threading.Event(), []

    def look(_folder: Path, _known: Known) -> Arrived | None:
        looks.append(change.is_set())
        assert change.wait(5)
        return None

    desk = Watched(qtbot, world, tmp_path, look=look)
    made.append(desk)
    desk.watch.look()
    qtbot.waitUntil(lambda: len(looks) == 1)
    desk.watch.look()
    desk.watch._tick()
    change.set()
    desk.waits_for(1)
    assert (looks, len(desk.said)) == ([False, True], 1)


def test_a_folder_that_is_gone_is_said_once(qtbot: QtBot, world: World, tmp_path: Path, made: list[Watched]) -> None:
    desk = Watched(qtbot, world, tmp_path / "share")
    made.append(desk)
    desk.watch.look()
    qtbot.waitUntil(lambda: len(desk.failed) == 1)
    assert "connect its drive" in str(desk.failed[0])
    with qtbot.waitSignal(desk.watch._ended):
        desk.watch.look()
    qtbot.waitUntil(lambda: not desk.watch._busy)
    (tmp_path / "share").mkdir()
    desk.watch.look()
    assert desk.waits_for(1) is None
    assert len(desk.failed) == 1


def test_a_share_that_hangs_keeps_nobody_waiting_not_even_at_the_end(
    qtbot: QtBot, world: World, tmp_path: Path, made: list[Watched]
) -> None:
    held, asked = threading.Event(), []

    def hangs(folder: Path, known: Known) -> Arrived | None:
        asked.append(folder)
        held.wait(20)
        return None

    desk = Watched(qtbot, world, tmp_path, hangs)
    made.append(desk)
    desk.watch.look()
    qtbot.waitUntil(lambda: bool(asked))
    desk.watch.look()
    desk.watch.close()
    with qtbot.waitSignal(desk.watch._ended):
        held.set()
    assert (len(asked), desk.said) == (1, [])


def test_reception_is_offered_nothing(qtbot: QtBot, world: World, tmp_path: Path, made: list[Watched]) -> None:
    written(tmp_path, "staff.csv", text())
    desk = Watched(qtbot, world, tmp_path)
    made.append(desk)
    desk.watch.look()
    assert desk.waits_for(1) is not None
    desk.desk.hand_over(world.reception, None)
    assert desk.waits_for(2) is None
    assert not desk.watch._busy
