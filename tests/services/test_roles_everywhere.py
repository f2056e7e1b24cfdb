"""No service is left out: each function that names an operator refuses who may not, whatever it is given."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.services import test_dsl_roles, test_retention_roles, test_roles
from visitor_register import services
from visitor_register.domain.people import AT_THE_DESK, IMPORTS_CHARTS, SEES_CHILDREN, Operator, Role
from visitor_register.errors import NotAllowedError
from visitor_register.services import proof

ASKS_FIRST: dict[str, frozenset[Role]] = {
    "chart_drafts.discard": IMPORTS_CHARTS,
    "chart_drafts.keep": IMPORTS_CHARTS,
    "chart_drafts.put_back": IMPORTS_CHARTS,
    "chart_edits.edit": SEES_CHILDREN,
    "chart_edits.take_back": SEES_CHILDREN,
    "chart_export.write": IMPORTS_CHARTS,
    "chart_folder.put_aside": IMPORTS_CHARTS,
    "chart_import.accept": IMPORTS_CHARTS,
    "chart_undo.undo": IMPORTS_CHARTS,
    "key_change.change": SEES_CHILDREN,
    "proof.check": proof.PROVES,
    "proof.find": proof.PROVES,
    "restoring.agree": SEES_CHILDREN,
    "restoring.keep_elsewhere": SEES_CHILDREN,
    "review.count": SEES_CHILDREN,
    "review.record_circumstance": SEES_CHILDREN,
    "review.review": SEES_CHILDREN,
    "review.waiting": SEES_CHILDREN,
    "writing.write": SEES_CHILDREN,
}
"""Functions that are tried out elsewhere and here only refuse: they ask who it is before they look at anything."""

FOR_EVERYBODY = {
    "fire_list.record_printed": "it is printed by whoever stands at the desk, and while the desk is locked",
    "key_change.settle": "it goes on with what a DSL began where the keys of a DSL are there, or does nothing",
    "pass_details.ahead": "it reads what stands on a pass, and `by` only says who printed it",
    "pass_details.at_desk": "the same",
    "sealed.readable": "it reads no file: of a reason read elsewhere it hides what only the head reads",
    "practice_contacts.fill": "it makes up the practice register",
}
"""Functions that refuse nobody, and why."""


def _named() -> dict[str, Callable[..., object]]:
    found: dict[str, Callable[..., object]] = {}
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            here = function.__module__ == loaded.__name__ and not name.startswith("_")
            if here and "by" in inspect.signature(function).parameters:
                found[f"{module.name}.{name}"] = function
    return found


def test_every_function_that_names_an_operator_is_asked_with_every_role() -> None:
    tabled = {name.partition(",")[0] for name in test_roles.RULES}
    tabled |= test_roles.BY_THE_DSLS_FILE | test_roles.WITHOUT_ASKING
    by_module = (*test_dsl_roles.MODULES, *test_retention_roles.MODULES)
    modules = {module.__name__.rpartition(".")[2] for module in by_module}
    left = {name for name in _named() if name not in tabled and name.partition(".")[0] not in modules}
    assert left == set(ASKS_FIRST) - tabled | set(FOR_EVERYBODY)


@pytest.mark.parametrize("name", ASKS_FIRST)
def test_it_refuses_before_it_looks_at_anything(name: str, people: dict[Role, Operator]) -> None:
    function = _named()[name]
    given: dict[str, Any] = dict.fromkeys(inspect.signature(function).parameters)
    for role, operator in people.items():
        if role not in ASKS_FIRST[name]:
            with pytest.raises(NotAllowedError):
                function(**given | {"by": operator})
    assert set(people) - ASKS_FIRST[name]
    assert AT_THE_DESK - ASKS_FIRST[name]
