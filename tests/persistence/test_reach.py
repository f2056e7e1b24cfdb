"""Reception cannot read a child's reference, not even with the files, the desk's key and her own password."""

from pathlib import Path

import pytest

from tests.factories import NOW, PASSWORD, Clock, World, create_booking, create_register, create_worker
from tests.persistence.reach import fits_page, of_folder, opened_by_keys, opened_by_passphrases, reached
from tests.persistence.tampering import fill
from tests.torture.report import tell
from visitor_register import settings
from visitor_register.domain.events import ReasonRecorded
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.services import sealed

CHILD = "C-0417"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed register with all that may lie in its folder."""
    return make_folder(tmp_path / "register")


def make_folder(place: Path) -> Path:
    """A register with something in every table, a note that waits for the DSL, a PIN, and settings of this PC."""
    world = create_register(place, Clock())
    fill(world)
    _note(world)
    world.register.keyring.set_pin(world.reception.id, PASSWORD, "194736")
    world.register.keyring.save()
    settings.save(world.register.folder, settings.Machine(fire_printer="Office printer"))
    world.register.close()
    return world.register.folder


def _note(world: World) -> None:
    booking = create_booking(world, create_worker(world, "Tom Okafor", badge="H20"))
    reason = ReasonRecorded("CIN visit", "", CHILD, "")
    with world.register.write() as session:
        public = world.register.keyring.seal_public
        sealed.seal_reason(session, booking, reason, public, by=world.dsl, at=NOW)


def try_all(folder: Path, *, stride: int, passphrases: int | None) -> None:
    """Try what reception can reach, print how much it was, and see that a DSL's own keys open everything."""
    keyring = Keyring.load(folder / "keyring.json")
    dsl, reception = keyring.people()
    whole = keyring.open(dsl.id, PASSWORD)
    register = Register.open(folder, reception, PASSWORD)
    try:
        locks = of_folder(folder, register.desk)
        keys, phrases = reached(folder, register.desk, reception, stride=stride)
    finally:
        register.close()
    assert CHILD.encode() not in phrases
    chosen = sorted(phrases, key=lambda one: (PASSWORD.encode() not in one, one))[:passphrases]
    opened = opened_by_keys(locks, keys) + opened_by_passphrases(locks, chosen)
    tell(
        "keys within reception's reach",
        len(keys) + len(chosen),
        len(opened),
        None,
        f"{len(keys)} keys on the DSL's file and on {len(locks.boxes)} boxes, {len(chosen)} passphrases",
    )
    assert opened == []
    assert len(locks.boxes) >= 6
    # The control: what a DSL's slot gives opens the file and the note, tried in the same way.
    assert whole.dsl is not None
    assert whole.seal is not None
    assert fits_page(locks.page, whole.dsl)
    assert "the DSL's file" in opened_by_keys(locks, [whole.dsl])
    assert [name for name in opened_by_keys(locks, [whole.seal]) if name.startswith("note")]


def test_nothing_within_receptions_reach_opens_the_dsls_file_or_a_box(folder: Path) -> None:
    try_all(folder, stride=64, passphrases=2)
