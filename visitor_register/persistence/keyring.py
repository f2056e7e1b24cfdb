"""Who can open which file: each file key wrapped once per person and once under the recovery code."""

import base64
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from visitor_register.domain import codes
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.errors import NewerRegisterError, RegisterDamagedError, RegisterError, WrongPasswordError
from visitor_register.persistence.database import write_atomically

MEMORY_KIB, PASSES, LANES = 65_536, 3, 1
VERSION = 1
MIN_PASSWORD = 8
RECOVERY_LENGTH = 25
"""Characters of our 31 without the check character: over 120 bits."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a password opened. `dsl` and `seal` are None for those who may not see children's references."""

    desk: bytes
    dsl: bytes | None
    seal: bytes | None


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """How much work one guess at a password costs. Tests use less."""

    memory_kib: int = MEMORY_KIB
    passes: int = PASSES


class Keyring:
    """The file `keyring.json`. It holds names and roles, never a password, and keys only as wrapped bytes."""

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
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RegisterDamagedError(
                "The register's keys cannot be read. Restore the last backup; nothing was changed."
            ) from error
        if version > VERSION:
            raise NewerRegisterError(
                f"This register was written by a newer version of the program (its keys have {version}; "
                f"this program knows {VERSION}). Install the newer version; nothing was changed."
            )
        return cls(path, content)

    @classmethod
    def create(cls, path: Path, *, seal_public: bytes) -> "Keyring":
        """Begin a keyring with nobody on it. `seal_public` is the public half of the sealed boxes' key."""
        return cls(path, {"version": VERSION, "desk": uuid4().hex, "seal_public": _text(seal_public), "slots": []})

    def save(self) -> None:
        """Write the keyring; it is the old one or the new one, never half."""
        write_atomically(self._path, json.dumps(self._content, indent=1).encode())

    @property
    def desk(self) -> str:
        """The random name of this desk, as it stands in every entry."""
        return str(self._content["desk"])

    @property
    def seal_public(self) -> bytes:
        """The 32 bytes that anything written for the DSL is sealed to."""
        return _bytes(self._content["seal_public"])

    def people(self) -> list[Operator]:
        """Everybody who may sign in, in the order they were added."""
        return [
            Operator(UUID(slot["id"]), slot["name"], Role(slot["role"]))
            for slot in self._content["slots"]
            if slot["role"] != "recovery"
        ]

    def add(self, operator: Operator, password: str, keys: Keys, cost: PasswordCost) -> None:
        """Give somebody a slot. Those who may not see children's references get the desk's key only.

        Raises:
            RegisterError: the password is too short, the name is taken, or these keys do not open the DSL's file.
        """
        if len(password) < MIN_PASSWORD:
            raise RegisterError(f"The password needs at least {MIN_PASSWORD} characters. Three plain words do well.")
        if any(person.name.casefold() == operator.name.casefold() for person in self.people()):
            raise RegisterError(f"{operator.name} is on the list already. Add a second name or an initial.")
        sees = operator.role in SEES_CHILDREN
        if sees and (keys.dsl is None or keys.seal is None):
            raise RegisterError("Only the DSL or the head can add a DSL or a head. Ask one of them to sign in.")
        self._add_slot(str(operator.id), operator.name, operator.role.value, password, keys, cost, sees=sees)

    def add_recovery(self, code: str, keys: Keys, cost: PasswordCost) -> None:
        """Let a recovery code open both files."""
        self._add_slot("recovery", "", "recovery", _plain(code), keys, cost, sees=True)

    def open(self, operator: UUID, password: str) -> Keys:
        """Unwrap what this person's password opens.

        Raises:
            WrongPasswordError: it opens nothing.
        """
        return self._open(str(operator), password)

    def recover(self, code: str) -> Keys:
        """Unwrap both files' keys with the recovery code, however it was spaced or cased.

        Raises:
            WrongPasswordError: it opens nothing; says so when a character must be wrong.
        """
        plain = _plain(code)
        if not codes.is_sound(plain):
            raise WrongPasswordError("A character of the recovery code is wrong or missing. Compare it with the paper.")
        return self._open("recovery", plain)

    def _add_slot(
        self, identity: str, name: str, role: str, secret: str, keys: Keys, cost: PasswordCost, *, sees: bool
    ) -> None:
        salt = os.urandom(16)
        kek = _stretch(secret, salt, cost.memory_kib, cost.passes)
        bound = f"{identity}|{role}".encode()
        slot: dict[str, Any] = {
            "id": identity,
            "name": name,
            "role": role,
            "salt": _text(salt),
            "memory_kib": cost.memory_kib,
            "passes": cost.passes,
            "desk": _wrap(kek, keys.desk, bound + b"|desk"),
        }
        if sees and keys.dsl is not None and keys.seal is not None:
            slot["dsl"] = _wrap(kek, keys.dsl, bound + b"|dsl")
            slot["seal"] = _wrap(kek, keys.seal, bound + b"|seal")
        self._content["slots"].append(slot)

    def _open(self, identity: str, secret: str) -> Keys:
        slot = next((slot for slot in self._content["slots"] if slot["id"] == identity), None)
        if slot is None:
            raise WrongPasswordError("That password is not right. Try again.")
        kek = _stretch(secret, _bytes(slot["salt"]), slot["memory_kib"], slot["passes"])
        bound = f"{slot['id']}|{slot['role']}".encode()
        try:
            return Keys(
                desk=_unwrap(kek, slot["desk"], bound + b"|desk"),
                dsl=_unwrap(kek, slot["dsl"], bound + b"|dsl") if "dsl" in slot else None,
                seal=_unwrap(kek, slot["seal"], bound + b"|seal") if "seal" in slot else None,
            )
        except InvalidTag:
            raise WrongPasswordError("That password is not right. Try again.") from None


def new_recovery_code() -> str:
    """A fresh recovery code: 25 random characters and a check character, in groups for writing down."""
    body = "".join(secrets.choice(codes.ALPHABET) for _ in range(RECOVERY_LENGTH))
    return codes.grouped(body + codes.check_character(body))


def _plain(code: str) -> str:
    """A recovery code as it was made: without gaps, and with the letters that are no signs of it as digits."""
    signs = (sign for sign in code.upper() if sign.isalnum())
    return "".join(signs).translate(str.maketrans("ILO", "110"))


def _stretch(secret: str, salt: bytes, memory_kib: int, passes: int) -> bytes:
    # One password, however a keyboard composes its accents.
    return hash_secret_raw(unicodedata.normalize("NFC", secret).encode(), salt, passes, memory_kib, LANES, 32, Type.ID)


def _wrap(kek: bytes, key: bytes, bound: bytes) -> str:
    nonce = os.urandom(12)
    return _text(nonce + AESGCM(kek).encrypt(nonce, key, bound))


def _unwrap(kek: bytes, wrapped: str, bound: bytes) -> bytes:
    raw = _bytes(wrapped)
    return bytes(AESGCM(kek).decrypt(raw[:12], raw[12:], bound))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
