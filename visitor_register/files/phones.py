"""Telephone numbers as councils type them: "Tel: (020) 7946 0023 ext. 12", two in a cell, a lost zero."""

import re

import phonenumbers

from visitor_register.domain import chart_text
from visitor_register.domain.chart import Phone

_SPLIT = re.compile(r"\s*(?:/|;|,|\||\bor\b|\band\b|&)\s*(?=[+(]?\d|\b[a-z]{1,12}\b[.:]?\s*[+(]?\d)", re.I)
_EXTENSION = re.compile(r"(?:\bextension|\bextn?\.?|\bx|#)\s*:?\s*(\d{1,6})\s*\)?\s*$", re.I)
_RUN = re.compile(r"(?:\+|00)?\s*\(?\d[\d\s().\-‐‑–]*")
# Eleven digits from a zero on, or those after the country code, however they are spaced.
_WHOLE = re.compile(r"\s*(?:(?:\+|00)\s*44[\s(]*(?:0\)?)?(?:[\s().\-]*\d){10}|\(?0(?!0)(?:[\s().\-]*\d){10})")
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
        runs = [run for match in _RUN.finditer(part) for run in _apart(match.group())]
        for run in runs:
            number, digits = _e164(run), re.sub(r"\D", "", run)
            own = extension or (digits if not number and 3 <= len(digits) <= 6 and len(runs) == 1 else "")
            if number or own or len(digits) > 6:
                found.append(Phone(number, own, part.strip() if len(runs) == 1 else run.strip()))
        if extension and not runs:
            found.append(Phone("", extension, part or extension))
    return tuple(dict.fromkeys(found))


def _apart(run: str) -> list[str]:
    """Cut a run of digits behind each whole British number: two may stand side by side."""
    apart = []
    while (match := _WHOLE.match(run)) is not None and len(match.group()) < len(run):
        apart.append(match.group())
        run = run[match.end() :]
    return [*apart, run] if re.search(r"\d", run) else apart


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
    if not digits.startswith(("0", "+")):
        return ""
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
