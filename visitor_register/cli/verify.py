"""`visitor-register verify`: proves that nobody changed the register, or names the first thing that was."""

import argparse

from visitor_register.cli import register_opening
from visitor_register.persistence.database import Database
from visitor_register.persistence.verify import verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    register_opening.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read every entry of every file this person may open; returns 0 when all is sound, 1 with a named fault.

    Raises:
        RegisterError: the register cannot be opened.
    """
    sound = True
    with register_opening.opened(options) as register:
        if register.records_lost:
            sound = False
            print("Records are lost: a file ends before the last entry that was noted beside it. Restore a backup.")
        elif register.ending_unknown:
            sound = False
            print("Records may be lost: the note of where a file ends cannot be read. Compare with the newest print.")
        sound &= _verified("desk", register.desk)
        if register.dsl is None:
            print("The DSL's file was not read: only the DSL or the head can open it.")
        else:
            sound &= _verified("DSL's", register.dsl)
    return 0 if sound else 1


def _verified(name: str, database: Database) -> bool:
    with database.read() as session:
        found = verify(session)
    erased = f", {found.erased} of them erased" if found.erased else ""
    print(f"The {name} file: {found.entries} entries{erased}: {found.fault or 'sound'}.")
    return found.sound
