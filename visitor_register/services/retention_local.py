"""What the local tables keep of people who are erased: interrupted arrivals, begun imports, remembered spellings."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from visitor_register.domain.chart import spelling_key
from visitor_register.persistence.tables import chart_draft, draft, person, remembered


def forget(session: Session, people: Collection[UUID]) -> None:
    """Forget what was begun and not finished about these people, before they are erased. A draft goes as a whole."""
    if not people:
        return
    names = [one for one in session.execute(select(person.c.id, person.c.name)).all() if one.id in set(people)]
    wanted = {text for one in names for text in (str(one.id), one.name.casefold(), spelling_key(one.name)) if text}
    for begun in session.execute(select(draft.c.id, draft.c.label, draft.c.body)).all():
        if _says(wanted, begun.label, _text(begun.body)):
            session.execute(delete(draft).where(draft.c.id == begun.id))
    for chart in session.execute(select(chart_draft.c.authority, chart_draft.c.body)).all():
        if _says(wanted, _text(chart.body)):
            session.execute(delete(chart_draft).where(chart_draft.c.authority == chart.authority))
    for row in session.execute(select(remembered)).all():
        if _says(wanted, row.name, row.value):
            here = (remembered.c.topic == row.topic, remembered.c.name == row.name)
            session.execute(delete(remembered).where(*here))


def _says(wanted: Collection[str], *texts: str) -> bool:
    return any(one in text.casefold() for text in texts for one in wanted)


def _text(body: bytes) -> str:
    return body.decode(errors="replace")
