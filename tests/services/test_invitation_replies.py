"""What is sent back about a visit: a file that reads as it was written, and a message with the manager copied."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from tests.factories import NOW, World, create_booking, create_worker
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.events import PersonListed
from visitor_register.domain.people import PersonKind
from visitor_register.errors import RegisterError
from visitor_register.files.invitation_ics import parse
from visitor_register.services import bookings, directory, invitation_replies, invitations
from visitor_register.services.bookings import BookingForm


def test_the_file_reads_as_it_was_written_and_says_no_purpose(world: World) -> None:
    booking = create_booking(world, create_worker(world), minutes=60 * 24 * 8)
    with world.register.read() as session:
        made = invitation_replies.reply_ics(session, booking, at=NOW)
        line = bookings.get(session, booking)
    assert line is not None
    (read,) = parse(made.data)
    (meeting,) = read.meetings
    assert (meeting.starts_at, meeting.ends_at) == (line.booking.starts_at.replace(microsecond=0), line.booking.ends_at)
    assert (read.subject, read.text, read.people, read.cancelled) == ("Visit to Elmbrook Primary School", "", (), False)
    assert (meeting.place, made.name) == ("Elmbrook Primary School, Meeting room 2", "visit-2026-12-02.ics")
    assert b"Haddad" not in made.data
    assert b"PUBLISH" in made.data
    with world.register.write() as session:
        with pytest.raises(RegisterError, match="written by this register"):
            invitations.match(session, read, NOW)
        bookings.cancel(session, booking, by_school=True, why="", by=world.dsl, at=NOW)
        (gone,) = parse(invitation_replies.reply_ics(session, booking, at=NOW).data)
    assert (gone.uid, gone.sequence, gone.cancelled) == (read.uid, 1, True)


def test_the_message_goes_to_the_worker_with_the_manager_copied(world: World) -> None:
    worker = create_worker(world)
    with world.register.read() as session:
        (manager,) = (step.holders[0] for step in directory.path_up(session, worker)[:1])
    listed = PersonListed(
        world.chart, manager.name, organisation=manager.organisation, job_title=manager.job_title, email="m@x.example"
    )
    world.write((manager.id, listed))
    form = BookingForm((worker, NewVisitor(PersonKind.POLICE, "Tom Bell")), NOW + timedelta(days=8))
    with world.register.write() as session:
        booking = bookings.book(session, form, by=world.dsl, at=NOW)
        said = invitation_replies.confirm_by_email(session, booking, operator="Priya Anand", at=NOW)
    assert (said.to, said.cc) == ("h194359@harrow-lbc.example", "m@x.example")
    assert said.subject == "Visit to Elmbrook Primary School, Wed 02/12/2026, 10:24"
    assert said.text.splitlines()[2:5:2] == [
        "Your visit on Wed 02/12/2026, 10:24, is booked.",
        "Where: Elmbrook Primary School",
    ]
    assert said.missing == (
        "No e-mail address of Tom Bell is known.",
        "No manager of Tom Bell with an e-mail address is known.",
    )
    assert said.link is not None
    link = urlsplit(said.link)
    assert (link.scheme, link.path, parse_qs(link.query)["cc"]) == ("mailto", said.to, [said.cc])
    assert parse_qs(link.query)["body"] == [said.text.replace("\n", "\r\n")]


def test_a_visit_that_is_cancelled_or_elsewhere_says_so(world: World) -> None:
    booking = create_booking(world, create_worker(world))
    with world.register.write() as session:
        bookings.cancel(session, booking, by_school=False, why="", by=world.dsl, at=NOW)
        said = invitation_replies.confirm_by_email(session, booking, operator="P", at=NOW)
        assert said.subject.startswith("Cancelled: ")
        assert "photo badge" not in said.text
        with pytest.raises(RegisterError, match="not in the register"):
            invitation_replies.reply_ics(session, uuid4(), at=NOW)
