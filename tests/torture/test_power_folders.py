"""The plug is pulled while a backup is made, one is restored, the keys are changed, or something is erased.

Each is recorded once, call by call, with the folders below the register's; what each cut would leave is started, and
the next backup made.
"""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import NOW, PASSWORD
from tests.persistence.test_erasure import plain_pages
from tests.torture import strace
from tests.torture.bench import Bench, Look, set_up
from tests.torture.disk import Disk, Image, Kind, lay_out
from tests.torture.folder_works import fingerprint
from tests.torture.recording import Call, calls
from tests.torture.report import tell
from visitor_register.persistence import backup, backup_folder, restore_swap
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register, exists
from visitor_register.services import key_change

SEED = 20_261_126
IMAGES = 125
OF_CONTROL = 60
CONTROL_LOSES = 5
CONTROLS = {
    "backups": {"names_synced": False},
    "restore": {"names_synced": False},
    "change of keys": {"names_synced": False},
    "erasure": {"early": True},
}

NAMING = ("open", "rename", "mkdir", "unlink", "rmdir")

Ticked = set[tuple[str, str]]


@dataclass
class Shown:
    """What a person was shown so far: what is in the register that counts, and in those that were put aside."""

    there: Ticked = field(default_factory=set)
    in_backup: Ticked = field(default_factory=set)
    put_aside: dict[str, Ticked] = field(default_factory=dict)
    restoring: bool = False
    backup: str = ""
    keys: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)

    def note(self, what: str, words: str) -> None:
        """Go on by one note of the child's."""
        match what:
            case "visit" | "hold":
                self.there.add((what, words))
            case "backup":
                self.backup = words
            case "in the backup":
                self.in_backup = set(self.there)
            case "restoring":
                self.restoring = True
            case "restored":
                self.put_aside[words] = self.there
                self.there, self.restoring = self.in_backup, False
            case "keys":
                self.keys.append(words)
            case "erased":
                self.erased.append(words)
            case _:
                raise ValueError(f"nobody knows what {what} is")


@dataclass
class Cuts:
    """What was found in the images of one recording."""

    lost: list[str] = field(default_factory=list)
    kinds: Counter[Kind] = field(default_factory=Counter)

    def tell(self, name: str) -> None:
        """Print what was found."""
        kinds = ", ".join(f"{count} {kind.value}" for kind, count in self.kinds.items())
        tell(f"Power cut, {name}", self.kinds.total(), len(self.lost), SEED, kinds)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    strace.warm()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A register to be tortured."""
    return set_up(tmp_path_factory.mktemp("power"))


def _recorded(bench: Bench, name: str, **settings: bool) -> tuple[Path, list[Call]]:
    """Let a child do its work; the register as it was before it, and all calls."""
    work = bench.work(name, **settings)
    before = bench.place / "before"
    shutil.rmtree(before, ignore_errors=True)
    recording = strace.watch(work, strace.recorded(), ready=lambda: shutil.copytree(work.folder, before))
    assert recording.exit == 0
    found = list(calls(recording.trace, work.folder))
    assert len([call for call in found if call.name == "note"]) == len(recording.notes)
    shutil.rmtree(work.folder)
    shutil.copytree(before, work.folder)
    return work.folder, found


def _cut(bench: Bench, name: str, images: int, **settings: bool) -> Cuts:
    """Record a work with these settings, and look at so many images of it."""
    folder, found = _recorded(bench, name, **settings)
    chance = random.Random(SEED)
    kinds = [kind for _ in range(images) for kind in Kind][:images]
    # Of two cuts one is anywhere, and one between two changes of names: there are few of those, and they count.
    names = [at + 1 for at, call in enumerate(found) if call.name in NAMING]
    moments = [chance.choice(names) if chance.random() < 0.5 else chance.randrange(len(found) + 1) for _ in kinds]
    cuts = sorted(zip(moments, kinds, strict=True), key=lambda cut: cut[0])
    disk, result, shown, done = Disk(folder), Cuts(), Shown(keys=[fingerprint(bench.keys.desk)]), 0
    for at, kind in cuts:
        for call in found[done:at]:
            if call.name == "note":
                what, _, words = call.content.decode().partition("\t")
                shown.note(what, words)
            else:
                disk.takes(call)
        done = at
        result.kinds[kind] += 1
        faults = _faults(bench, folder, disk.after_a_cut(kind, chance), shown)
        if faults:
            result.lost.append(f"call {at} of {len(found)}, {kind.value}: {'; '.join(faults)}")
    return result


def _faults(bench: Bench, folder: Path, image: Image, shown: Shown) -> list[str]:
    """Start the program on what a cut left, and say what is wrong."""
    lay_out(image, folder)
    faults = [] if _pages_without(folder / "desk.db", bench, shown) else ["what was erased stands in the file"]
    try:
        look = _start(bench, folder, shown, faults)
    except Exception as error:  # noqa: BLE001 - whatever it is, this start was no good
        return [*faults, f"the start: {type(error).__name__}: {error}"]
    faults += look.faults
    if look.banner:
        faults.append("the banner stands")
    missing = shown.there - look.there
    if missing and shown.restoring and not shown.in_backup - look.there:
        # The new register counts already; then the one before must lie aside.
        newest = max(folder.glob(f"{restore_swap.ASIDE}-*"), default=None)
        faults += ["nothing was put aside"] if newest is None else _not_aside(bench, newest, shown.there)
    elif missing:
        faults.append(f"lost: {Counter(what for what, _ in missing)}")
    for name, ticked in shown.put_aside.items():
        faults += _not_aside(bench, folder / name, ticked)
    return faults


def _start(bench: Bench, folder: Path, shown: Shown, faults: list[str]) -> Look:
    """Sign in with the password of always, settle what lies unfinished, make the next backup, and look at all of it."""
    if not exists(folder):
        return Look(faults=("there is no register",))
    _check_backups(folder, shown.backup, faults)
    keyring = Keyring.load(folder / "keyring.json")
    keys = keyring.open(bench.operator.id, PASSWORD)
    register = Register.open(folder, bench.operator, PASSWORD)
    try:
        key_change.settle(register, keys, by=bench.operator, at=NOW + timedelta(days=1))
        keys = Keyring.load(folder / "keyring.json").open(bench.operator.id, PASSWORD)
        if fingerprint(keys.desk) in shown.keys[:-1] or register.keyring.changing:
            faults.append("the old keys are back")
        made = backup.make(folder, register.desk, register.dsl_file(), at=NOW + timedelta(days=1), rest=lambda: None)
        if set(made.manifest.files) != {"desk", "dsl"} or made.manifest.dsl_is_older:
            faults.append("the next backup lacks something")
        _check_backups(folder, made.path.name, faults)
    finally:
        register.close()
    if any(name.encode() in page for page in plain_pages(folder / "desk.db", keys.desk) for name in shown.erased):
        faults.append("what was erased stands in the file after the start")
    return bench.look_with(folder, keys)


def _check_backups(folder: Path, newest: str, faults: list[str]) -> None:
    """The newest backup that was ticked, or a newer one, is there, and all that are listed are whole."""
    found = backup.listed(folder)
    if newest and (not found or found[0].path.name < newest):
        faults.append("the newest backup is lost")
    for one in found:
        backup_folder.check_whole(one.path)
    if newest and found and "dsl" not in found[0].manifest.files:
        faults.append("the newest backup lacks the DSL's file")


def _pages_without(path: Path, bench: Bench, shown: Shown) -> bool:
    """Whether no page of the file, in use or free, holds what was erased; keys are not changed meanwhile."""
    if not shown.erased:
        return True
    return not any(name.encode() in page for page in plain_pages(path, bench.keys.desk) for name in shown.erased)


def _not_aside(bench: Bench, aside: Path, ticked: Ticked) -> list[str]:
    """What is wrong with a register that was put aside."""
    if not aside.is_dir():
        return ["what was put aside is lost"]
    look = bench.look(aside)
    missing = ticked - look.there
    return [*look.faults, *([f"lost of what was put aside: {len(missing)}"] if missing else [])]


@pytest.mark.torture
@pytest.mark.parametrize("name", CONTROLS)
def test_folders_outlive_power_cuts(bench: Bench, name: str) -> None:
    control = _cut(bench, name, OF_CONTROL, **CONTROLS[name])
    control.tell(f"{name}, CONTROL that must lose ({', '.join(CONTROLS[name])})")
    real = _cut(bench, name, IMAGES)
    real.tell(name)
    assert len(control.lost) >= CONTROL_LOSES, "void: the control lost too little, so the harness sees nothing"
    assert real.lost == []
