"""The program reaches out to nobody: whole days of work where there is no network, every call for a socket counted."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories import create_booking, create_worker
from tests.stories.desk import DeskPage
from tests.torture.report import tell

ROOT = Path(__file__).parents[3]
STORIES = (
    "tests/gui/test_first_start.py",
    "tests/stories/test_first_day.py",
    "tests/stories/test_desk_day.py",
    "tests/stories/test_bookings.py",
    "tests/stories/test_invitations.py",
    "tests/stories/test_contacts_log.py",
    "tests/stories/test_term.py",
    "tests/stories/test_passes.py",
    "tests/gui/test_reports.py",
    "tests/torture/window/test_markup_walk.py",
)
"""First start, signing in, a chart, bookings, invitations, the log, letters, passes, reports, prints, every screen."""

ANY = "torture or not torture"
_CALL = re.compile(r"\b(?:socket|connect|bind|sendto|sendmsg)\(.*?\b(AF_[A-Z0-9]+)")
_LOOSE = re.compile(r"\b(?:socket|connect|bind)\((?!.*AF_)")
_MADE = re.compile(r"^(?P<at>\d+) +socket\(AF_INET6?, SOCK_STREAM, \w+\) = \d+$")
_CONNECTED = re.compile(r"^(?P<at>\d+) +connect\(\d+, \{sa_family=AF_INET")
_PRINTERS = re.compile(r'htons\(631\).*"(?:::1|127\.0\.0\.1)"')
_watching: list[list[str]] = []
"""Where calls for a socket are noted while a test watches; a hook of Python cannot be taken away again."""


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event.startswith("socket."):
        _watching[-1].append(f"{event} {arguments[1:]}")


sys.addaudithook(_note)


@pytest.fixture
def sockets() -> Iterator[list[str]]:
    """What was asked of the network through Python."""
    _watching.append([])
    yield _watching[-1]
    _watching.pop()


def test_a_visit_from_the_scan_to_the_fire_list_asks_for_no_socket(desk: DeskPage, sockets: list[str]) -> None:
    create_booking(desk.world, create_worker(desk.world))
    desk.scan("H194359")
    desk.rest()
    desk.press("Enter")
    desk.press("F9")
    desk.press("Esc")
    desk.become(desk.world.dsl)
    for number in range(1, 8):
        desk.press(f"Ctrl+{number}")
    assert desk.on_site() == ["Leila Haddad"]
    assert sockets == []
    _watching[-1].append("control")
    assert sockets


def reached_out(traced: str) -> list[str]:
    """The lines of a trace that ask for anything but a socket of this computer, or open what the markup names.

    A list of printers is asked of this computer's own print service, at its loopback address and nowhere else.
    """
    found: list[str] = []
    opened: dict[str, str] = {}
    for line in traced.splitlines():
        if made := _MADE.search(line):
            opened[made["at"]] = line
            continue
        if (asked := _CONNECTED.search(line)) and asked["at"] in opened:
            made_by = opened.pop(asked["at"])
            if not _PRINTERS.search(line):
                found += [made_by, line]
            continue
        family = _CALL.search(line)
        if (family and family[1] not in ("AF_UNIX", "AF_LOCAL")) or _LOOSE.search(line) or "Kanarie" in line:
            found.append(line)
    return found + list(opened.values())


@pytest.mark.torture
def test_whole_days_without_a_network_ask_for_none(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    unshare, strace = shutil.which("unshare"), shutil.which("strace")
    assert unshare is not None, "this needs util-linux"
    assert strace is not None, "this needs strace"
    # Files are looked at as well: a picture that markup names would be opened, not fetched.
    watched = [strace, "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect,bind,sendto,openat", "-o", str(trace)]
    stories = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "-m", ANY]
    done = subprocess.run(
        [unshare, "--net", *_as_root(), *watched, *stories, *STORIES],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-1_000:]
    lines = trace.read_text(errors="replace")
    wrong = reached_out(lines)
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    details = f"{len(lines.splitlines())} calls looked at, all of this computer's own; {len(wrong)} others"
    tell("days without a network", int(passed[1]), len(wrong), None, details)
    assert wrong == []


def _as_root() -> list[str]:
    """Where this account may not make a namespace, it makes one in which it may."""
    return [] if os.geteuid() == 0 else ["--map-root-user"]


def test_the_look_at_a_trace_sees_who_reaches_out() -> None:
    own = '12 connect(3, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0\n12 socket(AF_UNIX, SOCK_STREAM, 0) = 3'
    assert reached_out(own) == []
    for line in (
        "9 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 4",
        "9 socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 4",
        "9 socket(AF_INET6, SOCK_STREAM, 0) = 4",
        "9 connect(4, {sa_family=AF_INET, sin_port=htons(53)}, 16) = -1 ENETUNREACH",
        '9 openat(AT_FDCWD, "/Kanarie.png", O_RDONLY) = -1 ENOENT',
    ):
        assert reached_out(f"{own}\n{line}") == [line]
    asked = (
        "9  socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 4\n"
        '9 connect(4, {sa_family=AF_INET, sin_port=htons(631), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 ENETUNREACH'
    )
    assert reached_out(asked) == []
    for other in (asked.replace("631", "25"), asked.replace("127.0.0.1", "10.0.0.7")):
        assert reached_out(other) == other.splitlines()
