"""Restoring, the same for the window and the command line: which backups there are, a look at one, what would be lost.

Before anything is changed a backup is tried whole. What the second place knows counts wherever it can be reached.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register import settings
from visitor_register.domain.backup_words import Where
from visitor_register.domain.events import DrillDone
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.school import REGISTER
from visitor_register.persistence import backup, backup_folder, journal, restore, second_place
from visitor_register.persistence import register as registers
from visitor_register.persistence.backup_folder import Backup
from visitor_register.persistence.database import noted_head
from visitor_register.persistence.keyring import Keyring, PasswordCost
from visitor_register.persistence.restore import Drill, Elsewhere, Opening, Outcome
from visitor_register.persistence.tables import entry
from visitor_register.services.access import require

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A backup, and where it lies. One that lies in both places is read from this PC: that is quicker."""

    backup: Backup
    where: Where


@dataclass(frozen=True, slots=True)
class Look:
    """What a try showed before anything was changed.

    Attributes:
        made_at: Of when the backup is.
        trial: How it went; its `fault` where it cannot be relied on.
        people: Who can sign in afterwards, each with the password of that time.
        dsl_made_at: Of when the DSL's part is; None where there is none. `dsl_is_older`: lines were added since.
        newer_here: How many lines the register that lies here has more; None where nobody can tell.
        is_here: Whether a register lies here, which would be put aside.
    """

    made_at: datetime
    trial: Drill
    people: tuple[Operator, ...]
    dsl_made_at: datetime | None
    dsl_is_older: bool
    newer_here: int | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class Since:
    """What was written after a backup was made: how many lines of both files, and which of them one remembers."""

    lines: int = 0
    arrivals: int = 0
    departures: int = 0
    bookings: int = 0
    first: datetime | None = None
    last: datetime | None = None


def beside(folder: Path) -> list[Found]:
    """The backups in the register's own folder, the newest first."""
    return together(backup.listed(folder), ())


def at_second_place(folder: Path) -> list[Found]:
    """Those at the second place of this PC, of whatever register lies there; the newest first. It may take long."""
    named = settings.load(folder).backup_folder
    return [Found(one.backup, Where.SECOND) for one in within(Path(named))] if named else []


def within(chosen: Path) -> list[Found]:
    """What somebody means by a folder: a backup, a folder of backups, a register's folder, or a second place."""
    try:
        if (chosen / backup_folder.MANIFEST).is_file():
            places = [chosen.parent]
        else:
            shared = [path for path in chosen.iterdir() if path.is_dir() and path.name.startswith(second_place.PREFIX)]
            places = [chosen, backup.place_in(chosen), *shared]
        found = [one for place in places for one in backup_folder.listed(place)]
    except OSError:
        return []
    if (chosen / backup_folder.MANIFEST).is_file():
        found = [one for one in found if one.path == chosen]
    return _sorted(Found(one, Where.CHOSEN) for one in found)


def together(here: Iterable[Backup], elsewhere: Iterable[Backup]) -> list[Found]:
    """Both places in one list: what lies in both stands in it once."""
    copies = {one.path.name: one for one in elsewhere}
    found = [Found(one, Where.BOTH if copies.pop(one.path.name, None) else Where.HERE) for one in here]
    return _sorted([*found, *(Found(one, Where.SECOND) for one in copies.values())])


def merged(found: Sequence[Found], more: Sequence[Found]) -> list[Found]:
    """The same for what was found one place after the other, whichever answered first."""
    both = [*found, *more]
    here = [one.backup for one in both if one.where in (Where.HERE, Where.BOTH)]
    return together(here, [one.backup for one in both if one.where in (Where.SECOND, Where.BOTH)])


def look(made: Path, folder: Path, opening: Opening, *, at: datetime, progress: Progress) -> Look:
    """Try a backup as if it were restored into this folder; nothing there is touched.

    Raises:
        WrongPasswordError, NotAllowedError, RegisterError: as `restore.drill` does.
    """
    manifest = backup_folder.manifest_of(made)
    trial = restore.drill(made, opening, at=at, elsewhere=_known(made, folder), folder=folder, progress=progress)
    dsl, desk = manifest.files.get("dsl"), manifest.files.get("desk")
    noted = noted_head(folder / "desk.db")
    same = noted is not None and desk is not None and (noted.desk, noted.epoch) == (desk.desk, desk.epoch)
    return Look(
        made_at=manifest.made_at,
        trial=trial,
        people=() if trial.fault else tuple(Keyring.load(made / "keyring.json").people()),
        dsl_made_at=None if dsl is None else dsl.made_at,
        dsl_is_older=manifest.dsl_is_older,
        newer_here=max(0, noted.seq - desk.seq) if noted is not None and desk is not None and same else None,
        is_here=registers.exists(folder),
    )


def put_back(
    made: Path,
    folder: Path,
    opening: Opening,
    *,
    at: datetime,
    cost: PasswordCost | None = None,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Restore a backup, with all that is known elsewhere of it.

    Raises:
        RegisterError: it could not be restored; the register that lies there is as it was.
    """
    known = _known(made, folder)
    return restore.restore(made, folder, opening, at=at, elsewhere=known, cost=cost, progress=progress)


def agree(keyring: Keyring, password: str, *, by: Operator) -> None:
    """Whether somebody at an open desk may have the register restored: the password is typed again for it.

    Raises:
        NotAllowedError: only the DSL and the head may.
        WrongPasswordError: that is not their password.
    """
    require(by, SEES_CHILDREN)
    keyring.open(by.id, password)


def keep_elsewhere(by: Operator) -> None:
    """Whether somebody may choose where the backups lie.

    Raises:
        NotAllowedError: only the DSL and the head may.
    """
    require(by, SEES_CHILDREN)


def drill_done(session: Session, drill: Drill, *, by: Operator, at: datetime) -> None:
    """Note that a backup was opened and proved as after a disaster.

    Raises:
        NotAllowedError: only the DSL and the head can open a whole backup.
    """
    require(by, SEES_CHILDREN)
    done = DrillDone(drill.made_at, drill.entries, drill.sound, round(drill.seconds))
    journal.append(session, REGISTER, done, by=by, at=at)


def since(session: Session, made: Backup, *, dsl: Session | None = None) -> Since:
    """What was written after this backup was made, in the desk's file and, where it is open, in the DSL's."""
    kinds, moments = _later(session, made, "desk")
    dsl_kinds, dsl_moments = _later(dsl, made, "dsl") if dsl is not None else (Counter(), [])
    moments += dsl_moments
    return Since(
        lines=kinds.total() + dsl_kinds.total(),
        arrivals=kinds["Arrived"],
        departures=kinds["Left"],
        bookings=kinds["Booked"],
        first=min(moments, default=None),
        last=max(moments, default=None),
    )


def _later(session: Session, made: Backup, name: str) -> tuple[Counter[str], list[datetime]]:
    """How many of each kind were written since, and the first and the last moment."""
    copied = made.manifest.files.get(name)
    # Counted here: grouped in the file, all of its lines would be read.
    later = (
        select(entry.c.kind, entry.c.clock)
        .where(entry.c.clock > (0 if copied is None else copied.clock))
        .order_by(entry.c.clock)
    )
    found = session.execute(later).all()
    moments = [datetime.fromtimestamp(clock / 1e6, UTC) for _, clock in (*found[:1], *found[-1:])]
    return Counter(kind for kind, _ in found), moments


def _known(made: Path, folder: Path) -> Elsewhere:
    """The heads noted at the second place of this PC, and what is known there to have been erased."""
    named = settings.load(folder).backup_folder
    if not named:
        return Elsewhere()
    desk = Keyring.load(made / "keyring.json").desk
    heads = second_place.heads_soon(named, desk)
    return Elsewhere(heads.values(), second_place.erased(Path(named), desk))


def _sorted(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda one: (one.backup.made_at, one.backup.path.name), reverse=True)
