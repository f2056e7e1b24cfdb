"""Writes small PDFs for tests, in the ways drawing programs write them: nothing but instructions and their places."""

import zlib
from collections.abc import Sequence
from itertools import pairwise

from pdfminer.fontmetrics import FONT_METRICS

from tests.files.drawn_charts import HEIGHT, WIDTH, Chart, Drawn

UPRIGHT = b"/MediaBox[0 0 %d %d]" % (WIDTH, HEIGHT)
_CURVE = 0.55


def pdf(
    pages: Sequence[bytes],
    *,
    place: bytes = UPRIGHT,
    trailer: bytes = b"",
    more: Sequence[bytes] = (),
    resources: bytes = b"",
) -> bytes:
    """Make a file of pages, each given by its drawing instructions; `more` are objects from number 5 on.

    `place` says how large the pages are and how they lie.
    """
    first = 5 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        *more,
    ]
    for at, page in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R" % (place, first + 2 * at + 1)
            + b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>%s>>>>" % resources
        )
        objects.append(stream(page))
    return document(objects, trailer)


def stream(content: bytes, described: bytes = b"") -> bytes:
    """A packed stream object."""
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), described, packed)


def document(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Number the objects from 1, the first being the catalogue, and add the table of their places."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def box(left: float, top: float, width: float, height: float, how: str = "outline") -> bytes:
    """A box: "outline", "filled", "rounded", "shaded" in strips, "lines" (four of them), or "none"."""
    right, bottom = left + width, top + height
    if how == "none":
        return b""
    if how == "rounded":
        r = 5.0
        k = r * _CURVE
        corners = (
            f"{left + r:.2f} {_up(top)} m {right - r:.2f} {_up(top)} l {right - r + k:.2f} {_up(top)} {right:.2f} "
            f"{_up(top + r - k)} {right:.2f} {_up(top + r)} c {right:.2f} {_up(bottom - r)} l {right:.2f} "
            f"{_up(bottom - r + k)} {right - r + k:.2f} {_up(bottom)} {right - r:.2f} {_up(bottom)} c "
            f"{left + r:.2f} {_up(bottom)} l {left + r - k:.2f} {_up(bottom)} {left:.2f} {_up(bottom - r + k)} "
            f"{left:.2f} {_up(bottom - r)} c {left:.2f} {_up(top + r)} l {left:.2f} {_up(top + r - k)} "
            f"{left + r - k:.2f} {_up(top)} {left + r:.2f} {_up(top)} c h B\n"
        )
        return b".9 .95 1 rg 0 0 0 RG " + corners.encode()
    if how == "shaded":
        step = height / 40
        return b"".join(
            f".{50 + at} .6 .9 rg {left:.2f} {_up(top + (at + 1) * step)} {width:.2f} {step + 0.02:.2f} re f\n".encode()
            for at in range(40)
        )
    if how == "lines":
        corners_ = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        return b"".join(line([one, other]) for one, other in pairwise(corners_))
    paint = "1 1 1 rg 0 0 0 RG" if how == "outline" else ".8 .9 1 rg"
    return f"{paint} {left:.2f} {_up(bottom)} {width:.2f} {height:.2f} re {'B' if how == 'outline' else 'f'}\n".encode()


def line(points: Sequence[tuple[float, float]], *, dashed: bool = False, how: str = "stroke") -> bytes:
    """A line through points: "stroke", or "thin" rectangles where it is level or upright."""
    if how == "thin" and all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(points)) and not dashed:
        thin = [(min(x1, x2), max(y1, y2), abs(x2 - x1), abs(y2 - y1)) for (x1, y1), (x2, y2) in pairwise(points)]
        return b"0 0 0 rg " + b"".join(
            f"{x - 0.5:.2f} {_up(y + 0.5)} {across + 1:.2f} {down + 1:.2f} re f\n".encode()
            for x, y, across, down in thin
        )
    (x, y), *rest = points
    way = f"{x:.2f} {_up(y)} m " + " ".join(f"{x:.2f} {_up(y)} l" for x, y in rest)
    return f"{'[4 3] 0' if dashed else '[] 0'} d 1.5 w {way} S [] 0 d 0.7 w\n".encode()


def text(left: float, baseline: float, content: str, *, size: float = 8, bold: bool = False) -> bytes:
    """One line of text; `baseline` is measured from the top of the page."""
    written = content.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    place = f"BT 0 0 0 rg /{'F2' if bold else 'F1'} {size:g} Tf {left:.2f} {_up(baseline)} Td (".encode()
    return place + written + b") Tj ET\n"


def text_box(left: float, top: float, *rows: str, width: float = 120, height: float = 50, bold: int = 1) -> bytes:
    """A box with its rows, the first ones in bold."""
    out = box(left, top, width, height)
    for at, row in enumerate(rows):
        out += text(left + 4, top + 11 + 9.5 * at, row, bold=at < bold)
    return out


def wide(content: str, *, size: float = 8, bold: bool = False) -> float:
    """How wide a text comes out."""
    metrics = FONT_METRICS["Helvetica-Bold" if bold else "Helvetica"][1]
    return sum(float(metrics.get(letter, 556)) for letter in content) * size / 1000


def wrapped(content: str, width: float, *, size: float = 8, bold: bool = False) -> list[str]:
    """Break a text as a drawing program does in a box with so much room."""
    lines = [""]
    for word in content.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and wide(longer, size=size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def drawn_box(one: Drawn, how: str = "outline", *, title_first: bool = False, centred: bool = True) -> bytes:
    """A box with its name in bold and its title, wrapped to its width."""
    size = 7 if one.width < 100 else 8
    out = box(one.left, one.top, one.width, one.height, how)
    parts = [(one.title, False), (one.name, True)] if title_first else [(one.name, True), (one.title, False)]
    rows = [(row, bold) for part, bold in parts for row in wrapped(part, one.width - 6, size=size, bold=bold)]
    top = one.top + (one.height - len(rows) * size * 1.15) / 2
    for at, (row, bold) in enumerate(rows):
        left = one.left + (one.width - wide(row, size=size, bold=bold)) / 2 if centred else one.left + 3
        out += text(left, top + (at + 0.85) * size * 1.15, row, size=size, bold=bold)
    return out


def drawn_page(chart: Chart, title: str = "Example Service", *, boxes: str = "outline", lines: str = "stroke") -> bytes:
    """The page of a chart: lines first, so that those behind boxes are hidden by them."""
    out = text(40, 30, title, size=18)
    out += b"".join(line(one.points, dashed=one.dashed, how=lines) for one in chart.lines)
    out += b"".join(drawn_box(one, boxes) for one in chart.boxes)
    return out + text(40, 820, "Correct as at 5 January 2026. Dashed line = professional supervision", size=7)


def _up(y: float) -> str:
    return f"{HEIGHT - y:.2f}"
