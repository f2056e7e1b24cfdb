"""`visitor-register rebuild`: makes the tables that screens read anew from the journal, which is not touched."""

import argparse

from visitor_register.cli import register_opening
from visitor_register.persistence import projections
from visitor_register.persistence.verify import verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    register_opening.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Rebuild every file this person may open; returns 0 when they are sound now, 1 when the journal itself is not.

    Raises:
        RegisterError: the register cannot be opened or written to.
    """
    sound = True
    with register_opening.opened(options) as register:
        for name, database in (("desk", register.desk), ("DSL's", register.dsl)):
            if database is None:
                print(f"The {name} file was left as it is: only the DSL or the head can open it.")
                continue
            with database.write() as session:
                folded = projections.rebuild(session)
            with database.read() as session:
                found = verify(session)
            print(f"The {name} file: made anew from {found.entries} lines about {folded} things.")
            if found.fault:
                print(f"The {name} file is not sound: {found.fault}. Restore a backup.")
            sound &= found.sound
    return 0 if sound else 1
