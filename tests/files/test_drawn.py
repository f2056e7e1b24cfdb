"""From boxes and lines to one table: whatever program drew them, what the drawing says is kept and nothing guessed."""

import math

import pytest

from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Mark, Source
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits, wire
from visitor_register.files.charts import understand
from visitor_register.files.drawn import Shape, Sheet, Tie, assemble

ADA = ("Ada Thistlemere", "Team Manager, MASH")
BEN = ("Ben Kettledale", "Social Worker")
CY = ("Cy Foxglove", "Social Worker")


def shape(id_: str, *lines: str, top: float = 0.0, framed: bool = True, **said: str) -> Shape:
    """A box; `said` is what the file says outright, by the name of the field."""
    fields = {Field[field.upper()]: text for field, text in said.items()}
    return Shape(id_, 10, top, 110, top + 30, lines, fields, framed=framed)


def sheet(*parts: Shape | Tie, title: str = "", name: str = "slide 1") -> Sheet:
    """A page with these boxes and lines."""
    shapes = tuple(part for part in parts if isinstance(part, Shape))
    return Sheet(name, title, 960, 540, shapes, tuple(part for part in parts if isinstance(part, Tie)))


def under(child: str, manager: str) -> Tie:
    """A line that is certain."""
    return Tie(child, manager, Mark.SET)


def drawn(*sheets: Sheet) -> Source:
    """What the boxes and lines become, as it comes out of the child that reads them."""
    return wire.decode(wire.encode(assemble("pptx", "a.pptx", sheets)), Source)


def people(reading: ChartReading) -> dict[str, ChartPerson]:
    """The rows by name, or by title where nobody is named."""
    return {row.name or row.job_title: row for row in reading.people}


def test_what_the_file_says_outright_wins_over_the_text() -> None:
    told = shape("a", "Thistlemere A.", "TM", name=ADA[0], job_title=ADA[1], unit="MASH", post_ref="CS1004")
    found = understand(
        [drawn(sheet(told, shape("b", *BEN), shape("c", *CY, unit="EDT"), under("b", "a"), under("c", "b")))]
    )
    ada, ben, cy = found.people
    assert (ada.name, ada.job_title, ada.unit, ada.post_ref) == (*ADA, "MASH", "CS1004")
    assert (ben.unit, cy.unit) == ("", "EDT")
    assert [row.manager for row in found.people] == [None, ada.key, ben.key]


def test_those_under_a_box_with_its_team_are_in_that_team() -> None:
    boxes = shape("a", *ADA, "MASH"), shape("b", *BEN), shape("c", *CY, "EDT")
    found = people(understand([drawn(sheet(*boxes, under("b", "a"), under("c", "a")))]))
    assert [row.unit for row in found.values()] == ["MASH", "MASH", "EDT"]


def test_columns_about_which_the_drawing_says_nothing_are_left_out() -> None:
    table = drawn(sheet(shape("a", *ADA), shape("b", *BEN), under("b", "a"))).tables[0]
    assert table.ours
    assert table.rows[0].cells == ("Name", "Job Title", "Drawn box", "Drawn under box")


@pytest.mark.parametrize("title", ["Overview", "Contents", "Senior management team", "Adult Services", ""])
def test_a_page_that_is_not_of_one_service_names_none(title: str) -> None:
    boxes = shape("a", *ADA), shape("b", *BEN), under("b", "a")
    assert {row.service for row in understand([drawn(sheet(*boxes, title=title))]).people} == {""}


@pytest.mark.parametrize(
    "title", ["MASH", "MASH - structure chart", "MASH (continued)", "MASH (2 of 3)", "MASH organisation chart"]
)
def test_a_page_of_one_service_says_it_for_all(title: str) -> None:
    boxes = shape("a", *ADA), shape("b", *BEN), under("b", "a")
    assert {row.service for row in understand([drawn(sheet(*boxes, title=title))]).people} == {"MASH"}


def test_a_vacant_post_drawn_twice_is_one_only_where_its_title_says_so() -> None:
    director = shape("d", "Gil Hobbleby", "Director")
    overview = sheet(director, shape("v", "VACANT", "Head of Service"), under("v", "d"))
    own = sheet(shape("w", "VACANT", "Head of Service"), shape("b", *BEN), under("b", "w"), name="slide 2")
    found = people(understand([drawn(overview, own)]))
    assert found[BEN[0]].manager == found["Head of Service"].key
    assert found["Head of Service"].manager == found["Gil Hobbleby"].key
    # A second head of service with the same title, filled or not: which of the two it is nobody can say.
    second = shape("x", "Ada Thistlemere", "Head of Service")
    overview = sheet(*overview.shapes, second, *overview.ties, under("x", "d"))
    rows = understand([drawn(overview, own)]).people
    assert [row.vacant for row in rows].count(True) == 2
    assert next(row for row in rows if row.name == BEN[0]).manager == rows[3].key


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 1e308])
def test_numbers_without_end_are_no_places(number: float) -> None:
    far = Shape("b", number, 0, 1, 1, BEN)
    tie = Tie("b", "a", Mark.CHECK, points=((0, 0), (number, 1)))
    page = drawn(sheet(shape("a", *ADA), far, tie)).pages[0]
    assert (page.boxes[1].left, page.boxes[1].right, page.links[0].points) == (0, 0, ())


def test_what_is_no_chart_is_refused_with_one_sentence() -> None:
    for parts, says in (
        ([], "No box"),
        ([shape("a", "Agenda of the meeting")], "No box"),
        ([shape(f"s{at}", "x") for at in range(limits.SHAPES + 1)], "more than 2,000 shapes"),
    ):
        with pytest.raises(FileRefusedError, match=says) as refused:
            drawn(sheet(*parts))
        assert str(refused.value).endswith(".")
        assert ". " not in str(refused.value)


def test_lines_to_nothing_and_to_oneself_are_not_placed() -> None:
    lines = Tie("b", "", Mark.LOOSE), under("a", "a"), under("x", "y"), Tie("b", "z", Mark.SET)
    reading = understand([drawn(sheet(shape("a", *ADA), shape("b", *BEN), *lines))])
    assert all(row.manager is None for row in reading.people)
    assert [link.mark for link in reading.pages[0].links] == [Mark.LOOSE, Mark.LOOSE]


def test_hundreds_of_pages_and_namesakes_end_soon() -> None:
    pages = [
        sheet(
            *(shape(f"{number}-{at}", "Ada Thistlemere", f"Social Worker {at}") for at in range(30)),
            *(under(f"{number}-{at}", f"{number}-0") for at in range(1, 30)),
            name=f"slide {number}",
        )
        for number in range(100)
    ]
    assert len(drawn(*pages).tables[0].rows) == 31


def test_chart_says_when_it_stands_for() -> None:
    legend = shape("l", "Correct as at 05/01/2026", framed=False)
    reading = understand([drawn(sheet(shape("a", *ADA), shape("b", *BEN), legend, under("b", "a")))])
    assert str(reading.as_at) == "2026-01-05"
    titled = understand([drawn(sheet(shape("a", *ADA), shape("b", *BEN), under("b", "a"), title="Updated 6 May 2026"))])
    assert str(titled.as_at) == "2026-05-06"
