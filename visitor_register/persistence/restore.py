"""Restores a backup: everything is proved on a copy first, and the register that lies there is put aside."""

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from visitor_register.domain import calendar
from visitor_register.domain.events import AccessChanged, Restored
from visitor_register.domain.people import SEES_CHILDREN, AccessChange, Operator
from visitor_register.domain.school import REGISTER
from visitor_register.errors import NotAllowedError, RegisterDamagedError, RegisterError, WrongPasswordError
from visitor_register.persistence import (
    backup_folder,
    ending,
    erasure,
    journal,
    put_aside,
    restore_swap,
    schema,
    upgrade,
)
from visitor_register.persistence.backup import head_of
from visitor_register.persistence.backup_folder import Manifest
from visitor_register.persistence.database import Database, Identity, fitting, noted_head
from visitor_register.persistence.faults import plainly
from visitor_register.persistence.journal import Head
from visitor_register.persistence.keyring import Keyring, Keys, PasswordCost
from visitor_register.persistence.passwords import check_length
from visitor_register.persistence.place import Lock, prepare
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore_values import Drill, Elsewhere, Opening, Outcome
from visitor_register.persistence.verify import verify

__all__ = ["Drill", "Elsewhere", "Opening", "Outcome", "drill", "people", "restore"]

Progress = Callable[[str], None]


def people(backup: Path) -> list[Operator]:
    """Who may restore this backup with a password, or be given a new one: the DSL and the head, as it knows them.

    Raises:
        RegisterDamagedError: this is no backup.
    """
    backup_folder.manifest_of(backup)
    return [one for one in Keyring.load(backup / "keyring.json").people() if one.role in SEES_CHILDREN]


def restore(
    backup: Path,
    folder: Path,
    opening: Opening,
    *,
    at: datetime,
    elsewhere: Elsewhere | None = None,
    cost: PasswordCost | None = None,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Put a backup in the place of the register in this folder, or begin one there: a clean machine has none.

    Raises:
        WrongPasswordError, NotAllowedError, RegisterInUseError: as they say.
        RegisterDamagedError, FileRefusedError, NewerRegisterError: the backup cannot be relied on.
        RegisterError: the folder cannot hold a register, or the disk is full. In each case nothing was changed.
    """
    elsewhere = elsewhere or Elsewhere()
    if opening.recovery_code:
        check_length(opening.new_password)
    prepare(folder)
    restore_swap.finish(folder)
    lock = Lock(folder)
    lock.take()
    try:
        place = restore_swap.stage(folder)
        try:
            outcome = _staged(backup, place, folder, opening, at, elsewhere, cost, progress)
            progress("Putting the register in its place")
            aside = restore_swap.put_in_place(folder)
        except OSError as error:
            raise RegisterError("The disk is full or cannot be written to. Nothing was changed.") from error
        finally:
            if not (folder / restore_swap.MARK).exists():
                shutil.rmtree(place, ignore_errors=True)
    finally:
        lock.release()
    until = None if aside is None else calendar.london_date(at + put_aside.KEPT)
    return replace(outcome, aside=aside, aside_until=until)


def drill(
    backup: Path,
    opening: Opening,
    *,
    at: datetime,
    elsewhere: Elsewhere | None = None,
    folder: Path | None = None,
    progress: Progress = lambda _: None,
) -> Drill:
    """Restore a backup into a folder of its own, prove it, and throw it away. It touches nothing else.

    What is known `elsewhere`, and what was erased in the register in `folder`, counts as it would in a restore.

    Raises:
        WrongPasswordError, NotAllowedError: the drill could not be begun.
        RegisterError: there is no room for it.
    """
    begun = time.monotonic()
    made_at = backup_folder.manifest_of(backup).made_at
    with tempfile.TemporaryDirectory(prefix="drill-", ignore_cleanup_errors=True) as name:
        try:
            known = elsewhere or Elsewhere()
            outcome = _staged(backup, Path(name), folder or Path(name), opening, at, known, None, progress)
        except RegisterDamagedError as error:
            return Drill(made_at, 0, time.monotonic() - begun, str(error))
        except OSError as error:
            raise RegisterError("There is no room for the drill on this disk. Nothing was changed.") from error
    seconds = time.monotonic() - begun
    return Drill(made_at, outcome.entries, seconds, erased_again=outcome.erased_again, proofs=outcome.proofs)


def _staged(
    backup: Path,
    place: Path,
    folder: Path,
    opening: Opening,
    at: datetime,
    elsewhere: Elsewhere,
    cost: PasswordCost | None,
    progress: Progress,
) -> Outcome:
    """A whole register in `place`: copied, proved, erasures applied again, in a new epoch, and closed."""
    progress("Copying the backup")
    backup_folder.copy(backup, place)
    manifest = backup_folder.check_whole(place)
    keyring = Keyring.load(place / "keyring.json")
    operator, keys = _opened(keyring, opening)
    if not opening.recovery_code:
        _still_leads(folder, keyring, operator)
    entries = _prove(place, manifest, keyring, keys, progress)
    # Of files without a line the manifest can say anything.
    own = max([1, *(copied.epoch for copied in manifest.files.values() if copied.seq)])
    epoch = 1 + ending.newest_epoch(own, _known_heads(folder, elsewhere))
    gone = {*erasure.read_list(folder / erasure.LIST), *erasure.read_list(place / erasure.LIST), *elsewhere.erased}
    register = Register.open_with(place, keyring, keys)
    try:
        if not opening.recovery_code:
            register.let_nobody_back(operator)
        files = [register.desk, register.dsl_file()]
        for database in files:
            database.identity = Identity(keyring.desk, epoch)
        progress("Erasing again what was erased since")
        erased_again = erasure.apply_again(register, gone, operator, at)
        returned = _returned(folder, keyring)
        with register.write() as session:
            back = AccessChanged(AccessChange.CAME_BACK)
            journal.append_all(session, [(one.id, back) for one in returned], by=operator, at=at)
        for database in files:
            with database.write() as session:
                journal.append(session, REGISTER, Restored(manifest.made_at, entries), by=operator, at=at)
                if opening.new_password and database is register.desk:
                    changed = AccessChanged(AccessChange.RECOVERED)
                    journal.append(session, operator.id, changed, by=operator, at=at)
        if opening.new_password:
            keyring.give_anew(operator, opening.new_password, keys, cost or PasswordCost())
            keyring.save()
    finally:
        register.close()
    dsl = manifest.files.get("dsl")
    return Outcome(
        made_at=manifest.made_at,
        entries=entries,
        head=head_of(manifest.files["desk"]),
        dsl_made_at=None if dsl is None else dsl.made_at,
        dsl_is_older=manifest.dsl_is_older,
        erased_again=erased_again,
        by=operator,
        aside=None,
        proofs=manifest.proofs,
        returned=returned,
    )


def _opened(keyring: Keyring, opening: Opening) -> tuple[Operator, Keys]:
    """Whoever restores, and both files' keys."""
    able = [one for one in keyring.people() if one.role in SEES_CHILDREN]
    wanted = opening.name.strip().casefold()
    named = [one for one in keyring.people() if one.name.casefold() == wanted] if wanted else able[:1]
    if not named:
        names = ", ".join(one.name for one in able)
        raise RegisterError(f"Nobody of that name is in this backup. The DSL and the head in it are: {names}.")
    operator = named[0]
    if operator not in able:
        raise NotAllowedError("Only the DSL or the head can restore a backup, or whoever has the recovery code.")
    if opening.recovery_code:
        return operator, keyring.recover(opening.recovery_code)
    if not opening.password:
        raise WrongPasswordError("Give the password of the DSL or the head, or the recovery code.")
    return operator, keyring.open(operator.id, opening.password)


def _returned(folder: Path, keyring: Keyring) -> tuple[Operator, ...]:
    """Who comes back with a keyring of old, compared with that of the register which lies here, if it can be read."""
    here = _here(folder, keyring.desk)
    roles = {} if here is None else {one.id: one.role for one in here.people()}
    return tuple(
        one
        for one in keyring.people()
        if roles and (one.id not in roles or (one.role in SEES_CHILDREN and roles[one.id] not in SEES_CHILDREN))
    )


def _still_leads(folder: Path, keyring: Keyring, operator: Operator) -> None:
    """See that the register that lies here has not taken this person off the list since."""
    here = _here(folder, keyring.desk)
    if here is not None and operator not in here.people():
        raise NotAllowedError(
            f"{operator.name} can no longer restore this register. Ask the DSL or the head, or use the recovery code."
        )


def _here(folder: Path, desk: str) -> Keyring | None:
    """The keyring of the register that lies here, where it is the same register's and can be read."""
    try:
        here = Keyring.load(folder / "keyring.json")
    except RegisterError:
        return None
    return here if here.desk == desk else None


def _prove(place: Path, manifest: Manifest, keyring: Keyring, keys: Keys, progress: Progress) -> int:
    """Prove every file of a copied backup, brought up to date; returns how many entries there are."""
    entries = 0
    for name in ("desk", "dsl"):
        possible, path, identity = keys.of_file(name), place / f"{name}.db", Identity(keyring.desk, 1)
        copied = manifest.files.get(name)
        if copied is None:
            if name == "desk":
                raise RegisterDamagedError("The backup holds no register. Use another one.")
            upgrade.create(path, possible[0], identity)
            continue
        progress("Proving the register" if name == "desk" else "Proving the DSL's file")
        database = Database(path, fitting(path, possible), identity)
        try:
            schema.refuse_active(database)
            with plainly():
                database.close()
                upgrade.bring_up_to_date(path, fitting(path, possible), identity, progress)
            schema.refuse_other(database)
            with database.read() as session:
                if ending.newest(session) != head_of(copied) and copied.seq:
                    raise RegisterDamagedError("The backup does not end where it says. Use another one.")
                found = verify(session)
        finally:
            database.close()
        if found.fault:
            raise RegisterDamagedError(f"The backup was changed: {found.fault}. Use another one.")
        entries += found.entries
    return entries


def _known_heads(folder: Path, elsewhere: Elsewhere) -> list[Head | None]:
    return [*(noted_head(folder / f"{name}.db") for name in ("desk", "dsl")), *elsewhere.heads]
