"""Structures of invented people for tests of the drawn chart: odd ones by chance, and a council of any size."""

import random
from datetime import date
from uuid import UUID

from tests.sample_charts import FORENAMES, SURNAMES
from visitor_register.domain import names
from visitor_register.domain.chart_structure import ChartTree, Holder, Seat, arrange
from visitor_register.gui.chart.drawing_state import Told
from visitor_register.gui.chart.drawing_words import words_of
from visitor_register.services.chart_tree import ChartInUse

COUNCIL = "Northvale Council"
CHART = ChartInUse(COUNCIL, 14, date(2026, 11, 2), "ab" * 32)
TITLES = (
    "Social Worker",
    "Senior Practitioner",
    "Newly Qualified Social Worker",
    "Family Support Worker",
    "Independent Reviewing Officer and Child Protection Conference Chair (part time, covering two areas)",
    "HO",
)
ODD = (
    "Bartholomew-Alexander Featherstonehaugh-Cholmondeley",
    "Jo",
    "Wi",
    "<b>Robin</b> & <img src=x>",
    "M'Mmmmmmm Wwwwwwww",
)


class Builder:
    """Makes seats one after the other and remembers who is above whom."""

    def __init__(self, seed: int = 0) -> None:
        self.draw = random.Random(seed)
        self.seats: list[Seat] = []
        self.lines: dict[UUID, UUID] = {}

    def name(self) -> str:
        """Somebody nobody knows."""
        if self.draw.random() < 0.03:
            return self.draw.choice(ODD)
        return f"{self.draw.choice(FORENAMES)} {self.draw.choice(SURNAMES)}"

    def seat(self, title: str, *held: str, above: UUID | None = None, agency: bool = False, level: int = 0) -> UUID:
        """Add a post with whoever holds it; nobody is a vacant post. Levels 1 and 2 are a director and a head."""
        key = UUID(int=len(self.seats) + 1)
        holders = tuple(
            Holder(UUID(int=key.int * 100 + n + 10**6), name, names.sort_key(name), names.search_key(name), agency)
            for n, name in enumerate(held)
        )
        seat = Seat(key, COUNCIL, title, "Team", "Service", holders, first=level == 1, head=level == 2)
        self.seats.append(seat)
        if above is not None:
            self.lines[key] = above
        return key

    def tree(self) -> ChartTree:
        """The tree of all of them."""
        return arrange(self.seats, self.lines)


def told(tree: ChartTree) -> Told:
    """A tree as the screen gets it."""
    return Told(tree, words_of(tree), (CHART,))


def random_tree(seed: int, most: int = 160) -> ChartTree:
    """A structure of any shape: several tops, people without a manager, vacancies, job shares, agency workers."""
    build = Builder(seed)
    draw = build.draw
    keys: list[UUID] = []
    for number in range(draw.randrange(1, most)):
        held = [build.name() for _ in range(draw.choices((0, 1, 2, 3), (8, 80, 9, 3))[0])]
        above = None if not keys or draw.random() < 0.04 else draw.choice(keys[-30:] if draw.random() < 0.6 else keys)
        level = 2 if number and draw.random() < 0.04 else 0
        title = f"Head of Service, {draw.choice(TITLES)}" if level == 2 else draw.choice(TITLES)
        keys.append(build.seat(title, *held, above=above, agency=draw.random() < 0.1, level=level))
    return build.tree()


def council(people: int, heads: int = 8) -> ChartTree:
    """A director, Heads of Service, four service managers each, six teams each, and workers up to so many people."""
    build = Builder(people)
    director = build.seat("Director of Children's Services", build.name(), level=1)
    services = [
        build.seat(f"Head of Service, Area {n}", build.name(), above=director, level=2) for n in range(1, heads + 1)
    ]
    managers = [build.seat(f"Service Manager {n}", build.name(), above=head) for head in services for n in range(1, 5)]
    teams = [build.seat(f"Team Manager {n}", build.name(), above=one) for one in managers for n in range(1, 7)]
    while len(build.seats) < people:
        team = teams[len(build.seats) % len(teams)]
        build.seat(build.draw.choice(TITLES[:4]), build.name(), above=team, agency=build.draw.random() < 0.1)
    return build.tree()


def small_council() -> ChartTree:
    """The council of the design's picture: one of everything that is drawn in a way of its own."""
    build = Builder()
    director = build.seat("Director", "Josephine Clarke", level=1)
    divisional = build.seat("Divisional director", "Adrian Foss", above=director)
    early = build.seat("Head of Service, Early Help", "Simon Achebe", above=divisional, level=2)
    head = build.seat("Head of Service, Children in Need", "Helen Brandt", above=divisional, level=2)
    review = build.seat("Head of Service, Review", above=divisional, level=2)
    north = build.seat("Service manager, North", "Dilip Rao", above=head)
    south = build.seat("Service manager, South", "Ruth Okafor", above=head)
    for lead, count in ((early, 31), (review, 12), (south, 38)):
        for number in range(count):
            build.seat("Social worker", f"Person {lead.int}-{number}", above=lead)
    build.seat("Team 1 manager", "Sunita Rao", above=north)
    vacant = build.seat("Team 2 manager", above=north)
    third = build.seat("Team 3 manager", "Marcus Adeyemi", above=north)
    shared = build.seat("Team 4 manager", "Priya Cole", "Adam Reid", above=north)
    for name in ("Leila Haddad", "Ngozi Eze", "<b>Bobby</b> & Tables"):
        build.seat("Social worker", name, above=third)
    build.seat("Senior practitioner", "Peter Vance", above=third, agency=True)
    build.seat("Social worker", above=third)
    build.seat("Social worker", "Tove Lind", above=vacant)
    build.seat("Social worker", "Uma Nair", above=shared)
    lost = build.seat("Team manager, nobody knows whose", "Ola Lost")
    build.seat("Social worker", "Una Under", above=lost)
    build.seat("Social worker", "Nadia Nowhere")
    return build.tree()
