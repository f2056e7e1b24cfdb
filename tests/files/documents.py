"""Small documents and sheets of other programs for tests: WordprocessingML and OpenDocument, written by hand."""

import io
import random
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from visitor_register.errors import FileRefusedError
from visitor_register.files import reader_child
from visitor_register.files.charts import understand

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
STYLES = (
    f'<w:styles xmlns:w="{W}">'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="berschrift{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2, 3)
    )
    + '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="berschrift2"/></w:style>'
    + '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    + "</w:styles>"
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def scratched(data: bytes, draw: random.Random) -> bytes:
    """The same file cut off, with other bytes, or with its XML torn and put together wrongly."""
    if draw.random() < 0.2:
        return data[: draw.randrange(len(data))]
    if draw.random() < 0.3:
        found = bytearray(data)
        for _ in range(draw.randrange(1, 8)):
            found[draw.randrange(len(found))] = draw.randrange(256)
        return bytes(found)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = draw.choice([name for name in parts if name.endswith(".xml")])
    tags = re.split(r"(?=<)", parts[name])
    for _ in range(draw.randrange(1, 4)):
        at, to = draw.randrange(len(tags)), draw.randrange(len(tags))
        tags[at] = draw.choice(["", tags[to], tags[at] * 3, tags[at].replace('"1"', '"99999999999"'), "<x/>"])
    return zipped({**parts, name: "".join(tags)})


def refusal(path: Path) -> str:
    """Why a file is refused, "" when it is read."""
    try:
        understand([reader_child.read(path)])
    except FileRefusedError as refused:
        return str(refused)
    return ""


def run(text: str, properties: str = "") -> str:
    """A run of text; `properties` like "<w:strike/>"."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, style: str = "") -> str:
    """A paragraph: text, or XML that is already written. `style`: the id of a style."""
    inside = content if content.startswith("<w:") else run(content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def heading(level: int, text: str) -> str:
    """A heading in Word's own style, with the name of the style as another language's Word writes it."""
    return paragraph(text, f"berschrift{level}")


def cell(content: str, properties: str = "") -> str:
    """A cell of a table; `properties` like '<w:gridSpan w:val="4"/>'."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(content)}</w:tc>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table; what is already written as a cell is taken as it is."""
    lines = "".join(
        "<w:tr>" + "".join(text if text.startswith("<w:tc>") else cell(text) for text in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/>{lines}</w:tbl>"


def docx(*blocks: str, more: Mapping[str, str] | None = None) -> bytes:
    """A Word document of these paragraphs and tables; `more` are other parts by name."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"".join(blocks)}</w:body></w:document>',
            "word/styles.xml": STYLES,
            **(more or {}),
        }
    )


def ods_cell(text: object, attributes: str = "") -> str:
    """A cell of an OpenDocument sheet."""
    inside = f"<text:p>{escape(str(text))}</text:p>" if text != "" else ""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def ods_row(cells: Sequence[object], attributes: str = "") -> str:
    """A row; what is already written as a cell is taken as it is."""
    inside = "".join(str(one) if str(one).startswith("<table:") else ods_cell(one) for one in cells)
    return f"<table:table-row {attributes}>{inside}</table:table-row>"


def ods(*rows: Sequence[object] | str, sheets: str = "", styles: str = "") -> bytes:
    """An OpenDocument workbook of one sheet; `sheets` are written behind it, `styles` before."""
    lines = "".join(row if isinstance(row, str) else ods_row(row) for row in rows)
    spaces = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="Staff">{lines}</table:table>{sheets}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": "<manifest/>",
        }
    )
