"""The codes on badges and passes: our own, with a check character, and what to make of everybody else's."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

ALPHABET = "0123456789ABCDEFGHJKMNPRSTVWXYZ"
"""31 signs, a prime number of them; without I, L, O, Q and U, which are misread or make words."""

PREFIX = "VR"
PASS_LENGTH = 12

LONGEST = 512
"""Characters kept of a scanned text; the longest signed badge seen is 155."""

_MISREAD_BY_PEOPLE = str.maketrans("ILO", "110", " -")
_CHECKED = re.compile(r"[" + ALPHABET + r"]{2,}")
_NO_BADGE = re.compile(
    r"[a-z][a-z0-9+.-]*://|www\.|(?:mailto|tel|sms|smsto|geo|wifi|mecard|bitcoin|otpauth|data|javascript):|begin:v|[{<\[]",
    re.IGNORECASE,
)
_ONE_SIGN = str.maketrans(
    # Keys that a scanner set to one layout and a computer set to the other take for each other.
    {"@": '"', "#": "£", "\\": "£", "|": "£", "~": "£", "¬": "£"} | dict.fromkeys("‐‑‒–—−", "-")
)


class CodeKind(Enum):
    """What sort of thing was scanned."""

    PASS = "pass"  # noqa: S105
    BADGE = "badge"
    NOT_A_BADGE = "not a badge code"


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """A scanned text, cleaned, with its kind; `words` say to the desk what is wrong, or are empty."""

    kind: CodeKind
    text: str
    words: str = ""


def check_character(body: str) -> str:
    """The sign to put after `body` (signs of `ALPHABET` only).

    Each place weighs a power of 3, which runs through all of 1 to 30 before it repeats: no weight
    is zero, so one wrong sign always shows; no two neighbours weigh the same, so a swap does too.

    Raises:
        ValueError: a sign is not of the alphabet.
    """
    total = 0
    for sign in body:
        total = (total + ALPHABET.index(sign)) * 3 % 31
    return ALPHABET[-total % 31]


def is_sound(code: str) -> bool:
    """Say whether the last sign of a code is the check of those before it."""
    return _CHECKED.fullmatch(code) is not None and check_character(code[:-1]) == code[-1]


def new_pass_code(choose: Callable[[str], str]) -> str:
    """A code for a pass; `choose` picks one sign of those offered, as `secrets.choice` does."""
    body = PREFIX + "".join(choose(ALPHABET) for _ in range(PASS_LENGTH - len(PREFIX) - 1))
    return body + check_character(body)


def grouped(code: str) -> str:
    """The code in fours, as it is printed for people."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def clean(text: str) -> str:
    """What was scanned without control, direction and other invisible characters, at most `LONGEST` long."""
    kept = (sign for sign in text[: 4 * LONGEST] if not _is_invisible(sign))
    return "".join(kept).strip()[:LONGEST]


def _is_invisible(sign: str) -> bool:
    # Cc, Cf, Cs, Co, Cn and the line and paragraph separators.
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def classify(text: str) -> ScannedCode:
    """Say what a scanned or typed text is. Nothing in it is ever opened or obeyed."""
    cleaned = clean(text)
    if not cleaned:
        return _no_badge(cleaned, "Nothing was read. Scan it again.")
    ours = cleaned.upper().translate(_MISREAD_BY_PEOPLE)
    if len(ours) == PASS_LENGTH and ours.startswith(PREFIX) and _CHECKED.fullmatch(ours):
        if is_sound(ours):
            return ScannedCode(CodeKind.PASS, ours)
        return _no_badge(cleaned, "This looks like one of our passes, but a character is wrong. Scan it again.")
    if len(text) > LONGEST:
        return _no_badge(cleaned, "Not a badge code: it is far too long.")
    if _NO_BADGE.match(cleaned):
        return _no_badge(cleaned, "Not a badge code: it is a link, a contact card or the like.")
    if _is_product(cleaned):
        return _no_badge(cleaned, "Not a badge code: it is the barcode of a product.")
    if len(cleaned) < 3 or (" " in cleaned and not any(sign.isdigit() for sign in cleaned)):
        return _no_badge(cleaned, "Not a badge code: it is too short, or plain text.")
    return ScannedCode(CodeKind.BADGE, cleaned)


def _no_badge(text: str, words: str) -> ScannedCode:
    return ScannedCode(CodeKind.NOT_A_BADGE, text, words)


def _is_product(text: str) -> bool:
    # Only 13 digits: of staff numbers with 8 digits one in ten would pass for a short product code.
    if len(text) != 13 or not (text.isascii() and text.isdigit()):
        return False
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(text)) % 10 == 0


def fold_code(text: str) -> str:
    """The form in which two readings of one foreign code are equal, whatever Caps Lock and keyboard layout did.

    An exact match goes first; an equal folded form counts only if one known code alone has it.
    """
    return clean(text).casefold().translate(_ONE_SIGN)
