"""Says which post of one chart is which post of the other: by reference, or by what else is the same."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_pairs import Human, Humans, Pairing
from visitor_register.domain.names import fold

RowPair = tuple[ChartPerson, ChartPerson]
Way = Callable[[ChartPerson, str], object]
MayBe = Callable[[ChartPerson, ChartPerson], bool]
Lists = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def pair_rows(old: Humans, new: Humans, pairing: Pairing) -> list[RowPair]:
    """Pair the rows of everybody who is on both charts."""
    return [rows for one, other in pairing.pairs.items() for rows in _rows_of_one(old[one], new[other])]


def _rows_of_one(before: Human, after: Human) -> Iterator[RowPair]:
    """Pair the posts of one human being: by reference, by title and team, by team, then in order."""
    left, right = list(before.rows), list(after.rows)
    for same in (
        lambda one, other: one.post_ref and one.post_ref == other.post_ref,
        lambda one, other: fold(one.job_title) == fold(other.job_title) and fold(one.unit) == fold(other.unit),
        lambda one, other: fold(one.job_title) == fold(other.job_title) and not _elsewhere(one, other),
        lambda one, other: fold(one.unit) == fold(other.unit),
        lambda one, other: True,
    ):
        for one in list(left):
            other = next((row for row in right if same(one, row)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                yield one, other


def same_posts(old: Sequence[ChartPerson], new: Sequence[ChartPerson], rows: Iterable[RowPair]) -> dict[str, str]:
    """Find the same posts where a chart has no references: old row key to new row key, each once.

    Somebody who stayed in their team kept their post; a post without them is found by title, team and manager,
    and where a chart says no teams by title and manager. Several alike are interchangeable.
    """
    work = _Posts(old, new)
    for one, other in rows:
        if not _elsewhere(one, other):
            work.join(one, other)
    # A manager's own post may be found in one round, and what stands under it in the next. A vacant post is rather
    # the one that was vacant; in the last round it may have been filled, or vacated.
    for like in (True, True, False):
        work.step(lambda row, above: (fold(row.job_title), fold(row.unit), above) if row.unit else None, like=like)
        work.step(lambda row, _: (fold(row.job_title), fold(row.unit)) if row.unit else None, like=like)
        work.step(lambda row, above: (fold(row.job_title), above) if above else None, _not_elsewhere, like=like)
    work.step(lambda row, _: fold(row.job_title), _vacant_under_nobody_known, like=True)
    return work.found


def _always(_one: ChartPerson, _other: ChartPerson) -> bool:
    return True


class _Posts:
    def __init__(self, old: Sequence[ChartPerson], new: Sequence[ChartPerson]) -> None:
        self.found: dict[str, str] = {}
        self._old = {row.key: row for row in old if not row.gone}
        self._new = {row.key: row for row in new if not row.gone}

    def join(self, one: ChartPerson, other: ChartPerson) -> None:
        if one.key in self._old and other.key in self._new:
            self.found[one.key] = other.key
            del self._old[one.key], self._new[other.key]

    def step(self, way: Way, may_be: MayBe = _always, *, like: bool) -> None:
        """Join what is left by one way of telling posts apart; `way` gets the row and the new key of its manager.

        `like`: only a vacant post with a vacant one, and a held one with a held one.
        """
        free: dict[object, list[ChartPerson]] = defaultdict(list)
        for row in reversed(self._new.values()):
            free[way(row, row.manager or ""), like and row.vacant].append(row)
        for row in list(self._old.values()):
            found = way(row, self.found.get(row.manager or "", ""))
            waiting = free.get((found, like and row.vacant), []) if found is not None else []
            at = next((at for at in reversed(range(len(waiting))) if may_be(row, waiting[at])), None)
            if at is not None:
                self.join(row, waiting.pop(at))


def _elsewhere(one: ChartPerson, other: ChartPerson) -> bool:
    """Say whether two rows are certainly in different teams."""
    return bool(one.unit and other.unit) and fold(one.unit) != fold(other.unit)


def _not_elsewhere(one: ChartPerson, other: ChartPerson) -> bool:
    return not _elsewhere(one, other)


def _vacant_under_nobody_known(one: ChartPerson, other: ChartPerson) -> bool:
    known = one.manager is not None and other.manager is not None
    return one.vacant and other.vacant and not known and not _elsewhere(one, other)


def changes(old: Sequence[ChartPerson], new: Sequence[ChartPerson]) -> Lists:
    """Compare posts by reference: added, removed, filled, vacated. Without references nothing is said."""
    then, now = _held(old), _held(new)
    if not then or not now:
        return (), (), (), ()
    both = then.keys() & now.keys()
    filled = [post for post in both if now[post] and not then[post]]
    vacated = [post for post in both if then[post] and not now[post]]
    added, removed = now.keys() - then.keys(), then.keys() - now.keys()
    return tuple(sorted(added)), tuple(sorted(removed)), tuple(sorted(filled)), tuple(sorted(vacated))


def _held(people: Iterable[ChartPerson]) -> dict[str, bool]:
    held: dict[str, bool] = {}
    for row in people:
        if row.post_ref and not row.gone:
            held[row.post_ref] = held.get(row.post_ref, False) or row.living
    return held
