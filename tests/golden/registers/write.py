"""Writes the register of a release, once, with its own program: `python -m tests.golden.registers.write FOLDER`."""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.factories import NOW, Clock, create_register
from tests.persistence.tampering import erase, fill
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.people import PersonKind
from visitor_register.services import drafts

FILES = ("desk.db", "dsl.db", "desk.head.json", "dsl.head.json", "keyring.json")


def write(place: Path) -> None:
    """Make a register with something of everything in it, close it, and put its files there."""
    with tempfile.TemporaryDirectory() as folder:
        world = create_register(Path(folder) / "register", Clock())
        fill(world)
        with world.register.write() as session:
            drafts.keep(session, Arrival(visitor=NewVisitor(PersonKind.OTHER, "Leila Haddad")), "Leila Haddad", at=NOW)
        with world.register.write() as session:
            erase(session, [(1, 20)], by=world.dsl)
        world.register.close()
        place.mkdir(parents=True)
        for name in FILES:
            shutil.copy(world.register.folder / name, place / name)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
