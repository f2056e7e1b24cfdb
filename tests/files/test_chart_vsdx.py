"""Visio drawings: who is in the boxes, which line is certain, and what a damaged or hostile drawing does."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files.charts import SHARED, written
from tests.files.drawn_charts import chart
from tests.files.visio import Leaf, box, cells, drawing, line, packed
from visitor_register.cli.chart import as_json
from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_table import Mark
from visitor_register.errors import FileRefusedError
from visitor_register.files.charts import understand
from visitor_register.files.reader_child import read

ADA = {"Name": "Ada Hill", "Title": "Team Manager"}
BOB = {"Name": "Bob Roe", "Title": "Social Worker"}
CYD = {"Name": "Cyd Fox", "Title": "Social Worker"}
TEAM = box(1, at=(10, 8), **ADA) + box(2, at=(8, 5), **BOB) + box(3, at=(12, 5), **CYD)


def reading(folder: Path, content: bytes) -> ChartReading:
    """A drawing as it is read; `as of` its file's name."""
    return understand([read(written(folder, "chart.vsdx", content))])


def people(folder: Path, *pages: Leaf, **parts: object) -> dict[str, ChartPerson]:
    """Everybody in a drawing by name, by title where nobody is named."""
    found = reading(folder, drawing(*pages, **parts)).people  # type: ignore[arg-type]
    return {person.name or person.job_title: person for person in found}


def managers(found: dict[str, ChartPerson]) -> dict[str, str]:
    """Who is certainly above whom, by name."""
    names = {person.key: name for name, person in found.items()}
    return {name: names[person.manager] for name, person in found.items() if person.manager}


def offered(found: dict[str, ChartPerson], name: str) -> list[str]:
    """Whom a person may confirm as somebody's manager, by name."""
    names = {person.key: name for name, person in found.items()}
    return [names[key] for key in found[name].candidates]


def test_each_way_of_glueing_a_line_is_followed(tmp_path: Path) -> None:
    lines = [
        line(4, 1, 2, listed=["End"]),
        line(5, 1, 3, listed=[], tips=(10, 7.5, 12, 5.5)),
    ]
    assert managers(people(tmp_path, Leaf(TEAM, lines))) == {"Bob Roe": "Ada Hill", "Cyd Fox": "Ada Hill"}
    by_list = [line(4, 1, 2, triggers=[]), line(5, 1, 3, triggers=["End"])]
    assert managers(people(tmp_path, Leaf(TEAM, by_list))) == {"Bob Roe": "Ada Hill", "Cyd Fox": "Ada Hill"}


def test_shape_data_say_who_it_is_and_what_the_wizard_put_there_says_nothing(tmp_path: Path) -> None:
    wizard = {"Department": "MASH", "Telephone": "Telephone", "E-Mail": "Email", "Salary": "30,000"}
    boxes = (
        box(1, "Name\nTitle", (10, 8), Name="Ada Hill", Title="Team Manager", Department="MASH")
        + box(2, "Vacant\nReferral Coordinator", (8, 5), Name="Vacant", Title="Referral Coordinator", **wizard)
        + box(3, at=(12, 5), Name="Name", Title="Title", **wizard)
        + box(
            6, "Dee Orr\nClerk", (14, 5), Telephone="020 7946 0012", Employee_Number="0042", **{"E-Mail": "d@x.example"}
        )
    )
    found = people(tmp_path, Leaf(boxes, [line(4, 1, 2), line(5, 1, 6)]))
    assert found.keys() == {"Ada Hill", "Referral Coordinator", "Dee Orr"}
    vacant, dee = found["Referral Coordinator"], found["Dee Orr"]
    assert (vacant.vacant, vacant.unit, vacant.phones, vacant.email) == (True, "MASH", (), "")
    assert (dee.email, dee.staff_number, [phone.typed for phone in dee.phones]) == (
        "d@x.example", "0042", ["020 7946 0012"],
    )  # fmt: skip


def test_what_a_shape_does_not_say_its_master_says(tmp_path: Path) -> None:
    masters = {
        "Social worker": box(5, "Name\nTitle", size=(2, 1), Name="Name", Title="Social Worker", Telephone="Telephone"),
        "Dotted-line report": f"<Shape ID='5' LineStyle='3'>{cells(BeginX=0, EndX=1)}</Shape>",
        "Plain line": f"<Shape ID='5' LineStyle='4'>{cells(BeginX=0, EndX=1)}</Shape>",
    }
    styles = (
        f"<StyleSheet ID='3' LineStyle='0'>{cells(LinePattern=2)}</StyleSheet>"
        f"<StyleSheet ID='4' LineStyle='4'/><StyleSheet ID='0'>{cells(LinePattern=1)}</StyleSheet>"
    )
    drawn = '<Section N="Property"><Row N="Name"><Cell N="Value" V="Bob Roe"/></Row></Section>'
    boxes = (
        box(1, at=(10, 8), **ADA)
        + f'<Shape ID="2" Master="1">{cells(PinX=8, PinY=5)}{drawn}</Shape>'
        + f'<Shape ID="7" Master="1">{cells(PinX=12, PinY=5)}</Shape>'
        + box(8, at=(16, 8), Name="Eve Poe", Title="Lead Nurse")
    )
    lines = [line(4, 1, 2, attributes='Master="3"'), line(5, 8, 2, attributes='Master="2"'), line(6, 1, 7)]
    found = people(tmp_path, Leaf(boxes, lines), masters=masters, styles=styles)
    assert found["Bob Roe"].job_title == "Social Worker"
    assert managers(found)["Bob Roe"] == "Ada Hill"
    assert [person.vacant for name, person in found.items() if name == "Social Worker"] == [True]


def test_a_group_is_one_box_unless_lines_lead_to_its_parts(tmp_path: Path) -> None:
    frame = box(11, at=(1, 0.5)) + box(12, "Social Worker", (1, 0.2)) + box(13, "Bob Roe", (1, 0.8))
    team = box(21, "Cyd Fox\nSocial Worker", (1, 0.5)) + box(22, "Dee Orr\nSocial Worker", (4, 0.5))
    boxes = box(1, at=(10, 8), **ADA) + box(2, at=(8, 5), parts=frame) + box(3, at=(12, 3), size=(6, 1), parts=team)
    source = read(written(tmp_path, "a.vsdx", drawing(Leaf(boxes, [line(4, 1, 13), line(5, 1, 21), line(6, 1, 22)]))))
    found = {person.name: person for person in understand([source]).people}
    assert managers(found) == dict.fromkeys(("Bob Roe", "Cyd Fox", "Dee Orr"), "Ada Hill")
    assert found["Bob Roe"].job_title == "Social Worker"
    placed = {drawn.lines[0]: drawn for drawn in source.pages[0].boxes}
    assert [round(side) for side in (placed["Dee Orr"].left, placed["Dee Orr"].top)] == [12 * 72, 432 + 36]


def test_what_is_hidden_or_in_the_background_is_left_out_and_said(tmp_path: Path) -> None:
    layers = f'<Section N="Layer"><Row IX="0">{cells(Visible=0)}</Row><Row IX="1">{cells(Visible=1)}</Row></Section>'
    unseen = f'{cells(HideText=1)}<Section N="Geometry">{cells(NoShow=1)}</Section>'
    boxes = (
        TEAM
        + box(7, at=(2, 2), more=cells(LayerMember="0"), Name="Old Man", Title="Director")
        + box(8, at=(4, 2), more=cells(LayerMember="0;1"), Name="Eve Poe", Title="Clerk")
        + box(9, at=(6, 2), more=unseen, Name="Old Woman", Title="Director")
    )
    back = Leaf(box(1, at=(3, 3), Name="Back Ground", Title="Director"), attributes="Background='1'")
    front = Leaf(boxes, [line(4, 1, 2), line(5, 1, 3), line(6, 1, 8)], settings=layers, name="Front")
    found = reading(tmp_path, drawing(back, front))
    assert {person.name for person in found.people} == {"Ada Hill", "Bob Roe", "Cyd Fox", "Eve Poe"}
    assert [problem.text for problem in found.problems] == ["2 hidden boxes of Front were left out."]


def test_the_higher_box_is_the_manager_also_where_the_line_was_drawn_from_below(tmp_path: Path) -> None:
    boxes = TEAM + box(6, at=(5, 5), Name="Eve Poe", Title="Clerk")
    found = people(tmp_path, Leaf(boxes, [line(4, 2, 1), line(5, 1, 3), line(7, 1, 6)]))
    assert managers(found) == dict.fromkeys(("Bob Roe", "Cyd Fox", "Eve Poe"), "Ada Hill")


def test_a_chart_that_grows_to_the_right_is_read_from_the_left(tmp_path: Path) -> None:
    boxes = box(1, at=(2, 5), **ADA) + box(2, at=(8, 8), **BOB) + box(3, at=(8, 2), **CYD)
    found = people(tmp_path, Leaf(boxes, [line(4, 1, 2), line(5, 1, 3)]))
    assert managers(found) == {"Bob Roe": "Ada Hill", "Cyd Fox": "Ada Hill"}
    backwards = people(tmp_path, Leaf(boxes, [line(4, 2, 1), line(5, 3, 1)]))
    assert managers(backwards) == {}


def test_a_page_that_may_grow_down_or_to_the_right_sets_only_what_both_say(tmp_path: Path) -> None:
    boxes = box(1, at=(2, 5), **ADA) + box(2, at=(8, 8), **BOB) + box(3, at=(8, 5), **CYD)
    assert managers(people(tmp_path, Leaf(boxes, [line(4, 1, 2), line(5, 1, 3)]))) == {}
    assert managers(people(tmp_path, Leaf(TEAM, [line(4, 2, 1), line(5, 1, 3)]))) == {"Cyd Fox": "Ada Hill"}


def test_what_is_not_certain_is_offered_and_never_set(tmp_path: Path) -> None:
    level = box(1, at=(2, 5), **ADA) + box(2, at=(8, 5), **BOB)
    dashed = line(4, 1, 2, more=cells(LinePattern=23))
    for leaf in (
        Leaf(level, [line(4, 1, 2)]),
        Leaf(TEAM, [dashed]),
        # Glued by a formula, and drawn elsewhere; not glued at all, and touching both boxes.
        Leaf(TEAM, [line(4, 1, 2, listed=[], tips=(3, 3, 8, 5.5))]),
        Leaf(TEAM, [line(4, None, None, tips=(10, 7.5, 8, 5.5))]),
        # The list of connections names a shape that is not there.
        Leaf(TEAM, [(line(4, 1, 2, listed=[])[0], line(4, 99, 2)[1])]),
    ):
        found = people(tmp_path, leaf)
        assert managers(found) == {}
        assert offered(found, "Bob Roe")[0] == "Ada Hill"


def test_a_line_to_nowhere_places_nobody(tmp_path: Path) -> None:
    leaf = Leaf(TEAM, [line(4, 1, 2), line(5, 77, 3), line(6, 77, 78)], name="One")
    source = read(written(tmp_path, "a.vsdx", drawing(leaf)))
    assert [link.mark for link in source.pages[0].links] == [Mark.SET, Mark.LOOSE]
    assert ("One", "2 lines of One lead to no box.") in source.notes


def test_an_imported_list_sets_what_is_not_drawn_and_doubts_what_is_drawn_otherwise(tmp_path: Path) -> None:
    def numbered(number: int, own: str, above: str, at: tuple[float, float], who: dict[str, str]) -> str:
        return box(number, at=at, **who, Unique_ID=own, Reports_To=above)

    boxes = (
        numbered(1, "E1", "", (10, 8), ADA)
        + numbered(2, "E2", "E1", (8, 5), BOB)
        + numbered(3, "E3", "E2", (12, 5), CYD)
        + numbered(6, "E4", "Ada Hill", (16, 5), {"Name": "Eve Poe", "Title": "Clerk"})
    )
    found = people(tmp_path, Leaf(boxes, [line(5, 1, 3)]))
    assert managers(found) == {"Bob Roe": "Ada Hill", "Eve Poe": "Ada Hill"}
    assert offered(found, "Cyd Fox")[:2] == ["Ada Hill", "Bob Roe"]
    # What the number is a number of nobody says.
    assert {(person.post_ref, person.staff_number) for person in found.values()} == {("", "")}


def test_damaged_places_ids_and_depths_end_in_a_reading(tmp_path: Path) -> None:
    for wrong in ("1e308", "nan", "-inf", "x", "9" * 400):
        strange = TEAM.replace('N="PinX" V="10"', f'N="PinX" V="{wrong}"')
        found = reading(tmp_path, drawing(Leaf(strange, [line(4, 1, 2), line(5, 1, 3)], name="One")))
        assert [person.name for person in found.people] == ["Ada Hill", "Bob Roe", "Cyd Fox"]
        assert all(person.manager is None for person in found.people)
        assert "1 box of One has no place on it." in [problem.text for problem in found.problems]
    deep = box(9, at=(1, 1), **CYD)
    for _ in range(3000):
        deep = box(9, at=(1, 1), parts=deep)
    twice = box(1, at=(10, 8), **ADA) + box(1, at=(8, 5), **BOB) + deep
    found = reading(tmp_path, drawing(Leaf(twice, [line(1, 1, 1), line(9, 9, 1)])))
    assert {person.name for person in found.people} == {"Ada Hill", "Bob Roe", "Cyd Fox"}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"visio/document.xml": '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}, "definitions"),
        ({"visio/document.xml": "<a><b></a>"}, "damaged"),
        ({"visio/document.xml": "<a/>"}, "No box"),
        ({"visio/pages/pages.xml": "<a/>"}, "damaged"),
    ],
)
def test_what_is_no_chart_is_refused_in_one_sentence(tmp_path: Path, parts: dict[str, str], said: str) -> None:
    path = written(tmp_path, "a.vsdx", packed({"[Content_Types].xml": "<Types/>", **parts}))
    with pytest.raises(FileRefusedError, match=said) as refused:
        read(path)
    assert str(refused.value).count(". ") == 0


def test_a_page_of_too_many_shapes_is_refused(tmp_path: Path) -> None:
    many = "".join(f'<Shape ID="{at}"/>' for at in range(20_001))
    with pytest.raises(FileRefusedError, match="more shapes than any chart"):
        read(written(tmp_path, "a.vsdx", drawing(Leaf(many))))


def test_the_shared_drawings_are_read_whole_and_without_a_wrong_manager(tmp_path: Path) -> None:
    for path in sorted((SHARED / "sample").glob("v?/*.vsdx")):
        result = written(tmp_path, "result.json", json.dumps(as_json(understand([read(path)]))))
        command = [sys.executable, str(SHARED / "score_charts.py"), str(path), str(result)]
        score = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        assert score["people_found"] == score["people_want"], path.name
        assert score["manager_right"] == score["people_want"] - 1, score
        assert not score["people_extra"] + score["look"], score


def test_two_who_share_a_box_do_not_share_an_address(tmp_path: Path) -> None:
    both = {"Name": "Bob Roe / Cyd Fox", "Title": "Team Manager", "E-Mail": "bob.roe@x.example", "Staff number": "H1"}
    boxes = box(1, at=(10, 8), Name="Ada Hill", Title="Head of Service") + box(2, at=(8, 5), **both)
    found = people(tmp_path, Leaf(boxes, [line(4, 1, 2)]))
    assert {name: (person.email, person.staff_number) for name, person in found.items()} == {
        "Ada Hill": ("", ""),
        "Bob Roe": ("bob.roe@x.example", ""),
        "Cyd Fox": ("", ""),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_invented_charts_come_back_whole_however_their_lines_are_glued(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    drawn = chart(seed)
    numbers = {id(one): at for at, one in enumerate(drawn.boxes, 1)}
    boxes, lines = [], []
    for one in drawn.boxes:
        middle = ((one.left + one.width / 2) / 72, 10 - (one.top + one.height / 2) / 72)
        boxes.append(
            box(numbers[id(one)], at=middle, size=(one.width / 72, one.height / 72), Name=one.name, Title=one.title)
        )
        if one.manager is not None:
            ends = [numbers[id(one.manager)], numbers[id(one)]]
            if dice.random() < 0.1:
                ends.reverse()
            listed = dice.choice([("Begin", "End"), ("End",), ()])
            triggers = ("Begin", "End") if len(listed) < 2 else dice.choice([("Begin", "End"), ()])
            lines.append(line(1_000 + len(lines), *ends, listed=listed, triggers=triggers))
    dice.shuffle(boxes)
    dice.shuffle(lines)
    found = reading(tmp_path, drawing(Leaf("".join(boxes), lines)))
    titles = {person.key: (person.name, person.job_title) for person in found.people}
    set_to = {titles[person.key]: titles[person.manager] for person in found.people if person.manager}
    truth = {(one.name, one.title): (one.manager.name, one.manager.title) for one in drawn.boxes if one.manager}
    assert len(found.people) == len(drawn.boxes)
    assert set_to.items() <= truth.items()
    assert len(set_to) >= 0.95 * len(truth)
