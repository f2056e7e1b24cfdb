"""`visitor-register backup`: makes a backup now, proves it, and copies it to the second place."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from visitor_register import settings
from visitor_register.cli import register_opening
from visitor_register.cli.restore import print_proofs
from visitor_register.domain import calendar
from visitor_register.persistence import backup, second_place


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    register_opening.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Make a backup and say where it lies; returns 0.

    Raises:
        RegisterError: the register cannot be opened, the disk is full, or the second place did not take the copy.
    """
    with register_opening.opened(options) as register:
        now = datetime.now(UTC)
        made = backup.make(register.folder, register.desk, register.dsl, at=now)
        print(f"Backup of {calendar.to_london(now):%d/%m/%Y %H:%M}, {made.entries} lines, opened and proved:")
        print(made.path)
        print_proofs(made.manifest.proofs)
        if made.dsl_made_at is None:
            print("It holds no copy of the DSL's file yet: that is made when the DSL or the head signs in.")
        elif made.manifest.dsl_is_older:
            print(f"Its copy of the DSL's file is of {calendar.to_london(made.dsl_made_at):%d/%m/%Y %H:%M}.")
        folder = settings.load(register.folder).backup_folder
        if not folder:
            return 0
        second_place.take(made.path, Path(folder), register.folder, register.keyring.desk)
        print("It was copied to the second place.")
    return 0
