"""What is owed is read in as many steps with 50,000 contacts stored as with 1,000: counted by the database."""

import statistics
import time
from pathlib import Path

import pytest

from tests.factories import Clock, create_register, create_worker
from tests.services.stored_contacts import OPEN, Steps, read_all_that_is_owed, store

pytestmark = pytest.mark.benchmark

STORED, TRIES = (1_000, 10_000, 50_000), 20


def _measured(folder: Path, count: int) -> tuple[int, float]:
    """The steps of one reading, and the milliseconds of the middle one."""
    world = create_register(folder / str(count), Clock())
    people = [create_worker(world, f"Worker{number} Haddad", badge=f"H{number:06}") for number in range(8)]
    store(world, people, count)
    # The first reading also reads what tables there are.
    assert len(read_all_that_is_owed(world, Steps())) == OPEN
    spent, steps = [], Steps()
    read_all_that_is_owed(world, steps)
    for _ in range(TRIES):
        start = time.perf_counter()
        read_all_that_is_owed(world, Steps())
        spent.append((time.perf_counter() - start) * 1_000)
    world.register.close()
    return steps.taken, statistics.median(spent)


def test_what_is_owed_is_read_in_as_many_steps_however_much_is_stored(tmp_path: Path) -> None:
    found = {count: _measured(tmp_path, count) for count in STORED}
    for count, (steps, spent) in found.items():
        print(f"\n{count:,} contacts stored, {OPEN} open: {steps:,} steps, {spent:.1f} ms", end="")
    print()
    assert len({steps for steps, _ in found.values()}) == 1
