"""What the local tables keep of people who are erased: interrupted arrivals, begun imports, remembered spellings."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from visitor_register.domain.chart import spelling_key
from visitor_register.persistence.tables import chart_draft, draft, person, remembered

_CHUNK = 500
"""SQLite takes a limited number of bound values in one statement."""


def names_of(session: Session, subjects: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those among these subjects who are people the register knows."""
    waiting = list(dict.fromkeys(subjects))
    found: dict[UUID, str] = {}
    for start in range(0, len(waiting), _CHUNK):
        chunk = waiting[start : start + _CHUNK]
        for row in session.execute(select(person.c.id, person.c.name).where(person.c.id.in_(chunk))):
            found[row.id] = row.name
    return found


def forget(session: Session, people: Mapping[UUID, str]) -> None:
    """Forget what was begun and not finished about these people, given with their names. A draft goes as a whole."""
    if not people:
        return
    names = people.items()
    wanted = {text for one, name in names for text in (str(one), name.casefold(), spelling_key(name)) if text}
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


def forget_begun(session: Session) -> None:
    """Forget all that was begun and not finished, whoever it is about."""
    session.execute(delete(draft))
    session.execute(delete(chart_draft))


def _says(wanted: Collection[str], *texts: str) -> bool:
    return any(one in text.casefold() for text in texts for one in wanted)


def _text(body: bytes) -> str:
    return body.decode(errors="replace")
