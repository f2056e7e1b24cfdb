"""What one cell of an OpenDocument sheet says, as a person sees it, and whether it is struck through."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from visitor_register.files import limits

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLES = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
STYLE = f"{_STYLES}style"
_NOT_SAID = (f"{OFFICE}annotation", f"{TABLE}shapes")
_LONGEST_CHAIN = 20


class Styles:
    """Which styles strike their text through, and which hide a sheet. A style may leave that to its parent."""

    def __init__(self) -> None:
        self._struck: dict[tuple[str, str], bool] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._hidden: set[str] = set()

    def add(self, style: Element) -> None:
        """Take a style with its properties."""
        key = style.get(f"{_STYLES}family", ""), style.get(f"{_STYLES}name", "")
        self._parents[key] = style.get(f"{_STYLES}parent-style-name", "")
        for properties in style:
            if properties.get(f"{TABLE}display") == "false":
                self._hidden.add(key[1])
            lines = [properties.get(f"{_STYLES}text-line-through-{kind}") for kind in ("style", "type")]
            if any(lines):
                self._struck[key] = "none" not in lines

    def strikes(self, family: str, name: str) -> bool:
        """Say whether text in this style, or in those it is based on, is struck through."""
        for _ in range(_LONGEST_CHAIN):
            if (family, name) in self._struck:
                return self._struck[family, name]
            name = self._parents.get((family, name), "")
        return False

    def hides(self, name: str) -> bool:
        """Say whether a sheet in this style is hidden."""
        return name in self._hidden


def count(element: Element, attribute: str) -> int:
    """Return how often or over how many an element stands; 1 where it does not say or says nonsense."""
    said = element.get(f"{TABLE}{attribute}", "1")
    return max(int(said), 1) if said.isdecimal() and len(said) < 10 else 1


def text_of(cell: Element, styles: Styles, style: str) -> tuple[str, bool]:
    """Return a cell's text, whole numbers without ".0" and dates as 2026-01-05, and whether all of it is struck."""
    pieces = list(_pieces(cell, styles, struck=styles.strikes("table-cell", style)))
    shown = "".join(text for text, _ in pieces).strip("\n")[: limits.CELL_CHARACTERS]
    struck = bool(shown.strip()) and all(through for text, through in pieces if text.strip())
    return _value(cell, shown), struck


def _value(cell: Element, shown: str) -> str:
    match cell.get(f"{OFFICE}value-type"):
        case "date" if moment := cell.get(f"{OFFICE}date-value", "")[:16]:
            return moment.replace("T", " ").removesuffix(" 00:00")
        case "boolean":
            return "yes" if cell.get(f"{OFFICE}boolean-value") == "true" else "no"
        case "float":
            return _number(cell.get(f"{OFFICE}value", ""), shown)
        case _:
            return shown


def _number(value: str, shown: str) -> str:
    """Write a whole number by all its digits, however narrow the column; zeros in front stay where they are shown."""
    try:
        number = float(value)
    except ValueError:
        return shown
    if not (abs(number) < 1e15 and number.is_integer()):
        return shown or value
    return shown if shown.isdecimal() and int(shown) == number else str(int(number))


def _pieces(cell: Element, styles: Styles, *, struck: bool) -> Iterator[tuple[str, bool]]:
    """Yield (text, struck) in order. A stack, not recursion: a file may nest as deep as it likes."""
    left = 2 * limits.CELL_CHARACTERS
    stack: list[tuple[Element | str, bool]] = [(child, struck) for child in reversed(cell)]
    while stack and left > 0:
        piece, through = stack.pop()
        text = piece if isinstance(piece, str) else _own_text(piece)
        left -= len(text)
        if text:
            yield text, through
        if isinstance(piece, str) or piece.tag in _NOT_SAID or not piece.tag.startswith(_TEXT):
            continue
        inside = through or styles.strikes("text", piece.get(f"{_TEXT}style-name", ""))
        for child in reversed(piece):
            stack += [(child.tail or "", inside), (child, inside)]
        if piece.text:
            stack.append((piece.text, inside))


def _own_text(element: Element) -> str:
    """Return what an element itself stands for: a new paragraph, a tab, so many blanks."""
    if not element.tag.startswith(_TEXT):
        return ""
    match element.tag.removeprefix(_TEXT):
        case "p" | "h" | "line-break":
            return "\n"
        case "tab":
            return "\t"
        case "s":
            said = element.get(f"{_TEXT}c", "1")
            return " " * (min(int(said), 100) if said.isdecimal() and len(said) < 4 else 1)
        case _:
            return ""
