"""What somebody with the key and a database tool could do to a register, for tests: all of it is undone again."""

import contextlib
from collections.abc import Iterator
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from tests.golden.samples import ALL
from visitor_register.domain.bookings import NotSeenWhy
from visitor_register.domain.events import NotSeen, ReasonRecorded
from visitor_register.persistence import journal
from visitor_register.persistence.database import Database


@contextlib.contextmanager
def attempt(database: Database, *, guards: bool = False) -> Iterator[Session]:
    """A session with everything allowed, rolled back at the end; `guards` leaves the triggers on."""
    info = {"desk": database.identity.desk, "epoch": database.identity.epoch, "file": database.path.stem}
    with Session(database.engine, expire_on_commit=False, info=info) as session:
        if not guards:
            session.execute(text("DROP TRIGGER entry_stays"))
            session.execute(text("DROP TRIGGER entry_unchanged"))
        yield session
        session.rollback()


def fill(world: World) -> None:
    """Put at least one row in every table of both files: a day's work, and one of every event there is."""
    worker = create_worker(world)
    create_visit(world, worker, booking=create_booking(world, worker))
    subjects = {"visit": uuid4(), "booking": uuid4(), "person": uuid4(), "post": uuid4()}
    order = {type(event).__name__: event for event in ALL}
    for subject, names in (
        ("person", ("PersonListed", "PersonEdited", "CodeBound", "PersonRecorded")),
        ("post", ("PostListed",)),
        ("booking", ("Booked", "SealedForDsl")),
        ("visit", ("Arrived", "CalledBack", "DslTold", "Left")),
        ("chart", ("ChartAccepted", "ChartWasSigned")),
        ("key", ("CouncilKeyPinned",)),
        ("same", ("SamePersonFound",)),
        ("letter", ("LetterFiled",)),
        ("number", ("NumberPublished",)),
        ("pass", ("PassIssued",)),
        ("declined", ("EntryDeclined",)),
        ("fire list", ("FireListPrinted",)),
        ("held", ("Held",)),
        ("removed", ("OperatorAdded", "OperatorRoleChanged", "OperatorRemoved")),
    ):
        world.write(*((subjects.setdefault(subject, uuid4()), order[name]) for name in names))
    dsl = world.register.dsl_file()
    with dsl.write() as session:
        journal.append(session, uuid4(), ReasonRecorded("CIN visit", "urgent", "17", "x"), by=world.dsl, at=NOW)
        journal.append(session, uuid4(), NotSeen(NotSeenWhy.ABSENT, "at the dentist"), by=world.dsl, at=NOW)
        owed = uuid4()
        for name in ("ContactLogged", "Escalated", "EscalationResolved"):
            journal.append(session, owed, order[name], by=world.dsl, at=NOW)
        for name in ("Allocated", "InformationShared", "Discussed", "CourtesyNoted", "ChildHeld"):
            journal.append(session, uuid4(), order[name], by=world.dsl, at=NOW)
