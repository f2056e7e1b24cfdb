"""Turns a cell that should hold a name into the name, the nickname and what else was written beside it."""

import re
from dataclasses import dataclass

from visitor_register.domain import chart_text
from visitor_register.domain.chart_text import phrases
from visitor_register.domain.names import fold

_TITLES = phrases("mr mrs ms miss mx dr prof professor rev revd cllr councillor")
_SUFFIXES = phrases("mbe obe cbe kc qc phd md ba bsc ma msc rn rgn cqsw hcpc frcpch jp jr jnr snr sr")
_WORDS_OF_STATUS = phrases(
    "agency acting interim ftc temp temporary perm permanent locum bank casual secondment seconded "
    "secondee cover covering maternity paternity mat leave sick sabbatical job share jobshare part full "
    "time pt ft fte tm sm hos atm dtm asw sw ssw aysw nqsw asye lead manager deputy student apprentice "
    "trainee term only hours days mon tue wed thu fri monday tuesday wednesday thursday friday until from "
    "to left leaving leaver new starter starts starting she her he him they them nee née née formerly "
    "vacant contractor consultant zero contract fixed a b p t "
)
_PARENTHESIS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_QUOTED = re.compile(r"(?<=\s)[\"“”'‘]([^\"“”'’]+)[\"“”'’](?=\s)")
_DASHED = re.compile(
    r"\s+[-–—]\s*((?:agency|acting|interim|ftc|locum|temp\w*|job ?share|seconde\w*|mat\w* leave|\d)[^-]*)$", re.I
)
_TRAILING = re.compile(r"\s+(agency|jobshare|job share|interim|locum|ftc)$", re.I)
_NOBODY = re.compile(
    r"\bvacan(?:t|cy)\b|\bunfilled\b|\b(?:to be|being) (?:confirmed|appointed|recruited|advised|filled)\b"
    r"|\brecruit(?:ing|ment)\b|\bpost (?:deleted|frozen|on hold)\b"
    r"|\bnot (?:in post|disclosed|applicable|known)\b|^eliminated\b",
    re.I,
)
_NOBODY_WHOLE = re.compile(
    r"^(?:tb[cadr]|n\.?/?a\.?|n\.?/?d\.?|x{2,}|0+|nil|none|unknown|-+|\.+|\?+|nobody|no one)$", re.I
)
_PLAUSIBLE = re.compile(r"^[^\W\d_][\w .,'’`´\-‐‑?\ufffd\u200c\u200d]*$")


@dataclass(frozen=True, slots=True)
class CleanName:
    """A name as it is to be stored.

    `name` is "" when the cell names nobody; `vacant` says that it says so ("Vacant", "TBC", "N/D").
    `flags` are the remarks found beside the name, in words: "Agency", "acting", "*".
    """

    name: str
    known_as: str = ""
    flags: tuple[str, ...] = ()
    vacant: bool = False


def clean_name(written: str) -> CleanName:
    """Read a cell that should hold one person's name. Never guesses: what is no remark stays in the name."""
    text = chart_text.clean(written)
    if chart_text.is_formula(text):
        return CleanName(text)
    flags: list[str] = []
    known_as = ""
    for match in _PARENTHESIS.finditer(text):
        inside = match.group(1).strip()
        if not known_as and _is_nickname(inside) and match.start() > 0:
            known_as = inside
        elif inside:
            flags.append(inside)
    text = _PARENTHESIS.sub(" ", text)
    if (quoted := _QUOTED.search(text)) is not None and _is_nickname(quoted.group(1)):
        known_as = known_as or quoted.group(1)
        text = _QUOTED.sub(" ", text)
    if "*" in text:
        flags.append("*")
    text = " ".join(text.replace("*", " ").split())
    bare = not text.strip(" -–—")
    if _NOBODY.search(text) or _NOBODY_WHOLE.match(text.strip()) or (bare and _NOBODY.search(" ".join(flags))):
        return CleanName("", flags=(text, *flags) if text else tuple(flags), vacant=True)
    for remark in (_DASHED, _TRAILING):
        found = remark.search(text)
        if found is not None and found.start() > 0:
            flags.append(found.group(1).strip())
            text = text[: found.start()]
    return CleanName(_without_title(_turned_round(text, flags)), known_as, tuple(flags))


def names_nobody(written: str) -> bool:
    """Say whether a manager cell is blank or says that there is nobody ("TBC", "VACANT", "XX")."""
    text = chart_text.value(written)
    return not text or clean_name(text).vacant


def is_plausible(name: str) -> bool:
    """Say whether a text could be a person's name: letters of one script, no mark-up, no formula, no sentence."""
    return bool(_PLAUSIBLE.match(name)) and len(name) <= 80 and len(name.split()) <= 8 and not _mixes_scripts(name)


def _is_nickname(text: str) -> bool:
    parts = [part.casefold().strip(".") for part in re.split(r"[\s/-]+", text)]
    if not 1 <= len(parts) <= 2 or any(part in _WORDS_OF_STATUS for part in parts):
        return False
    return (
        bool(re.fullmatch(r"[^\W\d_][^\W\d_'’ -]+(?:[ -][^\W\d_]+)?", text))
        and text[0].isupper()
        and not text.isupper()
    )


def _turned_round(text: str, flags: list[str]) -> str:
    """Turn "SURNAME, Forename" round; letters after a name ("Ada Hill, MBE") become flags."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    names: list[str] = []
    for part in parts:
        after = fold(part).replace(".", "")
        (flags if names and (after in _SUFFIXES or after in _WORDS_OF_STATUS) else names).append(part)
    if len(names) == 2:
        return f"{names[1]} {names[0]}"
    if len(names) == 3 and fold(names[2]).strip(".") in _TITLES:
        return f"{names[1]} {names[0]}"
    return ", ".join(names)


def _without_title(text: str) -> str:
    parts = text.split()
    while len(parts) > 1 and fold(parts[0]).strip(".,") in _TITLES:
        parts.pop(0)
    return " ".join(parts).strip(" ,;")


def _mixes_scripts(name: str) -> bool:
    """Say whether one word mixes Latin with look-alikes of Greek or Cyrillic."""
    for word in name.split():
        latin = any(letter.isalpha() and letter < "\u0250" for letter in word)
        if latin and any("\u0370" <= letter <= "\u052f" for letter in word):
            return True
    return False
