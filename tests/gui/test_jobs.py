"""Background work: order, threads, errors, and receivers that are gone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from visitor_register.errors import RegisterError
from visitor_register.gui.jobs import JobRunner


class Register:
    """Stands for the register: hands out sessions and notes how they ended."""

    def __init__(self) -> None:
        self.log: list[str] = []

    @contextmanager
    def read(self) -> Iterator[Any]:
        yield "reading"
        self.log.append("read")

    @contextmanager
    def write(self) -> Iterator[Any]:
        try:
            yield "writing"
        except Exception:
            self.log.append("rolled back")
            raise
        self.log.append("committed")


class Receiver(QObject):
    """Gets answers, and notes in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []
        self.threads: set[int] = set()

    def take(self, value: Any) -> None:
        self.got.append(value)
        self.threads.add(threading.get_ident())

    def note(self) -> None:
        self.got.append("changed")


class Work:
    """A runner with all that is around it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.register, self.receiver, self.crashes = Register(), Receiver(), list[BaseException]()
        self.runner = JobRunner(self.register.read, self.register.write, self.crashes.append)
        self._qtbot = qtbot

    def finish(self) -> None:
        self._qtbot.waitUntil(lambda: self.runner.pending == 0)


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    made = Work(qtbot)
    yield made
    made.runner.close()


def _session(session: Any) -> Any:
    return session, threading.current_thread().name.split("_")[0]


def _refuse(_session: Any) -> None:
    raise RegisterError("The chart has no such person. Search by name.")


def _bug(_session: Any) -> None:
    raise ZeroDivisionError


def test_a_read_answers_on_the_gui_thread(work: Work) -> None:
    work.runner.read(_session, work.receiver.take)
    work.finish()
    assert work.receiver.got == [("reading", "reader")]
    assert work.receiver.threads == {threading.get_ident()}


def test_a_write_is_committed_before_it_answers_and_screens_read_after_that(work: Work) -> None:
    work.runner.changed.connect(work.receiver.note)
    work.runner.write(_session, work.receiver.take)
    work.finish()
    assert work.register.log == ["committed"]
    assert work.receiver.got == [("writing", "writer"), "changed"]


def test_reading_changes_nothing(work: Work) -> None:
    work.runner.changed.connect(work.receiver.note)
    work.runner.read(_session)
    work.finish()
    assert work.receiver.got == []


def test_what_can_be_explained_goes_to_whoever_asked(work: Work) -> None:
    work.runner.failed.connect(work.receiver.note)
    work.runner.write(_refuse, work.receiver.take, work.receiver.take)
    work.finish()
    assert [type(value) for value in work.receiver.got] == [RegisterError]
    assert work.register.log == ["rolled back"]


def test_else_to_the_notice_bar(work: Work) -> None:
    work.runner.failed.connect(work.receiver.take)
    work.runner.read(_refuse)
    work.finish()
    assert [str(value) for value in work.receiver.got] == ["The chart has no such person. Search by name."]
    assert not work.crashes


def test_a_bug_goes_to_the_crash_handler_and_work_goes_on(work: Work) -> None:
    work.runner.write(_bug, work.receiver.take)
    work.runner.write(_session, work.receiver.take)
    work.finish()
    assert [type(error) for error in work.crashes] == [ZeroDivisionError]
    assert work.receiver.got == [("writing", "writer")]


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_answer_for_a_screen_that_is_gone_is_dropped(work: Work, wrapped: bool) -> None:
    gone = Receiver()
    work.runner.read(_session, partial(gone.take) if wrapped else gone.take)
    shiboken6.delete(gone)
    work.finish()
    assert gone.got == []


def test_writes_keep_their_order(work: Work) -> None:
    for number in range(50):
        work.runner.write(partial(lambda n, _session: n, number), work.receiver.take)
    work.finish()
    assert work.receiver.got == list(range(50))


def test_closing_waits_for_what_is_being_written(work: Work) -> None:
    started = threading.Event()

    def slow(_session: Any) -> None:
        started.set()

    work.runner.write(slow)
    work.runner.close()
    assert started.is_set()
    assert work.register.log == ["committed"]
    work.runner.write(slow)
    assert work.register.log == ["committed"]
