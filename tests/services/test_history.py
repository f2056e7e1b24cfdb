"""History: visits found by day, name, team and outcome, page by page, and the story of one of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from tests.factories import World, create_visit, create_worker
from visitor_register.domain.events import ArrivalCorrected, EntryDeclined, Erased, PersonRecorded, Unknown
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import Visit
from visitor_register.persistence import journal, projections
from visitor_register.persistence.tables import entry
from visitor_register.services import arrivals, history
from visitor_register.services.history import Change, Mark, Outcome, Wanted


def find(world: World, wanted: Wanted | None = None) -> list[str]:
    with world.register.read() as session:
        found = history.page(session, wanted or Wanted(), at=world.clock())
        return [line.person.name if line.person else "erased" for line in found.lines]


def tell(world: World, visit: UUID) -> history.Story:
    with world.register.read() as session:
        story = history.story(session, visit, at=world.clock())
    assert story is not None
    return story


@pytest.fixture
def term(world: World) -> dict[str, Visit]:
    """A visit of every outcome: yesterday's and today's."""
    made = {}
    made["old"] = create_visit(world, create_worker(world, "Owen Pritchard", badge="H1"))
    made["unknown"] = create_visit(world, create_worker(world, "Maria Lindqvist", badge="H2"))
    made["later"] = create_visit(world, create_worker(world, "Zoë Núñez", badge="H3", team="Early Help 1"))
    world.clock.move(days=1)
    with world.register.write() as session:
        now = world.clock()
        arrivals.leaving_unknown(session, made["unknown"].id, by=world.reception, at=now)
        arrivals.fill_in_leaving(session, made["later"].id, now - timedelta(hours=20), by=world.reception, at=now)
    made["here"] = create_visit(world, create_worker(world))
    made["left"] = create_visit(world, create_worker(world, "Bethan Rhys", badge="H5"))
    made["undone"] = create_visit(world, create_worker(world, "Ian Haddow", badge="H6"))
    world.clock.move(minutes=30)
    with world.register.write() as session:
        arrivals.sign_out(session, made["left"].id, by=world.reception, at=world.clock())
        arrivals.not_this_person(session, made["undone"].id, "her sister", by=world.reception, at=world.clock())
        somebody, declined = uuid4(), uuid4()
        journal.append(
            session, somebody, PersonRecorded(PersonKind.OTHER, "A. Caller", "Acme"), by=world.dsl, at=world.clock()
        )
        said = EntryDeclined(somebody, None, world.clock(), Verdict.PLEASE_WAIT, "MASH", "not who they said")
        journal.append(session, declined, said, by=world.dsl, at=world.clock())
    return made


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(outcome=Outcome.SIGNED_IN), {"Leila Haddad"}),
        (Wanted(outcome=Outcome.LEFT), {"Bethan Rhys", "Zoë Núñez"}),
        (Wanted(outcome=Outcome.NO_SIGN_OUT), {"Owen Pritchard"}),
        (Wanted(outcome=Outcome.LEAVING_UNKNOWN), {"Maria Lindqvist"}),
        (Wanted(outcome=Outcome.UNDONE), {"Ian Haddow"}),
        (Wanted(outcome=Outcome.DECLINED), {"A. Caller"}),
        (Wanted(mark=Mark.FILLED_IN_LATER), {"Zoë Núñez"}),
        (Wanted(mark=Mark.BY_PROGRAM), {"Owen Pritchard"}),
        (Wanted(name="nunez"), {"Zoë Núñez"}),
        (Wanted(name="ow pr"), {"Owen Pritchard"}),
        (Wanted(team="early help"), {"Zoë Núñez"}),
        (Wanted(team="acme"), {"A. Caller"}),
        (Wanted(team="100%"), set()),
        (Wanted(end=date(2026, 11, 24)), {"Owen Pritchard", "Maria Lindqvist", "Zoë Núñez"}),
        (Wanted(start=date(2026, 11, 25), outcome=Outcome.LEFT), {"Bethan Rhys"}),
    ],
)
def test_filters_find_what_they_say(world: World, term: dict[str, Visit], wanted: Wanted, names: set[str]) -> None:
    assert set(find(world, wanted)) == names


def test_pages_hold_every_visit_once_newest_first(world: World, term: dict[str, Visit]) -> None:
    with world.register.read() as session:
        whole = history.page(session, Wanted(), at=world.clock())
        assert whole.after is None
        seen, after = [], None
        while True:
            part = history.page(session, Wanted(), at=world.clock(), after=after, limit=2)
            seen += part.lines
            after = part.after
            if after is None:
                break
        every = list(history.everything(session, Wanted(), at=world.clock()))
    assert [line.visit.id for line in seen] == [line.visit.id for line in whole.lines]
    assert every == list(whole.lines)
    assert len(every) == 7
    assert [line.visit.arrived_at for line in every] == sorted((v.visit.arrived_at for v in every), reverse=True)


def test_a_correction_keeps_both_versions(world: World) -> None:
    visit = create_visit(world, create_worker(world))
    right = visit.arrived_at - timedelta(minutes=20)
    world.clock.move(minutes=5)
    correction = ArrivalCorrected(visit.arrived_seq, "wrong watch", at=right, here_to_see="Ms Kaur")
    with world.register.write() as session:
        arrivals.correct(session, visit.id, correction, by=world.dsl, at=world.clock())
    story = tell(world, visit.id)
    assert story.happenings[-1].changes == (
        Change("at", visit.arrived_at, right),
        Change("here_to_see", "Mrs Shah", "Ms Kaur"),
    )
    assert [happening.by for happening in story.happenings] == ["Joan Mensah", "Nadia Shah"]
    assert story.line.marks == (Mark.CORRECTED,)
    assert story.line.visit.arrived_at == right


def test_what_was_taken_back_says_so(world: World) -> None:
    visit = create_visit(world, create_worker(world))
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
        arrivals.put_back(session, visit.id, "still in the hall", by=world.reception, at=world.clock())
    story = tell(world, visit.id)
    assert [happening.taken_back for happening in story.happenings] == [False, True, False]
    assert story.line.outcome is Outcome.SIGNED_IN


def test_an_entry_of_a_newer_version_is_told_as_that(world: World, unknown_kind: Callable[[UUID], None]) -> None:
    visit = create_visit(world, create_worker(world))
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    unknown_kind(visit.id)
    assert isinstance(tell(world, visit.id).happenings[-1].event, Unknown)


def test_a_person_who_was_erased_has_no_name(world: World) -> None:
    person = create_worker(world)
    visit = create_visit(world, person)
    with world.register.write() as session:
        key = f"{session.info['desk']}/1/"
        last = journal.append(session, uuid4(), Erased((key,), "asked"), by=world.dsl, at=world.clock())
        session.execute(
            entry.update().where(entry.c.subject == person).values(body=None, salt=None, erased_by=f"{key}{last}")
        )
        projections.refold(session, [person])
    assert find(world) == ["erased"]
    assert tell(world, visit.id).line.person is None


@pytest.fixture
def unknown_kind(world: World) -> Callable[[UUID], None]:
    """Writes an entry of a kind that only a newer program knows."""

    def write(subject: UUID) -> None:
        with world.register.write() as session:
            at = journal.head(session)
            row = {
                "desk": at.desk,
                "epoch": at.epoch,
                "seq": at.seq + 1,
                "at": datetime(2026, 11, 24, 12, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
                "clock": at.clock + 1,
                "actor": world.dsl.id,
                "subject": subject,
                "kind": "Teleported",
                "version": 1,
                "body": b"{}",
                "salt": bytes(32),
                "commitment": bytes(32),
                "prev_hash": at.hash,
                "hash": bytes(32),
            }
            session.execute(insert(entry), [row])

    return write


def test_a_line_names_who_recorded_it(world: World) -> None:
    create_visit(world, create_worker(world))
    with world.register.read() as session:
        (line,) = history.page(session, Wanted(), at=world.clock()).lines
    assert line.recorded_by == "Joan Mensah"
