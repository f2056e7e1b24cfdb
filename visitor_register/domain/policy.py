"""What the school may set, with the defaults it starts from. Each is one frozen value, stored whole."""

from dataclasses import dataclass, field
from datetime import time

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
class Staff:
    """Whom visitors come to see, and where they are seen."""

    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


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
    chart_ages: ChartAges = field(default_factory=ChartAges)
    chart_folder: ChartFolder = field(default_factory=ChartFolder)
    fire_list: FireListPlaces = field(default_factory=FireListPlaces)
    sounds: Sounds = field(default_factory=Sounds)
