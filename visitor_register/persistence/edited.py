"""Tells a keyring that somebody edited from one that the program wrote, for whoever holds all keys."""

from typing import Any

from visitor_register.errors import RegisterDamagedError
from visitor_register.persistence import seal, slots
from visitor_register.persistence.slots import Keys, Slot

_EDITED = (
    "The register's keys are not as the program wrote them: somebody changed their file. Restore the last backup, "
    "and tell the head: notes for the DSL that the office wrote since may have been read."
)


def check(content: dict[str, Any], slot: Slot, keys: Keys) -> None:
    """See that this slot of a holder of all keys, what it opened, and what notes are sealed to, belong together.

    Whoever can write the folder can seal keys of her own to anybody's slot, and could have had the DSL use them.

    Raises:
        RegisterDamagedError: they do not.
    """
    sealed_to = {"seal_public": keys.seal, "seal_public_next": keys.next.seal if keys.next else None}
    if (
        keys.dsl is None
        or keys.seal is None
        or not (slots.is_old(slot) or slots.is_signed(slot, keys))
        or any(content.get(name) != _public_of(private) for name, private in sealed_to.items())
    ):
        raise RegisterDamagedError(_EDITED)


def _public_of(private: bytes | None) -> str | None:
    return None if private is None else slots.text(seal.public_of(private))
