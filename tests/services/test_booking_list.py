"""Lists of visits: columns, days that can be read two ways, people, what is booked already, all rows or none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from tests.factories import World, create_booking, create_worker
from tests.services.test_plans import SMALL, _noting, _scans
from visitor_register.domain import booking_list as lists
from visitor_register.domain import booking_list_days as days
from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.booking_list import Column
from visitor_register.domain.booking_list_days import DayOrder
from visitor_register.domain.bookings import Place, Told
from visitor_register.domain.people import Operator, PersonKind, Role
from visitor_register.errors import FileRefusedError, NotAllowedError, RegisterError
from visitor_register.files import booking_template, chart_csv, reader_child, sandbox
from visitor_register.persistence import journal, verify
from visitor_register.services import booking_list, bookings, sealed
from visitor_register.services.booking_list import Made, Plan, RowState
from visitor_register.services.booking_list_rows import Answers, Part

HEAD = "Day,From,To,Visitor,E-mail,Organisation,Here to see,Room,How we heard,When we heard"
LEILA = "10:00,11:00,Leila Haddad,h194359@harrow-lbc.example,,mrs shah,Meeting room 1,E-mail,16/11/2026"
FIRST = datetime(2026, 12, 1, 10, tzinfo=UTC)
CANARY = ("ZZ-17", "Core group", "asked to see him alone")


class Listed:
    """The office with a list."""

    def __init__(self, world: World, folder: Path, by: Operator) -> None:
        self.world, self.folder, self.by = world, folder, by
        self.worker = create_worker(world)

    def file(self, *lines: str) -> Path:
        path = self.folder / "visits.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def plan(self, *lines: str, answers: Answers | None = None) -> Plan:
        listed = lists.understand(chart_csv.read(self.file(*lines)), may_seal=True)
        return self.again(listed, answers or Answers())

    def again(self, listed: lists.BookingList, answers: Answers) -> Plan:
        with self.world.register.read() as session:
            return booking_list.plan(session, listed, answers, self.world.clock())

    def accept(self, plan: Plan, *, public: bytes | None = None) -> tuple[Made, ...]:
        with self.world.register.write() as session:
            return booking_list.accept(session, plan, public=public, by=self.by, at=self.world.clock())

    def entries(self) -> int:
        with self.world.register.read() as session:
            return journal.count(session)

    def booked(self) -> list[bookings.BookingLine]:
        with self.world.register.read() as session:
            return bookings.between(session, FIRST.replace(month=1), FIRST.replace(year=2027))


@pytest.fixture
def office(world: World, tmp_path: Path, people: Mapping[Role, Operator]) -> Listed:
    return Listed(world, tmp_path, people[Role.OFFICE])


def states(plan: Plan) -> list[RowState]:
    return [row.state for row in plan.rows]


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", DayOrder.DAY, date(2026, 4, 3)),
        ("03/04/2026", DayOrder.MONTH, date(2026, 3, 4)),
        ("03/04/2026", None, None),
        ("Fri 03/04/2026", None, date(2026, 4, 3)),
        ("25/12/26", None, date(2026, 12, 25)),
        ("12/25/2026", None, date(2026, 12, 25)),
        ("12/25/2026", DayOrder.DAY, None),
        ("05.05.2026", None, date(2026, 5, 5)),
        ("2026-12-01 14:00:00", None, date(2026, 12, 1)),
        ("46357", None, date(2026, 12, 1)),
        ("1st December 2026", None, date(2026, 12, 1)),
        ("Tuesday, December 1, 2026", None, date(2026, 12, 1)),
        ("Mon 01 Dec 2026", None, None),
        ("31/02/2026", None, None),
        ("1 Dec", None, None),
        ("next week", None, None),
    ],
)
def test_days_are_read_or_asked_about(text: str, order: DayOrder | None, day: date | None) -> None:
    found = days.read_day(text, order)
    assert found.day == day
    assert bool(found.wrong) == (day is None)


@pytest.mark.parametrize(
    ("said", "heading", "expected"),
    [
        (("03/04/2026", "25/04/2026"), "", (DayOrder.DAY, "")),
        (("03/04/2026", "04/25/2026"), "", (None, "03/04/2026")),
        (("03/04/2026 10:00", "05/05/2026"), "", (None, "03/04/2026")),
        (("25/04/2026", "04/25/2026", "03/04/2026"), "", (None, "")),
        (("03/04/2026",), "Day (dd/mm/yyyy)", (DayOrder.DAY, "")),
        (("03/04/2026",), "Date MM/DD/YYYY", (DayOrder.MONTH, "")),
        (("2026-04-03", "05/05/2026"), "", (None, "")),
    ],
)
def test_a_file_settles_its_days_or_is_asked_once(
    said: tuple[str, ...], heading: str, expected: tuple[DayOrder | None, str]
) -> None:
    assert days.settle(said, heading) == expected


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14.30", time(14, 30)),
        ("1400", time(14)),
        ("2 p.m.", time(14)),
        ("14:00:00", time(14)),
        ("9", time(9)),
        ("0.5", time(12)),
        (".75", time(18)),
        ("0.99999", None),
        ("25:00", None),
        ("13pm", None),
        ("noon", None),
    ],
)
def test_times_are_read(text: str, clock: time | None) -> None:
    assert days.read_clock(text) == clock


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("Name,E-mail,Room", "A,B,C"), "No column says the day"),
        (("Name,Job Title,Manager", "A,B,C"), "This is no list of visits"),
        (("lorem ipsum", "dolor"), "This is no list of visits"),
        (("Day,From,Room", "01/12/2026,10:00,Hall"), "No column says who comes"),
        (("Day,Visitor", "25/12/2026,Ann Able"), "No column says when the visits begin"),
        ((HEAD, ",,,"), "headings and no visits"),
        ((HEAD, *["25/12/2026,10:00"] * 2001), "more than 2,000 visits"),
    ],
)
def test_a_file_that_is_no_list_gets_one_sentence(tmp_path: Path, lines: tuple[str, ...], words: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines))
    with pytest.raises(FileRefusedError, match=words):
        lists.understand(chart_csv.read(path), may_seal=True)


def test_the_child_reads_a_list_and_refuses_what_is_none(tmp_path: Path) -> None:
    """One line of ten megabytes, an empty file, and our own empty list."""
    long, empty, own = (tmp_path / name for name in ("long.csv", "empty.csv", "own.csv"))
    long.write_text("x" * 10_000_000)
    empty.write_bytes(b"")
    booking_template.write(own)
    with pytest.raises(FileRefusedError, match="no list of visits"):
        lists.understand(sandbox.read_bookings(long), may_seal=True)
    with pytest.raises(FileRefusedError, match="empty"):
        sandbox.read_bookings(empty)
    with pytest.raises(FileRefusedError, match="headings and no visits"):
        lists.understand(reader_child.read_bookings(own), may_seal=True)
    table = reader_child.read_bookings(own).tables[0]
    assert [lists.column_of(cell) for cell in table.rows[0].cells] == list(booking_template.COLUMNS)


def test_a_list_is_booked_once_and_a_second_time_adds_nothing(office: Listed) -> None:
    lines = (HEAD, f"01/12/2026,{LEILA}", "15/12/2026,14:00,,Petra Novak,,Brightfix,Mr Bello,,phone,24/11/2026")
    plan = office.plan(*lines)
    assert states(plan) == [RowState.READY, RowState.FIX]
    assert plan.rows[0].notice is not None
    assert not plan.rows[0].notice.short
    assert plan.rows[1].why == ("Nobody here is called Petra Novak: say what kind of visitor that is.",)
    plan = office.again(plan.listed, Answers(newcomers=PersonKind.OTHER))
    assert states(plan) == [RowState.READY, RowState.READY]
    made = office.accept(plan)
    assert len(made) == 2
    first, second = office.booked()
    assert [one.id for one in first.visitors] == [office.worker]
    said = first.booking
    assert (said.starts_at, said.ends_at, said.here_to_see) == (FIRST, FIRST.replace(hour=11), "Mrs Shah")
    assert (said.told, said.notified_at) == (Told.EMAIL, calendar.at_london(date(2026, 11, 16), time.min))
    assert (second.visitors[0].name, second.visitors[0].organisation) == ("Petra Novak", "Brightfix")
    before = office.entries()
    plan = office.plan(*lines, answers=plan.answers)
    assert states(plan) == [RowState.THERE, RowState.THERE]
    assert plan.rows[1].why == ("This visit is booked already.",)
    with pytest.raises(RegisterError, match="No visit is ticked"):
        office.accept(plan)
    with pytest.raises(RegisterError, match="changed meanwhile"):
        office.accept(replace(plan, rows=(replace(plan.rows[0], ticked=True),)))
    assert office.entries() == before
    with office.world.register.read() as session:
        assert verify.verify(session).sound


def test_rows_that_need_a_look_say_why_and_are_put_right_in_place(office: Listed) -> None:
    create_worker(office.world, "Tom Okafor", badge="H20")
    taken = create_booking(office.world, office.worker, minutes=60)
    office.world.clock.at = FIRST.replace(month=11, day=24, hour=9)
    rest = "Tom Okafor,,,Mrs Shah,Hall,phone,"
    plan = office.plan(
        HEAD,
        f"31/02/2026,10:00,,{rest}",
        f"01/12/2026,11:00,10:00,{rest}",
        f"25/12/2026,half past,,{rest}",
        "16/12/2026,10:00,,Tom Okafor,h194359@harrow-lbc.example,,Mr Bello,,phone,",
        "24/11/2026,11:30,12:00,Leila Haddad,h194359@harrow-lbc.example,,Mrs Shah,,phone,",
        "17/12/2026,03:00,,Ann Able,ann@met.police.uk,,Ms Kaur,,phone,25/12/2026",
        "18/12/2026,10:00,,A. One; B. Two,a@b.example,,Ms Kaur,,phone,",
        "18/12/2025,10:00,,Ann Able,ann@met.police.uk,,Ms Kaur,,phone,",
    )
    said = [row.why[0] for row in plan.rows]
    assert said == [
        "“31/02/2026” is no day: write it like 30/11/2026.",
        "It ends before it starts: write the end, or make it empty.",
        "“half past” is no time: write it like 14:00.",
        "The file says Tom Okafor, but that address or number is Leila Haddad's. Say who comes.",
        "Mrs Shah has another visit at 11:24.",
        "The day we heard has not come yet: write the right one.",
        "Names and addresses do not pair up: give each visitor a row in the file, or leave this one out.",
        "That time is over: tick it if it is to be on record.",
    ]
    assert set(states(plan)) == {RowState.FIX, RowState.LOOK}
    assert plan.chosen == ()
    tom = next(who for who in plan.rows[0].read.who)
    assert [one.name for one in tom.offered] == ["Tom Okafor"]
    assert "Is this Tom Okafor, Social Worker, CIN Team 3? Say who comes." in plan.rows[0].why
    numbers = [row.number for row in plan.rows]
    typed = {
        (numbers[0], Part.DAY): "2 dec",
        (numbers[1], Part.END): "",
        (numbers[2], Part.START): "2pm",
        (numbers[5], Part.HEARD): "24/11/2026",
    }
    answers = Answers(typed=typed, who={tom.named: tom.offered[0].id}, ticked={numbers[4]: True})
    plan = office.again(plan.listed, answers)
    assert states(plan) == [
        *[RowState.READY] * 3,
        RowState.FIX,
        RowState.LOOK,
        RowState.LOOK,
        RowState.FIX,
        RowState.LOOK,
    ]
    assert plan.rows[5].why == ("It starts at 03:00: tick it if that is meant.",)
    assert [row.number for row in plan.chosen] == [2, 3, 4, 6]
    assert len(office.accept(plan)) == 4
    assert taken in {line.booking.id for line in office.booked()}


def test_one_name_is_answered_once_and_the_same_row_twice_is_one_visit(office: Listed) -> None:
    row = '16/12/2026,10:00,,"Haddad, Leila",,,Mr Bello,,phone,'
    plan = office.plan(HEAD, row, row, row.replace("16/", "17/"))
    assert states(plan) == [RowState.FIX] * 3
    (who,) = plan.rows[0].read.who
    plan = office.again(plan.listed, Answers(who={who.named: office.worker}))
    assert states(plan) == [RowState.READY, RowState.THERE, RowState.READY]
    assert plan.rows[1].why == ("The same visit stands in row 2.",)
    new = NewVisitor(PersonKind.COUNCIL, "Leila Haddad")
    made = office.accept(office.again(plan.listed, Answers(who={who.named: new})))
    assert len({line.visitors for line in office.booked()}) == 1
    assert len(made) == 2
    with office.world.register.write() as session:
        bookings.cancel(session, made[0].booking, by_school=True, why="x", by=office.by, at=office.world.clock())
    plan = office.again(plan.listed, Answers(who={who.named: office.booked()[0].visitors[0].id}))
    assert plan.rows[0].why == ("This visit was booked before and called off: tick it to book it again.",)


def test_places_and_several_visitors(office: Listed) -> None:
    head = "Date and time,Full name,E-mail,Where,Note to desk,Cost code"
    mail = "h194359@harrow-lbc.example"
    plan = office.plan(
        head,
        f"2026-12-01 10:00,Leila Haddad; Ann Able,{mail}; ann@met.police.uk,Teams,ring ext 201,1",
        f"2026-12-02 10:00 ,Leila Haddad,{mail},Meeting room 2,,",
        f"2026-12-03 10:00,Leila Haddad,{mail},12 Elm Row,,",
    )
    assert plan.listed.unread == ("Cost code",)
    alone = office.plan("Day,From,Staff number", "15/12/2026,10:00,h194359", "15/12/2026,10:00,H9")
    assert states(alone) == [RowState.READY, RowState.FIX]
    assert alone.rows[1].why == ("Nobody is named: write a name in the file, or leave the row out.",)
    assert states(plan) == [RowState.READY, RowState.READY, RowState.FIX]
    assert plan.asks_how
    with pytest.raises(RegisterError, match="Choose how we heard"):
        office.accept(plan)
    answers = Answers(told=Told.LETTER, places={plan.rows[2].read.place_key: Place.HOME})
    office.accept(office.again(plan.listed, answers))
    first, second, third = office.booked()
    assert [one.name for one in first.visitors] == ["Leila Haddad", "Ann Able"]
    assert first.visitors[1].kind is PersonKind.POLICE
    assert [line.booking.place for line in (first, second, third)] == [Place.ONLINE, Place.SCHOOL, Place.HOME]
    assert (second.booking.room, third.booking.room) == ("Meeting room 2", "")
    assert (first.booking.note_to_desk, first.booking.told) == ("ring ext 201", Told.LETTER)


def test_what_is_the_dsls_is_sealed_and_not_even_read_for_reception(
    office: Listed, people: Mapping[Role, Operator]
) -> None:
    head = f"{HEAD},Child ref,Purpose,Notes"
    line = f"01/12/2026,{LEILA},{','.join(CANARY)}"
    plan = office.plan(head, line)
    assert plan.listed.sealed == ("Child ref", "Purpose", "Notes")
    assert not [word for word in CANARY if word in repr(plan)]
    bare = lists.understand(chart_csv.read(office.file(head, line)), may_seal=False)
    assert not set(bare.rows[0].cells) & {Column.CHILD, Column.PURPOSE, Column.TEXT}
    assert bare.unread == ("Child ref", "Purpose", "Notes")
    world = office.world
    made = office.accept(plan, public=world.register.keyring.seal_public)
    with world.register.read() as session:
        assert [subject for subject, *_ in sealed.boxes(session)] == [made[0].booking]
    with world.register.dsl_file().write() as session:
        booking_list.record_reasons(session, made, by=world.dsl, at=world.clock())
        reason = sealed.reason_of(session, made[0].booking, by=world.dsl)
    assert reason is not None
    assert (reason.child_reference, reason.purpose, reason.detail) == ("ZZ-17", "core_group", CANARY[2])
    for role in (Role.RECEPTION, Role.AUDITOR):
        with world.register.write() as session, pytest.raises(NotAllowedError):
            booking_list.accept(session, plan, public=None, by=people[role], at=world.clock())
    for role in (Role.RECEPTION, Role.OFFICE, Role.AUDITOR):
        with world.register.dsl_file().write() as session, pytest.raises(NotAllowedError):
            booking_list.record_reasons(session, made, by=people[role], at=world.clock())


def test_a_fault_in_the_middle_writes_nothing(office: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = office.plan(HEAD, f"01/12/2026,{LEILA}", f"15/12/2026,{LEILA}")
    before, whole = office.entries(), bookings.book

    def breaks(*given: object, **named: object) -> object:
        monkeypatch.setattr(bookings, "book", fails)
        return whole(*given, **named)  # type: ignore[arg-type]

    def fails(*_given: object, **_named: object) -> None:
        raise RegisterError("x")

    monkeypatch.setattr(bookings, "book", breaks)
    with pytest.raises(RegisterError, match="x"):
        office.accept(plan)
    assert office.entries() == before


def test_a_long_list_asks_no_more_than_a_short_one(office: Listed) -> None:
    """People are read once for a file; bookings and settings by an index, and never row by row."""
    lines = [f"{day:02}/{month:02}/2027,{LEILA}" for month in range(1, 11) for day in range(1, 29)]
    counts = []
    for some in (lines[12:14], lines):
        with _noting(office.world) as asked:
            plan = office.plan(HEAD, *some)
        counts.append(len(asked))
    assert len(plan.chosen) == len(lines)
    assert counts[0] == counts[1]
    with office.world.register.read() as session:
        assert set(_scans(session, asked)) <= SMALL | {"person"}
