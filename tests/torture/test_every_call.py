"""kill -9 before every single call with which a sign-in, a checkpoint and closing change the disk."""

from collections import Counter
from pathlib import Path

import pytest

from tests.torture import strace
from tests.torture.bench import Bench, set_up
from tests.torture.report import tell

HARMLESS = frozenset(
    [
        "read",
        "pread64",
        "lseek",
        "fcntl",
        "fstat",
        "stat",
        "lstat",
        "newfstatat",
        "statx",
        "close",
        "ioctl",
        "mmap",
        "flock",
        "poll",
        "select",
        "getdents64",
        "writev",
        "access",
        "faccessat",
        "readlink",
        "getcwd",
        "geteuid",
        "openat",
        "epoll_ctl",
    ]
)
"""Calls that change no file. The file that is mapped into memory is made anew at each start."""

pytestmark = pytest.mark.torture


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    strace.warm()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A register to be tortured."""
    return set_up(tmp_path)


def _killed_everywhere(bench: Bench, *, early: bool = False, most: int | None = None) -> tuple[Counter[str], list[str]]:
    """Kill a child at each of its calls in turn; returns how often at which, and what was lost or broken."""
    kills, faults = Counter[str](), list[str]()
    for call in strace.WRITING:
        number = 0
        while most is None or number < most:
            number += 1
            work = bench.work("sign-in", visits=1, early=early)
            ended = strace.watch(work, strace.killed_at(call, number))
            if not ended.hit:
                assert ended.exit == 0, "the child ended by itself, and not well"
                break
            kills[call] += 1
            look = bench.look(work.folder)
            missing = [words for kind, words in ended.notes if (kind, words) not in look.there]
            where = f"{call} {number}"
            faults += [f"{where}: {fault}" for fault in look.faults]
            faults += [f"{where}: a tick is lost"] * bool(missing)
            faults += [f"{where}: the banner stands, and nothing is lost"] * (look.banner and not missing)
    return kills, faults


def test_a_kill_at_any_call_loses_nothing(bench: Bench) -> None:
    weak, caught = _killed_everywhere(bench, early=True, most=10)
    kills, faults = _killed_everywhere(bench)
    tell("Kill at a call, CONTROL that ticks before the commit, which must lose", weak.total(), len(caught), None)
    where = ", ".join(f"{count} {call}" for call, count in kills.items())
    tell("Kill at every call of two sign-ins, a checkpoint and closing", kills.total(), len(faults), None, where)
    assert len(caught) >= 10, "void: the harness sees nothing"
    assert faults == []
    assert kills["pwrite64"] > 40
    assert kills["fsync"] + kills["fdatasync"] >= 4


def test_no_other_call_changes_the_disk(bench: Bench) -> None:
    work = bench.work("sign-in", visits=1)
    seen = strace.watch(work, ["-e", "trace=%file,%desc"])
    names = {line.split(maxsplit=1)[1].partition("(")[0] for line in seen.trace.splitlines() if "(" in line}
    assert {name for name in names if name.isidentifier()} - HARMLESS <= set(strace.WRITING)
