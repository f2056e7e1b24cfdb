"""The health of the register is looked at beside the desk: a system that takes its time keeps nobody waiting."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import World
from visitor_register.files import disk_state
from visitor_register.gui.desk import Desk
from visitor_register.gui.health_watch import HealthWatch
from visitor_register.gui.jobs import JobRunner
from visitor_register.persistence.second_place import State


def test_a_scan_does_not_wait_for_what_the_system_tells_of_the_disk(
    qtbot: QtBot, nothing_left_behind: None, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()

    def slow(_folder: object) -> bool:
        told.wait(20)
        return True

    monkeypatch.setattr(disk_state, "is_encrypted", slow)
    crashes: list[BaseException] = []
    jobs = JobRunner(world.register.read, world.register.write, crashes.append)
    desk = Desk(jobs, world.reception, now=world.clock)
    watch = HealthWatch(desk, world.register, lambda: (State(), ""))
    watch.start()
    looked_up: list[int] = []
    jobs.read(lambda _session: 1, looked_up.append)
    qtbot.waitUntil(lambda: looked_up == [1])
    qtbot.waitUntil(lambda: watch.facts is not None and jobs.pending == 0)
    assert watch.facts is not None
    assert watch.facts.encrypted is None
    told.set()
    qtbot.waitUntil(lambda: watch.facts is not None and watch.facts.encrypted is True)
    watch.close()
    jobs.close()
    assert crashes == []
