"""Events to the bytes of an entry's body and back. Nothing is ever re-encoded."""

from typing import Any

import msgspec
from sqlalchemy import Row

from visitor_register.domain import events
from visitor_register.persistence.types import utc_moment

_ENCODER = msgspec.json.Encoder()
_TYPES = {kind.__name__: kind for kind in events.VERSIONS}
_DECODERS: dict[tuple[str, int], msgspec.json.Decoder[Any]] = {
    # What a later version added has a default: an older body only lacks it.
    (kind.__name__, version): msgspec.json.Decoder(kind)
    for kind, newest in events.VERSIONS.items()
    for version in range(1, newest + 1)
}


def encode(event: object) -> tuple[str, int, bytes]:
    """Turn an event into (kind, version, body as JSON bytes)."""
    return type(event).__name__, events.VERSIONS[type(event)], _ENCODER.encode(event)


def decode(kind: str, version: int, body: bytes | None) -> object | None:
    """Turn a body back into its event; None once it was erased, `Unknown` when a newer program wrote it."""
    if body is None:
        return None
    decoder = _DECODERS.get((kind, version))
    return events.Unknown(kind, version) if decoder is None else decoder.decode(body)


def type_of(kind: str) -> type | None:
    """The event type of that name, or None when only a newer program knows it."""
    return _TYPES.get(kind)


def entry_from(row: Row[Any]) -> events.Entry:
    """One stored row of the journal with its body decoded."""
    return events.Entry(row.seq, utc_moment(row.at), row.actor, row.subject, decode(row.kind, row.version, row.body))
