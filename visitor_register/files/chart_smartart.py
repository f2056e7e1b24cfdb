"""Reads SmartArt, the diagrams that Office draws by itself: exact, because it stores who stands under whom.

A diagram is a list of points with text and of connections between them (`diagrams/data1.xml`); how it was last
drawn stands in another part (`diagrams/drawing1.xml`), which is only used for the picture.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from visitor_register.domain.chart_table import Mark
from visitor_register.files import ooxml
from visitor_register.files.drawn import Shape, Sheet, Tie
from visitor_register.files.ooxml import Package

# A board, a team, a reporting line: in these layouts what stands under another reports to it.
_HIERARCHY = re.compile(r"org(?:ani[sz]ation(?:al)?)?chart|hierarchy", re.I)
_POINTS_PER_EMU = 1 / 12_700
Rectangle = tuple[float, float, float, float]
_NOWHERE: Rectangle = (0.0, 0.0, 0.0, 0.0)


def smartart_sheets(
    package: Package, part: str, name: str, title: str = "", *, heads: Callable[[Element], bool] | None = None
) -> tuple[list[Sheet], list[tuple[str, str]]]:
    """Read every SmartArt diagram that a slide or a document shows, in its order.

    Args:
        package: The open file; it must include the folder of the diagrams ("ppt/diagrams/", "word/diagrams/").
        part: The slide or the document ("ppt/slides/slide1.xml", "word/document.xml").
        name: What to call it ("slide 1", "the diagram"); with several diagrams a number is added.
        title: What stands over it.
        heads: In a document, whether a paragraph with these properties (`w:pPr`) is a heading: the last one above a
            diagram is its title.

    Returns:
        A sheet a diagram, ready for `drawn.assemble`, and notes for the same.
    """
    relations = package.relations(part)
    found = list(_shown(package.tree(part), heads))
    shown = [(data, over) for data, over in found if data in relations]
    sheets, notes = [], []
    if len(shown) < len(found):
        notes.append((name, f"A diagram of {name} is missing from the file and was not read."))
    for at, (data, over) in enumerate(shown, 1):
        called = name if len(shown) == 1 else f"{name}, diagram {at}"
        root = package.tree(relations[data].part)
        places = _places(package, root, relations)
        sheet, certain = _sheet(root, places, called, over or title, _prefix(relations[data].part))
        sheets.append(sheet)
        if not certain:
            notes.append((called, f"The layout of {called} does not say who reports to whom; choose the managers."))
    return sheets, notes


def _shown(root: Element, heads: Callable[[Element], bool] | None) -> Iterator[tuple[str, str]]:
    """Yield the relation of each diagram once, and the heading above it in a document."""
    seen = set()
    heading = ""
    for element in root.iter():
        if element.tag == "p" and heads is not None and (properties := element.find("pPr")) is not None:
            text = "".join(piece.text or "" for piece in element.iter("t")).strip()
            heading = text if text and heads(properties) else heading
        elif element.tag == "relIds" and (data := ooxml.reference(element, "dm")) not in seen:
            seen.add(data)
            yield data, heading


def _prefix(part: str) -> str:
    """Return what the ids of a diagram begin with: its part's name, which no other diagram has."""
    return re.sub(r"\W", "", part.rpartition("/")[2].removesuffix(".xml")) + "-"


def _sheet(root: Element, places: Mapping[str, Rectangle], name: str, title: str, prefix: str) -> tuple[Sheet, bool]:
    """Read the points of one diagram and what hangs under what. `prefix` makes the ids unique in the file."""
    texts = {point.get("modelId", ""): _text(point) for point in root.iter("pt")}
    layout = next((point.find("prSet") for point in root.iter("pt") if point.get("type") == "doc"), None)
    hierarchy = layout is not None and bool(_HIERARCHY.search(layout.get("loTypeId", "").rpartition("/")[2]))
    nodes = [point.get("modelId", "") for point in root.iter("pt") if point.get("type") in (None, "node", "asst")]
    ids = {node: f"{prefix}{at}" for at, node in enumerate(dict.fromkeys(nodes), 1)}
    titles: dict[str, Sequence[str]] = {}
    above: dict[str, list[str]] = {node: [] for node in ids}
    for connection in root.iter("cxn"):
        child, manager = connection.get("destId", ""), connection.get("srcId", "")
        if connection.get("type", "parOf") == "parOf" and child in ids:
            above[child] += [manager] if manager in ids and manager not in above[child] else []
            # Layouts with a box for the title keep it in the point between two siblings.
            titles[child] = texts.get(connection.get("sibTransId", ""), ())
    shapes = tuple(
        Shape(id_, *places.get(node, _NOWHERE), (*texts[node], *(titles.get(node, ()) if texts[node] else ())))
        for node, id_ in ids.items()
    )
    ties = tuple(
        _tie(ids[node], ids[manager], certain=hierarchy) if manager else Tie(ids[node], "", Mark.LOOSE)
        for node, managers in above.items()
        for manager in managers or [""]
    )
    width = max((shape.right for shape in shapes), default=0.0)
    height = max((shape.bottom for shape in shapes), default=0.0)
    return Sheet(name, title, width, height, shapes, ties), hierarchy


def _tie(child: str, manager: str, *, certain: bool) -> Tie:
    return Tie(child, manager, Mark.SET) if certain else Tie(child, "", Mark.CHECK, (manager,))


def _text(point: Element) -> tuple[str, ...]:
    """Return the lines of a point; what the program wrote into a new one is nobody's name."""
    settings, body = point.find("prSet"), point.find("t")
    if body is None or (settings is not None and settings.get("phldr") in ("1", "true")):
        return ()
    return ooxml.paragraphs(body)[0]


def _places(package: Package, root: Element, relations: Mapping[str, ooxml.Relation]) -> dict[str, Rectangle]:
    """Return where each point was last drawn, in points from the diagram's corner; {} where nobody has drawn it yet."""
    drawing = next((element.get("relId", "") for element in root.iter("dataModelExt")), "")
    part = relations[drawing].part if drawing in relations else ""
    shown = {
        point.get("modelId", ""): settings.get("presAssocID", "")
        for point in root.iter("pt")
        if point.get("type") == "pres" and (settings := point.find("prSet")) is not None
    }
    found: dict[str, Rectangle] = {}
    for shape in package.tree(part).iter("sp") if part else ():
        frame = shape.find("spPr/xfrm")
        node = shown.get(shape.get("modelId", ""), "")
        if frame is None or shape.find("txBody") is None or node in found:
            continue
        left, top, width, height = (
            _points(frame, tag, name) for tag, name in (("off", "x"), ("off", "y"), ("ext", "cx"), ("ext", "cy"))
        )
        found[node] = (left, top, left + width, top + height)
    return found


def _points(frame: Element, tag: str, name: str) -> float:
    element = frame.find(tag)
    try:
        return float(element.get(name, "0")) * _POINTS_PER_EMU if element is not None else 0.0
    except ValueError:
        return 0.0
