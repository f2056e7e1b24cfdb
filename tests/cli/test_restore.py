"""A restore as the guide tells it: its commands are taken from the page and typed as they stand there."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.factories import NOW, PASSWORD, Clock, World, create_register
from tests.persistence.tampering import fill
from visitor_register import settings
from visitor_register.cli import main
from visitor_register.domain.events import DrillDone, Restored
from visitor_register.domain.people import Role
from visitor_register.persistence import backup, backup_folder, ending, journal
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import entry
from visitor_register.persistence.verify import verify
from visitor_register.resources_path import resource
from visitor_register.settings import Machine

NEW = "another plain password"
Run = Callable[..., int]


def _steps() -> list[str]:
    """The commands of the numbered steps for a clean machine, in their order."""
    page = (resource("help") / "restore.md").read_text(encoding="utf-8")
    steps = page.partition("## On another PC")[2].partition("\n## ")[0]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", steps, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    return re.findall(r"^ {3}`(visitor-register[^`]*)`$", steps, re.MULTILINE)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register with something in every table, backed up; only copies of it are used."""
    world = create_register(tmp_path_factory.mktemp("prepared") / "register", Clock())
    fill(world)
    register = world.register
    backup.make(register.folder, register.desk, register.dsl, at=NOW, rest=lambda: None)
    register.close()
    return register.folder


@pytest.fixture
def made(world: World, prepared: Path) -> Path:
    """The backup in a register like `prepared`, which is open."""
    folder = world.register.folder
    world.register.close()
    shutil.rmtree(folder)
    shutil.copytree(prepared, folder, ignore=shutil.ignore_patterns("*.lock*"))
    world.register = Register.open(folder, world.dsl, PASSWORD)
    return backup.listed(folder)[0].path


def test_the_guides_steps_restore_a_clean_machine_from_a_backup_and_the_recovery_code(
    world: World, made: Path, tmp_path: Path
) -> None:
    with world.register.read() as session:
        head, entries = ending.newest(session), journal.count(session)
    assert head is not None
    machine = tmp_path / "clean machine"
    desktop, home = machine / "desktop", machine / "home"
    home.mkdir(parents=True)
    shutil.copytree(made, desktop / "backup")
    world.register.close()
    shutil.rmtree(world.register.folder)

    clean = {name: value for name, value in os.environ.items() if name != "VISITOR_REGISTER"}
    clean |= {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "PROGRAMDATA")}
    clean["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), clean["PATH"]])
    typed = {"drill": f"{world.recovery_code}\n", "verify": f"{world.recovery_code}\n"}
    typed["restore"] = f"{world.recovery_code}\n{NEW}\n"
    *commands, window = _steps()
    assert window == "visitor-register"
    said = {}
    for command in commands:
        done = subprocess.run(  # noqa: S602 - typed as it stands in the guide
            command,
            shell=True,
            cwd=desktop,
            env=clean,
            input=typed[command.split()[1]],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said[command.split()[1]] = done.stdout
    assert list(said) == ["drill", "restore", "verify"]
    assert "sound" in said["drill"]
    assert "24/11/2026 10:24" in said["restore"]
    assert said["verify"].count("sound") == 2

    (folder,) = [path.parent for path in home.rglob("keyring.json")]
    (dsl,) = [one for one in Keyring.load(folder / "keyring.json").people() if one.role is Role.DSL]
    register = Register.open(folder, dsl, NEW)
    with register.read() as session:
        assert verify(session).sound
        hashes = list(session.execute(select(entry.c.hash).order_by(entry.c.clock)).scalars())
        last = [one.event for _, one in journal.newest(session, limit=2)]
    # The same head: the backup's last entry stands where it stood, and only what tells of the restore follows.
    assert hashes[entries - 1] == head.hash
    assert len(hashes) == entries + 2
    assert any(isinstance(event, Restored) for event in last)
    assert not register.records_lost
    register.close()


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Close the register and run a command on it, what is typed on standard input."""

    def command(name: str, *arguments: str, typed: str = PASSWORD) -> int:
        world.register.close()
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
        return main.run([name, *arguments, "--register", str(world.register.folder)])

    return command


def test_a_backup_is_made_and_copied_to_the_second_place(
    world: World, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", "--name", "Nadia Shah") == 0
    first = capsys.readouterr().out.splitlines()
    assert "opened and proved" in first[0]
    assert first[2].startswith("Register proof of the desk's file: ")
    backup_folder.check_whole(Path(first[1]))
    (tmp_path / "other").mkdir()
    settings.save(world.register.folder, Machine(backup_folder=str(tmp_path / "other")))
    assert run("backup", "--name", "joan mensah") == 0
    said = capsys.readouterr().out
    assert "copied to the second place" in said
    (tmp_path / "other").rename(tmp_path / "unplugged")
    assert run("backup", "--name", "Nadia Shah") == 2
    assert "cannot be reached" in capsys.readouterr().err


def test_a_restore_with_a_password_says_where_the_old_register_lies(
    world: World, made: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("restore", str(made)) == 0
    said = capsys.readouterr().out
    assert "as it was on 24/11/2026 10:24" in said
    assert "“before-restore-1”. It is deleted after " in said
    proofs = backup_folder.manifest_of(made).proofs
    assert f"Register proof of the desk's file: {proofs['desk']}" in said
    assert f"Register proof of the DSL's file: {proofs['dsl']}" in said
    assert run("verify", "--name", "Nadia Shah") == 0


def test_a_drill_is_noted_when_it_was_held_with_a_password(
    world: World, made: Path, run: Run, capsys: pytest.CaptureFixture[str], clock: Clock
) -> None:
    assert run("drill") == 0
    said = capsys.readouterr().out
    assert "sound" in said
    assert backup_folder.manifest_of(made).proofs["desk"] in said
    assert "The drill is noted in the register." in said
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    with world.register.read() as session:
        done = journal.newest(session, limit=1)[0][1].event
    assert isinstance(done, DrillDone)
    assert (done.made_at, done.sound) == (NOW, True)


def test_a_drill_with_the_code_or_beside_the_open_window_is_not_noted(
    world: World, made: Path, run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("drill", "--recovery-code", typed=world.recovery_code) == 0
    assert "not noted" in capsys.readouterr().out
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main.run(["drill", str(made), "--register", str(world.register.folder)]) == 0
    assert "open in its window" in capsys.readouterr().out


def test_a_drill_with_a_spoilt_backup_has_the_code_one(
    made: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (made / "desk.db").write_bytes(b"")
    assert run("drill") == 1
    assert "not as it was made" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (["restore", "BACKUP"], "wrong password", "not right"),
        (["restore", "BACKUP", "--recovery-code"], "AAAA\nanother plain password", "recovery code is wrong"),
        (["restore", "BACKUP", "--name", "Somebody"], PASSWORD, "On the list are: Nadia Shah."),
        (["restore", "."], PASSWORD, "not a backup"),
        (["drill", "."], PASSWORD, "not a backup"),
        (["drill", "BACKUP"], "wrong password", "not right"),
    ],
)
def test_what_a_person_can_act_on_is_one_sentence_and_the_code_two(
    made: Path, run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], typed: str, words: str
) -> None:
    name, *rest = [str(made) if argument == "BACKUP" else argument for argument in arguments]
    assert run(name, *rest, typed=typed) == 2
    assert words in capsys.readouterr().err


def test_without_a_backup_a_drill_says_so(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("drill") == 2
    assert "There is no backup yet." in capsys.readouterr().err
