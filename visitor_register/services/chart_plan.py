"""Works out what accepting a chart would do: who is who, what differs, what a person must be asked. Writes nothing."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from visitor_register.domain import chart_guard, chart_humans, chart_silence, matching
from visitor_register.domain.chart import ChartPerson, ChartReading, unresolved
from visitor_register.domain.chart_changes import Change, ChartChanges
from visitor_register.domain.chart_decide import resolve, resolve_rows
from visitor_register.domain.chart_diff import compare
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.chart_pairs import Offer, Pairing, pair
from visitor_register.domain.matching import Index
from visitor_register.domain.names import fold
from visitor_register.services.chart_before import managers_before, with_offers
from visitor_register.services.chart_conflicts import Weighed, known_by_hand, weigh
from visitor_register.services.chart_stored import Stored

Rows = tuple[ChartPerson, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person said about a chart before accepting it.

    Attributes:
        managers: A manager's spelling to a row's key, or None for "leave it open".
        links: A row's key to its manager's, or None: said of that row alone, and stronger than its spelling.
        same, different: (record on the register, person key of the reading): one human being, or two.
        also: Keys of rows listed apart (struck through, hidden) that belong on the chart all the same.
        partial: The file holds some services only; all others stay as they are.
        confirmed: Guard rails somebody looked at and said yes to.
        kept: Key of a conflict to whether what was written by hand stays, or the chart's word is taken.
    """

    managers: Mapping[str, str | None]
    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()
    also: frozenset[str] = frozenset()
    partial: bool = False
    confirmed: frozenset[Guard] = frozenset()
    kept: Mapping[str, bool] = field(default_factory=dict)
    links: Mapping[str, str | None] = field(default_factory=dict)


NOTHING_DECIDED = Decisions({})


@dataclass(frozen=True, slots=True)
class Plan:
    """What accepting would do.

    Attributes:
        reading: The chart with every decision, also remembered ones, applied.
        rows: Its rows that count.
        apart: Its rows that do not: struck through, hidden.
        scope: The stored rows it is compared with: all, or those of its services.
        records: Person key of the reading to the record they have on the register.
        same_human: (record written by hand, person key): joined because a person said so.
        upward: Row key to the post above it that is not in the file (a partial chart hangs on the rest).
        returned: Person keys of people who were on an older chart and are back.
        offers: Pairs a person may be asked about, those already decided left out.
        weighed: What was changed by hand, held against this chart.
        rings: Rows that the file says are above themselves, each with its manager's, as long as nobody has cut one.
        before: Row key to that of whoever was above them on the chart in use.
    """

    stored: Stored
    reading: ChartReading
    rows: Rows
    apart: Rows
    scope: Rows
    changes: ChartChanges
    records: Mapping[str, UUID]
    same_human: tuple[tuple[UUID, str], ...]
    upward: Mapping[str, UUID]
    returned: frozenset[str]
    offers: tuple[Offer, ...]
    questions: tuple[chart_guard.Warning, ...]
    contained: frozenset[str]
    partial: bool
    from_memory: tuple[str, ...]
    weighed: Weighed
    rings: tuple[Mapping[str, str], ...] = ()
    before: Mapping[str, str] = field(default_factory=dict)


def work_out(
    stored: Stored,
    reading: ChartReading,
    decisions: Decisions,
    *,
    spellings: Mapping[str, UUID] | None = None,
    issued_on: date | None = None,
) -> Plan:
    """Compare a chart with the one in use under these decisions.

    Args:
        stored: The chart in use.
        reading: The chart as read.
        decisions: What was decided so far.
        spellings: Whom spellings meant at earlier imports: a record or a vacant post, by folded spelling.
        issued_on: The day the chart stands for, where a person said so.
    """
    rows = tuple(replace(row, gone="") if row.key in decisions.also else row for row in reading.people)
    apart, rows = tuple(row for row in rows if row.gone), tuple(row for row in rows if not row.gone)
    read, contained = rows, chart_guard.services(rows)
    different = decisions.different
    same = known_by_hand(stored, rows, same=decisions.same, different=different)
    rows = chart_silence.kept(rows, stored.rows, same=same, different=different)
    pairing = pair(stored.rows, rows, same=same, different=different)
    before = managers_before(stored.rows, rows, pairing.pairs)
    reading = resolve(replace(reading, people=with_offers(rows, before)), decisions.managers)
    reading = resolve_rows(reading, decisions.links)
    rings = matching.rings(reading.people)
    remembered, known = _from_memory(reading, pairing, spellings or {}, decisions, frozenset[str]().union(*rings))
    reading = resolve_rows(reading, known)
    rows = reading.people
    scope = chart_guard.within(stored.rows, contained, pairing.pairs) if decisions.partial else stored.rows
    changes = compare(scope, rows, same=same, different=different)
    back = pair(stored.former, _of(rows, changes.joined), same=same, different=different)
    assumed = {(offer.old, offer.new) for offer in back.offered if offer.assumed}
    returned = {new: old for old, new in back.pairs.items() if (old, new) not in assumed}
    by_hand = _likely(stored.by_hand, rows, same | different)
    records = {new: UUID(old) for old, new in changes.pairing.pairs.items()} | {
        new: UUID(old) for new, old in returned.items()
    }
    offers = (*changes.pairing.offered, *(o for o in back.offered if o.new not in returned), *by_hand)
    asked = chart_guard.warnings(
        replace(stored.as_reading(), people=scope), replace(reading, as_at=issued_on or reading.as_at), changes
    )
    return Plan(
        stored=stored,
        reading=reading,
        rows=rows,
        apart=apart,
        scope=scope,
        changes=changes,
        records=records,
        same_human=tuple(sorted((UUID(one), key) for one, key in same if _has(stored.by_hand, one))),
        upward=_upward(stored, rows, scope, records) if decisions.partial else {},
        returned=frozenset(returned),
        offers=tuple(offer for offer in offers if (offer.old, offer.new) not in same | different),
        questions=tuple(
            warning
            for warning in asked
            if warning.guard not in decisions.confirmed
            and not (decisions.partial and warning.guard is Guard.FEWER_LEVELS)
        ),
        contained=contained,
        partial=decisions.partial,
        from_memory=remembered,
        weighed=weigh(stored, read, rows, records, decisions.kept),
        rings=rings,
        before=before,
    )


def _from_memory(
    reading: ChartReading,
    pairing: Pairing,
    spellings: Mapping[str, UUID],
    decisions: Decisions,
    in_rings: Container[str],
) -> tuple[tuple[str, ...], dict[str, str | None]]:
    """Return the open spellings somebody settled at an earlier import, where that person is still on the chart.

    With them each row that they settle and its manager's; a ring is for a person to cut.
    """
    said = {fold(spelling) for spelling in decisions.managers}
    index = Index(reading.people)
    found: dict[str, dict[str, str | None]] = {}
    for entry in unresolved(reading):
        identity = spellings.get(fold(entry.spelling)) if entry.spelling else None
        person = pairing.pairs.get(str(identity))
        if person is not None and fold(entry.spelling) not in said:
            subject = index.rows[entry.rows[0]]
            manager = index.row_of(person, subject).key
            found[entry.spelling] = {row: manager for row in entry.rows if row not in in_rings}
    links = {row: manager for rows in found.values() for row, manager in rows.items()}
    return tuple(sorted(spelling for spelling, rows in found.items() if rows)), links


def _upward(stored: Stored, rows: Rows, scope: Rows, records: Mapping[str, UUID]) -> dict[str, UUID]:
    """Find the posts of other services that rows of a partial chart report to; each by an exact way only."""
    outside = {row.key for row in scope}
    others = [row for row in stored.rows if row.key not in outside]
    index = Index([*others, *rows])
    posts = {row.key: stored.post_of[row.key] for row in others if row.key in stored.post_of}
    found: dict[str, UUID] = {}
    for row in rows:
        if row.manager is not None or row.left_open:
            continue
        if not row.manager_text:
            above = _line_before(stored, row, records)
            if above is not None and above in posts.values():
                found[row.key] = above
            continue
        for _, people in index.exact(row):
            keys = {index.row_of(person, row).key for person in people} if len(people) == 1 else set()
            if keys and keys <= posts.keys():
                found[row.key] = posts[keys.pop()]
                break
    return found


def _line_before(stored: Stored, row: ChartPerson, records: Mapping[str, UUID]) -> UUID | None:
    """Return the post above somebody on the chart in use."""
    holder = records.get(row.person)
    for post, holders in stored.holders.items():
        if holder in holders or (row.post_ref and stored.posts[post].ref == row.post_ref):
            return stored.posts[post].reports_to
    return None


def _likely(by_hand: Rows, rows: Rows, decided: frozenset[tuple[str, str]]) -> list[Offer]:
    """Offer people the desk wrote down to those of the chart: what somebody said at the desk is never certain."""
    found = pair(by_hand, tuple(row for row in rows if row.living))
    sure = [Offer(old, new, "written down at the desk; the same name") for old, new in found.pairs.items()]
    offers = {(offer.old, offer.new): offer for offer in (*found.offered, *sure)}
    return [replace(offer, assumed=False) for key, offer in offers.items() if key not in decided]


def _of(rows: Rows, changes: Iterable[Change]) -> Rows:
    keys = {change.new for change in changes}
    people = {row.person for row in rows if row.key in keys}
    return tuple(row for row in rows if row.person in people)


def _has(rows: Rows, person: str) -> bool:
    return any(row.person == person for row in rows)


def first_rows(rows: Rows) -> dict[str, ChartPerson]:
    """Return one row for each human being."""
    return {key: found[0] for key, found in chart_humans.rows_by_person(rows).items()}
