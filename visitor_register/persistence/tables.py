"""The tables: the journal and the local ones, which Alembic owns, and the projections, made from the journal."""

import dataclasses
import enum
import types
import typing
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.types import TypeEngine

from visitor_register.domain.assurance import CallBack, Letter, PublishedNumber
from visitor_register.domain.bookings import Booking, BookingVisitor, Pass
from visitor_register.domain.contacts import Clock, Contact, Courtesy, Discussion, EscalationEnd, EscalationStep, Shared
from visitor_register.domain.directory import ChartVersion, CouncilKey, HandEdit, Holding, Post, SamePerson
from visitor_register.domain.folds.dsl import Reason, Unseen
from visitor_register.domain.people import BadgeCode, Person
from visitor_register.domain.retention import ChildHold, Hold
from visitor_register.domain.school import Account, Setting
from visitor_register.domain.visits import Visit
from visitor_register.persistence.types import UtcDateTime, Word

PROJECTIONS = 7
"""Raised when a projected table changes: the next start folds all of them again."""

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
kept = MetaData(naming_convention=CONVENTION)
projected = MetaData(naming_convention=CONVENTION)

entry = Table(
    "entry",
    kept,
    Column("desk", String(32), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("clock", Integer, nullable=False),
    Column("actor", Uuid, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary),
    Column("salt", LargeBinary),
    Column("commitment", LargeBinary, nullable=False),
    Column("erased_by", String(80)),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index(None, "subject", "clock"),
    Index(None, "kind", "clock"),
    Index(None, "clock"),
)

draft = Table(
    "draft",
    kept,
    Column("id", Uuid, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("label", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

chart_draft = Table(
    "chart_draft",
    kept,
    Column("authority", Text, primary_key=True),
    Column("kept_at", UtcDateTime, nullable=False),
    Column("kept_by", Uuid, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("left_to_decide", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

remembered = Table(
    "remembered",
    kept,
    Column("topic", String(40), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)


def _type_of(hint: object) -> TypeEngine[typing.Any]:
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return Word(hint)
    simple: dict[object, TypeEngine[typing.Any]] = {
        UUID: Uuid(),
        str: Text(),
        int: Integer(),
        bool: Boolean(create_constraint=False),
        datetime: UtcDateTime(),
        date: Date(),
    }
    return simple[hint]


def _table(name: str, of: type, *, key: tuple[str, ...], indexes: tuple[tuple[str, ...], ...] = ()) -> Table:
    """One projected table, a column for each field of the frozen value that its rows are."""
    columns: list[Column[typing.Any]] = []
    hints = typing.get_type_hints(of)
    for field in dataclasses.fields(of):
        hint, nullable = hints[field.name], False
        if isinstance(hint, types.UnionType):
            nullable = True
            hint = next(part for part in typing.get_args(hint) if part is not type(None))
        columns.append(
            Column(field.name, _type_of(hint), primary_key=field.name in key, nullable=nullable, autoincrement=False)
        )
    table = Table(name, projected, *columns)
    for columns_of_index in indexes:
        Index(None, *(table.c[column] for column in columns_of_index))
    table.info["row"] = of
    table.info["subject"] = key[0]
    return table


person = _table(
    "person", Person, key=("id",), indexes=(("search_key",), ("sort_key",), ("staff_number",), ("version",))
)
badge_code = _table("badge_code", BadgeCode, key=("person", "code"), indexes=(("code",), ("folded",)))
chart_version = _table("chart_version", ChartVersion, key=("id",))
council_key = _table("council_key", CouncilKey, key=("id",))
post = _table("post", Post, key=("id",), indexes=(("reports_to",), ("version",), ("ref",)))
holding = _table("holding", Holding, key=("post", "person"), indexes=(("person",),))
hand_edit = _table("hand_edit", HandEdit, key=("person", "field"))
same_person = _table("same_person", SamePerson, key=("id",), indexes=(("first",), ("second",)))
visit = _table(
    "visit",
    Visit,
    key=("id",),
    indexes=(
        ("state", "arrived_at"),
        ("person", "arrived_at"),
        ("person", "notice_version"),
        ("arrived_at",),
        ("booking",),
        ("left_at",),
    ),
)
call_back = _table("call_back", CallBack, key=("visit", "seq"))
booking = _table("booking", Booking, key=("id",), indexes=(("starts_at",), ("uid",), ("series",), ("moved_from",)))
booking_visitor = _table("booking_visitor", BookingVisitor, key=("booking", "person"), indexes=(("person",),))
visit_pass = _table("visit_pass", Pass, key=("id",), indexes=(("code",), ("booking",), ("visit",)))
setting = _table("setting", Setting, key=("id", "seq"), indexes=(("name",),))
letter = _table("letter", Letter, key=("id",))
published_number = _table("published_number", PublishedNumber, key=("id",))
account = _table("account", Account, key=("id",))
reason = _table("reason", Reason, key=("about",), indexes=(("child_reference",),))
unseen = _table("unseen", Unseen, key=("about",))
contact = _table(
    "contact", Contact, key=("id",), indexes=(("at",), ("person", "at"), ("child_reference", "at"), ("answers",))
)
clock = _table(
    "clock",
    Clock,
    key=("id",),
    indexes=(("is_open",), ("person",), ("child_reference",), ("stopped_at",), ("asked_at",), ("started_at",)),
)
escalation = _table("escalation", EscalationStep, key=("clock", "seq"), indexes=(("person",), ("at",)))
resolved = _table("resolved", EscalationEnd, key=("clock", "seq"))
shared = _table("shared", Shared, key=("id",), indexes=(("child_reference",), ("person",)))
discussion = _table("discussion", Discussion, key=("about",), indexes=(("followed_up", "education", "school_present"),))
courtesy = _table("courtesy", Courtesy, key=("id",), indexes=(("person",),))
hold = _table("hold", Hold, key=("about",))
child_hold = _table("child_hold", ChildHold, key=("id",), indexes=(("child_reference",),))

TABLE_OF: dict[type, Table] = {table.info["row"]: table for table in projected.tables.values()}
