"""What an import holds between file and acceptance, and the plain steps in it that need no screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_dates import read_date
from visitor_register.domain.chart_fingerprint import readable
from visitor_register.domain.chart_table import Page as Drawing
from visitor_register.domain.people import Operator
from visitor_register.errors import FileRefusedError
from visitor_register.files.charts import required_missing
from visitor_register.gui.chart.boxes_layout import with_places
from visitor_register.gui.chart.import_done import Accepted
from visitor_register.gui.chart.import_rows import summary
from visitor_register.gui.chart.import_state import Accept, Columns, Origin, Page, Preview
from visitor_register.services import chart_reading, chart_remembered, chart_trust, directory
from visitor_register.services.chart_drafts import ChartDraft
from visitor_register.services.chart_import import ChartMeta, ImportPreview
from visitor_register.services.chart_plan import NOTHING_DECIDED, Decisions
from visitor_register.services.chart_reading import OpenFile, ReadFile
from visitor_register.services.chart_trust import Standing, Trust

Opener = Callable[[Sequence[Path]], OpenFile]
_WRITE_DATE = "Write a date, like 02/11/2026."


@dataclass(slots=True)
class Talk:
    """One import so far.

    Attributes:
        by: Who began it.
        pages: The pages of a drawing, every box with a place.
        before: Earlier decisions, for Undo.
        issued: The date it is compared with.
        team: The team whose changes are shown, "" for all.
        draft: Under which authority it was kept as a draft, None if it was not.
        accept_next: It is accepted once it was compared again.
    """

    origin: Origin
    received: date
    by: Operator
    page: Page | None = None
    opened: OpenFile | None = None
    file: ReadFile | None = None
    found: ImportPreview | None = None
    shown: Preview | None = None
    pages: tuple[Drawing, ...] = ()
    mappings: dict[str, ColumnMapping] = field(default_factory=dict)
    decided: Decisions = NOTHING_DECIDED
    before: list[Decisions] = field(default_factory=list)
    issued: date | None = None
    authorities: tuple[str, ...] = ()
    standing: Standing | None = None
    team: str = ""
    draft: str | None = None
    sample: bool = False
    accept_next: bool = False
    accepted: Accepted | None = None
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


def begun(today: date, by: Operator) -> Talk:
    """An import at its beginning."""
    return Talk(Origin("", "", "", typed(today)), today, by)


def typed(day: date | None) -> str:
    """A date as one types it."""
    return f"{day:%d/%m/%Y}" if day is not None else ""


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
    label = found.opened.signed.label if found.opened.signed is not None else None
    talk.opened, talk.file = found.opened, found
    talk.issued = found.reading.as_at or (label.issued_on if label is not None else None)
    talk.pages = tuple(map(with_places, found.reading.pages))
    named = [row.organisation for row in found.reading.people if row.organisation]
    signed_for = label.authority if label is not None else ""
    authority = signed_for or talk.origin.authority or max(named, key=named.count, default="")
    talk.origin = replace(talk.origin, authority=authority, issued=typed(talk.issued) or talk.origin.issued)


def apart(talk: Talk) -> list[tuple[ChartPerson, bool]]:
    """Return the rows that are struck through or hidden, and whether somebody ticked them."""
    people = talk.file.reading.people if talk.file is not None else ()
    return [(row, row.key in talk.decided.also) for row in people if row.gone]


def info_of(file: ReadFile, found: ImportPreview, issued: date | None) -> str:
    """Say in a line what the file is."""
    people = f"{found.people:,} people" + (f", {found.vacant:,} posts without a name" if found.vacant else "")
    pages = len(file.reading.pages)
    drawn = f"drawing with {pages} {'page' if pages == 1 else 'pages'}" if pages else ""
    dated = f"dated {calendar.say_date(issued)}" if issued else ""
    return ", ".join(filter(None, (file.opened.file_name, drawn, people, dated)))


def undecided(found: ImportPreview) -> str:
    """Say what has to be decided before the chart can be accepted, "" for nothing; open managers may stay open."""
    if found.questions:
        return f"{found.questions[0].text} Answer that first."
    if found.conflicts:
        return f"What was changed by hand of {found.conflicts[0].name} is not decided yet. Decide that first."
    return ""


def accept_page(talk: Talk, found: ImportPreview, shown: Preview, by: Operator) -> Accept:
    """Return what the last page begins with."""
    left_open = f", {shown.open} left open" if shown.open else ""
    standing = talk.standing or Standing(Trust.UNSIGNED, "")
    fingerprint = readable(talk.opened.sha256) if talk.opened is not None else ""
    return Accept(
        talk.origin,
        talk.authorities,
        summary(found),
        f"Accept as {by.name}{left_open}",
        standing.trust,
        f"Fingerprint {fingerprint}. {standing.words}",
    )


def as_draft(talk: Talk, file: ReadFile) -> ChartDraft:
    """Return all of it that has to survive."""
    origin = talk.origin
    return ChartDraft(
        file,
        talk.decided,
        origin.authority,
        origin.from_whom,
        origin.issued,
        origin.received,
        talk.issued,
        talk.mappings,
    )


def go_on_with(talk: Talk, draft: ChartDraft) -> None:
    """Take an import up where it was left."""
    take_in(talk, draft.file)
    talk.mappings, talk.decided, talk.issued = dict(draft.mappings), draft.decided, draft.compared_on
    talk.origin = Origin(draft.authority, draft.from_whom, draft.issued, draft.received)
    talk.draft = draft.authority


def meta_of(talk: Talk, opened: OpenFile) -> ChartMeta:
    """Say where the chart is from, as the last page has it."""
    origin = talk.origin
    return ChartMeta(
        origin.authority,
        opened.file_name,
        opened.sha256,
        talk.issued,
        talk.received,
        origin.from_whom,
        opened.signed,
    )


def pin_key(session: Session, *, opened: OpenFile, confirmed_with: str, by: Operator, at: datetime) -> Standing:
    """Confirm the key of a signed chart, and say how the chart stands now."""
    signed, authority = opened.signed, ""
    if signed is not None:
        authority = signed.label.authority
        chart_trust.pin(session, authority, signed.key, confirmed_with, by=by, at=at)
    return chart_trust.look_at(session, signed, opened.sha256, authority=authority, on=calendar.london_date(at))


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
