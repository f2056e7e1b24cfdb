"""Keeping and erasing: what is due is listed first, confirmed with a password, erased for good, and logged.

An erasure spans both files: two commits, the desk's first. What a crash between them left is found by `unfinished`.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.retention import Guard, Kept, Kind, Sorted, joined_with, sort_out
from visitor_register.domain.visits import VisitState
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import backup, erasure, local_traces
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import (
    booking_visitor,
    entry,
    person,
    same_person,
    visit,
    visit_pass,
)
from visitor_register.services.access import require
from visitor_register.services.retention_dsl import DslPart
from visitor_register.services.retention_due import DeskPart, at_the_desk

PERIOD_OVER = "kept long enough"
FINISHED = "the rest of an erasure that was interrupted"
Keys = Collection[tuple[Kind, UUID, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Done:
    """What was erased in the desk's file, and what goes with it in the DSL's.

    Attributes:
        erased: The records that went.
        subjects: Visits and bookings: what the DSL's file says of them goes too.
        people: People whose contacts go too, because somebody asked for it.
        stays: Why something of them stays, in words.
    """

    erased: tuple[Kept, ...] = ()
    subjects: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    stays: str = ""


def look(desk: DeskPart, dsl: DslPart | None, at: datetime) -> Sorted:
    """Say what is due, what a hold keeps, and what comes next.

    Without the DSL's file nobody can say whom it still refers to: people and removed accounts are left out.
    """
    kept = [*desk.kept]
    if dsl is not None:
        kept += dsl.kept
        kept += (one for one in desk.people if one.about.isdisjoint(dsl.people))
        kept += (one for one in desk.accounts if one.subject not in dsl.writers)
    return sort_out(kept, guard(desk, dsl), london_date(at))


def guard(desk: DeskPart, dsl: DslPart | None) -> Guard:
    """What holds keep: what they are on, and the people of that."""
    held = desk.held | (dsl.held if dsl is not None else frozenset())
    of_dsl = dsl.people_of if dsl is not None else {}
    people = {one for subject in held for one in (*desk.people_of.get(subject, ()), *of_dsl.get(subject, ()))}
    return Guard(held, frozenset(people | held))


def erase(
    session: Session,
    chosen: Keys,
    dsl: DslPart,
    *,
    keyring: Keyring,
    own_password: str,
    by: Operator,
    at: datetime,
) -> Done:
    """Erase in the desk's file what was chosen and is still due; `erase_in_dsl` follows.

    Raises:
        NotAllowedError: only the DSL and the head erase.
        WrongPasswordError: that is not the password of whoever erases.
    """
    require(by, SEES_CHILDREN)
    keyring.open(by.id, own_password)
    desk = at_the_desk(session, by=by, at=at)
    due = [one for one in look(desk, dsl, at).due if one.key in chosen and not one.of_dsl]
    gone = [one.subject for one in due if one.kind is Kind.PEOPLE]
    local_traces.forget(session, local_traces.names_of(session, gone))
    erasure.erase(session, _keys(session, due), PERIOD_OVER, by=by, at=at)
    whole = frozenset(one.subject for one in due if one.kind in (Kind.VISITS, Kind.BOOKINGS))
    return Done(tuple(due), whole)


def erase_in_dsl(
    dsl_session: Session, chosen: Keys, done: Done, desk: DeskPart, dsl: DslPart, *, by: Operator, at: datetime
) -> tuple[Kept, ...]:
    """Erase in the DSL's file what was chosen and what belonged to what went from the desk's; returns the former.

    Raises:
        NotAllowedError: only the DSL and the head erase.
    """
    require(by, SEES_CHILDREN)
    due = [one for one in look(desk, dsl, at).due if one.key in chosen and one.of_dsl]
    due += [one for one in dsl.kept if one.kind is Kind.CONTACTS and one.person in done.people]
    keys = [*_keys(dsl_session, due), *erasure.keys_of(dsl_session, done.subjects)]
    erasure.erase(dsl_session, keys, PERIOD_OVER if not done.people else "asked for", by=by, at=at)
    return tuple(due)


def unfinished(session: Session, desk: DeskPart, dsl: DslPart, *, by: Operator) -> Done:
    """What the DSL's file still says of what was erased from the desk's: the program was stopped in between.

    Raises:
        NotAllowedError: only the DSL and the head erase.
    """
    require(by, SEES_CHILDREN)
    missing = (dsl.about - desk.there) | (dsl.people - desk.names.keys())
    gone: set[UUID] = set()
    for subject in missing:
        lines = session.execute(
            select(func.count(), func.count(entry.c.body)).select_from(entry).where(entry.c.subject == subject)
        ).one()
        if lines[0] and not lines[1]:
            gone.add(subject)
    return Done(subjects=frozenset(gone & dsl.about), people=frozenset(gone & dsl.people))


def finish(dsl_session: Session, done: Done, dsl: DslPart, *, by: Operator, at: datetime) -> int:
    """Erase the rest of an erasure that was interrupted; returns how many entries there were.

    Raises:
        NotAllowedError: only the DSL and the head erase.
    """
    require(by, SEES_CHILDREN)
    rest = [one for one in dsl.kept if one.kind is Kind.CONTACTS and one.person in done.people]
    keys = [*_keys(dsl_session, rest), *erasure.keys_of(dsl_session, done.subjects)]
    return erasure.erase(dsl_session, keys, FINISHED, by=by, at=at)


def erase_person(
    session: Session,
    who: UUID,
    reason: str,
    dsl: DslPart,
    *,
    keyring: Keyring,
    own_password: str,
    by: Operator,
    at: datetime,
) -> Done:
    """Erase all about one person now, because they or somebody for them asked; `erase_in_dsl` follows.

    A booking that names others as well stays. So does what a chart in use says: the next one would bring it back.

    Raises:
        NotAllowedError: only the DSL and the head erase.
        WrongPasswordError: that is not the password of whoever erases.
        AnswerMissingError: no reason was given.
        RegisterError: a hold keeps something of them, they are on site, or a deadline with them is open.
    """
    require(by, SEES_CHILDREN)
    desk = at_the_desk(session, by=by, at=at)
    pairs = session.execute(select(same_person).where(same_person.c.withdrawn.is_(False))).all()
    records = joined_with([(one.first, one.second) for one in pairs]).get(who, frozenset({who}))
    name = desk.names.get(who)
    if name is None:
        raise RegisterError("This person is not in the register any more.")
    _check_reason(reason, [desk.names[one] for one in records if one in desk.names])
    visits = session.execute(select(visit.c.id, visit.c.state).where(visit.c.person.in_(records))).all()
    if any(one.state is VisitState.ON_SITE for one in visits):
        raise RegisterError(f"{name} is on site, or has no sign-out yet. Sign them out first.")
    if not records.isdisjoint(dsl.open_for):
        raise RegisterError(f"A deadline with {name} is open. Close or withdraw it in Contacts first.")
    booked = session.execute(select(booking_visitor.c.booking).where(booking_visitor.c.person.in_(records))).scalars()
    alone = {one for one in booked if desk.people_of[one] <= records}
    subjects = alone | {one.id for one in visits}
    with_them = {one.subject for one in dsl.kept if one.kind is Kind.CONTACTS and one.person in records}
    if not guard(desk, dsl).held.isdisjoint(records | subjects | with_them):
        raise RegisterError(f"A hold keeps what there is about {name}. End the hold first, if it is over.")
    keyring.open(by.id, own_password)
    passes = session.execute(select(visit_pass.c.id).where(visit_pass.c.person.in_(records))).scalars()
    listed = session.execute(
        select(person.c.id).where(
            person.c.id.in_(records), person.c.version.is_not(None), person.c.left_version.is_(None)
        )
    ).scalars()
    on_chart = frozenset(listed)
    joins = [] if on_chart else [one.id for one in pairs if one.first in records]
    gone = [*subjects, *passes, *joins, *(records - on_chart)]
    local_traces.forget(session, local_traces.names_of(session, records))
    erasure.erase(session, erasure.keys_of(session, gone), f"asked for: {reason.strip()}", by=by, at=at)
    stays = "The chart in use still lists them: ask the council." if on_chart else ""
    return Done(subjects=frozenset(subjects), people=records, stays=stays)


def tidy(session: Session, register: Register, *, at: datetime) -> bool:
    """Complete the list of what was erased in this file; returns whether no byte of it stays.

    Of the DSL's file backups keep a copy for when nobody has it open: that is made anew as well.
    """
    complete = erasure.complete_list(session, register.folder)
    if register.dsl is not None and session.info["file"] == register.dsl.path.stem:
        try:
            backup.keep_dsl(register.folder, register.dsl, at=at)
        except RegisterError:
            return False
    return complete


def _check_reason(reason: str, names: Iterable[str]) -> None:
    """A reason stays for good, so it names nobody whom it erases."""
    if not reason.strip():
        raise AnswerMissingError("Say who asked for it, and when: the reason stays on record.")
    said = {word.casefold() for word in re.findall(r"\w{3,}", reason)}
    for name in names:
        if any(word.casefold() in said for word in re.findall(r"\w{3,}", name)):
            raise RegisterError("Leave the name out of the reason: the reason stays on record when the name is gone.")


def _keys(session: Session, due: Iterable[Kept]) -> list[str]:
    """The entries of these records, with those of what goes with them."""
    whole = [subject for one in due if not one.entries for subject in (one.subject, *one.also)]
    return [*(key for one in due for key in one.entries), *erasure.keys_of(session, whole)]
