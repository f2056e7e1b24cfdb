"""Says whether something grows: a straight line through what was measured, and how steep it may be at most."""

import ctypes
import gc
import math
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

WARM_UP = 0.1
"""The part of a run that is not looked at: what is loaded, cached and built once."""

_ONE_SIDED_95 = 1.645


@dataclass(frozen=True, slots=True)
class Slope:
    """How much is added per step, and the bounds of that with 95 % confidence, one-sided each."""

    per_step: float
    lower: float
    upper: float


def slope(steps: Sequence[float], values: Sequence[float]) -> Slope:
    """Least squares; of fewer than three points, nothing is known."""
    if len(steps) < 3:
        return Slope(0.0, -math.inf, math.inf)
    middle, mean = sum(steps) / len(steps), sum(values) / len(values)
    spread = sum((step - middle) ** 2 for step in steps)
    steep = sum((step - middle) * (value - mean) for step, value in zip(steps, values, strict=True)) / spread
    left = sum((value - mean - steep * (step - middle)) ** 2 for step, value in zip(steps, values, strict=True))
    doubt = _ONE_SIDED_95 * math.sqrt(left / (len(steps) - 2) / spread)
    return Slope(steep, steep - doubt, steep + doubt)


@dataclass
class Meter:
    """Measures this process at so many steps: memory in MB, open files, threads, and what Qt and Python hold.

    `budget` is how much memory, in MB, may be added in `horizon` steps.
    """

    horizon: int
    budget: float = 50.0
    also: Callable[[], dict[str, float]] = dict
    steps: list[float] = field(default_factory=list)
    measured: dict[str, list[float]] = field(default_factory=dict)

    def measure(self, step: int) -> None:
        """Note how it stands after so many steps."""
        self.steps.append(step)
        for name, value in (_this_process() | self.also()).items():
            self.measured.setdefault(name, []).append(value)

    def slope_of(self, name: str) -> Slope:
        """What one of them adds per step after the warm-up."""
        first = next(at for at, step in enumerate(self.steps) if step >= self.steps[-1] * WARM_UP)
        return slope(self.steps[first:], self.measured[name][first:])

    def faults(self) -> list[str]:
        """What grows."""
        found = []
        most = self.slope_of("memory").upper * self.horizon
        if most > self.budget:
            found.append(f"memory may grow by {most:.0f} MB in {self.horizon:,} steps")
        for name in ("files", "threads", "objects"):
            grows = self.slope_of(name)
            # A count that is one more at the end than at the beginning is no trend.
            if grows.lower > 0 and grows.per_step * (self.steps[-1] - self.steps[0]) > 1:
                found.append(f"{name} grow by {grows.per_step * self.horizon:.0f} in {self.horizon:,} steps")
        return found

    def details(self) -> str:
        """The figures, for people."""
        memory = self.slope_of("memory")
        counts = ", ".join(
            f"{name} {self.measured[name][0]:.0f} to {self.measured[name][-1]:.0f}"
            for name in ("files", "threads", "objects")
        )
        held = self.measured["memory"]
        return (
            f"{self.steps[-1]:,.0f} steps, memory {held[0]:.0f} to {held[-1]:.0f} MB, "
            f"at most {memory.upper * self.horizon:.1f} MB in {self.horizon:,} steps, {counts}"
        )


def give_back_at_once() -> None:
    """Let what is freed leave this process at once: what a picture's buffer leaves in a heap would look like growth."""
    if sys.platform == "linux":
        # M_MMAP_THRESHOLD: buffers of 64 KiB and more are mapped each by itself. M_ARENA_MAX: one heap for all threads.
        for option, value in ((-3, 65_536), (-8, 1)):
            ctypes.CDLL(None).mallopt(option, value)


def _this_process() -> dict[str, float]:
    gc.collect()
    if sys.platform == "linux":
        # What was freed and not yet given back is no leak.
        ctypes.CDLL(None).malloc_trim(0)
    return {
        "memory": _resident() / 1e6,
        "files": float(len(list(Path("/proc/self/fd").iterdir()))) if sys.platform == "linux" else 0.0,
        "threads": float(threading.active_count()),
        "objects": float(_qt_objects()),
    }


def _resident() -> float:
    if sys.platform != "linux":
        return 0.0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return float(pages * os.sysconf("SC_PAGE_SIZE"))


def _qt_objects() -> int:
    app = QApplication.instance()
    roots: list[QObject] = [*QApplication.topLevelWidgets(), *([app] if app is not None else [])]
    return sum(1 + len(root.findChildren(QObject)) for root in roots)
