"""Bugs: the log says where, one dialog says so, and no name gets out."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from visitor_register.gui.crash import CrashReporter, describe
from visitor_register.gui.widgets.message_box import tell

NAME = "Leila Haddad"


class Shown:
    """Keeps the dialogs."""

    def __init__(self) -> None:
        self.boxes: list[QMessageBox] = []

    def show(self, words: str) -> QMessageBox:
        self.boxes.append(tell(None, "Visitor Register", words))
        return self.boxes[-1]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown()


@pytest.fixture
def reporter(shown: Shown) -> Iterator[CrashReporter]:
    made = CrashReporter(logging.getLogger("register"), shown.show)
    yield made
    made.uninstall()


def _fail(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no {name}") from error


def _caught() -> Exception:
    try:
        _fail(NAME)
    except ValueError as error:
        return error
    raise AssertionError


def test_the_log_says_where_and_never_who() -> None:
    said = describe(_caught())
    assert "_fail" in said
    assert "ValueError" in said
    assert "KeyError" in said
    assert "Haddad" not in said


def test_several_bugs_show_one_dialog(
    qtbot: QtBot, reporter: CrashReporter, shown: Shown, caplog: pytest.LogCaptureFixture
) -> None:
    reporter.report(_caught())
    reporter.report(_caught())
    qtbot.waitUntil(lambda: len(shown.boxes) == 1)
    assert len(caplog.records) == 2
    box = shown.boxes[0]
    box.buttons()[0].click()
    assert not box.isVisible()
    reporter.report(_caught())
    qtbot.waitUntil(lambda: len(shown.boxes) == 2)
    shown.boxes[1].buttons()[0].click()


def test_other_threads_are_heard_too(
    qtbot: QtBot, reporter: CrashReporter, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reporter._before = (sys.excepthook, threading.excepthook)
    threading.excepthook = reporter._thread_hook
    thread = threading.Thread(target=_fail, args=("x",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(shown.boxes) == 1)
    shown.boxes[0].buttons()[0].click()
    reporter._before = None


def test_qt_speaks_to_the_log(reporter: CrashReporter, caplog: pytest.LogCaptureFixture) -> None:
    before = sys.excepthook
    reporter.install()
    assert sys.excepthook == reporter._hook
    qWarning("a message of Qt")
    reporter.uninstall()
    assert sys.excepthook is before
    assert [record.getMessage() for record in caplog.records] == ["Qt: a message of Qt"]
