"""Who may use the program: let in, given another role or a new password, and taken off the list.

The journal says who may; the keyring is what lets them. A change of access writes both in one go: the keyring is
saved last, just before the commit, and put back if the commit fails. If the program is stopped between the two, the
keyring is ahead of the journal, and whoever the two do not agree on cannot sign in until the change is made again.
Only a removal is never put back: who was to leave has no way in, whatever happened to the disk.
"""

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session

from visitor_register.domain.events import AccessChanged, OperatorAdded, OperatorRemoved, OperatorRoleChanged
from visitor_register.domain.people import SEES_CHILDREN, AccessChange, Operator, Role
from visitor_register.domain.school import REGISTER
from visitor_register.errors import NotSavedError, RegisterError
from visitor_register.persistence import journal
from visitor_register.persistence.keyring import Keyring, Keys, PasswordCost
from visitor_register.services.access import require
from visitor_register.services.members import member, members, require_another_lead

log = logging.getLogger(__name__)


def add(
    session: Session,
    keyring: Keyring,
    added: Operator,
    *,
    password: str,
    own_password: str,
    by: Operator,
    at: datetime,
    cost: PasswordCost,
) -> None:
    """Let somebody sign in from now on.

    Raises:
        NotAllowedError: only the DSL and the head let people in.
        WrongPasswordError: that is not the password of whoever lets them in.
        RegisterError: somebody of that name can sign in already, or the password is too short.
    """
    require(by, SEES_CHILDREN)
    keys = keyring.open(by.id, own_password)
    with _together(session, keyring) as draft:
        _drop_unfinished(session, draft, added.name)
        draft.add(added, password, keys, cost)
        journal.append(session, added.id, OperatorAdded(added.name, added.role), by=by, at=at)


def change_role_or_password(
    session: Session,
    keyring: Keyring,
    changed: UUID,
    *,
    role: Role,
    password: str,
    own_password: str,
    by: Operator,
    at: datetime,
    cost: PasswordCost,
) -> None:
    """Give somebody else a new password, and another role where it is another; their PIN is gone.

    Raises:
        NotAllowedError: only the DSL and the head do this.
        WrongPasswordError: that is not the password of whoever does it.
        RegisterError: it is oneself, nobody of the list, or nobody holding all keys would be left.
    """
    require(by, SEES_CHILDREN)
    keys = keyring.open(by.id, own_password)
    if changed == by.id:
        raise RegisterError(
            "Your own password is changed under My sign-in. Your role is changed by another DSL or head."
        )
    before = member(session, keyring, changed)
    if role not in SEES_CHILDREN:
        require_another_lead(session, keyring, changed)
    said: list[tuple[UUID, object]] = [(changed, AccessChanged(AccessChange.RESET))]
    if before.role is not role:
        said.insert(0, (changed, OperatorRoleChanged(role)))
    with _together(session, keyring) as draft:
        draft.give_anew(Operator(changed, before.name, role), password, keys, cost)
        journal.append_all(session, said, by=by, at=at)


def remove(
    session: Session, keyring: Keyring, removed: UUID, *, reason: str, own_password: str, by: Operator, at: datetime
) -> None:
    """Take somebody off the list: from this moment their password opens nothing.

    Raises:
        NotAllowedError: only the DSL and the head do this.
        WrongPasswordError: that is not the password of whoever does it.
        RegisterError: nobody of the list, or nobody holding all keys would be left.
    """
    require(by, SEES_CHILDREN)
    keyring.open(by.id, own_password)
    gone = member(session, keyring, removed)
    require_another_lead(session, keyring, removed)
    if gone.in_journal:
        journal.append(session, removed, OperatorRemoved(reason.strip()), by=by, at=at)
    draft = keyring.draft()
    draft.remove(removed)
    draft.save()
    keyring.take(draft)


def change_own_password(
    session: Session, keyring: Keyring, *, old: str, new: str, by: Operator, at: datetime, cost: PasswordCost
) -> None:
    """Set another password for oneself; the PIN stays.

    Raises:
        WrongPasswordError: the old one is not right.
        RegisterError: the new one is too short, or an older program made this sign-in.
    """
    with _together(session, keyring) as draft:
        draft.change_password(by.id, old, new, cost)
        journal.append(session, by.id, AccessChanged(AccessChange.CHANGED), by=by, at=at)


def set_own_pin(
    session: Session, keyring: Keyring, *, password: str, pin: str | None, by: Operator, at: datetime
) -> bytes | None:
    """Set one's own PIN, or take it off (None); returns what it is held against while the program runs.

    Raises:
        WrongPasswordError: the password is not right.
        RegisterError: it is no six digits, or the first that anybody would try.
    """
    what = AccessChange.PIN if pin is not None else AccessChange.PIN_OFF
    with _together(session, keyring) as draft:
        held = draft.set_pin(by.id, password, pin)
        journal.append(session, by.id, AccessChanged(what), by=by, at=at)
    return held


def keep_recovery_code(
    session: Session, keyring: Keyring, *, code: str, own_password: str, by: Operator, at: datetime, cost: PasswordCost
) -> None:
    """Let a new recovery code open the register, once somebody typed it back; the one before opens nothing any more.

    Raises:
        NotAllowedError: only the DSL and the head do this.
        WrongPasswordError: that is not the password of whoever does it.
    """
    require(by, SEES_CHILDREN)
    keys = keyring.open(by.id, own_password)
    with _together(session, keyring) as draft:
        draft.add_recovery(code, keys, cost)
        journal.append(session, REGISTER, AccessChanged(AccessChange.RECOVERY_CODE), by=by, at=at)


def recover(
    session: Session, keyring: Keyring, keys: Keys, who: Operator, *, password: str, at: datetime, cost: PasswordCost
) -> None:
    """Give a DSL or a head a new password when nobody can sign in; `keys` are what the recovery code opened.

    Somebody who is not on the list yet is added.

    Raises:
        RegisterError: they are neither DSL nor head, the name is taken, or the password is too short.
    """
    if who.role not in SEES_CHILDREN:
        raise RegisterError("The recovery code gives a DSL or a head a new password. They give the others theirs.")
    known = any(one.id == who.id and one.in_journal for one in members(session, keyring))
    with _together(session, keyring) as draft:
        if known:
            before = member(session, keyring, who.id)
            draft.give_anew(who, password, keys, cost)
            said: list[tuple[UUID, object]] = [(who.id, OperatorRoleChanged(who.role))] * (before.role is not who.role)
        else:
            _drop_unfinished(session, draft, who.name)
            draft.add(who, password, keys, cost)
            said = [(who.id, OperatorAdded(who.name, who.role))]
        journal.append_all(session, [*said, (who.id, AccessChanged(AccessChange.RECOVERED))], by=who, at=at)


@contextlib.contextmanager
def _together(session: Session, keyring: Keyring) -> Iterator[Keyring]:
    """A draft of the keyring, on the disk when the session commits and gone again when it does not."""
    draft = keyring.draft()
    yield draft
    draft.save()
    event.listen(session, "after_commit", partial(_keep, keyring, draft), once=True)
    event.listen(session, "after_rollback", partial(_put_back, keyring, draft), once=True)


def _keep(keyring: Keyring, draft: Keyring, _session: Session) -> None:
    keyring.take(draft)


def _put_back(keyring: Keyring, draft: Keyring, _session: Session) -> None:
    if keyring.is_same(draft):
        return
    try:
        keyring.save()
    except NotSavedError:
        # The journal does not know of it, so nobody gets in by it; made again, it goes through.
        log.warning("the keyring could not be put back; it is ahead of the journal")


def _drop_unfinished(session: Session, draft: Keyring, name: str) -> None:
    """Drop a slot of this name that the journal never heard of: the program was stopped while adding it."""
    for one in members(session, draft):
        if not one.in_journal and one.name.casefold() == name.casefold():
            draft.drop(one.id)
