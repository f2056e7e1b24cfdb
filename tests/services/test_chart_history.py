"""The chart on any day and as of any version: what the tables said then, rebuilt from the journal."""

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.services.chart_office import FIRST, SECOND, Office, people
from visitor_register.domain import calendar
from visitor_register.domain.chart_then import ChartThen
from visitor_register.domain.directory import ChartVersion, HandEdit, Holding, Post
from visitor_register.domain.people import Person
from visitor_register.errors import RegisterError
from visitor_register.persistence import rows
from visitor_register.persistence.tables import person
from visitor_register.services import chart_edits, chart_history, chart_view, directory
from visitor_register.services.chart_lines import Kind
from visitor_register.services.chart_lists import Wanted
from visitor_register.services.chart_view import Overview

Said = dict[type, Counter[object]]


def tables(office: Office) -> Said:
    """What the tables of the chart say now."""
    with office.world.register.read() as session:
        said = {kind: Counter(rows.select_all(session, kind)) for kind in (ChartVersion, Post, Holding, HandEdit)}
        return {**said, Person: Counter(rows.select_all(session, Person, person.c.version.is_not(None)))}


def as_said(found: ChartThen) -> Said:
    kinds = (ChartVersion, Post, Holding, HandEdit, Person)
    listed = (found.versions, found.posts, found.holdings, found.edits, found.people)
    return {kind: Counter(said) for kind, said in zip(kinds, listed, strict=True)}


def overview(office: Office) -> Overview:
    with office.world.register.read() as session:
        return chart_view.overview(session, Wanted(), at=office.world.clock())


def edited(office: Office, name: str, **changed: object) -> None:
    office.world.clock.move(seconds=1)
    with office.world.register.write() as session:
        who = office.person(name).id
        form = replace(chart_edits.editable(session, who).form, reason="rang", **changed)  # type: ignore[arg-type]
        chart_edits.edit(session, who, form, by=office.world.dsl, at=office.world.clock())


def test_every_day_reads_as_the_tables_did_on_that_day(office: Office) -> None:
    said: dict[date, tuple[Said, Overview]] = {}
    second: UUID | None = None

    def day_ends() -> None:
        said[calendar.london_date(office.world.clock())] = (tables(office), overview(office))
        office.world.clock.move(hours=24)

    day_ends()
    office.accepts(office.reads(FIRST), issued=date(2026, 11, 2))
    day_ends()
    edited(office, "Uchenna Windlestraw", phone="020 7946 0777", team="Elsewhere")
    day_ends()
    second = office.accepts(office.reads(SECOND), office.sure(SECOND))
    day_ends()
    edited(office, "Ottoline Fernstitch", on_chart=False)
    day_ends()
    office.undoes(second)
    day_ends()
    office.accepts(people(("Ada Hill", "A", ""), ("Bo Young", "A", "Ada Hill")), authority="Brent")
    day_ends()
    with office.world.register.read() as session:
        for day, (then, shown) in said.items():
            assert as_said(chart_history.on_day(session, day)) == then, day
            listed = chart_history.listed_on(session, day).listed
            assert Counter(listed.lines) == Counter(shown.lines)
            assert (listed.people, listed.vacant, listed.teams) == (shown.people, shown.vacant, shown.teams)
    assert len({(shown.people, shown.vacant) for _, shown in said.values()}) == 4


def test_a_version_reads_as_the_tables_did_when_it_was_accepted(office: Office) -> None:
    said = {}
    for path in (FIRST, SECOND, FIRST):
        version = office.accepts(office.reads(path), office.sure(path))
        said[version] = tables(office)
        edited(office, "Devika Allspicer", phone=f"020 7946 0{len(said)}00")
    with office.world.register.read() as session:
        for version, then in said.items():
            assert as_said(chart_history.of_version(session, version)) == then
        listed = chart_history.listed_on(session, date(2026, 11, 24))
        assert [(chart.id, number) for chart, number in listed.charts] == [(version, 3)]
        with pytest.raises(RegisterError, match="not in the register"):
            chart_history.of_version(session, uuid4())


def test_any_two_versions_compare_as_the_preview_said(office: Office) -> None:
    first = office.accepts(office.reads(FIRST))
    shown = office.previews(office.reads(SECOND))
    second = office.accepts(office.reads(SECOND))
    third = office.accepts(office.reads(SECOND))
    other = office.accepts(people(("Ada Hill", "A", "")), authority="Brent")
    with office.world.register.read() as session:
        found = chart_history.compare(session, second, first)
        assert (found.old.id, found.new.id, found.same) == (first, second, shown.same)
        said = [(line.kind, line.who, line.about, line.what) for line in found.lines]
        assert said == [(line.kind, line.who, line.about, line.what) for line in shown.lines]
        (gone, *_) = [line for line in found.lines if line.kind is Kind.LEFT]
        (joined, *_) = [line for line in found.lines if line.kind is Kind.JOINED]
        assert (gone.why, joined.why) == ("not on the later chart", "not on the chart before")
        same = chart_history.compare(session, second, third)
        assert (same.lines, same.same) == ((), 135)
        assert chart_history.compare(session, first, third).lines == found.lines
        for wrong in (first, other):
            with pytest.raises(RegisterError, match="same council"):
                chart_history.compare(session, first, wrong)


def test_one_person_on_a_day(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    lead = office.person("Devika Allspicer")
    worker = office.person("Uchenna Windlestraw")
    office.world.clock.move(hours=24)
    edited(office, worker.name, job_title="Practice Lead")
    edited(office, lead.name, on_chart=False)
    with office.world.register.read() as session:
        assert chart_history.person_on(session, worker.id, date(2026, 11, 23)) is None, "before the first chart"
        then = chart_history.person_on(session, worker.id, date(2026, 11, 24))
        now = chart_history.person_on(session, worker.id, date(2026, 11, 25))
        gone = chart_history.person_on(session, lead.id, date(2026, 11, 25))
        path = directory.path_up(session, worker.id)
    assert then is not None
    assert now is not None
    assert gone is not None
    assert (then.person.job_title, then.on_chart) == ("Family Support Worker", True)
    assert [step.holders[0].name for step in then.path][:1] == ["Devika Allspicer"]
    assert (now.person.job_title, now.path[0].vacant, gone.on_chart) == ("Practice Lead", True, False)
    assert list(now.path) == path


def test_a_day_is_the_one_the_clock_showed_then(office: Office) -> None:
    office.world.clock.move(hours=-240)
    version = office.accepts(people(("Ada Hill", "A", "")))
    with office.world.register.read() as session:
        assert chart_history.on_day(session, date(2026, 11, 13)).versions == ()
        (chart,) = chart_history.on_day(session, date(2026, 11, 14)).in_use
        assert chart.id == version
        assert len(chart_history.of_version(session, version).people) == 1
