"""Who may list, hold and erase: every function of these services, with every role."""

import inspect
from collections.abc import Callable
from types import ModuleType

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, PASSWORD, World, create_leaver, create_worker
from tests.persistence.tampering import attempt
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.domain.retention import Retention
from visitor_register.errors import NotAllowedError
from visitor_register.persistence import journal
from visitor_register.services import (
    retention,
    retention_audit,
    retention_charts,
    retention_dsl,
    retention_due,
    retention_holds,
)
from visitor_register.services.retention import Done
from visitor_register.services.retention_dsl import DslPart
from visitor_register.services.retention_due import READS

MODULES: tuple[ModuleType, ...] = (
    retention,
    retention_audit,
    retention_charts,
    retention_dsl,
    retention_due,
    retention_holds,
)
Do = Callable[[Session, Operator], object]


def _rules(world: World) -> dict[str, tuple[frozenset[Role], str, Do]]:
    """Who may, in which file, and how it is done."""
    person, held, leaver = create_worker(world), create_worker(world, "Tom Okafor", badge="H20"), create_leaver(world)
    ring = world.register.keyring
    own = world.dsl
    with world.register.write() as session:
        retention_holds.hold(session, held, "x", by=own, at=NOW)
        desk = retention_due.at_the_desk(session, by=own, at=NOW)
    with world.register.dsl_file().write() as session:
        child = retention_holds.child_hold(session, "C-1", "x", by=own, at=NOW)
    none = DslPart()

    class AnyPassword:
        """Opens for everybody: the role is what is asked about."""

        def open(self, _operator: object, _password: str) -> object:
            return ring.open(own.id, PASSWORD)

    any_password = AnyPassword()
    return {
        "retention_due.at_the_desk": (READS, "desk", lambda s, by: retention_due.at_the_desk(s, by=by, at=NOW)),
        "retention_dsl.of_the_dsl": (
            SEES_CHILDREN,
            "dsl",
            lambda s, by: retention_dsl.of_the_dsl(s, Retention(), by=by),
        ),
        "retention_holds.holds": (READS, "desk", lambda s, by: retention_holds.holds(s, by=by)),
        "retention_holds.child_holds": (SEES_CHILDREN, "dsl", lambda s, by: retention_holds.child_holds(s, {}, by=by)),
        "retention_holds.hold": (
            SEES_CHILDREN,
            "desk",
            lambda s, by: retention_holds.hold(s, person, "x", by=by, at=NOW),
        ),
        "retention_holds.end_hold": (
            SEES_CHILDREN,
            "desk",
            lambda s, by: retention_holds.end_hold(s, held, "x", by=by, at=NOW),
        ),
        "retention_holds.child_hold": (
            SEES_CHILDREN,
            "dsl",
            lambda s, by: retention_holds.child_hold(s, "C-2", "x", by=by, at=NOW),
        ),
        "retention_holds.end_child_hold": (
            SEES_CHILDREN,
            "dsl",
            lambda s, by: retention_holds.end_child_hold(s, child, "x", by=by, at=NOW),
        ),
        "retention.erase": (
            SEES_CHILDREN,
            "desk",
            lambda s, by: retention.erase(s, (), none, keyring=any_password, own_password="", by=by, at=NOW),  # type: ignore[arg-type]
        ),
        "retention.erase_person": (
            SEES_CHILDREN,
            "desk",
            lambda s, by: retention.erase_person(
                s,
                leaver,
                "by letter",
                none,
                keyring=any_password,  # type: ignore[arg-type]
                own_password="",
                by=by,
                at=NOW,
            ),
        ),
        "retention.erase_in_dsl": (
            SEES_CHILDREN,
            "dsl",
            lambda s, by: retention.erase_in_dsl(s, (), Done(), desk, none, by=by, at=NOW),
        ),
        "retention.unfinished": (SEES_CHILDREN, "desk", lambda s, by: retention.unfinished(s, desk, none, by=by)),
        "retention.finish": (SEES_CHILDREN, "dsl", lambda s, by: retention.finish(s, Done(), none, by=by, at=NOW)),
    }


def test_each_role_lists_holds_and_erases_as_the_rules_say(world: World) -> None:
    rules = _rules(world)
    asking = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "by" in inspect.signature(function).parameters
    }
    assert asking == set(rules)
    for name, (allowed, file, do) in rules.items():
        for role in Role:
            operator = Operator(world.dsl.id, "x", role)
            with attempt(world.register.dsl_file() if file == "dsl" else world.register.desk, guards=True) as session:
                before = journal.count(session)
                if role in allowed:
                    do(session, operator)
                    continue
                with pytest.raises(NotAllowedError):
                    do(session, operator)
                assert journal.count(session) == before, name
