"""Who may use the program, as journal and keyring say together; where the two differ, a change was interrupted."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.domain.school import Account
from visitor_register.errors import RegisterError
from visitor_register.persistence import rows
from visitor_register.persistence.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the list of people.

    Attributes:
        in_journal: Whether the journal knows them as somebody who may use the program.
        may_sign_in: Whether journal and keyring agree; if not, adding, changing or removing was interrupted.
        older: An older program made their sign-in: it needs a new password before the keys can be changed.
    """

    id: UUID
    name: str
    role: Role
    in_journal: bool
    may_sign_in: bool
    older: bool = False

    @property
    def leads(self) -> bool:
        """Whether they can let others in."""
        return self.may_sign_in and self.role in SEES_CHILDREN


def members(session: Session, keyring: Keyring) -> list[Member]:
    """Everybody on the list: those of the keyring in the order they were added, then who has no way in."""
    known = {one.id: one for one in rows.select_all(session, Account) if not one.removed}
    slots = {slot.id: slot for slot in keyring.people()}
    older = keyring.of_older_program()
    on_keyring = [_of_slot(slot, known.get(slot.id), older=slot.id in older) for slot in slots.values()]
    without = [Member(one.id, one.name, one.role, True, False) for one in known.values() if one.id not in slots]
    return [*on_keyring, *sorted(without, key=lambda one: one.name.casefold())]


def member(session: Session, keyring: Keyring, identity: UUID) -> Member:
    """One of the list.

    Raises:
        RegisterError: nobody is.
    """
    for one in members(session, keyring):
        if one.id == identity:
            return one
    raise RegisterError("This person is not on the list any more. Look at the list again.")


def require_another_lead(session: Session, keyring: Keyring, leaving: UUID) -> None:
    """See that somebody else who can sign in holds all keys.

    Raises:
        RegisterError: nobody would.
    """
    if not any(one.leads and one.id != leaving for one in members(session, keyring)):
        raise RegisterError(
            "Nobody else could open the DSL's file any more. Add another DSL or a head first; nothing was changed."
        )


def _of_slot(slot: Operator, known: Account | None, *, older: bool) -> Member:
    # The keyring's names can be edited: exchanged with somebody's, the wrong one would be taken off the list.
    agreed = known is not None and (known.name, known.role) == (slot.name, slot.role)
    name, role = (known.name, known.role) if known is not None else (slot.name, slot.role)
    return Member(slot.id, name, role, known is not None, agreed, older)
