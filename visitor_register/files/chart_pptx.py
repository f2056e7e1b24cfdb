"""Reads a structure chart drawn in PowerPoint: SmartArt, connectors between boxes, and lines that only lie there."""

from pathlib import Path

from visitor_register.domain.chart_table import Source
from visitor_register.errors import FileRefusedError
from visitor_register.files import formats, ooxml, pptx_boxes, pptx_plane, pptx_slide, pptx_ties
from visitor_register.files.chart_smartart import smartart_sheets
from visitor_register.files.drawn import Sheet, assemble
from visitor_register.files.ooxml import Package

_PRESENTATION = "ppt/presentation.xml"
_FOLDERS = (_PRESENTATION, "ppt/_rels/", "ppt/slides/", "ppt/diagrams/")
# A chart has a slide a service; the hundreds of a year book are not all looked at.
_SLIDES = 300
_NO_SLIDES = "The presentation has no slides: ask for it to be sent again."
_PICTURES = (
    "The slides hold pictures and no boxes with text, and names are never read off pictures: "
    "ask the council for the Excel list."
)


def read(path: Path) -> Source:
    """Read every slide that is shown (.pptx, .pptm). Macros, pictures and notes are not looked at.

    Raises:
        FileRefusedError: it is damaged, hostile, no chart of people, or larger than one.
    """
    sheets: list[Sheet] = []
    notes: list[tuple[str, str]] = []
    pictures = 0
    with ooxml.opened(path, *_FOLDERS) as package:
        width, height, parts = _slides(package)
        if len(parts) > _SLIDES:
            notes.append(("presentation", f"Only the first {_SLIDES} of {len(parts)} slides were read."))
        for number, part in enumerate(parts[:_SLIDES], 1):
            name = f"slide {number}"
            root = package.tree(part)
            if root.get("show") in ("0", "false"):
                notes.append((name, f"{name.capitalize()} is hidden in the presentation and was left out."))
                continue
            slide = pptx_slide.read_slide(root)
            boxes = pptx_boxes.sort_out(slide, f"{number}-")
            ties = pptx_ties.ties(boxes, slide.wires)
            sheets.append(Sheet(name, boxes.title, width, height, boxes.shapes, ties))
            diagrams, said = smartart_sheets(package, part, name, boxes.title)
            sheets += diagrams
            notes += said
            pictures += slide.pictures
            if slide.objects:
                notes.append((name, f"A table or an object of another program on {name} was not read."))
    if pictures and not any(sheet.shapes for sheet in sheets):
        raise FileRefusedError(_PICTURES)
    return assemble("pptx", path.name, sheets, notes)


def _slides(package: Package) -> tuple[float, float, list[str]]:
    """Return the size of the slides in points, and their parts in the order in which they are shown."""
    root = package.tree(_PRESENTATION)
    relations = package.relations(_PRESENTATION)
    size = pptx_plane.SLIDE.at((pptx_plane.number(root, "sldSz", "cx"), pptx_plane.number(root, "sldSz", "cy")))
    listed = [relations.get(ooxml.reference(entry, "id")) for entry in root.iter("sldId")]
    # A list that names one slide many times would be read as often.
    parts = list(dict.fromkeys(relation.part for relation in listed if relation is not None))
    if None in listed:
        raise formats.refused("broken-zip")
    if not parts:
        raise FileRefusedError(_NO_SLIDES)
    return *size, parts
