"""The staff list as lines that a person types or pastes: name; title; extension; e-mail."""

import re

from visitor_register.domain.policy import Staff, StaffContact
from visitor_register.files.mail_message import is_address, one_line

_PARTS = re.compile(r"[;\t]")
_MOST_PARTS = 4
_ORDER = "Write: name; title; extension; e-mail."


def write(staff: Staff) -> str:
    """One line for each, in the order of the list; parts that nobody wrote down at the end are left away."""
    lines = []
    for name in staff.names:
        found = staff.contact(name) or StaffContact(name)
        lines.append("; ".join((name, found.title, found.extension, found.email)).rstrip("; "))
    return "\n".join(lines)


def read(text: str) -> tuple[tuple[str, ...], tuple[StaffContact, ...]]:
    """The names, and how those are told of whom more than a name was written. Columns pasted from a sheet will do.

    Raises:
        ValueError: a line cannot be read; the sentence says which, and what to write.
    """
    found: dict[str, StaffContact] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            one = _read_line(number, line)
            before = found.setdefault(one.name.casefold(), one)
            if before != one:
                raise ValueError(f"Line {number}: {one.name} stands in the list twice. Leave one of them.")
    contacts = tuple(one for one in found.values() if one.title or one.extension or one.email)
    return tuple(one.name for one in found.values()), contacts


def _read_line(number: int, line: str) -> StaffContact:
    parts = [one_line(part) for part in _PARTS.split(line)]
    while len(parts) > _MOST_PARTS and not parts[-1]:
        parts.pop()
    if len(parts) > _MOST_PARTS:
        raise ValueError(f"Line {number} has more than four parts. {_ORDER}")
    name, title, extension, email = [*parts, "", "", ""][:_MOST_PARTS]
    if not name:
        raise ValueError(f"Line {number} has no name. {_ORDER}")
    if any("@" in part for part in (name, title, extension)):
        raise ValueError(f"Line {number}: the e-mail address is the fourth part. {_ORDER}")
    if email and not is_address(email):
        raise ValueError(f"Line {number}: “{email}” is not an e-mail address.")
    return StaffContact(name, title, extension, email)
