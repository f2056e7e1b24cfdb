"""What a child does in folders below the register's, to be watched: backups, a restore, new keys, an erasure."""

import hashlib
import os
import stat
from datetime import datetime, timedelta

from sqlalchemy import select

from tests.factories import NOW, PASSWORD
from tests.torture.traced_child import Desk
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.people import PersonKind
from visitor_register.persistence import backup, erasure, restore
from visitor_register.persistence.backup_folder import Backup
from visitor_register.persistence.restore_values import Opening
from visitor_register.persistence.tables import visit
from visitor_register.services import arrivals, key_change

CANARY = "Canary Quillfeather"


def fingerprint(key: bytes) -> str:
    """Names a key without giving it away."""
    return hashlib.sha256(key).hexdigest()[:16]


def sync_files_only() -> None:
    """The weak one: no name in a folder is ever synced, for the rest of this process."""
    fsync = os.fsync

    def weak(handle: int) -> None:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            fsync(handle)

    os.fsync = weak  # type: ignore[assignment]


def backups(desk: Desk) -> None:
    """Backups with visitors between them; each is of another moment of the same hours, so that older ones go."""
    for number in range(4):
        desk.signs_in()
        desk.holds()
        _backs_up(desk, NOW + timedelta(minutes=15 * number))
    desk.register.close()


def restored(desk: Desk) -> None:
    """A backup is restored after one more visitor came, and the desk goes on with it; then all that once more."""
    for number in range(2):
        desk.signs_in()
        at = NOW + timedelta(hours=number)
        made = _backs_up(desk, at)
        desk.note("in the backup", "")
        desk.signs_in()
        desk.register.close()
        person = next(one for one in desk.register.keyring.people() if one.id == desk.work.operator.id)
        desk.note("restoring", "")
        outcome = restore.restore(made.path, desk.work.folder, Opening(person.name, PASSWORD), at=at)
        assert outcome.aside is not None
        desk.note("restored", outcome.aside.name)
        desk.register = desk.opened()
        desk.signs_in()
        desk.holds()
    desk.register.close()


def new_keys(desk: Desk) -> None:
    """Both files get new keys between visitors and backups."""
    _backs_up(desk, NOW)
    for number in range(1, 3):
        desk.signs_in()
        desk.holds()
        at = NOW + timedelta(hours=number)
        key_change.change(desk.register, own_password=PASSWORD, by=desk.work.operator, at=at)
        desk.note("keys", fingerprint(desk.register.keyring.open(desk.work.operator.id, PASSWORD).desk))
        desk.signs_in()
        desk.holds()
        _backs_up(desk, at)
    desk.register.close()


def erased(desk: Desk) -> None:
    """Visitors come, and one of them is erased again, three times over; a backup lies between."""
    for number in range(3):
        name = f"{CANARY} {number}"
        arrival = Arrival(visitor=NewVisitor(PersonKind.OTHER, name))
        with desk.register.write() as session:
            arrivals.sign_in(session, arrival, by=desk.work.operator, at=NOW)
            person = session.execute(select(visit.c.person).where(visit.c.id == arrival.visit)).scalar_one()
        if desk.work.early:
            desk.note("erased", name)
        # While the weak one is ahead of itself, there must be moments enough to cut at.
        for _ in range(20 if desk.work.early else 3):
            desk.signs_in()
        with desk.register.write() as session:
            keys = erasure.keys_of(session, [arrival.visit, person])
            erasure.erase(session, keys, "asked for", by=desk.work.operator, at=NOW)
        assert erasure.settle(desk.register.desk)
        if not desk.work.early:
            desk.note("erased", name)
        desk.signs_in()
        if number == 1:
            _backs_up(desk, NOW)
    desk.register.close()


def _backs_up(desk: Desk, at: datetime) -> Backup:
    made = backup.make(desk.work.folder, desk.register.desk, desk.register.dsl, at=at, rest=lambda: None)
    desk.note("backup", made.path.name)
    return made
