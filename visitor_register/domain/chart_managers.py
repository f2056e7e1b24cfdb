"""Tells why a manager changed: because the person moved under another post, or because the post has a new holder."""

from collections.abc import Iterator, Mapping, Sequence

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_changes import Change, in_order
from visitor_register.domain.chart_pairs import Pairing
from visitor_register.domain.names import fold

RowPair = tuple[ChartPerson, ChartPerson]


def manager_changes(
    old: Sequence[ChartPerson], new: Sequence[ChartPerson], pairing: Pairing, rows: Sequence[RowPair]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return (other post above, same post with another holder).

    The holder of a vacant post is the next filled post above it. One succession gives a whole team a
    new manager, so changes of a post's holder carry that post in `group`. A manager that one of the
    charts leaves open is no change: nobody knows.
    """
    then, now = _Chart(old), _Chart(new)
    edge, holder = [], []
    for one, other in rows:
        above, above_now = then.manager(one), now.manager(other)
        if _unsettled(one) or _unsettled(other) or (above is None and above_now is None):
            continue
        moved = _another_post(above, above_now, pairing.pairs)
        if moved:
            edge.append(_change(one, other, _post(above), _post(above_now)))
            continue
        holders, holders_now = then.holders(above), now.holders(above_now)
        if {pairing.pairs.get(key, "gone " + key) for key in holders} != holders_now:
            before, after = then.names(holders), now.names(holders_now)
            edge_or_holder = _change(one, other, before, after, group=_post(above_now))
            holder.append(edge_or_holder)
    return in_order(edge), in_order(holder)


class _Chart:
    def __init__(self, people: Sequence[ChartPerson]) -> None:
        self._rows: Mapping[str, ChartPerson] = {row.key: row for row in people}
        self._posts: dict[object, set[str]] = {}
        for row in people:
            if row.living:
                self._posts.setdefault(_place(row), set()).add(row.person)

    def manager(self, row: ChartPerson) -> ChartPerson | None:
        return self._rows.get(row.manager) if row.manager else None

    def holders(self, above: ChartPerson | None) -> set[str]:
        """Return who answers for a post: its holders, or those of the next filled post above."""
        for row in self._upwards(above):
            if held := self._posts.get(_place(row)):
                return held
        return set()

    def names(self, people: set[str]) -> str:
        return " / ".join(sorted(self._rows[key].name for key in people))

    def _upwards(self, above: ChartPerson | None) -> Iterator[ChartPerson]:
        seen: set[str] = set()
        while above is not None and above.key not in seen:
            seen.add(above.key)
            yield above
            above = self.manager(above)


def _place(row: ChartPerson) -> object:
    """Return what tells a post: its reference, else its title in its team under its manager; else the row itself."""
    if row.post_ref:
        return row.post_ref
    return (fold(row.job_title), fold(row.unit), row.manager) if row.job_title and row.unit else row.key


def _another_post(above: ChartPerson | None, now: ChartPerson | None, pairs: Mapping[str, str]) -> bool:
    if above is None or now is None:
        return True
    if above.post_ref and now.post_ref:
        return above.post_ref != now.post_ref
    if above.living and now.living and pairs.get(above.person) == now.person:
        return False
    return (fold(above.job_title), fold(above.unit)) != (fold(now.job_title), fold(now.unit))


def _unsettled(row: ChartPerson) -> bool:
    """Say whether nobody knows the manager: one is written and not settled, or a drawing shows no certain line."""
    return row.manager is None and bool(row.manager_text or row.box)


def _post(row: ChartPerson | None) -> str:
    return "" if row is None else row.post_ref or ", ".join(filter(None, (row.job_title, row.unit)))


def _change(one: ChartPerson, other: ChartPerson, before: str, after: str, *, group: str = "") -> Change:
    return Change(other.name, other.post_ref, other.staff_number, before, after, "", group, one.key, other.key)
