"""Puts the letters of a PDF page together again: words into lines, and lines that were wrapped into paragraphs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.utils.text import extract_words

from visitor_register.domain import chart_text
from visitor_register.domain.chart_fields import speaks_of_pay
from visitor_register.files.geometry_plane import Rectangle, around

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|-bd\b|,b", re.I)
# As parts of the letter size: what a blank takes, and what is a gap between columns.
_BLANK, _COLUMN = 0.28, 1.8
# Where blanks are written, letters may be spread so far without being words of their own; a word has so many letters.
_SPREAD, _WORD = 0.5, 20
# What a line leaves to the edge of a box, in points.
_LEAST_MARGIN, _USUAL_MARGIN, _WIDEST_MARGIN = 2.0, 3.6, 7.2
# A text that rises by more than this part of its length is not meant to be read with the others.
_SLANT = 0.1
# Sizes of letters differ by a little within one text.
_SIZE = 1.12
_ENTRY = re.compile(r"\S\s+[-–—|]\s+\S|\S:\s+\S|\s{3,}")
_UNFINISHED = re.compile(r"(?:[,&/–—]|\b(?:of|and|for|the|to|with|in|or))$", re.I)
_PREFIX = re.compile(r"\b(?:co|re|pre|non|self|ex|multi|inter|sub|post|semi|mid|vice|well|anti|part|full|long)-$", re.I)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands on the page; `size` of its letters in points."""

    text: str
    place: Rectangle
    size: float
    bold: bool

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.place.left + self.place.right) / 2, (self.place.top + self.place.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside each other."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """As written."""
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether most of it is bold."""
        return 2 * sum(len(word.text) for word in self.words if word.bold) > sum(len(word.text) for word in self.words)

    @property
    def size(self) -> float:
        """The size of its letters, in points."""
        return max(word.size for word in self.words)

    @property
    def place(self) -> Rectangle:
        """The space it takes."""
        return around(word.place for word in self.words)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines that are one sentence, name or title."""

    text: str
    bold: bool


def words_of(page: Any) -> list[Word]:
    """The words of a page, level ones only: what runs across is a watermark."""
    letters = _once([letter for letter in page.chars if _is_level(letter)])
    blanks = sum(letter["text"].isspace() for letter in letters)
    gap = _SPREAD if blanks * _WORD > len(letters) else _BLANK * 0.7
    # In the order in which they were written: sorted by height, the letters of boxes beside each other would mix.
    found = extract_words(letters, x_tolerance_ratio=gap, use_text_flow=True, return_chars=True)
    words = []
    for word in found:
        text = chart_text.clean(word["text"])
        letters = word["chars"]
        if text and word["upright"]:
            bold = sum(bool(_BOLD.search(str(letter["fontname"]))) for letter in letters)
            left, top = (float(edge) for edge in page.bbox[:2])
            across, down = (float(word["x0"]), float(word["x1"])), (float(word["top"]), float(word["bottom"]))
            place = Rectangle(across[0] - left, down[0] - top, across[1] - left, down[1] - top)
            size = max(float(letter["size"]) for letter in letters)
            words.append(Word(text, place, size, 2 * bold > len(letters)))
    return words


def _is_level(letter: Mapping[str, Any]) -> bool:
    along, up = letter["matrix"][:2]
    return bool(abs(up) <= _SLANT * abs(along))


def _once(letters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out letters drawn twice, a hair apart, by programs that have no bold ones."""
    seen: set[tuple[object, int, int]] = set()
    kept = []
    for letter in letters:
        across, down = round(letter["x0"]), round(letter["top"])
        if not any((letter["text"], across + aside, down) in seen for aside in (-1, 0, 1)):
            kept.append(letter)
        seen.add((letter["text"], across, down))
    return kept


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Put words beside each other into lines, from top to bottom; a wide gap, or a change of weight, parts them."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.middle[1], one.place.left)):
        row = rows[-1] if rows else []
        if row and abs(word.middle[1] - row[0].middle[1]) <= 0.45 * min(word.size, row[0].size):
            row.append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda one: one.place.left)
        begun = [row[0]]
        for word in row[1:]:
            if word.place.left - begun[-1].place.right > _COLUMN * max(word.size, begun[-1].size):
                lines.append(Line(tuple(begun)))
                begun = []
            begun.append(word)
        lines.append(Line(tuple(begun)))
    return lines


def paragraphs_of(lines: Sequence[Line], width: float) -> list[Paragraph]:
    """Join the lines of a box that were one before they were wrapped.

    A line was wrapped if the first word of the next would not have fitted into the box beside it.

    Args:
        lines: From top to bottom.
        width: Of the box, in points.
    """
    found: list[Paragraph] = []
    last: Line | None = None
    parts = [part for line in lines for part in _parts(line)]
    room = width - 2 * _margin(parts, width)
    for line in parts:
        if last is not None and _wrapped(last, line, found[-1].text, room):
            found[-1] = Paragraph(_joined(found[-1].text, line.text), found[-1].bold)
        else:
            found.append(Paragraph(line.text, line.bold))
        last = line
    return found


def _margin(lines: Sequence[Line], width: float) -> float:
    """What lines of several words leave to the edges; a long word alone may well run over them."""
    places = [line.place for line in lines if len(line.words) > 1]
    if not places:
        return _USUAL_MARGIN
    whole = around(places)
    return min(_WIDEST_MARGIN, max(_LEAST_MARGIN, (width - whole.width) / 2))


def _parts(line: Line) -> list[Line]:
    """Part a line where bold letters end and plain ones begin, or the other way round, unless a dash joins them."""
    changes = [at for at in range(1, len(line.words)) if line.words[at].bold != line.words[at - 1].bold]
    if len(changes) != 1 or _ENTRY.search(line.text) or _UNFINISHED.search(line.words[changes[0] - 1].text):
        return [line]
    return [Line(line.words[: changes[0]]), Line(line.words[changes[0] :])]


def _wrapped(last: Line, line: Line, before: str, room: float) -> bool:
    if last.bold != line.bold or max(last.size, line.size) > _SIZE * min(last.size, line.size):
        return False
    if (_ENTRY.search(line.text) and _ENTRY.search(before)) or (speaks_of_pay(line.text) > speaks_of_pay(before)):
        return False
    if _UNFINISHED.search(before) or line.text[:1].islower():
        return True
    needed = last.place.width + _BLANK * last.size + line.words[0].place.width
    return needed > room


def _joined(before: str, after: str) -> str:
    if not before.endswith("-") or before.endswith(" -"):
        return f"{before} {after}"
    if after[:1].islower() and not _PREFIX.search(before):
        return before[:-1] + after
    return before + after
