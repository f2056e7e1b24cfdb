"""Spoilt files of every kind: each is read, or refused with a sentence; nothing hangs, grows, or reaches out."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest

from tests.factories import World
from tests.torture.fuzz_child import TOO_LONG
from tests.torture.fuzz_samples import Sample, mutations, samples
from tests.torture.report import tell

SEED = 20_261_122
BATCH = 125
ROOT = Path(__file__).parents[2]
ENDS = ("read", "refused", "too large", "too long")


@dataclass
class Ended:
    """How the files of a run ended: a count for each end, the sentences of those that ended otherwise."""

    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    long: list[str] = field(default_factory=list)
    slowest: float = 0.0
    peak_kib: int = 0

    def take(self, files: list[tuple[Sample, Path]], lines: list[dict[str, float | str]], died: str) -> None:
        """Add one child's answers; it died over the first file that has none."""
        *answers, last = lines if lines and "peak" in lines[-1] else [*lines, {"peak": 0}]
        self.peak_kib = max(self.peak_kib, int(last["peak"]))
        for (sample, path), answer in zip(files, answers, strict=False):
            self._one(sample, path, str(answer["ended"]), float(answer["seconds"]))
        if len(answers) < len(files):
            sample, path = files[len(answers)]
            self._one(sample, path, "too long" if TOO_LONG in died else f"died: {died[-400:]}", 0.0)
            if TOO_LONG in died:
                self.long.append(f"{path.parent.name}/{path.name}: {died[:600]}")

    def _one(self, sample: Sample, path: Path, ended: str, seconds: float) -> None:
        self.slowest = max(self.slowest, seconds)
        self.ends[f"{sample.kind} {ended}" if ended in ENDS else "wrong"] += 1
        if ended not in ENDS:
            self.wrong.append(f"{sample.name} ({path.parent.name}): {ended}")

    def details(self) -> str:
        """For the line of the run."""
        counts = ", ".join(f"{count} {end}" for end, count in sorted(self.ends.items()))
        return f"{counts}; slowest {self.slowest:.1f} s, peak {self.peak_kib / 1024:.0f} MB"


def _fuzz(folder: Path, spoilt: Iterator[Sample], ended: Ended) -> None:
    number = 0
    while batch := tuple(islice(spoilt, BATCH)):
        files: list[tuple[Sample, Path]] = []
        for sample in batch:
            number += 1
            place = folder / f"{number:05}"
            place.mkdir()
            path = place / sample.name
            path.write_bytes(sample.data)
            files.append((sample, path))
        while files:
            files = files[_read(folder, files, ended) :]


def _read(folder: Path, files: list[tuple[Sample, Path]], ended: Ended) -> int:
    """Let one child read these; how many it got through."""
    asked = "".join(f"{sample.kind} {path}\n" for sample, path in files)
    command = [sys.executable, "-B", "-m", "tests.torture.fuzz_child", str(folder)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, cwd=ROOT, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    ended.take(files, lines, f"{done.returncode} {done.stderr}")
    return min(len(files), len([line for line in lines if "ended" in line]) + 1)


def _run(world: World, folder: Path, count: int) -> None:
    found = samples((world.register.folder / "keyring.json").read_bytes())
    ended, dice = Ended(), random.Random(SEED)
    folder.mkdir()
    _fuzz(folder, mutations(found, count, dice), ended)
    left = {path.name for path in folder.rglob("*") if path.is_file()}
    tell("spoilt files", count, len(ended.wrong), SEED, ended.details())
    assert ended.wrong == []
    assert sum(ended.ends.values()) == count
    # Both are refusals of our own, said by the child or the sandbox; were they frequent, the run would show nothing.
    assert sum(number for end, number in ended.ends.items() if "too l" in end) <= count // 50, ended.long
    assert left <= {sample.name for sample in found} | {"chart.inside"}
    assert ended.peak_kib <= 512 * 1024


def test_sixty_spoilt_files_are_read_or_refused(world: World, tmp_path: Path) -> None:
    _run(world, tmp_path / "spoilt", 60)


@pytest.mark.torture
def test_two_thousand_spoilt_files_are_read_or_refused(world: World, tmp_path: Path) -> None:
    _run(world, tmp_path / "spoilt", 2_000)
