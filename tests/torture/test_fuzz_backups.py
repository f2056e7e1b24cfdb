"""Backups that were spoilt, or put together with care: restored whole, or refused with nothing changed."""

import contextlib
import json
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.factories import CHEAP, PASSWORD, World
from tests.persistence.tampering import fill
from tests.torture.fuzz_samples import HOSTILE, other_bytes, other_json
from tests.torture.report import tell
from visitor_register.errors import RegisterError
from visitor_register.persistence import backup, backup_folder, restore
from visitor_register.persistence.backup_folder import MANIFEST
from visitor_register.persistence.restore import Opening

SEED = 20_261_122


def _spoil(place: Path, dice: random.Random) -> str:
    """Change a backup in one or two ways; half of the time with the digests that then belong to it."""
    names = sorted(path.name for path in place.iterdir())
    done = []
    for _ in range(dice.randint(1, 2)):
        name = dice.choice(names)
        path = place / name
        if not path.is_file():
            continue
        match dice.randrange(6):
            case 0:
                path.unlink()
            case 1:
                (place / "more.db").write_bytes(dice.choice(HOSTILE).encode() or b"x")
            case 2:
                other = dice.choice([one for one in names if (place / one).exists()])
                path.write_bytes((place / other).read_bytes())
            case 3 | 4 if path.suffix == ".json":
                with contextlib.suppress(ValueError):
                    path.write_bytes(other_json(path.read_bytes(), dice))
            case _:
                path.write_bytes(other_bytes(path.read_bytes(), dice))
        done.append(name)
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        if dice.random() < 0.6:
            said = json.loads((place / MANIFEST).read_bytes())
            (place / MANIFEST).write_text(json.dumps(said | {"digests": backup_folder.digests(place)}))
            done.append("digests")
    return ", ".join(done)


def _run(world: World, folder: Path, count: int) -> None:
    fill(world)
    files = world.register
    made = backup.make(files.folder, files.desk, files.dsl, at=world.clock(), rest=lambda: None).path
    files.close()
    dice, ends, wrong = random.Random(SEED), Counter[str](), list[str]()
    for number in range(count):
        spoilt, place = folder / f"spoilt-{number}", folder / "place" / f"{number}"
        shutil.copytree(made, spoilt)
        done = _spoil(spoilt, dice)
        try:
            restore.people(spoilt)
            opening = Opening(name="Nadia Shah", password=PASSWORD)
            restore.restore(spoilt, place, opening, at=world.clock(), cost=CHEAP)
            ends["restored"] += 1
        except RegisterError as refused:
            ends["refused"] += 1
            if (place / "desk.db").exists() or not str(refused).endswith("."):
                wrong.append(f"{number} ({done}): {refused}")
        except Exception as error:  # noqa: BLE001
            wrong.append(f"{number} ({done}): {type(error).__name__} {str(error)[:150]}")
        for left in (spoilt, place):
            shutil.rmtree(left, ignore_errors=True)
    tell("spoilt backups", count, len(wrong), SEED, ", ".join(f"{many} {how}" for how, many in sorted(ends.items())))
    assert wrong == []
    assert ends["refused"]
    assert {path.name for path in folder.iterdir()} <= {"register", "place"}


def test_eight_spoilt_backups_are_restored_or_refused(world: World, tmp_path: Path) -> None:
    _run(world, tmp_path, 8)


@pytest.mark.torture
def test_three_hundred_spoilt_backups_are_restored_or_refused(world: World, tmp_path: Path) -> None:
    _run(world, tmp_path, 300)
