"""Lines that are not glued to boxes: set where they are drawn beyond doubt, offered elsewhere, and never wrong."""

import math
import random
from collections import Counter
from itertools import pairwise

import pytest

from tests.files.drawn_charts import Chart, Style, chart
from visitor_register.domain.chart_table import Mark
from visitor_register.files.drawn_shapes import Shape, Tie
from visitor_register.files.geometry import MOST_SHAPES, Segment, ties


def box(id_: str, left: float, top: float, width: float = 100, height: float = 40, *, framed: bool = True) -> Shape:
    """A box with its id as text."""
    return Shape(id_, left, top, left + width, top + height, (id_,), framed=framed)


def path(*points: tuple[float, float], dashed: bool = False) -> list[Segment]:
    """Lines from point to point."""
    return [Segment(*one, *other, dashed) for one, other in pairwise(points)]


def placed(found: list[Tie]) -> dict[str, str]:
    """Who certainly reports to whom."""
    return {tie.child: tie.manager for tie in found if tie.mark is Mark.SET}


def offered(found: list[Tie]) -> dict[str, tuple[str, ...]]:
    """Who may choose among whom, of those who are not placed."""
    return {tie.child: tie.may for tie in found if tie.mark is Mark.CHECK and not tie.dashed}


def test_a_bar_with_drops_has_one_manager_and_the_way_is_kept() -> None:
    boxes = [box("a", 100, 0), box("b", 0, 100), box("c", 110, 100), box("d", 220, 100)]
    lines = [*path((150, 40), (150, 70)), *path((45, 70), (255, 70)), *path((45, 70), (45, 100))]
    lines += [*path((150, 70), (150, 97)), *path((255, 104), (255, 70))]
    found = ties(boxes, lines)
    assert placed(found) == {"b": "a", "c": "a", "d": "a"}
    assert found[0].points == ((45, 100), (45, 70), (150, 70), (150, 40))
    assert len(found) == 3


def test_a_line_behind_boxes_is_cut_there() -> None:
    boxes = [box("head", 0, 0, 160), box("deputy", 20, 80, 120), box("b", 0, 200, 70), box("c", 90, 200, 70)]
    lines = [*path((80, 20), (80, 170)), *path((30, 170), (130, 170)), *path((30, 170), (30, 220))]
    lines += path((130, 170), (130, 200))
    assert placed(ties(boxes, lines)) == {"deputy": "head", "b": "deputy", "c": "deputy"}


def test_one_line_behind_a_stack_of_equal_boxes_is_a_question() -> None:
    boxes = [box("head", 0, 0, 160), *(box(f"w{at}", 0, 80 + 60 * at) for at in range(3))]
    found = ties(boxes, path((50, 20), (50, 220)))
    assert placed(found) == {"w0": "head"}
    assert {"head", "w0"} <= set(offered(found)["w1"])
    assert offered(found)["w2"]


def test_a_bar_that_goes_on_behind_a_box_stays_one_bar() -> None:
    boxes = [box("head", 0, 0), box("aide", 185, 50, 60), *(box(f"w{at}", 110 * at, 120) for at in range(3))]
    lines = [*path((50, 40), (50, 70)), *path((50, 70), (270, 70))]
    lines += [line for at in range(3) for line in path((50 + 110 * at, 70), (50 + 110 * at, 120))]
    found = placed(ties(boxes, lines))
    assert {child: found[child] for child in ("w0", "w1", "w2")} == {"w0": "head", "w1": "head", "w2": "head"}


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_list_with_a_line_down_its_side_hangs_from_the_box_that_stands_out(mirrored: bool) -> None:
    boxes = [box("lead", 10, 0, 120), *(box(f"w{at}", 30, 60 + 50 * at, 100) for at in range(3))]
    lines = [line for at in range(3) for line in path((10, 20), (4, 20), (4, 80 + 50 * at), (30, 80 + 50 * at))]
    if mirrored:
        boxes = [box(one.id, 200 - one.right, one.top, one.right - one.left) for one in boxes]
        lines = [Segment(200 - one.x1, one.y1, 200 - one.x2, one.y2) for one in lines]
    assert placed(ties(boxes, lines)) == {"w0": "lead", "w1": "lead", "w2": "lead"}


def test_a_bracket_beside_equal_boxes_places_nobody() -> None:
    boxes = [box("head", 0, 0), *(box(f"w{at}", 0, 100 + 50 * at) for at in range(3))]
    lines = [*path((50, 40), (50, 100)), *path((0, 120), (-8, 120), (-8, 220), (0, 220)), *path((-8, 170), (0, 170))]
    found = ties(boxes, lines)
    assert placed(found) == {"w0": "head"}
    assert offered(found)["w1"][0] == offered(found)["w2"][0] == "head"


def test_a_chart_from_left_to_right() -> None:
    boxes = [box("a", 0, 50), box("b", 150, 0), box("c", 150, 100), box("d", 300, 100)]
    lines = [*path((100, 70), (125, 70)), *path((125, 20), (125, 120)), *path((125, 20), (150, 20))]
    lines += [*path((125, 120), (150, 120)), *path((250, 120), (300, 120))]
    found = ties(boxes, lines)
    assert placed(found) == {"b": "a", "c": "a", "d": "c"}
    assert found[0].points == ((150, 20), (125, 20), (125, 70), (100, 70))


def test_dashed_lines_set_nobody_and_are_kept() -> None:
    boxes = [box("a", 0, 0), box("b", 0, 100), box("c", 150, 100)]
    lines = [*path((50, 40), (50, 100)), *path((150, 120), (100, 20), dashed=True)]
    found = ties(boxes, lines)
    assert placed(found) == {"b": "a"}
    assert [(tie.child, tie.manager, tie.mark) for tie in found if tie.dashed] == [("c", "a", Mark.CHECK)]
    assert offered(found)["c"][0] == "a"


def test_the_head_of_a_page_is_no_child_of_a_dashed_line() -> None:
    boxes = [box("head", 0, 0), box("a", 0, 100), box("other", 150, 95)]
    lines = [*path((50, 40), (50, 100)), *path((100, 30), (90, 100), dashed=True)]
    lines += path((100, 120), (150, 120), dashed=True)
    found = ties(boxes, lines)
    assert {(tie.child, tie.manager) for tie in found if tie.dashed} == {("a", "head"), ("other", "a")}
    assert "head" not in offered(found)


def test_two_managers_of_one_bar_are_both_offered_and_neither_is_set() -> None:
    boxes = [box("a", 0, 0), box("b", 150, 0), box("c", 0, 100), box("d", 150, 100)]
    lines = [*path((50, 40), (50, 100)), *path((200, 40), (200, 100)), *path((50, 70), (200, 70))]
    found = ties(boxes, lines)
    assert placed(found) == {}
    assert offered(found)["c"][:2] == ("a", "b")
    assert offered(found)["d"][:2] == ("b", "a")


def test_a_box_with_lines_to_two_managers_is_contested() -> None:
    boxes = [box("a", 0, 0), box("b", 150, 0), box("c", 75, 100)]
    found = ties(boxes, [*path((50, 40), (90, 100)), *path((200, 40), (160, 100))])
    assert [(tie.child, tie.manager, tie.mark) for tie in found] == [("c", "a", Mark.CHECK), ("c", "b", Mark.CHECK)]


def test_a_stem_that_arrives_nowhere_leaves_its_bar_in_question() -> None:
    boxes = [box("head", 100, 0), box("aide", 200, 75, 60, 20), box("b", 40, 140), box("c", 160, 140)]
    lines = [*path((150, 60), (150, 120)), *path((150, 85), (200, 85)), *path((90, 120), (210, 120))]
    lines += [*path((90, 120), (90, 140)), *path((210, 120), (210, 140))]
    found = ties(boxes, lines)
    assert placed(found) == {}
    assert "head" in offered(found)["b"][:3]


def test_a_deputy_beside_is_placed_and_an_equal_is_not() -> None:
    boxes = [box("head", 0, 0), box("lead", 0, 100), box("deputy", 130, 105, 80, 30), box("peer", -150, 100)]
    lines = [*path((50, 40), (50, 100)), *path((100, 120), (130, 120)), *path((0, 120), (-50, 120))]
    found = ties(boxes, lines)
    assert placed(found) == {"lead": "head", "deputy": "lead"}
    assert offered(found)["peer"][0] == "head"


def test_a_box_under_a_bar_without_a_drop_is_offered_its_manager_first() -> None:
    boxes = [box("a", 300, 0), box("near", 0, 0), *(box(f"w{at}", 110 * at, 100, 100, 60) for at in range(4))]
    lines = [*path((350, 40), (350, 70)), *path((50, 70), (380, 70)), *path((50, 70), (50, 100))]
    lines += path((380, 70), (380, 100))
    found = ties(boxes, lines)
    assert placed(found) == {"w0": "a", "w3": "a"}
    assert offered(found)["w1"][0] == offered(found)["w2"][0] == "a"


def test_text_beside_the_chart_neither_has_a_manager_nor_is_one() -> None:
    boxes = [box("title", 0, 0, framed=False), box("a", 0, 100), box("b", 0, 200), box("c", 150, 200)]
    found = ties(boxes, path((50, 140), (50, 200)))
    assert placed(found) == {"b": "a"}
    assert offered(found) == {"c": ("a",)}


def test_boxes_without_room_and_lines_from_nowhere_are_left_alone() -> None:
    odd = [math.nan, math.inf, -math.inf, 1e308, -1e308, 5e-324]
    boxes = [
        box("a", 0, 0),
        box("b", 0, 100),
        *(box(f"x{at}", one, one) for at, one in enumerate(odd)),
        box("y", 9, 9, 0),
    ]
    lines = [Segment(*ends) for ends in zip(odd, odd[1:], odd[2:], [*odd[3:], 1.0], strict=False)]
    lines += [Segment(50, 40, 50, 40), *path((50, 40), (50, 100))]
    found = ties(boxes, lines)
    assert placed(found) == {"b": "a"}
    assert {tie.child for tie in found if tie.mark is Mark.LOOSE} >= {"x0", "x1", "x2", "x3", "x4", "y"}
    assert ties([], lines) == []


def test_as_many_boxes_as_a_page_may_hold_are_placed() -> None:
    boxes = [box("head", 9000, 0), *(box(str(at), 9 * at, 100, 8, 6) for at in range(MOST_SHAPES - 1))]
    lines = [*path((9050, 40), (9050, 60)), *path((4, 60), (9 * MOST_SHAPES, 60))]
    lines += [line for one in boxes[1:] for line in path((one.left + 4, 60), (one.left + 4, 100))]
    assert set(placed(ties(boxes, lines)).values()) == {"head"}
    chain = [box(str(at), 0, 9 * at, 8, 6) for at in range(MOST_SHAPES)]
    downwards = [line for one in chain for line in path((4, one.bottom), (4, one.bottom + 3))]
    assert len(placed(ties(chain, downwards))) == MOST_SHAPES - 1


def test_a_tangle_and_a_heap_of_boxes_end_without_setting_anybody() -> None:
    dice = random.Random(4)
    tangle = [Segment(*(dice.uniform(0, 900) for _ in range(4))) for _ in range(1_500)]
    assert placed(ties([box("a", 0, 0), box("b", 0, 100)], tangle)) == {}
    heap = [box(str(at), 0, 0) for at in range(MOST_SHAPES + 1)]
    assert {tie.mark for tie in ties(heap, tangle)} == {Mark.LOOSE}


def read(drawn: Chart, lines: list[Segment]) -> Counter[str]:
    """Count what is right, wrong and offered among the first three."""
    number = {id(one): str(at) for at, one in enumerate(drawn.boxes)}
    boxes = [box(number[id(one)], one.left, one.top, one.width, one.height) for one in drawn.boxes]
    found = ties(boxes, lines)
    certain, may, counted = placed(found), offered(found), Counter[str]()
    for one in drawn.boxes:
        child, truth = number[id(one)], number.get(id(one.manager), "")
        if child in certain:
            counted["right" if certain[child] == truth else "wrong"] += 1
        elif truth:
            counted["offered" if truth in may.get(child, ())[:3] else "not offered"] += 1
    return counted


@pytest.mark.parametrize("style", Style)
def test_generated_charts_are_read_without_a_mistake(style: Style) -> None:
    counted = Counter[str]()
    for seed in range(12):
        drawn = chart(seed, style=style, forget=0.05, careless=float(seed % 3))
        lines = [Segment(*one, *other, way.dashed) for way in drawn.lines for one, other in pairwise(way.points)]
        counted += read(drawn, lines)
    assert counted["wrong"] == 0
    assert counted["right"] >= 0.9 * counted.total()
    assert counted["offered"] >= 9 * counted["not offered"]


def test_charts_with_lost_lines_and_an_unsteady_hand_are_read_without_a_mistake() -> None:
    counted = Counter[str]()
    for seed in range(40):
        dice = random.Random(seed)
        drawn = chart(seed, careless=4, forget=0.1)
        lines = [
            Segment(*(end + dice.uniform(-1.5, 1.5) for point in (one, other) for end in point), dashed=way.dashed)
            for way in drawn.lines
            for one, other in pairwise(way.points)
            if dice.random() > 0.06
        ]
        counted += read(drawn, lines)
    assert counted["wrong"] == 0
    assert counted["right"] > 0.6 * counted.total()
    assert counted["offered"] >= 9 * counted["not offered"]


def test_the_order_in_which_things_were_drawn_changes_nothing() -> None:
    drawn = chart(5, careless=3, forget=0.1)
    boxes = [box(one.name, one.left, one.top, one.width, one.height) for one in drawn.boxes]
    lines = [Segment(*one, *other, way.dashed) for way in drawn.lines for one, other in pairwise(way.points)]
    once, dice = placed(ties(boxes, lines)), random.Random(1)
    for _ in range(5):
        dice.shuffle(boxes)
        dice.shuffle(lines)
        assert placed(ties(boxes, lines)) == once
