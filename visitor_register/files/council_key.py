"""The key with which a council signs its charts: made once, kept by the council in a file with a password."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from visitor_register.errors import FileRefusedError, RegisterError
from visitor_register.files.chart_bundle import key_of
from visitor_register.files.whole_file import write_whole

SHORTEST_PASSWORD = 10


def make(path: Path, password: str) -> str:
    """Make a new key, write it to a new file under a password, and return the key's name (SHA-256, hex).

    Raises:
        RegisterError: the file exists, cannot be written, or the password is short.
    """
    if path.exists():
        raise RegisterError("That file exists already, and a key is never overwritten: choose another name.")
    if len(password) < SHORTEST_PASSWORD:
        raise RegisterError(f"The key needs a password of at least {SHORTEST_PASSWORD} characters.")
    key = Ed25519PrivateKey.generate()
    write_whole(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password.encode())))
    return name_of(key)


def load(path: Path, password: str) -> Ed25519PrivateKey:
    """Open the council's key.

    Raises:
        FileRefusedError: it cannot be opened, is no such key, or the password is not right.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), password.encode())
    except OSError as error:
        raise FileRefusedError(
            "The key's file cannot be opened: check that it is still there and choose it again."
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise FileRefusedError(
            "The key could not be opened: type its password again, or choose another file."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise FileRefusedError("This is a key of another kind: make one with “visitor-register chart key”.")
    return key


def name_of(key: Ed25519PrivateKey) -> str:
    """Return the name by which schools pin the key."""
    return key_of(key.public_key().public_bytes_raw())
