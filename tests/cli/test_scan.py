"""The scan command: for people, for programs, and without Qt or zbar."""

import json
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from tests.scanning import badges
from visitor_register.cli.main import run


@pytest.fixture
def badge(tmp_path: Path) -> Path:
    file = tmp_path / "badge.png"
    cv2.imwrite(str(file), badges.before_camera(badges.bars("S12345674"), turned=20))
    return file


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    file = tmp_path / "blank.png"
    cv2.imwrite(str(file), badges.before_camera(badges.bars("S12345674"))[:100])
    return file


def test_json_names_each_file_with_its_codes(badge: Path, blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", str(badge), str(blank), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"file": str(badge), "codes": [{"text": "S12345674", "symbology": "Code 128"}]},
        {"file": str(blank), "codes": []},
    ]


def test_people_get_one_line_a_code(badge: Path, blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", str(badge), str(blank)]) == 0
    assert capsys.readouterr().out == f"{badge}: S12345674 (Code 128)\n{blank}: no code found\n"


def test_a_code_with_an_escape_sequence_does_not_reach_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "evil.png"
    cv2.imwrite(str(file), badges.before_camera(badges.qr("\x1b[2Jgone")))
    assert run(["scan", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: \N{REPLACEMENT CHARACTER}[2Jgone (QR)\n"


def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_code_two(
    badge: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7")
    assert run(["scan", str(badge), str(letter), "--json"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith("letter.pdf is not a picture")


def test_it_needs_neither_qt_nor_zbar_nor_a_database(badge: Path) -> None:
    program = (
        "import sys\n"
        "for name in ('PySide6', 'pyzbar', 'sqlalchemy', 'sqlcipher3'): sys.modules[name] = None\n"
        "from visitor_register.cli.main import run\n"
        f"sys.exit(run(['scan', {str(badge)!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("S12345674 (Code 128)\n")
