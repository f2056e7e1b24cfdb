"""What a watched child does at its desk: one function for each piece of work, found by its name."""

import ctypes
import logging
import os
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from logging.handlers import RotatingFileHandler
from multiprocessing.connection import Connection

from tests.factories import NOW
from tests.sample_charts import AUTHORITY
from tests.torture import folder_works
from tests.torture.traced_child import Desk, Work
from visitor_register.persistence import backup, database
from visitor_register.services import chart_import, fire_list
from visitor_register.services.chart_import import ChartMeta
from visitor_register.services.chart_plan import NOTHING_DECIDED

MAY_BE_WATCHED = 0x59616D61  # PR_SET_PTRACER: some systems let only a parent watch
NOBODY = 65534
ANYBODY = ctypes.c_ulong(-1)


def begin(work: Work, pipe: Connection) -> None:
    """Open the register, wait until somebody watches, and do the work; the exit code says whether it was finished."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(MAY_BE_WATCHED, ANYBODY, 0, 0, 0)
    database._PRAGMAS["synchronous"] = work.synchronous
    if not work.names_synced:
        folder_works.sync_files_only()
    desk = Desk(work)
    # A program that runs has read its own files long ago: only the register's are to fail.
    with desk.register.read() as session:
        fire_list.read(session, at=NOW)
    pipe.send("ready")
    pipe.recv()
    WORKS[work.name](desk)


def _sign_in_and_checkpoint(desk: Desk) -> None:
    """One visitor, and the program is then idle and closed."""
    for _ in range(desk.work.visits):
        desk.signs_in()
        desk.register.desk.checkpoint()
    desk.signs_in()
    desk.register.close()


def _days(desk: Desk) -> None:
    """Two days: visitors, idle moments, the DSL's file, a new person, and between them an upgrade."""
    for day in range(2):
        for number in range(desk.work.visits):
            desk.signs_in()
            if number % 5 == 2:
                desk.register.desk.checkpoint()
            if number % 7 == 1:
                desk.holds()
            if number % 7 == 3:
                desk.lets_in()
        if day == 0:
            with desk.register.desk.engine.begin() as connection:
                connection.exec_driver_sql("PRAGMA user_version=0")
            desk.register.close()
            desk.register = desk.opened()
    desk.register.close()


def _faulty(desk: Desk) -> None:
    """A sign-in that the disk may refuse, an idle moment, and up to two more tries."""
    desk.tries("sign-in", desk.signs_in)
    desk.register.desk.checkpoint()
    if not desk.tries("sign-in", desk.signs_in):
        desk.tries("sign-in", desk.signs_in)
    desk.tries("fire list", partial(_fire_list, desk))
    desk.tries("closing", desk.register.close)


def _import(desk: Desk) -> None:
    """A chart is accepted, whole or not at all; then somebody signs in."""

    def accept() -> None:
        meta = ChartMeta(AUTHORITY, "chart.csv", "0" * 64, None, date(2026, 11, 3), "business support")
        reading = desk.work.chart
        assert reading is not None
        with desk.register.write() as session:
            version = chart_import.accept(
                session, reading, NOTHING_DECIDED, meta, by=desk.work.operator, at=NOW + timedelta(minutes=1)
            )
        desk.note("chart", version)

    desk.tries("chart", accept)
    _faulty(desk)


def _backup(desk: Desk) -> None:
    """A backup is made or refused; then somebody signs in."""

    def make() -> None:
        made = backup.make(desk.work.folder, desk.register.desk, desk.register.dsl, at=NOW, rest=lambda: None)
        desk.note("backup", made.path.name)

    desk.tries("backup", make)
    if not desk.tries("sign-in", desk.signs_in):
        desk.tries("sign-in", desk.signs_in)
    desk.tries("closing", desk.register.close)


def _log(desk: Desk) -> None:
    """The log beside the register is written to, and turned over, around a sign-in."""
    handler = RotatingFileHandler(desk.work.folder / "visitor-register.log", maxBytes=300, backupCount=3, delay=True)
    log = logging.getLogger("visitor_register")
    log.addHandler(handler)
    # What a broken log says to the console is not looked at here.
    logging.raiseExceptions = False
    for _ in range(3):
        log.warning("a place in the program, and nobody's name: %s", "x" * 100)
        desk.tries("sign-in", desk.signs_in)


def _read_only(desk: Desk) -> None:
    """Somebody takes the rights to the folder, then to the file, while the program runs, and gives them back."""
    folder = desk.work.folder
    files = [folder, *folder.iterdir()]
    if os.getuid() == 0:
        # Nothing is forbidden to root: go on as somebody else.
        for path in files:
            os.chown(path, NOBODY, NOBODY)
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    for place in ("folder", "file"):
        desk.note("rights gone", place)
        for path in [folder] if place == "folder" else sorted(folder.glob("desk.db*")):
            path.chmod(0o500)
        desk.register.desk.checkpoint()
        # As after a write that failed: every connection is opened anew.
        desk.register.desk._engine.dispose()
        desk.tries("sign-in", desk.signs_in)
        desk.tries("fire list", partial(_fire_list, desk))
        desk.note("rights back", place)
        for path in [folder, *folder.glob("desk.db*")]:
            path.chmod(0o700)
        # A connection that reads was opened while nothing could be written: at the second try it is a new one.
        if not desk.tries("sign-in", desk.signs_in):
            desk.tries("sign-in", desk.signs_in)
    desk.register.close()


def _fire_list(desk: Desk) -> None:
    with desk.register.read() as session:
        people = fire_list.read(session, at=NOW).people
    desk.note("fire list", len(people))


WORKS: dict[str, Callable[[Desk], None]] = {
    "sign-in": _sign_in_and_checkpoint,
    "days": _days,
    "faults": _faulty,
    "chart import": _import,
    "backup": _backup,
    "log": _log,
    "read-only": _read_only,
    "backups": folder_works.backups,
    "restore": folder_works.restored,
    "change of keys": folder_works.new_keys,
    "erasure": folder_works.erased,
}
