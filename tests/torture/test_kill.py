"""kill -9 at any moment: whoever was shown a tick is in the register, and the register is whole.

Parent and child speak through a pipe. At a named point the child stands still and is killed there;
otherwise it is killed after a random, seeded number of microseconds, wherever it happens to be.
"""

import multiprocessing
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.factories import CHEAP, NOW, PASSWORD
from tests.torture.desk_child import POINTS, Task, sign_in_until_killed
from tests.torture.report import tell
from visitor_register.domain.people import Operator, Role
from visitor_register.persistence import register as registers
from visitor_register.persistence.keyring import Keyring, Keys
from visitor_register.persistence.register import NewPerson, Register
from visitor_register.persistence.tables import visit
from visitor_register.persistence.verify import verify

SEED = 20_261_124
LONGEST_MS = 40
RESTART_S = 3.0
"""After a kill the register is open again within this time; asserted in the long run only, on a machine of its own."""


@dataclass
class Trials:
    """One register that is killed again and again, and every tick that was ever seen."""

    folder: Path
    operator: Operator
    keys: Keys
    chance: random.Random
    ticked: set[UUID] = field(default_factory=set)
    points: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    broken: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def kill(self, point: str | None, *, weak: bool = False) -> None:
        """Let a child work, kill it at the point or at a random moment, and look at what is left."""
        context = multiprocessing.get_context("forkserver")
        mine, its = context.Pipe()
        task = Task(self.folder, self.keys, self.operator, point, self.chance.randint(1, 3), weak)
        child = context.Process(target=sign_in_until_killed, args=(task, its))
        child.start()
        its.close()
        ticks: list[UUID] = []
        if mine.recv() != "ready":
            raise RuntimeError("the child did not start")
        until = time.perf_counter() + self.chance.uniform(0, LONGEST_MS) / 1_000
        while point is not None or (left := until - time.perf_counter()) > 0:
            if mine.poll(None if point is not None else left):
                said = mine.recv()
                if said == "still":
                    break
                ticks.append(said)
        child.kill()
        child.join()
        # What was on its way through the pipe was shown too.
        try:
            while mine.poll():
                ticks.append(mine.recv())
        except EOFError:
            pass
        mine.close()
        child.close()
        self.ticked.update(ticks)
        self.points[point or "at random"] += 1
        self._look()

    def _look(self) -> None:
        began = time.perf_counter()
        register = Register.open_with(self.folder, Keyring.load(self.folder / "keyring.json"), self.keys)
        self.slowest = max(self.slowest, time.perf_counter() - began)
        with register.read() as session:
            there = set(session.execute(select(visit.c.id)).scalars())
            fault = verify(session).fault
        if fault is not None:
            self.broken.append(fault)
        if register.records_lost:
            self.broken.append("records lost")
        register.close()
        missing = self.ticked - there
        self.lost += len(missing)
        self.ticked -= missing

    def tell(self, name: str) -> None:
        """Print what was found."""
        where = ", ".join(f"{count} {point}" for point, count in sorted(self.points.items()))
        tell(
            name,
            sum(self.points.values()),
            self.lost + len(self.broken),
            SEED,
            f"{len(self.ticked)} ticks kept, slowest restart {self.slowest:.2f} s; {where}",
        )


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Children fork from a server that has imported everything already."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.torture.desk_child"])


@pytest.fixture
def trials(tmp_path: Path) -> Trials:
    """A fresh register to be tortured."""
    folder = tmp_path / "register"
    registers.create(folder, [NewPerson("Joan Mensah", Role.RECEPTION, PASSWORD)], at=NOW, cost=CHEAP)
    keyring = Keyring.load(folder / "keyring.json")
    (operator,) = keyring.people()
    return Trials(folder, operator, keyring.open(operator.id, PASSWORD), random.Random(SEED))


def _schedule(chance: random.Random, named: int, at_random: int) -> list[str | None]:
    moments: list[str | None] = [point for point in POINTS for _ in range(named)] + [None] * at_random
    chance.shuffle(moments)
    return moments


def _run(trials: Trials, moments: list[str | None]) -> None:
    for moment in moments:
        trials.kill(moment)
    trials.tell("kill -9")
    assert (trials.lost, trials.broken) == (0, [])
    assert trials.ticked


def test_no_tick_is_ever_lost(trials: Trials) -> None:
    # 11 at each of 6 points: 33 before the commit, 22 between the commit and the tick; and 34 at random.
    _run(trials, _schedule(trials.chance, 11, 34))
    assert sum(trials.points[point] for point in ("before begin", "after begin", "before commit")) >= 20
    assert sum(trials.points[point] for point in ("after commit", "after head")) >= 20


def test_a_desk_that_ticks_too_early_is_caught(trials: Trials) -> None:
    for _ in range(3):
        trials.kill("before commit", weak=True)
    trials.tell("kill -9, control that ticks before the commit and must lose")
    assert trials.lost == 3
    assert trials.broken == []


@pytest.mark.torture
def test_no_tick_is_ever_lost_in_five_hundred_kills(trials: Trials) -> None:
    _run(trials, _schedule(trials.chance, 40, 260))
    assert trials.slowest < RESTART_S
