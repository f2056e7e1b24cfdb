"""Where cards stand: nothing lies over anything else, whatever the structure, and every line leads where it should."""

import contextlib
import random
import time
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitor_register.domain.chart_drawing import MAX_LEVELS, NOBODY, Box, Card, Gaps, Layout, Stretch, TooDeepError
from visitor_register.domain.chart_layout import lay_out

GAPS = Gaps()


Cards = dict[int, Card]


def chart(above: list[int | None], draw: random.Random) -> tuple[Cards, list[int]]:
    """Cards of many sizes from a list that says for each who is above it, and the top row."""
    below: list[list[int]] = [[] for _ in above]
    for place, manager in enumerate(above):
        if manager is not None:
            below[manager].append(place)
    cards = [
        Card(draw.randrange(90, 281), draw.choice((48, 48, 48, 66, 86)), tuple(under), leads=bool(under))
        for under in below
    ]
    # Some branches are folded away.
    cards = [Card(one.width, one.height, (), leads=True) if one.leads and draw.random() < 0.1 else one for one in cards]
    return dict(enumerate(cards)), [place for place, manager in enumerate(above) if manager is None]


def placed(*cards: Card) -> Cards:
    """Cards by their places."""
    return dict(enumerate(cards))


def random_chart(seed: int) -> tuple[Cards, list[int]]:
    """A chart as councils have them, or odder: tops, services, teams, workers, all of random numbers."""
    draw = random.Random(seed)
    count = draw.randrange(1, 260)
    above: list[int | None] = [None]
    for place in range(1, count):
        roll = draw.random()
        if roll < 0.02:
            above.append(None)
        elif roll < 0.5:
            above.append(draw.randrange(max(0, place - 12), place))
        else:
            above.append(draw.randrange(0, min(place, 40)))
    return chart(above, draw)


def overlaps(boxes: Iterable[Box]) -> list[tuple[Box, Box]]:
    """Pairs of boxes that touch or lie over each other."""
    ordered = sorted(boxes, key=lambda box: box.left)
    found = []
    for at, box in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.left > box.right:
                break
            if other.top <= box.bottom and box.top <= other.bottom:
                found.append((box, other))
    return found


def span(line: Stretch) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    (x1, y1), (x2, y2) = line.start, line.end
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def meet(one: Stretch, other: Stretch) -> bool:
    """Whether two pieces of line share a point."""
    left, top, right, bottom = span(one)
    left_2, top_2, right_2, bottom_2 = span(other)
    return left <= right_2 and left_2 <= right and top <= bottom_2 and top_2 <= bottom


def crossings(lines: Iterable[Stretch]) -> list[tuple[Stretch, Stretch]]:
    """Pieces of different managers that meet."""
    ordered = sorted(lines, key=lambda line: span(line)[0])
    found = []
    for at, line in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if span(other)[0] > span(line)[2]:
                break
            if line.of != other.of and meet(line, other):
                found.append((line, other))
    return found


def through_cards(made: Layout) -> list[tuple[Stretch, Box]]:
    """Pieces of line that run through a card, its edges left out."""
    found = []
    for line in made.lines:
        left, top, right, bottom = span(line)
        for box in made.boxes.values():
            if left < box.right and right > box.left and top < box.bottom and bottom > box.top:
                found.append((line, box))
    return found


def sound(made: Layout) -> None:
    """Nothing lies over anything else."""
    assert overlaps(made.boxes.values()) == []
    assert crossings(made.lines) == []
    assert through_cards(made) == []


@pytest.mark.parametrize("stem", [False, True])
def test_fifty_charts_have_no_cards_over_each_other_and_no_lines_that_cross(stem: bool) -> None:
    for seed in range(50):
        cards, row = random_chart(seed)
        made = lay_out(cards, row, GAPS, stem=stem)
        sound(made)
        leads_to_each(made, cards, row, stem=stem)


def leads_to_each(made: Layout, cards: Cards, row: list[int], *, stem: bool) -> None:
    """Every card that can be reached is drawn once, and the line to it begins and ends at the right cards."""
    drawn = list(row)
    for place in drawn:
        drawn.extend(cards[place].below)
        for under in cards[place].below:
            way = made.way(under)
            top, box = made.boxes[place], made.boxes[under]
            assert way[0][1] == top.bottom
            assert top.left < way[0][0] < top.right
            assert way[-1] in ((box.middle, box.top), (box.left, box.top + box.height // 2))
            assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(way))
    assert sorted(drawn) == sorted(made.boxes)
    assert set(made.starts) == set(drawn) - (set() if stem else set(row))
    area = made.area
    assert all(area.left <= box.left and box.right <= area.right for box in made.boxes.values())
    assert all(area.top <= box.top and box.bottom <= area.bottom for box in made.boxes.values())


def test_a_card_is_as_large_as_it_asked_and_the_same_chart_is_drawn_the_same() -> None:
    cards, row = random_chart(7)
    made = lay_out(cards, row, GAPS)
    for place, box in made.boxes.items():
        assert box.width >= cards[place].width
        assert box.height == cards[place].height
    assert lay_out(cards, row, GAPS) == made


def test_a_team_stands_under_its_manager_in_one_column() -> None:
    cards = placed(Card(170, 48, (1, 2, 3), leads=True), Card(120, 48), Card(150, 66), Card(91, 48))
    made = lay_out(cards, [0], GAPS)
    manager, *team = (made.boxes[place] for place in range(4))
    assert [box.left for box in team] == [manager.left + GAPS.hang + GAPS.indent] * 3
    assert [box.width for box in team] == [150] * 3
    assert [box.top for box in team] == [70, 124, 196]
    line = manager.left + GAPS.hang
    assert made.way(1) == ((line, 48), (line, 94), (line + GAPS.indent, 94))
    assert {stretch.start[0] for stretch in made.lines} == {line}


def test_managers_stand_side_by_side_under_the_middle_of_theirs() -> None:
    cards = placed(Card(100, 48, (1, 2), leads=True), Card(100, 48, leads=True), Card(200, 48, leads=True))
    made = lay_out(cards, [0], GAPS)
    assert [(made.boxes[place].left, made.boxes[place].top) for place in (1, 2)] == [(0, 78), (116, 78)]
    assert made.boxes[0].middle == (made.boxes[1].middle + made.boxes[2].middle) // 2
    assert made.way(2) == ((133, 48), (133, 63), (216, 63), (216, 78))


def test_many_workers_are_parted_into_even_columns() -> None:
    cards = placed(Card(100, 48, tuple(range(1, 201)), leads=True), *(Card(100, 48) for _ in range(200)))
    made = lay_out(cards, [0], GAPS)
    sound(made)
    columns = sorted({made.boxes[place].left for place in range(1, 201)})
    assert len(columns) == 10
    assert made.area.height < 21 * 54 + 100


def test_whoever_stands_above_the_top_row_is_shown_by_a_line() -> None:
    cards = placed(Card(100, 48, leads=True), Card(100, 48, leads=True), Card(100, 48))
    made = lay_out(cards, [0, 1, 2], GAPS, stem=True)
    assert {line.of for line in made.lines} == {NOBODY}
    assert made.area.top == -GAPS.row
    assert made.boxes[2].left < made.boxes[0].left, "who leads nobody stands in the column, first"
    assert lay_out(cards, [0, 1, 2], GAPS).lines == ()
    beside = lay_out(cards, [0], GAPS, stem=True, apart=[1, 2])
    assert set(beside.starts) == {0}
    assert [beside.boxes[place].top for place in (0, 1, 2)] == [0, 0, 0]
    assert len(lay_out(cards, [], GAPS, stem=True, apart=[1]).boxes) == 1


def test_nobody_at_all_takes_no_room() -> None:
    assert lay_out({}, [], GAPS).area == Box(0, 0, 0, 0)
    assert lay_out(placed(Card(100, 48)), [0], GAPS).area == Box(0, 0, 100, 48)


def test_rings_and_cards_reached_twice_end() -> None:
    cards = placed(Card(100, 48, (1, 1), leads=True), Card(100, 48, (0, 1, 2), leads=True), Card(100, 48))
    made = lay_out(cards, [0, 0], GAPS)
    assert sorted(made.boxes) == [0, 1, 2]
    sound(made)


def test_more_levels_than_anybody_could_read_are_refused_at_once() -> None:
    def chain(levels: int) -> Cards:
        return placed(*(Card(100, 48, (place + 1,), leads=True) for place in range(levels - 1)), Card(100, 48))

    assert len(lay_out(chain(MAX_LEVELS), [0], GAPS).boxes) == MAX_LEVELS
    for levels in (MAX_LEVELS + 1, 3_000):
        cards = chain(levels) | {place: Card(100, 48) for place in range(levels, 5_000)}
        started = time.perf_counter()
        with pytest.raises(TooDeepError):
            lay_out(cards, [0, *range(levels, 5_000)], GAPS)
        assert time.perf_counter() - started < 2


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 5_000), st.integers(0, 5_000))
def test_five_thousand_people_in_any_shape_end_quickly(seed: int, reach: int, chain: int) -> None:
    """`reach` is how far back a manager may be: 1 is a chain of thousands, more is a bush; `chain` begins as one."""
    draw = random.Random(seed)
    above: list[int | None] = [None]
    for place in range(1, 5_000):
        above.append(place - 1 if place < chain % 70 else draw.randrange(max(0, place - reach), place))
    cards, row = chart(above, draw)
    started = time.perf_counter()
    with contextlib.suppress(TooDeepError):
        assert lay_out(cards, row, GAPS).boxes
    assert time.perf_counter() - started < 2
