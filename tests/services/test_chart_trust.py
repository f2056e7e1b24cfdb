"""Signed charts: the key is confirmed once, another key or an older chart is refused, unsigned ones are labelled."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.factories import AUTHORITY, NOW, World
from tests.golden import samples
from tests.services.chart_office import FIRST, Office
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.directory import ChartVersion
from visitor_register.domain.events import ChartAccepted, ChartUndone, ChartWasSigned
from visitor_register.errors import AnswerMissingError, FileRefusedError
from visitor_register.files.chart_bundle import Label, SignedChart, seal, unseal
from visitor_register.persistence import rows
from visitor_register.persistence.tables import chart_version
from visitor_register.services import chart_import, chart_trust
from visitor_register.services.chart_import import ChartMeta
from visitor_register.services.chart_plan import Decisions
from visitor_register.services.chart_trust import Standing, Trust

TODAY = date(2026, 11, 24)
COUNCIL, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number in (1, 2))
SHA = "ab" * 32
ACCEPTED = next(event for event in samples.ALL if isinstance(event, ChartAccepted))


def signed(
    version: int = 14, *, key: Ed25519PrivateKey = COUNCIL, until: date = TODAY, of: str = AUTHORITY
) -> SignedChart:
    """A chart as the council signs it."""
    return unseal(seal(b"chart", Label(of, version, date(2026, 11, 2), until, "chart.csv"), key))


def look(world: World, found: SignedChart | None, *, sha256: str = SHA, on: date = TODAY) -> Standing:
    """What the school makes of it."""
    with world.register.read() as session:
        return chart_trust.look_at(session, found, sha256, authority=AUTHORITY, on=on)


def pin(world: World) -> None:
    """Confirm the council's key."""
    with world.register.write() as session:
        chart_trust.pin(session, AUTHORITY, signed().key, "Mrs Clarke, by telephone", by=world.dsl, at=NOW)


def accept(world: World, version: int, *, sha256: str = SHA) -> ChartVersion:
    """Put a signed chart in use."""
    subject = uuid4()
    accepted = replace(ACCEPTED, authority=AUTHORITY, sha256=sha256)
    world.write((subject, accepted), (subject, ChartWasSigned(signed().key, version, TODAY)))
    with world.register.read() as session:
        found = rows.select_one(session, ChartVersion, chart_version.c.id == subject)
    assert found is not None
    return found


def test_an_unsigned_chart_is_taken_and_labelled(world: World) -> None:
    found = look(world, None)
    assert (found.trust, found.signed) == (Trust.UNSIGNED, None)
    assert "by telephone" in found.words
    pin(world)
    assert "why this one is not" in look(world, None).words


def test_a_key_is_confirmed_once_and_then_known(world: World) -> None:
    before = look(world, signed())
    assert (before.trust, before.signed) == (Trust.KEY_NOT_CONFIRMED, None)
    assert before.fingerprint in before.words
    pin(world)
    after = look(world, signed())
    assert (after.trust, after.signed) == (Trust.SIGNED, ChartWasSigned(signed().key, 14, TODAY))


def test_past_its_date_it_is_still_taken_and_the_label_changes(world: World) -> None:
    pin(world)
    found = look(world, signed(), on=TODAY + timedelta(days=1))
    assert (found.trust, found.signed is None) == (Trust.PAST, False)
    chart = accept(world, 14)
    assert chart_trust.standing_of(chart, TODAY) is Trust.SIGNED
    assert chart_trust.standing_of(chart, TODAY + timedelta(days=1)) is Trust.PAST
    assert chart_trust.standing_of(replace(chart, signed_with=""), TODAY) is Trust.UNSIGNED


def test_another_key_or_another_council_is_refused(world: World) -> None:
    pin(world)
    with pytest.raises(FileRefusedError, match=r"^This chart is signed with another key .* ring the council\.$"):
        look(world, signed(key=STRANGER))
    with pytest.raises(FileRefusedError, match="signed for Brent, not for"):
        look(world, signed(of="Brent"))


def test_an_older_chart_is_refused_until_the_newer_one_was_undone(world: World) -> None:
    pin(world)
    chart = accept(world, 15)
    with pytest.raises(FileRefusedError, match="version 14 and version 15 is in use"):
        look(world, signed())
    assert look(world, signed(15)).trust is Trust.SIGNED
    with pytest.raises(FileRefusedError, match="Two different charts carry the version 15"):
        look(world, signed(15), sha256="cd" * 32)
    world.write((chart.id, ChartUndone("a mistake")))
    assert look(world, signed()).trust is Trust.SIGNED


def test_a_withdrawn_key_counts_no_more(world: World) -> None:
    pin(world)
    with world.register.write() as session:
        (key,) = chart_trust.keys(session)
        with pytest.raises(AnswerMissingError, match="with whom"):
            chart_trust.pin(session, AUTHORITY, key.key, " ", by=world.dsl, at=NOW)
        with pytest.raises(AnswerMissingError, match="why"):
            chart_trust.withdraw(session, key.id, " ", by=world.dsl, at=NOW)
        chart_trust.withdraw(session, key.id, "a new one", by=world.dsl, at=NOW)
    assert look(world, signed()).trust is Trust.KEY_NOT_CONFIRMED


def test_accepting_writes_the_signature_down_and_refuses_what_it_does_not_fit(world: World) -> None:
    office = Office(world)
    reading, decisions = office.reads(FIRST), Decisions({}, confirmed=frozenset(Guard))
    pin(world)

    def accepts(found: SignedChart | None, sha256: str) -> ChartVersion:
        meta = ChartMeta(AUTHORITY, "harrow.vrchart", sha256, None, date(2026, 11, 3), "business support", found)
        world.clock.move(seconds=1)
        with world.register.write() as session:
            version = chart_import.accept(session, reading, decisions, meta, by=world.dsl, at=world.clock())
        with world.register.read() as session:
            accepted = rows.select_one(session, ChartVersion, chart_version.c.id == version)
        assert accepted is not None
        return accepted

    first = accepts(signed(14), "aa" * 32)
    assert (first.signed_with, first.council_version, first.valid_until) == (signed().key, 14, TODAY)
    before = office.entries()
    for found, words in ((signed(13), "version 14 is in use"), (signed(15, key=STRANGER), "another key")):
        with pytest.raises(FileRefusedError, match=words):
            accepts(found, "bb" * 32)
    assert office.entries() == before
    assert accepts(None, "cc" * 32).signed_with == ""
    office.proves_it()
