"""Takes out of a cell what nobody typed: odd spaces, control characters, invisible marks."""

import re
import unicodedata

# Zero-width joiners stay where a script needs them to spell (Gujarati, Tamil, Arabic); between Latin letters they hide.
_JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_FORMULA = re.compile(r"^[=+\-@\t]")
# A sign before a number, or a dash before a remark.
_NUMBER = re.compile(r"^[+\-](?:\s|[\d(][^=!|]*$|-*$)")
BLANKS = frozenset({"", "-", "--", "---", "n/a", "na", "n/d", "nd", "nil", "none", "null", "#n/a", "#ref!", "?", "."})


def clean(text: str) -> str:
    """Return a cell's text in NFC with single spaces, without control, bidi and zero-width characters."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if letter in "\t\r\n\v\f\x85\u2028\u2029" else letter for letter in text)
    text = _INVISIBLE.sub(_keep_joiner, text)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cs"})
    return " ".join(text.split())


def value(text: str) -> str:
    """Return the cleaned text, or "" where the cell only says that there is nothing ("N/A", "-")."""
    cleaned = clean(text)
    return "" if cleaned.casefold() in BLANKS else cleaned


def hides_something(text: str) -> bool:
    """Say whether a cell held characters that cannot be seen (bidi, zero width, NUL)."""
    return bool(_INVISIBLE.sub(_keep_joiner, text) != text) or any(
        unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\v\f\x85" for letter in text
    )


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would run this text instead of showing it. A telephone number is none."""
    return bool(_FORMULA.match(text)) and not _NUMBER.match(text)


def _keep_joiner(match: re.Match[str]) -> str:
    mark, at, text = match.group(), match.start(), match.string
    spells = mark in _JOINERS and at > 0 and "\u0600" <= text[at - 1] <= "\u0fff"
    return mark if spells else ""


def phrases(text: str) -> frozenset[str]:
    """Return the phrases of a "|" separated list, or its words where there is no "|"."""
    return frozenset(text.split("|") if "|" in text else text.split())
