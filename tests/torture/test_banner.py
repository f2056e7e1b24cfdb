"""What is lost, or may be, is said in red in the window as soon as it opens, and stays until somebody has read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, PASSWORD, World, create_visit, create_worker
from tests.stories.conftest import _typeface, look, nothing_left_behind, world  # noqa: F401 - fixtures by name
from visitor_register.gui.desk_session import DeskSession
from visitor_register.gui.program import Program
from visitor_register.gui.widgets.tone import Tone
from visitor_register.persistence.register import Register


def _spoil_note(folder: Path) -> None:
    note = folder / "desk.head.json"
    note.write_bytes(note.read_bytes().replace(b'"seq": ', b'"seq": 9'))


def _put_back(folder: Path) -> None:
    (folder / "desk.db").write_bytes((folder / "yesterday").read_bytes())


@pytest.fixture(params=[(_spoil_note, "RECORDS MAY BE LOST - "), (_put_back, "RECORDS LOST - ")], ids=["note", "file"])
def opened(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    nothing_left_behind: None,  # noqa: F811
    world: World,  # noqa: F811
) -> Iterator[tuple[DeskSession, str]]:
    """The window over a register whose note was spoilt, or whose file is yesterday's; and how its words begin."""
    spoil, words = request.param
    folder = world.register.folder
    world.register.desk.checkpoint(wait=True)
    (folder / "yesterday").write_bytes((folder / "desk.db").read_bytes())
    create_visit(world, create_worker(world))
    world.register.close()
    spoil(folder)
    register = Register.open(folder, world.reception, PASSWORD)
    crashes: list[BaseException] = []
    program = Program(folder, crashes.append, now=world.clock, cost=CHEAP)
    program.wedge.install()
    program.open_for(register, world.reception)
    program.window.show()
    assert program.session is not None
    session = program.session
    qtbot.waitUntil(lambda: session.jobs.pending == 0)
    yield session, words
    qtbot.waitUntil(lambda: session.jobs.pending == 0)
    program.close()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not crashes, crashes


def test_a_loss_or_a_note_that_cannot_be_read_is_said_in_red(opened: tuple[DeskSession, str]) -> None:
    session, words = opened
    red = [notice.words for notice in session.window.notices.notices if notice.tone is Tone.NOT_KNOWN]
    assert [said[: len(words)] for said in red] == [words]
