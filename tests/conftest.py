"""What every test shares: no screen is needed, a register on a real disk, a clock that stands still."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import Clock, World, create_register

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_finish() -> None:
    """What was imported is garbage of no test: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    """Tuesday 24 November 2026, 10:24, until the test moves it."""
    return Clock()


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    """An open register with settings and two people, and nothing in it yet."""
    made = create_register(tmp_path / "register", clock)
    yield made
    made.register.close()
