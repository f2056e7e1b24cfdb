"""`visitor-register drill`: the termly drill. It restores a backup into a folder of its own, proves it, and says so."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from visitor_register.cli.restore import opening, print_proofs
from visitor_register.domain import calendar
from visitor_register.errors import RegisterError, RegisterInUseError
from visitor_register.persistence import backup, restore
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.place import default_folder
from visitor_register.persistence.register import Register, exists
from visitor_register.persistence.restore import Drill, Opening
from visitor_register.services import restoring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "backup", type=Path, nargs="?", metavar="BACKUP", help="the backup's folder; without it, the newest one"
    )
    parser.add_argument("--register", type=Path, metavar="DIR", help="the register's folder, when it is another one")
    parser.add_argument("--name", help="the DSL or the head who holds the drill; not needed when there is only one")
    parser.add_argument("--recovery-code", action="store_true", help="try whether the recovery code opens the backup")


def run(options: argparse.Namespace) -> int:
    """Hold the drill and print its result; returns 0 when the backup is sound, 1 when it is not.

    Raises:
        RegisterError: there is no backup, or what was typed does not open it.
    """
    folder: Path = options.register or default_folder()
    options.backup = options.backup or _newest(folder)
    opened = opening(options, new_password=False)
    now = datetime.now(UTC)
    done = restore.drill(options.backup, opened, at=now, progress=_say)
    held, made = (f"{calendar.to_london(moment):%d/%m/%Y %H:%M}" for moment in (now, done.made_at))
    print(f"Drill of {held}, backup of {made}:")
    took = f"{done.seconds:.0f} seconds"
    print(f"{done.entries} lines, sound, {took}." if done.sound else f"It cannot be relied on ({took}). {done.fault}")
    print_proofs(done.proofs)
    print(_noted(folder, opened, done, now))
    return 0 if done.sound else 1


def _newest(folder: Path) -> Path:
    found = backup.listed(folder)
    if not found:
        raise RegisterError("There is no backup yet. Make one with “visitor-register backup”, or name one.")
    return found[0].path


def _noted(folder: Path, opened: Opening, done: Drill, at: datetime) -> str:
    """Note the drill in the register, where the same password opens that; returns what is to be said of it."""
    not_noted = "The drill is not noted in the register: "
    if opened.recovery_code or not exists(folder):
        return f"{not_noted}for that it is held with a password, where the register lies."
    people = [one for one in Keyring.load(folder / "keyring.json").people() if one.name == opened.name]
    try:
        register = Register.open(folder, people[0], opened.password) if people else None
    except RegisterInUseError:
        return f"{not_noted}it is open in its window."
    except RegisterError as error:
        return f"{not_noted}{error}"
    if register is None:
        return f"{not_noted}{opened.name} cannot sign in there."
    try:
        with register.write() as session:
            restoring.drill_done(session, done, by=people[0], at=at)
    finally:
        register.close()
    return "The drill is noted in the register."


def _say(words: str) -> None:
    print(f"{words} ...", file=sys.stderr)
