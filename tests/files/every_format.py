"""One invented chart, written in every format that is read: as lists, in steps, and drawn."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.files import charts, slides, visio
from tests.files.documents import docx, heading, ods, paragraph, table
from tests.files.drawn_charts import Chart, Drawn, Line
from tests.files.pdf_writer import drawn_page, pdf

TEAMS = {
    "Children in Need": ("CIN North", ("CIN Team 1", "CIN Team 2")),
    "Corporate Parenting": ("Looked After", ("Fostering", "Care Leavers")),
}
WORKERS = ("Senior Practitioner", "Social Worker", "Social Worker", "Team Administrator")
NAMES = re.findall(
    r"\w+ \w+",
    "Ada Hill, Bo Quayle, Cy Fernley, Di Poe, Ed Moe, Fi Nye, Gil Hay, Ina Kay, Jo Lark, Kit Roe, Lu Vane, Mo Ash, "
    "Nia Orr, Oz Dunn, Pia Wren, Quin Ashby, Ros Tarn, Sol Birch, Tam Lowe, Una Marsh, Val Gray, Wyn Reed, Xan Holt",
)
STEPS = ("Director", "Head of Service", "Service Manager", "Team Manager", "Team Member")


@dataclass(frozen=True, slots=True)
class Post:
    """One post: who is in it (two names for a job share, none for a vacancy), and the reference of the one above."""

    ref: str
    names: tuple[str, ...]
    title: str
    team: str
    service: str
    level: int
    above: str

    @property
    def written(self) -> str:
        """Who is in it, as a box says it."""
        return " / ".join(self.names) or "Vacant"


def posts(without: str = "") -> list[Post]:
    """The chart: a vacancy, a job share, two people of one name; `without` leaves out one service."""
    free = iter(NAMES)
    found = [Post("P1", (next(free),), "Director of Children's Services", "Directorate", "Directorate", 1, "")]

    def add(names: tuple[str, ...], title: str, team: str, service: str, level: int, above: str) -> str:
        found.append(Post(f"P{len(found) + 1}", names, title, team, service, level, above))
        return found[-1].ref

    for service, (branch, teams) in TEAMS.items():
        head = add((next(free),), f"Head of Service, {service}", service, service, 2, "P1")
        manager = add((next(free),), f"Service Manager, {branch}", service, service, 3, head)
        for team in teams:
            who = (next(free), next(free)) if team == "Fostering" else (next(free),)
            lead = add(who, f"Team Manager, {team}", team, service, 4, manager)
            for at, title in enumerate(WORKERS):
                vacant = team == "Care Leavers" and at == 2
                namesake = ("Sam Twin",) if (team, at) in (("CIN Team 1", 3), ("Fostering", 0)) else ()
                add(() if vacant else namesake or (next(free),), title, team, service, 5, lead)
    return [post for post in found if post.service != without]


def _email(name: str, post: Post) -> str:
    return f"{name.replace(' ', '.').lower()}{post.ref[1:] if name == 'Sam Twin' else ''}@x.example"


def _people(chart: Sequence[Post]) -> list[tuple[Post, str]]:
    return [(post, name) for post in chart for name in post.names or ("Vacant",)]


def _manager(chart: Sequence[Post], post: Post) -> str:
    return next((above.names[0] for above in chart if above.ref == post.above), "")


def clean_csv(chart: Sequence[Post]) -> str:
    """Every column, with references, numbers and addresses."""
    rows = [
        (post.ref, f"H{3000 + NAMES.index(name) if name in NAMES else 4000 + int(post.ref[1:])}", name, post.title,
         post.team, post.service.replace(",", ""), _email(name, post), "020 7946 0001", post.above)
        if post.names else (post.ref, "", "Vacant", post.title, post.team, post.service, "", "", post.above)
        for post, name in _people(chart)
    ]  # fmt: skip
    headings = (
        "Post Ref",
        "Staff Number",
        "Name",
        "Job Title",
        "Team",
        "Service",
        "Email",
        "Telephone",
        "Reports to Post",
    )
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in (headings, *rows))


def _plain(chart: Sequence[Post]) -> list[tuple[str, ...]]:
    rows = [(name, post.title, post.team, _manager(chart, post)) for post, name in _people(chart)]
    random.Random(3).shuffle(rows)
    return [("Name", "Role", "Team", "Line Manager"), *rows]


def _columns(chart: Sequence[Post]) -> list[tuple[str, ...]]:
    return [(team, manager, title, name) for name, title, team, manager in _plain(chart)]


def _under(chart: Sequence[Post], post: Post) -> Iterator[Post]:
    yield post
    for below in chart:
        if below.above == post.ref:
            yield from _under(chart, below)


def _pages(chart: Sequence[Post]) -> list[list[Post]]:
    """The director with the heads of service, then each service with its head again."""
    heads = [post for post in chart if post.level == 2]
    return [[post for post in chart if post.level < 3], *([*_under(chart, head)] for head in heads)]


def steps(chart: Sequence[Post]) -> bytes:
    """A column for each level."""
    tree = [post for top in chart if not top.above for post in _under(chart, top)]
    rows = [
        [*[""] * (post.level - 1), name, *[""] * (5 - post.level), post.title]
        for post in tree
        for name in post.names or ("Vacant",)
    ]
    return charts.workbook([(*STEPS, "Job Title"), *rows])


def _lines_of(page: Sequence[Post]) -> list[Post]:
    shown = {post.ref for post in page}
    return [post for post in page if post.above in shown]


def glued(chart: Sequence[Post]) -> bytes:
    """Boxes and glued connectors."""
    numbers = {post.ref: post.ref[1:] for post in chart}
    return slides.deck(
        *(
            slides.slide(
                *(
                    slides.box(numbers[post.ref], (8 + 40 * at, 90 * post.level, 36, 50), post.written, post.title)
                    for at, post in enumerate(page)
                ),
                *(slides.glued(numbers[post.above], numbers[post.ref]) for post in _lines_of(page)),
            )
            for page in _pages(chart)
        )
    )


def smartart(chart: Sequence[Post]) -> bytes:
    """A SmartArt on each slide."""
    pages = _pages(chart)
    shown = [
        [
            slides.diagram(
                {post.ref: (post.written, post.title) for post in page},
                [(post.ref, post.above) for post in _lines_of(page)],
            )
        ]
        for page in pages
    ]
    return slides.deck(*(slides.slide(diagrams=1) for _ in pages), diagrams=shown)


def visio_drawing(chart: Sequence[Post]) -> bytes:
    """Boxes with shape data, and glued lines."""
    leaves = []
    for number, page in enumerate(_pages(chart)):
        boxes = "".join(
            visio.box(int(post.ref[1:]), at=(2 + 3 * at, 12 - 2 * post.level), Name=post.written, Title=post.title,
                      Department=post.team)
            for at, post in enumerate(page)
        )  # fmt: skip
        lines = [visio.line(500 + at, int(p.above[1:]), int(p.ref[1:])) for at, p in enumerate(_lines_of(page))]
        leaves.append(visio.Leaf(boxes, lines, f"Page {number}"))
    return visio.drawing(*leaves)


def who_is_who(chart: Sequence[Post]) -> bytes:
    """Headings and tables."""
    head = ("Name", "Role")

    def listed(found: Sequence[Post]) -> str:
        return table([head, *((name, post.title) for post, name in _people(found))])

    blocks = [heading(1, "Director and Heads of Service"), listed(_pages(chart)[0])]
    for post in chart:
        if post.level == 2:
            blocks += [heading(1, post.service), paragraph(f"Head of Service: {post.written}")]
        elif post.level == 3:
            blocks += [heading(2, f"{post.title}: {post.written}"), listed([post])]
        elif post.level == 4:
            blocks += [
                heading(3, f"{post.team} - {post.title}: {', '.join(post.names)}"),
                listed([*_under(chart, post)]),
            ]
    return docx(*blocks)


def printed(chart: Sequence[Post]) -> bytes:
    """Pages of a PDF: boxes in rows, an elbow from each to the one above."""
    pages = []
    for page in _pages(chart):
        boxes: dict[str, Drawn] = {}
        lines = []
        for at, post in enumerate(page):
            boxes[post.ref] = box = Drawn(post.written, post.title, 10 + 95 * at, 100.0 * post.level, 85, 46)
            if (above := boxes.get(post.above)) is not None:
                half = box.top - 15
                lines.append(
                    Line(
                        ((above.middle, above.bottom), (above.middle, half), (box.middle, half), (box.middle, box.top))
                    )
                )
        pages.append(drawn_page(Chart(tuple(boxes.values()), tuple(lines), ())))
    return pdf(pages, place=b"/MediaBox[0 0 1900 1200]")


FORMATS: Mapping[str, Callable[[Sequence[Post]], str | bytes]] = {
    "clean.csv": clean_csv,
    "noid.csv": lambda chart: charts.text([tuple(f'"{cell}"' for cell in row) for row in _plain(chart)]),
    "columns.xlsx": lambda chart: charts.workbook(_columns(chart)),
    "list.ods": lambda chart: ods(*_plain(chart)),
    "steps.xlsx": steps,
    "drawn.pptx": glued,
    "smartart.pptx": smartart,
    "who.docx": who_is_who,
    "chart.vsdx": visio_drawing,
    "printed.pdf": printed,
}
