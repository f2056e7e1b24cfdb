"""Tells a keyring that a disk spoilt from one that is as it was written."""

import contextlib
import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from argon2.exceptions import HashingError

from visitor_register.domain.people import Role
from visitor_register.errors import RegisterDamagedError

RECOVERY = "recovery"
"""The role, and the name, of the slot that is nobody's: the recovery code's."""

NOT_LEGIBLE = "The register's keys cannot be read. Restore the last backup; nothing was changed."


def digest(content: dict[str, Any]) -> str:
    """A digest of what no wrapping and no signature covers, as 64 hexadecimal characters.

    A spoilt `seal_public` would seal to a key that nobody has; a spoilt name would stand beside what somebody wrote.
    It is no protection against anybody who edits the file: the wrappings and signatures of the slots are.
    """
    names = [part for slot in content["slots"] for part in (slot["id"], slot["name"])]
    said = [content["desk"], content["seal_public"], content.get("seal_public_next", ""), *names]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def check(content: dict[str, Any]) -> None:
    """See that every slot can be listed, and that what `digest` covers is as it was written.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is not.
    """
    for slot in content["slots"]:
        if slot["role"] != RECOVERY:
            UUID(slot["id"])
            Role(slot["role"])
    # Keyrings of older programs have none.
    if content.get("check", digest(content)) != digest(content):
        raise ValueError("the keyring is not as it was written")


@contextlib.contextmanager
def legible() -> Iterator[None]:
    """Say in plain words that a slot holds what this program never writes.

    Raises:
        RegisterDamagedError: as it says.
    """
    try:
        yield
    except (ValueError, TypeError, LookupError, OverflowError, HashingError) as error:
        raise RegisterDamagedError(NOT_LEGIBLE) from error
