"""Who can open which file: each file key sealed to a slot per person, and to one for the recovery code."""

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from visitor_register.domain import codes
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.errors import (
    NewerRegisterError,
    NotSavedError,
    RegisterDamagedError,
    RegisterError,
    WrongPasswordError,
)
from visitor_register.persistence import edited, legible, slots
from visitor_register.persistence.legible import RECOVERY
from visitor_register.persistence.passwords import MIN_PASSWORD, check_length, check_pin, new_recovery_code, plain_code
from visitor_register.persistence.slots import Keys, PasswordCost, Slot
from visitor_register.persistence.small_files import write_atomically

__all__ = ["MIN_PASSWORD", "Keyring", "Keys", "PasswordCost", "new_recovery_code"]

VERSION = 2
_OLDER = "An older program made this sign-in. Ask the DSL or the head to give you a new password."


class Keyring:
    """The file `keyring.json`. It holds names and roles, never a password, and keys only as wrapped bytes.

    What changes it changes this object; `save` puts it on the disk.
    """

    def __init__(self, path: Path, content: dict[str, Any]) -> None:
        self._path = path
        self._content = content

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read the keyring.

        Raises:
            RegisterDamagedError: it is missing or cannot be read.
            NewerRegisterError: a newer program wrote it.
        """
        try:
            content = json.loads(path.read_bytes())
            version, _ = int(content["version"]), [content[name] for name in ("desk", "seal_public", "slots")]
            if version <= VERSION:
                legible.check(content)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise RegisterDamagedError(legible.NOT_LEGIBLE) from error
        if version > VERSION:
            raise NewerRegisterError(
                f"This register was written by a newer version of the program (its keys have {version}; "
                f"this program knows {VERSION}). Install the newer version; nothing was changed."
            )
        return cls(path, content)

    @classmethod
    def create(cls, path: Path, *, seal_public: bytes) -> "Keyring":
        """Begin a keyring with nobody on it. `seal_public` is the public half of the sealed boxes' key."""
        return cls(path, {"desk": uuid4().hex, "seal_public": slots.text(seal_public), "slots": []})

    def save(self) -> None:
        """Write the keyring; it is the old one or the new one, never half.

        Raises:
            NotSavedError: the disk did not take it; on the disk it is as it was.
        """
        content = {**self._content, "version": VERSION, "check": legible.digest(self._content)}
        try:
            write_atomically(self._path, json.dumps(content, indent=1).encode())
        except OSError as error:
            raise NotSavedError(
                "NOT SAVED. The register's keys could not be written: see that the disk has room, then try again."
            ) from error

    def draft(self) -> "Keyring":
        """The same keyring to be changed and saved, while this one stays as it is; see `take`."""
        return Keyring(self._path, copy.deepcopy(self._content))

    def take(self, saved: "Keyring") -> None:
        """Go on with what a draft says, which was saved."""
        self._content = saved._content

    def is_same(self, other: "Keyring") -> bool:
        """Whether both say the same."""
        return self._content == other._content

    @property
    def desk(self) -> str:
        """The random name of this desk, as it stands in every entry."""
        return str(self._content["desk"])

    @property
    def seal_public(self) -> bytes:
        """The 32 bytes that anything written for the DSL is sealed to."""
        return slots.raw(self._content["seal_public"])

    def people(self) -> list[Operator]:
        """Everybody who may sign in, in the order they were added."""
        return [Operator(UUID(slot["id"]), slot["name"], Role(slot["role"])) for slot in self._slots_of_people()]

    def add(self, operator: Operator, password: str, keys: Keys, cost: PasswordCost) -> None:
        """Give somebody a slot. Those who may not see children's references get the desk's key only.

        Raises:
            RegisterError: the password is too short, the name is taken, or these keys do not open the DSL's file.
        """
        if any(person.name.casefold() == operator.name.casefold() for person in self.people()):
            raise RegisterError(f"{operator.name} is on the list already. Add a second name or an initial.")
        self._content["slots"].append(_slot_for(operator, password, keys, cost))

    def give_anew(self, operator: Operator, password: str, keys: Keys, cost: PasswordCost) -> None:
        """Give somebody another role or a new password; the old slot, and with it the PIN, is gone.

        Raises:
            RegisterError: as `add`, or nobody holding all keys would be left.
        """
        if operator.role not in SEES_CHILDREN:
            self._somebody_else_holds_all(operator.id)
        fresh = _slot_for(operator, password, keys, cost)
        self.drop(operator.id)
        self._content["slots"].append(fresh)

    def remove(self, operator: UUID) -> None:
        """Drop somebody's slot: their password opens nothing from now on.

        Raises:
            RegisterError: nobody holding all keys would be left.
        """
        self._somebody_else_holds_all(operator)
        self.drop(operator)

    def drop(self, operator: UUID) -> None:
        """Drop a slot that was never in use: adding somebody was interrupted."""
        self._content["slots"] = [slot for slot in self._all() if slot["id"] != str(operator)]

    def change_password(self, operator: UUID, old: str, new: str, cost: PasswordCost) -> None:
        """Let a new password open somebody's own slot.

        Raises:
            WrongPasswordError: the old one is not right.
            RegisterError: the new one is too short.
        """
        check_length(new)
        slot = self._slot(str(operator))
        if not slots.is_old(slot):
            slots.change_secret(slot, old, new, cost)
            return
        # Who holds all keys can make a slot of today; the others' are made for them.
        keys = slots.unlock(slot, old)
        if keys.seal is None:
            raise RegisterError(_OLDER)
        self.give_anew(Operator(operator, slot["name"], Role(slot["role"])), new, keys, cost)

    def set_pin(self, operator: UUID, password: str, pin: str | None) -> bytes | None:
        """Set somebody's own PIN, or take it off; returns what it is held against while the program runs.

        Raises:
            WrongPasswordError: the password is not right.
            RegisterError: it is no six digits, or the first that anybody would try.
        """
        if pin is not None:
            check_pin(pin)
        slot = self._slot(str(operator))
        if slots.is_old(slot):
            raise RegisterError(_OLDER)
        return slots.set_pin(slot, password, pin)

    def add_recovery(self, code: str, keys: Keys, cost: PasswordCost) -> None:
        """Let a recovery code open both files; the one before opens nothing any more."""
        fresh = slots.make(RECOVERY, "", RECOVERY, plain_code(code), keys, cost, sees=True)
        self._content["slots"] = [*(slot for slot in self._all() if slot["role"] != RECOVERY), fresh]

    def open(self, operator: UUID, password: str) -> Keys:
        """Unwrap what this person's password opens.

        Raises:
            WrongPasswordError: it opens nothing.
            RegisterDamagedError: somebody edited this slot, or what notes for the DSL are sealed to.
        """
        return self._unlock(self._slot(str(operator)), password)

    def recover(self, code: str) -> Keys:
        """Unwrap both files' keys with the recovery code, however it was spaced or cased.

        Raises:
            WrongPasswordError: it opens nothing; says so when a character must be wrong.
            RegisterDamagedError: as `open`.
        """
        plain = plain_code(code)
        if not codes.is_sound(plain):
            raise WrongPasswordError("A character of the recovery code is wrong or missing. Compare it with the paper.")
        return self._unlock(self._slot(RECOVERY), plain)

    # ---- changing the files' keys

    @property
    def changing(self) -> bool:
        """Whether a change of keys began and is not finished."""
        return "seal_public_next" in self._content

    def has_pin(self, operator: UUID) -> bool:
        """Whether somebody set a PIN."""
        return any(slot["id"] == str(operator) and "pin" in slot for slot in self._all())

    def of_older_program(self) -> set[UUID]:
        """Whose slots an older program made: they open, but must be given a new password before keys are changed."""
        return {UUID(slot["id"]) for slot in self._slots_of_people() if slots.is_old(slot)}

    def not_made_here(self, keys: Keys) -> list[str]:
        """Whose slots no holder of all keys made: an older program did, or somebody edited the file.

        They are names of people, and "the recovery code". Keys are not changed while there are any.
        """
        return [slot["name"] or "the recovery code" for slot in self._all() if not slots.is_signed(slot, keys)]

    def begin_change(self, following: Keys, seal_public: bytes, keys: Keys) -> None:
        """Seal the keys that are to follow to every slot, beside those of now.

        Raises:
            RegisterError: a slot was not made by a holder of all keys; nothing was changed.
        """
        if strange := self.not_made_here(keys):
            raise RegisterError(
                f"The keys cannot be changed yet: {', '.join(strange)} must be given a new password or code first."
            )
        for slot in self._all():
            slots.follow(slot, keys, following, sees=_sees(slot))
        self._content["seal_public_next"] = slots.text(seal_public)

    def end_change(self, following: Keys, keys: Keys) -> None:
        """The files have the keys that followed, which were read back: forget the old ones.

        A slot that somebody put there meanwhile is not signed, and stays on the list of `not_made_here`.
        """
        for slot in self._all():
            made_here = slots.is_signed(slot, replace(keys, next=following))
            slot["keys"] = slot.get("next", slot.get("keys", {}))
            slots.stay(slot)
            if made_here:
                slots.sign(slot, following)
        self._content["seal_public"] = self._content.pop("seal_public_next")

    def give_up_change(self) -> None:
        """The files still have their old keys: forget the ones that were to follow."""
        for slot in self._all():
            slots.stay(slot)
        self._content.pop("seal_public_next", None)

    # ---- inside

    def _unlock(self, slot: Slot, secret: str) -> Keys:
        with legible.legible():
            keys = slots.unlock(slot, secret)
            if _sees(slot):
                edited.check(self._content, slot, keys)
            return keys

    def _all(self) -> list[Slot]:
        found: list[Slot] = self._content["slots"]
        return found

    def _slots_of_people(self) -> list[Slot]:
        return [slot for slot in self._all() if slot["role"] != RECOVERY]

    def _slot(self, identity: str) -> Slot:
        for slot in self._all():
            if slot["id"] == identity:
                return slot
        raise WrongPasswordError("That password is not right. Try again.")

    def _somebody_else_holds_all(self, leaving: UUID) -> None:
        if not any(person.role in SEES_CHILDREN and person.id != leaving for person in self.people()):
            raise RegisterError(
                "Nobody else could open the DSL's file any more. Add another DSL or a head first; nothing was changed."
            )


def _slot_for(operator: Operator, password: str, keys: Keys, cost: PasswordCost) -> Slot:
    check_length(password)
    sees = operator.role in SEES_CHILDREN
    if sees and (keys.dsl is None or keys.seal is None):
        raise RegisterError("Only the DSL or the head can add a DSL or a head. Ask one of them to sign in.")
    return slots.make(str(operator.id), operator.name, operator.role.value, password, keys, cost, sees=sees)


def _sees(slot: Slot) -> bool:
    return slot["role"] == RECOVERY or Role(slot["role"]) in SEES_CHILDREN
