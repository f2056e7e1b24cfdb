"""Keeps everybody once who stands on two sheets of one file with the same post."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from visitor_register.domain.chart import ChartPerson, Problem, spelling_key
from visitor_register.domain.names import fold


def once(rows: Sequence[ChartPerson]) -> tuple[list[ChartPerson], list[Problem]]:
    """Leave out who was on an earlier sheet already (one for all staff, one a team), and say so.

    What only the row that is left out says is kept: the line of a drawing, and the numbers of the list beside it.
    """
    alone: Counter[tuple[str, ...]] = Counter((_sheet(row), *_called(row)) for row in rows)
    seen: dict[tuple[str, ...], str] = {}
    kept: dict[str, ChartPerson] = {}
    boxes: dict[str, str] = {}
    problems = []
    for row in rows:
        ways = [way for way in (_by_number(row), _beside_a_drawing(row, alone)) if way and not row.gone]
        earlier = [kept[seen[way]] for way in ways if way in seen]
        first = next((one for one in earlier if _sheet(one) != _sheet(row) and _agree(one, row)), None)
        if first is None:
            kept[row.key] = row
            for way in ways:
                seen.setdefault(way, row.key)
            continue
        problems.append(Problem(row.where, f"“{row.name}” stands on two sheets with the same post; once is kept."))
        kept[first.key] = _together(first, row)
        if row.box and first.box:
            boxes[row.box] = first.box
    return [_led_to(row, boxes) for row in kept.values()], problems


def _sheet(row: ChartPerson) -> str:
    return row.key.partition("r")[0]


def _called(row: ChartPerson) -> tuple[str, str]:
    return fold(row.name), fold(row.job_title)


def _by_number(row: ChartPerson) -> tuple[str, ...]:
    """Return what certainly is one post of one person; () without a number or an address."""
    own = row.staff_number or row.email
    same = (*_called(row), own, fold(row.unit), spelling_key(row.manager_text))
    return same if row.name and own else ()


def _beside_a_drawing(row: ChartPerson, alone: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    """Return name and title where nobody else on the sheet has both; () for any other."""
    return _called(row) if row.name and row.job_title and alone[_sheet(row), *_called(row)] == 1 else ()


def _agree(one: ChartPerson, other: ChartPerson) -> bool:
    """Say whether two rows found by either way are one: a drawing says no numbers, and a list no lines."""
    if _by_number(one) == _by_number(other) != ():
        return True
    pairs = ((one.email, other.email), (one.staff_number, other.staff_number), (fold(one.unit), fold(other.unit)))
    return bool(one.box or other.box) and all(not left or not right or left == right for left, right in pairs)


def _together(first: ChartPerson, row: ChartPerson) -> ChartPerson:
    return replace(
        first,
        email=first.email or row.email,
        staff_number=first.staff_number or row.staff_number,
        unit=first.unit or row.unit,
        service=first.service or row.service,
        phones=first.phones or row.phones,
        mobiles=first.mobiles or row.mobiles,
        box=first.box or row.box,
        maybe_boxes=first.maybe_boxes or row.maybe_boxes,
        reports=replace(first.reports, box=first.reports.box or row.reports.box),
    )


def _led_to(row: ChartPerson, boxes: Mapping[str, str]) -> ChartPerson:
    if not boxes.keys() & {row.reports.box, *row.maybe_boxes}:
        return row
    reports = replace(row.reports, box=boxes.get(row.reports.box, row.reports.box))
    return replace(row, reports=reports, maybe_boxes=tuple(boxes.get(box, box) for box in row.maybe_boxes))
