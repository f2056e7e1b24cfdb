"""Imports that are kept as drafts: one for each authority, by those who import, and never in the journal."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text, update

from tests.factories import PASSWORD
from tests.services.chart_office import FIRST, Office
from visitor_register.domain.chart_guard import Guard
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import chart_draft
from visitor_register.services import chart_drafts
from visitor_register.services.chart_drafts import ChartDraft
from visitor_register.services.chart_plan import Decisions

SAID = Decisions(
    {"Addy": None, "A. Hill": "r1"},
    same=frozenset({("old", "new")}),
    different=frozenset({("old", "other")}),
    also=frozenset({"r9"}),
    partial=True,
    confirmed=frozenset({Guard.OLDER}),
    kept={"key": True},
    links={"r2": None, "r3": "r1"},
)


def draft(office: Office, authority: str) -> ChartDraft:
    file = office.read(FIRST)
    mappings = {one.fingerprint: one for one in file.reading.mappings}
    return ChartDraft(file, SAID, authority, "Ada", "soon", "24/11/2026", date(2026, 11, 2), mappings)


def keep(office: Office, kept: ChartDraft, *, before: str | None = None) -> None:
    office.world.clock.move(minutes=1)
    with office.world.register.write() as session:
        chart_drafts.keep(session, kept, 3, by=office.world.dsl, at=office.world.clock(), before=before)


def waiting(office: Office) -> list[str]:
    with office.world.register.read() as session:
        return [one.authority for one in chart_drafts.waiting(session)]


def test_all_that_was_read_and_decided_comes_back(office: Office) -> None:
    entries, kept = office.entries(), draft(office, "Brent")
    keep(office, kept)
    with office.world.register.read() as session:
        assert chart_drafts.open_draft(session, "Brent") == kept
        (one,) = chart_drafts.waiting(session)
    assert (one.file_name, one.left_to_decide, one.kept_by) == (FIRST.name, 3, office.world.dsl.name)
    assert office.entries() == entries


def test_there_is_one_for_each_authority(office: Office) -> None:
    for authority in ("Brent", "Harrow", "Brent"):
        keep(office, draft(office, authority))
    assert waiting(office) == ["Brent", "Harrow"], "the newest first"
    keep(office, draft(office, "Barnet"), before="Harrow")
    assert waiting(office) == ["Barnet", "Brent"]


def test_a_discarded_one_can_be_put_back_and_replaces_no_newer_one(office: Office) -> None:
    keep(office, draft(office, "Brent"))
    with office.world.register.write() as session:
        gone = chart_drafts.discard(session, "Brent", by=office.world.dsl)
        assert chart_drafts.discard(session, "Brent", by=office.world.dsl) is None
    assert gone is not None
    with office.world.register.write() as session:
        chart_drafts.put_back(session, gone, by=office.world.dsl)
    with office.world.register.read() as session:
        assert chart_drafts.open_draft(session, "Brent") == draft(office, "Brent")
    newer = replace(draft(office, "Brent"), from_whom="Bo")
    keep(office, newer)
    with office.world.register.write() as session:
        chart_drafts.put_back(session, gone, by=office.world.dsl)
        assert chart_drafts.open_draft(session, "Brent") == newer


def test_only_those_who_import_keep_and_discard(office: Office) -> None:
    with office.world.register.write() as session:
        with pytest.raises(NotAllowedError):
            chart_drafts.keep(session, draft(office, "Brent"), 0, by=office.world.reception, at=office.world.clock())
        with pytest.raises(NotAllowedError):
            chart_drafts.discard(session, "Brent", by=office.world.reception)


def test_one_that_is_gone_or_was_kept_by_another_version_says_what_to_do(office: Office) -> None:
    with office.world.register.read() as session, pytest.raises(RegisterError, match="accepted or discarded"):
        chart_drafts.open_draft(session, "Brent")
    keep(office, draft(office, "Brent"))
    with office.world.register.write() as session:
        session.execute(update(chart_draft).values(body=b'{"file": 1}'))
    with office.world.register.read() as session:
        assert [one.file_name for one in chart_drafts.waiting(session)] == [FIRST.name], "it is still listed"
        with pytest.raises(RegisterError, match="choose the file again"):
            chart_drafts.open_draft(session, "Brent")


def test_a_register_of_before_there_were_drafts_gets_room_for_them(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    before, folder = office.tables(), office.world.register.folder
    with office.world.register.write() as session:
        session.execute(text("DROP TABLE chart_draft"))
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    office.world.register.close()
    office.world.register = Register.open(folder, office.world.dsl, PASSWORD)
    assert office.tables() == before
    keep(office, draft(office, "Brent"))
    assert waiting(office) == ["Brent"]
    office.proves_it()
