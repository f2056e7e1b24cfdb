"""Charts drawn in PowerPoint: connectors glued to boxes, groups, frames under texts, and what a file may do to us."""

import time
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from tests.files.charts import written
from tests.files.slides import box, deck, glued, group, line, slide, way
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_table import Mark
from visitor_register.errors import FileRefusedError
from visitor_register.files import pptx_plane, pptx_ways, reader_child
from visitor_register.files.charts import understand

ADA = ("Ada Thistlemere", "Head of Service, CIN")
BEN = ("Ben Kettledale", "Team Manager, CIN 1")
CY = ("Cy Foxglove", "Social Worker")
DI = ("Di Mossycombe", "Social Worker")
TOP, LEFT, RIGHT = (400, 60, 160, 40), (200, 200, 160, 40), (600, 200, 160, 40)


def read(folder: Path, *slides: str, name: str = "a.pptx") -> ChartReading:
    """Read a presentation in this process."""
    return understand([reader_child.read(written(folder, name, deck(*slides)))])


def managers(reading: ChartReading) -> dict[str, str]:
    """Whom each row reports to, by name or title."""
    rows = {row.key: row.name or row.job_title for row in reading.people}
    return {rows[row.key]: rows[row.manager] if row.manager else "" for row in reading.people}


def offered(reading: ChartReading, name: str) -> list[str]:
    """Who is offered as the manager of somebody, best first."""
    rows = {row.key: row.name for row in reading.people}
    return [rows[key] for row in reading.people if row.name == name for key in row.candidates]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("name", ["a.pptx", "a.pptm", "a.xlsx"])
def test_the_higher_box_of_a_glued_connector_is_the_manager(tmp_path: Path, name: str, backwards: bool) -> None:
    connector = glued(4, 3, (0, 2)) if backwards else glued(3, 4)
    reading = read(
        tmp_path,
        slide(
            box(2, (17, 5, 600, 30), "Children in Need", free=True),
            box(9, (17, 520, 600, 12), "OFFICIAL - correct as at 5 January 2026    * = agency", free=True),
            box(3, TOP, *ADA, "020 7946 0983"),
            box(4, LEFT, *BEN, kind="roundRect"),
            box(5, (220, 260, 160, 30), "Cy Foxglove*", CY[1]),
            connector,
            glued(4, 5, (1, 1)),
        ),
        name=name,
    )
    assert managers(reading) == {ADA[0]: "", BEN[0]: ADA[0], CY[0]: BEN[0]}
    assert [row.job_title for row in reading.people] == [ADA[1], BEN[1], CY[1]]
    assert reading.people[0].phones[0].number == "+442079460983"
    assert reading.people[2].flags == ("*",)
    assert {row.service for row in reading.people} == {"Children in Need"}
    assert reading.as_at is not None
    assert reading.as_at.isoformat() == "2026-01-05"
    assert reading.problems == ()


def test_groups_move_and_stretch_what_is_in_them(tmp_path: Path) -> None:
    # Inside its group Ben stands far above Ada.
    inner = group(box(4, (0, 0, 80, 20), *BEN), (200, 200, 160, 40), (0, 0, 80, 20), 'flipH="1"')
    outer = group(inner + box(5, (220, 260, 160, 30), *CY), (200, 200, 160, 90), (200, 200, 160, 90))
    reading = read(tmp_path, slide(box(3, TOP, *ADA), outer, glued(4, 3, (0, 2)), glued(4, 5, (1, 1))))
    assert managers(reading) == {ADA[0]: "", BEN[0]: ADA[0], CY[0]: BEN[0]}
    ben = next(box for box in reading.pages[0].boxes if box.lines == BEN)
    assert (ben.left, ben.top, ben.right, ben.bottom) == pytest.approx((200, 200, 360, 240))


def test_a_dashed_line_is_offered_and_never_set(tmp_path: Path) -> None:
    boxes = box(3, TOP, *ADA) + box(4, LEFT, *BEN) + box(5, (220, 320, 160, 30), *CY) + box(6, RIGHT, *DI)
    reading = read(tmp_path, slide(boxes, glued(3, 4), glued(4, 5), glued(3, 5, dashed=True), glued(3, 6, dashed=True)))
    assert managers(reading) == {ADA[0]: "", BEN[0]: ADA[0], CY[0]: BEN[0], DI[0]: ""}
    assert offered(reading, DI[0]) == [ADA[0]]
    dashed = [link for link in reading.pages[0].links if link.dashed]
    assert [link.mark for link in dashed] == [Mark.CHECK] * 2


def test_what_cannot_be_seen_or_is_a_picture_is_no_line(tmp_path: Path) -> None:
    boxes = box(3, TOP, *ADA) + box(4, LEFT, *BEN) + box(5, RIGHT, *DI)
    unseen = glued(3, 4).replace("</p:spPr>", "<a:ln><a:noFill/></a:ln></p:spPr>")
    scribble = way([(480 + at % 7, 100 + 2 * at) for at in range(51)] + [(280, 200)] * 20, connector=False)
    bent = glued(3, 5).replace('<a:prstGeom prst="bentConnector3"/>', "<a:custGeom/>")
    reading = read(tmp_path, slide(boxes, unseen, scribble, bent))
    assert managers(reading) == {ADA[0]: "", BEN[0]: "", DI[0]: ADA[0]}


def test_two_managers_and_neighbours_are_for_a_person_to_settle(tmp_path: Path) -> None:
    boxes = box(3, TOP, *ADA) + box(4, LEFT, *BEN) + box(5, (380, 320, 160, 30), *CY) + box(6, RIGHT, *DI)
    reading = read(tmp_path, slide(boxes, glued(3, 4), glued(4, 5), glued(6, 5), glued(4, 6, (3, 1))))
    assert managers(reading) == {ADA[0]: "", BEN[0]: ADA[0], CY[0]: "", DI[0]: ""}
    assert set(offered(reading, CY[0])) == {BEN[0], DI[0]}
    assert offered(reading, DI[0]) == [BEN[0]]
    assert any("under several managers" in problem.text for problem in reading.problems)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_chart_that_grows_to_the_right_is_read_from_left_to_right(tmp_path: Path, backwards: bool) -> None:
    boxes = box(3, (20, 200, 160, 40), *ADA) + box(4, (300, 100, 160, 40), *BEN) + box(5, (300, 300, 160, 40), *DI)
    wires = [glued(4, 3, (1, 3)), glued(5, 3, (1, 3))] if backwards else [glued(3, 4, (3, 1)), glued(3, 5, (3, 1))]
    assert managers(read(tmp_path, slide(boxes, *wires))) == {ADA[0]: "", BEN[0]: ADA[0], DI[0]: ADA[0]}
    alone = read(tmp_path, slide(boxes, wires[0]))
    assert set(managers(alone).values()) == {""}


def test_side_connectors_of_a_chart_that_grows_downwards_lead_to_the_higher_box(tmp_path: Path) -> None:
    boxes = box(3, TOP, *ADA) + box(4, LEFT, *BEN) + box(5, RIGHT, *DI)
    careless = read(tmp_path, slide(boxes, glued(3, 4, (3, 1)), glued(3, 5, (3, 1))))
    assert managers(careless) == {ADA[0]: "", BEN[0]: ADA[0], DI[0]: ADA[0]}


def test_an_assistant_a_little_above_at_the_side_is_not_taken_for_the_manager(tmp_path: Path) -> None:
    assistant = box(7, (600, 30, 160, 40), "Gil Hobbleby", "Personal Assistant")
    boxes = box(3, TOP, *ADA) + assistant + box(4, LEFT, *BEN) + box(5, RIGHT, *DI)
    for wire in (glued(3, 7, (3, 1)), glued(7, 3, (0, 3)), glued(7, 3, (1, 3))):
        reading = read(tmp_path, slide(boxes, wire, glued(3, 4), glued(3, 5)))
        assert managers(reading) == {ADA[0]: "", "Gil Hobbleby": "", BEN[0]: ADA[0], DI[0]: ADA[0]}


def test_those_in_a_panel_are_offered_whoever_the_panel_hangs_on(tmp_path: Path) -> None:
    for label in ((), ("First team",)):
        panel = box(9, (180, 190, 620, 80), *label)
        team = panel + box(4, LEFT, *BEN) + box(5, RIGHT, *DI)
        reading = read(tmp_path, slide(box(3, TOP, *ADA), team, box(6, (450, 320, 160, 30), *CY), glued(3, 9)))
        assert managers(reading) == {ADA[0]: "", BEN[0]: "", DI[0]: "", CY[0]: ""}
        assert offered(reading, BEN[0])[0] == offered(reading, DI[0])[0] == ADA[0]


def test_a_name_typed_into_a_box_and_a_title_laid_over_it_are_one(tmp_path: Path) -> None:
    over = box(8, (405, 80, 150, 18), ADA[1], free=True)
    reading = read(tmp_path, slide(box(3, TOP, ADA[0]), over, box(4, LEFT, *BEN), glued(8, 4)))
    assert [(row.name, row.job_title) for row in reading.people] == [ADA, BEN]
    assert managers(reading)[BEN[0]] == ADA[0]


def test_ends_that_lead_nowhere_and_numbers_that_stand_twice_set_nobody(tmp_path: Path) -> None:
    boxes = box(3, TOP, *ADA) + box(4, LEFT, *BEN) + box(4, RIGHT, *DI) + box(5, (220, 320, 160, 30), *CY)
    reading = read(tmp_path, slide(boxes, glued(3, 4), glued(3, 99), glued(98, 5), glued(5, 5)))
    assert set(managers(reading).values()) == {""}
    assert len(reading.people) == 4


@pytest.mark.parametrize("number", ["1e308", "-1e308", "nan", "inf", "x", ""])
def test_places_that_are_no_places_end_and_set_nobody(tmp_path: Path, number: str) -> None:
    far = box(4, LEFT, *BEN).replace('x="2540000"', f'x="{number}"').replace('y="2540000"', f'y="{number}"')
    wire = way([(480, 100), (280, 200)]).replace('x="2540000"', f'x="{number}"')
    reading = read(tmp_path, slide(box(3, TOP, *ADA), far.replace('cy="508000"', f'cy="{number}"'), glued(3, 4), wire))
    assert set(managers(reading).values()) == {""}
    assert len(reading.people) == 2


def test_a_list_box_is_a_post_a_line_and_manages_nobody(tmp_path: Path) -> None:
    listed = box(
        5, (200, 300, 160, 60), f"{CY[0]} - Social Worker", f"{DI[0]} - Family Worker", "Vacant - Duty Officer"
    )
    below = box(6, (200, 420, 160, 30), "Ed Umbercombe", "Student")
    reading = read(tmp_path, slide(box(4, LEFT, *BEN), listed, below, glued(4, 5), glued(5, 6)))
    assert managers(reading) == {
        BEN[0]: "",
        CY[0]: BEN[0],
        DI[0]: BEN[0],
        "Duty Officer": BEN[0],
        "Ed Umbercombe": "",
    }
    assert offered(reading, "Ed Umbercombe")[:2] == [CY[0], DI[0]]
    drawn = [box for box in reading.pages[0].boxes if box.bottom <= 360 and box.top >= 300]
    assert [box.lines[0] for box in drawn] == [CY[0], DI[0], "Vacant"]
    assert [round(box.bottom - box.top) for box in drawn] == [20] * 3


def test_a_job_share_is_one_post_of_two_people(tmp_path: Path) -> None:
    shared = box(4, LEFT, f"{BEN[0]} / Gil Hobbleby", "Team Manager, CIN 1")
    reading = read(
        tmp_path, slide(box(3, TOP, *ADA), shared, box(5, (220, 320, 160, 30), *CY), glued(3, 4), glued(4, 5))
    )
    ben, gil = reading.people[1:3]
    assert (ben.name, gil.name, ben.box) == (BEN[0], "Gil Hobbleby", gil.box)
    assert ben.manager == gil.manager == reading.people[0].key
    assert reading.people[3].manager in (ben.key, gil.key)
    assert reading.problems == ()


def test_who_is_on_the_overview_and_on_their_own_page_is_one(tmp_path: Path) -> None:
    overview = slide(
        box(2, (17, 5, 600, 30), "Children's Services - overview", free=True),
        box(3, TOP, "Gil Hobbleby", "Director of Children's Services"),
        box(4, LEFT, ADA[0], "Head of Service", "020 7946 0983"),
        box(5, RIGHT, "VACANT", "Head of Service, CYAD"),
        glued(3, 4),
        glued(3, 5),
    )
    own = slide(
        box(2, (17, 5, 600, 30), "Children in Need (1 of 2)", free=True),
        box(3, TOP, *ADA),
        box(4, LEFT, *BEN),
        glued(3, 4),
    )
    vacant = slide(
        box(2, (17, 5, 600, 30), "CYAD (Children and Young Adults with Disabilities)", free=True),
        box(3, TOP, "Head of Service, CYAD", "(Vacant)"),
        box(4, LEFT, *DI),
        glued(3, 4),
    )
    reading = read(tmp_path, overview, own, vacant)
    assert managers(reading) == {
        "Gil Hobbleby": "",
        ADA[0]: "Gil Hobbleby",
        "Head of Service, CYAD": "Gil Hobbleby",
        BEN[0]: ADA[0],
        DI[0]: "Head of Service, CYAD",
    }
    ada = reading.people[1]
    assert (ada.job_title, ada.phones[0].number) == ("Head of Service, CIN", "+442079460983")
    assert [row.service for row in reading.people] == [
        "",
        "Children in Need",
        "CYAD (Children and Young Adults with Disabilities)",
        "Children in Need",
        "CYAD (Children and Young Adults with Disabilities)",
    ]
    assert reading.problems == ()


def test_one_person_under_two_managers_on_two_pages_is_for_a_person_to_settle(tmp_path: Path) -> None:
    pages = [slide(box(3, TOP, *boss), box(4, LEFT, *CY), glued(3, 4)) for boss in (ADA, BEN)]
    reading = read(tmp_path, *pages)
    assert managers(reading) == {ADA[0]: "", CY[0]: "", BEN[0]: ""}
    assert set(offered(reading, CY[0])) == {ADA[0], BEN[0]}
    # Two vacant posts with one title are two posts: nothing says that they are one.
    vacant = [slide(box(3, TOP, *boss), box(4, LEFT, "VACANT", "Social Worker"), glued(3, 4)) for boss in (ADA, BEN)]
    assert len(read(tmp_path, *vacant).people) == 4


def test_names_of_teams_between_people_are_no_posts(tmp_path: Path) -> None:
    team = box(5, (200, 270, 160, 30), "Duty Team")
    workers = box(6, (200, 330, 160, 30), *CY) + box(7, (400, 330, 160, 30), *DI)
    lines = [glued(3, 4), glued(4, 5), glued(5, 6), glued(5, 7)]
    reading = read(tmp_path, slide(box(3, TOP, *ADA), box(4, LEFT, *BEN), team, workers, *lines))
    assert managers(reading) == {ADA[0]: "", BEN[0]: ADA[0], CY[0]: "", DI[0]: ""}
    assert offered(reading, CY[0]) == offered(reading, DI[0]) == [BEN[0]]
    assert [row.unit for row in reading.people] == ["", "", "Duty Team", "Duty Team"]


def test_texts_over_empty_frames_and_lines_of_every_kind(tmp_path: Path) -> None:
    frames = "".join(box(number, at) for number, at in ((3, TOP), (4, LEFT)))
    texts = box(8, (405, 62, 150, 18), ADA[0], free=True) + box(9, (405, 80, 150, 18), ADA[1], free=True)
    over = box(10, (203, 202, 154, 36), *BEN, free=True)
    bar = box(11, (478, 100, 1, 50)) + box(12, (280, 149, 200, 1)) + box(13, (280, 149, 1, 50))
    elbow = line((480, 100, 0, 0), attributes="") + line(
        (530, 50, 100, 200), "bentConnector3", 'rot="5400000" flipV="1"', guides='<a:gd name="adj1" fmla="val 50000"/>'
    )
    worker = box(6, (215, 260, 140, 30), *CY)
    hanging = way([(208, 240), (208, 275), (215, 275)], connector=False)
    reading = read(tmp_path, slide(frames, texts, over, bar, box(7, RIGHT, *DI), elbow, worker, hanging))
    assert managers(reading) == {ADA[0]: "", BEN[0]: ADA[0], DI[0]: ADA[0], CY[0]: BEN[0]}


def test_an_elbow_turned_and_mirrored_lies_where_powerpoint_draws_it() -> None:
    shape = line((530, 50, 100, 200), "bentConnector3", 'rot="5400000"', guides='<a:gd name="adj1" fmla="val 25000"/>')
    root = fromstring(f'<x xmlns:a="a" xmlns:p="p">{shape}</x>')  # noqa: S314  (our own text)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    properties = next(root.iter("spPr"))
    frame = pptx_plane.frame(properties.find("xfrm"), pptx_plane.SLIDE)
    assert frame.corners() == pytest.approx((480, 100, 680, 200))
    (found,) = pptx_ways.ways(properties, frame, line=True)
    assert [(round(x), round(y)) for x, y in found] == [(680, 100), (680, 125), (480, 125), (480, 200)]


def test_untied_people_are_kept_and_titles_legends_and_banners_are_nobody(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        slide(
            box(2, (17, 5, 600, 30), "Corporate Parenting"),
            box(3, TOP, *ADA),
            box(4, LEFT, *BEN),
            box(5, RIGHT, *DI),
            box(6, (17, 500, 300, 20), "Key: dashed line = professional supervision", free=True),
            box(7, (17, 470, 300, 20), "Updated 05/01/2026 by Business Support", free=True),
            box(8, (700, 400, 100, 30), "Name", "Title"),
            glued(3, 4),
        ),
    )
    assert managers(reading) == {ADA[0]: "", BEN[0]: ADA[0], DI[0]: ""}
    assert str(reading.as_at) == "2026-01-05"
    assert offered(reading, DI[0]) == [ADA[0]]
    assert [problem.text for problem in reading.problems] == ["The line of 1 post is not certain; choose the manager."]


def flow_chart() -> str:
    """Seventeen boxes of a process with eighteen lines."""
    boxes = "".join(box(at, (100 * (at % 5), 60 * (at // 5), 80, 30), f"Parse part {at}") for at in range(2, 19))
    lines = [glued(at, at + 5) for at in range(2, 14)] + [glued(at, at + 6) for at in range(2, 8)]
    return slide(boxes, *lines)


def test_a_flow_chart_is_refused_and_left_out_beside_a_chart(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="no chart of who reports to whom"):
        read(tmp_path, flow_chart())
    posts = slide(box(3, TOP, "Head of Service"), box(4, LEFT, "Team Manager, CIN 1"), glued(3, 4))
    reading = read(tmp_path, posts, flow_chart())
    assert [row.job_title for row in reading.people] == ["Head of Service", "Team Manager, CIN 1"]
    assert any(problem.text.startswith("Slide 2 was left out") for problem in reading.problems)


def test_a_process_beside_a_chart_of_people_is_left_out(tmp_path: Path) -> None:
    steps = ("Referral received", "Screening", "Strategy discussion", "Visit within a day")
    boxes = [box(at, (10 + 200 * at, 100 + 60 * at, 150, 40), text) for at, text in enumerate(steps, 3)]
    process = slide(*boxes, *(glued(at, at + 1) for at in range(3, 6)))
    reading = read(tmp_path, slide(box(3, TOP, *ADA), box(4, LEFT, *BEN), glued(3, 4)), process)
    assert managers(reading) == {ADA[0]: "", BEN[0]: ADA[0]}
    assert [problem.where for problem in reading.problems] == ["slide 2"]


def test_hidden_slides_tables_and_pictures_are_said(tmp_path: Path) -> None:
    chart = box(3, TOP, *ADA) + box(4, LEFT, *BEN) + glued(3, 4)
    table = "<p:graphicFrame><a:graphic><a:tbl/></a:graphic></p:graphicFrame>"
    reading = read(tmp_path, slide(chart, show=False), slide(chart, table))
    assert len(reading.people) == 2
    assert [problem.text for problem in reading.problems] == [
        "Slide 1 is hidden in the presentation and was left out.",
        "A table or an object of another program on slide 2 was not read.",
    ]
    lost = read(tmp_path, slide(chart, diagrams=1))
    assert [problem.text for problem in lost.problems] == [
        "A diagram of slide 1 is missing from the file and was not read."
    ]
    with pytest.raises(FileRefusedError, match="never read off pictures"):
        read(tmp_path, slide("<p:pic/>"))
    with pytest.raises(FileRefusedError, match="No box of the drawing"):
        read(tmp_path, slide(box(2, TOP, "Agenda", "Minutes of the last meeting", free=True)))


def test_three_thousand_groups_in_one_another_and_two_thousand_shapes(tmp_path: Path) -> None:
    started = time.perf_counter()
    inside = box(3, TOP, *ADA) + box(4, LEFT, *BEN)
    deep = "<p:grpSp><p:grpSpPr/>" * 3000 + inside + "</p:grpSp>" * 3000
    assert managers(read(tmp_path, slide(deep, glued(3, 4)))) == {ADA[0]: "", BEN[0]: ADA[0]}
    with pytest.raises(FileRefusedError, match="2,000 shapes"):
        read(tmp_path, slide(*[box(at, TOP, "x") for at in range(2001)]))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda data: data[: len(data) // 2], "incomplete"),
        (lambda data: data.replace(b"ppt/slides/slide2.xml", b"ppt/slides/slideX.xml"), "incomplete"),
        (lambda data: data.replace(b"ppt/presentation.xml", b"ppt/presentations.xm"), "incomplete"),
    ],
    ids=["cut off", "a slide is missing", "the list of slides is missing"],
)
def test_broken_presentations_are_refused(tmp_path: Path, damage: object, says: str) -> None:
    data = deck(slide(box(3, TOP, *ADA)), slide(box(3, TOP, *BEN)))
    with pytest.raises(FileRefusedError, match=says):
        reader_child.read(written(tmp_path, "a.pptx", damage(data)))  # type: ignore[operator]
    with pytest.raises(FileRefusedError, match="no slides"):
        reader_child.read(written(tmp_path, "a.pptx", deck()))


def test_entity_bombs_and_slides_listed_a_thousand_times_end(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="definitions"):
        read(tmp_path, '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + slide(box(3, TOP, *ADA)))
    chart = slide(box(3, TOP, *ADA), box(4, LEFT, *BEN), glued(3, 4))
    listed = deck(chart)
    many = deck(chart, more={"ppt/presentation.xml": presentation(1000)})
    assert len(understand([reader_child.read(written(tmp_path, "a.pptx", many))]).people) == 2
    assert listed != many


def presentation(times: int) -> str:
    """A list that names the first slide many times."""
    entries = '<p:sldId id="256" r:id="s0"/>' * times
    return f'<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>{entries}</p:sldIdLst></p:presentation>'
