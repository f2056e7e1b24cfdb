"""Bodies written by every released version still read as what they said. Never regenerate a released line."""

import json
from pathlib import Path

import pytest

from tests.golden import samples
from visitor_register.domain import events
from visitor_register.persistence import codec

GOLDEN = json.loads((Path(__file__).parent / "bodies.json").read_text(encoding="utf-8"))
SAMPLES = {type(event).__name__: event for event in samples.ALL}


def test_every_event_has_a_golden_body_of_the_version_it_is_written_in() -> None:
    written = {f"{kind.__name__} {version}" for kind, version in events.VERSIONS.items()}
    assert written <= set(GOLDEN)
    assert set(SAMPLES) == {kind.__name__ for kind in events.VERSIONS}


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_a_golden_body_reads_as_what_it_said(name: str) -> None:
    kind, version = name.split()
    assert codec.decode(kind, int(version), GOLDEN[name].encode()) == samples.EARLIER.get(name, SAMPLES[kind])


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_the_shape_written_now_is_the_golden_one(kind: str) -> None:
    name, version, body = codec.encode(SAMPLES[kind])
    assert body.decode() == GOLDEN[f"{name} {version}"]


def test_what_a_newer_program_wrote_is_kept_as_that() -> None:
    assert codec.decode("Teleported", 1, b"{}") == events.Unknown("Teleported", 1)
    assert codec.decode("Arrived", 2, b"[]") == events.Unknown("Arrived", 2)


def test_an_erased_body_is_nothing() -> None:
    assert codec.decode("Arrived", 1, None) is None
