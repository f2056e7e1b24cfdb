"""Who wrote a received message, whether a manager was copied in, and what it may answer."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from tests.factories import NOW, World, create_team, create_worker
from tests.services.test_plans import SMALL, _noting, _scans
from visitor_register.domain.contacts import AllocationKnown, Clock, ContactKind, Direction
from visitor_register.domain.events import SamePersonFound
from visitor_register.domain.mails import Correspondent, MailRead
from visitor_register.domain.people import PersonKind
from visitor_register.services import clocks, contacts, mails
from visitor_register.services.contacts import ContactForm

MARCUS, LEILA = "marcus@harrow-lbc.example", "h194359@harrow-lbc.example"


def _mail(name: str = "Haddad, Leila", email: str = LEILA, *, cc: str = "", **more: object) -> MailRead:
    copied = (Correspondent("", cc),) if cc else ()
    to = (Correspondent("Nadia Shah", "dsl@elmbrook.example"),)
    return MailRead(Correspondent(name, email), to, copied, NOW - timedelta(hours=1), **more)  # type: ignore[arg-type]


def _dsl(world: World, job: Callable[[Session], object]) -> None:
    with world.register.dsl_file().write() as session:
        job(session)


def _owed(world: World) -> list[Clock]:
    with world.register.dsl_file().read() as session:
        return clocks.owed(session, by=world.dsl, at=NOW)


def _ask(world: World, person: UUID, about: str, *, hours: int = 20, direction: Direction = Direction.SENT) -> None:
    form = ContactForm(
        ContactKind.EMAIL, direction, person, NOW - timedelta(hours=hours), about, "C-1", asks_reply=True
    )
    _dsl(world, lambda session: contacts.log(session, form, by=world.dsl, at=NOW))


def _about(world: World, read: MailRead, person: UUID) -> tuple[bool | None, set[str]]:
    with world.register.read() as session:
        found = mails.known(session, read, person, _owed(world), NOW)
    return found.manager_copied, {line.clock.about for line in found.open}


def test_an_address_of_ones_own_is_certain_and_a_name_is_only_offered(world: World) -> None:
    worker = create_worker(world)
    namesake = create_worker(world, badge="H2")
    with world.register.read() as session:
        by_address = mails.sender(session, _mail("Somebody Else", LEILA))
        by_name = mails.sender(session, _mail(email="leila@gmail.example"))
        colleague = mails.sender(session, _mail("Ngozi Eze", "ngozi.eze@harrow-lbc.example"))
        nobody = mails.sender(session, MailRead(None))
    assert by_address.person is not None
    assert by_address.person.id == worker
    assert by_name.person is None
    assert {one.id for one in by_name.offered} == {worker, namesake}
    assert by_name.new is not None
    assert (by_name.new.name, by_name.new.kind) == ("Leila Haddad", PersonKind.OTHER)
    assert colleague.new is not None
    assert (colleague.person, colleague.new.kind) == (None, PersonKind.COUNCIL)
    assert (nobody.person, nobody.offered, nobody.new) == (None, (), None)


def test_an_address_of_several_is_nobodys_for_certain(world: World) -> None:
    create_team(world, email=LEILA)
    worker = create_worker(world)
    with world.register.read() as session:
        shared = mails.sender(session, _mail("Duty desk"))
        assert shared.person is None
        assert len(shared.offered) == 2
        other = next(one.id for one in shared.offered if one.id != worker)
    world.write((UUID(int=7), SamePersonFound(worker, other)))
    with world.register.read() as session:
        assert mails.sender(session, _mail("Duty desk")).person is not None, "two records of one human being"


def test_what_the_worker_or_somebody_above_may_answer_is_offered_and_nothing_else(world: World) -> None:
    create_team(world, email=MARCUS)
    worker = create_worker(world)
    stranger = create_worker(world, "Ngozi Eze", badge="H3", team="MASH")
    _ask(world, worker, "before")
    _ask(world, worker, "after", hours=0)
    _ask(world, worker, "ours to answer", direction=Direction.RECEIVED)
    _ask(world, stranger, "somebody else's")
    on, known = date(2026, 11, 20), AllocationKnown.TOLD_BY_LA
    _dsl(
        world,
        lambda s: contacts.allocate(s, worker, "C-2", on=on, known=known, note="allocated", by=world.dsl, at=NOW),
    )
    with world.register.read() as session:
        manager = mails.sender(session, _mail("Marcus Adeyemi", MARCUS)).person
    assert manager is not None
    assert _about(world, _mail(), worker) == (False, {"before", "allocated"})
    assert _about(world, _mail(cc=MARCUS), worker)[0] is True
    assert _about(world, _mail(), manager.id)[1] == {"before", "allocated"}
    assert _about(world, _mail(), stranger) == (None, {"somebody else's"}), "no address above them is known"


def test_a_message_that_was_logged_before_is_found_by_an_index(world: World) -> None:
    worker, sent = create_worker(world), NOW - timedelta(hours=3)
    for direction in Direction:
        form = ContactForm(ContactKind.EMAIL, direction, worker, sent, "x")
        _dsl(world, lambda session, form=form: contacts.log(session, form, by=world.dsl, at=NOW))
    with world.register.dsl_file().read() as session:
        found = mails.logged_before(session, worker, sent, by=world.dsl)
        assert found is not None
        assert found.direction is Direction.RECEIVED
        assert mails.logged_before(session, worker, NOW, by=world.dsl) is None
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM contact WHERE person = ? AND at = ? AND direction = ?", ("", "", "")
        )
        assert "ix_contact_person_at (person=? AND at=?)" in " ".join(line.detail for line in plan)


def test_whose_manager_wrote_is_found_by_an_index(world: World) -> None:
    worker = create_worker(world)
    _ask(world, worker, "before")
    owed = _owed(world)
    with _noting(world) as asked, world.register.read() as session:
        mails.known(session, _mail(), worker, owed, NOW)
        scanned = _scans(session, list(asked))
    assert set(scanned) <= SMALL, scanned
