"""The school's settings: read as they apply on a day, changed by appending a new value."""

import typing
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from visitor_register.domain.events import SettingChanged
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import DslOnDuty, Policy
from visitor_register.domain.school import Setting, setting_subject
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import setting
from visitor_register.services.access import require

_TYPES: dict[str, type] = typing.get_type_hints(Policy)
_DESK_MAY = frozenset({DslOnDuty})


def read(session: Session, on: date) -> Policy:
    """All settings as they apply on a London date; what was never set has its default."""
    stored = rows.select_all(session, Setting, order_by=(setting.c.seq.asc(),))
    values: dict[str, Any] = {
        value.name: msgspec.json.decode(value.value, type=_TYPES[value.name])
        for value in stored
        if value.name in _TYPES and (value.applies_from is None or value.applies_from <= on)
    }
    return Policy(**values)


def change(session: Session, value: object, *, by: Operator, at: datetime, applies_from: date | None = None) -> None:
    """Set one of the values of `Policy`, from a date on; the old value stays readable for its days.

    Raises:
        NotAllowedError: only the DSL and the head change settings; the office may say who is DSL today.
    """
    require(by, {Role.DSL, Role.HEAD} | ({Role.OFFICE} if type(value) in _DESK_MAY else set()))
    name = next(field.name for field in fields(Policy) if _TYPES[field.name] is type(value))
    said = SettingChanged(name, msgspec.json.encode(value).decode(), applies_from)
    journal.append(session, setting_subject(name), said, by=by, at=at)
