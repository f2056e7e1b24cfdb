"""Makes boxes of the shapes of a Visio page: a group is one box, and shape data say outright who is in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from visitor_register.domain.chart_fields import Field, field_of, heading_key, is_plain_id
from visitor_register.domain.chart_text import value
from visitor_register.domain.names_clean import names_nobody
from visitor_register.files.drawn import Shape
from visitor_register.files.drawn_words import is_template
from visitor_register.files.vsdx_shapes import Item, Rectangle
from visitor_register.files.vsdx_sheet import Datum

_VISIO = {"title": Field.JOB_TITLE}
_OF_PEOPLE = frozenset({Field.NAME, Field.JOB_TITLE, Field.FORENAME, Field.SURNAME, Field.EMAIL, Field.STAFF_NUMBER})
# Nobody's own until it is typed over; a stencil of the council's may well give a title or a team.
_TYPED = frozenset({Field.NAME, Field.FORENAME, Field.SURNAME, Field.PHONE, Field.MOBILE, Field.EMAIL})
_NOWHERE: Rectangle = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a page.

    Attributes:
        shape: What is said in it, with an id of its own in the file.
        place: Where it is, None where the file makes no sense.
        number, above: Its number from a list that was imported into the drawing, and that of the box above; or "".
    """

    shape: Shape
    place: Rectangle | None
    number: str
    above: str


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a page. `by_item`: which box each shape is, or is a part of; `hidden`: how many were left out."""

    listed: tuple[Box, ...]
    by_item: Mapping[str, Box]
    hidden: int


@dataclass(frozen=True, slots=True)
class _Data:
    fields: Mapping[Field, str]
    number: str
    above: str

    @property
    def of_a_person(self) -> bool:
        return bool(_OF_PEOPLE & self.fields.keys())


def find(page: str, items: Sequence[Item], glued: frozenset[str]) -> Boxes:
    """Find the boxes of a page.

    Args:
        page: What the ids of its boxes begin with.
        items: All shapes of the page.
        glued: Ids of the shapes that lines lead to.
    """
    parts: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        parts[item.group].append(item)
    data = {item.id: _data(item) for item in items if item.route is None}
    listed: list[Box] = []
    by_item: dict[str, Box] = {}
    hidden = 0
    waiting = list(reversed(parts[""]))
    while waiting:
        item = waiting.pop()
        if item.route is not None:
            continue
        members = _members(item, parts)
        if not data[item.id].of_a_person and _holds_several(members, data, glued):
            waiting += reversed(parts[item.id])
            continue
        box = _box(f"{page}s{item.id}", item, members, data)
        if box is None:
            continue
        if item.hidden:
            hidden += 1
            continue
        listed.append(box)
        by_item |= {member.id: box for member in members}
    return Boxes(tuple(listed), by_item, hidden)


def _members(item: Item, parts: Mapping[str, Sequence[Item]]) -> list[Item]:
    """Return a group with all that is in it, at any depth."""
    found, waiting = [], [item]
    while waiting:
        found.append(waiting.pop())
        waiting += parts.get(found[-1].id, ())
    return found


def _holds_several(members: Sequence[Item], data: Mapping[str, _Data], glued: frozenset[str]) -> bool:
    """Say whether a group is a drawing of its own: lines lead to its parts, or its parts are people."""
    inside = members[1:]
    if members[0].id in glued:
        return False
    return (
        sum(member.id in glued for member in inside) > 1
        or sum(member.id in data and data[member.id].of_a_person for member in inside) > 1
        or any(member.route is not None and len(inside) > 2 for member in inside)
    )


def _box(key: str, item: Item, members: Sequence[Item], data: Mapping[str, _Data]) -> Box | None:
    """Return the box that a shape and its parts make, None where it says nothing or is no post."""
    boxes = [member for member in members if member.route is None and (member is item or not member.hidden)]
    said = next((data[member.id] for member in boxes if data[member.id].of_a_person), data[item.id])
    lines = _lines(boxes)
    if not lines and not said.of_a_person:
        return None
    left, top, right, bottom = item.place or _NOWHERE
    # Some stencils show their data beside the box; the picture shows who it is all the same.
    lines = lines or [(said.fields[field], False) for field in (Field.NAME, Field.JOB_TITLE) if field in said.fields]
    bold = tuple(at for at, (_, is_bold) in enumerate(lines) if is_bold)
    shape = Shape(key, left, top, right, bottom, tuple(text for text, _ in lines), said.fields, bold)
    return Box(shape, item.place, said.number, said.above)


def _lines(items: Sequence[Item]) -> list[tuple[str, bool]]:
    """Return the text of a group from top to bottom; its own text comes first."""
    own, *others = items
    others.sort(key=lambda item: (item.place or _NOWHERE)[1::-1])
    found: dict[str, bool] = {}
    for item in (own, *others):
        if item.sheet.text_of("HideText") != "1":
            for text, bold in item.sheet.lines():
                found.setdefault(text, bold)
    return [(text, bold) for text, bold in found.items() if text]


def _data(item: Item) -> _Data:
    """Read the shape data of a box by their labels, without what only the stencil put there."""
    fields: dict[Field, str] = {}
    number = above = ""
    for datum in item.sheet.data():
        text = value(datum.value)
        names = (datum.label, datum.row)
        field = next((found for name in names if (found := _VISIO.get(heading_key(name)) or field_of(name))), None)
        if not text or (field is not None and _is_placeholder(field, text, datum)):
            continue
        if field is Field.REPORTS_TO_NAME:
            above = text
        elif field is not None:
            fields.setdefault(field, text)
        elif any(is_plain_id(name) for name in names):
            number = text
    whole = " ".join(fields.pop(part) for part in (Field.FORENAME, Field.SURNAME) if part in fields)
    if whole:
        fields.setdefault(Field.NAME, whole)
    return _Data(fields, number, above)


def _is_placeholder(field: Field, text: str, datum: Datum) -> bool:
    if is_template(text) or heading_key(text) in (heading_key(datum.label), heading_key(datum.row)):
        return True
    return field in _TYPED and text == value(datum.default) and not names_nobody(text)


def in_reach(point: tuple[float, float], boxes: Iterable[Box], reach: float) -> list[Box]:
    """Return the boxes that a point lies in or at most `reach` points away from."""
    x, y = point
    return [
        box
        for box in boxes
        if box.place is not None
        and box.place[0] - reach <= x <= box.place[2] + reach
        and box.place[1] - reach <= y <= box.place[3] + reach
    ]
