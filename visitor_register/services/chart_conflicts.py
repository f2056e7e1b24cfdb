"""What was changed by hand, held against the council's next chart: a person decides, nothing is lost in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from visitor_register.domain.chart import ChartPerson, chain
from visitor_register.domain.chart_pairs import pair
from visitor_register.domain.directory import OF_PERSON, HandEdit, HandField, Post
from visitor_register.domain.names import fold
from visitor_register.services.chart_listed import listed, main_row
from visitor_register.services.chart_stored import Stored, as_row

Decided = frozenset[tuple[str, str]]
_NO_VERSION = UUID(int=0)
_IN_A_ROW = {HandField.TEAM: "unit", HandField.PHONE: "phones", HandField.MOBILE: "mobiles"}
"""Where a row has another name for a field of a person."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The new chart says something else than was written by hand, and nobody has decided yet.

    Attributes:
        key: Names it in the decisions.
        name, about: Whom it is about; job and team as the new chart has them.
        ours, theirs, before: What was written by hand, what the new chart says, and what the chart said until then.
        may_keep: Whether ours can stand beside the new chart: not under a post that it no longer has, nor in a ring.
    """

    key: str
    person: UUID
    field: HandField
    name: str
    about: str
    ours: str
    theirs: str
    before: str
    reason: str
    at: datetime
    by: str
    may_keep: bool = True


@dataclass(frozen=True, slots=True)
class Weighed:
    """What nobody has decided; by person what stays as it was written by hand; and of whom somebody decided.

    In what stays, `chart_says` is what the new chart says; only a manager's post has no number yet and is as before.
    """

    conflicts: tuple[Conflict, ...] = ()
    kept: Mapping[UUID, tuple[HandEdit, ...]] = field(default_factory=dict)
    decided: frozenset[UUID] = frozenset()

    def stays_off(self, person: UUID) -> bool:
        """Whether somebody stays off the chart although the new one lists them."""
        return any(edit.field is HandField.ON_CHART for edit in self.kept.get(person, ()))


def weigh(
    stored: Stored,
    read: Sequence[ChartPerson],
    rows: Sequence[ChartPerson],
    records: Mapping[str, UUID],
    decided: Mapping[str, bool],
) -> Weighed:
    """Hold everything that was changed by hand against a new chart.

    What the chart says too is confirmed by it and needs no mark any more. Where it says nothing, ours stays; where
    it says something else, somebody has to decide.

    Args:
        stored: The chart in use.
        read: The rows of the new chart as they were read.
        rows: The same rows, filled up with what only the chart in use says.
        records: Who the people of the new chart are, by person key.
        decided: Key of a conflict to whether ours is kept.
    """
    chart = _NewChart(stored, read, rows, records)
    conflicts: list[Conflict] = []
    kept: dict[UUID, tuple[HandEdit, ...]] = {}
    settled: set[UUID] = set()
    for person, edits in stored.edits.items():
        if not chart.lists(person):
            continue
        off = tuple(edit for edit in edits if edit.field is HandField.ON_CHART)
        for edit in (*off, *(edit for edit in edits if edit not in off)):
            says = chart.says(edit)
            answer = decided.get(key_of(edit)) if says.to_decide else says.stays
            if answer is None or (answer and not says.may_keep):
                conflicts.append(_conflict(stored, chart, edit, says))
            elif answer:
                kept[person] = (*kept.get(person, ()), replace(edit, chart_says=says.value))
            if says.to_decide and answer is not None:
                settled.add(person)
            if edit in off and answer is not False:
                # Whatever else was changed of somebody who is off the chart waits with them.
                kept.update({person: edits} if answer else {})
                break
    return Weighed(tuple(conflicts), kept, frozenset(settled))


def known_by_hand(stored: Stored, rows: Sequence[ChartPerson], *, same: Decided, different: Decided) -> Decided:
    """Add to the pairs that were decided whom a new chart knows only by what was changed by hand: a new name, a team.

    Args:
        stored: The chart in use.
        rows: The rows of the new chart.
        same, different: (record, person of the new chart) that somebody has decided on.
    """
    if not stored.edits:
        return same
    pairs = pair(stored.rows, rows, same=same, different=different).pairs
    missing = [stored.people[one] for one in stored.edits if str(one) not in pairs]
    unknown = [row for row in rows if row.person not in pairs.values()]
    found = pair([as_row(one) for one in missing], unknown, different=different)
    doubted = {(offer.old, offer.new) for offer in found.offered if offer.assumed}
    return same | (frozenset(found.pairs.items()) - doubted)


def key_of(edit: HandEdit) -> str:
    """Name something changed by hand in the decisions."""
    return f"{edit.person}:{edit.field}"


@dataclass(frozen=True, slots=True)
class _Says:
    """What the new chart says: in words and as it is stored; and whether ours stays, None where somebody decides."""

    words: str
    value: str
    stays: bool | None
    may_keep: bool = True

    @property
    def to_decide(self) -> bool:
        return self.stays is None


class _NewChart:
    """The chart that is to be accepted, by the records on the register."""

    def __init__(
        self,
        stored: Stored,
        read: Sequence[ChartPerson],
        rows: Sequence[ChartPerson],
        records: Mapping[str, UUID],
    ) -> None:
        self._stored, self._records, self._all = stored, records, rows
        self._read = {row.key: row for row in read}
        self._by_key = {row.key: row for row in rows}
        self._rows: dict[UUID, list[ChartPerson]] = {}
        for row in rows:
            if row.living and row.person in records:
                self._rows.setdefault(records[row.person], []).append(row)

    def lists(self, person: UUID) -> bool:
        return person in self._rows

    def main(self, person: UUID) -> ChartPerson:
        return main_row(self._rows[person], self._stored.told.get(person))

    def says(self, edit: HandEdit) -> _Says:
        if edit.field is HandField.ON_CHART:
            return _Says("on the chart", edit.chart_says, None)
        if edit.field is HandField.REPORTS_TO:
            return self._manager(edit)
        rows, told = self._rows[edit.person], self._stored.told.get(edit.person)
        theirs = str(getattr(listed(rows, told, self._stored.authority, _NO_VERSION), edit.field))
        if fold(theirs) == fold(edit.value):
            return _Says(theirs, theirs, False)
        name = _IN_A_ROW.get(edit.field, edit.field.value)
        silent = not any(getattr(self._read[row.key], name) for row in rows)
        return _Says(theirs, theirs, True if silent else None)

    def _manager(self, edit: HandEdit) -> _Says:
        row = self.main(edit.person)
        above = self._by_key.get(row.manager or "")
        if above is not None and self._is(above, edit.value):
            return _Says(_named(above), edit.chart_says, False)
        read = self._read[row.key]
        silent = read.manager is None and not read.manager_text
        ours = [one for one in self._all if self._is(one, edit.value)]
        stands = not edit.value or any(row not in chain(self._all, one.key) and one is not row for one in ours)
        words = _named(above) if above is not None else row.manager_text or "nobody"
        return _Says(words, edit.chart_says, True if silent and stands else None, may_keep=stands)

    def _is(self, row: ChartPerson, post: str) -> bool:
        """Say whether a row is that post of the register."""
        place = self._stored.posts.get(UUID(post)) if post else None
        if place is None or row.gone:
            return False
        if place.ref and row.post_ref:
            return place.ref == row.post_ref
        if row.living:
            return self._records.get(row.person) in self._stored.holders.get(place.id, frozenset())
        return (fold(row.job_title), fold(row.unit)) == (fold(place.title), fold(place.team))


def _conflict(stored: Stored, chart: _NewChart, edit: HandEdit, says: _Says) -> Conflict:
    main = chart.main(edit.person)
    return Conflict(
        key=key_of(edit),
        person=edit.person,
        field=edit.field,
        name=main.name,
        about=", ".join(filter(None, (main.job_title, main.unit))),
        ours=words_of(stored, edit.field, edit.value),
        theirs=says.words or "nothing",
        before=words_of(stored, edit.field, edit.chart_says),
        reason=edit.reason,
        at=edit.at,
        by=stored.names.get(edit.by, ""),
        may_keep=says.may_keep,
    )


def words_of(stored: Stored, what: HandField, value: str) -> str:
    """Say in words what was written by hand; posts stand in it by their numbers."""
    if what in OF_PERSON:
        return value or "nothing"
    if what is HandField.ON_CHART:
        return "on the chart" if value else "has left"
    place = stored.posts.get(UUID(value)) if value else None
    return _of_post(stored, place) if place is not None else "nobody"


def _of_post(stored: Stored, place: Post) -> str:
    names = sorted(stored.people[one].name for one in stored.holders.get(place.id, ()))
    return ", ".join(filter(None, (" / ".join(names) or "Vacant", place.title)))


def _named(row: ChartPerson) -> str:
    return ", ".join(filter(None, (row.name or "Vacant", row.job_title)))
