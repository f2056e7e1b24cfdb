"""What a scanner typed, measured: its text, what it puts before and after, how fast it is, and what to set. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from visitor_register.domain import codes

_BODY = "VRTEST19AYZ"
TEST_CODE = _BODY + codes.check_character(_BODY)
"""Letters and digits that a French or German layout swaps; its check character is right, nobody's pass has it."""
TEST_SIGNS = '@"#'
"""What a UK and a US layout swap; only the square code carries them, Code 128 is for our own codes."""
TEST_SQUARE = f"{TEST_CODE}{TEST_SIGNS}"

_LEAST_HOLD, _MOST_HOLD = 40, 100
_LEAST_QUIET = 600
_BY_HAND_MS = 45
_ENDINGS = {"\r": "Return", "\n": "Enter", "\t": "Tab"}
_SWAPPED_SIGNS = set('@"#£\\|~¬§')


@dataclass(frozen=True, slots=True)
class Keystroke:
    """One key: what it types ("\\r", "\\n" and "\\t" for the ends), and when, in seconds."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class ScannerReport:
    """What arrived and what follows from it. `prefix` is None when an unknown code was scanned."""

    text: str
    prefix: str | None
    ending: str
    length: int
    median_ms: int
    longest_ms: int
    hold_ms: int
    quiet_ms: int
    by_hand: bool
    warning: str


def report(strokes: Sequence[Keystroke]) -> ScannerReport | None:
    """Measure one reading; None when no printable character arrived."""
    signs = [stroke for stroke in strokes if stroke.text not in _ENDINGS]
    if not signs:
        return None
    text = "".join(stroke.text for stroke in signs if stroke.text.isprintable())
    gaps = [1000 * (after.at - before.at) for before, after in pairwise(signs)] or [0.0]
    ends = [stroke for stroke in strokes if stroke.text in _ENDINGS and stroke.at >= signs[-1].at]
    late = 1000 * (ends[-1].at - signs[-1].at) if ends else 0.0
    # Four keys must follow each other within the hold, with half as much to spare.
    hold = _tens(3 * max(gaps) * 1.5)
    by_hand = median(gaps) > _BY_HAND_MS
    return ScannerReport(
        text=text,
        prefix=_prefix(text),
        ending=", ".join(_ENDINGS[end.text] for end in ends) or "nothing",
        length=len(text),
        median_ms=round(median(gaps)),
        longest_ms=round(max(gaps)),
        hold_ms=min(max(hold, _LEAST_HOLD), _MOST_HOLD),
        quiet_ms=max(_LEAST_QUIET, _tens(3 * late)),
        by_hand=by_hand,
        warning=_warning(text, by_hand=by_hand, too_slow=hold > _MOST_HOLD),
    )


def _tens(milliseconds: float) -> int:
    return math.ceil(milliseconds / 10) * 10


def _prefix(text: str) -> str | None:
    at = text.upper().find(TEST_CODE)
    return text[:at] if at >= 0 else None


def _warning(text: str, *, by_hand: bool, too_slow: bool) -> str:
    if by_hand:
        return "This looks typed by hand, not scanned. If it was scanned, set the scanner to send without pauses."
    if too_slow:
        return (
            "This scanner pauses between characters: it can hardly be told from a person. "
            "Set its pause between characters to nothing, with a sheet of its manual."
        )
    at = text.upper().find(TEST_CODE)
    if at < 0:
        return _why_not_ours(text)
    if text[at : at + len(TEST_CODE)] != TEST_CODE:
        return "Capitals arrive as small letters: Caps Lock is on, or the scanner changes case. Codes are found anyway."
    signs = text[at + len(TEST_CODE) :][: len(TEST_SIGNS)]
    if signs and signs != TEST_SIGNS and set(signs) <= _SWAPPED_SIGNS:
        return (
            f"The keyboard layout swaps signs: {TEST_SIGNS} arrives as {signs}. Our own codes are safe, council badges "
            "may not be. Set the scanner to the layout of this PC (English, United Kingdom)."
        )
    return ""


def _why_not_ours(text: str) -> str:
    """A text that is the test code in another layout has its length and some of its signs in their places."""
    for start in range(max(1, len(text) - len(TEST_CODE) + 1)):
        part = text[start : start + len(TEST_CODE)].upper()
        same = sum(ours == theirs for ours, theirs in zip(TEST_CODE, part, strict=False))
        if len(TEST_CODE) // 3 <= same < len(TEST_CODE):
            return (
                f"The keyboard layout swaps characters: {TEST_CODE} arrives as {part}. Codes would not be found. "
                "Set the scanner to the layout of this PC (English, United Kingdom)."
            )
    return ""
