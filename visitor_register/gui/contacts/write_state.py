"""A letter that is being written: how it was begun, how its form reads, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from visitor_register.domain import letters
from visitor_register.domain.contacts import Rung
from visitor_register.domain.letters import LetterKind
from visitor_register.files.mail_message import Message, addresses, is_address, one_line
from visitor_register.services.clocks import ClockLine
from visitor_register.services.contacts import LONGEST_SUMMARY
from visitor_register.services.ladder import Next, Place
from visitor_register.services.letter_words import OWED, RUNGS
from visitor_register.services.letters_sent import Sent, Trail
from visitor_register.services.writing import Letter

TITLES = {
    LetterKind.FRESH: "Write an e-mail",
    LetterKind.CHASE: "Chase",
    LetterKind.ESCALATE: "Escalate",
    LetterKind.ALLOCATION: "Ask for the day of the allocation",
    LetterKind.CHART: "Ask for a new chart",
}


@dataclass(frozen=True, slots=True)
class Begun:
    """What a letter starts from. `person` is None until somebody is chosen."""

    kind: LetterKind
    person: UUID | None = None
    line: ClockLine | None = None
    child_reference: str = ""
    rung: Rung | None = None
    copy: UUID | None = None
    chronology: tuple[str, ...] = ()
    id: UUID = field(default_factory=uuid4)

    @property
    def summary(self) -> str:
        """What it is about, for the list of contacts; nothing where only a person can say."""
        owed = OWED[self.line.clock.kind] if self.line is not None else ""
        match self.kind:
            case LetterKind.CHASE:
                return f"Asked again for {owed}"
            case LetterKind.ESCALATE:
                return f"Escalated to the {RUNGS[self.rung]}: {owed} is outstanding" if self.rung else ""
            case LetterKind.ALLOCATION:
                return "Asked for the day of the allocation"
            case LetterKind.CHART:
                return "Asked for an up-to-date structure chart"
        return ""

    @property
    def asks_reply(self) -> bool | None:
        """Whether a deadline starts with it; None where only a person can say. A chase is about one that runs."""
        return {LetterKind.FRESH: None, LetterKind.ALLOCATION: True}.get(self.kind, False)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to show. `letter` is None until somebody is chosen; `kept`: subject and text stay as a person wrote."""

    begun: Begun
    letter: Letter | None = None
    kept: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at before it goes."""
        if self.letter is None:
            return ()
        own = ("You changed the text: check whom it addresses.",) if self.kept else ()
        return (*own, *self.letter.warnings)


@dataclass(frozen=True, slots=True)
class Form:
    """The letter as it stands in the fields."""

    to: str
    cc: str
    subject: str
    text: str
    child_reference: str
    summary: str
    asks_reply: bool | None

    def message(self) -> Message:
        """What goes to the mail program."""
        to, cc = ",".join(addresses(self.to)), ",".join(addresses(self.cc))
        return Message(to, one_line(self.subject), self.text, cc)

    def sent(self, begun: Begun, person: UUID) -> Sent:
        """What is written down of it."""
        escalated = begun.rung is not None and begun.line is not None
        return Sent(
            id=begun.id,
            person=person,
            summary=self.summary,
            child_reference=self.child_reference.strip(),
            manager_copied=escalated or bool(self.cc.strip()),
            asks_reply=bool(self.asks_reply),
            escalates=begun.line.clock.id if escalated and begun.line is not None else None,
            rung=begun.rung,
        )


def wrong(form: Form) -> Mapping[str, str]:
    """What to write instead, for each field that cannot be taken; the first is the first on the screen."""
    found: dict[str, str] = {}
    if not form.to.strip():
        found["to"] = "Write the e-mail address it goes to."
    for name, text in (("to", form.to), ("cc", form.cc)):
        odd = [one for one in addresses(text) if not is_address(one)]
        if odd:
            found[name] = f"“{odd[0]}” is no e-mail address."
    if not form.subject.strip():
        found["subject"] = "Write a subject. It names no child."
    elif letters.stands_in(form.child_reference, form.subject):
        found["subject"] = "Take the child reference out of the subject: everybody can read that."
    if not form.text.strip():
        found["text"] = "Write what you want to say."
    if not form.summary.strip():
        found["summary"] = "Write in a few words what it is about."
    elif len(form.summary) > LONGEST_SUMMARY:
        found["summary"] = f"This is more than {LONGEST_SUMMARY} letters. Write down the facts only."
    if form.asks_reply is None:
        found["asks"] = "Choose one: with Yes a deadline for the answer starts."
    return found


@dataclass(frozen=True, slots=True)
class Ladder:
    """Everybody who can be asked about a deadline, the steps that were taken, and which comes next.

    `offers` are the steps that are left, each with the day from which it is offered; `chased`: the worker was asked.
    """

    line: ClockLine
    trail: Trail
    places: Sequence[Place]
    offers: tuple[Next, ...]
    names: Mapping[UUID, str]
    chased: bool
    today: date

    @property
    def next(self) -> Next | None:
        """The step that comes next."""
        return next(iter(self.offers), None)
