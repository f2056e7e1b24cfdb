"""One person's slot on the keyring: a key pair whose private half a password opens, and file keys sealed to it.

Because file keys are sealed to the public half, they can be changed for everybody without anybody's password.
What a slot is bound to (whose it is, and the role) is part of every wrapping: edited, it opens nothing. And a slot
is signed with the key of the DSL's file: or else somebody could put a public half of her own in a slot of the DSL's,
and wait until the keys are changed. The signature covers the keys as well: anybody can seal keys of her own to a
public half. Only that key needs no signature, because another one does not open the DSL's file.
"""

import base64
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from visitor_register.errors import RegisterDamagedError, RegisterError, WrongPasswordError
from visitor_register.persistence import seal

MEMORY_KIB, PASSES, LANES = 65_536, 3, 1
DESK, ALL = ("desk",), ("desk", "dsl", "seal")
_NOT_RIGHT = "That password is not right. Try again."

Slot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Keys:
    """What a password opened, 32 bytes each. `dsl` and `seal` are None for those who may not see children's references.

    Attributes:
        pin: What a PIN is held against while the program runs; None when this person has none.
        next: The keys that are to follow, while a change of keys is not finished: each file has one of the two.
    """

    desk: bytes = field(repr=False)
    dsl: bytes | None = field(repr=False)
    seal: bytes | None = field(repr=False)
    pin: bytes | None = field(default=None, repr=False)
    next: "Keys | None" = field(default=None, repr=False)

    def of_file(self, name: str) -> list[bytes]:
        """What may open a file, "desk" or "dsl": its key, then the one that is to follow; none for who may not."""
        both = [self] if self.next is None else [self, self.next]
        found = [one.desk if name == "desk" else one.dsl for one in both]
        return [key for key in found if key is not None]


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """How much work one guess at a password costs. Tests use less."""

    memory_kib: int = MEMORY_KIB
    passes: int = PASSES


def make(identity: str, name: str, role: str, secret: str, keys: Keys, cost: PasswordCost, *, sees: bool) -> Slot:
    """A slot for one person, or for the recovery code. Only who `sees` children's references gets the DSL's keys."""
    private, public = seal.new_pair()
    slot: Slot = {"id": identity, "name": name, "role": role, "public": text(public)}
    _lock(slot, secret, private, cost)
    slot["keys"] = sealed_to(slot, keys, sees=sees)
    sign(slot, keys)
    if keys.next is not None:
        follow(slot, keys, keys.next, sees=sees)
    return slot


def follow(slot: Slot, keys: Keys, following: Keys, *, sees: bool) -> None:
    """Seal the keys that are to follow to a slot, beside those of now."""
    slot["next"] = sealed_to(slot, following, sees=sees)
    slot["next_signed"] = [text(one) for one in _signatures_of_change(slot, replace(keys, next=following))]


def stay(slot: Slot) -> None:
    """Forget the keys that were to follow."""
    for name in ("next", "next_signed"):
        slot.pop(name, None)


def sealed_to(slot: Slot, keys: Keys, *, sees: bool) -> dict[str, str]:
    """File keys sealed to a slot, for its "keys" or "next"; it needs no password."""
    sealed = {}
    for kind in ALL if sees else DESK:
        key = getattr(keys, kind)
        if key is not None:
            sealed[kind] = text(seal.close_box(raw(slot["public"]), key, _bound(slot, kind)))
    return sealed


def sign(slot: Slot, keys: Keys) -> None:
    """Sign whose slot it is, its role and its public half, as only a holder of all keys can."""
    slot["signed"] = text(_signature(slot, keys))


def is_signed(slot: Slot, keys: Keys) -> bool:
    """Whether a holder of all keys made this slot, and nobody changed it. Older slots never were signed.

    Where keys are to follow, `keys.next` are those: old and new ones vouch for each other, as either may be the one
    that opens the DSL's file.
    """
    if "signed" not in slot or not hmac.compare_digest(raw(slot["signed"]), _signature(slot, keys)):
        return False
    if "next" not in slot:
        return True
    if keys.next is None or keys.next.dsl is None or keys.next.seal is None:
        return False
    said = [raw(one) for one in slot.get("next_signed", [])]
    return said == _signatures_of_change(slot, keys)


def unlock(slot: Slot, secret: str) -> Keys:
    """What a password opens.

    Raises:
        WrongPasswordError: it opens nothing.
    """
    kek = _stretch(secret, slot)
    if is_old(slot):
        return _unlock_old(slot, kek)
    private = _unwrap(kek, slot["private"], _bound(slot, "private"))
    following = _keys(slot, "next", private) if "next" in slot else None
    pin = _unwrap(kek, slot["pin"], _bound(slot, "pin")) if "pin" in slot else None
    return replace(_keys(slot, "keys", private), pin=pin, next=following)


def change_secret(slot: Slot, old: str, new: str, cost: PasswordCost) -> None:
    """Let another password open the slot; its keys and its PIN stay.

    Raises:
        WrongPasswordError: the old one opens nothing.
    """
    kek = _stretch(old, slot)
    private = _unwrap(kek, slot["private"], _bound(slot, "private"))
    pin = _unwrap(kek, slot["pin"], _bound(slot, "pin")) if "pin" in slot else None
    _lock(slot, new, private, cost)
    if pin is not None:
        slot["pin"] = _wrap(_stretch(new, slot), pin, _bound(slot, "pin"))


def set_pin(slot: Slot, secret: str, pin: str | None) -> bytes | None:
    """Keep what a PIN is held against, where only the password reaches it; returns it.

    A PIN has a million values: whoever could read this on the disk would try all of them.

    Raises:
        WrongPasswordError: the password opens nothing.
    """
    kek = _stretch(secret, slot)
    _unwrap(kek, slot["private"], _bound(slot, "private"))
    slot.pop("pin", None)
    if pin is None:
        return None
    salt = os.urandom(16)
    held = salt + _stretched_pin(pin, salt)
    slot["pin"] = _wrap(kek, held, _bound(slot, "pin"))
    return held


def pin_fits(held: bytes, pin: str) -> bool:
    """Whether this is the PIN."""
    return _stretched_pin(pin, held[:16]) == held[16:]


def is_old(slot: Slot) -> bool:
    """Whether a program wrote it whose slots had no key pair: its keys cannot be changed without the password."""
    return "public" not in slot


def text(content: bytes) -> str:
    """Bytes as they stand in the file."""
    return base64.b64encode(content).decode()


def raw(content: str) -> bytes:
    """Bytes as they stood in the file."""
    return base64.b64decode(content, validate=True)


def _signature(slot: Slot, keys: Keys) -> bytes:
    if keys.dsl is None or keys.seal is None:
        raise RegisterError("Only the DSL or the head can let people in. Ask one of them to sign in.")
    said = [slot["id"], slot["role"], slot["name"], slot["public"], text(seal.public_of(keys.seal))]
    return hmac.digest(keys.dsl, json.dumps(["slot", *said]).encode(), "sha256")


def _signatures_of_change(slot: Slot, keys: Keys) -> list[bytes]:
    following = keys.next
    if keys.dsl is None or keys.seal is None or following is None or following.dsl is None or following.seal is None:
        raise RegisterError("Only the DSL or the head can change the keys. Ask one of them to sign in.")
    six = (keys.desk, keys.dsl, keys.seal, following.desk, following.dsl, following.seal)
    said = [slot["id"], slot["role"], slot["name"], slot["public"], *(text(key) for key in six)]
    return [hmac.digest(key, json.dumps(["change", *said]).encode(), "sha256") for key in (keys.dsl, following.dsl)]


def _lock(slot: Slot, secret: str, private: bytes, cost: PasswordCost) -> None:
    slot |= {"salt": text(os.urandom(16)), "memory_kib": cost.memory_kib, "passes": cost.passes}
    slot["private"] = _wrap(_stretch(secret, slot), private, _bound(slot, "private"))


def _keys(slot: Slot, under: str, private: bytes) -> Keys:
    try:
        found = {
            kind: seal.open_box(private, raw(slot[under][kind]), _bound(slot, kind))
            for kind in ALL
            if kind in slot[under]
        }
    except RegisterDamagedError:
        raise WrongPasswordError(_NOT_RIGHT) from None
    return Keys(found["desk"], found.get("dsl"), found.get("seal"))


def _unlock_old(slot: Slot, kek: bytes) -> Keys:
    found = {kind: _unwrap(kek, slot[kind], _bound(slot, kind)) for kind in ALL if kind in slot}
    return Keys(found["desk"], found.get("dsl"), found.get("seal"))


def _bound(slot: Slot, kind: str) -> bytes:
    return f"{slot['id']}|{slot['role']}|{kind}".encode()


def _stretch(secret: str, slot: Slot) -> bytes:
    # One password, however a keyboard composes its accents.
    plain = unicodedata.normalize("NFC", secret).encode()
    return hash_secret_raw(plain, raw(slot["salt"]), slot["passes"], slot["memory_kib"], LANES, 32, Type.ID)


def _stretched_pin(pin: str, salt: bytes) -> bytes:
    # It never lies where it could be guessed at leisure, so it only has to be quick enough to feel like nothing.
    return hash_secret_raw(pin.encode(), salt, 1, 8_192, LANES, 32, Type.ID)


def _wrap(kek: bytes, key: bytes, bound: bytes) -> str:
    nonce = os.urandom(12)
    return text(nonce + AESGCM(kek).encrypt(nonce, key, bound))


def _unwrap(kek: bytes, wrapped: str, bound: bytes) -> bytes:
    content = raw(wrapped)
    try:
        return bytes(AESGCM(kek).decrypt(content[:12], content[12:], bound))
    except InvalidTag:
        raise WrongPasswordError(_NOT_RIGHT) from None
