"""What reception could try: every byte string within her reach, on the DSL's file and on every sealed box."""

import base64
import binascii
import contextlib
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text

from tests.factories import PASSWORD
from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterDamagedError
from visitor_register.persistence import seal, slots
from visitor_register.persistence.database import Database
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.tables import kept, projected
from visitor_register.services import sealed

KEY = 32
_PAGE, _RESERVED, _TAG = 4_096, 80, 64


@dataclass(frozen=True, slots=True)
class Box:
    """Something sealed, and what it is bound to."""

    name: str
    content: bytes
    about: bytes


@dataclass(frozen=True, slots=True)
class Locks:
    """What reception must not open: the first page of the DSL's file, and sealed boxes."""

    page: bytes
    boxes: tuple[Box, ...]


def of_folder(folder: Path, desk: Database) -> Locks:
    """The DSL's file, every note that waits for the DSL, and the keys sealed to people who see more than reception."""
    with desk.read() as session:
        notes = [Box(f"note {seq}", box, subject.bytes) for subject, seq, box in sealed.boxes(session)]
    keyring = json.loads((folder / "keyring.json").read_bytes())
    keys = [
        Box(f"{slot['name']}: {kind}", base64.b64decode(sealed_key), f"{slot['id']}|{slot['role']}|{kind}".encode())
        for slot in keyring["slots"]
        if slot["role"] != "reception"
        for kind, sealed_key in slot["keys"].items()
    ]
    return Locks((folder / "dsl.db").read_bytes()[:_PAGE], (*notes, *keys))


def reached(folder: Path, desk: Database, who: Operator, *, stride: int) -> tuple[set[bytes], set[bytes]]:
    """Keys and passphrases within somebody's reach: all 32 bytes at every `stride`-th place of every longer string."""
    strings = set(_from_slot(folder, who))
    for path in folder.iterdir():
        if path.suffix in (".json", ".toml", ".jsonl"):
            strings |= set(_read_out(path.read_bytes()))
    strings |= set(_cells(desk))
    passphrases = {one for one in strings if len(one) <= 200}
    passphrases |= {one.hex().encode() for one in strings if len(one) == KEY}
    passphrases |= {base64.b64encode(one) for one in strings if len(one) == KEY}
    keys = {hashlib.sha256(one).digest() for one in strings}
    for one in strings:
        keys |= {one[at : at + KEY] for at in range(0, len(one) - KEY + 1, stride)} | {one[-KEY:]}
    return {key for key in keys if len(key) == KEY}, passphrases


def opened_by_keys(locks: Locks, keys: Iterable[bytes]) -> list[str]:
    """What these keys open: as the file's raw key, as somebody's private half, and as the key inside a box."""
    found = []
    for key in keys:
        if fits_page(locks.page, key):
            found.append("the DSL's file")
        for box in locks.boxes:
            with contextlib.suppress(RegisterDamagedError):
                seal.open_box(key, box.content, box.about)
                found.append(box.name)
            with contextlib.suppress(InvalidTag):
                AESGCM(key).decrypt(box.content[32:44], box.content[44:], box.about)
                found.append(box.name)
    return found


def opened_by_passphrases(locks: Locks, passphrases: Iterable[bytes]) -> list[str]:
    """The same for passphrases of the file; each costs a quarter of a million rounds, so both cores work."""

    def tries(passphrase: bytes) -> list[str]:
        key = hashlib.pbkdf2_hmac("sha512", passphrase, locks.page[:16], 256_000, KEY)
        return ["the DSL's file"] if fits_page(locks.page, key) else []

    with ThreadPoolExecutor(2) as both:
        return [name for names in both.map(tries, passphrases) for name in names]


def fits_page(page: bytes, key: bytes) -> bool:
    """Whether a raw key fits the first page of an encrypted file, as the driver itself finds out: by its HMAC.

    Source: the design of SQLCipher 4: HMAC-SHA512 over the page without its salt, the page's number after it, with a
    key stretched in two rounds with a salt of which each byte is turned by 0x3A.
    """
    salt = bytes(byte ^ 0x3A for byte in page[:16])
    authenticating = hashlib.pbkdf2_hmac("sha512", key, salt, 2, KEY)
    body = page[16 : _PAGE - _RESERVED + 16]
    told = page[_PAGE - _TAG :]
    return hmac.compare_digest(hmac.digest(authenticating, body + (1).to_bytes(4, "little"), "sha512"), told)


def _from_slot(folder: Path, who: Operator) -> Iterator[bytes]:
    """All that the password leads to: what it is stretched to, the private half, the keys, the PIN's."""
    yield from (PASSWORD.encode(), who.name.encode(), who.id.bytes, str(who.id).encode())
    keys = Keyring.load(folder / "keyring.json").open(who.id, PASSWORD)
    yield from (value for field in fields(keys) if isinstance(value := getattr(keys, field.name), bytes))
    for slot in json.loads((folder / "keyring.json").read_bytes())["slots"]:
        # Her password with everybody's salt: somebody may have the same.
        stretched = slots._stretch(PASSWORD, slot)
        yield stretched
        if slot["id"] == str(who.id):
            yield slots._unwrap(stretched, slot["private"], slots._bound(slot, "private"))


def _cells(desk: Database) -> Iterator[bytes]:
    with desk.read() as session:
        for name in (*kept.tables, *projected.tables):
            for row in session.execute(text(f"SELECT * FROM {name}")):  # noqa: S608
                for cell in row:
                    if isinstance(cell, bytes):
                        yield cell
                    if isinstance(cell, bytes | str):
                        yield from _read_out(cell.encode() if isinstance(cell, str) else cell)


def _read_out(content: bytes) -> Iterator[bytes]:
    """A text with all its words, and what stands in it in hex, as an identity, or in base 64."""
    yield content
    for word in re.findall(rb"[A-Za-z0-9+/=_-]{4,}", content):
        yield word
        with contextlib.suppress(ValueError):
            yield bytes.fromhex(word.decode())
        with contextlib.suppress(ValueError):
            yield UUID(word.decode()).bytes
        with contextlib.suppress(binascii.Error):
            yield base64.b64decode(word, validate=True)
