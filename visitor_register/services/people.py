"""Who may use the program: somebody is let in by who holds the keys, and gets a slot of their own."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.events import OperatorAdded
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.persistence import journal
from visitor_register.persistence.keyring import Keys, PasswordCost
from visitor_register.services.access import require


class KeyHolder(Protocol):
    """What of the keyring is needed; `Keyring` is one."""

    def people(self) -> list[Operator]:
        """Everybody who may sign in."""
        ...

    def open(self, operator: UUID, password: str) -> Keys:
        """Unwrap what a password opens."""
        ...

    def add(self, operator: Operator, password: str, keys: Keys, cost: PasswordCost) -> None:
        """Give somebody a slot."""
        ...

    def save(self) -> None:
        """Write the keyring."""
        ...


def add(
    session: Session,
    keyring: KeyHolder,
    added: Operator,
    *,
    password: str,
    own_password: str,
    by: Operator,
    at: datetime,
    cost: PasswordCost,
) -> None:
    """Let somebody sign in from now on. The journal is written first, the keyring last.

    Raises:
        NotAllowedError: only the DSL and the head hold all keys.
        WrongPasswordError: that is not the password of whoever lets them in.
        RegisterError: somebody of that name can sign in already.
    """
    require(by, SEES_CHILDREN)
    keys = keyring.open(by.id, own_password)
    journal.append(session, added.id, OperatorAdded(added.name, added.role), by=by, at=at)
    keyring.add(added, password, keys, cost)
    keyring.save()
