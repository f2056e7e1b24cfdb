"""Killed at every step of bringing an older register up to date: each file is the old one or the new one, and whole."""

import multiprocessing
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.factories import PASSWORD
from tests.golden.registers import RELEASED
from tests.torture.report import tell
from tests.torture.upgrade_child import KILLED, OVERWRITING, upgrade_until_killed
from visitor_register.domain.people import Operator
from visitor_register.errors import NewerRegisterError, RegisterDamagedError
from visitor_register.persistence import journal, upgrade
from visitor_register.persistence.database import Database, Identity, noted_head
from visitor_register.persistence.keyring import Keyring, Keys
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import PROJECTIONS
from visitor_register.persistence.verify import verify
from visitor_register.services import drafts

FILES = ("desk", "dsl")


@dataclass
class Released:
    """A register as a released program wrote it, and what killing its upgrade led to."""

    golden: Path
    place: Path
    operator: Operator
    keys: Keys
    keyring: Keyring
    left: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def kill(self, step: int | None, *, weak: bool = False) -> list[str]:
        """Let a child bring a fresh copy up to date until this step; without one, say which steps there are."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.golden, self.place)
        context = multiprocessing.get_context("forkserver")
        mine, its = context.Pipe(duplex=False)
        child = context.Process(target=upgrade_until_killed, args=(self.place, step, weak, its))
        child.start()
        its.close()
        try:
            names: list[str] = mine.recv()
        except EOFError:
            names = []
        child.join()
        if child.exitcode != (0 if step is None else KILLED):
            self.faults.append(f"step {step}: the child ended with {child.exitcode}")
        mine.close()
        child.close()
        return names

    def look(self, step: int | None) -> None:
        """See that each file is old or new, that the next start opens it, and that nothing is lost or left over."""
        shapes = [self._shape(name) for name in FILES]
        self.left[" and ".join(shapes)] += 1
        if "neither" in shapes:
            self.faults.append(f"step {step}: {shapes}")
        register = Register.open_with(self.place, self.keyring, self.keys)
        try:
            self.faults += [f"step {step}: {fault}" for fault in self._missing(register)]
        finally:
            register.close()
        left = sorted(path.name for path in self.place.iterdir() if ".upgrade" in path.name)
        if left:
            self.faults.append(f"step {step}: left over {left}")

    def _shape(self, name: str) -> str:
        path = self.place / f"{name}.db"
        if path.read_bytes() == (self.golden / path.name).read_bytes():
            return "old"
        key = self.keys.desk if name == "desk" else self.keys.dsl
        assert key is not None
        database = Database(path, key, Identity(self.keyring.desk, 1))
        try:
            with database.read() as session:
                revision = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
                tables = session.execute(text("PRAGMA user_version")).scalar_one()
                sound = verify(session).sound
        finally:
            database.close()
        return "new" if (revision, tables, sound) == (upgrade.newest_revision(), PROJECTIONS, True) else "neither"

    def _missing(self, register: Register) -> list[str]:
        faults = []
        if register.records_lost or register.ending_unknown:
            faults.append("said to have lost records")
        assert register.dsl is not None
        for name, database in (("desk", register.desk), ("dsl", register.dsl)):
            with database.read() as session:
                ending, finding = journal.head(session), verify(session)
            # The hash of the last entry stands for all before it; that each text fits its hash is what verify proves.
            if ending != noted_head(self.golden / f"{name}.db"):
                faults.append(f"{name}: another end")
            if finding.fault is not None:
                faults.append(f"{name}: {finding.fault}")
            if name == "desk" and finding.erased != 1:
                faults.append("the erasure is gone")
        with register.read() as session:
            if [draft.label for draft in drafts.waiting(session)] != ["Leila Haddad"]:
                faults.append("the parked arrival is gone")
        return faults


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Children fork from a server that has imported everything already."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(
        ["tests.torture.desk_child", "tests.torture.upgrade_child"]
    )


@pytest.fixture(params=RELEASED)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Released:
    """Each register that a released program wrote."""
    golden = RELEASED[request.param]
    keyring = Keyring.load(golden / "keyring.json")
    operator = keyring.people()[0]
    return Released(golden, tmp_path / "register", operator, keyring.open(operator.id, PASSWORD), keyring)


def _kill_each(released: Released, steps: list[int]) -> None:
    for step in steps:
        released.kill(step)
        released.look(step)
    ends = ", ".join(f"{number} times {shape}" for shape, number in released.left.most_common())
    tell(f"migration of {released.golden.name} killed", len(steps), len(released.faults), None, f"desk and DSL: {ends}")
    assert released.faults == []


def test_a_register_of_every_release_opens_and_loses_nothing(released: Released) -> None:
    names = released.kill(None)
    assert len([name for name in names if name.startswith("os.rename")]) >= len(FILES)
    released.look(None)
    assert released.faults == []
    assert released.left == {"new and new": 1}


def test_an_upgrade_killed_at_some_steps_leaves_each_file_old_or_new(released: Released) -> None:
    names = released.kill(None)
    replacing = [number for number, name in enumerate(names, 1) if name.startswith("os.rename")]
    _kill_each(released, [replacing[0], replacing[0] + 1])


def test_an_upgrade_that_writes_over_the_old_file_is_caught(released: Released) -> None:
    step = released.kill(None, weak=True).index(OVERWRITING) + 1
    released.kill(step, weak=True)
    with pytest.raises(RegisterDamagedError):
        released.look(step)


def test_a_register_of_a_newer_release_is_refused_politely_and_not_touched(released: Released) -> None:
    released.kill(None)
    register = Register.open_with(released.place, released.keyring, released.keys)
    with register.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    register.close()
    before = (released.place / "desk.db").read_bytes()
    with pytest.raises(NewerRegisterError, match="Install the newer version; nothing was changed"):
        Register.open_with(released.place, released.keyring, released.keys)
    assert (released.place / "desk.db").read_bytes() == before


@pytest.mark.torture
def test_an_upgrade_killed_at_every_step_leaves_each_file_old_or_new(released: Released) -> None:
    names = released.kill(None)
    _kill_each(released, list(range(1, len(names) + 1)))
