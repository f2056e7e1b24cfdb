"""The chart in use as our template, for the council to correct and send back. Read again it makes no difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_fingerprint import readable
from visitor_register.domain.chart_ids import own_reference
from visitor_register.domain.directory import ChartVersion, numbers
from visitor_register.domain.people import IMPORTS_CHARTS, Operator
from visitor_register.errors import RegisterError
from visitor_register.files.chart_template import write_workbook
from visitor_register.files.exports import write_csv
from visitor_register.persistence import rows
from visitor_register.persistence.tables import chart_version
from visitor_register.services import chart_stored
from visitor_register.services.access import require
from visitor_register.services.chart_phones import say_phones
from visitor_register.services.chart_stored import Stored

COLUMNS = (
    *(Field.POST_REF, Field.STAFF_NUMBER, Field.NAME, Field.KNOWN_AS, Field.JOB_TITLE, Field.UNIT, Field.SERVICE),
    *(Field.DIRECTORATE, Field.ORGANISATION, Field.LEVEL, Field.PHONE, Field.EMAIL, Field.MOBILE),
    *(Field.REPORTS_TO_POST, Field.REPORTS_TO_STAFF_NUMBER, Field.REPORTS_TO_EMAIL, Field.REPORTS_TO_NAME),
    *(Field.CONTRACT, Field.VACANCY, Field.EFFECTIVE_DATE),
)
HEADER = (*(column.value for column in COLUMNS), "FTE", Field.NOTES.value)
"""The canonical columns, in their order."""

_VACANT = "Vacant"
_HOW = (
    ("What this is", "The structure chart as the school holds it. Please correct it and send it back."),
    ("One row for each post", "Two people who share a post are two rows with the same reference. Vacant posts too."),
    (Field.NAME.value, "Forename and surname. Write Vacant where nobody is in the post."),
    ("Somebody left", "Delete the row, or write Vacant as the name. Somebody new: add a row anywhere."),
    (Field.STAFF_NUMBER.value, "As it stands on the badge: the school finds people by it."),
    (Field.UNIT.value, "The team."),
    (Field.REPORTS_TO_POST.value, "The reference of the post above. One way to the manager is enough: post, staff "
        "number, e-mail or name."),
    ("References that begin with OURS-", "Posts for which we have no reference of yours. Leave them as they are."),
    (Field.EFFECTIVE_DATE.value, "The day on which the list is right, in the first row."),
    ("Please do not add", "Salaries, private addresses, dates of birth or anything about children and families."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """The chart as rows under `HEADER`, and which chart it is: its number and fingerprint."""

    authority: str
    number: int
    fingerprint: str
    rows: tuple[tuple[str, ...], ...]


def suggested_name(session: Session, authority: str = "") -> str:
    """Propose a name for the file, without its ending and without what could be taken for the chart's day.

    It is "" before the first chart.
    """
    found = _chart(session, authority)
    return f"structure-chart-version-{found[1]}" if found is not None else ""


def template(session: Session, authority: str = "") -> Template:
    """Make the template of one authority's chart, as it is in use now; of the newest chart where none is named.

    Raises:
        RegisterError: there is no such chart.
    """
    found = _chart(session, authority)
    if found is None:
        raise RegisterError("There is no chart yet that could be exported. Import one first.")
    chart, number = found
    stored = chart_stored.load(session, chart.authority)
    return Template(chart.authority, number, readable(chart.sha256), tuple(_rows(stored)))


def write(session: Session, path: Path, *, authority: str = "", by: Operator) -> int:
    """Write the template as a workbook (.xlsx) or a list (.csv), by the name of the file; returns how many rows.

    Raises:
        NotAllowedError: reception and the auditor do not hand out the whole chart.
        RegisterError: there is no chart, or the file cannot be written there.
    """
    require(by, IMPORTS_CHARTS)
    made = template(session, authority)
    if path.suffix.casefold() == ".csv":
        return write_csv(path, HEADER, made.rows)
    which = ("Which chart it is", f"Version {made.number} of {made.authority}, fingerprint {made.fingerprint}.")
    return write_workbook(path, HEADER, made.rows, (*_HOW[:1], which, *_HOW[1:]))


def _chart(session: Session, authority: str) -> tuple[ChartVersion, int] | None:
    """Return the newest chart in use with its number, of one authority or of any."""
    every = rows.select_all(session, ChartVersion, order_by=(chart_version.c.accepted_at.desc(),))
    found = next((one for one in every if not one.undone and authority in ("", one.authority)), None)
    return None if found is None else (found, numbers(every)[found.id])


def _rows(stored: Stored) -> Iterator[tuple[str, ...]]:
    listed = list(chart_stored.rows_of(stored.people, stored.posts, stored.holders))
    post_of = {row.key: place for row, place in listed}
    by_key = {row.key: row for row, _ in listed}
    needed = {post_of[row.manager] for row, _ in listed if row.manager is not None}
    for row in _in_order([row for row, _ in listed]):
        above = by_key.get(row.manager or "")
        place = post_of[row.key]
        yield _cells(
            row,
            above,
            reference=_reference(row, place if place in needed else None),
            above_reference=_reference(above, post_of[above.key]) if above is not None else "",
            organisation=row.organisation or stored.authority,
        )


def _in_order(listed: list[ChartPerson]) -> Iterator[ChartPerson]:
    """Yield managers before those under them, teams together, as one reads a chart from the top."""
    below: dict[str, list[ChartPerson]] = {}
    for row in sorted(listed, key=lambda row: (row.unit.casefold(), row.job_title.casefold(), row.name.casefold())):
        below.setdefault(row.manager or "", []).append(row)
    seen: set[str] = set()
    # Rings, which are nobody's manager from outside, come last.
    waiting = [*reversed(listed), *reversed(below.get("", []))]
    while waiting:
        row = waiting.pop()
        if row.key not in seen:
            seen.add(row.key)
            yield row
            waiting.extend(reversed(below.get(row.key, [])))


def _reference(row: ChartPerson | None, place: UUID | None) -> str:
    if row is None:
        return ""
    return row.post_ref or (own_reference(place) if place is not None else "")


def _cells(
    row: ChartPerson, above: ChartPerson | None, *, reference: str, above_reference: str, organisation: str
) -> tuple[str, ...]:
    said = {
        Field.POST_REF: reference,
        Field.STAFF_NUMBER: row.staff_number,
        Field.NAME: row.name or _VACANT,
        Field.KNOWN_AS: row.known_as,
        Field.JOB_TITLE: row.job_title,
        Field.UNIT: row.unit,
        Field.SERVICE: row.service,
        Field.DIRECTORATE: row.directorate,
        Field.ORGANISATION: organisation,
        Field.LEVEL: row.level,
        Field.PHONE: say_phones(row.phones),
        Field.EMAIL: row.email,
        Field.MOBILE: say_phones(row.mobiles),
        Field.REPORTS_TO_POST: above_reference,
        Field.CONTRACT: row.contract,
        Field.VACANCY: _VACANT if row.vacant else "",
    }
    if above is not None and above.living:
        said |= {
            Field.REPORTS_TO_STAFF_NUMBER: above.staff_number,
            Field.REPORTS_TO_EMAIL: above.email,
            Field.REPORTS_TO_NAME: above.name,
        }
    return (*(said.get(column, "") for column in COLUMNS), "", "")
