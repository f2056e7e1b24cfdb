"""The plug is pulled: what was ticked before is there, whatever the disk had not written yet.

Two days at the desk are recorded once, call by call, and the disk is built again as each cut would leave it.
"""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.torture import strace
from tests.torture.bench import Bench, Look, set_up
from tests.torture.disk import Disk, Image, Kind, lay_out
from tests.torture.recording import Call, calls
from tests.torture.report import tell

SEED = 20_261_125
IMAGES = 500
CONTROL_LOSES = 10


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    strace.warm()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A register to be tortured."""
    return set_up(tmp_path)


@dataclass
class Cuts:
    """What was found in the images of one recording."""

    lost: list[str] = field(default_factory=list)
    silent: int = 0
    faults: list[str] = field(default_factory=list)
    banners: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)

    def count(self, look: Look, missing: set[tuple[str, str]], where: str) -> None:
        """Put down one image. A banner over a register that lost nothing is a fault; a loss without one is silent."""
        if missing:
            self.lost.append(f"{where}: {', '.join(sorted({what for what, _ in missing}))}")
        self.banners += look.banner
        self.silent += bool(missing) and not look.banner and not look.faults
        self.faults += [f"{where}: {fault}" for fault in look.faults]
        if look.banner and not missing:
            self.faults.append(f"{where}: the banner stands, and nothing is lost")

    def tell(self, name: str) -> None:
        """Print what was found."""
        kinds = ", ".join(f"{count} {kind.value}" for kind, count in self.kinds.items())
        tell(
            f"Power cut, {name}",
            self.kinds.total(),
            len(self.lost) + len(self.faults),
            SEED,
            f"{len(self.lost)} lost something ticked, {self.silent} of them silently, {self.banners} banners, "
            f"{len(self.faults)} other faults; {kinds}",
        )


def _cut(bench: Bench, images: int, **settings: int) -> Cuts:
    """Record two days with these settings, and look at so many images of them."""
    work = bench.work("days", visits=15, **settings)
    before = bench.place / "before"
    shutil.rmtree(before, ignore_errors=True)
    recording = strace.watch(work, strace.recorded(), ready=lambda: shutil.copytree(work.folder, before))
    assert recording.exit == 0
    found = list(calls(recording.trace, work.folder))
    assert len([call for call in found if call.name == "note"]) == len(recording.notes)
    shutil.rmtree(work.folder)
    shutil.copytree(before, work.folder)
    return _images(bench, work.folder, found, images)


def _images(bench: Bench, folder: Path, found: list[Call], images: int) -> Cuts:
    chance = random.Random(SEED)
    kinds = [kind for _ in range(images) for kind in Kind][:images]
    cuts = sorted(zip((chance.randrange(len(found) + 1) for _ in kinds), kinds, strict=True), key=lambda cut: cut[0])
    disk, result, ticked, done = Disk(folder), Cuts(), set[tuple[str, str]](), 0
    for at, kind in cuts:
        for call in found[done:at]:
            if call.name == "note":
                what, _, which = call.content.decode().partition("\t")
                ticked.add((what, which))
            else:
                disk.takes(call)
        done = at
        look = _start(bench, folder, disk.after_a_cut(kind, chance))
        result.kinds[kind] += 1
        result.count(look, ticked - look.there, f"call {at} of {len(found)}, {kind.value}")
    return result


def _start(bench: Bench, folder: Path, image: Image) -> Look:
    """Start the program on what the cut left."""
    lay_out(image, folder)
    return bench.look(folder)


@pytest.mark.torture
def test_what_was_ticked_outlives_five_hundred_power_cuts(bench: Bench) -> None:
    controls = {
        "CONTROL with synchronous=NORMAL, which must lose": _cut(bench, IMAGES, synchronous=1),
        "CONTROL that ticks before the commit, which must lose": _cut(bench, IMAGES, early=True),
    }
    real = _cut(bench, IMAGES)
    for name, control in controls.items():
        control.tell(name)
    real.tell("as the program is")
    for name, control in controls.items():
        assert len(control.lost) >= CONTROL_LOSES, f"void: {name} lost too little, so the harness sees nothing"
    assert (real.lost, real.faults) == ([], [])
