"""Breaks the words of a card into lines that fit, and says when even that is not enough."""

from collections.abc import Callable
from dataclasses import dataclass

Advance = Callable[[str], int]

_CUT = "…"


@dataclass(frozen=True, slots=True)
class Lines:
    """Words as lines. `whole` is False when the last line ends in dots, because there are too many."""

    lines: tuple[str, ...]
    width: int
    whole: bool = True


def fit(text: str, room: int, most: int, advance: Advance) -> Lines:
    """Break a text between its words, or inside a word that is too long for a line.

    Args:
        text: One paragraph.
        room: How wide a line may be.
        most: How many lines there may be; the last of them ends in dots when the text goes on.
        advance: How wide a piece of text is.
    """
    wide = advance(text)
    if wide <= room:
        return Lines((text,) if text else (), wide)
    lines: list[str] = []
    line = ""
    waiting = text.split()[::-1]
    while waiting:
        word = waiting.pop()
        longer = f"{line} {word}" if line else word
        if advance(longer) <= room:
            line = longer
        elif line:
            lines.append(line)
            line = ""
            waiting.append(word)
        else:
            head = _longest(word, room, advance)
            # At a hyphen where there is one.
            head = word.rfind("-", 1, head) + 1 or head
            lines.append(word[:head])
            waiting.append(word[head:])
        if len(lines) == most and (line or waiting):
            rest = " ".join(filter(None, (line, *reversed(waiting))))
            lines[-1] = _dotted(f"{lines[-1]} {rest}", room, advance)
            return Lines(tuple(lines), max(map(advance, lines)), whole=False)
    if line:
        lines.append(line)
    return Lines(tuple(lines), max(map(advance, lines)))


def _longest(text: str, room: int, advance: Advance, end: str = "") -> int:
    """How many characters of a text fit with this end, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if advance(text[:middle] + end) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _dotted(text: str, room: int, advance: Advance) -> str:
    return text[: _longest(text, room, advance, _CUT)].rstrip() + _CUT
