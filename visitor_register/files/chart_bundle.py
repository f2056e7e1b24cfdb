"""A chart that its council has signed: one file that holds the chart, its version and dates, a key and a signature.

Bytes, in this order and with nothing between or behind: `MAGIC`; the length of the label, 4 bytes, and the
label (JSON, UTF-8); the length of the chart's file, 4 bytes, and that file as the council made it; the public
key, 32 bytes; the Ed25519 signature of everything before it, 64 bytes. Numbers are big-endian. So no byte can
change without the signature failing, and no part of one bundle fits another.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from visitor_register.errors import FileRefusedError
from visitor_register.files import limits

MAGIC = b"VRCHART\x01"
SUFFIX = ".vrchart"
_LENGTH = 4
_KEY = 32
_SIGNATURE = 64
_LONGEST_LABEL = 4096
_NOT_WHOLE = (
    "The signed chart was changed or is incomplete, so nothing of it was used: ask the council to send it again."
)


@dataclass(frozen=True, slots=True)
class Label:
    """What the council says about its chart.

    Attributes:
        authority: Whose chart it is.
        version: Counts up by the council; a school takes no lower one than it has.
        issued_on: The day it was signed.
        valid_until: After this day the chart is still used and its label turns amber.
        file_name: What the council called the file.
    """

    authority: str
    version: int
    issued_on: date
    valid_until: date
    file_name: str


@dataclass(frozen=True, slots=True)
class SignedChart:
    """A bundle whose signature fits `key`, the SHA-256 of the public key, hex. Whose key that is, a person says."""

    label: Label
    content: bytes
    key: str


def is_bundle(path: Path) -> bool:
    """Say whether a file is a signed chart, by its first bytes.

    Raises:
        FileRefusedError: the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise FileRefusedError(
            "The file cannot be opened: check that it is still there and choose it again."
        ) from error


def seal(content: bytes, label: Label, key: Ed25519PrivateKey) -> bytes:
    """Return a signed chart."""
    said = msgspec.json.encode(label)
    signed = MAGIC + _with_length(said) + _with_length(content) + key.public_key().public_bytes_raw()
    return signed + key.sign(signed)


def unseal(data: bytes) -> SignedChart:
    """Return what a signed chart holds, once its signature fits.

    Raises:
        FileRefusedError: any byte was changed, or is missing, or is too many.
    """
    if len(data) > limits.FILE_BYTES + _LONGEST_LABEL:
        raise FileRefusedError("The signed chart is larger than 20 MB: ask the council for the list of people alone.")
    signed, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
    public = signed[-_KEY:]
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
        said, rest = _without_length(signed[len(MAGIC) : -_KEY])
        content, behind = _without_length(rest)
        label = msgspec.json.decode(said, type=Label)
    except (InvalidSignature, ValueError) as error:
        raise FileRefusedError(_NOT_WHOLE) from error
    if not signed.startswith(MAGIC) or behind or not label.authority.strip() or label.version < 1:
        raise FileRefusedError(_NOT_WHOLE)
    return SignedChart(label, content, key_of(public))


def key_of(public: bytes) -> str:
    """Return the name by which a public key is pinned: its SHA-256, hex."""
    return hashlib.sha256(public).hexdigest()


def _with_length(part: bytes) -> bytes:
    return len(part).to_bytes(_LENGTH) + part


def _without_length(data: bytes) -> tuple[bytes, bytes]:
    end = _LENGTH + int.from_bytes(data[:_LENGTH])
    if len(data) < max(end, _LENGTH):
        raise ValueError
    return data[_LENGTH:end], data[end:]
