"""Finds the day a chart stands for. Days come first, as in Britain."""

import re
from datetime import date

_MONTHS = {"jan feb mar apr may jun jul aug sep oct nov dec"[4 * at : 4 * at + 3]: at + 1 for at in range(12)}
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_NUMBERS = re.compile(r"\b(\d{1,2})[/.\-](\d{1,2})[/.\-]((?:19|20)?\d\d)\b")
_WORDS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+((?:19|20)\d\d)\b")
_SAID = re.compile(
    r"\b(?:as at|as of|correct (?:as )?(?:at|on)|updated?(?: on)?|valid from|date[d:]?|effective|version)\b", re.I
)


def read_date(text: str) -> date | None:
    """Return the first date in a text ("2026-01-05", "05/01/2026", "5 January 2026"), or None."""
    for pattern, order in ((_ISO, (0, 1, 2)), (_NUMBERS, (2, 1, 0)), (_WORDS, (2, 1, 0))):
        for match in pattern.finditer(text):
            parts = match.groups()
            year, month, day = (parts[at] for at in order)
            number = _MONTHS.get(month[:3].lower()) if month.isalpha() else int(month)
            try:
                return date(int(year) + (2000 if len(year) == 2 else 0), number or 0, int(day))
            except ValueError:
                continue
    return None


def said_as_at(text: str) -> date | None:
    """Return the date of a line that says it is the chart's ("Correct as at 05/01/2026"), or None."""
    return read_date(text) if _SAID.search(text) else None
