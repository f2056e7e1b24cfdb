"""Word documents: lists, and tables under headings, whose lines are set only where they follow beyond doubt."""

import random
from pathlib import Path

import pytest

from tests.files.documents import cell, docx, heading, paragraph, refusal, run, scratched, table, zipped
from tests.files.slides import NAMES, diagram, relations
from visitor_register.domain.chart import ChartReading
from visitor_register.errors import FileRefusedError
from visitor_register.files import reader_child
from visitor_register.files.charts import required_missing, understand

HEAD = ("Name", "Role", "Tel")


def read(folder: Path, *blocks: str) -> ChartReading:
    """Read a document of these blocks in this process."""
    path = folder / "chart.docx"
    path.write_bytes(docx(*blocks))
    return understand([reader_child.read(path)])


def team(manager: str, title: str, *workers: str) -> str:
    """A table of one team, its manager in the first row."""
    return table([HEAD, (manager, title, "020 7946 0001"), *((name, "Social Worker", "") for name in workers)])


def lines(reading: ChartReading) -> list[str]:
    """Who reports to whom; in brackets who is offered."""
    rows = {person.key: person for person in reading.people}

    def called(key: str) -> str:
        return rows[key].name or f"vacant {rows[key].job_title}"

    return [
        f"{called(key)} > {called(row.manager)}"
        if row.manager
        else f"{called(key)} ({', '.join(called(other) for other in row.candidates)})"
        for key, row in rows.items()
    ]


def test_headings_name_service_manager_and_team(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        paragraph("Who's who, correct as at 5 January 2026"),
        heading(1, "Director and Heads of Service"),
        table(
            [
                HEAD,
                ("Philippa Ash", "Director", ""),
                ("Gita Roe", "Head of Service, CIN", ""),
                ("Hal Orr", "Head of Service, CLA", ""),
            ]
        ),
        heading(1, "Children in Need"),
        paragraph("Head of Service: Gita Roe"),
        heading(2, "Service Manager, CIN North: Ada Hill"),
        table([HEAD, ("Ada Hill", "Service Manager, CIN North", "")]),
        heading(3, "CIN Team 1 - Team Manager, CIN 1: Bo Lee"),
        team("Bo Lee", "Team Manager, CIN 1", "Cy Fox", "Vacant"),
        heading(3, "CIN Team 2 - Team Manager, CIN 2: Vacant"),
        team("Vacant", "Team Manager, CIN 2", "Di Poe"),
        heading(3, "Fostering - Team Manager, Fostering: Ed Moe, Fi Nye"),
        table(
            [
                HEAD,
                ("Ed Moe", "Team Manager, Fostering", ""),
                ("Fi Nye", "Team Manager, Fostering", ""),
                ("Gil Hay (agency)", "Fostering Officer", ""),
            ]
        ),
        heading(1, "Children Looked After"),
        paragraph("Head of Service: Hal Orr"),
        heading(2, "Service Manager: Ina Kay"),
    )
    assert lines(reading) == [
        "Philippa Ash ()",
        "Gita Roe > Philippa Ash",
        "Hal Orr > Philippa Ash",
        "Ada Hill > Gita Roe",
        "Bo Lee > Ada Hill",
        "Cy Fox > Bo Lee",
        "vacant Social Worker > Bo Lee",
        "vacant Team Manager, CIN 2 > Ada Hill",
        "Di Poe > vacant Team Manager, CIN 2",
        "Ed Moe > Ada Hill",
        "Fi Nye > Ada Hill",
        "Gil Hay > Ed Moe",
        "Ina Kay > Hal Orr",
    ]
    places = {person.name: (person.unit, person.service) for person in reading.people}
    assert places["Philippa Ash"] == ("", "")
    assert places["Gita Roe"] == places["Ada Hill"] == ("Children in Need", "Children in Need")
    assert places["Cy Fox"] == ("CIN Team 1", "Children in Need")
    assert places["Ina Kay"] == ("Children Looked After", "Children Looked After")
    assert str(reading.as_at) == "2026-01-05"
    assert any("follow from the headings" in problem.text for problem in reading.problems)
    assert required_missing(reading.mappings[0]) == ()


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (
            [heading(2, "CIN 1"), team("Ada Hill", "Team Manager", "Bo Lee"), heading(2, "CIN 2"),
             team("Cy Fox", "Team Manager", "Di Poe")],
            ["Ada Hill ()", "Bo Lee > Ada Hill", "Cy Fox ()", "Di Poe > Cy Fox"],
        ),
        (
            [paragraph(run("CIN 1", "<w:b/>")), team("Ada Hill", "Team Manager", "Bo Lee")],
            ["Ada Hill ()", "Bo Lee > Ada Hill"],
        ),
        (
            [paragraph("CIN 1: Ada Hill", "Mine"), table([HEAD, ("Bo Lee", "Social Worker", ""),
             ("Ada Hill", "Team Manager", ""), ("Cy Fox", "Social Worker", "")])],
            ["Bo Lee > Ada Hill", "Ada Hill ()", "Cy Fox > Ada Hill"],
        ),
        (
            [heading(1, "Front Door - Zoë Ash, Head of Service"), table([HEAD,
             (cell("MASH: Ada Hill", '<w:gridSpan w:val="3"/>'),), ("Ada Hill", "Team Manager", ""),
             ("Bo Lee", "Social Worker", ""), (cell("EDT", '<w:gridSpan w:val="3"/>'),), ("Cy Fox", "Team Manager", ""),
             ("Di Poe", "Social Worker", "")])],
            ["Zoë Ash ()", "Ada Hill > Zoë Ash", "Bo Lee > Ada Hill", "Cy Fox > Zoë Ash", "Di Poe > Cy Fox"],
        ),
        (
            [heading(1, "CIN 1"), team("Ada Hill", "Team Manager", "Bo Lee"), heading(1, "CIN 2"),
             table([("Cy Fox", "Team Manager", ""), ("Di Poe", "Social Worker", "")])],
            ["Ada Hill ()", "Bo Lee > Ada Hill", "Cy Fox ()", "Di Poe > Cy Fox"],
        ),
    ],
    ids=["first rows", "bold lines", "sorted by name", "headings in the table", "a table that goes on"],
)  # fmt: skip
def test_lines_that_follow_beyond_doubt_are_set(tmp_path: Path, blocks: list[str], expected: list[str]) -> None:
    assert lines(read(tmp_path, *blocks)) == expected


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (
            [heading(1, "All of us"), table([HEAD, ("Ada Hill", "Director", ""), ("Bo Lee", "Head of Service", ""),
             ("Cy Fox", "Team Manager", ""), ("Di Poe", "Social Worker", "")])],
            ["Ada Hill ()", "Bo Lee > Ada Hill", "Cy Fox (Bo Lee, Ada Hill)", "Di Poe (Cy Fox, Bo Lee, Ada Hill)"],
        ),
        (
            [heading(1, "CIN"), table([HEAD, ("Bo Lee", "Social Worker", ""), ("Cy Fox", "Team Manager", "")])],
            ["Bo Lee (Cy Fox)", "Cy Fox ()"],
        ),
        (
            [heading(1, "CIN: Mary Ann Lee"), table([HEAD, ("Ann Lee", "Social Worker", ""), ("Bo Ray", "Clerk", "")])],
            ["Ann Lee ()", "Bo Ray ()"],
        ),
        (
            [heading(1, "Service - Head of Service: Zoë Ash"), heading(2, "North"), heading(3, "CIN 1"),
             team("Ada Hill", "Team Manager", "Bo Lee")],
            ["Zoë Ash ()", "Ada Hill (Zoë Ash)", "Bo Lee > Ada Hill"],
        ),
        (
            [heading(1, "Managers: Ada Hill"), table([HEAD, ("Ada Hill", "Team Manager", ""),
             ("Bo Lee", "Team Manager", "")])],
            ["Ada Hill ()", "Bo Lee (Ada Hill)"],
        ),
    ],
    ids=["all ranks in one table", "manager in the middle", "another name", "a level without a manager", "peers"],
)  # fmt: skip
def test_lines_in_doubt_are_offered(tmp_path: Path, blocks: list[str], expected: list[str]) -> None:
    assert lines(read(tmp_path, *blocks)) == expected


def test_a_list_with_managers_is_a_list(tmp_path: Path) -> None:
    rows = [("Name", "Job title", "Manager"), ("Ada Hill", "Team Manager", ""), ("Bo Lee", "Social Worker", "Ada Hill")]
    reading = read(tmp_path, heading(1, "Staff"), table(rows))
    assert lines(reading) == ["Ada Hill ()", "Bo Lee > Ada Hill"]
    assert reading.problems == ()
    merged = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows[1:] = [
        ("Ada Hill", "Team Manager", ""),
        ("Bo Lee", "Social Worker", cell("Ada Hill", merged[0])),
        ("Cy Fox", "Social Worker", cell("", merged[1])),
    ]
    assert lines(read(tmp_path, table(rows)))[1:] == ["Bo Lee > Ada Hill", "Cy Fox > Ada Hill"]
    without = read(tmp_path, team("Ada Hill", "Team Manager", "Bo Lee"))
    assert lines(without) == ["Ada Hill ()", "Bo Lee ()"]


DRAWING = f'<w:p><w:r><w:drawing><dgm:relIds {NAMES} r:dm="d1"/></w:drawing></w:r></w:p>'


def drawn(*blocks: str, data: str) -> bytes:
    """A document that shows one SmartArt diagram."""
    led_to = relations({"d1": ("diagramData", "diagrams/data1.xml")})
    return docx(*blocks, more={"word/_rels/document.xml.rels": led_to, "word/diagrams/data1.xml": data})


def test_people_drawn_and_listed_are_one_with_the_lines_and_the_numbers(tmp_path: Path) -> None:
    people = {"a": ("Ada Hill", "Team Manager"), "b": ("Bo Lee", "Social Worker"), "c": ("Cy Fox", "Clerk")}
    chart = diagram(people, [("b", "a"), ("c", "a")])
    directory = [
        HEAD,
        ("Bo Lee", "Social Worker", "020 7946 0002"),
        ("Ada Hill", "Team Manager", "020 7946 0001"),
        ("Di Poe", "Social Worker", ""),
    ]
    path = tmp_path / "chart.docx"
    path.write_bytes(drawn(heading(1, "CIN"), DRAWING, table(directory), data=chart))
    reading = understand([reader_child.read(path)])
    assert lines(reading) == ["Ada Hill ()", "Bo Lee > Ada Hill", "Cy Fox > Ada Hill", "Di Poe (Ada Hill)"]
    assert [bool(person.phones) for person in reading.people] == [True, True, False, False]
    assert len(reading.pages) == 1
    path.write_bytes(drawn(DRAWING, data=diagram({}, [])))
    assert refusal(path)


def test_a_name_in_two_tables_is_one_post(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        heading(1, "Leadership"),
        table([HEAD, ("Ada Hill", "Director", ""), ("Bo Lee", "Head of Service", "020 7946 0001")]),
        heading(1, "Children in Need"),
        table([HEAD, ("Bo Lee", "Head of Service", ""), ("Cy Fox", "Service Manager", "")]),
        heading(1, "The same name and another job"),
        table([HEAD, ("Di Poe", "Team Manager", ""), ("Bo Lee", "Social Worker", "")]),
    )
    assert lines(reading) == [
        "Ada Hill ()",
        "Bo Lee > Ada Hill",
        "Cy Fox > Bo Lee",
        "Di Poe ()",
        "Bo Lee > Di Poe",
    ]
    assert reading.people[1].unit == "Children in Need"
    assert reading.people[1].phones


def test_vacant_and_shared_posts_at_the_head_of_a_service_are_found_in_the_list_of_heads(tmp_path: Path) -> None:
    heads = [
        ("Ada Hill", "Director", ""),
        ("Vacant", "Head of Service, CIN", ""),
        ("Vacant", "Head of Service, Inclusion", ""),
        ("Bo Lee", "Head of Service, CLA", ""),
        ("Cy Fox", "Head of Service, CLA", ""),
    ]
    reading = read(
        tmp_path,
        heading(1, "Director and Heads of Service"),
        table([HEAD, *heads]),
        heading(1, "Children in Need (CIN)"),
        paragraph("Head of Service: Vacant"),
        heading(2, "Service Manager, CIN: Katherine (Kate) Poe"),
        table([HEAD, ("Katherine (Kate) Poe", "Service Manager, CIN", "")]),
        heading(1, "Children Looked After"),
        paragraph("Head of Service: Bo Lee, Cy Fox"),
        heading(2, "Service Manager, CLA: Vacant"),
        table([HEAD, ("Vacant", "Service Manager, CLA", "")]),
    )
    assert lines(reading)[5:] == [
        "Katherine Poe > vacant Head of Service, CIN",
        "vacant Service Manager, CLA > Bo Lee",
    ]
    assert [person.unit for person in reading.people][5:] == ["Children in Need (CIN)", "Children Looked After"]


def test_text_is_read_as_when_all_changes_are_accepted(tmp_path: Path) -> None:
    deleted = "<w:del>" + run("Bo Lee").replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>") + "</w:del>"
    changed = deleted + "<w:ins>" + run("Cy ") + run("Fox") + "</w:ins>"
    whole = table([("Zed Old", "Social Worker", "")]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    rows = table(
        [
            HEAD,
            ("Ada Hill", "Team Manager", ""),
            (changed, "Social Worker", ""),
            (run("Di Poe", "<w:strike/>"), run("Social Worker", '<w:rStyle w:val="Gone"/>'), ""),
            (run("Ed Moe", "<w:vanish/>"), run("Social Worker", "<w:vanish/>"), ""),
            (run("Fi Nye", '<w:rStyle w:val="Gone"/><w:strike w:val="0"/>'), "Social Worker", ""),
        ]
    )
    inner = whole.removeprefix("<w:tbl><w:tblPr/>").removesuffix("</w:tbl>")
    reading = read(tmp_path, heading(1, "CIN: Ada Hill"), rows.replace("</w:tbl>", inner + "</w:tbl>"))
    assert [(person.name, person.gone) for person in reading.people] == [
        ("Ada Hill", ""),
        ("Cy Fox", ""),
        ("Di Poe", "struck through"),
        ("Ed Moe", "hidden text"),
        ("Fi Nye", ""),
    ]


def test_a_table_in_a_table_and_one_in_steps_are_read(tmp_path: Path) -> None:
    inner = team("Ada Hill", "Team Manager", "Bo Lee")
    outer = table([("",)]).replace("</w:tc>", inner + "</w:tc>")
    assert lines(read(tmp_path, heading(1, "CIN"), outer)) == ["Ada Hill ()", "Bo Lee > Ada Hill"]
    steps = [
        ("Director", "Head of Service", "Team Manager", "Job title"),
        ("Ada Hill", "", "", "Director"),
        ("", "Bo Lee", "", "Head of Service"),
        ("", "", "Cy Fox", "Team Manager"),
    ]
    assert lines(read(tmp_path, heading(1, "CIN"), table(steps))) == [
        "Ada Hill ()",
        "Bo Lee > Ada Hill",
        "Cy Fox > Bo Lee",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (docx(paragraph("Dear all")), "no table"),
        (docx(table([("a", "b"), ("c", "d")])), "headings"),
        (
            zipped({"[Content_Types].xml": "<a/>", "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
            "definitions",
        ),
        (zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a>" + " " * 30_000_000 + "</a>"}), "unpacks"),
        (zipped({"[Content_Types].xml": "<a/>", "word/other.xml": "<a/>"}), "damaged"),
        (docx(team("Ada Hill", "Team Manager", *["Bo Lee"] * 20_001)), "rows"),
    ],
    ids=["letter", "other table", "entity", "bomb", "no document", "too long"],
)
def test_strange_documents_are_refused(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(FileRefusedError, match=says):
        understand([reader_child.read(path)])


def test_deep_nesting_ends(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + team("Ada Hill", "Team Manager", "Bo Lee")
    assert len(read(tmp_path, heading(1, "CIN"), deep + "</w:sdtContent></w:sdt>" * 5_000).people) == 2


@pytest.mark.parametrize("seed", range(2))
def test_cut_and_torn_documents_end_in_a_sentence_or_a_chart(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    whole = docx(heading(1, "CIN: Ada Hill"), team("Ada Hill", "Team Manager", "Bo Lee", "Cy Fox"))
    for _ in range(40):
        path = tmp_path / "a.docx"
        path.write_bytes(scratched(whole, draw))
        assert refusal(path)[-1:] in ("", ".")
