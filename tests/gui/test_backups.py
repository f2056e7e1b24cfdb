"""Backups beside the desk: on time, at the end, when somebody hands over, and a second place that nobody waits for."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import PASSWORD, World, create_worker
from visitor_register.domain.events import DrillDone, FireListPrinted, ReasonRecorded
from visitor_register.errors import RegisterError, WrongPasswordError
from visitor_register.gui import backups as schedule
from visitor_register.gui.backups import Backups
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.persistence import backup, backup_folder, ending, journal, second_place
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Drill, Opening

PRINTED = FireListPrinted(False, False, 0)


class Keeping:
    """The schedule over an open register, and what a test can do with it."""

    def __init__(self, qtbot: QtBot, world: World, folder: str) -> None:
        self.qtbot, self.world, self.folder = qtbot, world, folder
        self.crashes: list[BaseException] = []
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.dsl, now=world.clock)
        self.backups = Backups(self.desk, world.register, lambda: self.folder)

    def made(self) -> int:
        """How many backups lie in the register's folder."""
        return len(backup.listed(self.world.register.folder))

    def wait(self) -> None:
        """Until the backup, or the try, is over."""
        self.qtbot.waitUntil(lambda: not self.backups.busy)

    def close(self) -> None:
        """As the program ends."""
        self.jobs.close()
        self.backups.close()
        self.world.register.close()


@pytest.fixture
def keeping(qtbot: QtBot, nothing_left_behind: None, world: World, tmp_path: Path) -> Iterator[Keeping]:
    """The DSL has just signed in; a second place is chosen."""
    (tmp_path / "other disk").mkdir()
    create_worker(world)
    made = Keeping(qtbot, world, str(tmp_path / "other disk"))
    yield made
    made.close()
    assert not made.crashes


def test_one_is_made_at_the_start_copied_elsewhere_and_not_again_while_nothing_is_new(keeping: Keeping) -> None:
    backups = keeping.backups
    backups.start()
    keeping.qtbot.waitUntil(lambda: backups.second.newest is not None)
    assert keeping.made() == 1
    assert backups.newest_at == keeping.world.clock()
    assert backups.listed[0].dsl_made_at == keeping.world.clock()
    assert [made.path.name for made in backups.elsewhere] == [made.path.name for made in backups.listed]
    backup_folder.check_whole(backups.elsewhere[0].path)
    assert backups.health() == (backups.second, "")

    keeping.world.clock.move(minutes=15)
    backups.tick()
    keeping.wait()
    assert keeping.made() == 1
    keeping.world.write((uuid4(), PRINTED))
    keeping.world.clock.move(minutes=45)
    backups.tick()
    keeping.wait()
    assert keeping.made() == 2


def test_somebody_who_asks_for_one_gets_one(keeping: Keeping) -> None:
    said: list[str] = []
    keeping.backups.progressed.connect(said.append)
    for _ in range(2):
        keeping.backups.run_now()
        keeping.wait()
        keeping.world.clock.move(hours=1)
    assert keeping.made() == 2
    keeping.qtbot.waitUntil(lambda: "Copying the register" in said)


def test_the_last_one_is_made_when_the_program_ends(keeping: Keeping) -> None:
    keeping.world.write((uuid4(), PRINTED))
    keeping.backups.close()
    assert keeping.made() == 1
    desk = keeping.world.register.keyring.desk
    assert len(second_place.backups(Path(keeping.folder), desk)) == 1


def test_what_the_dsl_wrote_is_copied_when_somebody_else_takes_over(keeping: Keeping) -> None:
    register = keeping.world.register
    keeping.backups.start()
    keeping.wait()
    keeping.world.clock.move(minutes=1)
    said = ReasonRecorded("CIN visit", "urgent", "17", "x")
    with register.dsl_file().write() as session:
        journal.append(session, uuid4(), said, by=keeping.world.dsl, at=keeping.world.clock())
    register.let_in(register.keyring.open(keeping.world.reception.id, PASSWORD))
    assert register.dsl is None
    keeping.backups.run_now()
    keeping.wait()
    made = keeping.backups.listed[0]
    assert made.dsl_made_at == keeping.world.clock()
    assert not made.manifest.dsl_is_older


def test_a_full_disk_is_the_lamps_and_nobodys_else(keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
        keeping.backups.tick()
        keeping.wait()
    assert "nearly full" in keeping.backups.health()[1]
    keeping.backups.tick()
    keeping.wait()
    assert keeping.backups.health()[1] == ""


def test_a_second_place_that_is_unplugged_is_said_and_found_again(keeping: Keeping, tmp_path: Path) -> None:
    backups = keeping.backups
    (tmp_path / "other disk").rename(tmp_path / "unplugged")
    backups.run_now()
    keeping.qtbot.waitUntil(lambda: "cannot be reached" in backups.second.trouble)
    assert keeping.made() == 1
    (tmp_path / "unplugged").rename(tmp_path / "other disk")
    keeping.world.clock.move(hours=1)
    backups.run_now()
    keeping.qtbot.waitUntil(lambda: backups.second.trouble == "" and backups.second.newest is not None)
    keeping.folder = ""
    backups.refresh()
    assert backups.second == second_place.State()


def test_a_share_that_never_answers_delays_neither_backups_nor_the_end(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = threading.Event()
    monkeypatch.setattr(schedule, "PATIENCE", 0.01)
    monkeypatch.setattr(second_place, "take", lambda *_: answer.wait())
    for number in range(1, 3):
        keeping.backups.run_now()
        keeping.wait()
        assert keeping.made() == number
        keeping.world.clock.move(hours=1)
    keeping.world.write((uuid4(), PRINTED))
    keeping.backups.close()
    assert keeping.made() == 3
    answer.set()
    for thread in threading.enumerate():
        if thread.name == "second place":
            thread.join()


def test_the_ending_is_noted_there_after_something_was_saved(keeping: Keeping) -> None:
    world, desk = keeping.world, keeping.world.register.keyring.desk
    keeping.backups.start()
    keeping.backups.start()
    keeping.wait()
    keeping.backups._note.setInterval(0)
    keeping.jobs.write(lambda session: journal.append(session, uuid4(), PRINTED, by=world.dsl, at=world.clock()))
    keeping.qtbot.waitUntil(lambda: keeping.jobs.pending == 0)
    with world.register.read() as session:
        head = ending.newest(session)
    keeping.qtbot.waitUntil(lambda: second_place.heads(Path(keeping.folder), desk).get("desk") == head)


def test_a_share_that_answers_late_still_shows_that_records_were_lost(
    keeping: Keeping, qtbot: QtBot, tmp_path: Path
) -> None:
    world, folder = keeping.world, keeping.world.register.folder
    register = world.register
    image = tmp_path / "image"
    register.desk.checkpoint(wait=True)
    image.mkdir()
    shutil.copyfile(folder / "desk.db", image / "desk.db")
    shutil.copyfile(folder / "keyring.json", image / "keyring.json")
    shutil.copyfile(folder / "desk.head.json", image / "desk.head.json")
    shutil.copyfile(folder / "dsl.db", image / "dsl.db")
    world.write((uuid4(), PRINTED))
    with register.read() as session:
        head = ending.newest(session)
    assert head is not None
    second_place.note({"desk": head}, Path(keeping.folder), folder, register.keyring.desk)

    # The image knows nothing of the second place when it is opened.
    older = Register.open(image, world.reception, PASSWORD)
    assert not older.records_lost
    jobs = JobRunner(older.read, older.write, keeping.crashes.append)
    backups = Backups(Desk(jobs, world.reception, now=world.clock), older, lambda: keeping.folder)
    with qtbot.waitSignal(backups.went_back):
        backups._note_heads()
    assert older.records_lost
    assert older.desk.identity.epoch == head.epoch + 1
    assert second_place.heads(Path(keeping.folder), register.keyring.desk)["desk"] == head, "the proof stays"
    jobs.close()
    backups.close()
    older.close()


def test_a_drill_is_held_beside_the_desk_and_noted(keeping: Keeping) -> None:
    keeping.backups.run_now()
    keeping.wait()
    opening = Opening(name="Nadia Shah", password=PASSWORD)
    with keeping.qtbot.waitSignals([keeping.backups.drilled, keeping.jobs.changed]):
        keeping.backups.drill(keeping.backups.listed[0].path, opening)
    with keeping.world.register.read() as session:
        assert isinstance(journal.newest(session, limit=1)[0][1].event, DrillDone)
    with keeping.qtbot.waitSignal(keeping.backups.drilled) as told:
        keeping.backups.drill(keeping.backups.listed[0].path, Opening(name="Nadia Shah", password="wrong password"))
    assert isinstance(told.args[0], WrongPasswordError)
    assert isinstance(told.args[0], RegisterError)
    assert not isinstance(told.args[0], Drill)
