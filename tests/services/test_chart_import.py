"""The import of a chart from file to directory and back: stable people, leavers kept, nothing written unasked."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from tests.sample_charts import AUTHORITY, FILES, as_csv, first
from tests.services.chart_office import FIRST, SECOND, Office, people
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.directory import ChartVersion, Post, SamePerson
from visitor_register.domain.events import PersonRecorded
from visitor_register.domain.people import Operator, Person, PersonKind, Role
from visitor_register.domain.verification import Listing, Verdict
from visitor_register.errors import AnswerMissingError, FileRefusedError, NotAllowedError
from visitor_register.persistence import rows
from visitor_register.resources_path import resource
from visitor_register.services import chart_reading, chart_remembered, directory, front_desk
from visitor_register.services.chart_lines import Kind
from visitor_register.services.chart_plan import Decisions

WORKER = next(row for row in first() if row.title == "Family Support Worker" and row.name)


def test_the_sample_is_what_its_script_makes() -> None:
    for name, make in FILES.items():
        assert resource("sample", name).read_bytes() == as_csv(make()).encode()


def test_a_first_chart_fills_the_directory(office: Office) -> None:
    reading = office.reads(FIRST)
    shown = office.previews(reading)
    assert (shown.people, shown.posts, shown.vacant, shown.before) == (135, 141, 7, None)
    assert (shown.questions, shown.managers, shown.pairs) == ((), (), ())
    assert Counter(line.kind for line in shown.lines)[Kind.JOINED] == 135
    assert office.entries() == office.entries()
    version = office.accepts(reading)
    with office.world.register.read() as session:
        (found,) = directory.search(session, WORKER.name)
        path = directory.path_up(session, found.id)
        looked = front_desk.look_up(session, found.staff_number, at=office.world.clock())
        assert directory.current_charts(session)[0].id == version
    assert found.phone.startswith("020 7946 0")
    assert [step.post.title.partition(",")[0] for step in path][-1] == "Head of Service"
    assert len(path) >= 2
    assert looked.verdict is Verdict.NOT_BOOKED
    office.proves_it()


def test_nothing_is_written_before_accepting(office: Office) -> None:
    before = office.entries()
    office.previews(office.reads(FIRST))
    with office.world.register.read() as session:
        assert not chart_remembered.columns(session)
    assert office.entries() == before


def test_the_next_chart_changes_only_what_differs(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    before, tables = office.entries(), office.tables()
    shown = office.previews(office.reads(SECOND))
    kinds = Counter(line.kind for line in shown.lines)
    assert (kinds[Kind.JOINED], kinds[Kind.LEFT], kinds[Kind.MOVED], kinds[Kind.RENAMED]) == (6, 6, 4, 1)
    assert (kinds[Kind.CONTACT], kinds[Kind.MANAGER], kinds[Kind.HOLDER]) == (1, 4, 1)
    assert (shown.questions, shown.pairs) == ((), ())
    assert all(line.why for line in shown.lines if line.kind is not Kind.PROBLEM)
    second = office.accepts(office.reads(SECOND))
    # One entry for the version, one for each person and post that differs.
    changed = 6 + 6 + 4 + 1 + 1
    assert office.entries() - before < 2 * changed + 10
    gone = office.person("Bartholomew Buttercross")
    assert gone.left_version == second
    with office.world.register.read() as session:
        looked = front_desk.look_up(session, gone.staff_number, at=office.world.clock())
    assert looked.verdict is Verdict.LEFT_THE_CHART
    renamed = office.person("Violeta Silverbirchall")
    assert renamed.id in {one.id for one in tables[Person] if isinstance(one, Person) and one.name == "Violeta Dewpond"}
    office.proves_it()


def test_the_same_chart_again_writes_only_its_version(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    before = office.entries()
    shown = office.previews(office.reads(FIRST))
    assert (shown.same, [line for line in shown.lines if line.kind is not Kind.PROBLEM]) == (135, [])
    office.accepts(office.reads(FIRST))
    assert office.entries() == before + 1


def test_who_comes_back_is_the_same_record(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    gone = office.person("Bartholomew Buttercross")
    office.accepts(office.reads(SECOND))
    shown = office.previews(office.reads(FIRST))
    line = next(line for line in shown.lines if line.who == gone.name and line.kind is Kind.JOINED)
    assert "older chart" in line.why
    office.accepts(office.reads(FIRST))
    back = office.person("Bartholomew Buttercross")
    assert (back.id, back.left_version) == (gone.id, None)


def test_a_chart_of_one_service_leaves_the_others_alone(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    before = office.tables()
    whole = office.reads(SECOND)
    service = "Children Looked After"
    part = replace(
        whole,
        people=tuple(
            replace(row, manager=None if row.level == "2" else row.manager)
            for row in whole.people
            if row.service == service
        ),
    )
    shown = office.previews(part)
    asked = {question.guard for question in shown.questions}
    assert {Guard.MANY_LEFT, Guard.SERVICE_MISSING} <= asked
    with pytest.raises(AnswerMissingError, match="nothing was changed"):
        office.accepts(part)
    assert office.tables() == before
    partial = Decisions({}, partial=True)
    assert office.previews(part, partial).questions == ()
    office.accepts(part, partial)
    after = office.tables()
    for kind, attribute in ((Person, "service"), (Post, "service")):
        for row, count in before[kind].items():
            if getattr(row, attribute) != service:
                assert after[kind][row] == count, row
    head = next(row for row in after[Post] if row.service == service and row.level == "2")  # type: ignore[attr-defined]
    assert head.reports_to is not None, "the line up to the director stays"  # type: ignore[attr-defined]
    office.proves_it()


def test_an_older_chart_is_asked_about(office: Office) -> None:
    office.accepts(office.reads(FIRST), issued=date(2026, 11, 2))
    older = replace(office.reads(FIRST), as_at=date(2026, 8, 3))
    (question,) = office.previews(older).questions
    assert question.guard is Guard.OLDER
    with pytest.raises(AnswerMissingError):
        office.accepts(office.reads(FIRST), issued=date(2026, 8, 3))
    office.accepts(older, Decisions({}, confirmed=frozenset({Guard.OLDER})), issued=date(2026, 8, 3))


def test_somebody_with_another_address_is_offered_and_joined_only_when_a_person_says_so(office: Office) -> None:
    office.accepts(people(("Ada Hill", "A", ""), ("Bo Young", "A", "Ada Hill"), ("Di Fox", "A", "Ada Hill")))
    before = office.person("Bo Young")
    moved = people(("Ada Hill", "A", ""), ("Bo Young", "B", "Ada Hill"), ("Di Fox", "A", "Ada Hill"))
    shown = office.previews(moved, Decisions({}, confirmed=frozenset(Guard)))
    (pair,) = shown.pairs
    assert (pair.old, pair.name, pair.assumed) == (str(before.id), "Bo Young", False)
    assert Counter(line.kind for line in shown.lines)[Kind.LEFT] == 1
    said = Decisions({}, same=frozenset({(pair.old, pair.new)}), confirmed=frozenset(Guard))
    assert not any(line.kind is Kind.LEFT for line in office.previews(moved, said).lines)
    office.accepts(moved, said)
    assert office.person("Bo Young").id == before.id
    assert office.person("Bo Young").team == "B"
    office.proves_it()


def test_somebody_the_desk_wrote_down_is_joined_by_a_person_and_parted_by_undo(office: Office) -> None:
    written = uuid4()
    office.world.write((written, PersonRecorded(PersonKind.COUNCIL, "Bo Young", AUTHORITY, "Social Worker", "A")))
    chart = people(("Ada Hill", "A", ""), ("Bo Young", "A", "Ada Hill"))
    (pair,) = office.previews(chart).pairs
    assert (pair.old, pair.assumed) == (str(written), False)
    version = office.accepts(chart, Decisions({}, same=frozenset({(pair.old, pair.new)})))
    with office.world.register.read() as session:
        same = directory.aliases(session, written)
        found = directory.get(session, written)
        assert found is not None
        assert directory.listing(directory.best_of(session, found, same)) is Listing.CURRENT
    assert len(same) == 2
    assert office.previews(chart).pairs == ()
    office.undoes(version)
    with office.world.register.read() as session:
        assert directory.aliases(session, written) == {written}
        assert rows.select_all(session, SamePerson) == [], "they never were one"
    office.proves_it()


def test_a_decided_spelling_is_remembered(office: Office) -> None:
    chart = people(("Ada Hill", "A", ""), ("Bo Young", "A", "Addy Hill"), ("Di Fox", "A", "Addy Hill"))
    (entry,) = office.previews(chart).managers
    assert (entry.spelling, entry.reports, entry.candidates[0].name) == (
        "Addy Hill",
        ("Bo Young", "Di Fox"),
        "Ada Hill",
    )
    office.accepts(chart, Decisions({"Addy Hill": entry.candidates[0].key}))
    with office.world.register.read() as session:
        assert [step.holders[0].name for step in directory.path_up(session, office.person("Di Fox").id)] == ["Ada Hill"]
    shown = office.previews(chart)
    assert (shown.managers, shown.from_memory) == ((), ("Addy Hill",))
    assert office.previews(chart, Decisions({"addy hill": None})).from_memory == ()
    assert shown.same == 3


def test_columns_are_remembered_by_their_headings(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Who,Does what,Squad,Answers to\nAda Hill,Lead,A,\nBo Young,Worker,A,Ada Hill\n")
    with pytest.raises(FileRefusedError, match="headings"):
        chart_reading.read_files([path])
    path.write_text("Name,Job Title,Squad,Manager\nAda Hill,Lead,A,\nBo Young,Worker,A,Ada Hill\n")
    read = chart_reading.read_files([path])
    (mapping,) = read.reading.mappings
    assert Field.UNIT not in mapping.columns
    columns = tuple(Field.UNIT if heading == "Squad" else column
                    for heading, column in zip(mapping.headings, mapping.columns, strict=True))  # fmt: skip
    mine: dict[str, ColumnMapping] = {mapping.fingerprint: replace(mapping, columns=columns)}
    office.accepts(chart_reading.read_files([path], mine).reading)
    with office.world.register.read() as session:
        again = chart_reading.read_files([path], chart_remembered.columns(session))
    assert {row.unit for row in again.reading.people} == {"A"}


def test_a_list_without_telephones_takes_none_away(office: Office, tmp_path: Path) -> None:
    office.accepts(office.reads(FIRST))
    path = tmp_path / "short.csv"
    text = [f"{row.ref},{row.name or 'Vacant'},{row.title},{row.team},{row.above}" for row in first()]
    path.write_text("\n".join(["Post Unique Reference,Name,Job Title,Unit,Reports to Post", *text]).replace(
        "Head of Service,", "Head of Service -").replace("Manager, ", "Manager - "), "utf-8")  # fmt: skip
    before = office.person(WORKER.name)
    shown = office.previews(office.reads(path))
    assert not any(line.kind in (Kind.LEFT, Kind.CONTACT) for line in shown.lines)
    office.accepts(office.reads(path), Decisions({}, confirmed=frozenset(Guard)))
    after = office.person(WORKER.name)
    assert (after.phone, after.staff_number, after.service) == (before.phone, before.staff_number, before.service)


def test_reception_and_strangers_to_the_council_are_kept_apart(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="the office"):
        office.accepts(office.reads(FIRST), by=office.world.reception)
    with pytest.raises(NotAllowedError):
        office.accepts(office.reads(FIRST), by=Operator(uuid4(), "D. Officer", Role.AUDITOR))
    office.accepts(office.reads(FIRST))
    before = office.tables()
    office.accepts(people(("Ada Hill", "A", ""), ("Bo Young", "A", "Ada Hill")), authority="Brent")
    after = office.tables()
    assert not before[Person] - after[Person]
    assert len(after[Person] - before[Person]) == 2
    with office.world.register.read() as session:
        assert {chart.authority for chart in directory.current_charts(session)} == {AUTHORITY, "Brent"}


def test_rows_struck_through_are_left_out_unless_ticked(office: Office) -> None:
    chart = people(("Ada Hill", "A", ""), ("Bo Young", "A", "Ada Hill"))
    struck = replace(
        chart,
        people=tuple(replace(row, gone="struck through" if row.name == "Bo Young" else "") for row in chart.people),
    )
    assert office.previews(struck).people == 1
    assert office.previews(struck, Decisions({}, also=frozenset({"r3"}))).people == 2
    office.accepts(chart)
    left = next(line for line in office.previews(struck, Decisions({}, confirmed=frozenset(Guard))).lines
                if line.kind is Kind.LEFT)  # fmt: skip
    assert left.why == "row 3, struck through"


def test_a_job_share_is_one_post_with_two_holders(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    with office.world.register.read() as session:
        shared = [post for post in rows.select_all(session, Post) if len(directory.holders_of(session, post.id)) == 2]
    assert [post.team for post in shared] == ["Virtual School"]


def test_two_thousand_people_are_one_transaction_of_moments(office: Office) -> None:
    told = [("Ada Hill", "T0", "")] + [(f"Worker{at} Name{at}", f"T{at // 10}", "Ada Hill") for at in range(2000)]
    office.accepts(people(*told))
    with office.world.register.read() as session:
        assert len(directory.everybody(session)) == 2001
        assert rows.select_all(session, ChartVersion)[0].people == 2001
    later = people(*told[:-200], *((f"New{at} Name{at}", "T1", "Ada Hill") for at in range(200)))
    office.accepts(later, Decisions({}, confirmed=frozenset(Guard)))
    office.proves_it()
