"""A chart that has no column for something says nothing about it: two charts are compared by what both of them say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from visitor_register.domain import chart_posts
from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_humans import rows_by_person
from visitor_register.domain.chart_pairs import humans, pair_humans
from visitor_register.domain.names import fold

Rows = tuple[ChartPerson, ...]
Decided = frozenset[tuple[str, str]]

_IDENTITY = ("staff_number", "email")
_OF_PERSON = ("known_as", "phones", "mobiles", "organisation", "contract", *_IDENTITY)
_OF_POST = ("post_ref", "unit", "service", "directorate", "level")
# A drawing prints what there is room for: what is blank in one box only is not said either.
_WHERE_THERE_IS_ROOM = frozenset(
    ("known_as", "phones", "mobiles", "organisation", "email", "unit", "service", "directorate")
)


def alike(old: ChartReading, new: ChartReading) -> tuple[Rows, Rows]:
    """Return the rows of both charts that count, each saying as much as the other one does.

    What one chart does not say, it is taken to say as the other does: who is one person, what their number is,
    what a post's reference is. A chart that lists no vacant post and has no references tells only which posts are
    held: the other's vacant ones are passed over, and whoever is under one is under the next post up.
    """
    before, after = (tuple(row for row in chart.people if not row.gone) for chart in (old, new))
    then, now = _silence(before), _silence(after)
    before, after = _one_person(before, then, after), _one_person(after, now, before)
    there = _match(before, after)
    back = there.turned()
    before, after = _filled(before, then, after, back), _filled(after, now, before, there)
    shared, shared_now = _shared(before), _shared(after)
    before = _under_one(before, _elsewhere(shared_now, there) | shared)
    after = _under_one(after, _elsewhere(shared, back) | shared_now)
    return (
        _held_only(before, back.posts.keys()) if now.held_only else before,
        _held_only(after, there.posts.keys()) if then.held_only else after,
    )


def kept(rows: Rows, known: Rows, *, same: Decided, different: Decided) -> Rows:
    """Give a chart's rows what it does not say and the chart in use does: a list without telephones takes none away.

    Args:
        rows: The rows of the chart as read that count.
        known: The chart in use.
        same, different: (person in use, person of the reading) that somebody has decided on.
    """
    silence = _silence(rows)
    rows = _one_person(rows, silence, known)
    return _filled(rows, silence, known, _match(known, rows, same=same, different=different))


@dataclass(frozen=True, slots=True)
class _Silence:
    """What a chart never says; what it does not say wherever it is blank; whether it is silent about managers;
    and whether it lists posts that are held and no others, without references.
    """

    never: frozenset[str]
    blank: frozenset[str]
    managers: bool
    held_only: bool

    def of(self, row: ChartPerson, names: Iterable[str]) -> list[str]:
        """Return those of these fields that the chart does not say about a row."""
        return [name for name in names if name in self.never or (name in self.blank and not getattr(row, name))]


def _silence(rows: Rows) -> _Silence:
    drawn = any(row.box for row in rows)
    said = {name for row in rows for name in (*_OF_PERSON, *_OF_POST) if getattr(row, name)}
    return _Silence(
        never=frozenset((*_OF_PERSON, *_OF_POST)) - said,
        blank=_WHERE_THERE_IS_ROOM if drawn else frozenset(),
        managers=not any(row.manager or row.manager_text for row in rows),
        held_only="post_ref" not in said and not any(row.vacant for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _Match:
    """From one chart to another: `people` by person key, `posts` by row key, and the people who may be others."""

    people: Mapping[str, str]
    posts: Mapping[str, str]
    doubted: frozenset[tuple[str, str]]

    def turned(self) -> "_Match":
        """Return the same the other way round."""
        people, posts = ({new: old for old, new in way.items()} for way in (self.people, self.posts))
        return _Match(people, posts, frozenset((new, old) for old, new in self.doubted))


def _match(known: Rows, rows: Rows, *, same: Decided = frozenset(), different: Decided = frozenset()) -> _Match:
    """Match the rows of a chart, which come first in the result, with those that are known."""
    before, after = humans(known), humans(rows)
    pairing = pair_humans(before, after, same=same, different=different)
    posts = chart_posts.same_posts(known, rows, chart_posts.pair_rows(before, after, pairing))
    doubted = frozenset((offer.old, offer.new) for offer in pairing.offered if offer.assumed)
    return _Match(pairing.pairs, posts, doubted).turned()


def _one_person(rows: Rows, silence: _Silence, known: Rows) -> Rows:
    """Take two rows of one name for one person, where a chart cannot say so and the other one does."""
    if not silence.never.issuperset(_IDENTITY):
        return rows
    named: dict[str, list[ChartPerson]] = defaultdict(list)
    for row in known:
        if row.living:
            named[fold(row.name)].append(row)
    first: dict[str, str] = {}
    joined = []
    for row in rows:
        posts = [other for other in named.get(fold(row.name), ()) if row.living and _may_be_one_post(row, other)]
        people = {other.person for other in posts}
        person = first.setdefault(people.pop(), row.person) if len(people) == 1 else row.person
        joined.append(replace(row, person=person))
    return tuple(joined)


def _may_be_one_post(one: ChartPerson, other: ChartPerson) -> bool:
    same_team = not one.unit or not other.unit or fold(one.unit) == fold(other.unit)
    return same_team and fold(one.job_title) == fold(other.job_title)


def _filled(rows: Rows, silence: _Silence, known: Rows, match: _Match) -> Rows:
    """Give rows what their chart does not say, as the matching row or person of the other chart has it."""
    posts = {row.key: row for row in known}
    people = rows_by_person(known)
    services = {fold(row.unit): row.service for row in known if row.unit and row.service}
    here = {then: now for now, then in match.posts.items()}
    filled = []
    for row in rows:
        other = match.people.get(row.person, "")
        doubted = (row.person, other) in match.doubted
        post = posts.get(match.posts.get(row.key, ""))
        # Somebody with two posts may have a number in each.
        own = [post] if post is not None and post.person == other else []
        said: dict[str, object] = {
            name: _first_said([*own, *people[other]], name)
            for name in (silence.of(row, _OF_PERSON) if other in people else ())
            if not (doubted and name in _IDENTITY)
        }
        if post is not None:
            said |= {name: getattr(post, name) for name in silence.of(row, _OF_POST)}
            if silence.managers:
                said["manager"] = here.get(post.manager or "")
        if "service" in silence.of(row, ("service",)) and not said.get("service"):
            said["service"] = services.get(fold(row.unit), "")
        filled.append(replace(row, **said) if said else row)  # type: ignore[arg-type]
    return tuple(filled)


def _first_said(rows: Sequence[ChartPerson], name: str) -> object:
    return next((value for row in rows if (value := getattr(row, name))), getattr(rows[0], name))


def _shared(rows: Rows) -> dict[str, str]:
    """Return the posts that a drawing shows in one box for several people: each row's key to that of the first name."""
    boxes: dict[str, list[ChartPerson]] = defaultdict(list)
    for row in rows:
        if row.box and row.living:
            boxes[row.box].append(row)
    first = {box: min(sharing, key=lambda row: fold(row.name)).key for box, sharing in boxes.items()}
    return {row.key: first[box] for box, sharing in boxes.items() for row in sharing if row.key != first[box]}


def _elsewhere(shared: Mapping[str, str], match: _Match) -> dict[str, str]:
    """Return the same for the rows of the other chart."""
    posts = match.posts
    return {posts[key]: posts[first] for key, first in shared.items() if key in posts and first in posts}


def _under_one(rows: Rows, shared: Mapping[str, str]) -> Rows:
    """Put whoever is under one of several who share a post under the first of them."""
    return tuple(replace(row, manager=shared.get(row.manager or "", row.manager)) for row in rows)


def _held_only(rows: Rows, matched: Collection[str]) -> Rows:
    """Leave out vacant posts that the other chart cannot show; nothing is said either of posts that it may not know."""
    over = {row.key: row.manager for row in rows if row.vacant and row.key not in matched}
    kept_rows = []
    for row in rows:
        if row.key in over:
            continue
        manager, seen = row.manager, set[str]()
        while manager is not None and manager in over and manager not in seen:
            seen.add(manager)
            manager = over[manager]
        reference = row.post_ref if row.key in matched else ""
        kept_rows.append(replace(row, manager=None if manager in over else manager, post_ref=reference))
    return tuple(kept_rows)
