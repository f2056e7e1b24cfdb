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
_BEFORE = "before chart"
_FIELDS: dict[str, Field] = {field.value: field for field in Field}


def columns(session: Session) -> dict[str, ColumnMapping]:
    """The mappings somebody confirmed, by the fingerprint of the headings."""
    found = {}
    for name, value in _all(session, _COLUMNS).items():
        said = msgspec.json.decode(value, type=list[str])
        fields = tuple(_FIELDS.get(text) for text in said)
        found[name] = ColumnMapping("", name, ("",) * len(fields), fields, 0, 1)
    return found


def managers(session: Session, authority: str) -> dict[str, UUID]:
    """Whom each spelling of a manager was said to be: the folded spelling, and the person's record or the post's."""
    start = f"{authority}\n"
    return {
        name.removeprefix(start): UUID(value)
        for name, value in _all(session, _MANAGERS).items()
        if name.startswith(start)
    }


def last(session: Session) -> tuple[str, str]:
    """The authority and the sender of the last import, for the next one; empty at first."""
    found = _all(session, _LAST)
    return found.get("authority", ""), found.get("from", "")


def keep(
    session: Session,
    version: UUID,
    *,
    authority: str,
    from_whom: str,
    managers: Mapping[str, UUID],
    mappings: Iterable[ColumnMapping],
) -> None:
    """Remember what an accepted chart was read by, so that `take_back` can undo it.

    Args:
        session: The register.
        version: The chart.
        authority, from_whom: Whose chart it was and who sent it.
        managers: Spellings of managers to the people they are, or the vacant posts.
        mappings: What each column of its tables means.
    """
    wanted = {(_LAST, "authority"): authority, (_LAST, "from"): from_whom}
    for spelling, identity in managers.items():
        wanted[_MANAGERS, f"{authority}\n{spelling_key(spelling)}"] = str(identity)
    for mapping in mappings:
        said = [column.value if column is not None else "" for column in mapping.columns]
        wanted[_COLUMNS, mapping.fingerprint] = msgspec.json.encode(said).decode()
    changed = [
        (topic, name, _value(session, topic, name), value)
        for (topic, name), value in wanted.items()
        if _value(session, topic, name) != value
    ]
    for topic, name, _, value in changed:
        _keep(session, topic, name, value)
    _keep(session, _BEFORE, str(version), msgspec.json.encode(changed).decode())


def take_back(session: Session, version: UUID) -> None:
    """Forget what a chart was read by: each thing reads as before, unless it was said anew since."""
    noted = _value(session, _BEFORE, str(version))
    changed = msgspec.json.decode(noted, type=list[tuple[str, str, str | None, str]]) if noted is not None else []
    for topic, name, before, after in changed:
        if _value(session, topic, name) == after:
            _keep(session, topic, name, before)
    _keep(session, _BEFORE, str(version), None)


def put_aside(session: Session) -> frozenset[str]:
    """Hashes of files that somebody did not want, as they lay in the folder for charts."""
    return frozenset(_all(session, _PUT_ASIDE))


def keep_put_aside(session: Session, sha256: str, file_name: str) -> None:
    """Remember that a file was looked at and not wanted."""
    _keep(session, _PUT_ASIDE, sha256, file_name)


def _all(session: Session, topic: str) -> dict[str, str]:
    found = session.execute(select(remembered.c.name, remembered.c.value).where(remembered.c.topic == topic))
    return {row.name: row.value for row in found}


def _value(session: Session, topic: str, name: str) -> str | None:
    return session.execute(
        select(remembered.c.value).where(remembered.c.topic == topic, remembered.c.name == name)
    ).scalar_one_or_none()


def _keep(session: Session, topic: str, name: str, value: str | None) -> None:
    session.execute(delete(remembered).where(remembered.c.topic == topic, remembered.c.name == name))
    if value is not None:
        session.execute(insert(remembered).values(topic=topic, name=name, value=value))
