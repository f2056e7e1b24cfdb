"""The window's way in, where there is no window to open: one sentence, an exit code, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from visitor_register.gui import app

ROOT = Path(__file__).parents[2]


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        cwd=ROOT,
        check=False,
        timeout=40,
    )


def test_without_a_screen_one_sentence_says_what_to_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.start(["--register", str(tmp_path / "register")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("No screen here. Try: ")
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "register").exists(), "nothing is made for nobody"


def test_without_the_system_libraries_one_sentence_names_them(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text(
        "raise ImportError('libEGL.so.1: cannot open shared object file')"
    )
    start = "import sys; from visitor_register.gui.app import start; sys.exit(start(['--register', sys.argv[1]]))"
    done = _run("-c", start, str(tmp_path / "register"), QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.strip() == app.NO_LIBRARIES


def test_the_sentence_and_the_set_up_name_the_same_packages() -> None:
    script = (ROOT / ".ci" / "system-libraries").read_text("utf-8")
    listed = script.split('packages="', 1)[1].split('"', 1)[0].split()
    assert [name for name in listed if name != "python3-venv"] == app.LIBRARIES.split()


CLOSED_AT_ONCE = """
import sys
from PySide6.QtCore import QTimer
from visitor_register.gui import app
from visitor_register.gui.program import Program

def show_and_close(program, *shown, show=Program.{show}):
    show(program, *shown)
    window, size = program.window, program.window.size()
    if size != size.boundedTo(window.screen().availableSize().expandedTo(window.minimumSizeHint())):
        sys.exit("The window is larger than the screen.")
    QTimer.singleShot(0, program.window.close)

Program.{show} = show_and_close
sys.exit(app.start(sys.argv[1:]))
"""


@pytest.mark.parametrize("show", ["start", "start_with"], ids=["first start", "desk"])
def test_closing_the_window_ends_the_program(tmp_path: Path, show: str) -> None:
    arguments = ["--register", str(tmp_path / "register")] if show == "start" else ["--demo"]
    done = _run("-c", CLOSED_AT_ONCE.format(show=show), *arguments, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
