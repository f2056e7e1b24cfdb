"""Imports of a chart that were begun and not accepted: kept in the desk's file, never in the journal.

What was read is kept with what was decided, not the file's bytes: going on needs neither the file nor its reader,
and a decision names rows of exactly this reading.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.people import IMPORTS_CHARTS, Operator
from visitor_register.domain.school import Account
from visitor_register.errors import RegisterError
from visitor_register.persistence import rows
from visitor_register.persistence.tables import chart_draft
from visitor_register.services.access import require
from visitor_register.services.chart_plan import Decisions
from visitor_register.services.chart_reading import ReadFile

_NOT_READ = "This draft was kept by another version of the program and cannot be opened: choose the file again."


@dataclass(frozen=True, slots=True)
class ChartDraft:
    """An import as far as it has come.

    Attributes:
        file: The chart as read, and its tables and pages.
        mappings: What columns mean, by the fingerprint of their headings.
        authority, from_whom, issued, received: Where it is from, as far as somebody wrote it down; dates as typed.
        compared_on: The day it stands for.
    """

    file: ReadFile
    decided: Decisions
    authority: str = ""
    from_whom: str = ""
    issued: str = ""
    received: str = ""
    compared_on: date | None = None
    mappings: dict[str, ColumnMapping] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft in a list. `authority` names it; "" where nobody has said yet whose chart it is."""

    authority: str
    file_name: str
    left_to_decide: int
    kept_at: datetime
    kept_by: str


@dataclass(frozen=True, slots=True)
class Discarded:
    """A draft that was discarded, as it stood in its table."""

    row: tuple[Any, ...]


def keep(
    session: Session,
    draft: ChartDraft,
    left_to_decide: int,
    *,
    by: Operator,
    at: datetime,
    before: str | None = None,
) -> None:
    """Keep an import as a draft; it takes the place of an earlier one of the same authority.

    Args:
        session: The register.
        draft: The import.
        left_to_decide: How many questions are open.
        by, at: Who keeps it, and when.
        before: The authority under which it was kept until now, where somebody corrected that.

    Raises:
        NotAllowedError: reception and the auditor do not import charts.
    """
    require(by, IMPORTS_CHARTS)
    _drop(session, draft.authority)
    if before is not None:
        _drop(session, before)
    session.execute(
        insert(chart_draft).values(
            authority=draft.authority,
            kept_at=at,
            kept_by=by.id,
            file_name=draft.file.opened.file_name,
            left_to_decide=left_to_decide,
            body=msgspec.json.encode(draft),
        )
    )


def waiting(session: Session) -> list[Waiting]:
    """List the drafts, the newest first."""
    names = {account.id: account.name for account in rows.select_all(session, Account)}
    found = session.execute(
        select(
            chart_draft.c.authority,
            chart_draft.c.file_name,
            chart_draft.c.left_to_decide,
            chart_draft.c.kept_at,
            chart_draft.c.kept_by,
        ).order_by(chart_draft.c.kept_at.desc())
    )
    return [
        Waiting(row.authority, row.file_name, row.left_to_decide, row.kept_at, names.get(row.kept_by, ""))
        for row in found
    ]


def open_draft(session: Session, authority: str) -> ChartDraft:
    """Return a draft.

    Raises:
        RegisterError: it is gone, or another version of the program wrote it.
    """
    body = session.execute(select(chart_draft.c.body).where(chart_draft.c.authority == authority)).scalar_one_or_none()
    if body is None:
        raise RegisterError("This draft is not there any more: somebody accepted or discarded it.")
    try:
        return msgspec.json.decode(body, type=ChartDraft)
    except msgspec.MsgspecError as error:
        raise RegisterError(_NOT_READ) from error


def discard(session: Session, authority: str, *, by: Operator) -> Discarded | None:
    """Forget a draft, and return it to be put back; None when there was none.

    Raises:
        NotAllowedError: reception and the auditor do not import charts.
    """
    require(by, IMPORTS_CHARTS)
    found = session.execute(select(chart_draft).where(chart_draft.c.authority == authority)).one_or_none()
    _drop(session, authority)
    return Discarded(tuple(found)) if found is not None else None


def put_back(session: Session, gone: Discarded, *, by: Operator) -> None:
    """Keep a draft again that was discarded; a newer one of the same authority stays.

    Raises:
        NotAllowedError: reception and the auditor do not import charts.
    """
    require(by, IMPORTS_CHARTS)
    session.execute(insert(chart_draft).prefix_with("OR IGNORE").values(gone.row))


def _drop(session: Session, authority: str) -> None:
    session.execute(delete(chart_draft).where(chart_draft.c.authority == authority))
