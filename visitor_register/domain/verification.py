"""What a scan or a name leads to: the ladder of verdicts. A look-up, never a proof."""

from dataclasses import dataclass
from enum import StrEnum

from visitor_register.domain.people import PersonKind


class Verdict(StrEnum):
    """One row of the ladder, in its order: the first that fits wins."""

    ALREADY_HERE = "already_here"
    PLEASE_WAIT = "please_wait"
    POLICE = "police"
    BADGE_WITHDRAWN = "badge_withdrawn"
    LEFT_THE_CHART = "left_the_chart"
    NOT_ON_CHART = "not_on_chart"
    OTHER_SERVICE = "other_service"
    NO_BADGE = "no_badge"
    NOT_CONFIRMED = "not_confirmed"
    NEW_CODE = "new_code"
    NOT_BOOKED = "not_booked"
    KNOWN = "known"
    OTHER_VISITOR = "other_visitor"


class Listing(StrEnum):
    """Where somebody stands on the council's structure charts."""

    CURRENT = "current"
    OLDER = "older"
    NEVER = "never"


class Way(StrEnum):
    """What the desk said by choosing a way on; a scan never chooses one."""

    WAIT = "wait"
    POLICE = "police"
    COUNCIL_BADGE = "council_badge"
    OTHER_SERVICE = "other_service"
    NO_BADGE = "no_badge"
    CANNOT_VOUCH = "cannot_vouch"
    OTHER_VISITOR = "other_visitor"


class Supervision(StrEnum):
    """How somebody walks through the building. Whether a child is seen alone is the DSL's decision."""

    UNESCORTED = "unescorted"
    ESCORTED = "escorted"
    UNTIL_CONFIRMED = "until_confirmed"
    STAFF_IN_ROOM = "staff_in_room"
    WITH_STAFF = "with_staff"
    DSL = "dsl"


@dataclass(frozen=True, slots=True)
class Found:
    """All that the ladder asks about. `code_known` is None when nobody scanned anything."""

    open_visit: bool = False
    way: Way | None = None
    code_known: bool | None = None
    code_withdrawn: bool = False
    listing: Listing | None = None
    kind: PersonKind | None = None
    booked: bool = False
    call_back_refused: bool = False


def judge(found: Found) -> Verdict:
    """Say what a badge code or a name tells us: the first row of the ladder that fits.

    Nobody is turned away by a verdict; each leads to a next step.
    Source: protocol clauses P12 and P13; statutory guidance on access for social care.
    """
    if found.open_visit:
        return Verdict.ALREADY_HERE
    if found.way is Way.WAIT:
        return Verdict.PLEASE_WAIT
    if found.way is Way.POLICE or found.kind is PersonKind.POLICE:
        return Verdict.POLICE
    if found.call_back_refused:
        # Somebody who can vouch said no: no row that only asks for a call-back fits any more.
        return Verdict.NOT_CONFIRMED
    if found.code_withdrawn:
        return Verdict.BADGE_WITHDRAWN
    if found.listing is Listing.OLDER:
        return Verdict.LEFT_THE_CHART
    return _by_what_is_shown(found)


def _by_what_is_shown(found: Found) -> Verdict:
    never_listed = found.listing in (Listing.NEVER, None)
    known_or_booked = found.listing is Listing.CURRENT or found.booked
    if found.way is Way.CANNOT_VOUCH:
        return Verdict.NOT_CONFIRMED
    if found.way is Way.NO_BADGE:
        return Verdict.NO_BADGE if known_or_booked else Verdict.NOT_CONFIRMED
    if found.way is Way.COUNCIL_BADGE or (never_listed and found.kind is PersonKind.COUNCIL):
        return Verdict.NOT_ON_CHART
    if found.way is Way.OTHER_SERVICE or found.kind is PersonKind.OTHER_SERVICE:
        return Verdict.OTHER_SERVICE
    if found.way is Way.OTHER_VISITOR or found.kind is PersonKind.OTHER:
        return Verdict.OTHER_VISITOR
    if found.code_known is False or found.listing is None:
        return Verdict.NEW_CODE
    return Verdict.KNOWN if found.booked else Verdict.NOT_BOOKED


SUPERVISION: dict[Verdict, Supervision | None] = {
    Verdict.PLEASE_WAIT: Supervision.WITH_STAFF,
    Verdict.POLICE: Supervision.DSL,
    Verdict.BADGE_WITHDRAWN: Supervision.UNTIL_CONFIRMED,
    Verdict.LEFT_THE_CHART: Supervision.UNTIL_CONFIRMED,
    Verdict.NOT_ON_CHART: Supervision.ESCORTED,
    Verdict.OTHER_SERVICE: Supervision.UNTIL_CONFIRMED,
    Verdict.NO_BADGE: Supervision.UNTIL_CONFIRMED,
    Verdict.NOT_CONFIRMED: Supervision.STAFF_IN_ROOM,
    Verdict.OTHER_VISITOR: Supervision.ESCORTED,
}
"""The proposal for each row; rows that are missing follow the head's policy. The desk may change it."""


NEEDS_CALL_BACK = frozenset(
    {
        Verdict.BADGE_WITHDRAWN,
        Verdict.LEFT_THE_CHART,
        Verdict.NOT_ON_CHART,
        Verdict.OTHER_SERVICE,
        Verdict.NO_BADGE,
        Verdict.NOT_CONFIRMED,
    }
)
"""Rows whose next step is to ring somebody, on a number from the chart or the published list."""


TELLS_DSL = NEEDS_CALL_BACK | {Verdict.PLEASE_WAIT, Verdict.POLICE, Verdict.NEW_CODE}
"""Rows that put a line on the DSL's list."""
