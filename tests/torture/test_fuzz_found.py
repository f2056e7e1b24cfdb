"""What fuzzing found, each as the smallest file or number that showed it."""

import json
from pathlib import Path

import msgspec
import pytest

from tests.factories import NOW
from tests.files.charts import workbook, written
from tests.files.test_chart_xlsx import part, with_part
from visitor_register import settings
from visitor_register.errors import FileRefusedError, RegisterDamagedError
from visitor_register.files import reader_child
from visitor_register.files.charts import understand
from visitor_register.persistence import backup_folder, erasure
from visitor_register.persistence.backup_folder import Copied
from visitor_register.persistence.database import head_path, noted_head
from visitor_register.persistence.keyring import Keyring
from visitor_register.settings import Machine


@pytest.mark.parametrize("content", [b'theme = "\xc3"', b"\xff\xfe", b"x = " + b"[" * 5_000, b"camera = 1e9", b""])
def test_settings_of_this_pc_that_are_no_text_have_their_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "machine.toml").write_bytes(content)
    assert settings.load(tmp_path) == Machine()


def test_a_staircase_whose_rows_end_before_its_headings_is_read(tmp_path: Path) -> None:
    steps = "Level 1,Level 2,Level 3,Level 4\r\nAda Hill,,\r\n,Bo Lake,\r\n,,Cy Poe\r\n"
    reading = understand([reader_child.read(written(tmp_path, "steps.csv", steps))])
    assert [person.name for person in reading.people] == ["Ada Hill", "Bo Lake", "Cy Poe"]


@pytest.mark.parametrize(("name", "content"), [("xl/styles.xml", b"<x \0>"), ("[Content_Types].xml", b"<Types/>")])
def test_a_workbook_with_a_torn_part_is_a_damaged_file(tmp_path: Path, name: str, content: bytes) -> None:
    assert part(workbook(), name)
    with pytest.raises(FileRefusedError, match="damaged"):
        reader_child.read(written(tmp_path, "a.xlsx", with_part(workbook(), name, content)))


def test_a_keyring_of_brackets_is_no_keyring(tmp_path: Path) -> None:
    path = written(tmp_path, "keyring.json", json.dumps([]) + "[" * 100_000)
    with pytest.raises(RegisterDamagedError):
        Keyring.load(path)
    path.write_text("[" * 100_000)
    with pytest.raises(RegisterDamagedError):
        Keyring.load(path)


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xb8\xff", b"[]", b"{}", b""])
def test_a_spoilt_note_beside_a_file_or_a_backup_is_none(tmp_path: Path, content: bytes) -> None:
    database = tmp_path / "desk.db"
    head_path(database).write_bytes(content)
    assert noted_head(database) is None
    spoilt = tmp_path / "backups" / "2026-11-24"
    spoilt.mkdir(parents=True)
    (spoilt / backup_folder.MANIFEST).write_bytes(content)
    assert backup_folder.listed(spoilt.parent) == []
    no_hash = {"made_at": NOW, "program": "1", "files": {"desk": Copied(NOW, "d", 1, 1, 1, "no hash", 1)}}
    (spoilt / backup_folder.MANIFEST).write_bytes(msgspec.json.encode(no_hash | {"dsl_is_older": False, "digests": {}}))
    assert backup_folder.listed(spoilt.parent) == []
    assert erasure.read_list(written(tmp_path, "erased", content)) == []
