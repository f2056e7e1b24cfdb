"""One event of every kind with every field filled in: what the golden bodies of the newest version hold."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from visitor_register.domain import events as e
from visitor_register.domain.assurance import (
    Assurance,
    Basis,
    Compared,
    Expiry,
    IdentityCheck,
    IdShown,
    NumberSource,
    Outcome,
)
from visitor_register.domain.bookings import Invitation, NotSeenWhy, Place, Told
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.directory import HandField
from visitor_register.domain.people import AccessChange, PersonKind, Role
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import CameAbout, Means, ToldBy

AT = datetime(2026, 11, 24, 10, 24, 5, 120000, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 11, 40, tzinfo=UTC)
PERSON, OTHER, VERSION, BOOKING, POST = (UUID(int=number) for number in range(1, 6))

_BOOKED = {
    "visitors": (PERSON, OTHER),
    "starts_at": AT,
    "ends_at": LATER,
    "here_to_see": "Mrs Shah",
    "room": "Meeting room 2",
    "told": Told.PHONE,
    "notified_at": AT,
    "note_to_desk": "Ring ext 201",
    "place": Place.ONLINE,
    "series": OTHER,
    "invitation": Invitation("040000008200E00074C5B7101A82E008", 2, "20261201T140000Z"),
}
_IDENTITY = IdentityCheck(IdShown.OTHER_PHOTO, "passport", Expiry.NONE_PRINTED, Compared.NOT_NOW, "she is in a hurry")

ALL: tuple[object, ...] = (
    e.PersonListed(
        VERSION,
        "Ștefan O’Brien",
        "Stef",
        "London Borough of Harrow",
        "Social Worker",
        "CIN Team 3",
        "CIN",
        "H194359",
        "s@harrow-lbc.example",
        "020 7946 0148",
        "07700 900123",
        "Agency",
    ),
    e.PersonLeftChart(VERSION),
    e.PersonNeverListed(VERSION),
    e.PersonEdited(
        "the team manager said so",
        (
            e.HandChange(HandField.JOB_TITLE, "Senior Social Worker", "Social Worker", POST),
            e.HandChange(HandField.PHONE, "020 7946 0149", ""),
        ),
        AT,
        OTHER,
    ),
    e.PersonRecorded(PersonKind.OTHER_SERVICE, "ஸ்ரீனிவாச ராமானுஜன்", "CAFCASS", "Guardian", "North", "Ms Kaur"),
    e.CodeBound("H194359", provisional=False),
    e.CodeConfirmed("H194359"),
    e.CodeWithdrawn("H194359", "reported lost"),
    e.SamePersonFound(PERSON, OTHER),
    e.SamePersonWithdrawn("two people of one name", undone=True),
    e.ChartAccepted(
        "London Borough of Harrow",
        ("CIN", "CLA"),
        "chart.xlsx",
        "ab" * 32,
        "xlsx",
        date(2026, 11, 2),
        date(2026, 11, 3),
        "Business support",
        212,
        198,
        True,
    ),
    e.ChartWasSigned("5e" * 32, 14, date(2027, 2, 2)),
    e.ChartUndone("the wrong file"),
    e.CouncilKeyPinned("London Borough of Harrow", "5e" * 32, "Mrs Clarke, by telephone"),
    e.CouncilKeyWithdrawn("the council has a new one"),
    e.PostListed(
        VERSION, "Harrow", "SW-1", "Social Worker", "CIN Team 3", "CIN", "Children", "5", POST, (PERSON, OTHER)
    ),
    e.PostEdited("Social Worker", "CIN Team 4", POST, (PERSON,)),
    e.PostRemoved(VERSION),
    e.Arrived(
        PERSON,
        BOOKING,
        AT,
        Verdict.KNOWN,
        True,
        _IDENTITY,
        Assurance(Basis.EMPLOYER_LETTER, "letter of May"),
        Supervision.ESCORTED,
        "YELLOW",
        "Mrs Shah",
        "Room 2",
        "V12",
        3,
        True,
        "AB12 CDE",
        CameAbout.COVERING,
        2,
        "came early",
        True,
    ),
    e.ArrivalUndone(7, "somebody else"),
    e.ArrivalCorrected(7, "wrong time", AT, OTHER, "Mr Bello", "Hall", "V13", _IDENTITY),
    e.Left(LATER, ToldBy.LATER),
    e.PutBack(9, "still in the hall"),
    e.LeavingUnknown("nobody saw"),
    e.CalledBack(
        "020 8901 2690",
        "MASH Golden Number",
        NumberSource.PUBLISHED,
        "published list",
        "Priya",
        "works there",
        Outcome.CONFIRMED,
        AT,
    ),
    e.DslTold("Mrs Shah", True, AT),
    e.HostTold("Mr Bello", Means.MESSAGE_SENT, True, AT),
    e.EntryDeclined(PERSON, BOOKING, AT, Verdict.PLEASE_WAIT, "MASH", "photo of somebody else"),
    e.Reviewed("rang the team manager, all is well"),
    e.Booked(**_BOOKED),  # type: ignore[arg-type]
    e.BookingChanged(**_BOOKED),  # type: ignore[arg-type]
    e.BookingCancelled(True, "trip"),
    e.DidNotCome(),
    e.PassIssued("VR7K2M9QXABC", PERSON, date(2026, 11, 30), BOOKING, POST),
    e.PassWithdrawn("printed again"),
    e.SealedForDsl(bytes(range(48))),
    e.SealMoved(12),
    e.SettingChanged("known", '{"booked":"unescorted"}', date(2026, 9, 1)),
    e.LetterFiled("Brent", "Head of HR", date(2026, 5, 1), "agency staff", date(2027, 5, 1), "SCR folder"),
    e.LetterReplaced(),
    e.NumberPublished("CAFCASS", "0300 456 4000", "Mon-Fri", "their site", date(2026, 10, 1)),
    e.NumberWithdrawn("changed"),
    e.OperatorAdded("Joan Mensah", Role.RECEPTION),
    e.FireListPrinted(True, False, 14),
    e.NotSeen(NotSeenWhy.REFUSED, "the mother said no"),
    e.ReasonRecorded("CIN visit", "", "child 17", "agreed with the family"),
    e.ContactLogged(
        ContactKind.EMAIL, Direction.SENT, PERSON, AT, "who attends?", "C-0417", True, True, BOOKING, False, True
    ),
    e.Allocated(PERSON, "C-0417", date(2026, 11, 20), AllocationKnown.STATED_BY_WORKER, "said at the door"),
    e.InformationRequested(Direction.RECEIVED, PERSON, AT, "attendance", "C-0417", True),
    e.ClockStopped(AT, PERSON, POST, date(2026, 11, 27), LATER, False, ("Allocated.", "Due."), "0123456789abcdef"),
    e.ClockPaused(AT, "agreed with the manager"),
    e.ClockResumed(LATER),
    e.ClockReopened("about another child"),
    e.ClockWithdrawn("written twice"),
    e.Escalated(Rung.SERVICE_MANAGER, OTHER, AT, POST, "no answer"),
    e.EscalationResolved("the manager rang", LATER),
    e.InformationShared(PERSON, AT, False, "attendance", "no consent", "C-0417"),
    e.Discussed(True, "nobody", "a place at another school"),
    e.DiscussionFollowedUp("rang the worker"),
    e.CourtesyNoted(PERSON, AT, True, "raised their voice at the desk", True),
    e.Erased(("aa/1/1", "aa/1/2"), "retention rule"),
    e.OperatorRoleChanged(Role.OFFICE),
    e.OperatorRemoved("left the school"),
    e.AccessChanged(AccessChange.RECOVERY_CODE),
    e.Held("inquest"),
    e.HoldEnded("closed"),
    e.ChildHeld("C-0417", "court order"),
    e.ChildHoldEnded("lifted by the court"),
    e.DataCopied(("pdf", "json")),
    e.Restored(AT, 1204),
    e.DrillDone(AT, 1204, True, 41),
)

_BY_NAME = {type(event).__name__: event for event in ALL}

EARLIER: dict[str, object] = {
    # Before they had the field that is named.
    "PersonListed 1": replace(_BY_NAME["PersonListed"], contract=""),  # type: ignore[type-var]
    "ChartAccepted 1": replace(_BY_NAME["ChartAccepted"], partial=False),  # type: ignore[type-var]
    "SamePersonWithdrawn 1": replace(_BY_NAME["SamePersonWithdrawn"], undone=False),  # type: ignore[type-var]
}
"""What bodies of older versions say that lack something of the newest."""
