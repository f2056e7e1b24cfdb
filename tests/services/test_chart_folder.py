"""The folder for charts: the newest unknown chart is offered, everything else in it is passed over in silence."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.factories import NOW, World
from tests.files.charts import text, workbook, written
from tests.golden import samples
from visitor_register.domain.events import ChartAccepted
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.files.chart_bundle import Label, seal
from visitor_register.services import chart_folder
from visitor_register.services.chart_folder import Arrived

ACCEPTED = next(event for event in samples.ALL if isinstance(event, ChartAccepted))
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def put(folder: Path, name: str, content: str | bytes, *, hours: float) -> Path:
    """A file that changed so many hours after now."""
    path = written(folder, name, content)
    moment = (NOW + timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))
    return path


def offered(world: World, folder: Path) -> Arrived | None:
    """What the DSL is offered."""
    with world.register.read() as session:
        return chart_folder.newest(folder, chart_folder.known(session))


def test_the_newest_chart_is_offered_until_somebody_put_it_aside(world: World, tmp_path: Path) -> None:
    put(tmp_path, "old.csv", text(), hours=1)
    newer = put(tmp_path, "staff.xlsx", workbook(), hours=2)
    first = offered(world, tmp_path)
    assert first is not None
    assert (first.path, first.changed_at, first.signed) == (newer, NOW + timedelta(hours=2), False)
    with world.register.write() as session:
        with pytest.raises(NotAllowedError):
            chart_folder.put_aside(session, first, by=world.reception)
        chart_folder.put_aside(session, first, by=world.dsl)
    second = offered(world, tmp_path)
    assert second is not None
    assert second.path.name == "old.csv"


def test_what_is_no_chart_is_passed_over(world: World, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for at, name in enumerate(("~$staff.xlsx", ".sync.csv", "#staff.csv#")):
        put(tmp_path, name, text(), hours=at)
    put(tmp_path, "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(50), hours=9)
    put(tmp_path, "empty.csv", b"", hours=9)
    put(
        tmp_path,
        "cut.vrchart",
        seal(b"x", Label("Harrow", 1, date(2026, 1, 1), date(2026, 1, 1), ""), KEY)[:-1],
        hours=9,
    )
    assert offered(world, tmp_path) is None


def test_a_chart_in_use_and_files_older_than_it_are_not_offered(world: World, tmp_path: Path) -> None:
    put(tmp_path, "before.csv", text() + "\n", hours=-1)
    same = put(tmp_path, "same.csv", text(), hours=3)
    found = offered(world, tmp_path)
    assert found is not None
    assert found.path == same
    world.write((uuid4(), replace(ACCEPTED, sha256=found.sha256)))
    assert offered(world, tmp_path) is None
    label = Label("Harrow", 1, date(2026, 1, 1), date(2026, 1, 1), "same.csv")
    put(tmp_path, "same.vrchart", seal(text().encode(), label, KEY), hours=4)
    assert offered(world, tmp_path) is None
    put(tmp_path, "next.vrchart", seal(text().encode() + b"\n", label, KEY), hours=4)
    newest = offered(world, tmp_path)
    assert newest is not None
    assert (newest.path.name, newest.signed) == ("next.vrchart", True)


def test_a_folder_that_is_gone_is_one_sentence(world: World, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"^The folder for charts cannot be read: .*\.$"):
        offered(world, tmp_path / "gone")
