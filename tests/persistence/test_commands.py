"""`verify` and `rebuild` on the command line: plain sentences, and an exit code that a script can read."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.factories import PASSWORD, World, create_visit, create_worker
from tests.persistence.tampering import fill
from visitor_register.cli import main, register_opening
from visitor_register.persistence.register import Register

Run = Callable[..., int]


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Close the register and run a command on it, the password on standard input."""
    fill(world)

    def command(name: str, who: str = "Nadia Shah", password: str = PASSWORD) -> int:
        world.register.close()
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        return main.run([name, "--register", str(world.register.folder), "--name", who])

    return command


def _spoil(world: World, *statements: str) -> None:
    world.register.close()
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    with world.register.write() as session:
        for statement in statements:
            session.execute(text(statement))


def test_a_sound_register_says_so_for_both_files(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify") == 0
    desk, dsl = capsys.readouterr().out.splitlines()
    assert desk.startswith("The desk file: ")
    assert desk.endswith(" lines: sound.")
    assert dsl == "The DSL's file: 10 lines: sound."
    # The lock was given back.
    Register.open(world.register.folder, world.dsl, PASSWORD).close()


def test_reception_verifies_what_reception_may_open(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", who="joan mensah") == 0
    assert "The DSL's file was not read: only the DSL or the head can open it." in capsys.readouterr().out


def test_a_changed_cell_is_named_and_repaired(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    _spoil(world, "UPDATE visit SET place = 'elsewhere'")
    assert run("verify") == 1
    assert "table visit: a row differs from the lines" in capsys.readouterr().out
    assert run("rebuild") == 0
    assert "The desk file: made anew from" in capsys.readouterr().out
    assert run("verify") == 0


def test_a_changed_entry_is_named_and_not_repaired(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    _spoil(world, "DROP TRIGGER entry_unchanged", "UPDATE entry SET at = 'x' WHERE seq = 3")
    assert run("verify") == 1
    assert "line 1/3: its header was changed" in capsys.readouterr().out


def test_rebuilding_says_when_the_journal_itself_is_not_sound(
    world: World, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    _spoil(world, "DROP TRIGGER entry_unchanged", "UPDATE entry SET commitment = x'00' WHERE seq = 3")
    assert run("rebuild") == 1
    assert "is not sound: line 1/3: its header was changed. Restore a backup." in capsys.readouterr().out


def test_rebuilding_as_reception_leaves_the_dsls_file(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rebuild", who="Joan Mensah") == 0
    assert "The DSL's file was left as it is" in capsys.readouterr().out


def test_lost_records_are_a_fault(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    world.register.close()
    path = world.register.folder / "desk.db"
    yesterday = path.read_bytes()
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    create_visit(world, create_worker(world, "Tom Okafor", badge="H20"))
    world.register.close()
    path.write_bytes(yesterday)
    assert run("verify") == 1
    assert "Records are lost" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("who", "password", "words"),
    [
        ("Nadia Shah", "wrong password", "That password is not right."),
        ("Somebody Else", PASSWORD, "On the list are: Nadia Shah, Joan Mensah."),
    ],
)
def test_who_cannot_open_it_is_told_and_the_code_is_two(
    run: Run, capsys: pytest.CaptureFixture[str], who: str, password: str, words: str
) -> None:
    assert run("verify", who=who, password=password) == 2
    assert words in capsys.readouterr().err


def test_a_register_in_use_is_not_touched(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("verify", "rebuild"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
        assert main.run([name, "--register", str(world.register.folder), "--name", "Nadia Shah"]) == 2
        assert "open already" in capsys.readouterr().err


def test_a_folder_without_a_register_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["verify", "--register", str(tmp_path)]) == 2
    assert "There is no register in this folder" in capsys.readouterr().err


def test_on_a_terminal_the_password_is_asked_for_and_not_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    world.register.close()
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(register_opening.getpass, "getpass", answer)
    assert main.run(["verify", "--register", str(world.register.folder), "--name", "Joan Mensah"]) == 0
    assert asked == ["Password of Joan Mensah: "]
