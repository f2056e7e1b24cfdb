"""Who may do what in the DSL's own file: every function of its services, with every role."""

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from types import ModuleType
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, World, create_worker
from tests.persistence.tampering import attempt
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.events import CourtesyNoted, Discussed, Escalated, InformationShared
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.domain.report import Facts, Span
from visitor_register.errors import NotAllowedError
from visitor_register.persistence import journal
from visitor_register.services import (
    clocks,
    contacts,
    dsl_home,
    letters_sent,
    mails,
    protocol_report,
    subject_copy,
    timeline,
)
from visitor_register.services.contacts import ContactForm
from visitor_register.services.letters_sent import Sent
from visitor_register.services.timeline import Asked, DeskPart, DslPart

MODULES: tuple[ModuleType, ...] = (
    clocks,
    contacts,
    dsl_home,
    letters_sent,
    mails,
    protocol_report,
    subject_copy,
    timeline,
)
A_DAY = Span(NOW.date(), NOW.date())
Do = Callable[[Session, Operator, "Things"], object]


class Things:
    """What there is to do something with."""

    def __init__(self, world: World) -> None:
        self.worker = create_worker(world)
        self.owed = [self._allocation(world) for _ in range(3)]
        with world.register.dsl_file().write() as session:
            clocks.pause(session, self.owed[1], "agreed", by=world.dsl, at=NOW)
            clocks.stop(session, self.assessed(session, 2, world), done_at=NOW, person=None, by=world.dsl, at=NOW)

    def _allocation(self, world: World) -> UUID:
        with world.register.dsl_file().write() as session:
            on, known = date(2026, 11, 20), AllocationKnown.TOLD_BY_LA
            return contacts.allocate(session, self.worker, "C-1", on=on, known=known, by=world.dsl, at=NOW)

    def assessed(self, session: Session, number: int, world: World) -> Assessed:
        found = clocks.of(session, self.owed[number], by=world.dsl)
        assert found is not None
        return Assessed(found, State.RUNNING)


@pytest.fixture
def things(world: World) -> Things:
    return Things(world)


def _rules(things: Things, world: World) -> dict[str, Do]:
    worker, (owed, paused, done) = things.worker, things.owed
    form = ContactForm(ContactKind.CALL, Direction.SENT, worker, NOW, "x")
    later = NOW + timedelta(days=1)
    told = AllocationKnown.TOLD_BY_LA
    child, desk_part = Asked(child_reference="C-1"), DeskPart(frozenset(), (), {})
    copied = subject_copy.DeskPart("", frozenset({worker}), frozenset(), (), {})
    return {
        "contacts.log": lambda s, by, t: contacts.log(s, form, by=by, at=NOW),
        "contacts.allocate": lambda s, by, t: contacts.allocate(
            s, worker, "C-2", on=NOW.date(), known=told, by=by, at=NOW
        ),
        "contacts.ask": lambda s, by, t: contacts.ask(
            s, direction=Direction.SENT, person=worker, asked_at=NOW, topic="x", by=by, at=NOW
        ),
        "contacts.share": lambda s, by, t: contacts.share(
            s, InformationShared(worker, NOW, True, "x", ""), by=by, at=NOW
        ),
        "contacts.discuss": lambda s, by, t: contacts.discuss(s, worker, Discussed(True, "", ""), by=by, at=NOW),
        "contacts.follow_up": lambda s, by, t: contacts.follow_up(s, worker, "x", by=by, at=NOW),
        "contacts.to_follow_up": lambda s, by, t: contacts.to_follow_up(s, by=by),
        "dsl_home.noted": lambda s, by, t: dsl_home.noted(s, by=by, at=NOW),
        "contacts.note_courtesy": lambda s, by, t: contacts.note_courtesy(
            s, CourtesyNoted(worker, NOW, True, "x", False), by=by, at=NOW
        ),
        "contacts.newest": lambda s, by, t: contacts.newest(s, by=by),
        "timeline.begin": lambda s, by, t: timeline.begin(s, child, by=by),
        "timeline.at_the_desk": lambda s, by, t: timeline.at_the_desk(s, child, (), by=by),
        "timeline.in_the_dsl_file": lambda s, by, t: timeline.in_the_dsl_file(s, child, desk_part, by=by),
        "timeline.join": lambda s, by, t: timeline.join(s, child, desk_part, DslPart((), {}), by=by, at=NOW),
        "subject_copy.at_the_desk": lambda s, by, t: subject_copy.at_the_desk(s, worker, by=by),
        "subject_copy.in_the_dsl_file": lambda s, by, t: subject_copy.in_the_dsl_file(s, copied, by=by),
        "subject_copy.log": lambda s, by, t: subject_copy.log(s, worker, ("pdf",), by=by, at=NOW),
        "mails.logged_before": lambda s, by, t: mails.logged_before(s, worker, NOW, by=by),
        "protocol_report.owed_in": lambda s, by, t: protocol_report.owed_in(s, A_DAY, by=by),
        "protocol_report.with_reasons": lambda s, by, t: protocol_report.with_reasons(s, Facts(A_DAY, NOW), by=by),
        "clocks.owed": lambda s, by, t: clocks.owed(s, by=by, at=NOW),
        "clocks.asked_with": lambda s, by, t: clocks.asked_with(s, [], by=by),
        "clocks.of": lambda s, by, t: clocks.of(s, owed, by=by),
        "clocks.escalation_of": lambda s, by, t: clocks.escalation_of(s, owed, by=by),
        "clocks.stop": lambda s, by, t: clocks.stop(
            s, t.assessed(s, 0, world), done_at=NOW, person=None, by=by, at=NOW
        ),
        "clocks.pause": lambda s, by, t: clocks.pause(s, owed, "x", by=by, at=NOW),
        "clocks.resume": lambda s, by, t: clocks.resume(s, paused, by=by, at=later),
        "clocks.reopen": lambda s, by, t: clocks.reopen(s, done, "x", by=by, at=NOW),
        "clocks.withdraw": lambda s, by, t: clocks.withdraw(s, owed, "x", by=by, at=NOW),
        "clocks.escalate": lambda s, by, t: clocks.escalate(
            s, owed, Escalated(Rung.MANAGER, worker, NOW, None, "x"), by=by, at=NOW
        ),
        "letters_sent.record": lambda s, by, t: letters_sent.record(s, Sent(uuid4(), worker, "x"), by=by, at=NOW),
        "letters_sent.trail": lambda s, by, t: letters_sent.trail(s, owed, by=by),
        "clocks.end_escalation": lambda s, by, t: clocks.end_escalation(s, owed, "x", by=by, at=NOW),
    }


def test_no_function_that_names_an_operator_is_left_out(world: World, things: Things) -> None:
    asking = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "by" in inspect.signature(function).parameters
    }
    assert asking == set(_rules(things, world))


def test_only_who_sees_children_may_do_anything_there(
    world: World, things: Things, people: dict[Role, Operator]
) -> None:
    for name, do in _rules(things, world).items():
        for role, operator in people.items():
            with attempt(world.register.dsl_file(), guards=True) as session:
                before = journal.count(session)
                if role in SEES_CHILDREN:
                    do(session, operator, things)
                    continue
                with pytest.raises(NotAllowedError):
                    do(session, operator, things)
                assert journal.count(session) == before, name
