"""A power cut while a sign-in is being written: whatever sectors of it reached the disk, those before it are there.

The short form of `test_power`, from the files themselves: what is synced when is seen by `make torture` only.
"""

import random
import shutil
from pathlib import Path

import pytest

from tests.factories import PASSWORD, Clock, create_register
from tests.torture.bench import Bench
from tests.torture.disk import Disk, Kind, lay_out
from tests.torture.recording import Call, calls
from tests.torture.report import tell
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.people import PersonKind
from visitor_register.services import arrivals

SEED = 20_261_125


def _cut(place: Path, *, synced: bool) -> tuple[int, int, list[str]]:
    """Cut the power 12 times during the third visit, the second one synced or not; how many images and losses."""
    world = create_register(place / "register", Clock())
    wal = world.register.desk.path.with_name("desk.db-wal")
    ticked, sizes = [], []
    for number in range(3):
        arrival = Arrival(visitor=NewVisitor(PersonKind.OTHER, f"Visitor {number}"))
        with world.register.write() as session:
            arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())
        ticked.append(("visit", str(arrival.visit)))
        sizes.append(wal.stat().st_size)
    written = wal.read_bytes()
    bench = Bench(place, world.register.keyring.open(world.dsl.id, PASSWORD), world.dsl)
    shutil.copytree(place / "register", place / "image", ignore=shutil.ignore_patterns("*.lock*"))
    world.register.close()
    safe = sizes[1] if synced else sizes[0]
    (place / "image" / wal.name).write_bytes(written[:safe])
    disk = Disk(place / "image")
    disk.takes(Call("pwrite64", str(place / "image" / wal.name), written[safe:], safe))
    chance, lost, faults = random.Random(SEED), 0, list[str]()
    for kind in list(Kind)[1:] * 4:
        lay_out(disk.after_a_cut(kind, chance), place / "image")
        look = bench.look(place / "image")
        lost += bool(set(ticked[:2]) - look.there)
        faults += look.faults
    return 12, lost, faults


def test_what_was_synced_outlives_a_torn_write(tmp_path: Path) -> None:
    tries, lost, faults = _cut(tmp_path, synced=True)
    tell("Power cut during a sign-in, short form", tries, lost + len(faults), SEED)
    assert (lost, faults) == (0, [])


def test_what_was_ticked_without_being_synced_is_found_lost(tmp_path: Path) -> None:
    tries, lost, _ = _cut(tmp_path, synced=False)
    tell("Power cut during a sign-in, short form, CONTROL that must lose", tries, lost, SEED)
    assert lost >= 8


def _hex(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def test_a_recording_is_read_back_call_by_call(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    new, old, data = str(tmp_path / "new"), str(tmp_path / "old"), "x" * 600
    trace = "\n".join(
        [
            f'7 openat(AT_FDCWD</>, "{_hex(new)}", O_RDWR|O_CREAT, 0600) = 5<{_hex(new)}>',
            f'7 write(5<{_hex(new)}>, "{_hex(data)}", 600) = 600',
            f'7 pwrite64(5<{_hex(new)}>, "{_hex("yy")}", 2, 10) = 2',
            f"7 fsync(5<{_hex(new)}>) = -1 EIO (Input/output error)",
            f'7 rename("{_hex(new)}", "{_hex(old)}") = 0',
            f'7 writev(9</elsewhere>, [{{iov_base="{_hex("visit 1")}", iov_len=7}}], 1) = 7',
            f"7 fsync(5<{_hex(old)}>) = 0",
            f"7 fsync(6<{_hex(str(tmp_path))}>) = 0",
        ]
    )
    found = list(calls(trace, tmp_path))
    assert [call.name for call in found] == ["open", "write", "pwrite64", "rename", "note", "fsync", "fsync"]
    assert found[4].content == b"visit 1"
    disk, images = Disk(tmp_path), []
    for call in found:
        if call.name != "note":
            disk.takes(call)
            images.append(disk.after_a_cut(Kind.DROPPED, random.Random(0)))
    whole = b"x" * 10 + b"yy" + b"x" * 588
    assert images[2] == {"old": b"old", "new": b""}, "un-synced bytes are gone"
    assert images[3] == {"old": b""}
    assert images[4] == {"old": whole}
    assert disk.after_a_cut(Kind.NAMES, random.Random(0)) == {"old": whole}
    with pytest.raises(ValueError, match="two threads"):
        list(calls("7 write(5</x>, <unfinished ...>", tmp_path))
