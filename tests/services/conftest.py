"""What the tests of the services share: one person of every role."""

from uuid import UUID

import pytest

from tests.factories import World
from tests.services.chart_office import Office
from visitor_register.domain.people import Operator, Role


@pytest.fixture(scope="session")
def people() -> dict[Role, Operator]:
    """Somebody of each role, as if signed in."""
    return {role: Operator(UUID(int=900 + number), f"One {role.value}", role) for number, role in enumerate(Role)}


@pytest.fixture
def office(world: World) -> Office:
    """Somebody who imports charts."""
    return Office(world)
