"""What a chart says of one human being, who may stand in several of its rows."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.events import PersonListed
from visitor_register.domain.people import Person
from visitor_register.services.chart_phones import say_phones


def main_row(rows: Sequence[ChartPerson], before: Person | None) -> ChartPerson:
    """Choose the post a person is shown with: the one they had, if they still have it."""
    if before is None:
        return rows[0]
    had = before.job_title, before.team
    return next((row for row in rows if (row.job_title, row.unit) == had), rows[0])


def listed(rows: Iterable[ChartPerson], before: Person | None, authority: str, version: UUID) -> PersonListed:
    """Return what the rows of one person say of them; `before` is what the chart in use says."""
    found = list(rows)
    main = main_row(found, before)
    return PersonListed(
        version=version,
        name=main.name,
        known_as=main.known_as,
        organisation=main.organisation or authority,
        job_title=main.job_title,
        team=main.unit,
        service=main.service,
        staff_number=next((row.staff_number for row in (main, *found) if row.staff_number), ""),
        email=next((row.email for row in (main, *found) if row.email), ""),
        phone=say_phones(phone for row in (main, *found) for phone in row.phones),
        mobile=say_phones(phone for row in (main, *found) for phone in row.mobiles),
        contract=next((row.employed_as for row in (main, *found) if row.employed_as), ""),
    )
