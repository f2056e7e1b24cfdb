"""What people decided at earlier imports: which column is which, and which spelling is which manager."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from visitor_register.domain.chart import spelling_key
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_fields import Field
from visitor_register.persistence.tables import remembered

_COLUMNS = "chart columns"
_MANAGERS = "chart manager"
_LAST = "chart import"
_PUT_ASIDE = "chart put aside"
_FIELDS: dict[str, Field] = {field.value: field for field in Field}


def columns(session: Session) -> dict[str, ColumnMapping]:
    """The mappings somebody confirmed, by the fingerprint of the headings."""
    found = {}
    for name, value in _all(session, _COLUMNS).items():
        said = msgspec.json.decode(value, type=list[str])
        fields = tuple(_FIELDS.get(text) for text in said)
        found[name] = ColumnMapping("", name, ("",) * len(fields), fields, 0, 1)
    return found


def keep_columns(session: Session, mappings: Iterable[ColumnMapping]) -> None:
    """Remember what each column of these tables means."""
    for mapping in mappings:
        said = [column.value if column is not None else "" for column in mapping.columns]
        _keep(session, _COLUMNS, mapping.fingerprint, msgspec.json.encode(said).decode())


def put_aside(session: Session) -> frozenset[str]:
    """Hashes of files that somebody did not want, as they lay in the folder for charts."""
    return frozenset(_all(session, _PUT_ASIDE))


def keep_put_aside(session: Session, sha256: str, file_name: str) -> None:
    """Remember that a file was looked at and not wanted."""
    _keep(session, _PUT_ASIDE, sha256, file_name)


def managers(session: Session, authority: str) -> dict[str, UUID]:
    """Whom each spelling of a manager was said to be: the folded spelling, and the person's record or the post's."""
    start = f"{authority}\n"
    return {
        name.removeprefix(start): UUID(value)
        for name, value in _all(session, _MANAGERS).items()
        if name.startswith(start)
    }


def keep_managers(session: Session, authority: str, decided: Mapping[str, UUID]) -> None:
    """Remember that these spellings are these people, or these vacant posts."""
    for spelling, identity in decided.items():
        _keep(session, _MANAGERS, f"{authority}\n{spelling_key(spelling)}", str(identity))


def last(session: Session) -> tuple[str, str]:
    """The authority and the sender of the last import, for the next one; empty at first."""
    found = _all(session, _LAST)
    return found.get("authority", ""), found.get("from", "")


def keep_last(session: Session, authority: str, from_whom: str) -> None:
    """Remember whose chart it was and who sent it."""
    _keep(session, _LAST, "authority", authority)
    _keep(session, _LAST, "from", from_whom)


def _all(session: Session, topic: str) -> dict[str, str]:
    found = session.execute(select(remembered.c.name, remembered.c.value).where(remembered.c.topic == topic))
    return {row.name: row.value for row in found}


def _keep(session: Session, topic: str, name: str, value: str) -> None:
    session.execute(delete(remembered).where(remembered.c.topic == topic, remembered.c.name == name))
    session.execute(insert(remembered).values(topic=topic, name=name, value=value))
