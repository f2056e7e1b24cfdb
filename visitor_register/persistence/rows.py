"""Frozen values to rows and back: a column for each field, so nothing is spelt twice."""

import dataclasses
from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from visitor_register.persistence.tables import TABLE_OF

T = TypeVar("T")


def values_of(row: object) -> dict[str, Any]:
    """One frozen value as column values."""
    return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}  # type: ignore[arg-type]


def insert_rows(session: Session, rows: Iterable[object]) -> None:
    """Write rows of any projected kinds, each kind in one statement."""
    by_type: dict[type, list[dict[str, Any]]] = {}
    for row in rows:
        by_type.setdefault(type(row), []).append(values_of(row))
    for kind, values in by_type.items():
        session.execute(insert(TABLE_OF[kind]), values)


def select_all(
    session: Session,
    kind: type[T],
    *where: ColumnElement[bool],
    order_by: Iterable[ColumnElement[Any]] = (),
    limit: int | None = None,
) -> list[T]:
    """Read rows of one kind as frozen values."""
    statement = select(TABLE_OF[kind]).where(*where).order_by(*order_by).limit(limit)
    # A table has a column for each field of its value, in their order.
    return [kind(*row) for row in session.execute(statement)]


def select_one(session: Session, kind: type[T], *where: ColumnElement[bool]) -> T | None:
    """Read one row, or None."""
    return next(iter(select_all(session, kind, *where, limit=1)), None)
