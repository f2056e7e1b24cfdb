"""Whom a PIN may let in: people who gave their password since the program started, and what it opened."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from visitor_register.domain.people import Operator
from visitor_register.errors import WrongPasswordError
from visitor_register.persistence import slots
from visitor_register.persistence.keyring import Keys

TRIES = 5
"""Wrong PINs in a row until only the password helps. Source: issue 6."""

DIGITS = 6
_NOT_NOW = "The PIN does not help now. Use your password."


class KnownKeys:
    """Keeps keys in memory only, and as few as possible.

    A PIN has a million values: it opens nothing on a disk, and here only five of them can be tried.
    """

    def __init__(self) -> None:
        self._kept: dict[UUID, tuple[Operator, Keys]] = {}
        self._tries: dict[UUID, int] = {}

    def keep(self, operator: Operator, keys: Keys) -> None:
        """Somebody gave their password: their PIN, if they have one, may be used again."""
        self._kept[operator.id] = operator, keys
        self._tries[operator.id] = TRIES

    def tries_left(self, operator: UUID) -> int:
        """How often a PIN may still be tried; 0 when only the password helps."""
        kept = self._kept.get(operator)
        return self._tries[operator] if kept is not None and kept[1].pin is not None else 0

    def open(self, operator: Operator, pin: str) -> Keys:
        """What somebody's password opened before. A try counts before it is made.

        Raises:
            WrongPasswordError: it is not their PIN, or no PIN helps now; says how many tries are left.
        """
        left = self.tries_left(operator.id)
        kept = self._kept.get(operator.id)
        if kept is None or kept[1].pin is None or not left or kept[0] != operator:
            raise WrongPasswordError(_NOT_NOW)
        self._tries[operator.id] = left - 1
        if not slots.pin_fits(kept[1].pin, pin):
            raise WrongPasswordError(_wrong(left - 1))
        if self._kept.get(operator.id) is not kept:
            # Forgotten, or given another PIN, while this one was tried.
            raise WrongPasswordError(_NOT_NOW)
        self._tries[operator.id] = TRIES
        return kept[1]

    def hand_over(self, to: Operator) -> None:
        """Somebody else is at the desk: what opens the DSL's file goes with whoever had it."""
        self._drop(who for who, (_, keys) in self._kept.items() if keys.dsl is not None and who != to.id)

    def use_pin(self, operator: UUID, held: bytes | None) -> None:
        """Somebody set another PIN, or took it off; `held` is what it is held against."""
        if operator in self._kept:
            who, keys = self._kept[operator]
            self.keep(who, replace(keys, pin=held))

    def forget(self, operator: UUID) -> None:
        """Their password, role or place on the list has changed: nothing of before counts."""
        self._drop([operator])

    def keep_only(self, people: Iterable[Operator]) -> None:
        """Drop who is not on the list any more, or not in the role they signed in with."""
        still = set(people)
        self._drop(who for who, (operator, _) in self._kept.items() if operator not in still)

    def _drop(self, gone: Iterable[UUID]) -> None:
        for operator in list(gone):
            self._kept.pop(operator, None)
            self._tries.pop(operator, None)


def _wrong(left: int) -> str:
    if left:
        return f"That PIN is not right. {'1 try' if left == 1 else f'{left} tries'} left."
    return "That PIN was wrong five times. It is off until you give your password."
