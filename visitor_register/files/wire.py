"""How a reader child tells its parent what it read: one JSON object, made and undone here."""

import msgspec

from visitor_register.domain.chart_table import Source


def encode(source: Source) -> bytes:
    """Return a source as UTF-8 JSON."""
    return msgspec.json.encode(source)


def decode(data: bytes) -> Source:
    """Return the source that `encode` wrote.

    Raises:
        ValueError: the child died while writing.
    """
    return msgspec.json.decode(data, type=Source)
