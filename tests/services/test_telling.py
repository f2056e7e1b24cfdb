"""Whom to tell of an arrival: as the school set it up, and without a word of why."""

import pytest

from tests.factories import World, create_leaver, create_visit, create_worker
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.people import Operator, PersonKind, Role
from visitor_register.domain.policy import MailSecurity, Staff, StaffContact, TellBy, Telling
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import Means
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.persistence import journal
from visitor_register.services import arrivals, front_desk, policy, telling
from visitor_register.services.telling import Plan

SEND = Telling(
    TellBy.SEND, "smtp.elmbrook.example", 587, MailSecurity.STARTTLS, "reception@elmbrook.example", "reception",
    "dsl@elmbrook.example",
)  # fmt: skip
SHAH = StaffContact("Mrs Shah", "Assistant head", "204", "n.shah@elmbrook.example")


def set_up(
    world: World, said: Telling, *, password: str | None = None, contacts: tuple[StaffContact, ...] = ()
) -> None:
    with world.register.write() as session:
        policy.change(session, Staff(("Mrs Shah",), contacts=contacts), by=world.dsl, at=world.clock())
        telling.set_up(session, said, password=password, by=world.dsl, at=world.clock())


def plan(world: World, visit: object) -> Plan:
    with world.register.read() as session:
        return telling.plan(session, visit.id, at=world.clock())  # type: ignore[attr-defined]


def test_the_script_is_always_there_and_nothing_is_sent_unless_the_school_chose_it(world: World) -> None:
    visit = create_visit(world, create_worker(world), here_to_see="mrs shah ")
    made = plan(world, visit)
    assert made == Plan(made.script, TellBy.CALL)
    assert made.script is not None
    assert made.script.ring == "Ring mrs shah, ext 201", "the DSL of today is known by *DSL today*"
    set_up(world, Telling(), contacts=(SHAH,))
    script = plan(world, visit).script
    assert script is not None
    assert (script.ring, script.words) == (
        "Ring mrs shah, extension 204",
        "Leila Haddad from Harrow is here for you",
    )


def test_messages_say_who_where_from_when_and_where_and_the_dsl_hears_of_what_they_must_know(world: World) -> None:
    set_up(world, SEND, password="Kanarienvogel", contacts=(SHAH,))
    leaver = create_leaver(world)
    arrival = Arrival(
        visitor=NewVisitor(PersonKind.POLICE, "Sgt Ray Poole", "Metropolitan Police"),
        verdict=Verdict.POLICE,
        here_to_see="Mrs Shah",
        how_many=3,
        note="about Tommy",
        basis_note="s47",
    )
    with world.register.write() as session:
        visit = arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())
    made = plan(world, visit)
    assert made.to_host is not None
    assert made.to_dsl is not None
    assert made.account is not None
    assert made.account.password == "Kanarienvogel"
    assert (made.to_host.whom, made.to_host.message.to) == ("Mrs Shah", "n.shah@elmbrook.example")
    assert made.to_host.message.text.splitlines() == [
        "Sgt Ray Poole (Metropolitan Police) and 2 others are here for you.",
        "Arrived: Tue 24/11/2026 10:24",
        "Where: waiting at reception",
        "",
        "Sent by reception, Elmbrook Primary School.",
    ]
    assert (made.to_dsl.whom, made.to_dsl.to_dsl) == ("Mrs Shah", True)
    assert made.to_dsl.message.text.startswith("Sgt Ray Poole (Metropolitan Police) and 2 others have come in, here to")
    said = repr(made)
    assert not any(word in said for word in ("Tommy", "s47", "Kanarienvogel", "7946"))
    assert plan(world, create_visit(world, leaver, here_to_see="Mr Bello")).to_host is None, "no address is known"
    assert plan(world, create_visit(world, create_worker(world), here_to_see="")).script is None


def test_what_was_told_is_written_down_once_and_the_last_call_that_reached_somebody_counts(
    world: World, people: dict[Role, Operator]
) -> None:
    set_up(world, SEND, contacts=(SHAH,))
    visit = create_visit(world, create_worker(world))
    said = {"whom": "Mrs Shah", "at": world.clock(), "by": world.reception}
    with world.register.write() as session:
        telling.record(session, visit.id, means=Means.MESSAGE_FAILED, reached=False, **said)  # type: ignore[arg-type]
        assert front_desk.visit_of(session, visit.id).host_told_at is None  # type: ignore[union-attr]
        telling.record(session, visit.id, means=Means.MESSAGE_SENT, reached=True, to_dsl=True, **said)  # type: ignore[arg-type]
        assert front_desk.visit_of(session, visit.id).host_told_at is None, "the DSL is not the host"  # type: ignore[union-attr]
        telling.record(session, visit.id, means=Means.CALL, reached=True, **said)  # type: ignore[arg-type]
        assert front_desk.visit_of(session, visit.id).host_told_at == world.clock()  # type: ignore[union-attr]
        with pytest.raises(RegisterError, match="not in the register"):
            telling.record(session, world.chart, means=Means.CALL, reached=True, **said)  # type: ignore[arg-type]
    assert plan(world, visit) == Plan(None, TellBy.CALL), "told once is told"


def test_the_password_is_in_the_encrypted_file_and_not_in_the_journal(
    world: World, people: dict[Role, Operator]
) -> None:
    set_up(world, SEND, password="Kanarienvogel")
    with world.register.write() as session:
        before = journal.count(session)
        telling.set_up(session, SEND, password=None, by=world.dsl, at=world.clock())
        assert telling.password(session) == "Kanarienvogel"
        assert journal.count(session) == before, "nothing changed"
        assert "Kanarienvogel" not in repr(journal.newest(session, limit=1000))
        assert "Kanarienvogel" not in repr(telling.account(session, SEND))
        for role in set(Role) - {Role.DSL, Role.HEAD}:
            with pytest.raises(NotAllowedError):
                telling.keep_password(session, "x", by=people[role])
        telling.set_up(session, SEND, password="", by=world.dsl, at=world.clock())
        assert telling.password(session) == ""
    assert all(b"Kanarienvogel" not in file.read_bytes() for file in world.register.folder.iterdir() if file.is_file())
