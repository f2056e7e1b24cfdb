"""A DSL's file with many contacts of the past of which few are open, and how much the database works to read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tests.factories import World
from visitor_register.domain.contacts import Clock, ClockKind, Contact, ContactKind, Direction, Owes
from visitor_register.persistence import rows
from visitor_register.services import clocks
from visitor_register.services.clocks import ClockLine

OPEN = 40
CHUNK = 10_000


class Steps:
    """How many steps the database's machine took: of what it reads from end to end, some for each row."""

    def __init__(self) -> None:
        self.taken = 0

    @contextmanager
    def counted(self, session: Session) -> Iterator[None]:
        """Count what is asked in this session meanwhile."""
        raw = session.connection().connection.driver_connection
        assert raw is not None
        raw.set_progress_handler(self._step, 1)
        try:
            yield
        finally:
            raw.set_progress_handler(None, 1)

    def _step(self) -> int:
        self.taken += 1
        return 0


def store(world: World, people: list[UUID], count: int) -> None:
    """So many contacts that asked for a reply, 40 of them still open, the others answered long ago.

    The open ones are the same days and people however many there are, and lie among all the others. The rows alone
    are written, without the journal: that is not what is measured.
    """
    every = count // OPEN
    with world.register.dsl_file().write() as session:
        for start in range(0, count, CHUNK):
            numbers = range(start, min(count, start + CHUNK))
            rows.insert_rows(session, [row for number in numbers for row in _stored(world, people, number, every)])


def _stored(world: World, people: list[UUID], number: int, every: int) -> tuple[Contact, Clock]:
    nth, within = divmod(number, every)
    is_open = not within and nth < OPEN
    identity, person, reference = uuid4(), people[nth % len(people)], f"C-{number % 200:04}"
    back = timedelta(hours=9 * nth) if is_open else timedelta(minutes=20 * number)
    at = world.clock() - timedelta(days=60) - back
    asked = Contact(
        identity, ContactKind.EMAIL, Direction.SENT, person, at, at, world.dsl.id, "Who attends?", reference
    )
    owed = Clock(identity, ClockKind.REPLY, Owes.AUTHORITY, person, reference, "Who attends?", at, at)
    if is_open:
        return asked, owed
    done = at + timedelta(hours=5)
    return asked, replace(owed, is_open=False, stopped_at=done, stopped_by=person, due_at=done, late=False)


def read_all_that_is_owed(world: World, steps: Steps) -> list[ClockLine]:
    """What the Contacts screen shows, counted in both files."""
    with world.register.dsl_file().read() as session, steps.counted(session):
        found = clocks.owed(session, by=world.dsl, at=world.clock())
        clocks.asked_with(session, found, by=world.dsl)
    with world.register.read() as session, steps.counted(session):
        return clocks.judge(session, found, at=world.clock())
