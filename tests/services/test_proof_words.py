"""What verifying found, in words a head understands: no word of ours, and every kind and table has a name."""

import re

import pytest

from tests.factories import NOW, World
from visitor_register.domain import events
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import NotAllowedError
from visitor_register.persistence.tables import projected
from visitor_register.persistence.verify import Broken, Finding
from visitor_register.services import proof, proof_words

NEVER = re.compile(r"\b(check-in|host|tenant|entity|veil|matter|entry|journal|projection|epoch|unlisted)\b", re.I)


@pytest.mark.parametrize("kind", [*(kind.__name__ for kind in events.VERSIONS), "FromAnotherYear", "x"])
def test_every_kind_of_line_has_words(kind: str) -> None:
    said = proof.told("desk", Finding(9, 0, "line 1/7: x", Broken(7, NOW, None, kind)), {})
    words = proof_words.kind(kind)
    assert words
    assert not NEVER.search(f"{words} {' '.join(said.lines)}")


@pytest.mark.parametrize("table", sorted(projected.tables))
@pytest.mark.parametrize("what", ["is missing", "differs from the lines"])
def test_every_table_has_words(table: str, what: str) -> None:
    said = proof.told("DSL's", Finding(9, 0, f"table {table}: a row {what} (subject 1)"), {}).lines[0]
    assert not NEVER.search(said)
    assert "_" not in said


def test_reception_does_not_prove_the_register(world: World) -> None:
    with world.register.read() as session:
        for role in Role:
            by = Operator(world.dsl.id, "x", role)
            if role in proof.PROVES:
                assert proof.check(session, by=by).sound
                assert proof.find(session, proof.of_today(session, at=NOW).words, by=by)  # type: ignore[union-attr]
                continue
            with pytest.raises(NotAllowedError):
                proof.check(session, by=by)
            with pytest.raises(NotAllowedError):
                proof.find(session, "x", by=by)


def test_an_empty_file_has_no_words_and_the_foot_stays_short(world: World) -> None:
    with world.register.dsl_file().read() as session:
        assert proof.of_today(session, at=NOW) is None
    with world.register.read() as session:
        told = proof.of_today(session, at=NOW)
    assert told is not None
    assert told.foot == f"Register proof: {told.words} (24 Nov 2026 10:24)"
