"""The disk fails or is full at every single call: no tick without a record, NOT SAVED is said, and it can go on."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.services.chart_office import FIRST
from tests.torture import strace
from tests.torture.bench import Bench, set_up
from tests.torture.report import tell
from visitor_register.persistence import backup
from visitor_register.services import chart_reading

EIO = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink")
ENOSPC = ("pwrite64", "write", "ftruncate", "openat", "fsync", "rename")
READ_ONLY = ("openat", "rename", "unlink")
FAULTS = {"EIO": EIO, "ENOSPC": ENOSPC, "EROFS": READ_ONLY}
NOT_SAVED = "NOT SAVED - use the paper sheet. "

pytestmark = pytest.mark.torture


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    strace.warm()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A register to be tortured."""
    return set_up(tmp_path)


@dataclass
class Found:
    """What was seen while every call failed once, or from some moment on."""

    tries: int = 0
    refused: int = 0
    doubtful: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    sentences: Counter[str] = field(default_factory=Counter)

    def tell(self, name: str) -> None:
        """Print what was found."""
        calls = ", ".join(f"{count} {call}" for call, count in self.calls.items())
        tell(
            f"Disk errors in {name}",
            self.tries,
            len(self.faults),
            None,
            f"{self.refused} times NOT SAVED or a sentence, {self.doubtful} times refused and yet there; {calls}",
        )


def _fail_everywhere(
    bench: Bench, name: str, *, for_ever: bool = False, step: int = 1, sparse: int = 1, **given: object
) -> Found:
    """Let each call of some work fail in turn, with each error; every `step`-th write, every `sparse`-th other call."""
    found = Found()
    for error, calls in FAULTS.items():
        for call in calls:
            number = 1
            while _fail(bench, found, name, call, number, error, for_ever, given):
                number += step if call == "pwrite64" else sparse
    return found


def _fail(
    bench: Bench, found: Found, name: str, call: str, number: int, error: str, for_ever: bool, given: dict[str, object]
) -> bool:
    """One try; whether there was such a call at all."""
    work = bench.work(name, **given)
    ended = strace.watch(work, strace.failing_at(call, number, error, for_ever=for_ever))
    if not ended.hit:
        assert ended.exit == 0
        return False
    where = f"{error} at {call} {number}{' and all after' if for_ever else ''}"
    found.tries += 1
    found.calls[f"{error} {call}"] += 1
    if ended.exit != 0:
        found.faults.append(f"{where}: the program ended ({ended.exit})")
    found.faults += [f"{where}: {words}" for words in ended.noted("bug")]
    for words in ended.noted("refused"):
        found.refused += 1
        what, _, sentence = words.partition(": ")
        found.sentences[sentence] += 1
        if what in ("sign-in", "chart") and not sentence.startswith(NOT_SAVED):
            found.faults.append(f"{where}: {words}")
    found.faults += [f"{where}: {count} handles stayed open" for count in ended.noted("still open") if count != "0"]
    if not for_ever and name != "log" and len(ended.noted("visit")) < 1:
        found.faults.append(f"{where}: nothing was taken any more after one error")
    look = bench.look(work.folder)
    found.faults += [f"{where}: {fault}" for fault in look.faults]
    if look.banner:
        found.faults.append(f"{where}: the banner stands, and nothing is lost")
    ticked = {(kind, words) for kind, words in ended.notes if kind in ("visit", "chart")}
    if ticked - look.there:
        found.faults.append(f"{where}: a tick is lost")
    found.doubtful += len({one for one in look.there if one[0] == "visit"} - ticked) > 1
    made, listed = set(ended.noted("backup")), {one.path.name for one in backup.listed(work.folder)}
    if made - listed:
        found.faults.append(f"{where}: a backup that was made is not there")
    return True


def test_a_sign_in_that_the_disk_refuses_is_not_ticked(bench: Bench) -> None:
    once = _fail_everywhere(bench, "faults")
    once.tell("two sign-ins and a checkpoint, once")
    assert once.faults == []
    assert once.refused > 20


def test_a_disk_that_stays_broken_or_full_is_said_each_time(bench: Bench) -> None:
    always = _fail_everywhere(bench, "faults", for_ever=True, step=3)
    always.tell("two sign-ins and a checkpoint, from some call on")
    assert always.faults == []


def test_a_chart_is_imported_whole_or_not_at_all(bench: Bench) -> None:
    found = _fail_everywhere(bench, "chart import", step=40, chart=chart_reading.read_files([FIRST]).reading)
    found.tell("a chart import")
    assert found.faults == []


def test_a_backup_that_failed_harms_nothing(bench: Bench) -> None:
    found = _fail_everywhere(bench, "backup", step=80, sparse=4)
    found.tell("a backup")
    assert found.faults == []


def test_a_log_that_cannot_be_written_breaks_no_sign_in(bench: Bench) -> None:
    found = _fail_everywhere(bench, "log", step=12)
    found.tell("writing the log around sign-ins")
    assert found.faults == []
