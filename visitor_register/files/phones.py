"""Telephone numbers as councils type them: "Tel: (020) 7946 0023 ext. 12", two in a cell, a lost zero."""

import re

import phonenumbers

from visitor_register.domain import chart_text
from visitor_register.domain.chart import Phone

_SPLIT = re.compile(r"\s*(?:/|;|,|\||\bor\b|\band\b|&)\s*(?=[+(]?\d|\b[a-z]{1,12}\b[.:]?\s*[+(]?\d)", re.I)
_EXTENSION = re.compile(r"(?:\bextension|\bextn?\.?|\bx|#)\s*:?\s*(\d{1,6})\s*\)?\s*$", re.I)
_RUN = re.compile(r"(?:\+|00)?\s*\(?\d[\d\s().\-‐‑–]*")
_FLOAT = re.compile(r"^(\d{7,})\.0$")
_LONGEST = 200


def read_phones(typed: str) -> tuple[Phone, ...]:
    """Return every number of a cell in order; () when it holds no digits ("N/A").

    `number` is E.164, or "" where the digits are no British or international number; then `typed` still
    shows what stood there. A number of its own without area code is only an extension.
    """
    found = []
    for part in _SPLIT.split(_FLOAT.sub(r"\1", chart_text.value(typed)[:_LONGEST])):
        extension = ""
        if (match := _EXTENSION.search(part)) is not None:
            extension, part = match.group(1), part[: match.start()].strip(" (")
        run = _RUN.search(part)
        if run is None:
            if extension:
                found.append(Phone("", extension, part or extension))
            continue
        found.append(Phone(_e164(run.group()), extension, part.strip()))
    return tuple(dict.fromkeys(found))


def _e164(run: str) -> str:
    digits = re.sub(r"[^\d+]", "", run.replace("(0)", "") if re.match(r"\s*(?:\+|00)", run) else run)
    digits = re.sub(r"^00", "+", digits)
    if digits.startswith("+440"):
        digits = "+44" + digits[4:]
    if re.fullmatch(r"44\d{9,10}", digits):
        digits = "+" + digits
    elif re.fullmatch(r"[1-9]\d{8,9}", digits):
        # A spreadsheet took the number for one and dropped its zero.
        digits = "0" + digits
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
