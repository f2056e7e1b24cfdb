"""Small Visio drawings for tests: a zip of XML strings in the shape in which Visio and its wizard write them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

CORE = 'xmlns="http://schemas.microsoft.com/office/visio/2012/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cells(**values: object) -> str:
    """Cells by name; a value with a formula is a pair."""
    said = ((name, value if isinstance(value, tuple) else (value, "")) for name, value in values.items())
    return "".join(
        f"<Cell N={quoteattr(name)} V={quoteattr(str(value))}" + (f" F={quoteattr(formula)}/>" if formula else "/>")
        for name, (value, formula) in said
    )


def data(values: Mapping[str, str]) -> str:
    """Shape data: label to value."""
    rows = (
        f"<Row N={quoteattr(label.replace('-', ''))}>{cells(Value=value, Label=label)}</Row>"
        for label, value in values.items()
    )
    return f'<Section N="Property">{"".join(rows)}</Section>' if values else ""


def box(
    number: int,
    text: str = "",
    at: tuple[float, float] = (0, 0),
    *,
    parts: str = "",
    more: str = "",
    attributes: str = "",
    size: tuple[float, float] = (2, 1),
    **said: str,
) -> str:
    """A box with its middle at a place in inches, from the bottom left corner."""
    place = cells(PinX=at[0], PinY=at[1], Width=size[0], Height=size[1], LocPinX=size[0] / 2, LocPinY=size[1] / 2)
    written = f"<Text>{escape(text)}</Text>" if text else ""
    inside = f"<Shapes>{parts}</Shapes>" if parts else ""
    return f'<Shape ID="{number}" {attributes}>{place}{more}{data(said)}{written}{inside}</Shape>'


def line(
    number: int,
    begin: int | None,
    end: int | None,
    *,
    listed: Sequence[str] = ("Begin", "End"),
    triggers: Sequence[str] = ("Begin", "End"),
    tips: tuple[float, float, float, float] | None = None,
    more: str = "",
    attributes: str = 'NameU="Dynamic connector"',
) -> tuple[str, str]:
    """A line and its rows in the list of connections; each end may be named there, in its trigger, or in neither."""
    ends = {"Begin": begin, "End": end}
    glued = {
        f"{'Beg' if side == 'Begin' else side}Trigger": ("2", f"_XFTRIGGER(Sheet.{ends[side]}!EventXFMod)")
        for side in triggers
        if ends[side] is not None
    }
    where = dict(zip(("BeginX", "BeginY", "EndX", "EndY"), tips or ("", "", "", ""), strict=True))
    shape = f'<Shape ID="{number}" {attributes}>{cells(**where, **glued)}{more}</Shape>'
    rows = "".join(
        f'<Connect FromSheet="{number}" FromCell="{side}X" ToSheet="{ends[side]}" ToCell="PinX"/>'
        for side in listed
        if ends[side] is not None
    )
    return shape, rows


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its shapes and lines as strings, and what the page itself is set to."""

    shapes: str
    lines: Sequence[tuple[str, str]] = ()
    name: str = "Page-1"
    settings: str = ""
    attributes: str = ""

    @property
    def xml(self) -> str:
        """The part of the page."""
        drawn = self.shapes + "".join(shape for shape, _ in self.lines)
        rows = "".join(rows for _, rows in self.lines)
        return f"<PageContents {CORE}><Shapes>{drawn}</Shapes><Connects>{rows}</Connects></PageContents>"


def drawing(*pages: Leaf, masters: Mapping[str, str] | None = None, styles: str = "") -> bytes:
    """A drawing of these pages. `masters`: a master's name to its shapes; they are numbered from 1."""
    entries = [
        f"<Page ID='{at}' Name={quoteattr(page.name)} {page.attributes}>"
        f"<PageSheet>{cells(PageWidth=20, PageHeight=10)}{page.settings}</PageSheet><Rel r:id='r{at}'/></Page>"
        for at, page in enumerate(pages)
    ]
    parts = {
        "[Content_Types].xml": "<Types/>",
        "visio/document.xml": f"<VisioDocument {CORE}><StyleSheets>{styles}</StyleSheets></VisioDocument>",
        **_listed("page", entries, [page.xml for page in pages]),
    }
    if masters:
        named = [f"<Master ID='{at}' NameU={quoteattr(name)}><Rel r:id='r{at - 1}'/></Master>"
                 for at, name in enumerate(masters, 1)]  # fmt: skip
        shapes = [f"<MasterContents {CORE}><Shapes>{one}</Shapes></MasterContents>" for one in masters.values()]
        parts |= _listed("master", named, shapes)
    return packed(parts)


def packed(parts: Mapping[str, str]) -> bytes:
    """The parts in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def _listed(kind: str, entries: Sequence[str], contents: Sequence[str]) -> dict[str, str]:
    folder, list_of = f"visio/{kind}s", f"{kind.title()}s"
    relations = "".join(f'<Relationship Id="r{at}" Target="{kind}{at}.xml"/>' for at in range(len(contents)))
    return {
        f"{folder}/{kind}s.xml": f'<{list_of} {CORE} xmlns:r="{RELATION}">{"".join(entries)}</{list_of}>',
        f"{folder}/_rels/{kind}s.xml.rels": f"<Relationships>{relations}</Relationships>",
        **{f"{folder}/{kind}{at}.xml": content for at, content in enumerate(contents)},
    }
