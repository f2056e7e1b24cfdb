"""The rights to the folder or the file go while the program runs: it says so, and the fire list is still there."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture import strace
from tests.torture.bench import Bench, set_up


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A register in a folder that every user of this PC may reach."""
    strace.warm()
    place = Path(tempfile.mkdtemp(prefix="read-only"))
    place.chmod(0o755)
    yield set_up(place)
    shutil.rmtree(place)


def test_a_register_that_cannot_be_written_to_says_so_and_shows_the_fire_list(bench: Bench) -> None:
    work = bench.work("read-only")
    ended = strace.unwatched(work)
    assert ended.exit == 0
    assert ended.noted("bug") == []
    refused = {words.replace("sign-in: ", "") for words in ended.noted("refused")}
    assert refused == {
        "NOT SAVED - use the paper sheet. The register's folder cannot be written to; tell whoever runs this PC."
    }
    kinds = [kind for kind, _ in ended.notes if kind not in ("still open", "rights back")]
    # Without rights to the folder only the notes beside the file fail: the sign-in itself is saved.
    assert kinds[:4] == ["rights gone", "visit", "fire list", "visit"]
    assert kinds[4:] in (
        ["rights gone", "refused", "fire list", "visit"],
        ["rights gone", "refused", "fire list", "refused", "visit"],
    )
    assert ended.noted("fire list") == ["2", "3"]
    look = bench.look(work.folder)
    assert {("visit", words) for words in ended.noted("visit")} <= look.there
    assert (look.faults, look.banner) == ((), False)
