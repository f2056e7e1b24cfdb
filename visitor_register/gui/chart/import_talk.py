"""What an import holds between file and acceptance, and the plain steps in it that need no screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_dates import read_date
from visitor_register.domain.chart_guard import Guard
from visitor_register.errors import FileRefusedError
from visitor_register.files.charts import required_missing
from visitor_register.gui.chart import import_rows
from visitor_register.gui.chart.import_state import Columns, Origin, Page, Preview
from visitor_register.services import chart_reading, chart_remembered, directory
from visitor_register.services.chart_import import ChartMeta, ImportPreview
from visitor_register.services.chart_plan import NOTHING_DECIDED, Decisions
from visitor_register.services.chart_reading import OpenFile, ReadFile

Opener = Callable[[Sequence[Path]], OpenFile]
_WHOLE = frozenset({Guard.MANY_LEFT, Guard.SERVICE_MISSING, Guard.FEWER_LEVELS})
_WRITE_DATE = "Write a date, like 02/11/2026."


@dataclass(slots=True)
class Talk:
    """One import so far. `before` holds earlier decisions, for Undo; `issued` is the date it is compared with."""

    origin: Origin
    received: date
    page: Page | None = None
    opened: OpenFile | None = None
    file: ReadFile | None = None
    found: ImportPreview | None = None
    shown: Preview | None = None
    mappings: dict[str, ColumnMapping] = field(default_factory=dict)
    decided: Decisions = NOTHING_DECIDED
    before: list[Decisions] = field(default_factory=list)
    issued: date | None = None
    authorities: tuple[str, ...] = ()
    sample: bool = False
    accept_next: bool = False
    saving: bool = False


@dataclass(frozen=True, slots=True)
class NotYet:
    """A file that was opened, and cannot be understood before somebody says which column is which."""

    opened: OpenFile
    why: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What earlier imports left for this one."""

    mappings: Mapping[str, ColumnMapping]
    authority: str
    from_whom: str
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """Where a chart is from, its dates read."""

    origin: Origin
    issued: date | None
    received: date


def begun(today: date) -> Talk:
    """An import at its beginning."""
    return Talk(Origin("", "", "", typed(today)), today)


def typed(day: date | None) -> str:
    """A date as one types it."""
    return f"{day:%d/%m/%Y}" if day is not None else ""


def answered(said: Decisions, key: str, value: Any) -> Decisions:
    """Add an answer to the decisions; `key` is that of the row it was asked of."""
    kind, _, rest = key.partition(":")
    if kind == "manager":
        return replace(said, managers={**said.managers, rest: None if value == import_rows.OPEN else value})
    if kind == "pair":
        old, _, new = rest.partition(":")
        if value == import_rows.SAME:
            return replace(said, same=said.same | {(old, new)})
        return replace(said, different=said.different | {(old, new)})
    if value == import_rows.PART:
        return replace(said, partial=True)
    more = _WHOLE if value == import_rows.WHOLE else {Guard(rest)}
    return replace(said, confirmed=said.confirmed | more)


def read_origin(origin: Origin, today: date) -> tuple[Dated | None, dict[str, str]]:
    """Read the last page; None, and for each field what to write instead, when something is missing."""
    issued, received = read_date(origin.issued), read_date(origin.received)
    wrong: dict[str, str] = {}
    if not origin.authority.strip():
        wrong["authority"] = "Write whose chart it is: the name of the council."
    if not origin.from_whom.strip():
        wrong["from_whom"] = "Write who sent it, or where you found it."
    if issued is None and origin.issued.strip():
        wrong["issued"] = _WRITE_DATE
    if received is None:
        wrong["received"] = _WRITE_DATE
    for name, day in (("issued", issued), ("received", received)):
        if day is not None and day > today:
            wrong[name] = "That day has not come yet. Write the day it was."
    if wrong or received is None:
        return None, wrong
    cleaned = replace(origin, authority=" ".join(origin.authority.split()), from_whom=origin.from_whom.strip())
    return Dated(cleaned, issued, received), {}


def remembered(session: Session) -> Remembered:
    """Read what earlier imports left."""
    authority, sender = chart_remembered.last(session)
    charts = dict.fromkeys(chart.authority for chart in directory.current_charts(session))
    return Remembered(chart_remembered.columns(session), authority, sender, tuple(charts))


def recall(talk: Talk, known: Remembered) -> None:
    """Begin with what earlier imports left; the sample is nobody's real chart."""
    talk.mappings, talk.authorities = dict(known.mappings), known.authorities
    authority, sender = ("", "Sample data, invented") if talk.sample else (known.authority, known.from_whom)
    talk.origin = replace(talk.origin, authority=authority, from_whom=sender)


def take_in(talk: Talk, found: ReadFile) -> None:
    """Take what a file says of itself: its day, and whose chart it is where nobody knows better."""
    talk.opened, talk.file, talk.issued = found.opened, found, found.reading.as_at
    named = [row.organisation for row in found.reading.people if row.organisation]
    authority = talk.origin.authority or max(named, key=named.count, default="")
    talk.origin = replace(talk.origin, authority=authority, issued=typed(talk.issued) or talk.origin.issued)


def meta_of(talk: Talk, opened: OpenFile) -> ChartMeta:
    """Say where the chart is from, as the last page has it."""
    origin = talk.origin
    return ChartMeta(origin.authority, opened.file_name, opened.sha256, talk.issued, talk.received, origin.from_whom)


def lacks_columns(found: ReadFile) -> bool:
    """Whether a person should look at the columns: a name, a job title or every way to a manager is missing."""
    return any(required_missing(mapping) for mapping in found.reading.mappings)


def columns_for(opened: OpenFile, mappings: Mapping[str, ColumnMapping], refused: str) -> Columns:
    """Return what the columns page shows; `refused` is why the file could not be read as it is."""
    sheets = chart_reading.columns_of(opened, mappings)
    missing = [field.value for sheet in sheets[:1] for field in required_missing(sheet.mapping)]
    return Columns(sheets, f"Not found yet: {', '.join(missing)}." if missing else "", refused)


def open_and_read(opener: Opener, paths: Sequence[Path], mappings: Mapping[str, ColumnMapping]) -> ReadFile | NotYet:
    """Open and read a file; one with rows but without known headings is handed back to be asked about.

    Raises:
        FileRefusedError: it cannot be opened, or holds no table.
    """
    opened = opener(paths)
    try:
        return chart_reading.read_again(opened, mappings)
    except FileRefusedError as error:
        if not chart_reading.columns_of(opened, mappings):
            raise
        return NotYet(opened, str(error))
