"""What a person is asked about a chart before it is accepted: open managers, rings, and who may be one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visitor_register.domain.chart import ChartPerson, OpenSpelling, unresolved
from visitor_register.domain.names import fold, words
from visitor_register.services.chart_plan import Plan

_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant: the row's key, the name, job and team; a post without a name goes by its title.

    `before`: the chart in use says so.
    """

    key: str
    name: str
    about: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class OpenManager:
    """A manager nobody could be set for: who reports there, and whom it may be, likeliest first.

    Attributes:
        spelling: How the file writes the manager, "" where it names none.
        rows: Keys of the rows that are asked about together.
        who: All of them in a word or two: the name of one, or how many people or posts.
        reports: The same as names, or as titles of posts where nobody is named.
        where, about: Of the first of them: place in the file, job and team.
        drawn: A line of a drawing is not certain.
    """

    spelling: str
    rows: tuple[str, ...]
    who: str
    reports: tuple[str, ...]
    where: str
    about: str
    candidates: tuple[Candidate, ...]
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """Rows that are above themselves: each one's key and name with its manager's, in the order of the ring."""

    links: tuple[tuple[Candidate, Candidate], ...]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The same as keys."""
        return tuple((one.key, above.key) for one, above in self.links)


@dataclass(frozen=True, slots=True)
class SamePair:
    """Two records that may be one human being. `assumed`: they count as one until somebody says no."""

    old: str
    new: str
    name: str
    before: str
    after: str
    why: str
    assumed: bool


def candidate(row: ChartPerson, *, before: bool = False) -> Candidate:
    """Return a row as somebody to choose."""
    about = place(row) if row.name else ", ".join(filter(None, ("nobody named", row.unit or row.service)))
    return Candidate(row.key, called(row), about, before)


def called(row: ChartPerson) -> str:
    """Say a row in as few words as people would: the name, else the title of the post."""
    return row.name or row.job_title or "Vacant"


def place(row: ChartPerson) -> str:
    """Say job and team; a title that names the team says it alone."""
    title, team = row.job_title, row.unit
    named = team and set(words(team)) <= set(words(title))
    return title if named else ", ".join(filter(None, (title, team)))


def open_managers(plan: Plan) -> tuple[OpenManager, ...]:
    """List the managers nobody could be set for, those with most reports first; rings are asked about apart."""
    rows = {row.key: row for row in plan.rows}
    elsewhere = plan.upward.keys() | {key for ring in plan.rings for key in ring}
    found = []
    for entry in unresolved(plan.reading):
        asked = tuple(key for key in entry.rows if key not in elsewhere)
        if asked:
            found.append(_open(OpenSpelling(entry.spelling, asked, entry.candidates), rows, plan.before))
    return tuple(sorted(found, key=lambda one: -len(one.rows)))


def rings(plan: Plan) -> tuple[Ring, ...]:
    """List the rings, each with the names of its rows."""
    rows = {row.key: row for row in plan.rows}
    return tuple(
        Ring(tuple((candidate(rows[key]), candidate(rows[above])) for key, above in ring.items()))
        for ring in plan.rings
    )


def pairs(plan: Plan) -> tuple[SamePair, ...]:
    """List the pairs somebody may be asked about, the assumed ones last."""
    stored = (*plan.stored.rows, *plan.stored.former, *plan.stored.by_hand)
    old = {row.person: row for row in reversed(stored)}
    new = {row.person: row for row in reversed(plan.rows)}
    found = [
        SamePair(
            offer.old,
            offer.new,
            new[offer.new].name,
            _described(old[offer.old], new[offer.new]),
            _described(new[offer.new], old[offer.old]),
            offer.why,
            offer.assumed,
        )
        for offer in plan.offers
        if offer.old in old and offer.new in new
    ]
    return tuple(sorted(found, key=lambda one: one.assumed))


def _open(entry: OpenSpelling, rows: Mapping[str, ChartPerson], before: Mapping[str, str]) -> OpenManager:
    first = rows[entry.rows[0]]
    known = [before[key] for key in entry.rows if key in before]
    # Whoever was above most of them is offered first, never set: the line may have changed.
    likely = [max(dict.fromkeys(known), key=known.count)] if known else []
    keys = dict.fromkeys(key for key in (*likely, *entry.candidates) if key in rows and key not in entry.rows)
    return OpenManager(
        entry.spelling,
        entry.rows,
        _who([rows[key] for key in entry.rows]),
        tuple(called(rows[key]) for key in entry.rows),
        first.where,
        place(first),
        tuple(candidate(rows[key], before=key in likely) for key in list(keys)[:_OFFERED]),
        bool(first.box),
    )


def _who(rows: Sequence[ChartPerson]) -> str:
    if len(rows) == 1:
        return called(rows[0])
    return f"{len(rows)} people" if all(row.name for row in rows) else f"{len(rows)} posts"


def _described(row: ChartPerson, other: ChartPerson) -> str:
    """What tells the two apart: everything in which they differ, the name always."""
    facts = (
        (row.job_title, other.job_title),
        (row.unit, other.unit),
        (row.staff_number, other.staff_number),
        (row.email, other.email),
    )
    differ = [mine for mine, theirs in facts if mine and fold(mine) != fold(theirs)]
    return ", ".join([row.name, *(differ or [place(row)])])
