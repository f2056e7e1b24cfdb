"""The drawn chart and the tree beside it: what is drawn where, by mouse and by keys, and what is handed to others."""

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import pypdfium2
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.chart_trees import CHART, COUNCIL, ODD, Builder, council, random_tree, small_council, told
from tests.domain.test_chart_layout import sound
from tests.factories import AUTHORITY, NOW, World, create_team, create_worker
from tests.gui import pictures, walkers
from visitor_register.domain.chart_drawing import Box
from visitor_register.domain.chart_fingerprint import readable
from visitor_register.domain.chart_structure import ChartTree
from visitor_register.domain.events import PersonListed, PostListed
from visitor_register.domain.people import Operator, Role
from visitor_register.gui import theme
from visitor_register.gui.chart import drawing_modes, drawing_paper, drawing_pdf, drawing_picture
from visitor_register.gui.chart.drawing_card import TEXT_FROM, CardItem, measure
from visitor_register.gui.chart.drawing_look import WIDEST, CardLook
from visitor_register.gui.chart.drawing_modes import Mode, Modes
from visitor_register.gui.chart.drawing_presenter import DrawingPresenter
from visitor_register.gui.chart.drawing_scene import ChartScene
from visitor_register.gui.chart.drawing_state import Folding, Told
from visitor_register.gui.chart.drawing_text import fit
from visitor_register.gui.chart.presenter import ChartPresenter
from visitor_register.gui.chart.tree_model import TreeModel
from visitor_register.gui.chart.view import ChartView
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.prints.sheet import MARGIN
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.card import frame
from visitor_register.services import proof
from visitor_register.services.proof import Proof


def unfolded_scene(tree: ChartTree, factor: float = 1.0) -> tuple[Told, ChartScene]:
    """A whole structure drawn, nothing folded."""
    given = told(tree)
    scene = ChartScene(CardLook(theme.tokens()["light"], factor))
    scene.tell(given)
    scene.shape(Folding(tree, None, set(range(len(tree.seats)))).shape())
    return given, scene


def cut_off(card: CardItem, look: CardLook) -> list[str]:
    """The lines of a card that do not fit on it."""
    found = card.measured
    names = list(found.names)
    room = card.box.width - 2 * look.px(12)
    wide = [line for line in names if QFontMetrics(look.name_font).horizontalAdvance(line) > room]
    wide += [line for line in found.second if QFontMetrics(look.second_font).horizontalAdvance(line) > room]
    high = QFontMetrics(look.name_font).height() * len(names)
    high += QFontMetrics(look.second_font).height() * len(found.second)
    return wide + ([card.words.name] if high > card.box.height + 1 or not found.whole else [])


def test_fifty_charts_have_no_text_cut_no_card_over_another_and_no_lines_that_cross(look: Theme) -> None:
    for seed in range(50):
        factor = (1.0, 1.15, 1.3)[seed % 3]
        given, scene = unfolded_scene(random_tree(seed), factor)
        assert len(scene.cards()) == len(given.tree.seats), "everybody is drawn"
        sound(scene.layout)
        for card in scene.cards():
            assert cut_off(card, scene.look) == [], card.words
            said = " ".join(card.measured.names)
            assert said.replace(" ", "").replace(",", "") == card.words.name.replace(" ", "").replace(",", "")


def test_a_name_without_end_ends_in_dots_and_stands_whole_in_the_tool_tip(look: Theme) -> None:
    build = Builder()
    build.seat("T" * 900, "N" * 2_000)
    given, scene = unfolded_scene(build.tree())
    (card,) = scene.cards()
    assert not card.measured.whole
    assert card.box.width <= WIDEST
    assert card.measured.names[-1].endswith("…")
    assert "N" * 2_000 in given.words[0].spoken


def test_lines_are_broken_between_words_at_hyphens_and_only_then_inside() -> None:
    def advance(text: str) -> int:
        return len(text)

    assert fit("", 10, 3, advance).lines == ()
    assert fit("Ada Hill", 10, 3, advance).lines == ("Ada Hill",)
    assert fit("Ada van der Berg", 10, 3, advance).lines == ("Ada van", "der Berg")
    assert fit("Featherstone-Quay", 14, 3, advance).lines == ("Featherstone-", "Quay")
    assert fit("Llanfairpwllgwyngyll", 10, 3, advance).lines == ("Llanfairpw", "llgwyngyll")
    cut = fit("one two three four", 5, 2, advance)
    assert (cut.lines, cut.whole) == (("one", "two…"), False)


@dataclass
class Drawn:
    """The three ways to look at a chart, and somebody who uses them."""

    qtbot: QtBot
    presenter: DrawingPresenter
    modes: Modes
    window: QWidget
    desk: Desk
    wanted: list[UUID] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def view(self) -> Any:
        return self.modes.drawing.view

    @property
    def told(self) -> Told:
        return self.presenter.structure

    def seat(self, name: str) -> int:
        return next(at for at, words in enumerate(self.told.words) if name in words.name)

    def card(self, name: str) -> CardItem:
        found = self.view.chart.card(self.seat(name))
        assert found is not None, f"{name} is not drawn"
        return cast(CardItem, found)

    def drawn(self) -> set[str]:
        return {card.words.name for card in self.view.chart.cards()}

    def chosen(self) -> str:
        assert self.presenter.chosen is not None
        return self.told.words[self.presenter.chosen].name

    def marked(self) -> list[str]:
        return [card.words.name for card in self.view.chart.cards() if card.on_path]

    def press(self, *keys: Qt.Key, on: QWidget | None = None, control: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(on or self.view, key, held)

    def point(self, name: str, *, pill: bool = False) -> QPoint:
        box = self.card(name).box
        at = QPointF(box.middle, box.bottom + 6) if pill else QPointF(box.left + 20, box.top + 20)
        return cast(QPoint, self.view.mapFromScene(at))

    def click(self, name: str, *, pill: bool = False) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.point(name, pill=pill))

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0, timeout=20_000)


@pytest.fixture
def desk() -> Iterator[Desk]:
    def nothing() -> AbstractContextManager[Any]:
        return nullcontext()

    crashes: list[BaseException] = []
    jobs = JobRunner(nothing, nothing, crashes.append)
    yield Desk(jobs, Operator(uuid4(), "Nadia Shah", Role.DSL), now=lambda: NOW)
    jobs.close()
    assert not crashes


@pytest.fixture
def drawn(qtbot: QtBot, look: Theme, desk: Desk) -> Iterator[Drawn]:
    """The council of the design's picture."""
    window = frame("page")
    presenter = DrawingPresenter(desk, window)
    modes = Modes(presenter, parent=window)
    modes.set_layout_class(LayoutClass.NORMAL)
    modes.setGeometry(0, 0, 1100, 620)
    qtbot.addWidget(window)
    made = Drawn(qtbot, presenter, modes, window, desk)
    presenter.person_wanted.connect(made.wanted.append)
    desk.said.connect(made.notices.append)
    with qtbot.waitActive(window):
        pictures.show(window, 1100, 620)
    presenter.show(told(small_council()))
    made.view.setFocus()
    yield made
    made.desk = desk


def test_it_opens_at_one_head_of_service_with_the_others_folded(drawn: Drawn) -> None:
    assert drawn.drawn() == {
        "Helen Brandt", "Simon Achebe", "Vacant", "Dilip Rao", "Ruth Okafor", "Manager not known: 2",
    }  # fmt: skip
    folded = {card.words.name: card.words.count for card in drawn.view.chart.cards() if card.folded}
    assert folded == {
        "Simon Achebe": "31", "Vacant": "12", "Dilip Rao": "10", "Ruth Okafor": "38", "Manager not known: 2": "3",
    }  # fmt: skip
    crumbs = drawn.modes.drawing.crumbs.buttons
    assert [button.text() for button in crumbs] == ["Josephine Clarke, Director", "Adrian Foss, Divisional director"]
    assert drawn.view.chart.layout.area.top < 0, "a line from above says that somebody is there"
    assert drawn.view.chart.way.path().isEmpty()
    assert sum(not isinstance(item, CardItem) for item in drawn.view.chart.items()) == 2, "one item for all lines"


def test_crumbs_lead_up_and_show_from_the_top_to_the_very_top(drawn: Drawn) -> None:
    crumbs = drawn.modes.drawing.crumbs
    QTest.mouseClick(crumbs.buttons[1], Qt.MouseButton.LeftButton)
    assert "Adrian Foss" in drawn.drawn()
    assert [button.text() for button in crumbs.buttons] == ["Josephine Clarke, Director"]
    QTest.mouseClick(drawn.modes.drawing.from_top, Qt.MouseButton.LeftButton)
    assert drawn.drawn() == {
        "Josephine Clarke", "Adrian Foss", "Helen Brandt", "Simon Achebe", "Vacant", "Manager not known: 2",
    }  # fmt: skip
    assert not drawn.modes.drawing.above.isVisible()


def test_long_crumbs_give_way_to_those_near_the_drawing(drawn: Drawn) -> None:
    crumbs = drawn.modes.drawing.crumbs
    crumbs.show_crumbs(tuple((at, f"Somebody with a long name {at}, Director of many things") for at in range(6)))
    shown = [button.isVisible() for button in crumbs.buttons]
    assert shown == sorted(shown)
    assert 1 <= sum(shown) < 6
    pictures.show(drawn.window, 420, 620)
    drawn.modes.setGeometry(0, 0, 420, 620)
    QApplication.processEvents()
    assert [button.isVisible() for button in crumbs.buttons] == [False] * 5 + [True]
    assert walkers.text_fits(crumbs) == []


def test_folding_by_the_number_and_by_the_space_bar_keeps_the_card_in_its_place(drawn: Drawn) -> None:
    before = drawn.point("Dilip Rao")
    drawn.click("Dilip Rao", pill=True)
    assert {"Sunita Rao", "Marcus Adeyemi", "Priya Cole, Adam Reid"} <= drawn.drawn()
    assert (drawn.point("Dilip Rao") - before).manhattanLength() <= 2
    assert drawn.wanted == [], "a number is no person"
    drawn.click("Dilip Rao")
    drawn.press(Qt.Key.Key_Space)
    assert "Sunita Rao" not in drawn.drawn()
    drawn.press(Qt.Key.Key_Space)
    assert "Sunita Rao" in drawn.drawn()
    drawn.click("Dilip Rao", pill=True)
    assert "Sunita Rao" not in drawn.drawn(), "the chosen card can be folded where it unfolds"


def test_arrows_walk_through_the_chart_and_enter_opens(drawn: Drawn) -> None:
    drawn.view.opened.connect(lambda: drawn.opened.append(drawn.chosen()))
    drawn.press(Qt.Key.Key_Down)
    assert drawn.chosen() == "Helen Brandt"
    drawn.press(Qt.Key.Key_Down)
    assert drawn.chosen() == "Dilip Rao"
    drawn.press(Qt.Key.Key_Right)
    assert drawn.chosen() == "Ruth Okafor"
    drawn.press(Qt.Key.Key_Left, Qt.Key.Key_Down)
    assert drawn.chosen() in ("Marcus Adeyemi", "Priya Cole, Adam Reid", "Vacant", "Sunita Rao")
    drawn.presenter.choose(drawn.seat("Marcus Adeyemi"))
    drawn.press(Qt.Key.Key_Down)
    assert drawn.chosen() == "<b>Bobby</b> & Tables" or drawn.chosen() == "Ngozi Eze"
    first = drawn.chosen()
    drawn.press(Qt.Key.Key_Down)
    assert drawn.chosen() != first
    drawn.press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert drawn.chosen() == "Marcus Adeyemi"
    drawn.press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert drawn.chosen() == "Helen Brandt", "nobody is drawn above"
    drawn.press(Qt.Key.Key_Return)
    assert drawn.opened == ["Helen Brandt"]
    assert len(drawn.wanted) >= 8
    drawn.press(Qt.Key.Key_A)
    assert drawn.chosen() == "Helen Brandt", "letters belong to the search"


def test_a_search_jumps_to_somebody_and_shows_the_way_up(drawn: Drawn) -> None:
    said: list[str] = []
    drawn.presenter.found.connect(said.append)
    drawn.presenter.search("hadd")
    assert said == ["1 of 1: Leila Haddad, Social worker"]
    assert set(drawn.marked()) == {"Helen Brandt", "Dilip Rao", "Marcus Adeyemi", "Leila Haddad"}
    assert drawn.card("Leila Haddad").chosen
    assert drawn.view.viewport().rect().contains(drawn.point("Leila Haddad"))
    way = drawn.view.chart.way.path()
    assert way.elementCount() >= 8
    assert drawn.wanted == [drawn.told.tree.seats[drawn.seat("Leila Haddad")].holders[0].person]
    drawn.presenter.search("zzz")
    assert said[-1].startswith("Nobody like that")
    drawn.presenter.search("social")
    assert said[-1].startswith("1 of 8")
    first = drawn.chosen()
    drawn.presenter.next_hit()
    assert said[-1].startswith("2 of 8")
    assert drawn.chosen() != first
    drawn.presenter.search("una u")
    assert drawn.chosen() == "Una Under", "those without a known manager are found as well"
    drawn.presenter.search("vacant")
    assert said[-1].startswith("1 of 3: Vacant")
    drawn.presenter.search("u")
    assert said[-1] == ""


def test_a_search_from_the_other_end_of_the_chart_goes_there(drawn: Drawn) -> None:
    drawn.view.zoom_to(0.1)
    drawn.presenter.search("josephine")
    assert drawn.chosen() == "Josephine Clarke"
    assert drawn.card("Josephine Clarke").chosen
    assert drawn.view.zoom == 1.0, "whoever is found can be read"


def test_a_job_share_is_one_card_whose_people_are_shown_one_after_the_other(drawn: Drawn) -> None:
    drawn.presenter.search("reid")
    shared = drawn.told.tree.seats[drawn.seat("Priya Cole")]
    assert drawn.wanted == [shared.holders[1].person], "the one who was searched for"
    drawn.click("Priya Cole")
    drawn.click("Priya Cole")
    assert [drawn.wanted.index(holder.person) for holder in shared.holders] == [1, 0]
    assert drawn.card("Priya Cole").words.shared


def test_vacant_and_agency_are_said_in_words(drawn: Drawn) -> None:
    words = {card.name: (card.second, card.frame.value) for card in drawn.told.words}
    assert words["Peter Vance"] == ("Senior practitioner, agency", "agency")
    assert words["Priya Cole, Adam Reid"] == ("Team 4 manager, job share", "plain")
    assert words["Vacant"][1] == "vacant"
    spoken = [card.spoken for card in drawn.told.words]
    assert "Marcus Adeyemi, Team 3 manager, 4 people" in spoken
    assert "Manager not known: 2, Nobody above them on the chart, 3 people" in spoken


def test_choosing_the_group_shows_nobody(drawn: Drawn) -> None:
    drawn.click("Manager not known")
    assert drawn.wanted == []
    drawn.press(Qt.Key.Key_Space)
    assert {"Ola Lost", "Nadia Nowhere"} <= drawn.drawn()


def test_names_are_never_read_as_markup(drawn: Drawn) -> None:
    drawn.presenter.search("bobby")
    where = drawn.point("<b>Bobby")
    event = QHelpEvent(QHelpEvent.Type.ToolTip, where, drawn.view.mapToGlobal(where))
    QApplication.sendEvent(drawn.view.viewport(), event)
    assert QToolTip.text().startswith("<span>&lt;b&gt;Bobby")
    QToolTip.hideText()
    plain, bold = (pixels(name) for name in ("<b>O</b>", "O"))
    assert plain != bold
    assert walkers.rich_text_labels(drawn.window) == []


def pixels(name: str) -> QImage:
    build = Builder()
    build.seat("Worker", name)
    _, scene = unfolded_scene(build.tree())
    return drawing_picture.picture_of(scene, (CHART,))


def test_dragging_pans_and_chooses_nobody(drawn: Drawn) -> None:
    drawn.view.zoom_to(2.0)
    viewport, start = drawn.view.viewport(), drawn.point("Helen Brandt")
    before = drawn.view.horizontalScrollBar().value()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start - QPoint(30, 0))
    QTest.mouseMove(viewport, start - QPoint(60, 0))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start - QPoint(60, 0))
    assert drawn.view.horizontalScrollBar().value() == before + 60
    assert drawn.presenter.chosen is None


def test_wheel_and_keys_zoom(drawn: Drawn) -> None:
    zooms: list[float] = []
    drawn.view.zoomed.connect(zooms.append)
    where = QPointF(drawn.point("Helen Brandt"))
    before = drawn.view.mapToScene(where.toPoint())
    wheel = QWheelEvent(
        where, where, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(drawn.view.viewport(), wheel)
    assert drawn.view.zoom == pytest.approx(1.5625)
    after = drawn.view.mapToScene(where.toPoint())
    assert abs(after.x() - before.x()) < 3, "what is under the pointer stays there"
    drawn.press(Qt.Key.Key_Minus, Qt.Key.Key_Minus, Qt.Key.Key_Plus, control=True)
    assert drawn.view.zoom == pytest.approx(1.25)
    drawn.press(Qt.Key.Key_0, control=True)
    assert drawn.view.zoom == 1.0
    assert drawn.modes.drawing.zoom.natural.text() == "100 %"
    drawn.presenter.search("person")
    drawn.press(Qt.Key.Key_9, control=True)
    area = drawn.view.mapFromScene(drawn.view.sceneRect()).boundingRect()
    assert drawn.view.viewport().rect().adjusted(-2, -2, 2, 2).contains(area)
    whole = drawn.view.zoom
    pictures.show(drawn.window, 900, 400)
    assert drawn.view.zoom == whole, "another size of the window is no reason to zoom"
    for _ in range(40):
        drawn.press(Qt.Key.Key_Minus, control=True)
    assert drawn.view.zoom == pytest.approx(0.01)
    assert len(zooms) > 40


def test_small_cards_are_drawn_without_letters(drawn: Drawn) -> None:
    card = CardItem(0, drawn.told.words[0], CardLook(theme.tokens()["light"], 1.0))
    card.stand(Box(0, 0, 240, 48))
    inks = {}
    for zoom in (TEXT_FROM - 0.01, TEXT_FROM + 0.01):
        image = QImage(100, 30, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = pictures_painter(image, zoom)
        card.paint(painter, cast(Any, None))
        painter.end()
        inks[zoom] = len({image.pixel(x, y) for x in range(10, 80) for y in range(3, 15)})
    assert inks[TEXT_FROM - 0.01] == 1
    assert inks[TEXT_FROM + 0.01] > 1


def pictures_painter(image: QImage, zoom: float) -> QPainter:
    painter = QPainter(image)
    painter.scale(zoom, zoom)
    return painter


def test_another_theme_and_text_size_redraw_the_same(drawn: Drawn) -> None:
    drawn.presenter.search("hadd")
    before, marked = drawn.drawn(), set(drawn.marked())
    for scheme, factor in ((Scheme.DARK, 1.0), (Scheme.LIGHT, 1.3)):
        theme.current().use(scheme, factor)
        assert (drawn.drawn(), set(drawn.marked())) == (before, marked)
        assert drawn.card("Leila Haddad").box.height >= 48 * factor
        sound(drawn.view.chart.layout)


def test_another_chart_keeps_what_is_unfolded_and_who_is_chosen(drawn: Drawn) -> None:
    drawn.presenter.search("hadd")
    person = drawn.presenter.person
    tree = small_council()
    smaller = ChartTree(tuple(tree.seats), tree.tops, tree.levels)
    drawn.presenter.show(Told(smaller, told(smaller).words, ()))
    assert drawn.presenter.person == person
    assert drawn.card("Leila Haddad").chosen
    build = Builder()
    build.seat("Head of Service", "Somebody Else", level=2)
    drawn.presenter.show(told(build.tree()))
    assert drawn.drawn() == {"Somebody Else"}
    assert drawn.presenter.person is None
    drawn.presenter.show(told(ChartTree()))
    assert drawn.drawn() == set()
    drawn.press(Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return)


def test_a_chart_with_too_many_levels_is_a_tree(drawn: Drawn) -> None:
    build = Builder()
    above = None
    for number in range(3_000):
        above = build.seat("Manager", f"Level {number}", above=above, level=1 if not number else 0)
    drawn.presenter.show(told(build.tree()))
    assert drawn.modes.drawing.too_deep.text().startswith("This chart has 3,000 levels")
    assert not drawn.view.isVisible()
    drawn.modes.choose(Mode.TREE)
    drawn.presenter.search("level 2999")
    tree = drawn.modes.tree
    assert tree.current_seat() == 2_999
    assert tree.visualRect(tree.currentIndex()).isValid()


def test_the_tree_says_who_is_in_a_row_and_how_many_are_under_it(drawn: Drawn) -> None:
    model = TreeModel()
    model.tell(drawn.told)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = list(walk(model))
    assert len(rows) == len(drawn.told.tree.seats)
    said = [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in rows]
    assert said[0] == "Josephine Clarke, Director, 96 people"
    assert "Marcus Adeyemi, Team 3 manager, 4 people" in said
    assert [index.data() for index in rows] == said
    bobby = next(index for index in rows if "Bobby" in index.data())
    assert bobby.data(Qt.ItemDataRole.ToolTipRole).startswith("<span>&lt;b&gt;")


def walk(model: TreeModel) -> Iterator[QModelIndex]:
    waiting = [model.index(row, 0) for row in range(model.rowCount())]
    while waiting:
        index = waiting.pop(0)
        yield index
        waiting[:0] = [model.index(row, 0, index) for row in range(model.rowCount(index))]


def test_the_tree_is_walked_by_arrows_found_by_letters_and_opened_by_enter(drawn: Drawn) -> None:
    drawn.modes.choose(Mode.TREE)
    tree, opened = drawn.modes.tree, []
    tree.activated_seat.connect(opened.append)
    tree.setFocus()
    assert drawn.wanted == [], "the keyboard alone chooses nobody"
    drawn.press(Qt.Key.Key_Down, on=tree)
    assert drawn.chosen() == "Adrian Foss"
    drawn.press(Qt.Key.Key_Right, Qt.Key.Key_Right, on=tree)
    assert drawn.chosen() == "Helen Brandt"
    drawn.press(Qt.Key.Key_Left, Qt.Key.Key_Left, on=tree)
    assert drawn.chosen() == "Adrian Foss"
    QTest.keyClicks(tree, "ha")
    assert drawn.chosen() == "Leila Haddad", "the beginning of any part of a name"
    drawn.press(Qt.Key.Key_Return, on=tree)
    assert opened == [drawn.seat("Leila Haddad")]
    drawn.modes.choose(Mode.DRAWING)
    assert drawn.card("Leila Haddad").chosen, "all stand on the same person"
    drawn.modes.choose(Mode.TREE)
    drawn.presenter.choose(drawn.seat("Uma Nair"))
    assert tree.current_seat() == drawn.seat("Uma Nair")
    before = tree.grab().toImage()
    tree.clearFocus()
    assert before != tree.grab().toImage(), "one sees where the keyboard is"


def test_a_small_window_begins_with_the_tree_until_somebody_chooses(drawn: Drawn) -> None:
    drawn.modes.set_layout_class(LayoutClass.COMPACT)
    assert drawn.modes.mode is Mode.TREE
    drawn.modes.set_layout_class(LayoutClass.WIDE)
    assert drawn.modes.mode is Mode.DRAWING
    QTest.mouseClick(drawn.modes.chips[Mode.TABLE], Qt.MouseButton.LeftButton)
    for layout_class in LayoutClass:
        drawn.modes.set_layout_class(layout_class)
        assert drawn.modes.mode is Mode.TABLE
    assert [chip.isChecked() for chip in drawn.modes.chips.values()] == [False, False, True]


# ---- files for others


def read_pdf(content: bytes) -> tuple[list[str], list[tuple[float, float]], float]:
    """The text of each page as another program finds it, the sizes of the pages in points, and the smallest letter."""
    texts, sizes, smallest = [], [], 99.0
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_bounded().replace("\r\n", "\n"))
            sizes.append(page.get_size())
            for at in range(text.count_chars()):
                if pypdfium2.raw.FPDFText_IsGenerated(text.raw, at):
                    continue
                matrix = pypdfium2.raw.FS_MATRIX()
                pypdfium2.raw.FPDFText_GetMatrix(text.raw, at, matrix)
                smallest = min(smallest, pypdfium2.raw.FPDFText_GetFontSize(text.raw, at) * abs(matrix.d))
            text.close()
            page.close()
    return texts, sizes, smallest


def test_the_paper_has_a_page_for_each_head_of_service(look: Theme) -> None:
    given = told(small_council())
    pages = drawing_paper.pages_of(given.tree, given.words)
    texts, sizes, smallest = read_pdf(drawing_pdf.as_pdf(pages, given.charts))
    assert [page.title for page in pages] == [
        "Josephine Clarke, Director",
        "Helen Brandt, Head of Service, Children in Need",
        "Simon Achebe, Head of Service, Early Help",
        "Vacant, Head of Service, Review",
        "Manager not known: 2",
    ]
    for number, text in enumerate(texts, 1):
        assert f"Structure chart: {COUNCIL}, version 14 of Mon 02/11/2026, fingerprint {readable(CHART.sha256)}" in text
        assert f"page {number} of 5" in text
    assert f"{given.tree.seats[pages[1].root].people} people, page 2" in texts[0]
    assert "Leila Haddad" in texts[1]
    assert "<b>Bobby</b> & Tables" in texts[1]
    assert "Nadia Nowhere" in texts[4]
    assert set(sizes) <= {(842.0, 595.0), (1191.0, 842.0)}
    assert smallest >= 5.9


@pytest.mark.parametrize(
    "tree", [random_tree(3), random_tree(11), council(700, heads=2)], ids=["odd", "odder", "large"]
)
def test_everybody_is_on_paper_whole_and_readable(look: Theme, tree: ChartTree) -> None:
    given = told(tree)
    pages = drawing_paper.pages_of(tree, given.words)
    texts, _, smallest = read_pdf(drawing_pdf.as_pdf(pages, given.charts))
    found = ["".join(text.split()) for text in texts]
    for at, words in enumerate(given.words):
        on = [text for page, text in zip(pages, found, strict=True) if at in page.layout.boxes]
        assert on, words
        assert all("".join(name.split()) in text for text in on for name in words.names), words.name
    for page in pages:
        sound(page.layout)
        assert page.scale >= drawing_paper.SMALLEST
        area = page.layout.area
        assert area.width * page.scale <= page.size.width() - 2 * MARGIN + 1
        assert area.height * page.scale <= page.room.height() + 1
    assert smallest >= 5.9
    assert pages[0].root == 0


def test_a_service_of_nine_large_teams_has_one_page_of_larger_paper(look: Theme) -> None:
    build = Builder(5)
    head = build.seat("Head of Service", "Helen Brandt", level=2)
    for number in range(9):
        lead = build.seat("Team Manager", f"Lead {number}", above=head)
        for _ in range(14):
            build.seat("Social Worker", "Nettlecombe Rushlight", above=lead)
    given = told(build.tree())
    (page,) = drawing_paper.pages_of(given.tree, given.words)
    assert page.size == drawing_paper.A3_ACROSS
    _, sizes, smallest = read_pdf(drawing_pdf.as_pdf((page,), given.charts))
    assert sizes == [(1191.0, 842.0)]
    assert smallest >= 5.9


def test_a_team_of_hundreds_is_continued_on_the_next_page(look: Theme) -> None:
    build = Builder()
    head = build.seat("Head of Service", "Helen Brandt", level=2)
    for number in range(600):
        build.seat("Social Worker", f"Number {number:03}", above=head)
    given = told(build.tree())
    pages = drawing_paper.pages_of(given.tree, given.words)
    assert len(pages) > 1
    assert pages[1].title == f"Helen Brandt, Head of Service (2 of {len(pages)})"
    everybody = [at for page in pages for at in page.layout.boxes if at]
    assert sorted(everybody) == list(range(1, 601)), "each once"


def test_the_picture_shows_all_that_is_drawn_on_white_whatever_the_theme(drawn: Drawn) -> None:
    drawn.presenter.search("hadd")
    light = drawn.modes.drawing.picture()
    theme.current().use(Scheme.DARK)
    dark = drawn.modes.drawing.picture()
    assert light == dark
    assert light.pixelColor(0, 0).name() == "#ffffff"
    area = drawn.view.chart.sceneRect()
    assert light.width() == int((area.width() + 48) * drawing_picture.SHARP)
    assert drawn.view.chart.look.colours["raised"].name() == theme.tokens()["dark"]["raised"].lower()


def test_the_picture_of_thousands_has_a_bounded_size(look: Theme) -> None:
    _, scene = unfolded_scene(council(2_000))
    image = drawing_picture.picture_of(scene, (CHART,))
    assert max(image.width(), image.height()) <= drawing_picture.LONGEST_SIDE
    assert image.width() * image.height() <= drawing_picture.MOST_PIXELS


def test_files_are_whole_or_not_there_and_the_disk_may_refuse(
    drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # There is no register behind this chart.
    words = Proof("lunch blood title decade normal device choice use ocean illegal unit crouch", NOW)
    monkeypatch.setattr(proof, "of_today", lambda _session, at: words)
    paths: list[Path | None] = [tmp_path / "chart.pdf", tmp_path / "chart.PNG", tmp_path / "none" / "chart.pdf", None]
    drawn.modes._choose_path = lambda _parent, _suggested: paths.pop(0)
    for _ in range(4):
        QTest.mouseClick(drawn.modes.export, Qt.MouseButton.LeftButton)
        drawn.settle()
    assert [notice.text for notice in drawn.notices] == [
        "The chart was saved as chart.pdf: 5 pages.",
        "What is drawn was saved as chart.PNG.",
        "The chart could not be saved there. Close the file if it is open, or choose another folder.",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chart.PNG", "chart.pdf"]
    texts, *_ = read_pdf((tmp_path / "chart.pdf").read_bytes())
    assert all(words.foot in text for text in texts)
    assert QImage(str(tmp_path / "chart.PNG")).width() > 1_000
    assert drawn.presenter.suggested_name() == "structure-chart_2026-11-02.pdf"


@pytest.mark.parametrize(
    ("typed", "kind", "wanted"),
    [
        ("", ".pdf", None),
        ("chart", ".pdf", "chart.pdf"),
        ("chart", ".png", "chart.png"),
        ("chart.v2", ".png", "chart.v2.png"),
        ("chart.PDF", ".png", "chart.PDF"),
        ("chart", ".csv", "chart.csv"),
        ("x_2026-11-02.pdf", ".pdf", "x_2026-11-02.pdf"),
        ("x_2026-11-02.pdf", ".xlsx", "x.xlsx"),
    ],
)
def test_the_ending_says_as_what_it_is_saved(
    monkeypatch: pytest.MonkeyPatch, typed: str, kind: str, wanted: str | None
) -> None:
    words = next(words for words, ending in drawing_modes._KINDS.items() if ending == kind)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (typed, words))
    found = drawing_modes.ask_path(cast(QWidget, None), "x_2026-11-02.pdf")
    assert (found.name if found is not None else None) == wanted


# ---- on the screen, with a register


def test_all_three_stand_on_the_person_whose_card_is_open(qtbot: QtBot, look: Theme, world: World) -> None:
    create_worker(world)
    create_worker(world, ODD[3], badge="H2")
    create_team(world, "Empty Team", "")
    share_post(world, "Priya Cole", "Adam Reid")
    jobs = JobRunner(world.register.read, world.register.write, lambda error: pytest.fail(repr(error)))
    presenter = ChartPresenter(Desk(jobs, world.dsl, now=world.clock))
    view = ChartView(presenter)
    presenter.setParent(view)
    qtbot.addWidget(view)
    view.set_layout_class(LayoutClass.NORMAL)
    with qtbot.waitActive(view):
        pictures.show(view, 1182, 646)

    def settle() -> None:
        qtbot.waitUntil(lambda: jobs.pending == 0)
        QApplication.processEvents()

    settle()
    assert view.modes.mode is Mode.DRAWING
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.search.hasFocus()
    QTest.keyClicks(view.search, "robin")
    settle()
    assert view.panel.title.text() == ODD[3]
    assert view.modes.counts.text().startswith("1 of 1: <b>Robin</b>")
    robin = presenter.person
    assert (presenter.drawing.person, view.table.current_key()) == (robin, robin)
    view.search.clear()
    for mode in Mode:
        QTest.mouseClick(view.modes.chips[mode], Qt.MouseButton.LeftButton)
        settle()
        assert walkers.text_fits(view) == []
        assert walkers.unnamed_controls(view) == []
        assert walkers.rich_text_labels(view) == []
        assert view.modes.shown.hasFocus() or view.modes.shown.isAncestorOf(cast(QWidget, QApplication.focusWidget()))
    QTest.keyClick(view.table, Qt.Key.Key_Home)
    settle()
    shown = view.table.current_key()
    assert presenter.drawing.person == shown == presenter.person
    vacant = next(at for at, seat in enumerate(presenter.drawing.structure.tree.seats) if seat.vacant)
    presenter.drawing.choose(vacant)
    settle()
    assert view.panel.title.text() == "Nobody in this post"
    view.show_person(cast(UUID, robin))
    settle()
    assert presenter.drawing.person == robin
    view.modes.choose(Mode.DRAWING)
    view.drawing.view.setFocus()
    shared = next(at for at, seat in enumerate(presenter.drawing.structure.tree.seats) if len(seat.holders) > 1)
    presenter.drawing.choose(shared)
    settle()
    seen = [view.panel.title.text()]
    for _ in range(2):
        QTest.keyClick(view.drawing.view, Qt.Key.Key_Return)
        settle()
        seen.append(view.panel.title.text())
    assert sorted(seen[:2]) == ["Adam Reid", "Priya Cole"]
    assert seen[2] == seen[0]
    presenter.close()
    jobs.close()


def share_post(world: World, *names: str) -> None:
    people = [uuid4() for _ in names]
    said = [(key, PersonListed(world.chart, name)) for key, name in zip(people, names, strict=True)]
    post = PostListed(
        world.chart, AUTHORITY, "", "Team Manager, Team 4", reports_to=world.head_of_service, holders=tuple(people)
    )
    world.write(*said, (uuid4(), post))


def test_the_words_of_a_card_fit_in_any_theme_size(look: Theme) -> None:
    draw = random.Random(5)
    words = told(random_tree(23)).words
    heights = [measure(draw.choice(words), CardLook(theme.tokens()["light"], 1.15)).height for _ in words]
    assert min(heights) >= round(48 * 1.15) - 1
