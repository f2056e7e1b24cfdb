"""Sealed boxes: what reception or the office writes for the DSL, and cannot read back."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visitor_register.errors import RegisterDamagedError


def new_pair() -> tuple[bytes, bytes]:
    """A fresh (private, public) pair, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half, 32 bytes, that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def close_box(public: bytes, content: bytes, about: bytes) -> bytes:
    """Seal content to the DSL's public key. `about` is bound to it: a box moved elsewhere does not open."""
    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes_raw()
    key = _key(once.exchange(X25519PublicKey.from_public_bytes(public)), sender + public)
    nonce = os.urandom(12)
    return sender + nonce + AESGCM(key).encrypt(nonce, content, about)


def open_box(private: bytes, box: bytes, about: bytes) -> bytes:
    """Open a sealed box.

    Raises:
        RegisterDamagedError: it was not sealed to this key, or not about this.
    """
    mine = X25519PrivateKey.from_private_bytes(private)
    sender, nonce, content = box[:32], box[32:44], box[44:]
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(sender))
        key = _key(shared, sender + mine.public_key().public_bytes_raw())
        return AESGCM(key).decrypt(nonce, content, about)
    except (InvalidTag, ValueError) as error:
        raise RegisterDamagedError("A note for the DSL cannot be opened: it was changed on the disk.") from error


def _key(shared: bytes, bound: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"visitor-register sealed box" + bound).derive(shared)
