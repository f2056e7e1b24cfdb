"""The same chart with rows, columns and spellings shuffled, as five kinds of file: the same people and managers."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests import sample_charts
from tests.files.charts import text, workbook, written
from tests.files.documents import docx, heading, ods, paragraph, table
from tests.sample_charts import Row
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.names import fold
from visitor_register.files import reader_child
from visitor_register.files.charts import understand

HEADINGS = {
    "name": ("Name", "Employee Name", "Post holder", "Staff member"),
    "title": ("Job Title", "Role", "Position Title", "Post title"),
    "team": ("Team", "Unit", "Team / Section"),
    "service": ("Service", "Service name"),
    "phone": ("Tel", "Direct line", "Office phone"),
    "mail": ("E-mail", "Work e-mail", "Email Address"),
    "ref": ("Post Unique Reference", "Post no", "Position ID"),
    "above": ("Reports to Post", "Manager post no", "Parent position"),
}
SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda name: name,
    lambda name: f"{name.rpartition(' ')[2].upper()}, {name.rpartition(' ')[0]}",
    lambda name: f"Ms {name}",
    lambda name: "  " + name.replace(" ", "\u00a0") + " (Agency)",
    lambda name: name.upper(),
    lambda name: name.replace("'", "’"),
)

Line = tuple[str, str, str, str]
"""Name, job title and address of a row, and the title of the post above it: of every manager there is one."""


class Chart:
    """One service of the sample chart, and a seed that decides how it is written."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        rows = sample_charts.first()
        service = self.draw.choice(sorted({row.service for row in rows[1:]}))
        self.rows = [row for row in rows if row.level == 1 or row.service == service]
        self.below: dict[str, list[Row]] = {}
        for row in self.rows:
            self.below.setdefault(row.above, []).append(row)

    def name(self, row: Row) -> str:
        """The name as one of many writes it."""
        return self.draw.choice(SPELLINGS)(row.name) if row.name else self.draw.choice(("Vacant", "VACANT", "TBC"))

    def shuffled(self, cells: Mapping[str, Callable[[Row], str]], rows: Sequence[Row]) -> list[list[str]]:
        """Headings and rows with these columns, the columns in any order under any of their names."""
        columns = self.draw.sample(list(cells), len(cells))
        return [
            [self.draw.choice(HEADINGS[column]) for column in columns],
            *([cells[column](row) for column in columns] for row in rows),
        ]

    def tree(self, above: str = "") -> Iterator[Row]:
        """Everybody under their manager, those with one manager in any order."""
        waiting = self.draw.sample(self.below.get(above, []), len(self.below.get(above, [])))
        while waiting:
            row = waiting.pop()
            yield row
            more = [] if any(one.ref == row.ref for one in waiting) else self.below.get(row.ref, [])
            waiting += self.draw.sample(more, len(more))

    def expected(self) -> Counter[Line]:
        """Every row with the post above it."""
        titles = {row.ref: row.title for row in self.rows}
        return Counter((fold(row.name), row.title, row.email, titles.get(row.above, "")) for row in self.rows)


CONTACT: Mapping[str, Callable[[Row], str]] = {
    "title": lambda row: row.title,
    "phone": lambda row: row.phone,
    "mail": lambda row: row.email,
}


def listed(chart: Chart) -> list[list[str]]:
    """An ordinary list; its managers by post, because the name of a vacant post's holder says nothing."""
    cells = {
        "name": chart.name,
        **CONTACT,
        "team": lambda row: row.team,
        "service": lambda row: row.service,
        "ref": lambda row: row.ref,
        "above": lambda row: row.above,
    }
    return chart.shuffled(cells, chart.draw.sample(chart.rows, len(chart.rows)))


def stairs(chart: Chart) -> list[list[str]]:
    """A sheet in steps; the other columns stand in any order on its right."""
    rows = list(chart.tree())
    beside = chart.shuffled(CONTACT, rows)
    levels = [["Director", "Head of Service", "Service Manager", "Team Manager", "Team member"]]
    levels += [[chart.name(row) if row.level == level else "" for level in range(1, 6)] for row in rows]
    return [[*left, *right] for left, right in zip(levels, beside, strict=True)]


def letter(chart: Chart) -> Iterator[str]:
    """A document with headings: service, service manager, team and its manager."""
    people = {"name": chart.name, **CONTACT}
    tree = list(chart.tree())
    yield heading(1, "Director and Heads of Service")
    yield table(chart.shuffled(people, [row for row in tree if row.level < 3]))
    for row in tree:
        called = row.name or "Vacant"
        if row.level == 2:
            yield heading(1, row.service)
            yield paragraph(f"Head of Service: {called}")
        elif row.level == 3:
            yield heading(2, f"{row.title}: {called}")
            yield table(chart.shuffled(people, [row]))
        elif row.level == 4:
            yield heading(3, f"{row.team} - {row.title}: {called}")
            team = chart.below.get(row.ref, [])
            yield table(chart.shuffled(people, [row, *chart.draw.sample(team, len(team))]))


def found(reading: ChartReading) -> Counter[Line]:
    """Every row that was read with the post above it."""
    titles = {row.key: row.job_title for row in reading.people}
    return Counter(
        (fold(row.name), row.job_title, row.email, titles[row.manager] if row.manager else "") for row in reading.people
    )


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_the_same_people_and_managers_come_out_of_every_file(tmp_path: Path, seed: int) -> None:
    chart = Chart(seed)
    files: dict[str, bytes | str] = {
        "a.csv": "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in listed(chart)),
        "a.xlsx": workbook(listed(chart)),
        "a.ods": ods(*listed(chart)),
        "steps.csv": text(stairs(chart), "\t"),
        "steps.xlsx": workbook(stairs(chart)),
        "steps.ods": ods(*stairs(chart)),
        "letter.docx": docx(*letter(chart)),
    }
    for name, content in files.items():
        reading = understand([reader_child.read(written(tmp_path, name, content))])
        assert found(reading) == chart.expected(), name
