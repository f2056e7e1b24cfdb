"""Charts at the border: a signed one is read like the same chart unsigned, and one that was touched is not read."""

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.files.charts import text, written
from visitor_register.errors import FileRefusedError
from visitor_register.files.chart_bundle import Label, seal
from visitor_register.services import chart_reading

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def bundle(folder: Path, name: str = "..\\..\\staff_2026-01-05.csv") -> Path:
    """A signed chart, its own name as nasty as a name can be."""
    label = Label("Harrow", 14, date(2026, 11, 2), date(2027, 2, 2), name)
    return written(folder, "harrow.vrchart", seal(text().encode(), label, KEY))


def test_a_signed_chart_reads_like_the_same_chart_unsigned(tmp_path: Path) -> None:
    plain = chart_reading.read_files([written(tmp_path, "staff_2026-01-05.csv", text())])
    signed = chart_reading.read_files([bundle(tmp_path)])
    assert signed.reading == plain.reading
    assert (signed.opened.sha256, signed.opened.file_name) == (plain.opened.sha256, "harrow.vrchart")
    assert signed.opened.signed is not None
    assert (plain.opened.signed, signed.opened.signed.label.version) == (None, 14)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["harrow.vrchart", "staff_2026-01-05.csv"]


def test_a_signed_chart_that_was_touched_or_joined_with_another_file_is_not_read(tmp_path: Path) -> None:
    path = bundle(tmp_path)
    with pytest.raises(FileRefusedError, match="chosen alone"):
        chart_reading.read_files([path, written(tmp_path, "b.csv", text())])
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(FileRefusedError, match="send it again"):
        chart_reading.read_files([path])
