"""Reads spoilt files one after the other, as the reader's child does, and tells how each ended.

It runs as `python -m tests.torture.fuzz_child FOLDER`, with lines "kind path" on standard input. One line of JSON
for each file goes out, and one at the end. A file that takes longer than its
reader may ends the process, as the sandbox would.
"""

import faulthandler
import importlib
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from visitor_register import settings
from visitor_register.domain.chart_boxes import placed
from visitor_register.domain.chart_table import Source
from visitor_register.domain.invitations import InvitationRead
from visitor_register.domain.mails import MailRead
from visitor_register.domain.school_calendar import CalendarFile
from visitor_register.errors import RegisterError
from visitor_register.files import chart_bundle, invitation_ics, limits, reader_child, school_calendar, wire
from visitor_register.files.charts import understand
from visitor_register.persistence.keyring import Keyring

PASSWORD = "three plain words"
"""That of the people on the keyring that is spoilt."""

TOO_LONG = "Timeout"
"""How the words begin that are left behind when a file took too long."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_STARTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "webbrowser.")
_MOVES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.")


class Watch:
    """What a reader may never do: reach out, start something, or write anywhere."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.seen = str(folder), list[str]()

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_STARTS) or event.startswith(_MOVES):
            self.seen.append(event)
        elif event == "open":
            path, _mode, flags = arguments
            name = os.fsdecode(path) if isinstance(path, (str, bytes)) else str(path)
            if flags & _WRITES or "fuzz-canary" in name or name.startswith("/etc/passwd"):
                self.seen.append(f"open {name}")


def read(kind: str, path: Path) -> None:
    """Read one file as the program would, to the end of what it makes of it."""
    match kind:
        case "chart":
            placed(understand([_told(reader_child.read(path), Source)]))
        case "bookings":
            _told(reader_child.read_bookings(path), Source)
        case "invitation":
            _told(invitation_ics.read(path), tuple[InvitationRead, ...])
        case "calendar":
            _told(school_calendar.read(path), CalendarFile)
        case "mail":
            _told(reader_child.read_mail(path), MailRead)
        case "bundle":
            inside = path.with_suffix(".inside")
            inside.write_bytes(chart_bundle.unseal(path.read_bytes()).content)
            read("chart", inside)
        case "machine":
            settings.load(path.parent)
        case "keyring":
            keyring = Keyring.load(path)
            for person in keyring.people():
                keyring.open(person.id, PASSWORD)


def _told(found: object, expected: Any) -> Any:
    return wire.decode(wire.encode(found), expected)


def _ended(kind: str, path: Path) -> str:
    try:
        read(kind, path)
    except RegisterError as refused:
        return "refused" if str(refused).rstrip().endswith((".", ")", "?")) else f"no sentence: {refused}"
    except MemoryError:
        return "too large"
    except Exception as error:  # noqa: BLE001
        places = [f"{Path(place.filename).name}:{place.lineno}" for place in traceback.extract_tb(error.__traceback__)]
        return f"bug: {type(error).__name__} {str(error)[:80]!r} at {' '.join(places[-6:])}"
    return "read"


def _seconds(kind: str) -> float:
    """After which the sandbox ends a reader."""
    return limits.INVITATION_SECONDS if kind in ("invitation", "calendar", "mail") else limits.SECONDS


def _peak_kib() -> int:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def main(folder: Path) -> None:
    """Read what standard input names."""
    importlib.import_module("visitor_register.files.mail_msg")
    for name in reader_child.READERS.values():
        importlib.import_module(name)
    reader_child._become_small("pdf")
    watch = Watch(folder)
    sys.addaudithook(watch)
    for line in sys.stdin:
        kind, _, path = line.rstrip("\n").partition(" ")
        faulthandler.dump_traceback_later(_seconds(kind), exit=True)
        started = time.perf_counter()
        ended = _ended(kind, Path(path))
        faulthandler.cancel_dump_traceback_later()
        reached = [what for what in watch.seen if not what.startswith(f"open {folder}")]
        watch.seen.clear()
        if reached:
            ended = f"reached out: {reached[:3]}"
        print(json.dumps({"ended": ended, "seconds": time.perf_counter() - started}), flush=True)  # noqa: T201
    print(json.dumps({"peak": _peak_kib()}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
