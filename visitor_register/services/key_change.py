"""A change of keys, from the password to what is written down; and what the next start does with an interrupted one."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from visitor_register.domain.events import AccessChanged
from visitor_register.domain.people import SEES_CHILDREN, AccessChange, Operator
from visitor_register.domain.school import REGISTER
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal, rotation, seal
from visitor_register.persistence.keyring import Keyring, Keys
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import remembered
from visitor_register.services import sealed
from visitor_register.services.access import require
from visitor_register.services.members import members

Said = Callable[[str], None]
_TOPIC, _NAME = "change of keys", "written down for"


def change(
    register: Register, *, own_password: str, by: Operator, at: datetime, step: rotation.Step = lambda _: None
) -> None:
    """Write both files anew under new keys, or finish a change that was interrupted. Everybody's password stays.

    It opens sessions of its own, and whoever reads or writes meanwhile waits until a file is in its place.

    Raises:
        NotAllowedError: only the DSL and the head do this.
        WrongPasswordError: that is not the password of whoever does it.
        RegisterError: notes for the DSL wait to be moved, somebody on the keyring is not on the list, or a slot must
            be given a new password first.
    """
    require(by, SEES_CHILDREN)
    keys = register.keyring.open(by.id, own_password)
    with register.read() as session:
        if not register.keyring.changing:
            _check_people(session, register.keyring)
        if sealed.boxes(session):
            raise RegisterError(
                "Notes from the office for the DSL are still being put in their place. Try again in a minute."
            )
    following = keys.next if register.keyring.changing and keys.next is not None else rotation.begin(register, keys)
    step("begun")
    _finish(register, keys, following, by=by, at=at, step=step)


def _check_people(session: Session, keyring: Keyring) -> None:
    """A leaver's slot, put back from an old copy of the keyring, is signed as it always was: the list of people counts.

    Raises:
        RegisterError: it would be given the new keys.
    """
    on_keyring = {one.id for one in keyring.people()}
    if strange := [one.name for one in members(session, keyring) if one.id in on_keyring and not one.may_sign_in]:
        stand = "stands on the keyring and is" if len(strange) == 1 else "stand on the keyring and are"
        raise RegisterError(
            f"The keys cannot be changed yet: {', '.join(strange)} {stand} not on the list. Remove them in Settings, "
            "People, or give them a new password; nothing was changed."
        )


def settle(register: Register, keys: Keys, *, by: Operator, at: datetime, step: rotation.Step = lambda _: None) -> None:
    """Finish an interrupted change of keys, or give it up where no file has its new key yet.

    It is for the start with a DSL or head, before any screen.

    Raises:
        RegisterError: it cannot be done just now; the register opens as before, and it is tried again.
    """
    if not register.keyring.changing or by.role not in SEES_CHILDREN or keys.next is None:
        return
    if not rotation.has_begun(register, keys):
        rotation.give_up(register)
        return
    _move_boxes(register, keys, by=by, at=at)
    _finish(register, keys, keys.next, by=by, at=at, step=step)


def _finish(
    register: Register, keys: Keys, following: Keys, *, by: Operator, at: datetime, step: rotation.Step
) -> None:
    rotation.rewrite(register, keys, following, step)
    # Before the old keys are forgotten: stopped in between, it stands there all the same, and once.
    with register.write() as session:
        if _is_new(session, following):
            journal.append(session, REGISTER, AccessChanged(AccessChange.ROTATED), by=by, at=at)
    step("written down")
    rotation.end(register, keys, following)
    step("ended")


def _is_new(session: Session, following: Keys) -> bool:
    """Whether the change to these keys is not written down yet; the file remembers for which it was, by their public
    half, from the same moment on.
    """
    if following.seal is None:
        raise TypeError("a change of keys needs all of them")
    public = seal.public_of(following.seal).hex()
    here = (remembered.c.topic == _TOPIC, remembered.c.name == _NAME)
    if session.execute(select(remembered.c.value).where(*here)).scalar() == public:
        return False
    session.execute(delete(remembered).where(*here))
    session.execute(insert(remembered).values(topic=_TOPIC, name=_NAME, value=public))
    return True


def _move_boxes(register: Register, keys: Keys, *, by: Operator, at: datetime) -> None:
    """What was sealed while the change lay unfinished opens with the old pair only."""
    with register.read() as session:
        waiting = sealed.boxes(session)
    if not waiting or keys.seal is None:
        return
    with register.dsl_file().write() as session:
        sealed.receive_boxes(session, waiting, keys.seal, by=by, at=at)
    with register.write() as session:
        sealed.mark_received(session, waiting, by=by, at=at)
