"""An invitation to a meeting as its file says it, before anybody decided what to make of it."""

from dataclasses import dataclass
from datetime import date, datetime

OURS = "@visitor-register.invalid"
"""How the number of an invitation ends that this register wrote itself, for a visitor's calendar."""

MARK = "Invitation: "
"""How the text of an invitation begins among what only the DSL reads."""


@dataclass(frozen=True, slots=True)
class Invited:
    """The organiser, or somebody invited: the name as written, and the e-mail address in lower case, each may be ""."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of an invitation: the only one, or one of a repeated one.

    Attributes:
        recurrence: Which one of a repeated meeting, as its original start in UTC ("20261201T140000Z"), or "".
        starts_at, ends_at: In UTC; None for `ends_at` when the file does not say.
        all_day: The London date of a meeting without times, else None.
        place: As written.
        cancelled: The organiser called this one off.
        moved: It is not at the time that the repetition says.
        sequence: Counts the organiser's changes of this one.
    """

    recurrence: str
    starts_at: datetime
    ends_at: datetime | None
    all_day: date | None = None
    place: str = ""
    cancelled: bool = False
    moved: bool = False
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class InvitationRead:
    """One invitation, with every meeting that it means.

    Attributes:
        uid: What all its updates have in common.
        sequence: The highest of its meetings.
        cancelled: All of it is called off.
        sent_at: When the file was made (UTC), or None.
        organiser, people: Who invites, and who is invited; no rooms.
        meetings: In order; of a repetition without end those of about a year.
        subject, text: For the DSL only.
        partial: The file names single meetings of a repeated one and says nothing of the others.
        cut: It repeats further than it was read.
        notes: Sentences a person should read: a time without a zone, a repetition cut off.
    """

    uid: str
    sequence: int
    cancelled: bool
    sent_at: datetime | None
    organiser: Invited | None
    people: tuple[Invited, ...]
    meetings: tuple[Meeting, ...]
    subject: str = ""
    text: str = ""
    partial: bool = False
    cut: bool = False
    notes: tuple[str, ...] = ()

    @property
    def repeated(self) -> bool:
        """Whether it is one of several meetings."""
        return len(self.meetings) > 1


def own_words(detail: str) -> tuple[str, str]:
    """Divide what the DSL reads about a visit into what a person wrote and what came with invitations."""
    own, mark, text = detail.partition(MARK)
    return own.rstrip(), mark + text


def with_invitation(own: str, text: str) -> str:
    """The two together again."""
    return "\n\n".join(part for part in (own, text) if part)
