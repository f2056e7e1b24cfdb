"""What is kept in the desk's file, and from which day on each record may be erased."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.retention import (
    Kept,
    Kind,
    Retention,
    joined_with,
    months_after,
    visit_goes_on,
)
from visitor_register.persistence.tables import (
    account,
    booking,
    booking_visitor,
    draft,
    entry,
    hold,
    holding,
    person,
    same_person,
    visit,
    visit_pass,
)
from visitor_register.persistence.types import utc_moment
from visitor_register.services import policy, retention_audit, retention_charts
from visitor_register.services.access import require

READS = frozenset({Role.DSL, Role.HEAD, Role.AUDITOR})
_Ids = dict[UUID, set[UUID]]


@dataclass(frozen=True, slots=True)
class DeskPart:
    """What the desk's file says of keeping.

    Attributes:
        rules: The periods in force.
        kept: Every record with its day, people and removed accounts apart.
        people: People on no chart whom nothing in this file refers to.
        accounts: Those who may no longer sign in and whom no kept visit or booking names.
        held: What a hold is on; a person's other records with them.
        people_of: The people of a visit or booking.
        there: Every visit and booking there is.
        names: The name of each person a line may be about.
    """

    rules: Retention
    kept: tuple[Kept, ...]
    people: tuple[Kept, ...]
    accounts: tuple[Kept, ...]
    held: frozenset[UUID]
    people_of: dict[UUID, frozenset[UUID]]
    there: frozenset[UUID]
    names: dict[UUID, str]


def at_the_desk(session: Session, *, by: Operator, at: datetime) -> DeskPart:
    """Read what the desk's file keeps, and until when.

    Raises:
        NotAllowedError: only the DSL, the head and the auditor see it.
    """
    require(by, READS)
    today = london_date(at)
    rules = policy.read(session, today).retention
    visits: list[Any] = list(session.execute(select(visit.c.id, visit.c.person, visit.c.booking, visit.c.arrived_at)))
    bookings: list[Any] = list(session.execute(select(booking.c.id, booking.c.starts_at, booking.c.ends_at)))
    people_of: _Ids = defaultdict(set)
    for one in visits:
        people_of[one.id].add(one.person)
    for guest in session.execute(select(booking_visitor.c.booking, booking_visitor.c.person)):
        people_of[guest.booking].add(guest.person)
    joined = joined_with([(one.first, one.second) for one in session.execute(_joined())])
    held = set(session.execute(select(hold.c.about)).scalars())
    held |= {other for one in held for other in joined.get(one, ())}
    return DeskPart(
        rules=rules,
        kept=(
            *_visits(session, visits, bookings, people_of, rules),
            *retention_charts.kept(session, rules, today),
            *retention_audit.kept(session, rules),
        ),
        people=tuple(_people(session, joined, rules)),
        accounts=tuple(retention_audit.accounts(session, rules)),
        held=frozenset(held),
        people_of={subject: frozenset(people) for subject, people in people_of.items()},
        there=frozenset({one.id for one in visits} | {one.id for one in bookings}),
        names=dict(session.execute(select(person.c.id, person.c.name)).all())
        | dict(session.execute(select(account.c.id, account.c.name)).all()),
    )


def _joined() -> Any:
    return select(same_person.c.id, same_person.c.first, same_person.c.second).where(same_person.c.withdrawn.is_(False))


def _visits(
    session: Session, visits: Iterable[Any], bookings: Iterable[Any], people_of: _Ids, rules: Retention
) -> Iterator[Kept]:
    """Visits and bookings, with the passes that were made for them."""
    passes: dict[UUID, list[UUID]] = defaultdict(list)
    for made in session.execute(select(visit_pass.c.id, visit_pass.c.booking, visit_pass.c.visit)):
        passes[made.visit or made.booking].append(made.id)
    came: dict[UUID, list[Any]] = defaultdict(list)
    for one in visits:
        if one.booking is not None:
            came[one.booking].append(one)
        day = london_date(one.arrived_at)
        yield Kept(
            Kind.VISITS,
            one.id,
            visit_goes_on(day, rules.visit_years),
            day,
            person=one.person,
            about=frozenset({one.person, *([one.booking] if one.booking else [])}),
            also=tuple(passes[one.id]),
        )
    for one in bookings:
        day = london_date(max(one.starts_at, one.ends_at or one.starts_at))
        guests = sorted(people_of[one.id], key=str)
        kind, goes_on = Kind.BOOKINGS, months_after(day, rules.never_attended_months)
        if came[one.id]:
            # With the last of its visits: until then a visit says that it was booked.
            last = max(day, *(london_date(its.arrived_at) for its in came[one.id]))
            kind, goes_on = Kind.VISITS, visit_goes_on(last, rules.visit_years)
        yield Kept(
            kind,
            one.id,
            goes_on,
            day,
            words="booking",
            person=guests[0] if guests else None,
            about=frozenset({*guests, *(its.id for its in came[one.id])}),
            also=tuple(passes[one.id]),
        )


def _people(session: Session, joined: dict[UUID, frozenset[UUID]], rules: Retention) -> Iterator[Kept]:
    """People on no chart whom nothing refers to: neither they nor another record of the same human being."""
    referred = set(session.execute(select(visit.c.person)).scalars())
    for column in (booking_visitor.c.person, visit_pass.c.person, holding.c.person):
        referred |= set(session.execute(select(column)).scalars())
    waiting = b"\n".join(session.execute(select(draft.c.body)).scalars())
    everybody = {one.id: one for one in session.execute(select(person))}
    on_chart = {one.id for one in everybody.values() if one.version is not None and one.left_version is None}
    pairs: dict[UUID, list[UUID]] = defaultdict(list)
    for pair in session.execute(_joined()):
        for side in (pair.first, pair.second):
            pairs[side].append(pair.id)
    last = _last_words(session)
    for one in everybody.values():
        records = joined.get(one.id, frozenset({one.id}))
        if not records.isdisjoint(referred | on_chart) or str(one.id).encode() in waiting:
            continue
        day = last[one.id]
        goes_on = day + timedelta(days=1) if one.by_hand else months_after(day, rules.worker_months)
        yield Kept(Kind.PEOPLE, one.id, goes_on, day, person=one.id, about=records, also=tuple(pairs[one.id]))


def _last_words(session: Session) -> dict[UUID, date]:
    """When something was last written about each person, on whatever they are."""
    newest = (
        select(entry.c.subject, func.max(entry.c.at).label("at"))
        .where(entry.c.subject.in_(select(person.c.id)), entry.c.body.is_not(None))
        .group_by(entry.c.subject)
    )
    return {row.subject: london_date(utc_moment(row.at)) for row in session.execute(newest)}
