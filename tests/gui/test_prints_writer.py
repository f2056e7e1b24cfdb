"""The fire list as a file: rewritten after every change, elsewhere at best effort, never an error."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from tests.factories import World, create_visit, create_worker
from visitor_register.domain.policy import FireListPlaces
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.prints import pdf
from visitor_register.gui.prints.fire_writer import FireListWriter
from visitor_register.services import arrivals, policy


class Office:
    """A desk whose fire list is kept as a file, and the lamp that says how it stands."""

    def __init__(self, qtbot: QtBot, world: World, folder: Path) -> None:
        self.qtbot, self.world, self.folder = qtbot, world, folder
        self.crashes: list[BaseException] = []
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.reception, now=world.clock)
        self.lamp: list[tuple[bool, str]] = []
        self.held: set[Path] = set()
        self.writer = FireListWriter(self.desk, folder, save=self._save)
        self.writer.state_changed.connect(self._lamp_changed)
        self.before_save = Event()
        self.before_save.set()
        self.saving = Event()
        self.before_share = Event()

    @property
    def path(self) -> Path:
        return self.folder / "fire-list.pdf"

    def _lamp_changed(self, good: bool, words: str) -> None:
        self.lamp.append((good, words))

    def _save(self, path: Path, content: bytes) -> Path:
        self.saving.set()
        if path.parent.name == "Stuck":
            assert self.before_share.wait(timeout=30)
        assert self.before_save.wait(timeout=30)
        return pdf.save(path, content, replace=self._replace, pause=[].append)

    def _replace(self, source: Path, target: Path) -> None:
        if target in self.held:
            raise PermissionError("sharing violation")
        source.replace(target)

    def lamp_says(self, good: bool, words: str) -> None:
        self.qtbot.waitUntil(lambda: bool(self.lamp) and self.lamp[-1] == (good, words))

    def reads_all(self) -> None:
        """The reading of the last change may still be on its way: it begins in the next turn of the event loop."""
        self.qtbot.waitUntil(lambda: not self.writer._soon.isActive() and self.jobs.pending == 0)

    def writes_to(self, *folders: Path) -> None:
        with self.world.register.write() as session:
            places = FireListPlaces(tuple(str(folder) for folder in folders))
            policy.change(session, places, by=self.world.dsl, at=self.world.clock())

    def text(self, path: Path) -> str:
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def office(qtbot: QtBot, world: World, tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "here"
    folder.mkdir()
    made = Office(qtbot, world, folder)
    yield made
    made.before_save.set()
    made.before_share.set()
    made.writer.close()
    made.jobs.close()
    assert made.crashes == []


SAVED = "Fire list saved at 10:24"


def test_signing_in_and_out_rewrites_the_file(office: Office) -> None:
    worker = create_worker(office.world)
    visit = create_visit(office.world, worker)
    office.writer.refresh()
    office.lamp_says(True, SAVED)
    assert "Haddad, Leila" in office.text(office.path)
    office.world.clock.move(minutes=20)
    leave = arrivals.sign_out
    office.jobs.write(lambda session: leave(session, visit.id, by=office.world.reception, at=office.world.clock()))
    office.lamp_says(True, "Fire list saved at 10:44")
    assert "Visitors signed in here: 0." in office.text(office.path)


def test_it_goes_to_the_schools_folders_too(office: Office, tmp_path: Path) -> None:
    office.writes_to(tmp_path / "one", tmp_path / "two")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    create_visit(office.world, create_worker(office.world))
    office.writer.refresh()
    office.qtbot.waitUntil(lambda: (tmp_path / "two" / "fire-list.pdf").exists())
    office.lamp_says(True, SAVED)
    assert (tmp_path / "one" / "fire-list.pdf").read_bytes() == office.path.read_bytes()


def test_a_folder_that_is_not_there_is_amber_and_the_others_get_the_list(office: Office, tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    office.writes_to(tmp_path / "Staff share", tmp_path / "two")
    office.writer.refresh()
    office.lamp_says(False, "The fire list did not reach the folder “Staff share”.")
    assert (tmp_path / "two" / "fire-list.pdf").exists()
    assert office.path.exists()
    (tmp_path / "Staff share").mkdir()
    office.jobs.changed.emit()
    office.lamp_says(True, SAVED)


def test_a_file_open_in_a_reader_is_a_second_name_and_amber_until_it_is_closed(office: Office) -> None:
    office.held.add(office.path)
    office.writer.refresh()
    office.lamp_says(False, "The fire list is open in another program: the newest one is fire-list-2.pdf.")
    assert "Visitors signed in here: 0." in office.text(office.folder / "fire-list-2.pdf")
    office.held.clear()
    office.jobs.changed.emit()
    office.lamp_says(True, SAVED)
    assert sorted(path.name for path in office.folder.iterdir()) == ["fire-list.pdf"]


def test_a_folder_with_the_file_open_is_named(office: Office, tmp_path: Path) -> None:
    share = tmp_path / "Share"
    share.mkdir()
    office.held.add(share / "fire-list.pdf")
    office.writes_to(share)
    office.writer.refresh()
    words = "In the folder “Share” it is open in another program: the newest one is fire-list-2.pdf."
    office.lamp_says(False, words)


def test_a_disk_that_takes_nothing_says_to_print(office: Office) -> None:
    office.held |= {office.path, office.folder / "fire-list-2.pdf"}
    office.writer.refresh()
    office.lamp_says(False, "The fire list could not be saved on this PC. Print it with F9.")


def test_many_changes_while_a_disk_is_slow_are_one_more_writing(office: Office) -> None:
    office.before_save.clear()
    office.writer.refresh()
    office.qtbot.waitUntil(office.saving.is_set)
    for number in range(5):
        create_visit(office.world, create_worker(office.world, f"Ann Ash{number}", badge=f"H{number:06}"))
        with office.qtbot.waitSignal(office.jobs.changed):
            office.jobs.write(create_nothing)
    office.reads_all()
    assert office.lamp == []
    office.before_save.set()
    office.qtbot.waitUntil(lambda: len(office.lamp) == 2)
    assert "Visitors signed in here: 5." in office.text(office.path)


def test_a_sign_in_does_not_wait_for_the_file(office: Office) -> None:
    office.before_save.clear()
    office.writer.refresh()
    saved: list[object] = []
    office.qtbot.waitUntil(office.saving.is_set)
    office.jobs.write(create_nothing, saved.append)
    office.qtbot.waitUntil(lambda: saved == ["done"])
    assert office.lamp == []


def test_a_server_that_does_not_answer_leaves_the_list_on_this_pc_up_to_date(office: Office, tmp_path: Path) -> None:
    share = tmp_path / "Stuck"
    share.mkdir()
    office.writes_to(share)
    office.writer.refresh()
    office.lamp_says(True, SAVED)
    create_visit(office.world, create_worker(office.world))
    office.jobs.changed.emit()
    office.qtbot.waitUntil(lambda: "Haddad, Leila" in office.text(office.path))
    assert not (share / "fire-list.pdf").exists()
    office.before_share.set()
    copy = share / "fire-list.pdf"
    office.qtbot.waitUntil(lambda: copy.exists() and copy.read_bytes() == office.path.read_bytes())


def create_nothing(_: object) -> str:
    """A write that only has to come back."""
    return "done"


def test_a_register_that_cannot_be_read_is_amber(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RegisterError("The disk did not answer.")

    monkeypatch.setattr(office.writer, "_read", fails)
    office.writer.refresh()
    office.lamp_says(False, "The fire list on this PC is not up to date. The disk did not answer.")


def test_at_night_every_list_goes_everywhere(office: Office, tmp_path: Path) -> None:
    share = tmp_path / "Share"
    share.mkdir()
    office.writes_to(share)
    create_visit(office.world, create_worker(office.world))
    office.writer.refresh()
    office.qtbot.waitUntil(lambda: (share / "fire-list.pdf").exists())
    office.lamp_says(True, SAVED)
    for left in (office.folder / "fire-list-2.pdf", office.folder / "lockdown-list.pdf", share / ".fire-list-x.tmp"):
        left.write_bytes(b"names")
    office.writer.clear_for_night()
    office.qtbot.waitUntil(lambda: not list(office.folder.iterdir()) and not list(share.iterdir()))


def test_a_list_that_cannot_be_cleared_is_said(office: Office) -> None:
    office.path.mkdir()
    (office.path / "held").write_bytes(b"")
    office.writer.clear_for_night()
    words = "Today's fire list on this PC is open in another program and could not be cleared away."
    office.lamp_says(False, words)


def test_after_closing_nothing_is_written(office: Office) -> None:
    office.writer.close()
    office.writer.refresh()
    office.jobs.changed.emit()
    office.reads_all()
    assert not office.path.exists()
