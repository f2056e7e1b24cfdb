"""Somebody who imports charts, edits them by hand and takes them back, for tests."""

import functools
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from tests.factories import World
from tests.sample_charts import AUTHORITY, FILES
from visitor_register.domain.chart import ChartPerson, ChartReading, Reports
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.directory import ChartVersion, Holding, Post
from visitor_register.domain.matching import match_managers
from visitor_register.domain.people import BadgeCode, Operator, Person
from visitor_register.persistence import journal, projections, rows, verify
from visitor_register.persistence.tables import chart_version, projected, remembered
from visitor_register.resources_path import resource
from visitor_register.services import chart_edits, chart_import, chart_reading, chart_undo
from visitor_register.services.chart_edits import Editable
from visitor_register.services.chart_import import ChartMeta, ImportPreview
from visitor_register.services.chart_plan import NOTHING_DECIDED, Decisions
from visitor_register.services.chart_reading import ReadFile

FIRST, SECOND = (resource("sample", name) for name in FILES)


@functools.cache
def _sample(path: Path) -> ReadFile:
    return chart_reading.read_files([path])


@dataclass
class Office:
    """Somebody who imports charts."""

    world: World

    def reads(self, path: Path) -> ChartReading:
        return self.read(path).reading

    def read(self, path: Path) -> ReadFile:
        # The program's own samples are read once for all tests.
        return _sample(path) if path in (FIRST, SECOND) else chart_reading.read_files([path])

    def previews(self, reading: ChartReading, decisions: Decisions = NOTHING_DECIDED) -> ImportPreview:
        with self.world.register.read() as session:
            return chart_import.preview(session, reading, authority=AUTHORITY, decisions=decisions)

    def accepts(
        self,
        reading: ChartReading,
        decisions: Decisions = NOTHING_DECIDED,
        *,
        by: Operator | None = None,
        issued: date | None = None,
        authority: str = AUTHORITY,
    ) -> UUID:
        meta = ChartMeta(authority, "chart.csv", "0" * 64, issued, date(2026, 11, 3), "business support")
        self.world.clock.move(seconds=1)
        with self.world.register.write() as session:
            return chart_import.accept(
                session, reading, decisions, meta, by=by or self.world.dsl, at=self.world.clock()
            )

    def undoes(self, version: UUID, reason: str = "wrong file") -> None:
        self.world.clock.move(seconds=1)
        with self.world.register.write() as session:
            chart_undo.undo(session, version, reason, by=self.world.dsl, at=self.world.clock())

    def tables(self) -> dict[type, Counter[object]]:
        with self.world.register.read() as session:
            return {kind: Counter(rows.select_all(session, kind)) for kind in (Person, BadgeCode, Post, Holding)}

    def sure(self, path: Path) -> Decisions:
        """Yes to every guard rail, and the council's word wherever something was changed by hand."""
        decisions = Decisions({}, confirmed=frozenset(Guard))
        asked = self.previews(self.reads(path), decisions).conflicts
        return replace(decisions, kept={one.key: False for one in asked})

    def editable(self, name: str) -> Editable:
        """What may be changed by hand of somebody."""
        with self.world.register.read() as session:
            return chart_edits.editable(session, self.person(name).id)

    def everything(self) -> dict[str, Counter[object]]:
        """Every row of every table but the journal, drafts left out; a chart is the same one whether undone or not."""
        with self.world.register.read() as session:
            found = {
                name: Counter(tuple(row) for row in session.execute(select(table)))
                for name, table in {**projected.tables, "remembered": remembered}.items()
            }
            standing = rows.select_all(session, ChartVersion, chart_version.c.undone.is_(False))
        return {**found, "chart_version": Counter(standing)}

    def entries(self) -> int:
        with self.world.register.read() as session:
            return journal.count(session)

    def person(self, name: str) -> Person:
        with self.world.register.read() as session:
            (found,) = (one for one in rows.select_all(session, Person) if one.name == name)
        return found

    def proves_it(self) -> None:
        """The journal is sound, and the tables are what a rebuild makes of it."""
        before = self.tables()
        with self.world.register.write() as session:
            found = verify.verify(session)
            assert found.sound, found.fault
            projections.rebuild(session)
        assert self.tables() == before


def people(*told: tuple[str, str, str]) -> ChartReading:
    """A reading of (name, team, manager's name) rows without any numbers."""
    listed = [
        ChartPerson(
            f"r{at}", f"r{at}", f"row {at}", name, "Social Worker", written=name, unit=team, service=team,
            vacant=not name, reports=Reports(name=manager),
        )
        for at, (name, team, manager) in enumerate(told, 2)
    ]  # fmt: skip
    matched, problems = match_managers(listed)
    return ChartReading("csv", None, "f", (), matched, problems)
