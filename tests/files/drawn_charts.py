"""Invented charts as draughtsmen draw them, with the truth: boxes and lines at places that differ with every seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

FORENAMES = ("Amara", "Bartholomew", "Chidi", "Gethin", "Hiroko", "Imani", "Leocadia", "Rosalba", "Tendai", "Zoë")
SURNAMES = ("Thistlemere", "Brambleworth", "O'Fearnbog", "Velvetmere-Zigzagstone", "Custardby", "St. John-Puddlewood")
TEAMS = ("Assessment", "Fostering", "Kinship", "Reviewing", "Attendance", "Adoption", "Safeguarding", "Prevention")
WIDTH, HEIGHT = 1190.0, 842.0


class Style(Enum):
    """How the lines of a chart are drawn."""

    ELBOWS = "an elbow from each box to its manager"
    BARS = "a stem, a bar and drops"
    STRAIGHT = "straight lines"
    BEHIND = "from the middle of one box to the middle of the other, behind both"


@dataclass(slots=True)
class Drawn:
    """One box: who is in it, where it is, to whom they report, and whether the line was forgotten."""

    name: str
    title: str
    left: float
    top: float
    width: float
    height: float
    manager: "Drawn | None" = None
    forgotten: bool = False
    reports: list["Drawn"] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Of the box, across."""
        return self.left + self.width / 2

    @property
    def bottom(self) -> float:
        """Of the box."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """Points joined one after the other."""

    points: tuple[tuple[float, float], ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One page with its truth. Boxes and lines are in no order."""

    boxes: tuple[Drawn, ...]
    lines: tuple[Line, ...]
    dashed: tuple[tuple[Drawn, Drawn], ...]


def chart(seed: int, *, style: Style | None = None, forget: float = 0.0, careless: float = 0.0) -> Chart:
    """Draw one service: a head, service managers, team managers, and workers hanging at their side or in a row.

    Args:
        seed: The same seed draws the same chart.
        style: Of the lines above the workers; any by default.
        forget: How many of the lines, from 0 to 1, the draughtsman forgot.
        careless: How far, in points, a line may end from its box or beyond its bar.
    """
    dice = random.Random(seed)
    style = style or dice.choice(list(Style))
    hanging = dice.random() < 0.6
    names = [f"{first} {last}" for first in FORENAMES for last in SURNAMES]
    dice.shuffle(names)
    head = Drawn(names.pop(), "Head of Service", 0, 60, 210, 46)
    column = 0
    for number in range(dice.randint(1, 3)):
        manager = _under(head, Drawn(names.pop(), f"Service Manager, {TEAMS[number]}", 0, 150, 150, 44))
        for team in range(dice.randint(1, 3)):
            leader = _under(
                manager, Drawn(names.pop(), f"Team Manager, {TEAMS[-team - 1]} {number + 1}", 0, 240, 118, 44)
            )
            leader.left = 40.0 + 128 * column
            column += 1
            for place in range(dice.randint(1, 5)):
                worker = _under(
                    leader, Drawn(names.pop(), dice.choice(["Social Worker", "Family Support Worker"]), 0, 0, 96, 36)
                )
                worker.left, worker.top = leader.left + 22, 310.0 + 48 * place
    if not hanging:
        _in_rows(head)
    for box in [one for manager in head.reports for one in manager.reports]:
        box.top += dice.choice([0, 0, 3])
    for manager in head.reports:
        manager.left = (manager.reports[0].middle + manager.reports[-1].middle) / 2 - manager.width / 2
    head.left = (head.reports[0].middle + head.reports[-1].middle) / 2 - head.width / 2
    boxes = list(_all(head))
    for box in boxes[1:]:
        box.forgotten = dice.random() < forget
    lines = [
        line
        for box in boxes
        for line in _lines(box, style, hanging and box.reports and not box.reports[0].reports, careless, dice)
    ]
    leaders = [box for box in boxes if box.top in (240, 243)]
    dashed = ((leaders[-1], leaders[0]),) if len(leaders) > 2 else ()
    lines += [
        Line(((one.left, one.top + 30), (other.left + other.width, other.top + 30)), dashed=True)
        for one, other in dashed
    ]
    dice.shuffle(boxes)
    dice.shuffle(lines)
    turned = [Line(line.points[::-1], line.dashed) if dice.random() < 0.3 else line for line in lines]
    return Chart(tuple(boxes), tuple(turned), dashed)


def _under(manager: Drawn, box: Drawn) -> Drawn:
    manager.reports.append(box)
    box.manager = manager
    return box


def _all(head: Drawn) -> Iterator[Drawn]:
    stack = [head]
    while stack:
        box = stack.pop()
        yield box
        stack += box.reports


def _in_rows(head: Drawn) -> None:
    """Give each team one worker only, under its manager, and the second in a row below a bar."""
    for manager in head.reports:
        for leader in manager.reports:
            del leader.reports[2:]
            for place, worker in enumerate(leader.reports):
                worker.width = 56 if len(leader.reports) > 1 else 96
                worker.left = leader.left + 60 * place
                worker.top = 330


def _lines(box: Drawn, style: Style, hanging: bool, careless: float, dice: random.Random) -> Iterator[Line]:
    def off() -> float:
        return dice.uniform(0, careless)

    reports = [report for report in box.reports if not report.forgotten]
    bar = (box.bottom + min((report.top for report in box.reports), default=0)) / 2
    if hanging:
        spine = box.left - 4 if dice.random() < 0.5 else box.left + 8
        start = [(box.left, box.top + 20), (spine, box.top + 20)] if spine < box.left else [(spine, box.bottom + off())]
        for report in reports:
            yield Line((*start, (spine, report.top + 18), (report.left - off(), report.top + 18)))
    elif style is Style.BARS and len(reports) > 1:
        ends = sorted(report.middle for report in reports)
        yield Line(((box.middle, box.bottom + off()), (box.middle, bar - off())))
        yield Line(((min(ends[0], box.middle) - off(), bar), (max(ends[-1], box.middle) + off(), bar)))
        for report in reports:
            yield Line(((report.middle, bar + off()), (report.middle, report.top - off())))
    else:
        for report in reports:
            if style is Style.BEHIND:
                yield Line(((box.middle, box.top + 20), (report.middle, report.top + 20)))
            elif style is Style.STRAIGHT or abs(report.middle - box.middle) < 1:
                yield Line(((box.middle, box.bottom + off()), (report.middle, report.top - off())))
            else:
                yield Line(
                    (
                        (box.middle, box.bottom + off()),
                        (box.middle, bar),
                        (report.middle, bar),
                        (report.middle, report.top - off()),
                    )
                )
