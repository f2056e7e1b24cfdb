"""`chart key` and `chart sign`, as the council runs them: a key with a password, a chart that schools can check."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files.charts import text, written
from visitor_register.cli.main import run
from visitor_register.files import chart_bundle

PASSWORD = "correct horse battery"


@pytest.fixture
def type_password(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Every command reads the password as one line."""

    def typed(password: str = PASSWORD) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    typed()
    return typed


def sign(folder: Path, *more: str) -> int:
    """Sign the chart in a folder with the key there."""
    files = [str(folder / "chart.csv"), "--key", str(folder / "council.pem")]
    return run(["chart", "sign", *files, "--authority", "Harrow", "--version", "14", *more])


def test_a_council_makes_a_key_and_signs_its_chart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], type_password: Callable[..., None]
) -> None:
    written(tmp_path, "chart.csv", text())
    assert run(["chart", "key", str(tmp_path / "council.pem")]) == 0
    fingerprint = capsys.readouterr().out.split()[-1]
    type_password()
    assert sign(tmp_path, "--issued", "2026-11-02", "--until", "2027-02-02") == 0
    said = capsys.readouterr().out
    assert "version 14 of Harrow, 3 people, good until 02/02/2027" in said
    assert fingerprint in said
    found = chart_bundle.unseal((tmp_path / "chart.vrchart").read_bytes())
    assert found.content == (tmp_path / "chart.csv").read_bytes()
    assert PASSWORD.encode() not in (tmp_path / "council.pem").read_bytes()
    assert b"ENCRYPTED" in (tmp_path / "council.pem").read_bytes()


def test_nothing_is_signed_with_a_wrong_password_or_number_or_an_unreadable_chart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], type_password: Callable[..., None]
) -> None:
    written(tmp_path, "chart.csv", text())
    run(["chart", "key", str(tmp_path / "council.pem")])
    for password, more in ((PASSWORD + "r", ()), (PASSWORD, ("--version", "0")), (PASSWORD, ("--until", "2020-01-01"))):
        type_password(password)
        assert sign(tmp_path, *more) == 2
    written(tmp_path, "chart.csv", "")
    assert sign(tmp_path) == 2
    assert not (tmp_path / "chart.vrchart").exists()
    assert "Traceback" not in capsys.readouterr().err


def test_a_key_is_never_overwritten_and_never_without_a_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], type_password: Callable[..., None]
) -> None:
    written(tmp_path, "council.pem", "mine")
    assert run(["chart", "key", str(tmp_path / "council.pem")]) == 2
    assert (tmp_path / "council.pem").read_text() == "mine"
    type_password("short")
    assert run(["chart", "key", str(tmp_path / "other.pem")]) == 2
    assert "at least 10" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["council.pem"]
