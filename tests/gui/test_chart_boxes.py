"""The drawing of an import: every box has a place, every word of it fits, every line has the style of its mark."""

import random
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from visitor_register.domain.chart_boxes import BoxState
from visitor_register.domain.chart_table import Box, Link, Mark, Page
from visitor_register.gui import theme
from visitor_register.gui.chart.boxes_items import BoxItem
from visitor_register.gui.chart.boxes_layout import with_places
from visitor_register.gui.chart.boxes_look import SIZES, STYLES, BoxesLook
from visitor_register.gui.chart.boxes_scene import BoxesScene
from visitor_register.gui.chart.boxes_view import BoxesView
from visitor_register.gui.theme import Scheme, Theme


def bare(count: int, above: dict[int, int]) -> Page:
    """A diagram that its own program lays out: no box has an area."""
    boxes = tuple(Box(str(at), 0, 0, 0, 0, (f"Person {at}", "Social Worker")) for at in range(count))
    links = tuple(Link(str(at), str(over), Mark.SET) for at, over in above.items())
    return Page("slide 1", 0, 0, boxes, (*links, Link("0", "", Mark.LOOSE)))


def apart(page: Page) -> None:
    """No two boxes lie over one another, and all are on the page."""
    for one, other in combinations(page.boxes, 2):
        beside = one.right <= other.left or other.right <= one.left
        assert beside or one.bottom <= other.top or other.bottom <= one.top, (one, other)
    for box in page.boxes:
        assert 0 <= box.left < box.right <= page.width
        assert 0 <= box.top < box.bottom <= page.height


@pytest.mark.parametrize("seed", range(4))
def test_a_diagram_without_places_is_laid_out(seed: int) -> None:
    dice = random.Random(seed)
    found = with_places(bare(40, {at: dice.randrange(at) for at in range(1, 36)}))
    apart(found)
    boxes = {box.id: box for box in found.boxes}
    for link in found.links:
        if link.mark is Mark.SET:
            (x, y), (end_x, end_y) = link.points[0], link.points[-1]
            above, child = boxes[link.manager], boxes[link.child]
            assert y == above.bottom
            assert above.left <= x <= above.right
            assert child.left <= end_x <= child.right
            assert child.top <= end_y <= child.bottom


def test_rings_great_depth_and_damaged_numbers_end_in_a_page_as_well() -> None:
    apart(with_places(bare(5, {0: 1, 1: 2, 2: 0, 3: 2})))
    apart(with_places(bare(150, {at: at - 1 for at in range(1, 150)})))
    half = bare(4, {})
    drawn = Box("drawn", 10, 10, 120, 60, ("Ada Hill",))
    page = with_places(Page("page", 600, 80, (drawn, *half.boxes)))
    apart(page)
    assert page.boxes[0] == drawn
    assert with_places(Page("page", 600, 80, (drawn,))).boxes == (drawn,)
    assert with_places(Page("empty", 0, 0, ())).boxes == ()


def test_words_are_as_large_as_fits_and_never_run_over_the_box(look: Theme) -> None:
    drawing = BoxesLook(look.colours)
    for width, height in ((40, 14), (80, 30), (140, 40), (300, 120)):
        for lines in (("Ada Hill",), ("Bartholomew Velvetmere-Zigzagstone", "Newly Qualified Social Worker", "x" * 90)):
            item = BoxItem(Box("a", 0, 0, width, height, lines), {"Ada Hill"}, drawing)
            size, shown = item._size, item._lines
            assert size in SIZES
            assert shown
            assert len(shown) * size * 1.2 <= max(height, size * 1.2) + 1
            for words, bold in shown:
                assert drawing.advance(size, bold=bold)(words) <= width


def test_a_line_has_the_style_of_its_mark_and_what_somebody_said_is_drawn(qtbot: QtBot, look: Theme) -> None:
    boxes = tuple(
        Box(id_, 100.0 * at, 50.0 * at, 100.0 * at + 90, 50.0 * at + 30, (id_,)) for at, id_ in enumerate("abcd")
    )
    way = ((0.0, 0.0), (10.0, 10.0))
    page = Page(
        "p",
        500,
        300,
        boxes,
        (Link("b", "a", Mark.SET, way), Link("c", "a", Mark.CHECK), Link("d", "b", Mark.CHECK, way, dashed=True)),
    )
    scene = BoxesScene(BoxesLook(look.colours))
    scene.show_page(page, frozenset())

    def drawn() -> set[str]:
        return {str(style) for style, item in scene.lines.items() if not item.path().isEmpty()}

    known = {
        "a": BoxState("a", ("a",), Mark.LOOSE, top=True),
        "b": BoxState("b", ("b",), Mark.SET, "a"),
        "c": BoxState("c", ("c",), Mark.CHECK),
        "d": BoxState("d", ("d",), Mark.LOOSE),
    }
    scene.show_states(known)
    assert drawn() == {Mark.SET, Mark.CHECK, "other"}
    assert {mark: scene.lines[mark].pen().style() for mark in (Mark.SET, Mark.CHECK)} == {
        mark: STYLES[mark] for mark in (Mark.SET, Mark.CHECK)
    }
    before = scene.lines[Mark.SET].path().elementCount()
    scene.show_states({**known, "c": BoxState("c", ("c",), Mark.SET, "b", by_hand=True)})
    assert drawn() == {Mark.SET, "other"}
    assert scene.lines[Mark.SET].path().elementCount() == before + 2, "a line to the box somebody named"
    assert scene.box_at(QPointF(105, 60)) == "b"
    assert scene.box_at(QPointF(-50, -50)) == ""


def test_the_view_follows_the_theme(qtbot: QtBot, look: Theme) -> None:
    view = BoxesView()
    qtbot.addWidget(view)
    view.show_page(Page("p", 100, 100, (Box("a", 0, 0, 90, 30, ("a",)),)), frozenset())
    view.resize(300, 200)
    view.show()
    light = view.drawing.look
    look.use(Scheme.DARK)
    assert view.drawing.look is not light
    assert view.drawing.boxes.keys() == {"a"}
    assert theme.current().dark
    look.use(Scheme.LIGHT)
