"""Adds from paper what was written there while the program was not to hand: true times, nothing guessed."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.assurance import Compared, Expiry, IdShown, propose_basis, refuse_certificate_number
from visitor_register.domain.people import Operator, Person, PersonKind
from visitor_register.domain.policy import Policy
from visitor_register.domain.verification import SUPERVISION, Found, Listing, Verdict, Way, judge
from visitor_register.domain.visits import Visit
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.today.typed_times import WRITE_DAY, WRITE_TIME, read_clock, read_day, write_day
from visitor_register.services import arrivals, assurance, directory, expected_visits, policy

PAPER_FIELDS: dict[str, str] = {
    "name": "Name",
    "kind": "Kind of visitor",
    "organisation": "Organisation or team",
    "here_to_see": "Here to see",
    "place": "Where",
    "day": "Date",
    "arrived": "Arrived",
    "left": "Left",
    "shown": "ID shown",
    "which": "Which photo ID",
    "expiry": "Expiry of the ID",
    "compared": "Face and photo compared",
    "because": "Not compared, because",
    "assistance": "Needs assistance",
    "written_by": "Written on the sheet by",
    "note": "Note",
}
"""The fields of the paper sheet, in its order. The sheet that prints asks for the same."""

KINDS: dict[PersonKind, str] = {
    PersonKind.COUNCIL: "Council",
    PersonKind.OTHER_SERVICE: "Other service",
    PersonKind.POLICE: "Police, emergency service",
    PersonKind.OTHER: "Other visitor",
}

_UNQUESTIONED = (PersonKind.OTHER, PersonKind.POLICE)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the paper sheet as it was typed. `visit` is chosen before, so that saving twice is saving once."""

    visit: UUID = field(default_factory=uuid4)
    person: UUID | None = None
    name: str = ""
    kind: PersonKind | None = None
    organisation: str = ""
    here_to_see: str = ""
    place: str = ""
    day: str = ""
    arrived: str = ""
    left: str = ""
    shown: IdShown | None = None
    which: str = ""
    expiry: Expiry | None = None
    compared: Compared | None = None
    because: str = ""
    assistance: bool = False
    written_by: str = ""
    note: str = ""


class PaperFormPresenter(QObject):
    """Finds people by name, checks what was typed, and saves a line.

    Signals:
        found: The people for the name being typed, newest answer only (a tuple of `Person`).
        lists_read: Whom visitors come to see, and where (two tuples of words).
        wrong: Sentences by field name, for a line that cannot be saved as it is.
        refused: It could not be saved; the desk was told why. What was typed stays.
        saved: The visit.
    """

    found = Signal(object)
    lists_read = Signal(object, object)
    wrong = Signal(object)
    refused = Signal()
    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = ""
        self._saving = False

    def today(self) -> str:
        """Today as the date field shows it."""
        return write_day(calendar.london_date(self._desk.now()))

    def read_lists(self) -> None:
        """Read whom visitors come to see, and where."""
        today = calendar.london_date(self._desk.now())
        self._desk.jobs.read(partial(policy.read, on=today), self._lists)

    @Slot(str)
    def search(self, text: str) -> None:
        """Look for people while a name is being typed. From two letters on; fewer find nobody."""
        self._wanted = text
        self._desk.jobs.read(partial(directory.search, text=text, limit=12), partial(self._answer, text))

    def save(self, line: PaperLine) -> None:
        """Save a line, or say what is wrong with it."""
        if self._saving:
            return
        now = self._desk.now()
        sentences = check(line, now)
        self.wrong.emit(sentences)
        if sentences:
            return
        self._saving = True
        job = partial(add, line=line, by=self._desk.operator, at=now)
        self._desk.jobs.write(job, partial(self._done, line), self._failed)

    def _lists(self, rules: Policy) -> None:
        self.lists_read.emit(rules.staff.names, rules.staff.places)

    def _answer(self, text: str, people: list[Person]) -> None:
        if text == self._wanted:
            self.found.emit(tuple(people))

    def _done(self, line: PaperLine, visit: Visit) -> None:
        self._saving = False
        times = calendar.say_time(visit.arrived_at)
        if visit.left_at is not None:
            times += f" to {calendar.say_time(visit.left_at)}"
        self._desk.done(f"Added from paper: {line.name.strip()}, {times}.")
        self.saved.emit(visit)

    def _failed(self, error: RegisterError) -> None:
        self._saving = False
        self._desk.explain(error)
        self.refused.emit()


def check(line: PaperLine, now: datetime) -> dict[str, str]:
    """Say, field by field, what to write instead; empty when the line can be saved."""
    wrong: dict[str, str] = {}
    if not line.name.strip():
        wrong["name"] = "Write the name as it stands on the sheet."
    if line.kind is None:
        wrong["kind"] = "Choose what kind of visitor this was."
    wrong |= _check_times(line, now)
    if line.kind is not None and line.kind not in _UNQUESTIONED:
        if line.shown is None:
            wrong["shown"] = "Say which ID was shown. “None” is an answer."
        if line.compared is None:
            wrong["compared"] = "Say whether face and photo were compared."
    if line.shown is IdShown.OTHER_PHOTO and not line.which.strip():
        wrong["which"] = "Passport, driving licence or another. No number."
    if line.compared is Compared.NOT_NOW and not line.because.strip():
        wrong["because"] = "Say why, in a few words. “Not on the sheet” is an answer."
    for name in ("which", "because", "note"):
        try:
            refuse_certificate_number(getattr(line, name))
        except RegisterError as error:
            wrong[name] = str(error)
    return wrong


def _check_times(line: PaperLine, now: datetime) -> dict[str, str]:
    wrong: dict[str, str] = {}
    day = read_day(line.day)
    if day is None:
        wrong["day"] = WRITE_DAY
    elif day > calendar.london_date(now):
        wrong["day"] = "That day has not come yet."
    arrived, left = read_clock(line.arrived), read_clock(line.left)
    if arrived is None:
        wrong["arrived"] = WRITE_TIME
    if left is None and line.left.strip():
        wrong["left"] = WRITE_TIME
    if day is None or arrived is None or wrong:
        return wrong
    came = calendar.at_london(day, arrived)
    if came > now:
        wrong["arrived"] = "That time has not come yet."
    if left is not None and not came <= calendar.at_london(day, left) <= now:
        wrong["left"] = "Write a time between the arrival and now."
    return wrong


def add(session: Session, line: PaperLine, *, by: Operator, at: datetime) -> Visit:
    """Write a checked line into the register: the arrival and, if the sheet says it, the leaving, or neither.

    Raises:
        RegisterError: the person is signed in at this moment; a second visit would be lost in the first.
    """
    day, clock, left = read_day(line.day), read_clock(line.arrived), read_clock(line.left)
    if day is None or clock is None:
        raise RegisterError("Write the date and the time of the arrival.")
    arrived_at = calendar.at_london(day, clock)
    arrival = _arrival(session, line, arrived_at)
    visit = arrivals.sign_in(session, arrival, by=by, at=at, arrived_at=arrived_at)
    if visit.id != arrival.visit:
        since = calendar.say_time(visit.arrived_at)
        raise RegisterError(f"{line.name.strip()} is signed in here since {since}. Sign them out first, then add this.")
    if left is not None:
        visit = arrivals.fill_in_leaving(session, visit.id, calendar.at_london(day, left), by=by, at=at)
    return visit


def _arrival(session: Session, line: PaperLine, at: datetime) -> Arrival:
    """The line as an arrival: verdict, basis and supervision follow from what the sheet says was seen."""
    somebody = directory.get(session, line.person) if line.person is not None else None
    booked = expected_visits.on_this_day(session, directory.aliases(session, somebody.id), at=at) if somebody else None
    kind = somebody.kind if somebody else line.kind or PersonKind.OTHER
    nothing_shown = line.shown is IdShown.NONE and kind not in _UNQUESTIONED
    verdict = judge(
        Found(
            way=Way.NO_BADGE if nothing_shown else None,
            listing=directory.listing(somebody) if somebody else Listing.NEVER,
            kind=kind,
            booked=booked is not None,
        )
    )
    rules, organisation = policy.read(session, calendar.london_date(at)), line.organisation.strip()
    employer = somebody.organisation if somebody else organisation
    letter = assurance.letter_for(session, employer, calendar.london_date(at))
    known = rules.known.booked if verdict is Verdict.KNOWN else rules.known.not_booked
    return Arrival(
        visit=line.visit,
        person=somebody.id if somebody else None,
        visitor=None if somebody else NewVisitor(kind, line.name.strip(), organisation),
        booking=booked.booking.id if booked else None,
        verdict=verdict,
        shown=line.shown,
        shown_which=line.which if line.shown is IdShown.OTHER_PHOTO else "",
        expiry=line.expiry,
        compared=line.compared,
        because=line.because if line.compared is Compared.NOT_NOW else "",
        basis=propose_basis(verdict, line.shown, letter_on_file=letter is not None and kind is not PersonKind.COUNCIL),
        supervision=SUPERVISION.get(verdict) or known,
        here_to_see=line.here_to_see,
        place=line.place,
        needs_assistance=line.assistance,
        note=_note(line),
    )


def _note(line: PaperLine) -> str:
    by = f"Written on the sheet by {line.written_by.strip()}." if line.written_by.strip() else ""
    return f"{by} {line.note.strip()}".strip()
