"""A register to be tortured: copied for each try, and looked at afterwards as the next start of the program would."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.factories import PASSWORD, Clock, create_register, create_visit, create_worker
from tests.torture.traced_child import Work
from visitor_register.domain.people import Operator
from visitor_register.persistence.keyring import Keyring, Keys
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import chart_version, child_hold, visit
from visitor_register.persistence.verify import verify


@dataclass(frozen=True, slots=True)
class Look:
    """What a start of the program finds: who is there, what is wrong, and whether the banner stands."""

    there: frozenset[tuple[str, str]] = frozenset()
    faults: tuple[str, ...] = ()
    banner: bool = False


@dataclass
class Bench:
    """A register with a little in it, that stays as it is; tries get a copy."""

    place: Path
    keys: Keys
    operator: Operator

    def work(self, name: str, **settings: Any) -> Work:
        """Work for a child, in a fresh copy of the register."""
        place = self.place / "try"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.place / "whole", place / "register")
        return Work(place / "register", place / "notes", self.keys, self.operator, name, **settings)

    def look(self, folder: Path) -> Look:
        """Open the register as the next start does, and verify both files."""
        return self.look_with(folder, self.keys)

    def look_with(self, folder: Path, keys: Keys) -> Look:
        """The same with the keys of now, where they were changed."""
        try:
            register = Register.open_with(folder, Keyring.load(folder / "keyring.json"), keys)
        except Exception as error:  # noqa: BLE001 - whatever it is, this start was no good
            return Look(faults=(f"the start: {type(error).__name__}: {error}",))
        faults: list[str] = []
        there = {("person", str(person.id)) for person in register.keyring.people()}
        try:
            for kind, file, table in (
                ("visit", register.desk, visit),
                ("chart", register.desk, chart_version),
                ("hold", register.dsl_file(), child_hold),
            ):
                with file.read() as session:
                    there |= {(kind, str(found)) for found in session.execute(select(table.c.id)).scalars()}
                    fault = verify(session).fault
                    faults += [fault] if fault else []
        except Exception as error:  # noqa: BLE001
            faults.append(f"reading: {type(error).__name__}: {error}")
        banner = register.records_lost
        register.close()
        return Look(frozenset(there), tuple(faults), banner)


def set_up(place: Path) -> Bench:
    """A register with a worker and a visit, closed, with the keys of somebody who holds all of them."""
    world = create_register(place / "whole", Clock())
    create_visit(world, create_worker(world))
    keyring, dsl = world.register.keyring, world.dsl
    world.register.close()
    return Bench(place, keyring.open(dsl.id, PASSWORD), dsl)
