"""Watches a child's system calls with strace: kills it at one, lets one fail, or records all that change the disk."""

import multiprocessing
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.torture.traced_child import Work
from tests.torture.traced_works import begin

WRITING = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "openat", "rename", "unlink", "sendfile")
"""The calls by which the program changes a disk; `test_no_other_call_changes_the_disk` finds a new one."""

FOLDERS = ("mkdir", "rmdir", "unlinkat")
"""Those that change folders below the register's; a recording has them too."""


@dataclass(frozen=True, slots=True)
class Watched:
    """How a watched child ended: its exit code, what it noted, and strace's own lines."""

    exit: int
    notes: list[tuple[str, str]]
    trace: str

    @property
    def hit(self) -> bool:
        """Whether what was to be injected was injected."""
        return "(INJECTED)" in self.trace or "killed by SIGKILL" in self.trace

    def noted(self, kind: str) -> list[str]:
        """What was noted of one kind."""
        return [words for its, words in self.notes if its == kind]


def warm() -> None:
    """Let children fork from a server that has imported everything already."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.torture.traced_works"])


def killed_at(call: str, number: int) -> list[str]:
    """What tells strace to kill the child when it begins this call for the n-th time."""
    return ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"]


def failing_at(call: str, number: int, error: str, *, for_ever: bool = False) -> list[str]:
    """What tells strace to let this call fail the n-th time, or from then on."""
    return ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}{'+' if for_ever else ''}"]


def recorded() -> list[str]:
    """What tells strace to write down every call that changes a disk, with all its bytes."""
    return ["-y", "-xx", "-s", "200000", "-e", f"trace=writev,{','.join((*WRITING, *FOLDERS))}"]


def watch(work: Work, options: list[str], *, ready: Callable[[], object] = lambda: None) -> Watched:
    """Let a child do its work under strace, and wait for its end; `ready` is called once its register is open."""
    trace = work.notes.with_name("trace")
    child, pipe = started(work)
    ready()
    command = ["strace", "-f", "-o", str(trace), *options, "-p", str(child.pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as watcher:
        assert watcher.stderr is not None
        said = watcher.stderr.readline()
        if "attached" not in said:
            child.kill()
            raise RuntimeError(f"strace does not watch: {said}")
        pipe.send("go")
        child.join()
        watcher.stderr.read()
    return _ended(work, child, pipe, trace.read_text(encoding="utf-8"))


def unwatched(work: Work) -> Watched:
    """Let a child do its work with nobody watching, and wait for its end; it needs no strace."""
    child, pipe = started(work)
    pipe.send("go")
    child.join()
    return _ended(work, child, pipe, "")


def _ended(work: Work, child: Any, pipe: Any, trace: str) -> Watched:
    pipe.close()
    code = child.exitcode
    child.close()
    lines = work.notes.read_text(encoding="utf-8").splitlines() if work.notes.exists() else []
    return Watched(code, [_note(line) for line in lines], trace)


def _note(line: str) -> tuple[str, str]:
    kind, _, words = line.partition("\t")
    return kind, words


def started(work: Work) -> tuple[Any, Any]:
    """A child that has opened its register and waits for a word."""
    context = multiprocessing.get_context("forkserver")
    mine, its = context.Pipe()
    child = context.Process(target=begin, args=(work, its))
    child.start()
    its.close()
    if mine.recv() != "ready":
        raise RuntimeError("the child did not start")
    return child, mine
