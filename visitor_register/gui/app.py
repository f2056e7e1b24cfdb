"""The window's way in: the only place that builds the application."""

import argparse
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from visitor_register.persistence.place import default_folder, prepare

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

NO_SCREEN = (
    "No screen here. Try: run it in a desktop session, or `xvfb-run visitor-register` on a computer without one. "
    "`visitor-register chart`, `scan` and `due` need no screen."
)

LIBRARIES = (
    "libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libzbar0"
)
"""What Qt and zbar need of Debian; `.ci/system-libraries` installs the same, and a test holds them together."""

NO_LIBRARIES = (
    f"The window needs system libraries first. Please ask an administrator to run: apt-get install {LIBRARIES}"
)


def start(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    parser = argparse.ArgumentParser(prog="visitor-register")
    parser.add_argument("--register", type=Path, metavar="DIR", help="the register's folder")
    parser.add_argument("--demo", action="store_true", help="a practice register; nothing is left behind")
    options = parser.parse_args(list(arguments))
    if not _has_screen():
        print(NO_SCREEN, file=sys.stderr)
        return 2
    if options.demo:
        with tempfile.TemporaryDirectory(prefix="visitor-register-practice-", ignore_cleanup_errors=True) as folder:
            return _run(Path(folder) / "register", demo=True)
    return _run(prepare(options.register or default_folder()), demo=False)


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _run(folder: Path, *, demo: bool) -> int:
    # Imported here: without a screen the sentence above must come before Qt's own complaint.
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError:
        print(NO_LIBRARIES, file=sys.stderr)
        return 1

    from visitor_register.gui.crash import CrashReporter
    from visitor_register.gui.program import Program

    app = QApplication(["visitor-register"])
    app.setApplicationName("Visitor Register")
    folder.mkdir(parents=True, exist_ok=True)
    crash = CrashReporter(_log(folder))
    crash.install()
    program = Program(folder, crash.report, now=_now)
    # A low screen, or large scaling: the buttons at the foot of the window must be on it.
    program.window.resize(program.window.size().boundedTo(program.window.screen().availableSize()))
    # Stopped from outside, the program still ends in order: what it is writing is written, practice data is removed.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, partial(_quit, app))
    try:
        if demo:
            from visitor_register.gui.demo import open_practice

            open_practice(program)
        else:
            program.start()
        return app.exec()
    finally:
        program.close()
        crash.uninstall()
        logging.shutdown()


def _quit(app: "QApplication", *_signal: object) -> None:
    app.quit()


def _now() -> datetime:
    return datetime.now(UTC)


def _log(folder: Path) -> logging.Logger:
    """The log lies beside the register: places and kinds of errors, never a name."""
    from visitor_register.gui.crash import Discreet

    # Opened with its first line: a log that cannot be written stops nobody from starting.
    handler = RotatingFileHandler(
        folder / "visitor-register.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log = logging.getLogger("visitor_register")
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    log.propagate = False
    return log
