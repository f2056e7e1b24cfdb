"""A person's copy of their data in words and as JSON: every line, each thing that was said in it, nothing left out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.events import Unknown
from visitor_register.services.access import ROLE_WORDS
from visitor_register.services.subject_copy import CopiedLine, SubjectCopy

LEFT_OUT = frozenset({"child_reference"})
"""Whose data it is: a child's."""
ABOUT = (
    "Everything this register holds about one person, in the order in which it was written down. References of "
    "children are left out, and who of the school wrote a line is named by role. Notes may speak of other people: "
    "whoever hands this over reads it first."
)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line for paper: when it was written and by whom, what it is, and what it says."""

    written: str
    by: str
    title: str
    details: tuple[str, ...]


def told(line: CopiedLine) -> ToldLine:
    """Put one line into words."""
    written = calendar.say_date_time(line.written)
    return ToldLine(written, _by(line), _title(line.said), tuple(_details(line.said)))


def as_json(copy: SubjectCopy) -> bytes:
    """All of it for another program: UTF-8, moments in London time with their offset.

    The shape is `{"about", "name", "made", "lines": [{"written", "by", "file", "record", "what", "said"}]}`.
    """
    lines = [
        {
            "written": calendar.to_london(line.written).isoformat(),
            "by": _by(line),
            "file": "dsl" if line.for_dsl else "desk",
            "record": str(line.about),
            "what": _title(line.said),
            "said": _plain(line.said),
        }
        for line in copy.lines
    ]
    made = calendar.to_london(copy.made_at).isoformat()
    whole = {"about": ABOUT, "name": copy.name, "made": made, "lines": lines}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _by(line: CopiedLine) -> str:
    return "somebody no longer on the list" if line.by is None else ROLE_WORDS[line.by]


def _title(said: object | None) -> str:
    match said:
        case None:
            return "Erased"
        case Unknown():
            return "Written by a newer version"
    name = type(said).__name__
    words = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name).strip().replace("dsl", "DSL")
    return words[:1].upper() + words[1:]


def _plain(said: object) -> object:
    """A value as JSON has it."""
    if is_dataclass(said):
        return {field.name: _plain(getattr(said, field.name)) for field in fields(said) if field.name not in LEFT_OUT}
    match said:
        case datetime():
            return calendar.to_london(said).isoformat()
        case tuple():
            return [_plain(one) for one in said]
        case Enum():
            return said.value
        case UUID() | date():
            return str(said)
        case bytes():
            return said.hex()
    return said


def _details(said: object, before: str = "") -> Iterator[str]:
    """Each thing that was said, a line for each; what was not said has none."""
    if not is_dataclass(said) or isinstance(said, Unknown):
        return
    for field in fields(said):
        value = getattr(said, field.name)
        if field.name in LEFT_OUT:
            continue
        label = f"{before}{field.name.replace('_', ' ')}"
        if is_dataclass(value):
            yield from _details(value, f"{label}, ")
        elif words := _words(value):
            yield f"{label[:1].upper()}{label[1:]}: {words}"


def _words(value: object) -> str:
    match value:
        case None | "" | UUID():
            # What the number of another record stands for is told by that record.
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return calendar.say_date_time(value)
        case date():
            return calendar.say_date(value)
        case Enum():
            return str(value.value).replace("_", " ")
        case tuple():
            return "; ".join(part for part in (_of_many(one) for one in value) if part)
    return str(value)


def _of_many(value: object) -> str:
    return ", ".join(_details(value)) if is_dataclass(value) else _words(value)
