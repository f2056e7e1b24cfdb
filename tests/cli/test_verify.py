"""`verify --anchor`: twelve words from a sheet of paper against the register as it is now."""

import io
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.factories import NOW, PASSWORD, World, create_visit, create_worker
from visitor_register.cli import main
from visitor_register.persistence import erasure, journal
from visitor_register.persistence.register import Register
from visitor_register.services import proof


@pytest.fixture
def words(world: World) -> str:
    """What the foot of a sheet said before two more people came."""
    with world.register.read() as session:
        told = proof.of_today(session, at=NOW)
    assert told is not None
    create_visit(world, create_worker(world))
    return told.words


def _run(world: World, monkeypatch: pytest.MonkeyPatch, anchor: str, who: str = "Nadia Shah") -> int:
    world.register.close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    return main.run(["verify", "--register", str(world.register.folder), "--name", who, "--anchor", anchor])


def test_a_register_that_only_grew_holds_the_moment(
    world: World, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(world, monkeypatch, words.upper()) == 0
    said = capsys.readouterr().out.splitlines()[-1]
    assert said.startswith("The register holds everything up to Tue 24 Nov 2026 10:24, line ")


def test_yesterdays_file_does_not_hold_what_was_printed_since(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world.register.desk.checkpoint(wait=True)
    yesterday = world.register.desk.path.read_bytes()
    create_visit(world, create_worker(world))
    with world.register.read() as session:
        told = proof.of_today(session, at=NOW)
    assert told is not None
    world.register.close()
    world.register.desk.path.write_bytes(yesterday)
    # Whoever puts it back takes the note beside it away too: only paper is left to tell.
    (world.register.folder / "desk.head.json").unlink()
    assert _run(world, monkeypatch, told.words) == 1
    out = capsys.readouterr().out
    assert out.count("sound.") == 2
    assert "The register does NOT hold the moment these words stand for" in out
    assert "let the DSL" not in out


def test_reception_is_told_that_the_words_may_be_the_other_files(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = proof.Proof("abandon amount liar amount expire adjust cage candy arch gather drum buyer", NOW)
    assert _run(world, monkeypatch, told.foot, "Joan Mensah") == 1
    assert "The words of a timeline are those of the DSL's file" in capsys.readouterr().out


def test_a_slip_is_said_before_the_password_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["verify", "--register", str(tmp_path), "--anchor", "abandn amount"]) == 2
    assert "Is it “abandon”?" in capsys.readouterr().err


def test_an_erasure_is_named_and_the_register_stays_sound(
    world: World, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with world.register.write() as session:
        last = journal.head(session)
        key = f"{last.desk}/{last.epoch}/{last.seq}"
        erasure.erase(session, [key], "retention rule", by=world.dsl, at=NOW)
    assert _run(world, monkeypatch, words) == 0
    out = capsys.readouterr().out
    assert "1 of them erased: sound." in out
    assert "  Ok, erased by Nadia Shah on Tue 24 Nov 2026 10:24: 1 line." in out


def test_a_changed_line_is_named_by_when_who_and_what(
    world: World, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world.register.close()
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    with world.register.write() as session:
        session.execute(text("DROP TRIGGER entry_unchanged"))
        session.execute(text("UPDATE entry SET body = x'7b7d' WHERE kind = 'Arrived'"))
    assert _run(world, monkeypatch, words) == 1
    assert "says Tue 24 Nov 2026 10:24, by Joan Mensah: a sign-in (number " in capsys.readouterr().out
