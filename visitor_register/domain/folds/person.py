"""All entries of one person in order; the person, their badge codes and what was changed by hand out."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from visitor_register.domain import names
from visitor_register.domain.chart_told import said_of
from visitor_register.domain.codes import fold_code
from visitor_register.domain.directory import HandEdit, HandField
from visitor_register.domain.events import (
    CodeBound,
    CodeConfirmed,
    CodeWithdrawn,
    Entry,
    HandChange,
    PersonEdited,
    PersonLeftChart,
    PersonListed,
    PersonNeverListed,
    PersonRecorded,
)
from visitor_register.domain.people import BadgeCode, CodeState, Person, PersonKind


def fold(entries: Iterable[Entry]) -> list[object]:
    """Say how a person stands: one `Person`, a `BadgeCode` for each code ever bound, a `HandEdit` for each that holds.

    What a chart says ends what was changed by hand, unless somebody kept it: then it is said again after the chart.
    """
    person: Person | None = None
    first: UUID | None = None
    codes: dict[str, BadgeCode] = {}
    edits: dict[HandField, HandEdit] = {}
    for entry in entries:
        match entry.event:
            case PersonListed() as listed:
                person = _listed(entry.subject, listed)
                first = first or listed.version
                edits = {}
            case PersonLeftChart(version=version) if person is not None and version == first:
                # The chart that brought them was taken back: they stand on none, and never did.
                person, first, edits = replace(person, version=None, left_version=None), None, {}
            case PersonLeftChart(version=version) if person is not None:
                person, edits = replace(person, left_version=version), {}
            case PersonNeverListed():
                person, first, edits = None, None, {}
            case PersonEdited() as edited if person is not None:
                for change in edited.changes:
                    person = said_of(person, change.field, change.value)
                edits |= {change.field: _edit(entry, edited, change) for change in edited.changes}
            case PersonRecorded() as recorded:
                person = _recorded(entry.subject, recorded)
            case CodeBound(code=code, provisional=provisional):
                state = CodeState.PROVISIONAL if provisional else CodeState.CONFIRMED
                codes[code] = BadgeCode(entry.subject, code, fold_code(code), state)
            case CodeConfirmed(code=code) if code in codes:
                codes[code] = replace(codes[code], state=CodeState.CONFIRMED)
            case CodeWithdrawn(code=code, reason=reason):
                held = codes.get(code, BadgeCode(entry.subject, code, fold_code(code), CodeState.WITHDRAWN))
                codes[code] = replace(held, state=CodeState.WITHDRAWN, reason=reason)
    if person is None:
        return []
    person = replace(
        person,
        sort_key=names.sort_key(person.name),
        search_key=names.search_key(person.name, person.known_as),
    )
    return [person, *codes.values(), *(edit for edit in edits.values() if edit.value != edit.chart_says)]


def _edit(entry: Entry, edited: PersonEdited, change: HandChange) -> HandEdit:
    return HandEdit(
        entry.subject,
        change.field,
        change.value,
        change.chart_says,
        change.post,
        edited.reason,
        edited.at or entry.at,
        edited.by or entry.actor,
    )


def _listed(subject: UUID, listed: PersonListed) -> Person:
    return Person(
        id=subject,
        kind=PersonKind.COUNCIL,
        name=listed.name,
        known_as=listed.known_as,
        organisation=listed.organisation,
        job_title=listed.job_title,
        team=listed.team,
        service=listed.service,
        staff_number=listed.staff_number,
        email=listed.email,
        phone=listed.phone,
        mobile=listed.mobile,
        version=listed.version,
        contract=listed.contract,
    )


def _recorded(subject: UUID, recorded: PersonRecorded) -> Person:
    return Person(
        id=subject,
        kind=recorded.kind,
        name=recorded.name,
        organisation=recorded.organisation,
        job_title=recorded.job_title,
        team=recorded.team,
        said_manager=recorded.said_manager,
        by_hand=True,
    )
