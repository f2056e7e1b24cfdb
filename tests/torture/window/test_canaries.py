"""Two hundred canaries in a whole day's work: none sings outside the encrypted files and where the rules let them."""

import contextlib
import itertools
import logging
import re
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from tests.factories import create_visit, create_worker
from tests.stories.desk import DeskPage
from tests.torture.report import tell
from tests.torture.window.whole_day import COPIES, whole_day
from visitor_register import settings
from visitor_register.gui.app import _log
from visitor_register.gui.crash import CrashReporter
from visitor_register.gui.prints.lane import Lane
from visitor_register.gui.widgets.message_box import tell as show

CODINGS = ("utf-8", "utf-16-le", "utf-16-be")
SCHOOL = "Elmbrook"
"""The school's own name is no secret."""

LISTS = {"fire-list.pdf", "lockdown-list.pdf"}
ALLOWED = {*LISTS, "visitor-pass.pdf", "chart-changes.pdf"}
"""Lists and prints that name visitors on purpose, until the night."""

OF_CHILDREN = {
    "C-0417", "C-0418", "C-0419", "C-0420", "s47", "Who attends?", "No answer", "Told on the telephone",
    "Days of absence", "Hid in the library", "Attendance is fine.", "Child 17", "Please see the child alone.",
}  # fmt: skip


class Aviary:
    """Gives every text a canary of its own, and looks where they sing."""

    def __init__(self) -> None:
        self.birds: dict[str, str] = {}
        self._number = itertools.count(1)

    def said(self, text: str) -> str:
        """The text with a canary behind it."""
        bird = f"Zilp{next(self._number):03}zalp"
        self.birds[bird] = text
        return f"{text} {bird}"

    def sings_in(self, content: str | bytes) -> list[str]:
        """Which canaries stand in a text, or in bytes in any coding."""
        texts = [content] if isinstance(content, str) else [content.decode(code, "ignore") for code in CODINGS]
        # The second byte of a wide letter may be the first of the content.
        if isinstance(content, bytes):
            texts.append(content[1:].decode("utf-16-le", "ignore"))
        heard = {bird for text in texts for bird in re.findall(r"Zilp\d{3}zalp", text)}
        return sorted(bird for bird in heard if self.birds[bird] != SCHOOL)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this account keeps settings, caches and temporary files: all in one folder to be searched."""
    home = tmp_path / "home"
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR", "TEMP"):
        place = home / name.lower()
        place.mkdir(parents=True)
        monkeypatch.setenv(name, str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(home / "tmpdir"))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    return home


@pytest.fixture
def crash(places: Path, desk: DeskPage) -> Iterator[CrashReporter]:
    """The program's own log, with all that may go to it, and what reports bugs to it."""
    log = _log(desk.world.register.folder)
    log.setLevel(logging.DEBUG)
    boxes: list[QMessageBox] = []

    def shown(words: str) -> QMessageBox:
        boxes.append(show(None, "Visitor Register", words))
        return boxes[-1]

    reporter = CrashReporter(log, shown)
    yield reporter
    for box in boxes:
        box.buttons()[0].click()
    for handler in [*log.handlers]:
        log.removeHandler(handler)
        handler.close()
    log.propagate = True


def _titles() -> str:
    return "\n".join(
        text for widget in QApplication.allWidgets() if isinstance(widget, QWidget)
        for text in (widget.windowTitle(), widget.objectName(), widget.windowFilePath(), widget.windowIconText())
    )  # fmt: skip


def _text_of(path: Path) -> str | bytes:
    content = path.read_bytes()
    if path.suffix != ".pdf":
        return content
    with contextlib.closing(pypdfium2.PdfDocument(content)) as document:
        told = "".join(page.get_textpage().get_text_bounded() for page in document)
        return re.sub(r"\s", "", told) + "".join(document.get_metadata_dict().values())


def _a_bug_with_a_name_in_it(desk: DeskPage, crash: CrashReporter, aviary: Aviary) -> None:
    """In the window's thread, in another, beside the desk, while a job is done, and from the database itself."""
    error = KeyError(aviary.said("Priya Lindon"))
    error.add_note(aviary.said("a note"))
    crash.report(error)
    thread = threading.Thread(target=crash.report, args=(ValueError(aviary.said("in a thread")),))
    thread.start()
    thread.join()
    lane = Lane("canaries")
    lane.run(lambda: int(aviary.said("beside the desk")))
    lane.close()
    logging.getLogger("visitor_register.canary").exception("a bug", exc_info=OSError(aviary.said("/home/x")))
    desk.settle()


def test_the_log_has_no_words_of_an_error_whoever_logs_it(tmp_path: Path, crash: CrashReporter, desk: DeskPage) -> None:
    aviary = Aviary()
    _a_bug_with_a_name_in_it(desk, crash, aviary)
    log = (desk.world.register.folder / "visitor-register.log").read_text()
    assert aviary.sings_in(log) == []
    assert log.count("A bug") == 2
    assert "test_canaries.py" in log
    assert "builtins.OSError" in log


def test_a_pass_left_in_place_of_paper_is_gone_after_the_night(desk: DeskPage) -> None:
    visit = create_visit(desk.world, create_worker(desk.world))
    desk.session.passes.printer_for = lambda _name: None
    desk.session.passes.print_visit(visit.id)
    desk.settle()
    left = desk.world.register.folder / "visitor-pass.pdf"
    assert left.exists()
    desk.world.clock.move(days=1)
    desk.session.night.tick()
    desk.settle()
    assert not left.exists()


@pytest.mark.torture
def test_no_canary_sings_outside_the_encrypted_files(
    desk: DeskPage, crash: CrashReporter, places: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    aviary, titles, register = Aviary(), set[str](), desk.world.register.folder
    for screen in whole_day(desk, tmp_path, aviary.said):
        titles.update(f"{bird} in a title at {screen}" for bird in aviary.sings_in(_titles()))
    _a_bug_with_a_name_in_it(desk, crash, aviary)
    settings.save(register, settings.load(register))
    QSettings().sync()
    wrong = sorted(titles)
    wrong += [f"{bird} in the clipboard" for bird in aviary.sings_in(QGuiApplication.clipboard().text())]
    wrong += [f"{bird} on the console" for bird in aviary.sings_in("".join(capfd.readouterr()))]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name not in ("files", COPIES)]
    for path in [*files, *(tmp_path / COPIES).iterdir()]:
        wrong += [f"{bird} in the name of a file" for bird in aviary.sings_in(str(path))]
    found = {path: aviary.sings_in(_text_of(path)) for path in files}
    wrong += [f"{birds[:3]} in {path}" for path, birds in found.items() if birds and path.name not in ALLOWED]
    sung = {aviary.birds[bird] for birds in found.values() for bird in birds}
    wrong += [f"{text} on a list" for text in sung & OF_CHILDREN]
    wrong += _after_the_night(desk, aviary)
    details = f"{len(files)} files and {len(titles)} titles; QSettings at {Path(QSettings().fileName()).name or 'none'}"
    tell("canaries outside the encrypted files", len(aviary.birds), len(wrong), None, details)
    assert wrong == []
    assert len(aviary.birds) >= 200
    assert {path.name for path, birds in found.items() if birds} >= {"fire-list.pdf", "visitor-pass.pdf"}
    assert (register / "visitor-register.log").read_text().count("A bug") >= 2
    assert QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    _the_look_sees(aviary, tmp_path)


def _after_the_night(desk: DeskPage, aviary: Aviary) -> list[str]:
    """What still names somebody when the day is over, but for the lists of who was never signed out."""
    desk.world.clock.move(days=1)
    desk.session.night.tick()
    desk.settle()
    folder = desk.world.register.folder

    def left() -> list[str]:
        found = {path.name: aviary.sings_in(_text_of(path)) for path in folder.glob("*.pdf")}
        return [
            f"{bird} in {name} after the night"
            for name, birds in found.items() for bird in birds
            if name not in LISTS
        ]  # fmt: skip

    with contextlib.suppress(desk.qtbot.TimeoutError):
        desk.qtbot.waitUntil(lambda: not left(), timeout=2_000)
    return left()


def _the_look_sees(aviary: Aviary, folder: Path) -> None:
    """The control: the copies that somebody saved on purpose sing, in every kind of file."""
    bird = next(iter(aviary.birds))
    for coding in CODINGS:
        assert aviary.sings_in(bird.encode(coding)) == [bird]
    heard = {path.suffix for path in (folder / COPIES).iterdir() if aviary.sings_in(_text_of(path))}
    assert heard >= {".csv", ".pdf"}
