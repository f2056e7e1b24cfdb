"""Who may do what: every function of the services that writes, with every role."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.factories import CHEAP, NOW, PASSWORD, World, create_booking, create_visit, create_worker
from tests.persistence.tampering import attempt
from visitor_register.domain.arrivals import Arrival, Call, NewVisitor, Told
from visitor_register.domain.assurance import NumberSource, Outcome
from visitor_register.domain.booking_list import BookingList, Column, ListRow
from visitor_register.domain.booking_list_days import DayOrder
from visitor_register.domain.events import ArrivalCorrected, LetterFiled, NumberPublished, ReasonRecorded
from visitor_register.domain.invitations import InvitationRead, Meeting
from visitor_register.domain.people import AT_THE_DESK, SEES_CHILDREN, Operator, PersonKind, Role
from visitor_register.domain.policy import DslOnDuty, SchoolName, Telling
from visitor_register.domain.visits import Means
from visitor_register.errors import NotAllowedError
from visitor_register.persistence import journal
from visitor_register.persistence.keyring import Keyring, new_recovery_code
from visitor_register.persistence.restore import Drill
from visitor_register.services import (
    access,
    arrivals,
    assurance,
    booking_list,
    booking_repeat,
    bookings,
    chart_trust,
    directory,
    invitations,
    newcomers,
    passes,
    people,
    policy,
    restoring,
    sealed,
    telling,
)
from visitor_register.services.booking_list import Plan
from visitor_register.services.booking_list_rows import Answers
from visitor_register.services.booking_repeat import Repeat
from visitor_register.services.bookings import BookingForm
from visitor_register.services.invitations import Choices, Proposal

OFFICE_UP = frozenset({Role.OFFICE, Role.DSL, Role.HEAD})
PLUMBER = NewVisitor(PersonKind.OTHER, "Petra Novak")
CHOSEN = Choices(visitors=(PLUMBER,))
FORM = BookingForm(visitors=(PLUMBER,), starts_at=NOW)
CALL = Call("020", "MASH", NumberSource.PUBLISHED, "list", "Priya", "hers", Outcome.CONFIRMED, NOW)
NUMBER = NumberPublished("CAFCASS", "0300", "", "site", date(2026, 11, 1))
LETTER = LetterFiled("Brent", "HR", date(2026, 1, 1), "all", date(2027, 1, 1), "folder")

CAROL = Operator(UUID(int=17), "Carol New", Role.OFFICE)
CODE = new_recovery_code()
ENTRY: dict[str, Any] = {"password": PASSWORD, "at": NOW, "cost": CHEAP}
OWN: dict[str, Any] = {"own_password": PASSWORD}

Do = Callable[[Session, Operator, "Things"], object]


class Things:
    """What there is to do something with."""

    def __init__(self, world: World) -> None:
        self.worker = create_worker(world)
        self.booking = create_booking(world, self.worker)
        self.visit = create_visit(world, create_worker(world, "Tom Okafor", badge="H20")).id
        self.left = create_visit(world, create_worker(world, "Ann Able", badge="H30")).id
        with world.register.write() as session:
            arrivals.sign_out(session, self.left, by=world.reception, at=NOW)
            directory.bind_code(session, self.worker, "Z77", by=world.reception, at=NOW)
            self.letter = assurance.file_letter(session, LETTER, by=world.dsl, at=NOW)
            self.key = chart_trust.pin(session, "Harrow", "5e", "Mrs Clarke", by=world.dsl, at=NOW)
            self.number = assurance.publish_number(session, NUMBER, by=world.dsl, at=NOW, of=None)
        self.public = world.register.keyring.seal_public
        self.reception, self._keyring = world.reception, world.register.keyring
        self._keys = self._keyring.open(world.dsl.id, PASSWORD)

    def ring(self, by: Operator) -> Keyring:
        """The keyring, on which whoever does it stands too."""
        ring = self._keyring.draft()
        ring.add(by, PASSWORD, self._keys, CHEAP)
        return ring

    def plan(self, session: Session) -> Proposal:
        """An invitation of tomorrow."""
        meeting = Meeting("", NOW + timedelta(days=1), None)
        return invitations.match(session, InvitationRead("u", 0, False, None, None, (), (meeting,), "x"), NOW)

    def listed(self, session: Session) -> Plan:
        """A list with one visit that is ready."""
        cells = {Column.DAY: "01/12/2026", Column.START: "10:00", Column.NUMBER: "H194359", Column.TOLD: "phone"}
        return booking_list.plan(session, BookingList("x.csv", (ListRow(2, cells),), DayOrder.DAY), Answers(), NOW)


RULES: dict[str, tuple[frozenset[Role], Do]] = {
    "arrivals.sign_in": (
        AT_THE_DESK,
        lambda s, by, t: arrivals.sign_in(s, Arrival(visitor=PLUMBER), by=by, at=NOW),
    ),
    "arrivals.sign_out": (AT_THE_DESK, lambda s, by, t: arrivals.sign_out(s, t.visit, by=by, at=NOW)),
    "arrivals.fill_in_leaving": (
        AT_THE_DESK,
        lambda s, by, t: arrivals.fill_in_leaving(s, t.visit, NOW, by=by, at=NOW),
    ),
    "arrivals.leaving_unknown": (AT_THE_DESK, lambda s, by, t: arrivals.leaving_unknown(s, t.visit, by=by, at=NOW)),
    "arrivals.not_this_person": (
        AT_THE_DESK,
        lambda s, by, t: arrivals.not_this_person(s, t.visit, "x", by=by, at=NOW),
    ),
    "arrivals.put_back": (AT_THE_DESK, lambda s, by, t: arrivals.put_back(s, t.left, "x", by=by, at=NOW)),
    "arrivals.correct": (
        AT_THE_DESK,
        lambda s, by, t: arrivals.correct(s, t.visit, ArrivalCorrected(1, "x", place="Hall"), by=by, at=NOW),
    ),
    "arrivals.record_call": (AT_THE_DESK, lambda s, by, t: arrivals.record_call(s, t.visit, CALL, by=by, at=NOW)),
    "arrivals.record_told": (
        AT_THE_DESK,
        lambda s, by, t: arrivals.record_told(s, t.visit, Told("Mrs Shah", True, NOW), by=by, at=NOW),
    ),
    "arrivals.decline": (
        SEES_CHILDREN,
        lambda s, by, t: arrivals.decline(s, Arrival(visitor=PLUMBER), contacted="MASH", reason="x", by=by, at=NOW),
    ),
    "assurance.publish_number": (
        OFFICE_UP,
        lambda s, by, t: assurance.publish_number(s, NUMBER, by=by, at=NOW, of=t.number),
    ),
    "assurance.withdraw_number": (
        OFFICE_UP,
        lambda s, by, t: assurance.withdraw_number(s, t.number, "x", by=by, at=NOW),
    ),
    "assurance.file_letter": (OFFICE_UP, lambda s, by, t: assurance.file_letter(s, LETTER, by=by, at=NOW)),
    "assurance.replace_letter": (OFFICE_UP, lambda s, by, t: assurance.replace_letter(s, t.letter, by=by, at=NOW)),
    "booking_repeat.book_all": (
        OFFICE_UP,
        lambda s, by, t: booking_repeat.book_all(s, FORM, Repeat(1, times=2), by=by, at=NOW),
    ),
    "booking_repeat.change_later": (
        OFFICE_UP,
        lambda s, by, t: booking_repeat.change_later(s, t.booking, FORM, by=by, at=NOW),
    ),
    "booking_repeat.cancel_later": (
        OFFICE_UP,
        lambda s, by, t: booking_repeat.cancel_later(s, t.booking, by_school=True, why="", by=by, at=NOW),
    ),
    "bookings.book": (OFFICE_UP, lambda s, by, t: bookings.book(s, FORM, by=by, at=NOW)),
    "bookings.expected_today": (AT_THE_DESK, lambda s, by, t: bookings.expected_today(s, FORM, by=by, at=NOW)),
    "bookings.change": (OFFICE_UP, lambda s, by, t: bookings.change(s, t.booking, FORM, by=by, at=NOW)),
    "bookings.cancel": (
        OFFICE_UP,
        lambda s, by, t: bookings.cancel(s, t.booking, by_school=True, why="", by=by, at=NOW),
    ),
    "bookings.did_not_come": (AT_THE_DESK, lambda s, by, t: bookings.did_not_come(s, t.booking, by=by, at=NOW)),
    "chart_trust.pin": (
        SEES_CHILDREN,
        lambda s, by, t: chart_trust.pin(s, "Harrow", "5e", "Mrs Clarke", by=by, at=NOW),
    ),
    "chart_trust.withdraw": (SEES_CHILDREN, lambda s, by, t: chart_trust.withdraw(s, t.key, "old", by=by, at=NOW)),
    "directory.bind_code": (AT_THE_DESK, lambda s, by, t: directory.bind_code(s, t.worker, "Z88", by=by, at=NOW)),
    "directory.confirm_code": (
        SEES_CHILDREN,
        lambda s, by, t: directory.confirm_code(s, t.worker, "Z77", by=by, at=NOW),
    ),
    "directory.withdraw_code": (
        AT_THE_DESK,
        lambda s, by, t: directory.withdraw_code(s, t.worker, "Z77", "lost", by=by, at=NOW),
    ),
    "directory.part": (OFFICE_UP, lambda s, by, t: directory.part(s, t.worker, "two people", by=by, at=NOW)),
    "booking_list.accept": (
        OFFICE_UP,
        lambda s, by, t: booking_list.accept(s, t.listed(s), public=t.public, by=by, at=NOW),
    ),
    "invitations.apply": (
        OFFICE_UP,
        lambda s, by, t: invitations.apply(s, t.plan(s), CHOSEN, public=t.public, by=by, at=NOW),
    ),
    "passes.for_booking": (AT_THE_DESK, lambda s, by, t: passes.for_booking(s, t.booking, t.worker, by=by, at=NOW)),
    "passes.for_visit": (AT_THE_DESK, lambda s, by, t: passes.for_visit(s, t.visit, by=by, at=NOW)),
    "passes.withdraw": (AT_THE_DESK, lambda s, by, t: passes.withdraw(s, t.worker, "lost", by=by, at=NOW)),
    "policy.change": (SEES_CHILDREN, lambda s, by, t: policy.change(s, SchoolName("x"), by=by, at=NOW)),
    "policy.change, who is DSL today": (OFFICE_UP, lambda s, by, t: policy.change(s, DslOnDuty(()), by=by, at=NOW)),
    "sealed.seal_reason": (
        OFFICE_UP,
        lambda s, by, t: sealed.seal_reason(s, t.booking, ReasonRecorded("x"), t.public, by=by, at=NOW),
    ),
    "sealed.receive_boxes": (SEES_CHILDREN, lambda s, by, t: sealed.receive_boxes(s, [], bytes(32), by=by, at=NOW)),
    "sealed.mark_received": (
        SEES_CHILDREN,
        lambda s, by, t: sealed.mark_received(s, [(t.booking, 1, b"")], by=by, at=NOW),
    ),
    "newcomers.record": (SEES_CHILDREN, lambda s, by, t: newcomers.record(s, PLUMBER, by=by, at=NOW)),
    "telling.record": (
        AT_THE_DESK,
        lambda s, by, t: telling.record(s, t.visit, whom="Mrs Shah", means=Means.CALL, reached=True, by=by, at=NOW),
    ),
    "telling.set_up": (SEES_CHILDREN, lambda s, by, t: telling.set_up(s, Telling(), password="x", by=by, at=NOW)),
    "telling.keep_password": (SEES_CHILDREN, lambda s, by, t: telling.keep_password(s, "x", by=by)),
    "restoring.drill_done": (
        SEES_CHILDREN,
        lambda s, by, t: restoring.drill_done(s, Drill(NOW, 1204, 41.0), by=by, at=NOW),
    ),
    "people.add": (SEES_CHILDREN, lambda s, by, t: people.add(s, t.ring(by), CAROL, by=by, **ENTRY, **OWN)),
    "people.change_role_or_password": (
        SEES_CHILDREN,
        lambda s, by, t: people.change_role_or_password(
            s, t.ring(by), t.reception.id, role=Role.OFFICE, by=by, **ENTRY, **OWN
        ),
    ),
    "people.remove": (
        SEES_CHILDREN,
        lambda s, by, t: people.remove(s, t.ring(by), t.reception.id, reason="", by=by, at=NOW, **OWN),
    ),
    "people.change_own_password": (
        frozenset(Role),
        lambda s, by, t: people.change_own_password(
            s, t.ring(by), old=PASSWORD, new="x" * 8, by=by, at=NOW, cost=CHEAP
        ),
    ),
    "people.set_own_pin": (
        frozenset(Role),
        lambda s, by, t: people.set_own_pin(s, t.ring(by), password=PASSWORD, pin="582014", by=by, at=NOW),
    ),
    "people.keep_recovery_code": (
        SEES_CHILDREN,
        lambda s, by, t: people.keep_recovery_code(
            s, t.ring(by), code=CODE, own_password=PASSWORD, by=by, at=NOW, cost=CHEAP
        ),
    ),
    "sealed.reason_of": (SEES_CHILDREN, lambda s, by, t: sealed.reason_of(s, t.booking, by=by)),
}
BY_THE_DSLS_FILE = {
    "sealed.add_reason",
    "sealed.record_reason",
    "booking_list.record_reasons",
    "invitations.record_text",
    "not_seen.of_booking",
    "not_seen.record",
}
"""Tested with the DSL's file in the modules named like their services."""
WITHOUT_ASKING = {"assurance.ship_numbers"}
"""Part of making a register: nobody is signed in yet."""


@pytest.mark.parametrize("name", RULES)
def test_each_role_may_do_what_the_rules_say_and_nothing_else(
    world: World, people: dict[Role, Operator], name: str
) -> None:
    allowed, do = RULES[name]
    things = Things(world)
    for role, operator in people.items():
        with attempt(world.register.desk, guards=True) as session:
            before = journal.count(session)
            if role in allowed:
                do(session, operator, things)
            else:
                with pytest.raises(NotAllowedError, match=r"^Only .* can do this. Ask one of them to sign in.$"):
                    do(session, operator, things)
                assert journal.count(session) == before


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({Role.DSL}, "Only the DSL can do this."),
        ({Role.HEAD, Role.DSL}, "Only the DSL or the head can do this."),
        (OFFICE_UP, "Only the office, the DSL or the head can do this."),
    ],
)
def test_a_refusal_says_who_may(roles: frozenset[Role], words: str) -> None:
    nobody = Operator(UUID(int=1), "x", Role.AUDITOR)
    with pytest.raises(NotAllowedError) as caught:
        access.require(nobody, roles)
    assert str(caught.value).startswith(words)
