"""A structure chart as read from a file: people in posts, who each reports to, and what is not yet settled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_table import Page
from visitor_register.domain.names import fold


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as E.164 ("+442079460983"; "" when the digits are no number), its extension, and as typed."""

    number: str
    extension: str
    typed: str

    @property
    def is_mobile(self) -> bool:
        """Whether it is a British mobile number, whatever column it stood in."""
        return self.number.startswith("+447")


@dataclass(frozen=True, slots=True)
class Reports:
    """The manager as written, each way a file may say it; "" where it does not. `box`: by a line of a drawing."""

    box: str = ""
    post: str = ""
    staff_number: str = ""
    email: str = ""
    name: str = ""

    @property
    def text(self) -> str:
        """What a person would recognise, the name first."""
        return self.name or self.email or self.staff_number or self.post


@dataclass(frozen=True, slots=True)
class ChartPerson:
    """One row: a person in a post, or a post without a named person.

    Attributes:
        key: Names the row inside this reading and nowhere else.
        person: Key of the first row of the same human being (two posts, one person).
        where: Sheet and row, for people.
        name: Cleaned, in the council's spelling; "" when `vacant`.
        written: The name cell as it stood ("Vacant - out to advert", "Ada Hill (Agency)").
        vacant: Nobody is named in the post (vacant, not disclosed, eliminated).
        gone: Why the row is listed apart ("struck through", "hidden row"), or "".
        flags: Remarks beside the name ("Agency", "acting"); `doubts` is what a person should look at.
        box: The box of a drawing that the row was read from, "" in a table.
        maybe_boxes: Boxes that may be the manager's, best first: a drawing shows it, and not for certain.
        manager: Key of the manager's row (it may be a vacant post), or None.
        candidates: Keys offered for a person to confirm, best first.
        left_open: A person decided to leave the manager open.
    """

    key: str
    person: str
    where: str
    name: str
    job_title: str
    written: str = ""
    known_as: str = ""
    unit: str = ""
    service: str = ""
    directorate: str = ""
    organisation: str = ""
    level: str = ""
    staff_number: str = ""
    post_ref: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    mobiles: tuple[Phone, ...] = ()
    contract: str = ""
    notes: str = ""
    vacant: bool = False
    gone: str = ""
    flags: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    reports: Reports = Reports()
    box: str = ""
    maybe_boxes: tuple[str, ...] = ()
    manager: str | None = None
    candidates: tuple[str, ...] = ()
    left_open: bool = False

    @property
    def flagged(self) -> bool:
        """Whether the row is listed apart and not imported unless a person ticks it."""
        return bool(self.gone)

    @property
    def living(self) -> bool:
        """Whether the row is a named person who is meant to be on the chart."""
        return not self.vacant and not self.gone

    @property
    def employed_as(self) -> str:
        """The contract as written; a remark beside the name that somebody is from an agency says it as well."""
        return next((flag for flag in self.flags if "agency" in flag.casefold()), self.contract)

    @property
    def manager_text(self) -> str:
        """The manager as written."""
        return self.reports.text


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know: where it is, and one sentence. `asked`: a person is asked about it as well."""

    where: str
    text: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class HeadCount:
    """Posts counted, not named, under a senior post (second file of an organogram). `posts` in FTE as written."""

    under: str
    job_title: str
    unit: str
    posts: str


@dataclass(frozen=True, slots=True)
class ChartReading:
    """A whole chart as read. Nothing in it has been stored. `pages`: what was drawn, for a picture of it."""

    format: str
    as_at: date | None
    fingerprint: str
    mappings: tuple[ColumnMapping, ...]
    people: tuple[ChartPerson, ...]
    problems: tuple[Problem, ...] = ()
    head_counts: tuple[HeadCount, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenSpelling:
    """One manager's spelling that nobody could be set for: the rows that have it, and who it may be.

    `spelling` is "" where the rows name nobody: a line of a drawing or a level offers who it may be.
    """

    spelling: str
    rows: tuple[str, ...]
    candidates: tuple[str, ...]


def spelling_key(text: str) -> str:
    """Return the key under which a decision about a manager's spelling is kept."""
    return fold(text)


def unresolved(reading: ChartReading) -> tuple[OpenSpelling, ...]:
    """List the open managers, one entry a spelling, those with most reports first.

    Who names no manager is listed where somebody is offered: by their box, or with those of the same place.
    """
    groups: dict[tuple[object, ...], list[ChartPerson]] = {}
    for person in reading.people:
        if person.manager is not None or person.left_open or person.gone:
            continue
        if person.manager_text:
            groups.setdefault(("spelling", spelling_key(person.manager_text)), []).append(person)
        elif person.candidates:
            place = (person.box,) if person.box else (fold(person.unit or person.service), person.candidates)
            groups.setdefault(("nobody", *place), []).append(person)
    listed = [
        OpenSpelling(rows[0].manager_text, tuple(row.key for row in rows), _ranked(rows)) for rows in groups.values()
    ]
    return tuple(sorted(listed, key=lambda entry: (-len(entry.rows), spelling_key(entry.spelling))))


def chain(people: Iterable[ChartPerson], key: str, hops: int = 60) -> Iterator[ChartPerson]:
    """Walk from a row's manager upwards, vacant posts included. Ends at the top, in a ring, or after `hops`."""
    rows = {person.key: person for person in people}
    seen = {key}
    at = rows[key].manager
    while at is not None and at in rows and at not in seen and len(seen) <= hops:
        seen.add(at)
        yield rows[at]
        at = rows[at].manager


def _ranked(rows: list[ChartPerson]) -> tuple[str, ...]:
    """Merge the candidates of all rows: the sum of their places decides."""
    weight: dict[str, float] = {}
    for row in rows:
        for place, key in enumerate(row.candidates):
            weight[key] = weight.get(key, 0.0) + 1 / (place + 1)
    return tuple(sorted(weight, key=lambda key: -weight[key]))
