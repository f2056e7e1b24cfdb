"""Small presentations for tests: a zip of XML strings in the shape in which PowerPoint writes them."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.files.documents import zipped

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
ORG_CHART = "urn:microsoft.com/office/officeart/2005/8/layout/orgChart1"
EMU = 12_700
NAMES = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}" xmlns:dgm="{DGM}"'
Place = tuple[float, float, float, float]


def frame(at: Place, attributes: str = "", inside: str = "") -> str:
    """A transform: left, top, width and height in points."""
    left, top, width, height = (round(number * EMU) for number in at)
    return f'<a:xfrm {attributes}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>{inside}</a:xfrm>'


def paragraphs(lines: Sequence[str]) -> str:
    """Lines of text, the first in bold."""
    return "".join(
        f'<a:p><a:r><a:rPr b="{int(at == 0)}"/><a:t>{escape(line)}</a:t></a:r></a:p>' for at, line in enumerate(lines)
    )


def box(
    number: int | str,
    at: Place,
    *lines: str,
    kind: str = "rect",
    free: bool = False,
    attributes: str = "",
    place: str = "",
) -> str:
    """A box with text; `free` has neither outline nor fill; `place` is its role in the layout ("title")."""
    paint = "<a:noFill/>" if free else "<a:solidFill/><a:ln><a:solidFill/></a:ln>"
    holder = f'<p:ph type="{place}"/>' if place else ""
    text = f"<p:txBody><a:bodyPr/>{paragraphs(lines)}</p:txBody>" if lines else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="x"/><p:cNvSpPr/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
        f'<p:spPr>{frame(at, attributes)}<a:prstGeom prst="{kind}"/>{paint}</p:spPr>{text}</p:sp>'
    )


def glued(start: int | str, end: int | str, sites: tuple[int, int] = (2, 0), *, dashed: bool = False) -> str:
    """A connector glued to two boxes by their numbers."""
    ends = f'<a:stCxn id="{start}" idx="{sites[0]}"/><a:endCxn id="{end}" idx="{sites[1]}"/>'
    return _connector(frame((0, 0, 10, 10)), '<a:prstGeom prst="bentConnector3"/>', dashed, ends)


def line(at: Place, kind: str = "line", attributes: str = "", *, guides: str = "", dashed: bool = False) -> str:
    """A connector that is glued to nothing."""
    return _connector(
        frame(at, attributes), f'<a:prstGeom prst="{kind}"><a:avLst>{guides}</a:avLst></a:prstGeom>', dashed, ""
    )


def way(points: Sequence[tuple[float, float]], *, dashed: bool = False, connector: bool = True) -> str:
    """A line through several points, drawn free hand."""
    left, top = (min(point[axis] for point in points) for axis in (0, 1))
    width, height = (max(point[axis] for point in points) - low for axis, low in ((0, left), (1, top)))
    steps = "".join(
        f'<a:{"lnTo" if at else "moveTo"}><a:pt x="{round((x - left) * EMU)}" y="{round((y - top) * EMU)}"/>'
        f"</a:{'lnTo' if at else 'moveTo'}>"
        for at, (x, y) in enumerate(points)
    )
    path = f'<a:path w="{round(width * EMU)}" h="{round(height * EMU)}">{steps}</a:path>'
    free = f"<a:custGeom><a:pathLst>{path}</a:pathLst></a:custGeom>"
    place = frame((left, top, width, height))
    return _connector(place, free, dashed, "") if connector else f"<p:sp><p:spPr>{place}{free}</p:spPr></p:sp>"


def _connector(place: str, geometry: str, dashed: bool, ends: str) -> str:
    dash = '<a:ln><a:prstDash val="sysDash"/></a:ln>' if dashed else ""
    names = f'<p:cNvPr id="0" name="c"/><p:cNvCxnSpPr>{ends}</p:cNvCxnSpPr><p:nvPr/>'
    return f"<p:cxnSp><p:nvCxnSpPr>{names}</p:nvCxnSpPr><p:spPr>{place}{geometry}{dash}</p:spPr></p:cxnSp>"


def group(content: str, at: Place, inner: Place, attributes: str = "") -> str:
    """A group: where it lies, and the frame in which its shapes count."""
    left, top, width, height = (round(number * EMU) for number in inner)
    child = f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{width}" cy="{height}"/>'
    return f"<p:grpSp><p:grpSpPr>{frame(at, attributes, child)}</p:grpSpPr>{content}</p:grpSp>"


def diagram(
    points: Mapping[str, str | Sequence[str]],
    links: Sequence[tuple[str, str]],
    *,
    layout: str = ORG_CHART,
    assistants: Sequence[str] = (),
    templates: Sequence[str] = (),
    beside: Mapping[str, str] | None = None,
) -> str:
    """A SmartArt diagram: texts by point, (child, manager) pairs; `beside`: titles with a box of their own."""
    parts = [f'<dgm:pt modelId="doc" type="doc"><dgm:prSet loTypeId={quoteattr(layout)}/></dgm:pt>']
    for name, text in points.items():
        kind = ' type="asst"' if name in assistants else ""
        settings = '<dgm:prSet phldrT="[Text]" phldr="1"/>' if name in templates else "<dgm:prSet/>"
        written = paragraphs([text] if isinstance(text, str) else text)
        parts.append(f"<dgm:pt modelId={quoteattr(name)}{kind}>{settings}<dgm:t>{written}</dgm:t></dgm:pt>")
        title = paragraphs([beside[name]]) if beside and name in beside else ""
        parts.append(f'<dgm:pt modelId="sib{name}" type="sibTrans"><dgm:t>{title}</dgm:t></dgm:pt>')
        parts.append(f'<dgm:pt modelId="pres{name}" type="pres"><dgm:prSet presAssocID={quoteattr(name)}/></dgm:pt>')
    below = {child for child, _ in links}
    roots = [(name, "doc") for name in points if name not in below]
    joined = "".join(
        f"<dgm:cxn srcId={quoteattr(manager)} destId={quoteattr(child)} sibTransId={quoteattr('sib' + child)}/>"
        for child, manager in (*links, *roots)
    )
    return (
        f"<dgm:dataModel {NAMES}><dgm:ptLst>{''.join(parts)}</dgm:ptLst><dgm:cxnLst>{joined}"
        '<dgm:cxn type="presOf" srcId="x" destId="y"/></dgm:cxnLst></dgm:dataModel>'
    )


def slide(*content: str, diagrams: int = 0, show: bool = True) -> str:
    """A slide; `diagrams` is how many it shows, by the relations d1, d2 and so on."""
    shown = "".join(
        f'<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds r:dm="d{at + 1}"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
        for at in range(diagrams)
    )
    hidden = "" if show else ' show="0"'
    return f"<p:sld {NAMES}{hidden}><p:cSld><p:spTree>{''.join(content)}{shown}</p:spTree></p:cSld></p:sld>"


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """The relations of a part: id to kind and target."""
    entries = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"/>' for name, (kind, target) in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
    )


def deck(*slides: str, diagrams: Sequence[Sequence[str]] = (), more: Mapping[str, str] | None = None) -> bytes:
    """A presentation; `diagrams` are the data of each slide's SmartArt."""
    listed = "".join(f'<p:sldId id="{256 + at}" r:id="s{at}"/>' for at in range(len(slides)))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>{listed}</p:sldIdLst>"
        f'<p:sldSz cx="{960 * EMU}" cy="{540 * EMU}"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            {f"s{at}": ("slide", f"slides/slide{at + 1}.xml") for at in range(len(slides))}
        ),
    }
    for at, content in enumerate(slides, 1):
        parts[f"ppt/slides/slide{at}.xml"] = content
        own = diagrams[at - 1] if at <= len(diagrams) else ()
        names = [f"data{at}{place}" for place in range(1, len(own) + 1)]
        parts |= {f"ppt/diagrams/{name}.xml": data for name, data in zip(names, own, strict=True)}
        parts[f"ppt/slides/_rels/slide{at}.xml.rels"] = relations(
            {f"d{place}": ("diagramData", f"../diagrams/{name}.xml") for place, name in enumerate(names, 1)}
        )
    return zipped({**parts, **(more or {})})
