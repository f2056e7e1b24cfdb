"""All entries of one visit in order, its rows out. The last word counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from visitor_register.domain.assurance import Basis, CallBack, Outcome
from visitor_register.domain.events import (
    ArrivalCorrected,
    ArrivalUndone,
    Arrived,
    CalledBack,
    DslTold,
    Entry,
    EntryDeclined,
    HostTold,
    LeavingUnknown,
    Left,
    PutBack,
    Reviewed,
)
from visitor_register.domain.verification import Supervision
from visitor_register.domain.visits import Visit, VisitState


@dataclass(slots=True)
class _Story:
    """What the entries read so far add up to."""

    arrival: tuple[Entry, Arrived] | None = None
    declined: tuple[Entry, EntryDeclined] | None = None
    corrections: list[ArrivalCorrected] = field(default_factory=list)
    leavings: dict[int, tuple[Entry, Left | LeavingUnknown]] = field(default_factory=dict)
    undone: ArrivalUndone | None = None
    calls: list[CallBack] = field(default_factory=list)
    told: DslTold | None = None
    host_told: HostTold | None = None
    reviewed: Entry | None = None
    reason: str = ""


def fold(entries: Iterable[Entry]) -> list[object]:
    """Say how a visit stands after all that was written about it: its row, and one for each call-back."""
    story = _Story()
    for entry in entries:
        match entry.event:
            case Arrived() as arrived:
                story.arrival = (entry, arrived)
            case EntryDeclined() as declined:
                story.declined = (entry, declined)
            case ArrivalCorrected() as correction:
                story.corrections.append(correction)
            case ArrivalUndone() as undone:
                story.undone, story.reason = undone, undone.reason
            case Left() | LeavingUnknown() as leaving:
                story.leavings[entry.seq] = (entry, leaving)
            case PutBack() as back:
                story.leavings.pop(back.corrects, None)
                story.reason = back.reason
            case CalledBack() as call:
                story.calls.append(_call_back(entry, call))
            case DslTold(answered=True) as told:
                story.told = told
            case HostTold(reached=True, to_dsl=False) as told:
                story.host_told = told
            case Reviewed():
                story.reviewed = entry
        if _asks_again(entry.event):
            story.reviewed = None
    if story.arrival is not None:
        return [_visit(story, *story.arrival), *story.calls]
    if story.declined is not None:
        return [_declined(story, *story.declined), *story.calls]
    return []


def _asks_again(event: object) -> bool:
    """Whether the DSL has to look again: it turns out that somebody else came, or that nobody vouches."""
    match event:
        case ArrivalUndone() | EntryDeclined() | CalledBack(outcome=Outcome.NOT_CONFIRMED):
            return True
        case ArrivalCorrected(person=person, identity=identity):
            return person is not None or identity is not None
    return False


def _call_back(entry: Entry, call: CalledBack) -> CallBack:
    return CallBack(
        visit=entry.subject,
        seq=entry.seq,
        number=call.number,
        whom=call.whom,
        source=call.source,
        source_text=call.source_text,
        answered_by=call.answered_by,
        confirmed=call.confirmed,
        outcome=call.outcome,
        at=call.at,
    )


def _visit(story: _Story, entry: Entry, arrived: Arrived) -> Visit:
    person, at, identity = arrived.person, arrived.at, arrived.identity
    here_to_see, place, pass_number = arrived.here_to_see, arrived.place, arrived.pass_number
    for correction in story.corrections:
        person = correction.person or person
        at = correction.at or at
        identity = correction.identity or identity
        here_to_see = here_to_see if correction.here_to_see is None else correction.here_to_see
        place = place if correction.place is None else correction.place
        pass_number = pass_number if correction.pass_number is None else correction.pass_number
    leaving_entry, leaving = next(reversed(story.leavings.values()), (None, None))
    left = leaving if isinstance(leaving, Left) else None
    if story.undone is not None:
        state = VisitState.UNDONE
    elif left is not None:
        state = VisitState.LEFT
    else:
        state = VisitState.ON_SITE if leaving is None else VisitState.LEAVING_UNKNOWN
    outcomes = [call.outcome for call in story.calls if call.outcome is not Outcome.NO_ANSWER]
    return Visit(
        id=entry.subject,
        person=person,
        booking=arrived.booking,
        arrived_at=at,
        arrived_seq=entry.seq,
        recorded_at=entry.at,
        recorded_by=entry.actor,
        state=state,
        verdict=arrived.verdict,
        code_read=arrived.code_read,
        id_shown=identity.shown,
        id_which=identity.which,
        expiry=identity.expiry,
        compared=identity.compared,
        not_compared_because=identity.because,
        basis=arrived.assurance.basis,
        basis_note=arrived.assurance.note,
        supervision=arrived.supervision,
        lanyard=arrived.lanyard,
        here_to_see=here_to_see,
        place=place,
        pass_number=pass_number,
        how_many=arrived.how_many,
        needs_assistance=arrived.needs_assistance,
        car_registration=arrived.car_registration,
        came_about=arrived.came_about,
        notice_version=arrived.notice_version,
        note=arrived.note,
        from_paper=arrived.from_paper,
        left_at=left.at if left else None,
        left_seq=leaving_entry.seq if leaving_entry else None,
        left_told_by=left.told_by if left else None,
        left_recorded_at=leaving_entry.at if leaving_entry else None,
        corrected=bool(story.corrections),
        called_back=bool(outcomes) and outcomes[-1] is Outcome.CONFIRMED,
        call_back_refused=bool(outcomes) and outcomes[-1] is Outcome.NOT_CONFIRMED,
        dsl_told_at=story.told.at if story.told else None,
        host_told_at=story.host_told.at if story.host_told else None,
        state_reason=story.reason,
        reviewed_at=story.reviewed.at if story.reviewed else None,
        reviewed_by=story.reviewed.actor if story.reviewed else None,
    )


def _declined(story: _Story, entry: Entry, declined: EntryDeclined) -> Visit:
    return Visit(
        id=entry.subject,
        person=declined.person,
        booking=declined.booking,
        arrived_at=declined.at,
        arrived_seq=entry.seq,
        recorded_at=entry.at,
        recorded_by=entry.actor,
        state=VisitState.DECLINED,
        verdict=declined.verdict,
        code_read=False,
        id_shown=None,
        id_which="",
        expiry=None,
        compared=None,
        not_compared_because="",
        basis=Basis.NOT_REQUIRED,
        basis_note="",
        supervision=Supervision.WITH_STAFF,
        lanyard="",
        here_to_see="",
        place="",
        pass_number="",
        how_many=1,
        needs_assistance=False,
        car_registration="",
        came_about=None,
        notice_version=None,
        note="",
        from_paper=False,
        dsl_told_at=story.told.at if story.told else None,
        host_told_at=story.host_told.at if story.host_told else None,
        state_reason=f"{declined.reason} (after contact with {declined.contacted})",
        reviewed_at=story.reviewed.at if story.reviewed else None,
        reviewed_by=story.reviewed.actor if story.reviewed else None,
    )
