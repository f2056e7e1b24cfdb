"""Contacts as the DSL writes them down: what is kept of each, what is refused in a sentence, all of it or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, World, create_worker
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.contacts import (
    AllocationKnown,
    ContactKind,
    Courtesy,
    Direction,
    Discussion,
    Shared,
)
from visitor_register.domain.events import CourtesyNoted, Discussed, InformationShared
from visitor_register.domain.people import PersonKind
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.services import clocks, contacts, directory, newcomers
from visitor_register.services.contacts import ContactForm

LATER = NOW + timedelta(hours=1)


class Book:
    """The DSL's file, and a worker to write about."""

    def __init__(self, world: World) -> None:
        self.world, self.worker, self.by = world, create_worker(world), world.dsl

    def write(self, job: Callable[[Session], object]) -> object:
        with self.world.register.dsl_file().write() as session:
            return job(session)

    def refused(self, sentence: str, job: Callable[[Session], object]) -> None:
        """It says so and what to do, and nothing is written."""
        before = self.entries()
        with pytest.raises(RegisterError, match=sentence):
            self.write(job)
        assert self.entries() == before, sentence

    def entries(self) -> int:
        with self.world.register.dsl_file().read() as session:
            return journal.count(session)

    def form(self) -> ContactForm:
        return ContactForm(ContactKind.CALL, Direction.RECEIVED, self.worker, NOW, " Attendance ", " C-0417 ")


@pytest.fixture
def book(world: World) -> Book:
    return Book(world)


def test_a_contact_keeps_what_was_said_without_blanks_around_it(book: Book) -> None:
    form = replace(book.form(), manager_copied=False, forwarded=True)
    identity = book.write(lambda s: contacts.log(s, form, by=book.by, at=LATER))
    with book.world.register.dsl_file().read() as session:
        (kept,) = contacts.newest(session, by=book.by).contacts
    assert (kept.id, kept.summary, kept.child_reference) == (identity, "Attendance", "C-0417")
    assert (kept.at, kept.written_at, kept.written_by) == (NOW, LATER, book.by.id)
    assert (kept.manager_copied, kept.forwarded, kept.answers) == (False, True, None)


def test_what_makes_no_sense_is_refused_and_nothing_is_written(book: Book) -> None:
    form, by, worker = book.form(), book.by, book.worker
    told, unknown = AllocationKnown.TOLD_BY_LA, AllocationKnown.UNKNOWN

    def ask(topic: str) -> Callable[[Session], object]:
        return lambda s: contacts.ask(
            s, direction=Direction.RECEIVED, person=worker, asked_at=NOW, topic=topic, by=by, at=NOW
        )

    def allocate(child: str, on: date | None, known: AllocationKnown) -> Callable[[Session], object]:
        return lambda s: contacts.allocate(s, worker, child, on=on, known=known, by=by, at=NOW)

    def share(said: InformationShared) -> Callable[[Session], object]:
        return lambda s: contacts.share(s, said, by=by, at=NOW)

    withheld = InformationShared(worker, NOW, False, "the new address", " ")
    for sentence, job in (
        ("not come yet", lambda s: contacts.log(s, replace(form, at=LATER), by=by, at=NOW)),
        ("what it was about", lambda s: contacts.log(s, replace(form, summary=" "), by=by, at=NOW)),
        ("facts only", lambda s: contacts.log(s, replace(form, summary="x" * 4001), by=by, at=NOW)),
        ("child reference", allocate(" ", NOW.date(), told)),
        ("nobody knows it", allocate("C-1", None, told)),
        ("nobody knows it", allocate("C-1", NOW.date(), unknown)),
        ("not come yet", allocate("C-1", NOW.date() + timedelta(days=1), told)),
        ("what information is asked for", ask("  ")),
        ("why it was withheld", share(withheld)),
        ("what information it was", share(replace(withheld, what="", shared=True))),
        ("not come yet", share(replace(withheld, at=LATER, why="safety"))),
        ("how it was followed up", lambda s: contacts.follow_up(s, uuid4(), " ", by=by, at=NOW)),
        (
            "facts only, no adjectives",
            lambda s: contacts.note_courtesy(s, CourtesyNoted(worker, NOW, True, " ", False), by=by, at=NOW),
        ),
    ):
        book.refused(sentence, job)


def test_an_answer_to_what_is_done_already_is_not_half_written(book: Book) -> None:
    asked = replace(book.form(), direction=Direction.SENT, asks_reply=True)
    identity = book.write(lambda s: contacts.log(s, asked, by=book.by, at=NOW))
    assert isinstance(identity, UUID)
    with book.world.register.dsl_file().read() as session:
        owed = clocks.of(session, identity, by=book.by)
    assert owed is not None
    with book.world.register.read() as session:
        (line,) = clocks.judge(session, [owed], at=NOW)
    answer = replace(book.form(), at=LATER)
    early = replace(answer, at=NOW - timedelta(days=1))
    book.refused("before it was asked", lambda s: contacts.log(s, early, answers=line.assessed, by=book.by, at=LATER))
    book.write(lambda s: contacts.log(s, answer, answers=line.assessed, by=book.by, at=LATER))
    book.refused("done already", lambda s: contacts.log(s, answer, answers=line.assessed, by=book.by, at=LATER))


def test_withheld_discussed_and_followed_up_as_they_were_said(book: Book) -> None:
    by, worker = book.by, book.worker
    said = InformationShared(worker, NOW, False, "the new address", "risk to the mother", "C-0417")
    book.write(lambda s: contacts.share(s, said, by=by, at=NOW))
    meeting = book.write(lambda s: contacts.log(s, book.form(), by=by, at=NOW))
    assert isinstance(meeting, UUID)
    book.write(lambda s: contacts.discuss(s, meeting, Discussed(True, "", "a place in January"), by=by, at=NOW))
    note = CourtesyNoted(worker, NOW, False, "We hung up.", True)
    book.write(lambda s: contacts.note_courtesy(s, note, by=by, at=NOW))
    with book.world.register.dsl_file().read() as session:
        (shared,), (talked,) = rows.select_all(session, Shared), rows.select_all(session, Discussion)
        (courtesy,) = rows.select_all(session, Courtesy)
        assert contacts.to_follow_up(session, by=by) == [talked]
    assert (shared.shared, shared.why, shared.child_reference) == (False, "risk to the mother", "C-0417")
    assert talked == Discussion(meeting, True, "", "a place in January", followed_up=False)
    assert (courtesy.by_authority, courtesy.manager_first) == (False, True)
    book.write(lambda s: contacts.follow_up(s, meeting, "rang the family with the worker", by=by, at=NOW))
    with book.world.register.dsl_file().read() as session:
        assert [one.followed_up for one in rows.select_all(session, Discussion)] == [True]
        assert contacts.to_follow_up(session, by=by) == []


def test_somebody_on_no_chart_is_written_to_the_desks_file(book: Book) -> None:
    somebody = NewVisitor(PersonKind.OTHER_SERVICE, " Gareth Pym ", " Brent ")
    with book.world.register.write() as session:
        identity = newcomers.record(session, somebody, by=book.by, at=NOW)
        with pytest.raises(RegisterError, match="Write the name"):
            newcomers.record(session, replace(somebody, name=" "), by=book.by, at=NOW)
    with book.world.register.read() as session:
        (found,) = directory.search(session, "pym")
    assert (found.id, found.name, found.organisation) == (identity, "Gareth Pym", "Brent")
