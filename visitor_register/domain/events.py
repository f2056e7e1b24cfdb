"""What happened, in the past tense, and nothing else. Every change to the register is one of these.

Each event has exactly one subject: a person, post, chart version, visit, booking, setting, letter,
number or operator. Names, telephone numbers and addresses stand only in events whose subject is
that person; all others refer by UUID. A released shape never changes: it gets a new version.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from visitor_register.domain.assurance import Assurance, IdentityCheck, NumberSource, Outcome
from visitor_register.domain.bookings import Invitation, NotSeenWhy, Place, Told
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.directory import HandField
from visitor_register.domain.people import AccessChange, PersonKind, Role
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import CameAbout, Means, ToldBy

# ---- a person


@dataclass(frozen=True, slots=True)
class PersonListed:
    """An accepted chart lists this person, differently from before."""

    version: UUID
    name: str
    known_as: str = ""
    organisation: str = ""
    job_title: str = ""
    team: str = ""
    service: str = ""
    staff_number: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class PersonLeftChart:
    """The accepted chart no longer lists this person. Their record stays: visits point to it."""

    version: UUID


@dataclass(frozen=True, slots=True)
class PersonNeverListed:
    """The only chart that ever listed this person was taken back, and nothing else had been written about them."""

    version: UUID


@dataclass(frozen=True, slots=True)
class HandChange:
    """One thing changed by hand: what it is now, and what the chart says. `post`: the post changed with it."""

    field: HandField
    value: str
    chart_says: str
    post: UUID | None = None


@dataclass(frozen=True, slots=True)
class PersonEdited:
    """Somebody changed by hand what the chart says of this person.

    `at` and `by` are of the change itself where a newer chart, or taking one back, only says it again.
    """

    reason: str
    changes: tuple[HandChange, ...]
    at: datetime | None = None
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class PersonRecorded:
    """Somebody wrote down a person who is on no chart, as that person said it."""

    kind: PersonKind
    name: str
    organisation: str = ""
    job_title: str = ""
    team: str = ""
    said_manager: str = ""


@dataclass(frozen=True, slots=True)
class CodeBound:
    """A badge code was found to be this person's, after face and photo were compared."""

    code: str
    provisional: bool = True


@dataclass(frozen=True, slots=True)
class CodeConfirmed:
    """A call-back or the DSL confirmed that the code is this person's."""

    code: str


@dataclass(frozen=True, slots=True)
class CodeWithdrawn:
    """The badge was reported lost, or the code was bound to the wrong person."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class SamePersonFound:
    """A named person said that two records are one human being."""

    first: UUID
    second: UUID


@dataclass(frozen=True, slots=True)
class SamePersonWithdrawn:
    """They are two people after all. `undone`: the import that joined them was taken back, so they never were one."""

    reason: str
    undone: bool = False


# ---- the structure chart


@dataclass(frozen=True, slots=True)
class ChartAccepted:
    """A named person accepted a chart after seeing what it changes."""

    authority: str
    services: tuple[str, ...]
    file_name: str
    sha256: str
    format: str
    issued_on: date | None
    received_on: date
    from_whom: str
    people: int
    posts: int
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ChartWasSigned:
    """The accepted chart came with a signature that fits. `key`: SHA-256 of the public key, hex."""

    key: str
    council_version: int
    valid_until: date


@dataclass(frozen=True, slots=True)
class ChartUndone:
    """The import was a mistake; the chart before it is current again."""

    reason: str


@dataclass(frozen=True, slots=True)
class PostListed:
    """An accepted chart has this post, differently from before. No holders: the post is vacant."""

    version: UUID
    authority: str
    ref: str
    title: str
    team: str = ""
    service: str = ""
    directorate: str = ""
    level: str = ""
    reports_to: UUID | None = None
    holders: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PostEdited:
    """Somebody changed the post by hand, on the card of a person, where the reason stands. It now reads like this."""

    title: str
    team: str
    reports_to: UUID | None
    holders: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PostRemoved:
    """The accepted chart no longer has this post."""

    version: UUID


# ---- a visit


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody came in. Who it was is settled elsewhere; this is only the fact."""

    person: UUID
    booking: UUID | None
    at: datetime
    verdict: Verdict
    code_read: bool
    identity: IdentityCheck
    assurance: Assurance
    supervision: Supervision
    lanyard: str = ""
    here_to_see: str = ""
    place: str = ""
    pass_number: str = ""
    how_many: int = 1
    needs_assistance: bool = False
    car_registration: str = ""
    came_about: CameAbout | None = None
    notice_version: int | None = None
    note: str = ""
    from_paper: bool = False


@dataclass(frozen=True, slots=True)
class ArrivalUndone:
    """The arrival was somebody else's: "Not this person"."""

    corrects: int
    reason: str


@dataclass(frozen=True, slots=True)
class ArrivalCorrected:
    """Something about an arrival was written down wrongly. What is None stays as it was."""

    corrects: int
    reason: str
    at: datetime | None = None
    person: UUID | None = None
    here_to_see: str | None = None
    place: str | None = None
    pass_number: str | None = None
    identity: IdentityCheck | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody went out. `told_by` says who knew the time: the desk then, or a person later."""

    at: datetime
    told_by: ToldBy


@dataclass(frozen=True, slots=True)
class PutBack:
    """The leaving entry `corrects` was wrong: the visitor is still in the building."""

    corrects: int
    reason: str


@dataclass(frozen=True, slots=True)
class LeavingUnknown:
    """Asked afterwards, nobody could say when this visitor left."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class CalledBack:
    """The desk rang somebody who can vouch. The number came from the chart or the published list."""

    number: str
    whom: str
    source: NumberSource
    source_text: str
    answered_by: str
    confirmed: str
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class DslTold:
    """The DSL or a deputy was told, or did not answer."""

    whom: str
    answered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class HostTold:
    """Whom the visitor came to see was told, or could not be reached. Also of a message to the DSL: `to_dsl`."""

    whom: str
    means: Means
    reached: bool
    at: datetime
    to_dsl: bool = False


@dataclass(frozen=True, slots=True)
class EntryDeclined:
    """The head or DSL declined entry, after contact with the worker's manager or MASH."""

    person: UUID
    booking: UUID | None
    at: datetime
    verdict: Verdict
    contacted: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The DSL or head looked at the visit. `note` can be read at the desk; what excuses the visit is not here."""

    note: str = ""


# ---- a booking


@dataclass(frozen=True, slots=True)
class Booked:
    """A visit was pre-arranged."""

    visitors: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime | None = None
    here_to_see: str = ""
    room: str = ""
    told: Told = Told.EMAIL
    notified_at: datetime | None = None
    note_to_desk: str = ""
    place: Place = Place.SCHOOL
    series: UUID | None = None
    invitation: Invitation | None = None


@dataclass(frozen=True, slots=True)
class BookingChanged:
    """A booking now reads like this."""

    visitors: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime | None = None
    here_to_see: str = ""
    room: str = ""
    told: Told = Told.EMAIL
    notified_at: datetime | None = None
    note_to_desk: str = ""
    place: Place = Place.SCHOOL
    series: UUID | None = None
    invitation: Invitation | None = None


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    """A booking will not take place."""

    by_school: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class DidNotCome:
    """Nobody came. A person said so; the program never does."""


@dataclass(frozen=True, slots=True)
class PassIssued:
    """A pass was made for one visitor and one day; exactly one of `booking` and `visit` is given."""

    code: str
    person: UUID
    day: date
    booking: UUID | None = None
    visit: UUID | None = None


@dataclass(frozen=True, slots=True)
class PassWithdrawn:
    """A pass counts no more."""

    reason: str


@dataclass(frozen=True, slots=True)
class SealedForDsl:
    """What the office wrote for the DSL: a box that only a DSL's key opens."""

    box: bytes


@dataclass(frozen=True, slots=True)
class SealMoved:
    """The sealed box `moves` was opened and its content written to the DSL's own file."""

    moves: int


# ---- the school's policy and lists


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting has this value from a date on. `value` is JSON, as the setting's own type reads it."""

    name: str
    value: str
    applies_from: date | None = None


@dataclass(frozen=True, slots=True)
class LetterFiled:
    """A letter of assurance is on file. Its reference only."""

    authority: str
    signatory_role: str
    dated: date
    groups: str
    review_on: date
    filed_where: str


@dataclass(frozen=True, slots=True)
class LetterReplaced:
    """A newer letter stands in its place."""


@dataclass(frozen=True, slots=True)
class NumberPublished:
    """A body publishes this number. `found_on` None: shipped with the program, nobody here confirmed it yet."""

    body: str
    number: str
    hours: str = ""
    found_where: str = ""
    found_on: date | None = None


@dataclass(frozen=True, slots=True)
class NumberWithdrawn:
    """The number is not to be rung any more."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class CouncilKeyPinned:
    """Somebody compared the fingerprint of a council's key with the council. `confirmed_with`: whom, and how."""

    authority: str
    key: str
    confirmed_with: str


@dataclass(frozen=True, slots=True)
class CouncilKeyWithdrawn:
    """Charts signed with this key are no longer taken."""

    reason: str


@dataclass(frozen=True, slots=True)
class OperatorAdded:
    """Somebody may use the program."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class OperatorRoleChanged:
    """Somebody has another role from now on."""

    role: Role


@dataclass(frozen=True, slots=True)
class OperatorRemoved:
    """Somebody may no longer use the program."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class AccessChanged:
    """A way in was changed. The subject is whose it is, or the register where it is everybody's."""

    what: AccessChange


@dataclass(frozen=True, slots=True)
class FireListPrinted:
    """The fire list was printed, perhaps while the desk was locked."""

    locked: bool
    drill: bool
    count: int


# ---- the DSL's own file


@dataclass(frozen=True, slots=True)
class ReasonRecorded:
    """Why a visit was booked. Only in the DSL's file."""

    purpose: str = ""
    exceptional: str = ""
    child_reference: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NotSeen:
    """The worker came and did not see the child. Only in the DSL's file; the subject is the booking or visit."""

    why: NotSeenWhy
    note: str = ""


# ---- contacts and deadlines: only in the DSL's file


@dataclass(frozen=True, slots=True)
class ContactLogged:
    """Something was said between the school and the authority. The subject is the contact."""

    kind: ContactKind
    direction: Direction
    person: UUID
    at: datetime
    summary: str
    child_reference: str = ""
    manager_copied: bool | None = None
    asks_reply: bool = False
    answers: UUID | None = None
    automatic: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Allocated:
    """A child was allocated to a worker (P2). Without a day nobody knows it yet. The subject is the allocation."""

    worker: UUID
    child_reference: str
    on: date | None
    known: AllocationKnown
    note: str = ""


@dataclass(frozen=True, slots=True)
class InformationRequested:
    """Somebody asked for information (P10). The subject is the request."""

    direction: Direction
    person: UUID
    at: datetime
    topic: str
    child_reference: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """What was owed is done. The result is kept as it was worked out then, with the calendar's fingerprint."""

    at: datetime
    person: UUID | None
    contact: UUID | None
    due_on: date | None
    due_at: datetime | None
    late: bool | None
    steps: tuple[str, ...]
    calendar: str


@dataclass(frozen=True, slots=True)
class ClockPaused:
    """A person paused a deadline. A holiday never does."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ClockResumed:
    """It runs again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ClockReopened:
    """It was not done after all."""

    reason: str


@dataclass(frozen=True, slots=True)
class ClockWithdrawn:
    """Nothing was owed: it was written down by mistake."""

    reason: str


@dataclass(frozen=True, slots=True)
class Escalated:
    """What is owed was taken a step up (P6). The subject is the deadline."""

    rung: Rung
    person: UUID
    at: datetime
    contact: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class EscalationResolved:
    """How an escalation ended."""

    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InformationShared:
    """Information about a child was shared or withheld."""

    person: UUID
    at: datetime
    shared: bool
    what: str
    why: str
    child_reference: str = ""


@dataclass(frozen=True, slots=True)
class Discussed:
    """What was said of education at a visit or meeting (P1). The subject is the booking, visit or contact."""

    education: bool
    school_present: str
    commitments: str


@dataclass(frozen=True, slots=True)
class DiscussionFollowedUp:
    """The DSL followed up what was said of education without the school."""

    note: str


@dataclass(frozen=True, slots=True)
class CourtesyNoted:
    """A factual note on how somebody was treated (P7), apart from any allegation."""

    person: UUID
    at: datetime
    by_authority: bool
    note: str
    manager_first: bool


# ---- keeping and erasing


@dataclass(frozen=True, slots=True)
class Erased:
    """The entries listed (`desk/epoch/seq`) were emptied, as the retention rule or a person asked."""

    entries: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A legal hold: nothing about this person, visit or booking is erased until it ends."""

    reason: str


@dataclass(frozen=True, slots=True)
class HoldEnded:
    """The legal hold is over."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChildHeld:
    """A legal hold on all that names this child reference. Only in the DSL's file; the subject is the hold."""

    child_reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChildHoldEnded:
    """The legal hold on a child reference is over. Only in the DSL's file."""

    reason: str


@dataclass(frozen=True, slots=True)
class DataCopied:
    """Everything the register holds about this person was written out for them. `formats`: "pdf", "json"."""

    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup took the place of the register; what was written after `made_at` is only in the one put aside."""

    made_at: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class DrillDone:
    """A backup was opened and proved as after a disaster, without touching the register."""

    made_at: datetime
    entries: int
    sound: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Written by a newer version of the program: kept as it is, and shown as that."""

    kind: str
    version: int


VERSIONS: dict[type, int] = dict.fromkeys(
    (
        PersonListed,
        PersonLeftChart,
        PersonNeverListed,
        PersonEdited,
        PersonRecorded,
        CodeBound,
        CodeConfirmed,
        CodeWithdrawn,
        SamePersonFound,
        SamePersonWithdrawn,
        ChartAccepted,
        ChartWasSigned,
        ChartUndone,
        PostListed,
        PostEdited,
        PostRemoved,
        Arrived,
        ArrivalUndone,
        ArrivalCorrected,
        Left,
        PutBack,
        LeavingUnknown,
        CalledBack,
        DslTold,
        HostTold,
        EntryDeclined,
        Reviewed,
        Booked,
        BookingChanged,
        BookingCancelled,
        DidNotCome,
        PassIssued,
        PassWithdrawn,
        SealedForDsl,
        SealMoved,
        SettingChanged,
        LetterFiled,
        LetterReplaced,
        NumberPublished,
        NumberWithdrawn,
        CouncilKeyPinned,
        CouncilKeyWithdrawn,
        OperatorAdded,
        OperatorRoleChanged,
        OperatorRemoved,
        AccessChanged,
        FireListPrinted,
        ReasonRecorded,
        NotSeen,
        ContactLogged,
        Allocated,
        InformationRequested,
        ClockStopped,
        ClockPaused,
        ClockResumed,
        ClockReopened,
        ClockWithdrawn,
        Escalated,
        EscalationResolved,
        InformationShared,
        Discussed,
        DiscussionFollowedUp,
        CourtesyNoted,
        Erased,
        Held,
        HoldEnded,
        ChildHeld,
        ChildHoldEnded,
        DataCopied,
        Restored,
        DrillDone,
    ),
    1,
) | {PersonListed: 2, ChartAccepted: 2, SamePersonWithdrawn: 2}
"""Every event the journal knows, with the version it is written in now."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal, its body decoded. `event` is None once the body was erased."""

    seq: int
    at: datetime
    actor: UUID
    subject: UUID
    event: object | None
