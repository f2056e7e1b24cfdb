"""The child process: it answers, refuses, dies or hangs, and the desk goes on."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.files import invitations
from tests.files.charts import text, workbook, written
from visitor_register.errors import FileRefusedError
from visitor_register.files import invitation_ics, sandbox


def test_a_child_reads_what_the_reader_reads(tmp_path: Path) -> None:
    source = sandbox.read_source(written(tmp_path, "a.xlsx", workbook()))
    assert source.format == "xlsx"
    assert source.tables[0].rows[1].cells[1] == "Amara Thistlemere"


def test_a_refusal_comes_through_as_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="empty"):
        sandbox.read_source(written(tmp_path, "a.csv", ""))


@pytest.mark.parametrize("file", ["gone.csv", "."])
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, file: str) -> None:
    with pytest.raises(FileRefusedError, match="cannot be opened"):
        sandbox.read_source(tmp_path / file)


@pytest.mark.parametrize(
    "dies",
    [
        "import os; os.abort()",
        "import sys; sys.exit(7)",
        "print('half a')",
        "raise SystemExit(2)",
        "import sys; sys.stdout.write('{}')",
    ],
)
def test_death_is_a_file_that_could_not_be_read(tmp_path: Path, dies: str) -> None:
    with pytest.raises(FileRefusedError, match="could not be read"):
        sandbox.read_source(written(tmp_path, "a.csv", text()), command=(sys.executable, "-c", dies))


def test_a_child_that_hangs_is_ended(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="too long"):
        sandbox.read_source(
            written(tmp_path, "a.csv", text()),
            seconds=0.3,
            command=(sys.executable, "-c", "import time; time.sleep(60)"),
        )


def test_a_child_reads_an_invitation_as_this_process_would(tmp_path: Path) -> None:
    data = invitations.calendar(invitations.event(more=("RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU",)))
    path = tmp_path / "invite.ics"
    path.write_bytes(data)
    assert sandbox.read_invitations(path) == invitation_ics.parse(data)
    with pytest.raises(FileRefusedError, match="no invitation"):
        sandbox.read_invitations(written(tmp_path, "a.ics", text()))


def test_an_invitation_that_hangs_is_ended_after_five_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a.ics", text())
    asked: list[float] = []

    def never_answers(_command: Sequence[str], *, timeout: float, **_rest: object) -> None:
        asked.append(timeout)
        raise subprocess.TimeoutExpired("reader", timeout)

    with pytest.raises(FileRefusedError, match="invitation took too long"):
        sandbox.read_invitations(path, seconds=0.3, command=(sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(FileRefusedError, match="invitation could not be read"):
        sandbox.read_invitations(path, command=(sys.executable, "-c", "print('half a')"))
    monkeypatch.setattr(subprocess, "run", never_answers)
    with pytest.raises(FileRefusedError, match="invitation took too long"):
        sandbox.read_invitations(path)
    assert asked == [5.0]


def test_the_child_stays_small(tmp_path: Path) -> None:
    path = written(tmp_path, "a.xlsx", workbook())
    code = (
        "import sys\nfrom visitor_register.files import reader_child\n"
        f"reader_child.main(['chart', {str(path)!r}])\n"
        "heavy = [name for name in ('numpy', 'cv2', 'PySide6', 'sqlalchemy', 'PIL') if sys.modules.get(name)]\n"
        "import resource\n"
        "print(heavy, resource.getrlimit(resource.RLIMIT_AS)[0] == 512 * 2**20, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[] True"
