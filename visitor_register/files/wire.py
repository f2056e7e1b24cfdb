"""How a reader child tells its parent what it read: JSON, made and undone here."""

from typing import TypeVar

import msgspec

T = TypeVar("T")


def encode(read: object) -> bytes:
    """Return what was read as UTF-8 JSON."""
    return msgspec.json.encode(read)


def decode(data: bytes, expected: type[T]) -> T:
    """Return what `encode` wrote.

    Raises:
        ValueError: the child died while writing.
    """
    return msgspec.json.decode(data, type=expected)
