"""Badges drawn to break a decoder: it reads them or sees nothing, and never dies or hangs."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.report import tell

SEED = 20_261_122
ROOT = Path(__file__).parents[2]
SECONDS = 600


def _run(folder: Path, count: int) -> None:
    first, wrong, ends = 0, list[str](), list[str]()
    while first < count:
        command = [sys.executable, "-B", "-m", "tests.torture.pictures_child", str(SEED), str(first), str(count)]
        done = subprocess.run(
            [*command, str(folder)], capture_output=True, text=True, cwd=ROOT, timeout=SECONDS, check=False
        )
        lines = done.stdout.splitlines()
        wrong += [line for line in lines if line.startswith("bug")]
        ends += [line.removeprefix("end ") for line in lines if line.startswith("end ")]
        begun = [int(line.split()[1]) for line in lines if line.startswith("picture ")]
        if done.returncode != 0:
            wrong.append(f"died ({done.returncode}) over {begun[-1:]}: {done.stderr[-500:]}")
        first = begun[-1] + 1 if begun else count
    tell("spoilt pictures", count, len(wrong), SEED, "; ".join(ends))
    assert wrong == []


def test_sixty_spoilt_pictures_end_nothing(tmp_path: Path) -> None:
    _run(tmp_path, 60)


@pytest.mark.torture
def test_five_thousand_spoilt_pictures_end_nothing(tmp_path: Path) -> None:
    _run(tmp_path, 5_000)
