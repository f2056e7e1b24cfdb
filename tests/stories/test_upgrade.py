"""A newer program starts over the register of a released one: nothing is lost, and it is backed up first."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, PASSWORD, Clock
from tests.golden.registers import RELEASED
from visitor_register.domain.people import Role
from visitor_register.gui.program import Program
from visitor_register.persistence import backup, journal, restore
from visitor_register.persistence.database import noted_head
from visitor_register.persistence.journal import Head
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Opening
from visitor_register.persistence.verify import verify


def test_the_register_and_the_keyring_of_the_last_release_start_whole_and_are_backed_up_first(
    qtbot: QtBot, nothing_left_behind: None, tmp_path: Path, clock: Clock
) -> None:
    """Tables 6 and a keyring of version 1."""
    folder = tmp_path / "register"
    shutil.copytree(RELEASED["0002"], folder)
    people = Keyring.load(folder / "keyring.json").people()
    leader = next(one for one in people if one.role is Role.DSL)
    before = {name: noted_head(folder / f"{name}.db") for name in ("desk", "dsl")}
    program = Program(folder, pytest.fail, now=clock, cost=CHEAP)
    program.start()
    assert program.sign_in is not None
    program.sign_in.choose(leader)
    program.sign_in.sign_in(PASSWORD)
    qtbot.waitUntil(lambda: program.session is not None)
    assert program.session is not None
    register = program.session.register
    assert not register.records_lost
    for name, database in (("desk", register.desk), ("dsl", register.dsl_file())):
        with database.read() as session:
            noted, written = before[name], [row.hash for rows in journal.walk(session) for row in rows]
            assert noted is not None
            assert written[noted.seq - 1] == noted.hash
            assert verify(session).sound
    program.close()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (first,) = backup.listed(folder)
    copied = first.manifest.files["desk"]
    assert before["desk"] == Head(copied.desk, copied.epoch, copied.seq, copied.clock, bytes.fromhex(copied.hash))
    drilled = restore.drill(first.path, Opening(name=leader.name, password=PASSWORD), at=clock())
    assert (drilled.fault, drilled.entries) == ("", first.entries)
    for one in people:
        Register.open(folder, one, PASSWORD).close()
