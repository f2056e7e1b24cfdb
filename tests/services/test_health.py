"""How the register stands, gathered from a real one; and a bundle for somebody who helps, without anybody's name."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

from tests.factories import NOW, World, create_visit, create_worker
from visitor_register.domain.events import DrillDone
from visitor_register.domain.health import Facts, Level, findings, worst
from visitor_register.domain.school import REGISTER
from visitor_register.persistence import backup
from visitor_register.persistence.second_place import State
from visitor_register.services import health, support_bundle

LOG = """2026-11-24 10:24:05,120 ERROR visitor_register A bug:
  File "/home/joan.mensah/visitor-register/visitor_register/gui/today/view.py", line 12, in shown
    self.title.setText(name)
builtins.ValueError
Leila Haddad was here
2026-11-24 10:25:05,120 WARNING visitor_register.persistence.database the head note could not be written
2026-11-24 10:26:05,120 INFO visitor_register Qt: cannot open "C:\\Users\\joan\\register\\desk.db"
"""


def _facts(world: World, **said: object) -> Facts:
    with world.register.read() as session:
        return health.gather(session, world.register.folder, at=NOW, **said)  # type: ignore[arg-type]


def _level(facts: Facts, key: str) -> Level:
    return next(one.level for one in findings(facts) if one.key == key)


def test_a_new_register_has_no_backup_and_no_second_place(world: World) -> None:
    facts = _facts(world)
    assert facts.backup_at is None
    assert (_level(facts, "backup"), _level(facts, "second"), _level(facts, "records")) == (
        Level.LOOK,
        Level.ADVICE,
        Level.WELL,
    )


def test_backups_and_drills_are_read_from_where_they_are(world: World) -> None:
    backup.make(world.register.folder, world.register.desk, world.register.dsl, at=NOW - timedelta(minutes=20))
    facts = _facts(world, second=State("K:\\", NOW, ""))
    assert facts.backup_at == NOW - timedelta(minutes=20)
    assert (facts.changed_since, facts.dsl_is_older, facts.second_place) == (False, False, True)
    world.write((REGISTER, DrillDone(NOW - timedelta(days=3), 12, False, 4)))
    facts = _facts(world)
    assert facts.changed_since
    assert facts.drill_at == NOW
    said = worst(findings(facts))
    assert said is not None
    assert said.key == "drill"


def test_every_library_that_counts_has_a_version(world: World) -> None:
    with world.register.read() as session:
        found = dict(health.versions(session))
    assert all(found.values())
    assert "not found" not in found.values()
    assert found["SQLCipher"].startswith("4")


def test_a_support_bundle_names_nobody_and_no_folder(world: World) -> None:
    create_visit(world, create_worker(world))
    folder: Path = world.register.folder
    (folder / "visitor-register.log").write_text(LOG, encoding="utf-8")
    (folder / "Leila Haddad.json").write_text("a copy of her data", encoding="utf-8")
    facts = _facts(world, strangers=("Joan Mensah",))
    with world.register.read() as session:
        content = support_bundle.make(session, folder, facts, qt="6.11")
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    for text in texts.values():
        for name in ("Haddad", "Leila", "Mensah", "joan", "Shah", "Elmbrook", str(folder)):
            assert name not in text
    about = json.loads(texts["about.json"])
    assert about["rows"]["visit"] == 1
    assert about["file_sizes"]["desk.db"] > 0
    assert 'File "view.py", line 12, in shown' in texts["log.txt"]
    assert 'cannot open "desk.db"' in texts["log.txt"]
    assert "[1 lines of another shape are left out]" in texts["log.txt"]
    assert support_bundle.file_name(NOW) == "visitor-register-support-2026-11-24-1024.zip"


def test_a_long_log_is_cut_to_its_newest_lines() -> None:
    line = "2026-11-24 10:24:05,120 INFO visitor_register number"
    kept, left_out = support_bundle.log_lines(f"{line} {number}" for number in range(9_000))
    assert len(kept) == support_bundle.MOST_LINES
    assert kept[-1].endswith("8999")
    assert left_out == 0
