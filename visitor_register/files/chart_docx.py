"""Reads a Word document: its SmartArt charts, its lists, and tables of people under headings."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Source, Table
from visitor_register.errors import FileRefusedError
from visitor_register.files import drawn, ooxml
from visitor_register.files.chart_smartart import smartart_sheets
from visitor_register.files.docx_styles import Styles
from visitor_register.files.docx_text import Block, blocks
from visitor_register.files.outline import Outline, Post, outline
from visitor_register.files.outline_leads import find_leads, stranger
from visitor_register.files.outline_lines import Above, lines
from visitor_register.files.outline_places import place
from visitor_register.files.own_table import OwnRow, own_table

_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_FOLDERS = ("word/document.xml", "word/styles.xml", "word/_rels/", "word/diagrams/")
_NOTHING = (
    "The document has no table and no SmartArt chart with people: "
    "ask for the list as an Excel workbook (.xlsx), or for the chart as PowerPoint (.pptx)."
)
_BY_HEADINGS = "The lines follow from the headings of the document: look at them before you accept."


def read(path: Path) -> Source:
    """Read a document (.docx, .docm). What was deleted in a tracked change is not read, what was inserted is.

    Raises:
        FileRefusedError: it is damaged or hostile, or holds neither a table nor a chart.
    """
    with ooxml.opened(path, *_FOLDERS) as package:
        styles = Styles(package.tree(_STYLES) if package.has(_STYLES) else None)
        found = blocks(package.tree(_DOCUMENT), styles)
        diagrams, notes = smartart_sheets(
            package, _DOCUMENT, "the diagram", heads=lambda properties: styles.level(properties) is not None
        )
    tables, said = _tables(found)
    notes = [*notes, *said]
    if diagrams:
        try:
            source = drawn.assemble("docx", path.name, diagrams, notes)
        except FileRefusedError:
            # A process or a cycle beside the tables is no reason not to read these.
            if not tables:
                raise
        else:
            return Source("docx", path.name, (*source.tables, *tables), source.notes, source.pages)
    if not tables:
        raise FileRefusedError(_NOTHING)
    return Source("docx", path.name, tuple(tables), tuple(notes))


def _tables(found: list[Block]) -> tuple[list[Table], list[tuple[str, str]]]:
    """Return the tables under headings as one of ours, then the ordinary lists; and a note on the lines."""
    parts = outline(found)
    find_leads(parts.sections)
    place(parts.sections)
    posts = _posts(parts)
    if not posts:
        return list(parts.lists), []
    for number, post in enumerate(posts, 2):
        post.box = f"h{number}"
    for section in parts.sections:
        for lead in section.leads:
            lead.box = section.leads[0].box
    above = lines(parts.sections)
    rows = [
        OwnRow(number, {**post.cells, **_line(post, above[id(post)])}, post.gone)
        for number, post in enumerate(posts, 2)
    ]
    strangers = [
        ("document", f"The heading “{section.text}” seems to name somebody who stands in no table: nobody was added.")
        for section in parts.sections
        if stranger(section)
    ]
    return [own_table("", parts.said, rows), *parts.lists], [("document", _BY_HEADINGS), *strangers]


def _posts(parts: Outline) -> list[Post]:
    """Return everybody once, in the order of the document."""
    posts = {id(post): post for section in parts.sections for post in section.posts}
    return list(posts.values())


def _line(post: Post, above: Above) -> dict[Field, str]:
    manager = above.manager
    offered = _boxes((*above.certain, *above.maybe))
    line = {Field.REPORTS_TO_BOX: manager.box} if manager else {Field.MAY_REPORT_TO_BOX: " ".join(offered)}
    return {Field.BOX: post.box, **line}


def _boxes(posts: Iterable[Post]) -> Iterator[str]:
    return iter(dict.fromkeys(post.box for post in posts))
