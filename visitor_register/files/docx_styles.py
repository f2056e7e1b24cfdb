"""What the styles of a Word document say of a text: the level of a heading, struck through, hidden, bold."""

import re
from xml.etree.ElementTree import Element

from visitor_register.files.ooxml import reference

# Word writes the English name of its own styles in every language; other programs translate it.
_NAME = re.compile(
    r"^(?:heading|überschrift|titre|título|titolo|titulo|kop|rubrik|overskrift|otsikko|nagłówek|pennawd)\s*([1-9])$",
    re.I,
)
_LONGEST_CHAIN = 20
_BODY_TEXT = 9


class Styles:
    """The styles of one document by id. A style says only what differs from the one it is based on."""

    def __init__(self, part: Element | None) -> None:
        self._styles = {reference(style, "styleId"): style for style in (part if part is not None else ())}

    def level(self, paragraph: Element | None) -> int | None:
        """Return the level of a heading from 1, by a paragraph's properties and its style; None for other text."""
        if paragraph is None:
            return None
        for properties in (paragraph, *(style.find("pPr") for style in self._chain(_style_of(paragraph, "pStyle")))):
            outline = properties.find("outlineLvl") if properties is not None else None
            said = reference(outline, "val") if outline is not None else ""
            if said.isdecimal():
                return int(said) + 1 if int(said) < _BODY_TEXT else None
        for style in self._chain(_style_of(paragraph, "pStyle")):
            name = style.find("name")
            match = _NAME.match(reference(name, "val")) if name is not None else None
            if match:
                return int(match.group(1))
        return None

    def says(self, run: Element | None, paragraph: Element | None, *names: str) -> bool:
        """Say whether a run is struck, hidden or bold: by itself, else by its style, else by the paragraph's."""
        styles = [*self._chain(_style_of(run, "rStyle")), *self._chain(_style_of(paragraph, "pStyle"))]
        for properties in (run, *(style.find("rPr") for style in styles)):
            found = [one for one in (properties if properties is not None else ()) if one.tag in names]
            if found:
                return any(reference(one, "val") not in ("0", "false", "off", "none") for one in found)
        return False

    def _chain(self, name: str) -> list[Element]:
        found: list[Element] = []
        while name in self._styles and len(found) < _LONGEST_CHAIN:
            found.append(self._styles[name])
            name = _style_of(found[-1], "basedOn")
        return found


def _style_of(properties: Element | None, tag: str) -> str:
    named = properties.find(tag) if properties is not None else None
    return reference(named, "val") if named is not None else ""
