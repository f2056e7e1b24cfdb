"""Invitations: matched, booked, updated, moved and called off; and nothing of what only the DSL may read is left."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.factories import NOW, World, create_visit, create_worker
from tests.files import invitations as files
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.bookings import BookingState, Place, Told
from visitor_register.domain.events import SamePersonFound
from visitor_register.domain.invitations import InvitationRead
from visitor_register.domain.people import Operator, PersonKind, Role
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.files.invitation_ics import parse
from visitor_register.persistence import journal, verify
from visitor_register.services import bookings, invitation_steps, invitations, sealed
from visitor_register.services.bookings import BookingLine
from visitor_register.services.invitations import Applied, Choices, Proposal

WEEKLY = ("RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU",)
FIRST = datetime(2026, 12, 1, 14, tzinfo=UTC)
"""The first meeting of `tests.files.invitations.event`: London and UTC are the same in December."""
CANARY = ("Child 17", "CIN visit", "see the child alone")


class Post:
    """Invitations that arrive, and the office that confirms what is proposed."""

    def __init__(self, world: World, by: Operator) -> None:
        self.world, self.by = world, by
        self.worker = create_worker(world, "Leila Haddad", badge="leila")

    def read(self, *events: str, method: str = "REQUEST") -> InvitationRead:
        """One invitation, its organiser known by the address on the chart."""
        data = files.calendar(*events, method=method).replace(b"@northvale.example", b"@harrow-lbc.example")
        (read,) = parse(data.replace(b"Leila.Haddad@", b"Leila@"))
        return read

    def match(self, read: InvitationRead) -> Proposal:
        with self.world.register.read() as session:
            return invitations.match(session, read, self.world.clock())

    def apply(self, plan: Proposal, choices: Choices | None = None, public: bytes | None = None) -> Applied:
        with self.world.register.write() as session:
            return invitations.apply(
                session,
                plan,
                choices or Choices(visitors=(self.worker,)),
                public=public or self.world.register.keyring.seal_public,
                by=self.by,
                at=self.world.clock(),
            )

    def drop(self, *events: str, method: str = "REQUEST", choices: Choices | None = None) -> list[str]:
        """Drop a file and confirm it; what was done, by number of meetings."""
        plan = self.match(self.read(*events, method=method))
        self.apply(plan, choices)
        return said(plan)

    def lines(self) -> list[BookingLine]:
        with self.world.register.read() as session:
            return bookings.between(session, NOW - timedelta(days=9), NOW + timedelta(days=400))

    def journal(self, subjects: Iterable[UUID]) -> list[str]:
        with self.world.register.read() as session:
            entries = [entry for subject in subjects for entry in journal.entries_of(session, subject)]
        return [type(entry.event).__name__ for entry in entries]


def said(plan: Proposal) -> list[str]:
    """Each meeting in a few words."""
    return [
        " ".join(filter(None, (one.meeting.starts_at.strftime("%d/%m %H:%M"), one.step.value, one.why)))
        for one in plan.meetings
    ]


@pytest.fixture
def post(world: World, people: dict[Role, Operator]) -> Post:
    return Post(world, people[Role.OFFICE])


def moved(recurrence: str, start: str, end: str, sequence: int = 1, *more: str) -> str:
    """One meeting of the repeated one at another time."""
    return files.event(
        start, end, sequence=sequence, more=(f"RECURRENCE-ID;TZID=GMT Standard Time:{recurrence}", *more)
    )


def test_an_address_is_certain_and_a_name_is_only_offered(post: Post) -> None:
    namesake = create_worker(post.world, "Ngozi Eze", badge="h9")
    plan = post.match(post.read(files.event()))
    organiser, host, colleague = plan.attendees
    assert (organiser.person.id if organiser.person else None, organiser.by_address) == (post.worker, True)
    assert (host.person, host.staff, host.here_to_see) == (None, ("Mrs Shah",), False)
    assert host.new == NewVisitor(PersonKind.OTHER, "Shah", "elmbrook.example")
    assert (colleague.person, [one.id for one in colleague.offered]) == (None, [namesake])
    assert colleague.new == NewVisitor(PersonKind.COUNCIL, "Ngozi Eze", "London Borough of Harrow")
    assert (plan.place, plan.room, said(plan)) == (Place.SCHOOL, "Meeting room 2", ["01/12 14:00 book"])


def test_a_shared_address_is_offered_and_two_records_of_one_human_being_are_one(post: Post) -> None:
    twin = create_worker(post.world, "L. Haddad", badge="LEILA")
    organiser = post.match(post.read(files.event())).attendees[0]
    assert (organiser.person, {one.id for one in organiser.offered}) == (None, {post.worker, twin})
    post.world.write((UUID(int=7), SamePersonFound(post.worker, twin)))
    assert post.match(post.read(files.event())).attendees[0].by_address


@pytest.mark.parametrize(
    ("address", "kind", "organisation"),
    [
        ("a.b@met.police.uk", PersonKind.POLICE, "met.police.uk"),
        ("a.b@brent.gov.uk", PersonKind.OTHER_SERVICE, "brent.gov.uk"),
        ("a.b@gmail.com", PersonKind.OTHER, ""),
    ],
)
def test_a_newcomer_is_from_where_the_address_says(
    post: Post, address: str, kind: PersonKind, organisation: str
) -> None:
    read = post.read(files.event())
    (found,) = post.match(
        replace(read, organiser=None, people=(replace(read.people[0], name="", email=address),))
    ).attendees
    assert found.new == NewVisitor(kind, "A B", organisation)


def test_the_visit_is_booked_as_it_was_confirmed(post: Post) -> None:
    newcomer = NewVisitor(PersonKind.POLICE, "Tom Bell", "met.police.uk")
    choices = Choices((post.worker, newcomer), "Mrs Shah", Place.SCHOOL, "Meeting room 2")
    assert post.drop(files.event(), choices=choices) == ["01/12 14:00 book"]
    (line,) = post.lines()
    booked = line.booking
    assert [somebody.name for somebody in line.visitors] == ["Leila Haddad", "Tom Bell"]
    assert (booked.starts_at, booked.ends_at) == (FIRST, FIRST + timedelta(hours=1))
    assert (booked.here_to_see, booked.room, booked.told, booked.series) == (
        "Mrs Shah",
        "Meeting room 2",
        Told.INVITATION,
        None,
    )
    assert (booked.uid, booked.sequence, booked.notified_at) == (files.UID, 0, datetime(2026, 11, 20, 10, tzinfo=UTC))


def test_an_old_or_equal_sequence_changes_nothing_and_says_so(post: Post) -> None:
    post.drop(files.event(sequence=2))
    before = post.lines()
    for sequence, why in ((1, invitation_steps.OLDER), (2, invitation_steps.ALREADY)):
        later = files.event("20261202T100000", "20261202T110000", sequence=sequence)
        assert post.drop(later) == [f"02/12 10:00 nothing {why}"]
    assert post.lines() == before
    newer = later.replace("DTSTAMP:20261120", "DTSTAMP:20261125")
    assert post.drop(newer) == ["02/12 10:00 change"]


def test_an_update_keeps_host_room_and_note_and_the_first_names(post: Post) -> None:
    choices = Choices((NewVisitor(PersonKind.OTHER, "Ngozi Eze"), post.worker), "Mrs Shah", Place.SCHOOL, "Hall")
    post.drop(files.event(), choices=choices)
    (line,) = post.lines()
    form = bookings.BookingForm(
        visitors=tuple(one.id for one in line.visitors),
        starts_at=line.booking.starts_at,
        here_to_see="Mr Bello",
        room="Hall",
        note_to_desk="ring 201",
    )
    with post.world.register.write() as session:
        bookings.change(session, line.booking.id, form, by=post.by, at=NOW)
    post.world.clock.move(days=2)
    update = files.event("20261203T090000", "20261203T100000", sequence=1).replace("LOCATION:Elmbrook", "LOCATION:Near")
    plan = post.match(post.read(update.replace("Meeting room 2:mailto", "x:mailto").replace("\\, Meeting room 2", "")))
    assert (plan.room, plan.here_to_see, said(plan)) == ("Hall", "Mr Bello", ["03/12 09:00 change"])
    known = {one.invited.email.partition("@")[0]: one.person for one in plan.attendees}
    assert known["ngozi.eze"] == line.visitors[0], "confirmed before, so not asked again"
    post.apply(plan, Choices(form.visitors[1:]))
    (after,) = post.lines()
    assert (after.booking.here_to_see, after.booking.room, after.booking.note_to_desk) == (
        "Mr Bello",
        "Hall",
        "ring 201",
    )
    assert ([one.id for one in after.visitors], after.booking.state) == ([post.worker], BookingState.CHANGED)
    assert (after.booking.sequence, after.booking.notified_at) == (1, datetime(2026, 11, 20, 10, tzinfo=UTC))


def test_a_repeated_meeting_is_a_booking_each_and_one_of_them_moves(post: Post) -> None:
    assert post.drop(files.event(more=WEEKLY)) == [f"{day} 14:00 book" for day in ("01/12", "08/12", "15/12", "22/12")]
    assert len({line.booking.series for line in post.lines()}) == 1
    assert post.lines()[0].booking.series is not None
    assert post.drop(moved("20261208T140000", "20261209T093000", "20261209T103000")) == ["09/12 09:30 change"]
    assert post.drop(files.event(more=WEEKLY))[1] == f"08/12 14:00 nothing {invitation_steps.OLDER}"
    states = [(line.booking.starts_at.strftime("%d %H:%M"), line.booking.state.value) for line in post.lines()]
    assert states == [
        ("01 14:00", "planned"),
        ("09 09:30", "changed"),
        ("15 14:00", "planned"),
        ("22 14:00", "planned"),
    ]


def test_a_repetition_put_to_another_time_keeps_its_bookings(post: Post) -> None:
    post.drop(files.event(more=WEEKLY))
    before = {line.booking.id for line in post.lines()}
    later = files.event("20261203T100000", "20261203T110000", sequence=1, more=("RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TH",))
    assert post.drop(later) == ["03/12 10:00 change", "10/12 10:00 change", "17/12 10:00 change", "22/12 14:00 cancel"]
    assert {line.booking.id for line in post.lines()} == before
    old = post.drop(files.event(more=WEEKLY))
    assert {one.partition(" nothing ")[2] for one in old} == {invitation_steps.OLDER, invitation_steps.ALREADY}
    assert len(post.lines()) == 4


def test_one_is_called_off_then_all_that_are_left(post: Post) -> None:
    post.drop(files.event(more=WEEKLY))
    gone = moved("20261215T140000", "20261215T140000", "20261215T150000", 1)
    assert post.drop(gone, method="CANCEL") == ["15/12 14:00 cancel"]
    assert post.drop(gone, method="CANCEL") == [f"15/12 14:00 nothing {invitation_steps.CANCELLED}"]
    post.world.clock.move(days=8)
    assert post.drop(files.event(sequence=2, more=WEEKLY), method="CANCEL") == [
        f"01/12 14:00 nothing {invitation_steps.OVER}",
        "08/12 14:00 cancel",
        f"15/12 14:00 nothing {invitation_steps.CANCELLED}",
        "22/12 14:00 cancel",
    ]
    assert [line.booking.state for line in post.lines()][1:] == [BookingState.CANCELLED_BY_LA] * 3
    unknown = post.match(post.read(files.event(uid="another"), method="CANCEL"))
    assert (said(unknown), unknown.asks_who) == ([f"01/12 14:00 nothing {invitation_steps.NOT_BOOKED}"], False)


def test_what_is_over_or_has_begun_is_left_alone(post: Post) -> None:
    past = files.event("20261117T100000", "20261117T110000", more=WEEKLY)
    assert [one.partition(" ")[2] for one in post.drop(past)] == [
        "10:00 nothing is over",
        "10:00 book",
        "10:00 book",
        "10:00 book",
    ]
    post.world.clock.move(minutes=5)
    create_visit(post.world, post.worker, booking=post.lines()[0].booking.id)
    assert f"24/11 10:00 nothing {invitation_steps.CAME}" in post.drop(
        files.event("20261117T100000", "20261117T110000", sequence=1, more=WEEKLY), method="CANCEL"
    )


def test_what_the_school_cancelled_is_not_planned_again(post: Post) -> None:
    post.drop(files.event())
    (line,) = post.lines()
    with post.world.register.write() as session:
        bookings.cancel(session, line.booking.id, by_school=True, why="trip", by=post.by, at=NOW)
    assert post.drop(files.event(sequence=1)) == [f"01/12 14:00 nothing {invitation_steps.BY_SCHOOL}"]


def test_a_day_without_times_takes_the_schools_hours(post: Post) -> None:
    post.drop(files.event().replace("DTSTART;TZID=GMT Standard Time:20261201T140000", "DTSTART;VALUE=DATE:20261201"))
    (line,) = post.lines()
    assert (line.booking.starts_at, line.booking.ends_at) == (
        FIRST.replace(hour=8, minute=30),
        FIRST.replace(hour=16, minute=30),
    )
    assert line.booking.starts_at.date() == date(2026, 12, 1)


def test_a_plan_that_is_out_of_date_writes_nothing(post: Post) -> None:
    plan = post.match(post.read(files.event()))
    post.apply(plan)
    with post.world.register.read() as session:
        before = journal.count(session)
    with pytest.raises(RegisterError, match="changed meanwhile"):
        post.apply(plan)
    with pytest.raises(RegisterError, match="Nobody is named"):
        post.apply(post.match(post.read(files.event(uid="b"))), Choices())
    with post.world.register.read() as session:
        assert journal.count(session) == before


def test_subject_and_text_reach_the_dsl_and_nobody_else(post: Post) -> None:
    world = post.world
    post.drop(files.event())
    (line,) = post.lines()
    post.world.clock.move(days=1)
    post.drop(files.event("20261202T140000", "20261202T150000", sequence=1))
    written = b"".join(path.read_bytes() for path in world.register.folder.rglob("*") if path.is_file())
    with world.register.read() as session:
        told = " ".join(repr(entry.event) for _, entry in journal.newest(session, limit=9999))
        waiting = sealed.boxes(session)
    assert not [word for word in CANARY if word in told or word.encode() in written]
    assert post.journal([line.booking.id]) == ["Booked", "SealedForDsl", "BookingChanged", "SealedForDsl"]
    assert world.register.seal_private is not None
    with world.register.dsl_file().write() as session:
        sealed.record_reason(session, line.booking.id, sealed.ReasonRecorded("cin_visit"), by=world.dsl, at=NOW)
        sealed.receive_boxes(session, waiting, world.register.seal_private, by=world.dsl, at=NOW)
        by_hand = sealed.ReasonRecorded("core_group", child_reference="C-1")
        sealed.add_reason(session, line.booking.id, by_hand, by=world.dsl, at=NOW)
        reason = sealed.reason_of(session, line.booking.id, by=world.dsl)
    assert reason is not None
    assert (reason.purpose, reason.child_reference) == ("core_group", "C-1")
    assert reason.detail == (
        "Invitation: CIN visit, Child 17\nPlease see the child alone.\nThank you\n"
        "Place as written: Elmbrook Primary, Meeting room 2"
    )
    with world.register.read() as session:
        assert verify.verify(session).sound


def test_the_dsl_keeps_the_text_in_her_own_file(post: Post) -> None:
    world = post.world
    read = post.read(files.event())
    plan = post.match(read)
    with world.register.write() as session:
        done = invitations.apply(session, plan, Choices((post.worker,)), public=None, by=world.dsl, at=NOW)
    assert post.journal(done.touched) == ["Booked"]
    with world.register.dsl_file().write() as session:
        invitations.record_text(session, done.touched, read, by=world.dsl, at=NOW)
        reason = sealed.reason_of(session, done.booked[0], by=world.dsl)
    assert reason is not None
    assert reason.detail.startswith("Invitation: CIN visit, Child 17")


def test_only_who_sees_children_records_the_text(post: Post, people: dict[Role, Operator]) -> None:
    read = post.read(files.event())
    for role in (Role.RECEPTION, Role.OFFICE, Role.AUDITOR):
        with pytest.raises(NotAllowedError), post.world.register.dsl_file().write() as session:
            invitations.record_text(session, (UUID(int=1),), read, by=people[role], at=NOW)


def test_the_form_keeps_what_an_invitation_said(post: Post) -> None:
    post.drop(files.event(more=WEEKLY), choices=Choices((post.worker,), place=Place.ONLINE))
    line = post.lines()[1]
    form = bookings.BookingForm(visitors=(post.worker,), starts_at=line.booking.starts_at + timedelta(hours=1))
    with post.world.register.write() as session:
        bookings.change(session, line.booking.id, form, by=post.by, at=NOW)
    after = post.lines()[1].booking
    kept = (after.uid, after.recurrence, after.series, after.place)
    assert kept == (line.booking.uid, line.booking.recurrence, line.booking.series, Place.ONLINE)
