"""Says who on one chart is who on the next. Never joined silently by name alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from visitor_register.domain import chart_humans, chart_ids
from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.names import fold, words

Rows = tuple[ChartPerson, ...]

# What more pairs of leavers and joiners have in common than this tells nobody apart.
_TELLS_APART = 400
_OFFERED_EACH = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """Two people who may be one, for a person to say. Keys are `ChartPerson.person` of either chart.

    `assumed`: the evidence is strong, so they count as one until somebody says no.
    """

    old: str
    new: str
    why: str
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who is who: `pairs` old person key to new, certain and assumed; `offered`, what a person is asked."""

    pairs: dict[str, str]
    offered: tuple[Offer, ...]


class Human:
    """One human being of one chart, with all rows; what identifies people is collected from all of them."""

    def __init__(self, key: str, rows: Rows, own: frozenset[str], names: Mapping[str, str]) -> None:
        self.key = key
        self.rows = rows
        self.first = rows[0]
        self.names = frozenset(fold(name) for row in rows for name in (row.name, *_nickname(row)) if name)
        self.numbers = frozenset(row.staff_number for row in rows if row.staff_number)
        self.emails = frozenset(row.email for row in rows if row.email and row.email in own)
        self.posts = frozenset(row.post_ref for row in rows if row.post_ref)
        self.phones = frozenset(phone.number for row in rows for phone in (*row.phones, *row.mobiles) if phone.number)
        self.units = frozenset(fold(row.unit) for row in rows if row.unit)
        self.managers = frozenset(fold(names[row.manager]) for row in rows if row.manager and names.get(row.manager))
        self.titles = frozenset(fold(row.job_title) for row in rows if row.job_title)
        self.places = frozenset((fold(row.job_title), fold(row.unit)) for row in rows)
        self.surname = words(rows[0].name)[-1] if words(rows[0].name) else ""
        self.forename = next(iter(words(rows[0].name)), "")
        self.words = frozenset(word for name in self.names for word in words(name))


Humans = Mapping[str, Human]


def humans(people: Iterable[ChartPerson]) -> Humans:
    """Collect the named people of a chart by person key. Rows listed apart do not count."""
    listed = list(people)
    own = chart_humans.own_addresses(listed)
    names = {row.key: row.name for row in listed}
    return {key: Human(key, rows, own, names) for key, rows in chart_humans.rows_by_person(listed).items()}


def pair(
    old: Sequence[ChartPerson],
    new: Sequence[ChartPerson],
    *,
    same: frozenset[tuple[str, str]] = frozenset(),
    different: frozenset[tuple[str, str]] = frozenset(),
) -> Pairing:
    """Pair the people of two charts.

    In this order, each only where it is unique on both sides: staff number, post and name, e-mail address,
    name and team, and where a chart does not say the team, name and job title, name and manager. Where that goes
    against a staff number or leaves doubt, the pair is assumed and offered.
    What is left is only offered.

    Args:
        same, different: (old person, new person) that somebody has decided on.
    """
    return pair_humans(humans(old), humans(new), same=same, different=different)


def pair_humans(
    old: Humans,
    new: Humans,
    *,
    same: frozenset[tuple[str, str]] = frozenset(),
    different: frozenset[tuple[str, str]] = frozenset(),
) -> Pairing:
    """Pair as `pair` does, people who have been collected already."""
    work = _Work(old, new, different)
    for before, after in sorted(same):
        if before in work.old and after in work.new:
            work.join(before, after)
    for ways, doubt in _STEPS:
        work.step(ways, doubt)
    return Pairing(work.pairs, (*work.assumed, *work.offers()))


class _Work:
    def __init__(self, old: Humans, new: Humans, different: frozenset[tuple[str, str]]) -> None:
        self.old, self.new = dict(old), dict(new)
        self.pairs: dict[str, str] = {}
        self.assumed: list[Offer] = []
        self._different = different

    def join(self, before: str, after: str) -> None:
        self.pairs[before] = after
        del self.old[before], self.new[after]

    def step(self, ways: "Ways", doubt: "Doubt") -> None:
        left, right = _by_way(self.old.values(), ways), _by_way(self.new.values(), ways)
        for way in sorted(left.keys() & right.keys(), key=str):
            if len(left[way]) != 1 or len(right[way]) != 1:
                continue
            before, after = left[way][0], right[way][0]
            if before.key not in self.old or after.key not in self.new or (before.key, after.key) in self._different:
                continue
            why = doubt(before, after)
            if why is None:
                continue
            self.join(before.key, after.key)
            if why:
                self.assumed.append(Offer(before.key, after.key, why, assumed=True))

    def offers(self) -> Iterator[Offer]:
        """Compare who left with who joined, where they have anything in common; the likelier pair first."""
        found = []
        for before, after in self._with_something_in_common():
            why, weight = _likeness(before, after)
            if weight and (before.key, after.key) not in self._different:
                found.append((-weight, min(before.first.name, after.first.name), Offer(before.key, after.key, why)))
        asked: Counter[tuple[str, str]] = Counter()
        for _, _, offer in sorted(found, key=lambda entry: entry[:2]):
            both = ("old", offer.old), ("new", offer.new)
            if all(asked[one] < _OFFERED_EACH for one in both):
                asked.update(both)
                yield offer

    def _with_something_in_common(self) -> Iterator[tuple[Human, Human]]:
        left, right = _by_way(self.old.values(), _traces), _by_way(self.new.values(), _traces)
        seen = set()
        for trace in sorted(left.keys() & right.keys(), key=str):
            if len(left[trace]) * len(right[trace]) <= _TELLS_APART:
                for before, after in product(left[trace], right[trace]):
                    if (before.key, after.key) not in seen:
                        seen.add((before.key, after.key))
                        yield before, after


Ways = Callable[[Human], Iterable[object]]
Doubt = Callable[[Human, Human], str | None]


def _number_doubt(before: Human, after: Human) -> str | None:
    known = before.words & after.words or before.emails & after.emails or before.phones & after.phones
    return "" if known else None


def _number_differs(before: Human, after: Human) -> bool:
    if not before.numbers or not after.numbers or before.numbers & after.numbers:
        return False
    return not any(chart_ids.may_be_same(one, other) for one, other in product(before.numbers, after.numbers))


def _name_doubt(before: Human, after: Human) -> str | None:
    """Doubt a pair found by name and place: a staff number or an address that says otherwise."""
    if _number_differs(before, after):
        mails = before.emails & after.emails
        return (
            f"same name and {'e-mail address' if mails else 'place'}, another staff number"
            if mails or before.posts & after.posts
            else None
        )
    if before.emails and after.emails and not before.emails & after.emails and not (_locals(before) & _locals(after)):
        return "same name and place, another e-mail address"
    return ""


def _no_team_doubt(before: Human, after: Human) -> str | None:
    """Doubt a pair where a chart does not say the team. Where both do, two teams that differ make two people."""
    return None if before.units and after.units else _name_doubt(before, after)


def _email_doubt(before: Human, after: Human) -> str | None:
    if not before.words & after.words:
        return None
    if _number_differs(before, after):
        return "same e-mail address, another staff number" if before.names & after.names else None
    return ""


def _names_and(places: Callable[[Human], Iterable[str]]) -> Ways:
    return lambda human: [(name, place) for name in human.names for place in places(human)]


_STEPS: tuple[tuple[Ways, Doubt], ...] = (
    (lambda human: human.numbers, _number_doubt),
    (_names_and(lambda human: human.posts), _name_doubt),
    (lambda human: human.emails, _email_doubt),
    (_names_and(lambda human: human.units), _name_doubt),
    (_names_and(lambda human: human.titles), _no_team_doubt),
    (_names_and(lambda human: human.managers), _no_team_doubt),
)


def _likeness(before: Human, after: Human) -> tuple[str, int]:
    """Say why two people may be one, and how strongly; 0 for no reason."""
    same_name = bool(before.names & after.names)
    if before.emails & after.emails:
        return "same e-mail address", 6
    if before.numbers & after.numbers:
        return "same staff number", 6
    if before.phones & after.phones and (before.words & after.words):
        return "same telephone number and part of the name", 5
    if same_name and before.places & after.places:
        return "same name and post", 5
    if before.forename == after.forename and (before.places & after.places or before.posts & after.posts):
        return "same forename, job title and team", 4
    if same_name:
        return "same name; nothing else agrees", 2
    if len(before.words & after.words) > 1 and before.posts & after.posts:
        return "similar name in the same post", 3
    if before.surname == after.surname and before.places & after.places:
        return "same surname, job title and team", 3
    return "", 0


def _traces(human: Human) -> Iterator[object]:
    """Yield whatever two people must share for `_likeness` to have a reason."""
    yield from human.emails
    yield from human.numbers
    yield from human.names
    for word in human.words:
        yield from ((word, number) for number in human.phones)
        yield from ((word, post) for post in human.posts)
    yield from ((human.forename, place) for place in (*human.places, *human.posts))
    yield from ((human.surname, place) for place in human.places)


def _by_way(people: Iterable[Human], ways: Ways) -> dict[object, list[Human]]:
    found: dict[object, list[Human]] = defaultdict(list)
    for human in people:
        for way in set(ways(human)):
            found[way].append(human)
    return found


def _locals(human: Human) -> frozenset[str]:
    return frozenset(address.partition("@")[0] for address in human.emails)


def _nickname(row: ChartPerson) -> tuple[str, ...]:
    parts = row.name.split()
    return (" ".join((row.known_as, *parts[1:])),) if row.known_as and len(parts) > 1 else ()
