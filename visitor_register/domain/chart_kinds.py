"""Says by what stands in a column what it may hold, where its heading does not say so. A person confirms."""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from visitor_register.domain import chart_text
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names_clean import clean_name, is_plausible, names_nobody

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"^(?:\+|\(?0|ext|x)?[\s\d()+./;-]*\d[\s\d()+./;-]{4,}(?:(?:ext|x)\D{0,3}\d+)?$", re.I)
_DATE = re.compile(r"^\d{1,4}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2,4}$", re.I)
_NUMBER = re.compile(r"^[A-Za-z]{0,4}[-/ ]?\d[\d.,]*$")
_TITLE = re.compile(
    r"\b(?:manager|director|head|worker|officer|lead|leader|practitioner|advis[eo]r|co-?ordinator|administrator|"
    r"assistant|psychologist|therapist|consultant|deputy|principal|clerk|nurse|trainee|apprentice|educator|advocate|"
    r"commissioner|analyst|supervisor|technician|secretary|teacher|specialist|chair|executive|executives|mentor|"
    r"support|adviser|student|pa|sw|asye|iro|lado)\b",
    re.I,
)
_NAME_WORD = re.compile(r"^(?:[^\W\d_][^\d_]*|(?:van|von|de|der|den|del|da|di|dos|la|le|al|el|bin|ap|y)[-'’]?)$")
_MOSTLY = 0.6
_LOOK_AT = 200
_LONGEST_NAME_WORDS = 5


class Kind(StrEnum):
    """What a cell looks like. Only `EMAIL` and `PHONE` are certain."""

    BLANK = "blank"
    EMAIL = "e-mail address"
    PHONE = "telephone number"
    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    TITLE = "job title"
    TEXT = "text"


DATA = frozenset({Kind.EMAIL, Kind.PHONE, Kind.DATE, Kind.NUMBER})
"""What never stands in a heading."""

_FIELDS = {Kind.EMAIL: Field.EMAIL, Kind.PHONE: Field.PHONE, Kind.NAME: Field.NAME, Kind.TITLE: Field.JOB_TITLE}


def kind_of(cell: str) -> Kind:
    """Say what one cell looks like."""
    text = chart_text.clean(cell)
    if not text:
        return Kind.BLANK
    if _EMAIL.search(text):
        return Kind.EMAIL
    if _DATE.match(text):
        return Kind.DATE
    digits = sum(letter.isdigit() for letter in text)
    if digits >= 6 and _PHONE.match(text):
        return Kind.PHONE
    if _NUMBER.match(text):
        return Kind.NUMBER
    if _TITLE.search(text):
        return Kind.TITLE
    return Kind.NAME if _is_name(text) else Kind.TEXT


def kinds(rows: Sequence[Sequence[str]], width: int) -> tuple[Kind, ...]:
    """Return what most cells of each column look like; mixed columns are text. "Vacant" counts for neither."""
    return tuple(_kind([row[at] for row in rows[:_LOOK_AT] if at < len(row)]) for at in range(width))


def guess(rows: Sequence[Sequence[str]], columns: Sequence[Field | None]) -> tuple[Field | None, ...]:
    """Propose a field for columns that have none, each field once and only where one column alone looks like it.

    Args:
        rows: The cells below the headings.
        columns: What the headings say; that is kept.
    """
    found = kinds(rows, len(columns))
    alone = Counter(kind for kind, column in zip(found, columns, strict=True) if column is None)
    return tuple(
        _FIELDS.get(kind) if column is None and alone[kind] == 1 and _FIELDS.get(kind) not in columns else column
        for kind, column in zip(found, columns, strict=True)
    )


def _kind(cells: Sequence[str]) -> Kind:
    counted = Counter(kind_of(cell) for cell in cells if chart_text.value(cell) and not names_nobody(cell))
    if not counted:
        return Kind.BLANK
    (kind, times), total = counted.most_common(1)[0], counted.total()
    return kind if times >= _MOSTLY * total else Kind.TEXT


def _is_name(text: str) -> bool:
    """Say whether a text has the shape of a full name: two to five words that begin with a capital."""
    name = clean_name(text).name
    parts = name.split()
    if not 2 <= len(parts) <= _LONGEST_NAME_WORDS or not is_plausible(name):
        return False
    capitals = sum(part[0].isupper() for part in parts)
    return capitals >= 2 and all(part[0].isupper() or _NAME_WORD.match(part) for part in parts)
