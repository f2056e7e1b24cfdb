"""The school's staff list from a workbook or CSV: which columns are meant, who stands in it, and what would change."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from visitor_register.domain.chart_table import Row, Source, Table
from visitor_register.domain.policy import Staff, StaffContact
from visitor_register.errors import FileRefusedError
from visitor_register.files.mail_message import is_address, one_line

LONGEST_NAME = 80
_HEADING_ROWS = 12
_NAME = frozenset({"name", "full name", "staff name", "staff", "staff member", "member of staff", "display name"})
_FORENAME = frozenset(
    {"forename", "first name", "given name", "preferred forename", "legal forename", "chosen forename"}
)
_SURNAME = frozenset({"surname", "last name", "family name", "preferred surname", "legal surname", "chosen surname"})
_TITLE = frozenset({"title", "job title", "job", "role", "position", "post", "responsibility"})
_INTERNAL = frozenset({"extension", "ext", "ext no", "extension number", "internal", "internal number"})
_EXTENSION = _INTERNAL | {"phone extension", "telephone extension", "phone", "telephone", "tel", "telephone number"}
_EMAIL = frozenset({"email", "e mail", "email address", "e mail address", "work email", "mail"})
_ALL = _NAME | _FORENAME | _SURNAME | _TITLE | _EXTENSION | _EMAIL
_HONORIFICS = frozenset(["mr", "mrs", "miss", "ms", "mx", "dr", "sir", "dame", "rev", "revd", "prof"])

Place = int | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns say what, by their places from 0; a name may be put together from several."""

    name: tuple[int, ...] = ()
    title: Place = None
    extension: Place = None
    email: Place = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of a file that looks most like a staff list. `names` are the ways in which a name could be read."""

    file_name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    names: tuple[tuple[int, ...], ...]
    proposed: Columns


@dataclass(frozen=True, slots=True)
class Listed:
    """Who stands in the file, and sentences about what was left out."""

    people: tuple[StaffContact, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What using the file would do: names that are new, what is changed about whom, names that are not in it."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def sheet_of(source: Source, before: Staff) -> Sheet:
    """Find the list in what was read, and propose its columns by their headings.

    Raises:
        FileRefusedError: there is no row with a name in it.
    """
    tables = [table for table in source.tables if any(any(map(str.strip, row.cells)) for row in table.rows)]
    if not tables:
        raise FileRefusedError("The file holds no list: save the staff list as .xlsx or CSV and choose that.")
    table = max(tables, key=lambda one: _known(_heading_row(one)))
    heading = _heading_row(table)
    with_headings = _known(heading) > 0
    rows = tuple(row for row in table.rows if not with_headings or row.number > heading.number)
    width = max((len(row.cells) for row in table.rows), default=0)
    said = heading.cells if with_headings else ()
    headings = tuple(
        one_line(said[at]) if at < len(said) and said[at].strip() else f"Column {at + 1}" for at in range(width)
    )
    names = _names(headings, rows)
    proposed = Columns(_best(names, rows, before) if with_headings else (), *_rest(headings, rows))
    return Sheet(source.file_name, headings, rows, names, proposed)


def people(sheet: Sheet, columns: Columns) -> Listed:
    """Read everybody of the sheet. Who was hidden or struck through, has no name, or stands twice is left out."""
    found: dict[str, StaffContact] = {}
    hidden, twice, long, wrong = 0, [], 0, []
    for row in sheet.rows:
        name = " ".join(filter(None, (_cell(row, at) for at in columns.name)))
        if not name:
            continue
        if row.gone:
            hidden += 1
        elif len(name) > LONGEST_NAME:
            long += 1
        elif name.casefold() in found:
            twice.append(name)
        else:
            email = _cell(row, columns.email)
            if email and not is_address(email):
                wrong.append(f"{name} (row {row.number})")
                email = ""
            found[name.casefold()] = StaffContact(
                name, _cell(row, columns.title), _cell(row, columns.extension), email
            )  # fmt: skip
    notes = (
        f"Left out because hidden or struck through in the file: {hidden}." if hidden else "",
        f"Left out because the name is too long: {long}." if long else "",
        f"In the file twice, only the first is taken: {some(twice)}." if twice else "",
        f"Taken without an e-mail address, because it is not one: {some(wrong)}." if wrong else "",
    )
    return Listed(tuple(found.values()), tuple(filter(None, notes)))


def compare(before: Staff, after: Sequence[StaffContact]) -> Changes:
    """Say what would be new, changed and gone."""
    old = {name.casefold(): before.contact(name) or StaffContact(name) for name in before.names}
    new = {one.name.casefold() for one in after}
    return Changes(
        tuple(one.name for one in after if one.name.casefold() not in old),
        tuple(filter(None, (_change(old[key], one) for one in after if (key := one.name.casefold()) in old))),
        tuple(name for name in before.names if name.casefold() not in new),
    )


def replaced(before: Staff, after: Sequence[StaffContact], *, keep_gone: bool) -> Staff:
    """The staff list as the file has it, in its order; with those who are not in it at the end, or without them."""
    new = {one.name.casefold() for one in after}
    kept = [name for name in before.names if keep_gone and name.casefold() not in new]
    contacts = [one for one in after if one.title or one.extension or one.email]
    contacts += [found for name in kept if (found := before.contact(name)) is not None]
    return replace(before, names=(*(one.name for one in after), *kept), contacts=tuple(contacts))


def some(names: Sequence[str], most: int = 8, between: str = ", ") -> str:
    """A few of many, and how many more there are."""
    more = len(names) - most
    return between.join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _change(old: StaffContact, new: StaffContact) -> str:
    parts = (
        ("title", old.title, new.title),
        ("extension", old.extension, new.extension),
        ("e-mail", old.email, new.email),
    )
    said = [f"{what} {now or 'none'}{f' (was {was})' if was else ''}" for what, was, now in parts if was != now]
    return f"{new.name}: {', '.join(said)}" if said else ""


def _folded(heading: str) -> str:
    return " ".join(re.findall(r"[a-z]+", heading.casefold()))


def _known(row: Row) -> int:
    return sum(_folded(cell) in _ALL for cell in row.cells)


def _heading_row(table: Table) -> Row:
    return max(table.rows[:_HEADING_ROWS], key=_known)


def _find(headings: Sequence[str], words: Iterable[str]) -> Place:
    return next((at for at, heading in enumerate(headings) if _folded(heading) in words), None)


def _cell(row: Row, at: Place) -> str:
    # A semicolon parts the parts of a line in Settings.
    return one_line(row.cells[at].replace(";", ",")) if at is not None and at < len(row.cells) else ""


def _honorific(headings: Sequence[str], rows: Sequence[Row]) -> Place:
    """The column that says Mr or Mrs: many lists call it the title."""
    for at, heading in enumerate(headings):
        said = [_cell(row, at).casefold().rstrip(".") for row in rows if _cell(row, at)]
        if _folded(heading) in _TITLE and said and sum(one in _HONORIFICS for one in said) * 2 > len(said):
            return at
    return None


def _names(headings: Sequence[str], rows: Sequence[Row]) -> tuple[tuple[int, ...], ...]:
    """How a name can be read, the likeliest first: as one column, or put together."""
    whole, fore, sur = (_find(headings, words) for words in (_NAME, _FORENAME, _SURNAME))
    mr = _honorific(headings, rows)
    together = ((whole,), (fore, sur), (mr, fore, sur), (mr, sur), (mr, whole))
    found = [tuple(at for at in one if at is not None) for one in together if None not in one]
    return tuple(dict.fromkeys([*found, *((at,) for at in range(len(headings)))]))


def _best(names: Sequence[tuple[int, ...]], rows: Sequence[Row], before: Staff) -> tuple[int, ...]:
    """The way of reading names that finds most of those who stand in the list already."""
    known = {name.casefold() for name in before.names}
    counted = [sum(" ".join(_cell(row, at) for at in one).casefold() in known for row in rows) for one in names]
    return names[counted.index(max(counted))]


def _rest(headings: Sequence[str], rows: Sequence[Row]) -> tuple[Place, Place, Place]:
    mr = _honorific(headings, rows)
    free = ["" if at == mr else heading for at, heading in enumerate(headings)]
    extension = _find(free, _INTERNAL)
    return _find(free, _TITLE), _find(free, _EXTENSION) if extension is None else extension, _find(free, _EMAIL)
