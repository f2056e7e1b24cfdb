"""Importing a structure chart: preview, accept by a named person, undo. Nothing changes before accepting."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_guard import Warning as Question
from visitor_register.domain.directory import ChartVersion, numbers
from visitor_register.domain.events import ChartAccepted
from visitor_register.domain.people import IMPORTS_CHARTS, Operator
from visitor_register.errors import AnswerMissingError
from visitor_register.files.chart_bundle import SignedChart
from visitor_register.persistence import journal, rows
from visitor_register.services import (
    chart_lines,
    chart_plan,
    chart_questions,
    chart_remembered,
    chart_stored,
    chart_trust,
)
from visitor_register.services.access import require
from visitor_register.services.chart_conflicts import Conflict
from visitor_register.services.chart_events import events_of, identify
from visitor_register.services.chart_lines import Line
from visitor_register.services.chart_plan import NOTHING_DECIDED, Decisions, Plan
from visitor_register.services.chart_questions import OpenManager, Ring, SamePair


@dataclass(frozen=True, slots=True)
class ChartMeta:
    """Where a chart comes from, as a person says it. `signed`: the signature, where the file has one that fits."""

    authority: str
    file_name: str
    sha256: str
    issued_on: date | None
    received_on: date
    from_whom: str
    signed: SignedChart | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What accepting would change, and what a person is asked first.

    Attributes:
        before: The chart in use, or None.
        everybody: The rows of the file that may be chosen as a manager.
        questions: Guard rails that stop the import until somebody answered.
        services: The services the file holds; a partial import touches no other.
        from_memory: Spellings of managers that were settled as at an earlier import.
        conflicts: What was changed by hand and this chart says otherwise, as far as nobody decided yet.
        rings: Rows that the file says are above themselves, as long as nobody has cut them.
    """

    before: ChartVersion | None
    people: int
    posts: int
    vacant: int
    same: int
    lines: tuple[Line, ...]
    managers: tuple[OpenManager, ...]
    pairs: tuple[SamePair, ...]
    questions: tuple[Question, ...]
    services: tuple[str, ...]
    everybody: tuple[ChartPerson, ...]
    from_memory: tuple[str, ...]
    partial: bool
    conflicts: tuple[Conflict, ...] = ()
    rings: tuple[Ring, ...] = ()


def preview(
    session: Session,
    reading: ChartReading,
    *,
    authority: str,
    decisions: Decisions = NOTHING_DECIDED,
    issued_on: date | None = None,
) -> ImportPreview:
    """Say what accepting this chart would change. Nothing is written.

    Args:
        session: The register.
        reading: The chart as read.
        authority: Whose chart it is: only that authority's people and posts are compared.
        decisions: What was decided so far.
        issued_on: The day it stands for, where a person corrected the file.
    """
    plan = _plan(session, reading, authority, decisions, issued_on)
    found = chart_lines.lines(plan)
    return ImportPreview(
        before=plan.stored.version,
        people=_people(plan),
        posts=_posts(plan),
        vacant=sum(row.vacant for row in plan.rows),
        same=chart_lines.unchanged(plan.rows, plan.changes, found),
        lines=found,
        managers=chart_questions.open_managers(plan),
        pairs=chart_questions.pairs(plan),
        questions=plan.questions,
        services=_services(plan),
        everybody=plan.rows,
        from_memory=plan.from_memory,
        partial=plan.partial,
        conflicts=plan.weighed.conflicts,
        rings=chart_questions.rings(plan),
    )


def accept(
    session: Session, reading: ChartReading, decisions: Decisions, meta: ChartMeta, *, by: Operator, at: datetime
) -> UUID:
    """Make this the chart in use, and return the version: one entry for it, one for each person and post that differs.

    People of other authorities, and of services a partial chart does not hold, stay as they are;
    whoever left keeps their record. All of it is one transaction: the caller's.

    Raises:
        NotAllowedError: reception and the auditor do not import charts.
        AnswerMissingError: a guard rail stops it, nobody said whose chart it is, or nobody decided whether
            something changed by hand stays.
        FileRefusedError: it is signed, and by another council, with another key, or older than the one in use.
    """
    require(by, IMPORTS_CHARTS)
    if not meta.authority.strip():
        raise AnswerMissingError("Say whose chart this is: write the name of the council.")
    today = calendar.london_date(at)
    standing = chart_trust.look_at(session, meta.signed, meta.sha256, authority=meta.authority, on=today)
    plan = _plan(session, reading, meta.authority, decisions, meta.issued_on)
    if plan.questions:
        raise AnswerMissingError(f"{plan.questions[0].text} Answer that first; nothing was changed.")
    if plan.weighed.conflicts:
        name = plan.weighed.conflicts[0].name
        raise AnswerMissingError(f"What was changed by hand of {name} is not decided yet. Nothing was changed.")
    version, records = uuid4(), identify(plan)
    accepted = ChartAccepted(
        authority=meta.authority,
        services=_services(plan),
        file_name=meta.file_name,
        sha256=meta.sha256,
        format=reading.format,
        issued_on=meta.issued_on,
        received_on=meta.received_on,
        from_whom=meta.from_whom,
        people=_people(plan),
        posts=_posts(plan),
        partial=plan.partial,
    )
    signed = [(version, standing.signed)] if standing.signed is not None else []
    journal.append_all(session, [(version, accepted), *signed, *events_of(plan, records, version)], by=by, at=at)
    person_of = {row.key: row.person for row in plan.rows}
    chosen = {spelling: person_of[key] for spelling, key in decisions.managers.items() if key in person_of}
    people = {spelling: records[person] for spelling, person in chosen.items() if person in records}
    chart_remembered.keep(
        session,
        version,
        authority=meta.authority,
        from_whom=meta.from_whom,
        managers=people,
        mappings=reading.mappings,
    )
    return version


def number_of(session: Session, version: UUID) -> int:
    """Say which chart of its authority a version is, counted from 1."""
    return numbers(rows.select_all(session, ChartVersion))[version]


def _plan(
    session: Session, reading: ChartReading, authority: str, decisions: Decisions, issued_on: date | None
) -> Plan:
    stored = chart_stored.load(session, authority)
    spellings = chart_remembered.managers(session, authority)
    return chart_plan.work_out(stored, reading, decisions, spellings=spellings, issued_on=issued_on)


def _people(plan: Plan) -> int:
    return len({row.person for row in plan.rows if row.living})


def _posts(plan: Plan) -> int:
    return len({row.post_ref or row.key for row in plan.rows})


def _services(plan: Plan) -> tuple[str, ...]:
    return tuple(sorted({row.service for row in plan.rows if row.service}))
