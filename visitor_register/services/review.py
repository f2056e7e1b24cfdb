"""The DSL's list: arrivals that somebody with that duty should look at, until somebody has."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from visitor_register.domain.assurance import CallBack, Compared, refuse_certificate_number
from visitor_register.domain.events import CodeBound, ReasonRecorded, Reviewed
from visitor_register.domain.people import SEES_CHILDREN, CodeState, Operator, Person
from visitor_register.domain.purposes import DEFAULT_EXCEPTIONAL_CIRCUMSTANCES
from visitor_register.domain.verification import TELLS_DSL, Verdict
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import codec, journal, rows
from visitor_register.persistence.tables import account, badge_code, call_back, entry, person, visit
from visitor_register.persistence.types import UtcDateTime
from visitor_register.services import sealed
from visitor_register.services.access import require
from visitor_register.services.front_desk import visit_of

MOST = 200
"""Lines that are read at once; the number beside the list counts all of them."""

_UNQUESTIONED = (Verdict.OTHER_VISITOR, Verdict.POLICE)
_SAY_WHAT = frozenset(one.code for one in DEFAULT_EXCEPTIONAL_CIRCUMSTANCES if one.say_what)


class Why(StrEnum):
    """Why a visit is on the list, the gravest first."""

    DECLINED = "declined"
    REFUSED = "refused"
    """A call-back said no."""
    VERDICT = "verdict"
    """The row of the ladder tells the DSL."""
    NOT_CHECKED = "not_checked"
    """Face and photo were not compared, whatever the reason."""
    NOT_BOOKED = "not_booked"
    """The exceptional circumstance is the DSL's to fill in."""
    UNDONE = "undone"
    NEW_CODE = "new_code"
    """A badge code was bound that nobody has confirmed yet."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One visit to look at. `person` is None once who it was has been erased; `codes` are provisional."""

    visit: Visit
    person: Person | None
    why: tuple[Why, ...]
    calls: tuple[CallBack, ...]
    codes: tuple[str, ...]
    recorded_by: str

    @property
    def told_at(self) -> datetime | None:
        """When the DSL was told at the desk."""
        return self.visit.dsl_told_at


def waiting(session: Session, *, by: Operator, limit: int = MOST) -> list[ReviewLine]:
    """What nobody has looked at yet, the newest first.

    Raises:
        NotAllowedError: the list is for the DSL and the head.
    """
    require(by, SEES_CHILDREN)
    codes = _provisional(session)
    found = session.execute(
        select(visit, account.c.name.label("by_name"), *(column.label(f"who_{column.name}") for column in person.c))
        .select_from(
            visit.outerjoin(person, person.c.id == visit.c.person).outerjoin(
                account, account.c.id == visit.c.recorded_by
            )
        )
        .where(_wanted(codes))
        .order_by(visit.c.arrived_at.desc(), visit.c.id.desc())
        .limit(limit)
    )
    listed = list(found.mappings())
    calls: defaultdict[UUID, list[CallBack]] = defaultdict(list)
    of_these = call_back.c.visit.in_([row["id"] for row in listed])
    for call in rows.select_all(session, CallBack, of_these, order_by=(call_back.c.at, call_back.c.seq)):
        calls[call.visit].append(call)
    lines = []
    for row in listed:
        stands = Visit(**{column.name: row[column.name] for column in visit.c})
        known = row["who_id"] is not None
        somebody = Person(**{column.name: row[f"who_{column.name}"] for column in person.c}) if known else None
        new = tuple(codes.get(stands.id, ()))
        why = why_listed(stands, new_code=bool(new))
        lines.append(ReviewLine(stands, somebody, why, tuple(calls[stands.id]), new, row["by_name"] or ""))
    return lines


def count(session: Session, *, by: Operator) -> int:
    """How many visits nobody has looked at yet.

    Raises:
        NotAllowedError: the list is for the DSL and the head.
    """
    require(by, SEES_CHILDREN)
    wanted = _wanted(_provisional(session))
    return session.execute(select(func.count()).select_from(visit).where(wanted)).scalar_one()


def why_listed(stands: Visit, *, new_code: bool = False) -> tuple[Why, ...]:
    """Say why a visit belongs on the list; empty for one that does not. Source: the rules, "DSL told"."""
    unasked = stands.compared is None and stands.verdict not in _UNQUESTIONED
    reasons = {
        Why.DECLINED: stands.state is VisitState.DECLINED,
        Why.REFUSED: stands.call_back_refused,
        Why.VERDICT: stands.verdict in TELLS_DSL,
        Why.NOT_CHECKED: stands.compared in (Compared.NO_PHOTO, Compared.NOT_NOW)
        or (unasked and stands.state is not VisitState.DECLINED),
        Why.NOT_BOOKED: stands.verdict is Verdict.NOT_BOOKED,
        Why.UNDONE: stands.state is VisitState.UNDONE,
        Why.NEW_CODE: new_code,
    }
    return tuple(why for why, applies in reasons.items() if applies)


def review(session: Session, identity: UUID, note: str, *, by: Operator, at: datetime) -> Visit:
    """Write down that the DSL or head looked at a visit; twice is once. The desk can read the note.

    Raises:
        NotAllowedError: only the DSL and the head may.
        RegisterError: the visit is gone, or the note holds a certificate number.
    """
    require(by, SEES_CHILDREN)
    refuse_certificate_number(note)
    stands = visit_of(session, identity)
    if stands is not None and stands.reviewed_at is None:
        journal.append(session, identity, Reviewed(note.strip()), by=by, at=at)
        stands = visit_of(session, identity)
    if stands is None:
        raise RegisterError("This visit is not in the register any more. Look for it in History.")
    return stands


def record_circumstance(
    dsl_session: Session, identity: UUID, exceptional: str, detail: str, *, by: Operator, at: datetime
) -> None:
    """Write what excuses a visit to the DSL's file; what is recorded there about the visit already stays.

    Raises:
        NotAllowedError: only the DSL and the head may.
        AnswerMissingError: "Other" says nothing by itself.
        RegisterError: the text holds a certificate number.
    """
    require(by, SEES_CHILDREN)
    check_circumstance(exceptional, detail)
    before = sealed.reason_of(dsl_session, identity, by=by)
    said = ReasonRecorded(
        purpose=before.purpose if before else "",
        exceptional=exceptional,
        child_reference=before.child_reference if before else "",
        detail=detail.strip(),
    )
    was = (before.exceptional, before.detail) if before else ("", "")
    if was != (said.exceptional, said.detail):
        sealed.record_reason(dsl_session, identity, said, by=by, at=at)


def check_circumstance(exceptional: str, detail: str) -> None:
    """Ask for what is missing in an exceptional circumstance.

    Raises:
        AnswerMissingError, RegisterError: as `record_circumstance` says.
    """
    if exceptional in _SAY_WHAT and not detail.strip():
        raise AnswerMissingError("Say what the circumstance is, in a few words.")
    refuse_certificate_number(detail)


def _wanted(codes: Collection[UUID]) -> ColumnElement[bool]:
    """The same as `why_listed`, for the database."""
    asked = and_(visit.c.verdict.not_in(_UNQUESTIONED), visit.c.compared.is_(None))
    return and_(
        visit.c.reviewed_at.is_(None),
        or_(
            visit.c.verdict.in_((*TELLS_DSL, Verdict.NOT_BOOKED)),
            visit.c.state.in_((VisitState.DECLINED, VisitState.UNDONE)),
            visit.c.compared.in_((Compared.NO_PHOTO, Compared.NOT_NOW)),
            asked,
            visit.c.call_back_refused.is_(True),
            visit.c.id.in_(list(codes)),
        ),
    )


def _provisional(session: Session) -> dict[UUID, list[str]]:
    """The provisional codes that were bound at an arrival nobody has looked at, by visit.

    A code belongs to its holder; it is bound in the same breath as the arrival is written.
    """
    found = session.execute(
        select(visit.c.id, badge_code.c.code, entry.c.kind, entry.c.version, entry.c.body)
        .select_from(badge_code)
        .join(entry, and_(entry.c.subject == badge_code.c.person, entry.c.kind == CodeBound.__name__))
        .join(
            visit, and_(visit.c.person == entry.c.subject, visit.c.recorded_at == type_coerce(entry.c.at, UtcDateTime))
        )
        .where(badge_code.c.state == CodeState.PROVISIONAL, visit.c.reviewed_at.is_(None))
        .order_by(badge_code.c.code)
    )
    codes: defaultdict[UUID, list[str]] = defaultdict(list)
    for row in found:
        event = codec.decode(row.kind, row.version, row.body)
        if isinstance(event, CodeBound) and event.code == row.code:
            codes[row.id].append(row.code)
    return dict(codes)
