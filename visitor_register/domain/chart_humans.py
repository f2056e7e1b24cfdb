"""Says which rows of one chart are one human being: somebody with two posts is listed twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from visitor_register.domain import chart_ids
from visitor_register.domain.chart import ChartPerson, Problem
from visitor_register.domain.names import fold

# An address on three people or more is a team's, not a person's.
SHARED_BY = 3


def own_addresses(people: Iterable[ChartPerson]) -> frozenset[str]:
    """Return the e-mail addresses that stand for one person: fewer than three names share them."""
    names: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.email and person.living:
            names[person.email].add(fold(person.name))
    return frozenset(address for address, who in names.items() if len(who) < SHARED_BY)


def join_rows(people: Sequence[ChartPerson]) -> tuple[ChartPerson, ...]:
    """Give the rows of one human being the same `person` key.

    The same name is not enough: the e-mail address or the staff number must agree too.
    """
    own = own_addresses(people)
    named: dict[str, list[ChartPerson]] = defaultdict(list)
    for person in people:
        if person.living:
            named[fold(person.name)].append(person)
    first: dict[str, str] = {}
    for rows in named.values():
        for at, row in enumerate(rows):
            same = next((other for other in rows[:at] if _one_human(row, other, own)), None)
            first[row.key] = first[same.key] if same else row.key
    return tuple(replace(person, person=first.get(person.key, person.key)) for person in people)


def clashes(people: Iterable[ChartPerson]) -> tuple[Problem, ...]:
    """Report what should be one person's own and stands on several: staff numbers, and posts with two titles."""
    numbers: dict[str, list[ChartPerson]] = defaultdict(list)
    posts: dict[str, list[ChartPerson]] = defaultdict(list)
    for person in people:
        if person.living and person.staff_number:
            numbers[person.staff_number].append(person)
        if person.post_ref and not person.gone:
            posts[person.post_ref].append(person)
    found = []
    for number, rows in numbers.items():
        if len({row.person for row in rows}) > 1:
            names = ", ".join(sorted({row.name for row in rows})[:5])
            found.append(Problem(rows[-1].where, f"Staff number {number} stands on different people: {names}."))
    for post, rows in posts.items():
        if len({fold(row.job_title) for row in rows}) > 1:
            titles = "; ".join(sorted({row.job_title for row in rows})[:5])
            found.append(Problem(rows[-1].where, f"Post reference {post} stands on different posts: {titles}."))
    return tuple(found)


def rows_by_person(people: Iterable[ChartPerson]) -> Mapping[str, tuple[ChartPerson, ...]]:
    """Group living rows by human being, each group in an order that does not depend on the file's."""
    groups: dict[str, list[ChartPerson]] = defaultdict(list)
    for person in people:
        if person.living:
            groups[person.person].append(person)
    return {key: tuple(sorted(rows, key=_order)) for key, rows in groups.items()}


def _one_human(one: ChartPerson, other: ChartPerson, own: frozenset[str]) -> bool:
    if one.email and one.email == other.email and one.email in own:
        return True
    if one.email and other.email and one.email != other.email:
        return False
    return bool(one.staff_number and other.staff_number) and chart_ids.may_be_same(one.staff_number, other.staff_number)


def _order(row: ChartPerson) -> tuple[str, str, str]:
    return row.post_ref, fold(row.job_title), fold(row.unit)
