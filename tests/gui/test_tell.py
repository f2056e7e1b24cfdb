"""Telling of arrivals beside the window: too long for a link, no mail program, and the program that ends meanwhile."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from tests.factories import World, create_visit, create_worker
from visitor_register.domain.events import HostTold
from visitor_register.domain.policy import MailSecurity, Staff, StaffContact, TellBy, Telling
from visitor_register.domain.visits import Means
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.today.tell_presenter import FILE_NAME, Shown, TellPresenter
from visitor_register.gui.today.tell_sender import AT_ONCE
from visitor_register.persistence import journal
from visitor_register.services import policy, telling

LONG = "Ἀμάραντος " * 50


class Counter:
    """The desk after sign-ins, without its window."""

    def __init__(self, qtbot: QtBot, world: World, folder: Path) -> None:
        self.qtbot, self.world, self.folder = qtbot, world, folder
        self.crashes: list[BaseException] = []
        self.notices: list[Notice] = []
        self.shown: list[Shown | None] = []
        self.opened: list[tuple[QUrl, bytes]] = []
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.reception, now=world.clock)
        self.desk.said.connect(self.notices.append)
        (folder / FILE_NAME).write_text("left by the last run")
        self.telling = TellPresenter(self.desk, folder)
        self.telling.shown.connect(self.shown.append)

    def set_up(self, said: Telling) -> None:
        contact = StaffContact("Mrs Shah", "", "204", "n.shah@elmbrook.example")
        with self.world.register.write() as session:
            policy.change(session, Staff(("Mrs Shah",), contacts=(contact,)), by=self.world.dsl, at=self.world.clock())
            policy.change(session, said, by=self.world.dsl, at=self.world.clock())

    def opens(self, url: QUrl) -> bool:
        """The mail program takes what it is given."""
        self.opened.append((url, Path(url.toLocalFile()).read_bytes()))
        return True

    def settles(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0)

    def told(self) -> list[HostTold]:
        with self.world.register.read() as session:
            found = [entry.event for _, entry in reversed(journal.newest(session, limit=60))]
        return [event for event in found if isinstance(event, HostTold)]


@pytest.fixture
def counter(qtbot: QtBot, world: World, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(qtbot, world, tmp_path)
    yield made
    made.telling.close()
    made.jobs.close()
    assert not made.crashes


def test_a_message_too_long_for_a_link_is_opened_as_a_draft_and_cleared_away(counter: Counter) -> None:
    assert not (counter.folder / FILE_NAME).exists(), "what the last run left is gone"
    counter.set_up(Telling(TellBy.COMPOSE))
    visit = create_visit(counter.world, create_worker(counter.world, LONG.strip()))
    counter.telling.begin(visit.id)
    counter.telling.begin(visit.id)
    counter.settles()
    assert len(counter.shown) == 1, "the same visit is told once"
    counter.telling.program.open_link = lambda url: False
    counter.telling.write()
    assert counter.notices[-1].text == "No mail program opened on this PC. Ring instead."
    assert counter.told() == [], "nothing was written to anybody"
    counter.telling.program.open_link = counter.opens
    counter.telling.write()
    counter.settles()
    ((url, draft),) = counter.opened
    assert url.fileName() == FILE_NAME, "the name of a file names nobody"
    made = message_from_bytes(draft, policy=default)
    assert (made["To"], made["X-Unsent"]) == ("n.shah@elmbrook.example", "1")
    assert [event.means for event in counter.told()] == [Means.MESSAGE_WRITTEN]
    counter.telling.put_away()
    assert counter.shown[-1] is None
    counter.telling.close()
    assert not (counter.folder / FILE_NAME).exists()


def test_whatever_is_on_its_way_when_the_program_ends_is_written_down(counter: Counter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        counter.set_up(Telling(TellBy.SEND, "127.0.0.1", port, MailSecurity.NONE, "office@elmbrook.example"))
        counter.telling.mail.seconds = 0.1
        for number in range(AT_ONCE + 2):
            worker = create_worker(counter.world, f"Worker {number}", badge=f"H{number}")
            counter.telling.begin(create_visit(counter.world, worker).id)
        counter.settles()
        counter.telling.close()
        counter.jobs.close()
    told = counter.told()
    assert len(told) == AT_ONCE + 2
    assert {(event.whom, event.means, event.reached) for event in told} == {("Mrs Shah", Means.MESSAGE_FAILED, False)}


def test_the_password_is_asked_for_by_its_key(world: World) -> None:
    with world.register.read() as session:
        assert telling.password(session) == ""
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT value FROM remembered WHERE topic = 'mail' AND name = 'password'"
        )
        assert all("SEARCH" in line.detail for line in plan)
