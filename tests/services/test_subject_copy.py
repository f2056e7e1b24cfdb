"""Everything about one person, from both files: all of it, nothing of anybody else's, and no child's reference."""

import json
from uuid import UUID, uuid4

import pytest

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from tests.golden.samples import ALL
from visitor_register.domain.contacts import ContactKind, Direction
from visitor_register.domain.events import (
    CourtesyNoted,
    DataCopied,
    PersonRecorded,
    ReasonRecorded,
    SamePersonFound,
    SealedForDsl,
)
from visitor_register.domain.people import PersonKind, Role
from visitor_register.persistence import journal
from visitor_register.services import contacts, subject_copy
from visitor_register.services.contacts import ContactForm
from visitor_register.services.subject_copy import CopiedLine, SubjectCopy
from visitor_register.services.subject_copy_told import as_json, told

CHILD = "C-0417"


def _copy(world: World, person: UUID) -> SubjectCopy:
    with world.register.read() as session:
        desk = subject_copy.at_the_desk(session, person, by=world.dsl)
    with world.register.dsl_file().read() as session:
        dsl = subject_copy.in_the_dsl_file(session, desk, by=world.dsl)
    return subject_copy.join(desk, dsl, at=NOW)


@pytest.fixture
def worker(world: World) -> UUID:
    """Somebody with a visit, a booking and its reason, a contact and a note, among others."""
    worker, other = create_worker(world), create_worker(world, "Tom Okafor", badge="H20")
    booking = create_booking(world, worker)
    create_visit(world, worker, booking=booking)
    create_visit(world, other)
    world.write((booking, SealedForDsl(b"box")))
    with world.register.dsl_file().write() as session:
        said = ReasonRecorded("cin_visit", child_reference=CHILD, detail="agreed with the family")
        journal.append(session, booking, said, by=world.dsl, at=NOW)
        note = CourtesyNoted(worker, NOW, by_authority=True, note="thanked the desk", manager_first=False)
        journal.append(session, uuid4(), note, by=world.dsl, at=NOW)
        for who, words in ((worker, "rang about Tuesday"), (other, "about somebody else")):
            form = ContactForm(ContactKind.CALL, Direction.SENT, who, NOW, words, child_reference=CHILD)
            contacts.log(session, form, by=world.dsl, at=NOW)
    return worker


def test_it_holds_all_of_one_person_and_nothing_of_another(world: World, worker: UUID) -> None:
    copy = _copy(world, worker)
    kinds = {type(line.said).__name__ for line in copy.lines}
    assert kinds >= {
        "PersonListed",
        "Booked",
        "Arrived",
        "ReasonRecorded",
        "CourtesyNoted",
        "ContactLogged",
    }
    written = as_json(copy).decode()
    for words in ("Leila", "agreed with the family", "thanked the desk", "rang about Tuesday"):
        assert words in written
    assert "Okafor" not in written
    assert "about somebody else" not in written
    assert [line.written for line in copy.lines] == sorted(line.written for line in copy.lines)


def test_no_childs_reference_no_name_of_staff_and_no_sealed_box_stands_in_it(world: World, worker: UUID) -> None:
    copy = _copy(world, worker)
    paper = "\n".join("\n".join((line.title, line.by, *line.details)) for line in map(told, copy.lines))
    for text in (as_json(copy).decode(), paper):
        assert CHILD not in text
        assert world.dsl.name not in text
        assert "Sealed" not in text
    assert json.loads(as_json(copy))["lines"][0]["by"] == "the DSL"


def test_a_second_record_of_the_same_person_belongs_to_it(world: World, worker: UUID) -> None:
    second = uuid4()
    world.write((second, PersonRecorded(PersonKind.COUNCIL, "A. Taddad", "at the door")))
    world.write((uuid4(), SamePersonFound(worker, second)))
    assert "A. Taddad" in as_json(_copy(world, worker)).decode()


def test_a_purpose_for_the_head_only_is_not_read_by_the_dsl(world: World, worker: UUID) -> None:
    with world.register.dsl_file().write() as session:
        booking = next(line.about for line in _copy(world, worker).lines if isinstance(line.said, ReasonRecorded))
        journal.append(session, booking, ReasonRecorded("lado"), by=world.dsl, at=NOW)
    said = [line.said.purpose for line in _copy(world, worker).lines if isinstance(line.said, ReasonRecorded)]
    assert said == ["cin_visit", ""]


def test_that_a_copy_was_made_is_written_down(world: World, worker: UUID) -> None:
    with world.register.write() as session:
        subject_copy.log(session, worker, subject_copy.FORMATS, by=world.dsl, at=NOW)
    assert any(line.said == DataCopied(("pdf", "json")) for line in _copy(world, worker).lines)


@pytest.mark.parametrize("event", ALL, ids=lambda event: type(event).__name__)
def test_every_event_can_be_told(event: object) -> None:
    line = CopiedLine(uuid4(), NOW, Role.RECEPTION, event)
    assert told(line).title
    assert not any("UUID" in detail or "<" in detail for detail in told(line).details)
    assert json.loads(as_json(SubjectCopy("x", NOW, (line,))))["lines"][0]["what"] == told(line).title


def test_what_was_erased_is_said_to_be() -> None:
    assert told(CopiedLine(uuid4(), NOW, None, None)).title == "Erased"
