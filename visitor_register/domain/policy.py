"""What the school may set, with the defaults it starts from. Each is one frozen value, stored whole."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from visitor_register.domain.calendar import LA_HOURS, Days, SchoolDay
from visitor_register.domain.letters import DEFAULTS, LetterKind, LetterText
from visitor_register.domain.retention import Retention
from visitor_register.domain.verification import Supervision


@dataclass(frozen=True, slots=True)
class SchoolName:
    """How the school is called on screens and prints."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody to tell: the DSL of the day, or a deputy."""

    name: str
    title: str = ""
    extension: str = ""


@dataclass(frozen=True, slots=True)
class DslOnDuty:
    """Who is DSL today, then the deputies in the order they are tried."""

    people: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class LanyardWord:
    """The word on the lanyard for one kind of supervision, and the colour it has at this school."""

    supervision: Supervision
    word: str
    colour: str


@dataclass(frozen=True, slots=True)
class Lanyards:
    """A word for every kind of supervision; the word counts, the colour helps."""

    words: tuple[LanyardWord, ...] = (
        LanyardWord(Supervision.UNESCORTED, "GREEN", "#0B5A2B"),
        LanyardWord(Supervision.ESCORTED, "YELLOW", "#F5AE0A"),
        LanyardWord(Supervision.UNTIL_CONFIRMED, "YELLOW", "#F5AE0A"),
        LanyardWord(Supervision.STAFF_IN_ROOM, "RED", "#931313"),
        LanyardWord(Supervision.WITH_STAFF, "RED", "#931313"),
        LanyardWord(Supervision.DSL, "BLUE", "#0A4583"),
    )

    def word_for(self, supervision: Supervision) -> str:
        """The lanyard word for one kind of supervision; empty when the school has none."""
        return next((lanyard.word for lanyard in self.words if lanyard.supervision is supervision), "")


@dataclass(frozen=True, slots=True)
class VisitorNotice:
    """What a visitor is asked to read. Asked again only when the version changed."""

    version: int = 1
    text: str = (
        "Please wear your lanyard at all times, do not use a telephone or camera near children, and tell reception "
        "when you leave. If you are worried about a child, tell the designated safeguarding lead at once. "
        "We keep your name, organisation and the times of your visit; ask at the desk for our privacy notice."
    )


@dataclass(frozen=True, slots=True)
class KnownPolicy:
    """The head's policy for visitors who are known: how they walk through the building."""

    booked: Supervision = Supervision.UNESCORTED
    not_booked: Supervision = Supervision.ESCORTED


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The school's own hours, London time."""

    opens: time = time(8, 30)
    closes: time = time(16, 30)


@dataclass(frozen=True, slots=True)
class StaffContact:
    """How somebody of the school is told that their visitor is here."""

    name: str
    title: str = ""
    extension: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """Whom visitors come to see, where they are seen, and how those are told of whom it is known."""

    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    contacts: tuple[StaffContact, ...] = ()

    def contact(self, name: str) -> StaffContact | None:
        """How to tell somebody by this name; None when nobody wrote it down."""
        wanted = name.strip().casefold()
        return next((one for one in self.contacts if one.name.casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class CalendarSpan:
    """Days, the first and the last among them, on which the school does the same: a term, an INSET day, a closure.

    A span of `SchoolDay.SCHOOL` means its Mondays to Fridays without bank holidays.
    """

    first: date
    last: date
    kind: SchoolDay
    name: str = ""


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """What the school's own calendar says. A day that no span names is not known, and never guessed."""

    spans: tuple[CalendarSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day with what it is called."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class HolidayEdits:
    """Where England's bank holidays are not as the library has them: one-off ones, and days that are none."""

    added: tuple[NamedDay, ...] = ()
    removed: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Clocks:
    """How the school reads the clauses that set a time, and the authority's hours. Set with a date it applies from."""

    contact_counts: Days = Days.WORKING
    notice_counts: Days = Days.WORKING
    reply_elapsed: bool = False
    la_opens: time = LA_HOURS.opens
    la_closes: time = LA_HOURS.closes


@dataclass(frozen=True, slots=True)
class DaySlot:
    """A part of the school's day by London's clock; `lesson` is False for break, lunch and after school."""

    name: str
    starts: time
    ends: time
    lesson: bool = True


@dataclass(frozen=True, slots=True)
class SchoolTimes:
    """The parts of a school day, in order. None are known until the school writes them down."""

    slots: tuple[DaySlot, ...] = ()


class TellBy(StrEnum):
    """How an arrival is told, beside the call script that is always there."""

    CALL = "call"
    """The call script only."""
    COMPOSE = "compose"
    """A message is written in the PC's own mail program, to be sent by hand."""
    SEND = "send"
    """The program sends it itself, through the school's mail server."""


class MailSecurity(StrEnum):
    """How the connection to the school's mail server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Telling:
    """How hosts and the DSL are told of an arrival. The server's password is not a setting: it stays on the PC."""

    by: TellBy = TellBy.CALL
    server: str = ""
    port: int = 587
    security: MailSecurity = MailSecurity.STARTTLS
    sender: str = ""
    user: str = ""
    dsl_address: str = ""


@dataclass(frozen=True, slots=True)
class ChartAges:
    """From how many days on a chart is old (amber) and very old (red)."""

    amber_days: int = 42
    red_days: int = 90


@dataclass(frozen=True, slots=True)
class ChartFolder:
    """A folder, such as a synchronised drive's, that is watched for newer charts; "" for none."""

    path: str = ""


@dataclass(frozen=True, slots=True)
class FireListPlaces:
    """Where else the fire list is written, at best effort, and the printer it goes to."""

    folders: tuple[str, ...] = ()
    printer: str = ""


@dataclass(frozen=True, slots=True)
class Letters:
    """The texts that messages to the authority start from; a kind that is not here has its default."""

    texts: tuple[LetterText, ...] = ()

    def text_for(self, kind: LetterKind) -> LetterText:
        """The school's own text, else the default."""
        return next(text for text in (*self.texts, *DEFAULTS) if text.kind is kind)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Below which number a copy of the protocol report made for sharing says "fewer than"."""

    under: int = 3


@dataclass(frozen=True, slots=True)
class Sounds:
    """Whether a verdict is heard as well as seen."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class Policy:
    """All settings of the school as they apply on one day."""

    school: SchoolName = field(default_factory=SchoolName)
    duty: DslOnDuty = field(default_factory=DslOnDuty)
    lanyards: Lanyards = field(default_factory=Lanyards)
    notice: VisitorNotice = field(default_factory=VisitorNotice)
    known: KnownPolicy = field(default_factory=KnownPolicy)
    hours: OpeningHours = field(default_factory=OpeningHours)
    staff: Staff = field(default_factory=Staff)
    calendar: SchoolCalendar = field(default_factory=SchoolCalendar)
    holidays: HolidayEdits = field(default_factory=HolidayEdits)
    clocks: Clocks = field(default_factory=Clocks)
    times: SchoolTimes = field(default_factory=SchoolTimes)
    telling: Telling = field(default_factory=Telling)
    letters: Letters = field(default_factory=Letters)
    chart_ages: ChartAges = field(default_factory=ChartAges)
    chart_folder: ChartFolder = field(default_factory=ChartFolder)
    fire_list: FireListPlaces = field(default_factory=FireListPlaces)
    sharing: Sharing = field(default_factory=Sharing)
    sounds: Sounds = field(default_factory=Sounds)
    retention: Retention = field(default_factory=Retention)
