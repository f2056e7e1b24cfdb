"""How wide a text is in a font, put together from pairs of letters: names are many, the pairs in them are few."""

import math
from functools import cache
from itertools import pairwise

from PySide6.QtGui import QFontMetrics, QFontMetricsF

from visitor_register.gui import fonts

_LATIN = "\u0250"
"""Below this, the width of a text is the sum of its letters and of what each moves closer to the one before."""


class Widths(dict[tuple[str, str], float]):
    """What each letter adds after another one, measured once. Called with a text, it says how wide that is."""

    def __init__(self, role: str, factor: float) -> None:
        super().__init__()
        font = fonts.font(role, factor)
        self._exact, self._metrics = QFontMetricsF(font), QFontMetrics(font)
        self._words: dict[str, float] = {}
        self._gaps: dict[tuple[str, str], float] = {}

    def __missing__(self, pair: tuple[str, str]) -> float:
        """Measure a pair."""
        first, second = pair
        before = self._exact.horizontalAdvance(first) if first else 0.0
        found = self[pair] = self._exact.horizontalAdvance(first + second) - before
        return found

    def __call__(self, text: str) -> int:
        """Return how many pixels a line takes, at least. Letters that change their shapes are measured together."""
        if not text.isascii() and max(text) >= _LATIN:
            return self._metrics.horizontalAdvance(text) + 1
        wide, before = 0.0, ""
        for word in text.split():
            if before:
                wide += self._gaps.get((before, word[0])) or self._gap(before, word[0])
            wide += self._words.get(word) or self._word(word)
            before = word[-1]
        return math.ceil(wide)

    def _gap(self, before: str, after: str) -> float:
        """What a blank between two words adds."""
        found = self._gaps[before, after] = self[before, " "] + self[" ", after] - self["", after]
        return found

    def _word(self, word: str) -> float:
        found = self._words[word] = sum(map(self.__getitem__, pairwise(("", *word))))
        return found


@cache
def widths(role: str, factor: float) -> Widths:
    """The widths of a font of the design at a text size."""
    return Widths(role, factor)
