"""Whole invented councils, shuffled by a seed and drawn in three ways, come back whole and with no line wrong."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from tests.files.charts import written
from tests.files.drawn_charts import FORENAMES, SURNAMES, Drawn, Line, Style, chart
from tests.files.slides import box, deck, diagram, glued, group, line, slide, way
from visitor_register.domain.chart import ChartReading
from visitor_register.files import reader_child
from visitor_register.files.charts import understand

SERVICES = ("Corporate Parenting", "Children in Need", "Quality Assurance")
SEEDS = (11, 12, 13)


@dataclass(frozen=True, slots=True)
class Service:
    """One page: its title, its boxes, its lines."""

    title: str
    boxes: tuple[Drawn, ...]
    lines: tuple[Line, ...]

    @property
    def head(self) -> Drawn:
        """Who is at the top."""
        return next(one for one in self.boxes if one.manager is None or one.manager.title.startswith("Director"))


def council(seed: int) -> tuple[Service, ...]:
    """An overview and a page a service: nobody's name twice, a head and some others vacant, some from an agency."""
    dice = random.Random(seed)
    names = [f"{first} {last}" for first in FORENAMES for last in SURNAMES]
    dice.shuffle(names)
    services = []
    for at, title in enumerate(SERVICES):
        drawn = chart(seed * 10 + at, style=(Style.BARS, Style.ELBOWS, Style.STRAIGHT)[at], careless=2.0)
        for one in drawn.boxes:
            chance = dice.random()
            one.name = "VACANT" if chance < 0.1 else names.pop() + ("*" if chance > 0.9 else "")
        service = Service(title, drawn.boxes, drawn.lines)
        service.head.title = f"Head of Service, {title}"
        services.append(service)
    services[1].head.name = "VACANT"
    director = Drawn(names.pop(), "Director of Children's Services", 500, 60, 200, 40)
    heads = []
    for at, service in enumerate(services):
        head = service.head
        heads.append(Drawn(head.name, head.title, 100 + 300 * at, 200, 200, 40, director))
        head.manager = director
    lines = [
        Line(((600, 100), (600, 150), (one.middle, 150), (one.middle, 200)))
        if one.middle != 600
        else Line(((600, 100), (600, 200)))
        for one in heads
    ]
    return (Service("Children's Services - overview", (director, *heads), tuple(lines)), *services)


def text(one: Drawn, *, title_first: bool) -> tuple[str, str]:
    """The two lines of a box."""
    return (one.title, one.name) if title_first else (one.name, one.title)


def page(service: Service, dice: random.Random, *, with_glue: bool) -> str:
    """One service as a slide; what stands first in a box, its number and its group differ from page to page."""
    title_first = dice.random() < 0.5
    numbers = dict(zip(map(id, service.boxes), dice.sample(range(10, 500), len(service.boxes)), strict=True))
    parts = [box(2, (17, 5, 600, 30), service.title, free=True)]
    for one in service.boxes:
        place = (one.left, one.top, one.width, one.height)
        drawn = box(
            numbers[id(one)], place, *text(one, title_first=title_first), kind=dice.choice(["rect", "roundRect"])
        )
        parts.append(group(drawn, place, place) if dice.random() < 0.2 else drawn)
    if with_glue:
        for one in service.boxes:
            if one.manager is not None and id(one.manager) in numbers:
                ends, sites = (numbers[id(one.manager)], numbers[id(one)]), (2, 0) if dice.random() < 0.7 else (1, 1)
                turned = dice.random() < 0.2
                parts.append(glued(*ends[::-1], sites[::-1]) if turned else glued(*ends, sites))
    else:
        parts += [drawn for one in service.lines for drawn in as_shapes(one, dice)]
    dice.shuffle(parts)
    return slide(*parts)


def as_shapes(drawn: Line, dice: random.Random) -> list[str]:
    """A line as people draw it: free hand, piece by piece, or as thin bars."""
    kind = dice.choice(["free hand", "pieces", "bars"])
    if kind == "free hand" or drawn.dashed:
        return [way(drawn.points, dashed=drawn.dashed)]
    found = []
    for (x1, y1), (x2, y2) in pairwise(drawn.points):
        place = (min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        straight = min(place[2:]) == 0
        flips = " ".join(f'{name}="1"' for name, turned in (("flipH", x2 < x1), ("flipV", y2 < y1)) if turned)
        if kind == "bars" and straight and max(place[2:]) > 4:
            left, top, width, height = place
            found.append(box(0, (left - (width == 0) / 2, top - (height == 0) / 2, max(width, 1), max(height, 1))))
        else:
            found.append(line(place, attributes=flips))
    return found


def smartart(service: Service, dice: random.Random) -> str:
    """One service as the data of a diagram, its points and connections in any order."""
    names = {id(one): f"{{{dice.random()}}}" for one in service.boxes}
    boxes = dice.sample(service.boxes, len(service.boxes))
    links = [(names[id(one)], names[id(one.manager)]) for one in boxes if one.manager and id(one.manager) in names]
    return diagram({names[id(one)]: text(one, title_first=False) for one in boxes}, links)


def read(folder: Path, seed: int, how: str) -> tuple[ChartReading, tuple[Service, ...]]:
    """Draw a council, read it, and return both."""
    services, dice = council(seed), random.Random(seed)
    if how == "smartart":
        over = [box(2, (17, 5, 600, 30), service.title, place="title") for service in services]
        data = deck(*(slide(title, diagrams=1) for title in over), diagrams=[[smartart(one, dice)] for one in services])
    else:
        data = deck(*(page(service, dice, with_glue=how == "glued") for service in services))
    return understand([reader_child.read(written(folder, "a.pptx", data))]), services


def label(name: str, title: str) -> tuple[str, str]:
    """A post as both sides call it."""
    return ("" if name == "VACANT" else name.strip("*"), title)


def lines_of(services: Sequence[Service]) -> dict[tuple[str, str], tuple[str, str]]:
    """The true lines of the people: who, to whom."""
    return {
        label(one.name, one.title): label(one.manager.name, one.manager.title) if one.manager else ("", "")
        for service in services
        for one in service.boxes
        if one.name != "VACANT"
    }


@pytest.mark.parametrize("how", ["glued", "smartart", "unglued"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_shuffled_council_comes_back_whole(tmp_path: Path, seed: int, how: str) -> None:
    reading, services = read(tmp_path, seed, how)
    rows = {row.key: label(row.name or "VACANT", row.job_title) for row in reading.people}
    true = lines_of(services)
    people = [row for row in reading.people if row.living]
    assert sorted(rows[row.key] for row in people) == sorted(true)
    # The heads of the overview stand on their own pages too.
    vacant = sum(one.name == "VACANT" for service in services[1:] for one in service.boxes)
    assert len(reading.people) - len(people) == vacant
    found = {rows[row.key]: rows[row.manager] for row in people if row.manager}
    assert {who: above for who, above in found.items() if true[who] != above} == {}
    due = [who for who, above in true.items() if above != ("", "")]
    assert len(found) >= (0.95 if how == "unglued" else 1) * len(due)
    services_said = {row.service for row in reading.people}
    assert services_said == {"", *SERVICES}
    assert not any(row.service for row in reading.people if row.job_title.startswith("Director"))
