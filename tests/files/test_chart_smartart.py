"""SmartArt stores who stands under whom; what the program wrote itself, and layouts of another kind, mean nothing."""

from pathlib import Path

import pytest

from tests.files.charts import written
from tests.files.slides import box, deck, diagram, relations, slide
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_table import Mark
from visitor_register.errors import FileRefusedError
from visitor_register.files import reader_child
from visitor_register.files.charts import understand

PEOPLE = {
    "a": ("Ada Thistlemere", "Head of Service, CIN"),
    "b": ("Ben Kettledale", "Team Manager, CIN 1"),
    "c": ("VACANT", "Team Manager, CIN 2"),
    "d": ("Di Foxglove", "Personal Assistant"),
    "e": ("Ed Mossycombe*", "Social Worker"),
}
LINKS = (("b", "a"), ("c", "a"), ("d", "a"), ("e", "c"))


def read(folder: Path, *data: str, title: str = "Children in Need") -> ChartReading:
    """Read a slide with these diagrams under a title."""
    over = box(2, (10, 10, 500, 30), title, place="title")
    return understand(
        [reader_child.read(written(folder, "a.pptx", deck(slide(over, diagrams=len(data)), diagrams=[data])))]
    )


def managers(reading: ChartReading) -> dict[str, str]:
    """Whom each row reports to, by name or title."""
    rows = {row.key: row.name or row.job_title for row in reading.people}
    return {rows[row.key]: rows[row.manager] if row.manager else "" for row in reading.people}


def test_points_are_people_and_connections_their_lines(tmp_path: Path) -> None:
    reading = read(tmp_path, diagram(PEOPLE, LINKS, assistants="d"))
    assert managers(reading) == {
        "Ada Thistlemere": "",
        "Ben Kettledale": "Ada Thistlemere",
        "Team Manager, CIN 2": "Ada Thistlemere",
        "Di Foxglove": "Ada Thistlemere",
        "Ed Mossycombe": "Team Manager, CIN 2",
    }
    assert [row.vacant for row in reading.people] == [False, False, True, False, False]
    assert {row.service for row in reading.people} == {"Children in Need"}
    assert not reading.problems
    assert [link.mark for link in reading.pages[0].links if link.manager] == [Mark.SET] * 4
    assert reading.pages[0].boxes[1].lines == PEOPLE["b"]


@pytest.mark.parametrize("layout", ["orgChart1#3", "hierarchy2", "HorizontalOrganizationChart", "PictureOrgChart"])
def test_every_layout_of_a_hierarchy_is_one(tmp_path: Path, layout: str) -> None:
    assert managers(read(tmp_path, diagram(PEOPLE, LINKS, layout=f"urn:x/layout/{layout}")))["Di Foxglove"]


@pytest.mark.parametrize("layout", ["cycle1", "radial1", "vList2", ""])
def test_other_layouts_set_nobody_and_offer_who_stands_above(tmp_path: Path, layout: str) -> None:
    reading = read(tmp_path, diagram(PEOPLE, LINKS, layout=f"urn:x/layout/{layout}"))
    assert set(managers(reading).values()) == {""}
    ada, ben = reading.people[:2]
    assert ben.candidates[0] == ada.key
    assert any("does not say who reports to whom" in problem.text for problem in reading.problems)


def test_template_text_and_blank_points_are_nobody_but_are_passed(tmp_path: Path) -> None:
    points = {**PEOPLE, "f": "[Text]", "g": "Name", "h": "Gil Hobbleby"}
    reading = read(tmp_path, diagram(points, (*LINKS, ("f", "a"), ("g", "a"), ("h", "g")), templates="f"))
    assert len(reading.people) == len(PEOPLE) + 1
    gil = reading.people[-1]
    assert gil.manager is None
    assert reading.people[0].key in gil.candidates[:3]


def test_titles_in_boxes_of_their_own_are_the_title_of_the_box_beside(tmp_path: Path) -> None:
    points = {"a": "Ada Thistlemere", "b": "Ben Kettledale"}
    beside = {"a": "Head of Service, CIN", "b": "Social Worker"}
    data = diagram(points, (("b", "a"),), layout="urn:x/NameandTitleOrganizationalChart", beside=beside)
    assert [row.job_title for row in read(tmp_path, data).people] == list(beside.values())


def test_posts_alone_are_posts_without_people(tmp_path: Path) -> None:
    points = {"a": "Top", "b": "Mid-Left", "c": "Mid-Right", "d": "Bottom-Left", "e": "Bottom-Left"}
    reading = read(tmp_path, diagram(points, (("b", "a"), ("c", "a"), ("d", "b"), ("e", "b"))))
    assert [row.job_title for row in reading.people] == list(points.values())
    assert all(row.vacant for row in reading.people)
    assert sum(row.manager is not None for row in reading.people) == 4


def test_rings_loose_ends_and_two_managers_end_and_set_nobody(tmp_path: Path) -> None:
    links = (("a", "b"), ("b", "a"), ("c", "nobody"), ("d", "b"), ("d", "e"), ("x", "a"), ("e", "e"))
    reading = read(tmp_path, diagram(PEOPLE, links))
    assert set(managers(reading).values()) == {""}
    ada, ben, _, di, ed = reading.people
    assert ben.key in ada.candidates
    assert set(di.candidates[:2]) == {ben.key, ed.key}
    texts = " ".join(problem.text for problem in reading.problems)
    assert "in a ring" in texts
    assert "under several managers" in texts
    assert "No line leads" in texts


def test_several_diagrams_of_a_slide_are_all_read_and_each_once(tmp_path: Path) -> None:
    second = diagram({"a": ("Gil Hobbleby", "Director"), "b": PEOPLE["a"]}, (("b", "a"),))
    reading = read(tmp_path, diagram(PEOPLE, LINKS), second, title="All of it")
    assert managers(reading)["Ada Thistlemere"] == "Gil Hobbleby"
    assert len(reading.people) == len(PEOPLE) + 1
    assert [page.name for page in reading.pages] == ["slide 1, diagram 1: All of it", "slide 1, diagram 2: All of it"]
    ada = [box.id for page in reading.pages for box in page.boxes if box.lines[0] == "Ada Thistlemere"]
    assert len(ada) == 2
    assert len(set(ada)) == 1


def test_entities_in_a_diagram_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="definitions"):
        read(tmp_path, '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + diagram(PEOPLE, LINKS))


def test_the_picture_shows_where_the_points_were_last_drawn(tmp_path: Path) -> None:
    data = diagram(PEOPLE, LINKS).replace(
        "</dgm:dataModel>", '<dgm:extLst><dgm:dataModelExt relId="w"/></dgm:extLst></dgm:dataModel>'
    )
    shape = '<sp modelId="presa"><spPr><a:xfrm><a:off x="12700" y="25400"/><a:ext cx="1270000" cy="x"/></a:xfrm></spPr>'
    drawing = f'<drawing xmlns:a="a">{shape}<txBody/></sp></drawing>'
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(
            {"d1": ("diagramData", "../diagrams/data11.xml"), "w": ("diagramDrawing", "../diagrams/drawing1.xml")}
        ),
        "ppt/diagrams/drawing1.xml": drawing,
    }
    path = written(tmp_path, "a.pptx", deck(slide(diagrams=1), diagrams=[[data]], more=more))
    first = reader_child.read(path).pages[0].boxes[0]
    assert (first.left, first.top, first.right, first.bottom) == (1, 2, 101, 2)
