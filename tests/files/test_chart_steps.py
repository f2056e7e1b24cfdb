"""Sheets in steps: the manager is the nearest above, one column to the left. Ordinary lists stay lists."""

import random

import pytest

from tests.files.charts import HEADINGS, ROWS
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_table import Row, Source, Table
from visitor_register.errors import FileRefusedError
from visitor_register.files.chart_steps import unfold
from visitor_register.files.charts import understand

LEVELS = "Director|Head of Service|Team Manager|Worker|Job title"
CHART = """
Ada Hill||||Director
|Bo Lee|||Head of Service, CIN
||Cy Fox||Team Manager, CIN 1
|||Di Poe|Social Worker
|||Vacant|Social Worker
||Ed Moe||Team Manager, CIN 2
|||Fi Nye|Social Worker
|Gil Hay|||Head of Service, CLA
|||Hal Orr|Personal Assistant
||Ina Kay||Team Manager, CLA
"""
LINES = [
    "Ada Hill, Director > -",
    "Bo Lee, Head of Service, CIN > Ada Hill",
    "Cy Fox, Team Manager, CIN 1 > Bo Lee",
    "Di Poe, Social Worker > Cy Fox",
    "vacant, Social Worker > Cy Fox",
    "Ed Moe, Team Manager, CIN 2 > Bo Lee",
    "Fi Nye, Social Worker > Ed Moe",
    "Gil Hay, Head of Service, CLA > Ada Hill",
    "Hal Orr, Personal Assistant > Gil Hay",
    "Ina Kay, Team Manager, CLA > Gil Hay",
]


def source(text: str, name: str = "Staff") -> Source:
    """A table from rows written with "|"."""
    rows = enumerate(text.strip("\n").splitlines(), 1)
    return Source("csv", "a.csv", (Table(name, tuple(Row(at, tuple(row.split("|"))) for at, row in rows)),))


def read(text: str) -> ChartReading:
    """Read such a table."""
    return understand([unfold(source(text))])


def lines(reading: ChartReading) -> list[str]:
    """Everybody with title and manager; who is offered stands in brackets."""
    rows = {person.key: person for person in reading.people}
    called = {key: person.name or "vacant" for key, person in rows.items()}
    return [
        f"{called[row.key]}, {row.job_title} > "
        + (called[row.manager] if row.manager else f"({', '.join(called[key] for key in row.candidates)})").replace(
            "()", "-"
        )
        for row in rows.values()
    ]


def test_a_staircase_with_headings_is_read() -> None:
    reading = read(f"Structure as at 5 January 2026\n\n{LEVELS}{CHART}Total posts: 10\n")
    assert lines(reading) == LINES
    assert str(reading.as_at) == "2026-01-05"
    assert reading.people[0].where == "Staff, row 4"
    assert [problem.text for problem in reading.problems] == [
        "The sheet “Staff” is in steps: whoever stands nearest above, one column to the left, is set as the manager."
    ]


def test_a_staircase_without_headings_is_read_by_what_stands_in_its_columns() -> None:
    rows = [f"{row}|0{at}0 7946 0001|a{at}@x.example" for at, row in enumerate(CHART.split("\n")[1:-1])]
    reading = read("\n".join(rows))
    assert lines(reading) == LINES
    assert reading.people[1].email == "a1@x.example"
    assert reading.people[2].phones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name||||Job title" + CHART, LINES),
        ("Level 1|Level 2|Level 3|Level 4|Role" + CHART, LINES),
        (
            "Director|Head of Service|Team Manager\nAda Hill||\n|Bo Lee|\n||Cy Fox\n||Vacant\n",
            ["Ada Hill, Director > -", "Bo Lee, Head of Service > Ada Hill", "Cy Fox, Team Manager > Bo Lee",
             "vacant, Team Manager > Bo Lee"],
        ),
        (
            "Tier 1|Tier 2|Tier 3\nAda Hill - Director||\n|Head of Service: Bo Lee|\n||Vacant - Team Manager\n",
            ["Ada Hill, Director > -", "Bo Lee, Head of Service > Ada Hill", "vacant, Team Manager > Bo Lee"],
        ),
        (
            "Level 1|Level 2|Level 3|Name\nDirector|||Ada Hill\n|Head of Service||Vacant\n||Team Manager|Bo Lee\n",
            ["Ada Hill, Director > -", "vacant, Head of Service > Ada Hill", "Bo Lee, Team Manager > vacant"],
        ),
        (
            "Manager|Staff|Job title\nAda Hill||Team Manager\n|Bo Lee|Social Worker\n|Cy Fox|Social Worker\n",
            ["Ada Hill, Team Manager > -", "Bo Lee, Social Worker > Ada Hill", "Cy Fox, Social Worker > Ada Hill"],
        ),
        (
            "Director|Head of Service|Team Manager|Job title\nAda Hill|||Director\nAda Hill|Bo Lee||Head of Service\n"
            "Ada Hill|Bo Lee|Cy Fox|Team Manager\nAda Hill|Gil Hay||Head of Service\n"
            "Ada Hill|Gil Hay|Di Poe|Team Manager\n",
            ["Ada Hill, Director > -", "Bo Lee, Head of Service > Ada Hill", "Cy Fox, Team Manager > Bo Lee",
             "Gil Hay, Head of Service > Ada Hill", "Di Poe, Team Manager > Gil Hay"],
        ),
    ],
    ids=["one heading", "numbered levels", "names alone", "title beside name", "titles in steps", "two", "merged"],
)  # fmt: skip
def test_staircases_of_other_hands_are_read(text: str, expected: list[str]) -> None:
    assert lines(read(text)) == expected


def test_the_second_of_a_job_share_has_the_team() -> None:
    shared = CHART.replace("||Ed Moe||", "||Zed Ray||Team Manager, CIN 2\n||Ed Moe||")
    assert "Fi Nye, Social Worker > Ed Moe" in lines(read(LEVELS + shared))


def test_under_a_heading_or_a_row_struck_out_managers_are_only_offered() -> None:
    reading = read(LEVELS + CHART.replace("||Ed Moe||Team Manager, CIN 2", "||CIN Team 2||"))
    assert "Fi Nye, Social Worker > (Bo Lee, Ada Hill)" in lines(reading)
    rows = source(LEVELS + CHART).tables[0].rows
    gone = tuple(Row(row.number, row.cells, "hidden row") if "Ed Moe" in row.cells else row for row in rows)
    reading = understand([unfold(Source("xlsx", "a.xlsx", (Table("", gone),)))])
    assert "Fi Nye, Social Worker > (Bo Lee, Ada Hill)" in lines(reading)


def test_a_sorted_staircase_sets_nobodys_manager() -> None:
    rows = CHART.strip().split("\n")
    for seed in range(20):
        random.Random(seed).shuffle(rows)
        if rows[0].startswith("Ada"):
            continue
        reading = read("\n".join((LEVELS, *rows)))
        assert all(person.manager is None for person in reading.people)
        assert any("not in their order" in problem.text for problem in reading.problems)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("|".join(row) for row in (HEADINGS, *ROWS)),
        "Name|Role|Team|Mobile|Desk\nAda Hill|SW|CIN|07700 900001|\nBo Lee|SW|CIN||020 7946 0001\n",
        "Permanent|Agency|Vacant|Job title|Team\nAda Hill|||SW|CIN\n|Bo Lee||SW|CIN\n||Vacant|SW|CIN\n",
        "Line manager|Name|Role|Team\n|Ada Hill|Team Manager|CIN\nAda Hill|Bo Lee|SW|CIN\nAda Hill|Cy Fox|SW|CIN\n",
        "Service|Team|Name|Role\nCIN|||\n|CIN 1||\n||Ada Hill|SW\n||Bo Lee|SW\n",
        "Deputy|Manager|Name|Role|Team\n|Ada Hill|Bo Lee|SW|CIN\nCy Fox||Di Poe|SW|CIN\n|Ada Hill|Ed Moe|SW|CIN\n",
    ],
    ids=["list", "two telephones", "kinds of contract", "manager first", "bands", "either manager"],
)
def test_ordinary_lists_stay_lists(text: str) -> None:
    assert unfold(source(text)) == source(text)


def test_a_row_with_a_whole_chain_of_names_is_for_a_person_to_say() -> None:
    with pytest.raises(FileRefusedError, match="several levels"):
        read(f"{LEVELS}\nAda Hill|Bo Lee|Cy Fox|Di Poe|SW\nAda Hill|Bo Lee|Cy Fox|Ed Moe|SW\n")


def test_two_sheets_in_steps_are_one_chart() -> None:
    text = LEVELS + "|E-mail" + "".join(f"\n{row}|{at}@x.example" for at, row in enumerate(CHART.split("\n")[1:-1]))
    tables = (*source(text).tables, *source(text, "CIN").tables)
    reading = understand([unfold(Source("xlsx", "a.xlsx", tables))])
    assert lines(reading)[:4] == LINES[:4]
    assert sum(bool(person.name) for person in reading.people) == 9
    assert all(person.manager for person in reading.people[1:])
