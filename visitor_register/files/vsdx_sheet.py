"""One shape's sheet of cells in a Visio drawing: what it does not say itself, its master says."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_BOLD = 1
_LINE_BREAK = re.compile("[\n\u2028\u2029]")
# A drawing a mile wide is no chart: such a number is damage.
_FARTHEST = 100_000.0


@dataclass(frozen=True, slots=True)
class Datum:
    """One row of a shape's data. `default`: what the master of the shape says there."""

    row: str
    label: str
    value: str
    default: str


@dataclass(frozen=True, slots=True)
class ShapeSheet:
    """The cells of one shape.

    Attributes:
        own: The shape as the page has it.
        inherited: The same shape in the master, or None.
        styles: The style sheets of the drawing by id.
    """

    own: Element
    inherited: Element | None
    styles: Mapping[str, Element]

    def text_of(self, name: str) -> str | None:
        """Return a cell's value, None where neither the shape nor its master has it."""
        return next((value for sheet in self._chain() if (value := cell(sheet, name)) is not None), None)

    def number(self, name: str) -> float | None:
        """Return a cell as a number, in inches or radians; None where it is missing or beyond all bounds."""
        return finite(self.text_of(name))

    def formula(self, name: str) -> str:
        """Return the shape's own formula of a cell, "" for none."""
        return next((found.get("F", "") for found in self.own.findall("Cell") if found.get("N") == name), "")

    def styled(self, name: str) -> str | None:
        """Return a cell that the style of the shape's lines may say too."""
        if (value := self.text_of(name)) is not None:
            return value
        style = next((said for sheet in self._chain() if (said := sheet.get("LineStyle"))), "")
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            if (value := cell(self.styles[style], name)) is not None:
                return value
            style = self.styles[style].get("LineStyle", "")
        return None

    def geometry(self) -> list[Element]:
        """Return the sections that draw the shape: its own, or else the master's."""
        return next((found for sheet in self._chain() if (found := list(sections(sheet, "Geometry")))), [])

    def data(self) -> Iterator[Datum]:
        """Yield the shape data, also the rows that only the master has."""
        own, inherited = _rows(self.own, "Property"), _rows(self.inherited, "Property")
        for name in inherited | own:
            rows = [row for row in (own.get(name), inherited.get(name)) if row is not None]
            if rows[0].get("Del") != "1":
                label, value = (
                    next((said for row in rows if (said := cell(row, part)) is not None), "")
                    for part in ("Label", "Value")
                )
                yield Datum(name, label, value, cell(inherited.get(name), "Value") or "")

    def lines(self) -> list[tuple[str, bool]]:
        """Return the text line by line, and whether all of a line is bold. A text taken out here is not inherited."""
        text = next((found for sheet in self._chain() if (found := sheet.find("Text")) is not None), None)
        if text is None:
            return []
        lines: list[list[tuple[str, bool]]] = [[]]
        for run, bold in self._runs(text):
            first, *others = _LINE_BREAK.split(run)
            lines[-1].append((first, bold))
            lines += [[(other, bold)] for other in others]
        return [
            ("".join(run for run, _ in line).strip(), all(bold for run, bold in line if run.strip())) for line in lines
        ]

    def _runs(self, text: Element) -> Iterator[tuple[str, bool]]:
        """Yield each piece of a text with one look; `cp` says which row of looks counts from there on."""
        own, inherited = _rows(self.own, "Character"), _rows(self.inherited, "Character")
        looks = inherited | own

        def bold(row: str) -> bool:
            style = cell(own.get(row), "Style") or cell(inherited.get(row), "Style")
            return bool(int(finite(style) or 0) & _BOLD)

        at = min(looks, default="0")
        yield text.text or "", bold(at)
        for mark in text:
            if mark.tag == "cp":
                at = mark.get("IX", at)
            elif mark.tag == "fld":
                yield mark.text or "", bold(at)
            yield mark.tail or "", bold(at)

    def _chain(self) -> tuple[Element, ...]:
        return (self.own,) if self.inherited is None else (self.own, self.inherited)


def finite(text: str | None) -> float | None:
    """Return a number that a drawing can hold, or None."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= _FARTHEST else None


def cell(sheet: Element | None, name: str) -> str | None:
    """Return the value of a sheet's or a row's own cell, None where it has none."""
    if sheet is None:
        return None
    return next((cell.get("V") for cell in sheet.findall("Cell") if cell.get("N") == name), None)


def sections(sheet: Element, name: str) -> Iterator[Element]:
    """Yield the sections of that name."""
    return (section for section in sheet.findall("Section") if section.get("N") == name)


def _rows(sheet: Element | None, section: str) -> dict[str, Element]:
    if sheet is None:
        return {}
    return {
        row.get("N") or row.get("IX") or "": row for found in sections(sheet, section) for row in found.findall("Row")
    }
