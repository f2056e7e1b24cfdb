"""What happened to a booking in words: each entry with what it changed, when it was written and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.bookings import Place
from visitor_register.domain.events import (
    ArrivalCorrected,
    ArrivalUndone,
    Arrived,
    Booked,
    BookingCancelled,
    BookingChanged,
    DidNotCome,
    EntryDeclined,
    LeavingUnknown,
    Left,
    PassIssued,
    PassWithdrawn,
    PutBack,
    SealedForDsl,
    SealMoved,
)
from visitor_register.domain.people import Role
from visitor_register.domain.school import Account
from visitor_register.domain.visits import ToldBy
from visitor_register.gui.bookings.content import PLACES, TOLD
from visitor_register.services.booking_history import BookingHistory, Happening, Terms

_ROLE = {
    Role.RECEPTION: "reception",
    Role.OFFICE: "office",
    Role.DSL: "DSL",
    Role.HEAD: "head",
    Role.AUDITOR: "auditor",
}
ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Told:
    """One entry: what happened, what else of it, and when and by whom it was written."""

    title: str
    lines: tuple[str, ...]
    written: str

    def as_text(self) -> str:
        """The same in one line, to be read out or copied."""
        return "; ".join((self.title, *self.lines)) + f" ({self.written})"


def tell(history: BookingHistory, now: datetime) -> tuple[Told, ...]:
    """Put each entry into words, newest last."""
    return tuple(_Words(history, one, now).told() for one in history.happenings)


def written(at: datetime, by: Account | None, now: datetime) -> str:
    """When and by whom something was written: `Tue 24 Nov 13:20 by Priya Anand (office)`."""
    who = f"{by.name} ({_ROLE[by.role]})" if by is not None else "somebody no longer on the list"
    return f"{calendar.say_moment(at, now)} by {who}"


class _Words:
    """The words of one entry."""

    def __init__(self, history: BookingHistory, happening: Happening, now: datetime) -> None:
        self._history, self._happening, self._now = history, happening, now

    def told(self) -> Told:
        """All of them."""
        title, *lines = self._parts()
        return Told(title, tuple(lines), written(self._happening.at, self._happening.by, self._now))

    def _parts(self) -> list[str]:
        match self._happening.event:
            case None:
                return ["Erased: what stood here is gone, the line itself stays"]
            case Booked() as said:
                how = "Booked from an invitation for" if said.invitation else "Booked for"
                return [f"{how} {self._moment(said.starts_at)}", *self._reads(said)]
            case BookingChanged() as said:
                return self._changed(said)
            case BookingCancelled(by_school=by_school, why=why):
                return [_because(f"Cancelled by the {'school' if by_school else 'authority'}", why)]
            case DidNotCome():
                return ["Nobody came"]
            case SealedForDsl():
                return ["Sealed words for the DSL written"]
            case SealMoved():
                return ["The DSL received the sealed words"]
            case PassIssued(day=day):
                return [f"Pass made for {self._whom()}, for {calendar.say_date(day)}"]
            case PassWithdrawn(reason=reason):
                return [_because(f"Pass of {self._whom()} counts no more", reason)]
        return self._coming_and_going()

    def _coming_and_going(self) -> list[str]:
        whom = self._whom()
        match self._happening.event:
            case Arrived(at=at):
                return [f"Arrived {self._clock(at)}: {whom}"]
            case ArrivalCorrected(at=at, reason=reason):
                when = f", {self._clock(at)}" if at is not None else ""
                return [f"Arrival corrected: {whom}{when}", f"Why: {reason}"]
            case ArrivalUndone(reason=reason):
                return [_because(f"Arrival of {whom} taken back", reason)]
            case EntryDeclined(at=at):
                return [f"Entry declined {self._clock(at)}: {whom}"]
            case Left(at=at, told_by=told_by):
                later = ", filled in later" if told_by is ToldBy.LATER else ""
                return [f"Left {self._clock(at)}{later}: {whom}"]
            case LeavingUnknown():
                return [f"Nobody knows when {whom} left"]
            case PutBack(reason=reason):
                return [_because(f"Put back on site: {whom}", reason)]
        return ["Written by a newer version of the program, which this one cannot read"]

    def _changed(self, said: BookingChanged) -> list[str]:
        happening, before = self._happening, self._happening.before
        parts = ["Stands again"] if happening.over else []
        if said.invitation is not None and (before is None or before.invitation != said.invitation):
            parts.append("Update of the invitation")
        if before is None:
            return [*(parts or ["Changed"]), *self._reads(said)]
        if before.starts_at != said.starts_at:
            parts.append(f"Moved from {self._moment(before.starts_at)} to {self._moment(said.starts_at)}")
        parts += self._other_visitors(before, said)
        was, now = self._fields(before), self._fields(said)
        if before.ends_at and said.ends_at and before.ends_at - before.starts_at == said.ends_at - said.starts_at:
            # It lasts as long as before: that it moved says it.
            was["Until"] = now["Until"]
        parts += [
            f"{name}: {now[name] or 'nothing'} (before: {was[name] or 'nothing'})"
            for name in now
            if now[name] != was[name]
        ]
        return parts or ["Saved again, nothing changed"]

    def _other_visitors(self, before: Terms, said: Terms) -> Iterator[str]:
        joined = [f"+ {self._name(one)}" for one in said.visitors if one not in before.visitors]
        gone = [f"no longer {self._name(one)}" for one in before.visitors if one not in said.visitors]
        if joined or gone:
            yield "Visitors: " + ", ".join(joined + gone)

    def _reads(self, said: Terms) -> Iterator[str]:
        yield "Visitors: " + ", ".join(self._name(one) for one in said.visitors)
        for name, value in self._fields(said).items():
            if value and value != PLACES[Place.SCHOOL]:
                yield f"{name}: {value}"

    def _fields(self, said: Terms) -> dict[str, str]:
        heard = f", {calendar.say_date(calendar.london_date(said.notified_at))}" if said.notified_at else ""
        return {
            "Until": self._until(said),
            "Here to see": said.here_to_see,
            "Room": said.room,
            "Where": PLACES[said.place],
            "How we heard": TOLD[said.told] + heard,
            "Note to the desk": said.note_to_desk,
            "Repeated": "one of several visits" if said.series else "",
        }

    def _until(self, said: Terms) -> str:
        if said.ends_at is None:
            return ""
        same_day = calendar.london_date(said.ends_at) == calendar.london_date(said.starts_at)
        return calendar.say_time(said.ends_at) if same_day else self._moment(said.ends_at)

    def _moment(self, at: datetime) -> str:
        return calendar.say_moment(at, self._now)

    def _clock(self, at: datetime) -> str:
        """A time of the day it was written on; of any other day with the day."""
        same_day = calendar.london_date(at) == calendar.london_date(self._happening.at)
        return calendar.say_time(at) if same_day else self._moment(at)

    def _whom(self) -> str:
        return self._name(self._happening.whom) if self._happening.whom else ERASED

    def _name(self, identity: UUID) -> str:
        return self._history.name(identity) or ERASED


def _because(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what
