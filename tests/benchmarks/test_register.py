"""What a scan, a sign-in, the lists and a verify cost, beside the bare database. Printed, never asserted."""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.factories import AUTHORITY, NOW, Clock, World, create_booking, create_register
from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.assurance import Assurance, Basis, Compared, Expiry, IdentityCheck, IdShown
from visitor_register.domain.events import Arrived, Left, PersonListed, PostListed
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import ToldBy
from visitor_register.persistence import journal, projections
from visitor_register.persistence.verify import verify
from visitor_register.services import arrivals, front_desk, search, today

pytestmark = pytest.mark.benchmark

PEOPLE, VISITS, BULK = 10_000, 100_000, 20_000


def _median_ms(times: int, work: Callable[[int], object]) -> float:
    spent = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        spent.append((time.perf_counter() - start) * 1_000)
    return statistics.median(spent)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE visit (id BLOB PRIMARY KEY, person BLOB, at TEXT, note TEXT)")
    return connection


def _insert(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO visit VALUES (?, ?, ?, ?)", (uuid4().bytes, uuid4().bytes, "2026-11-24", "x" * 600))
    connection.execute("COMMIT")


def add_people(world: World) -> list[UUID]:
    """People with their posts and one manager: two entries each, and one."""
    people, posts, manager = [uuid4() for _ in range(PEOPLE)], [uuid4() for _ in range(PEOPLE)], uuid4()
    said: list[tuple[UUID, object]] = [(manager, PostListed(world.chart, AUTHORITY, "TM", "Team Manager"))]
    for number, (person, post) in enumerate(zip(people, posts, strict=True)):
        listed = PersonListed(world.chart, f"Person{number:05} Surname{number % 977}", staff_number=f"H{number:06}")
        said.append((person, listed))
        said.append(
            (post, PostListed(world.chart, AUTHORITY, f"P{number}", "Worker", reports_to=manager, holders=(person,)))
        )
    _append(world, said)
    return people


def add_visits(world: World, people: list[UUID], count: int) -> None:
    """Visits, two entries each, twenty minutes apart and the last of them now."""
    identity = IdentityCheck(IdShown.HARROW_BADGE, "", Expiry.IN_DATE, Compared.YES)
    said: list[tuple[UUID, object]] = []
    for number in range(count):
        at = NOW - timedelta(minutes=20 * (count - number))
        visit, person = uuid4(), people[number % len(people)]
        arrived = Arrived(
            person,
            None,
            at,
            Verdict.KNOWN,
            True,
            identity,
            Assurance(Basis.PHOTO_BADGE),
            Supervision.UNESCORTED,
            here_to_see="Mrs Shah",
        )
        said += [(visit, arrived), (visit, Left(at + timedelta(minutes=15), ToldBy.DESK))]
    _append(world, said)


def _append(world: World, said: list[tuple[UUID, object]]) -> None:
    for start in range(0, len(said), BULK):
        with world.register.write() as session:
            journal.append_all(session, said[start : start + BULK], by=world.dsl, at=NOW)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, list[UUID]]]:
    """10,000 people and 100,000 visits, all written through the journal."""
    world = create_register(tmp_path_factory.mktemp("benchmark") / "register", Clock())
    people: list[UUID] = []
    listing = _seconds(lambda: people.extend(add_people(world)))
    visiting = _seconds(lambda: add_visits(world, people, VISITS))
    print(
        f"\nmade {PEOPLE:,} people in {listing:.1f} s and {VISITS:,} visits in {visiting:.1f} s "
        f"({2 * VISITS / visiting:,.0f} entries/s)"
    )
    yield world, people
    world.register.close()


def test_a_sign_in_beside_a_bare_durable_insert(full: tuple[World, list[UUID]], tmp_path: Path) -> None:
    world, people = full
    bare = _bare(tmp_path / "bare.db")

    def sign_in(number: int) -> None:
        arrival = Arrival(
            person=people[number],
            verdict=Verdict.KNOWN,
            shown=IdShown.HARROW_BADGE,
            expiry=Expiry.IN_DATE,
            compared=Compared.YES,
        )
        with world.register.write() as session:
            arrivals.sign_in(session, arrival, by=world.reception, at=NOW)

    sign_in(0)
    # Turn by turn, so that what else the disk does meets both.
    pairs = [
        (_median_ms(1, lambda _, who=number: sign_in(who)), _median_ms(1, lambda _: _insert(bare)))
        for number in range(1, 201)
    ]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    bare.close()
    print(f"\nsign-in {ours:.2f} ms, bare durable insert {theirs:.2f} ms: {ours / theirs:.1f} times")


def test_a_look_and_the_lists_beside_the_bare_question(full: tuple[World, list[UUID]]) -> None:
    world, people = full
    for number in range(40):
        create_booking(world, people[number * 7], minutes=10 + number)

    def raw(number: int) -> object:
        with world.register.read() as session:
            return session.execute(
                text("SELECT * FROM person WHERE staff_number = :code"), {"code": f"H{number * 37 % PEOPLE:06}"}
            ).one()

    def look(number: int) -> object:
        with world.register.read() as session:
            return front_desk.look_up(session, f"H{number * 37 % PEOPLE:06}", at=NOW)

    def board(_: int) -> object:
        with world.register.read() as session:
            return today.board(session, at=NOW)

    def find(number: int) -> object:
        with world.register.read() as session:
            return search.find(session, f"surname{number}", at=NOW)

    for name, work in (("bare question", raw), ("look_up", look), ("board", board), ("search", find)):
        work(0)
        print(f"\n{name} {_median_ms(100, work):.2f} ms", end="")
    print()


def test_proving_and_rebuilding_the_whole_register(full: tuple[World, list[UUID]]) -> None:
    world, _ = full
    with world.register.read() as session:
        start = time.perf_counter()
        found = verify(session)
        proving = time.perf_counter() - start
    assert found.sound
    with world.register.write() as session:
        rebuilding = _seconds(lambda: projections.rebuild(session))
    size = world.register.desk.path.stat().st_size / 1e6
    print(f"\nverify {found.entries:,} entries {proving:.1f} s, rebuild {rebuilding:.1f} s, file {size:.0f} MB")
