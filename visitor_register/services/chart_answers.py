"""What a person may answer about a chart before it is accepted, and what each answer adds to the decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from visitor_register.domain.chart_guard import Guard
from visitor_register.services.chart_plan import Decisions


@dataclass(frozen=True, slots=True)
class SpellingIs:
    """Whom a manager's spelling means, for every row that has it; None leaves it open."""

    spelling: str
    rows: tuple[str, ...]
    manager: str | None = None


@dataclass(frozen=True, slots=True)
class LineLeadsTo:
    """Who is above these rows, which name nobody or whose line of a drawing is another; None leaves it open."""

    rows: tuple[str, ...]
    manager: str | None = None


@dataclass(frozen=True, slots=True)
class RingCut:
    """Which row of a ring does not report as the file says. `ring`: each row and its manager's."""

    ring: tuple[tuple[str, str], ...]
    row: str = ""


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Whether somebody of the register and somebody of the chart are one human being."""

    old: str
    new: str
    same: bool


@dataclass(frozen=True, slots=True)
class HandEditStays:
    """Whether what was changed by hand stays, or the chart's word is taken."""

    key: str
    stays: bool


@dataclass(frozen=True, slots=True)
class GuardsSeen:
    """Somebody looked at these guard rails and says that the chart is right."""

    guards: frozenset[Guard]


@dataclass(frozen=True, slots=True)
class OnlyTheseServices:
    """The chart holds some services only; all others stay as they are."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Whether a row that is struck through or hidden belongs on the chart all the same."""

    row: str
    counts: bool


Answer = SpellingIs | LineLeadsTo | RingCut | OnePerson | HandEditStays | GuardsSeen | OnlyTheseServices | Ticked
Choice = SpellingIs | LineLeadsTo | RingCut


def choose(answer: Choice, row: str) -> Choice:
    """Return an answer that names a row: the manager's, or the one that stands wrongly in a ring."""
    return replace(answer, row=row) if isinstance(answer, RingCut) else replace(answer, manager=row)


def add(said: Decisions, answer: Answer) -> Decisions:
    """Add an answer to the decisions; it takes the place of an earlier one to the same question."""
    match answer:
        case SpellingIs(spelling=spelling, manager=manager):
            return replace(said, managers={**said.managers, spelling: manager})
        case LineLeadsTo(rows=rows, manager=manager):
            return _linked(said, dict.fromkeys(rows, manager))
        case RingCut(ring=ring, row=wrong):
            return _linked(said, {row: None if row == wrong else manager for row, manager in ring})
        case OnePerson(old=old, new=new, same=same):
            pair = {(old, new)}
            yes, no = (said.same | pair, said.different - pair) if same else (said.same - pair, said.different | pair)
            return replace(said, same=yes, different=no)
        case HandEditStays(key=key, stays=stays):
            return replace(said, kept={**said.kept, key: stays})
        case GuardsSeen(guards=guards):
            return replace(said, confirmed=said.confirmed | guards)
        case OnlyTheseServices():
            return replace(said, partial=True)
        case Ticked(row=row, counts=counts):
            return replace(said, also=said.also | {row} if counts else said.also - {row})


def _linked(said: Decisions, links: Mapping[str, str | None]) -> Decisions:
    return replace(said, links={**said.links, **links})
