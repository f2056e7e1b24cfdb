"""Compares two charts: who joined, left, moved, and whose manager changed, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from visitor_register.domain import chart_ids, chart_posts
from visitor_register.domain.chart import ChartPerson, Phone
from visitor_register.domain.chart_changes import Change, ChartChanges, TeamRename, in_order
from visitor_register.domain.chart_managers import manager_changes
from visitor_register.domain.chart_pairs import Human, Humans, Pairing, humans, pair_humans
from visitor_register.domain.chart_posts import RowPair
from visitor_register.domain.names import fold, words


def compare(
    old: Sequence[ChartPerson],
    new: Sequence[ChartPerson],
    *,
    same: frozenset[tuple[str, str]] = frozenset(),
    different: frozenset[tuple[str, str]] = frozenset(),
    pairing: Pairing | None = None,
) -> ChartChanges:
    """Say what changed from one chart to the next. Comparing the other way round gives the mirror image.

    Args:
        old, new: The rows of either chart, with `person` and `manager` settled. Rows listed apart do not count.
        same, different: (old person, new person) that somebody has decided on.
        pairing: Who is who, where that is known; then nobody else is paired.
    """
    before, after = humans(old), humans(new)
    pairing = pairing or pair_humans(before, after, same=same, different=different)
    staying = frozenset(pairing.pairs.values())
    rows = chart_posts.pair_rows(before, after, pairing)
    teams = _renamed_teams(rows, old, new)
    edge, holder = manager_changes(old, new, pairing, rows)
    posts = chart_posts.changes(old, new)
    return ChartChanges(
        pairing=pairing,
        joined=in_order(_whole(human, new=True) for key, human in after.items() if key not in staying),
        left=in_order(_whole(human, new=False) for key, human in before.items() if key not in pairing.pairs),
        moved=in_order(_moved(rows, teams)),
        retitled=in_order(_retitled(rows, teams)),
        renamed=in_order(_renamed(before, after, pairing)),
        contact_changed=in_order(_contacts(rows)),
        staff_no_changed=in_order(_numbers(rows)),
        manager_changed_edge=edge,
        manager_changed_holder=holder,
        post_added=posts[0],
        post_removed=posts[1],
        post_filled=posts[2],
        post_vacated=posts[3],
        team_renamed=teams,
        offered=tuple(_offers(before, after, pairing)),
    )


def _renamed_teams(
    rows: Sequence[RowPair], old: Sequence[ChartPerson], new: Sequence[ChartPerson]
) -> tuple[TeamRename, ...]:
    """Find teams whose members mostly reappear in one team that was not there before, while theirs is gone."""
    then, now = ({fold(row.unit) for row in people if row.unit and not row.gone} for people in (old, new))
    spelt = {fold(row.unit): row.unit for row in (*old, *new)}
    went: dict[str, Counter[str]] = defaultdict(Counter)
    came: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one, other in rows:
        source, target = fold(one.unit), fold(other.unit)
        went[source][target] += 1
        came[target][source] += 1
        names[source, target].append(other.name)
    found = []
    for source in sorted(then - now):
        for target, count in went[source].items():
            gone_together = count >= 2 and 2 * count > went[source].total() and 2 * count > came[target].total()
            if target in now - then and gone_together:
                found.append(TeamRename(spelt[source], spelt[target], tuple(sorted(names[source, target]))))
    return tuple(found)


def _moved(rows: Sequence[RowPair], teams: Sequence[TeamRename]) -> Iterator[Change]:
    for one, other in rows:
        if one.unit and other.unit and fold(one.unit) != fold(other.unit) and not _by_rename(one, other, teams):
            yield _change(one, other, one.unit, other.unit)


def _retitled(rows: Sequence[RowPair], teams: Sequence[TeamRename]) -> Iterator[Change]:
    for one, other in rows:
        if words(one.job_title) == words(other.job_title):
            continue
        rename = _by_rename(one, other, teams)
        if rename and _without(one.job_title, rename.before) == _without(other.job_title, rename.after):
            continue
        yield _change(one, other, one.job_title, other.job_title)


def _by_rename(one: ChartPerson, other: ChartPerson, teams: Sequence[TeamRename]) -> TeamRename | None:
    units = fold(one.unit), fold(other.unit)
    return next((team for team in teams if (fold(team.before), fold(team.after)) == units), None)


def _without(title: str, team: str) -> frozenset[str]:
    """Return the words of a title that do not come from the team's name."""
    return frozenset(words(title)) - frozenset(words(team)) - {"team"}


def _renamed(before: Humans, after: Humans, pairing: Pairing) -> Iterator[Change]:
    for key, other_key in pairing.pairs.items():
        one, other = before[key], after[other_key]
        if not one.names & other.names:
            yield _change(one.first, other.first, one.first.name, other.first.name)


def _contacts(rows: Sequence[RowPair]) -> Iterator[Change]:
    seen = set()
    for one, other in rows:
        renamed = fold(one.name) != fold(other.name)
        # A new surname brings a new address: that is reported with the name.
        mails = ("", "") if renamed and one.email and other.email else (one.email, other.email)
        for field, then, now in (
            ("phone", _numbers_of(one, mobile=False), _numbers_of(other, mobile=False)),
            ("mobile", _numbers_of(one, mobile=True), _numbers_of(other, mobile=True)),
            ("email", *mails),
        ):
            # Somebody with two posts has one telephone.
            if then != now and (one.person, field, then, now) not in seen:
                seen.add((one.person, field, then, now))
                yield _change(one, other, then, now, field=field)


def _numbers(rows: Sequence[RowPair]) -> Iterator[Change]:
    seen = set()
    for one, other in rows:
        if one.staff_number and other.staff_number and not chart_ids.may_be_same(one.staff_number, other.staff_number):
            if one.person not in seen:
                yield _change(one, other, one.staff_number, other.staff_number)
            seen.add(one.person)


def _offers(before: Humans, after: Humans, pairing: Pairing) -> Iterator[Change]:
    for offer in pairing.offered:
        one, other = before[offer.old].first, after[offer.new].first
        yield _change(
            one,
            other,
            _described(one),
            _described(other),
            field="assumed" if offer.assumed else "asked",
            group=offer.why,
        )


def _described(row: ChartPerson) -> str:
    return ", ".join(filter(None, (row.name, row.staff_number, row.job_title, row.unit, row.email)))


def _whole(human: Human, *, new: bool) -> Change:
    row = human.first
    places = {"new": row.key} if new else {"old": row.key}
    return Change(row.name, row.post_ref, row.staff_number, **places)


def _numbers_of(row: ChartPerson, *, mobile: bool) -> str:
    phones = row.mobiles if mobile else row.phones
    return "; ".join(sorted({said for phone in phones if (said := _number(phone))}))


def _number(phone: Phone) -> str:
    """Return a number with its extension; what is only typed, and no number, is not compared."""
    return " ".join(filter(None, (phone.number, phone.extension and f"ext. {phone.extension}")))


def _change(
    one: ChartPerson, other: ChartPerson, before: str, after: str, *, field: str = "", group: str = ""
) -> Change:
    return Change(other.name, other.post_ref, other.staff_number, before, after, field, group, one.key, other.key)
