"""A drawn chart for tests, as its reader hands it over: four lines set, two to check, one box that is not placed."""

from collections.abc import Sequence
from pathlib import Path

from visitor_register.domain.chart_table import Mark
from visitor_register.files.drawn import Shape, Sheet, Tie, assemble
from visitor_register.services.chart_reading import OpenFile

BOXES = {
    "ada": (300, 20, "Ada Hill", "Head of Service"),
    "bo": (120, 110, "Bo Young", "Team Manager, A"),
    "cy": (480, 110, "Cy Moon", "Team Manager, B"),
    "di": (60, 200, "Di Fox", "Social Worker"),
    "ed": (220, 200, "Ed Bell", "Social Worker"),
    "flo": (420, 200, "Flo Gray", "Social Worker"),
    "gil": (300, 290, "Gil Hart", "Social Worker"),
    "hal": (580, 200, "Hal Ives", "Social Worker"),
}
_LINES = (("bo", "ada"), ("cy", "ada"), ("di", "bo"), ("hal", "cy"))


def drawn_file(_paths: Sequence[Path]) -> OpenFile:
    """Open it, whatever the file is."""
    shapes = [
        Shape(id_, left, top, left + 130, top + 44, (name, title)) for id_, (left, top, name, title) in BOXES.items()
    ]
    ties = [
        *(Tie(child, above, Mark.SET, points=_way(child, above)) for child, above in _LINES),
        Tie("ed", "bo", Mark.CHECK, ("bo", "cy"), _way("ed", "bo")),
        Tie("flo", "cy", Mark.CHECK, ("cy", "bo"), _way("flo", "cy")),
        Tie("gil", "", Mark.LOOSE),
    ]
    sheet = Sheet("slide 1", "Example Service", 760, 360, tuple(shapes), tuple(ties))
    return OpenFile((assemble("pptx", "chart.pptx", [sheet]),), "chart.pptx", "0" * 64)


def _way(child: str, above: str) -> tuple[tuple[float, float], ...]:
    (left, top, *_), (over, high, *_) = BOXES[child], BOXES[above]
    return (over + 65.0, high + 44.0), (over + 65.0, top - 20.0), (left + 65.0, top - 20.0), (left + 65.0, float(top))
