"""Whom a PIN lets in: five tries, only after a password, and a DSL only while nobody else has the desk."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.gui.test_unlock import held
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import WrongPasswordError
from visitor_register.gui.unlock.known_keys import KnownKeys
from visitor_register.persistence.keyring import Keys

PIN = "481526"
DESK = Keys(bytes(32), None, None, pin=held(PIN))
ALL = Keys(bytes(32), bytes(32), bytes(32), pin=held(PIN))
JOAN = Operator(uuid4(), "Joan Mensah", Role.RECEPTION)
PRIYA = Operator(uuid4(), "Priya Anand", Role.OFFICE)
NADIA = Operator(uuid4(), "Nadia Shah", Role.DSL)


@pytest.fixture
def known() -> KnownKeys:
    """Joan and Nadia gave their passwords."""
    made = KnownKeys()
    made.keep(JOAN, DESK)
    made.keep(NADIA, ALL)
    return made


def attempt(known: KnownKeys, who: Operator, pin: str) -> str:
    """What comes of one try: "in", or the sentence."""
    try:
        known.open(who, pin)
    except WrongPasswordError as error:
        return str(error)
    return "in"


def test_the_pin_stands_for_what_the_password_opened(known: KnownKeys) -> None:
    assert known.open(JOAN, PIN) is DESK
    assert known.open(NADIA, PIN) is ALL


@pytest.mark.parametrize(
    ("wrong", "said", "left"),
    [
        (1, "That PIN is not right. 4 tries left.", 4),
        (2, "That PIN is not right. 3 tries left.", 3),
        (3, "That PIN is not right. 2 tries left.", 2),
        (4, "That PIN is not right. 1 try left.", 1),
        (5, "That PIN was wrong five times. It is off until you give your password.", 0),
        (6, "The PIN does not help now. Use your password.", 0),
    ],
)
def test_each_wrong_try_is_counted_and_said(known: KnownKeys, wrong: int, said: str, left: int) -> None:
    answers = [attempt(known, JOAN, f"00000{number}") for number in range(wrong)]
    assert answers[-1] == said
    assert known.tries_left(JOAN.id) == left
    assert known.tries_left(NADIA.id) == 5, "somebody else's tries are their own"
    assert attempt(known, JOAN, PIN) == ("in" if left else "The PIN does not help now. Use your password.")


def test_the_right_pin_gives_all_tries_back_and_so_does_the_password(known: KnownKeys) -> None:
    for _ in range(4):
        attempt(known, JOAN, "000000")
    assert attempt(known, JOAN, PIN) == "in"
    assert known.tries_left(JOAN.id) == 5
    for _ in range(5):
        attempt(known, JOAN, "000000")
    known.keep(JOAN, DESK)
    assert attempt(known, JOAN, PIN) == "in"


def test_nobody_is_known_without_a_password_or_a_pin(known: KnownKeys) -> None:
    assert known.tries_left(PRIYA.id) == 0
    assert attempt(known, PRIYA, PIN) != "in"
    known.keep(PRIYA, replace(DESK, pin=None))
    assert known.tries_left(PRIYA.id) == 0
    assert attempt(known, PRIYA, PIN) != "in"


def test_what_opens_the_dsls_file_goes_when_somebody_else_has_the_desk(known: KnownKeys) -> None:
    known.hand_over(NADIA)
    assert known.tries_left(NADIA.id) == 5, "it is her who has the desk"
    known.hand_over(JOAN)
    assert known.tries_left(NADIA.id) == 0
    assert known.tries_left(JOAN.id) == 5
    known.hand_over(PRIYA)
    assert known.tries_left(JOAN.id) == 5, "reception's keys open nothing of the DSL's"


def test_leavers_and_changed_roles_are_forgotten_at_once(known: KnownKeys) -> None:
    known.keep_only([replace(JOAN, role=Role.OFFICE), NADIA])
    assert known.tries_left(JOAN.id) == 0
    known.forget(NADIA.id)
    assert known.tries_left(NADIA.id) == 0
    known.forget(NADIA.id)


def test_another_pin_counts_at_once_and_only_for_who_is_known(known: KnownKeys) -> None:
    known.use_pin(JOAN.id, held("730194"))
    assert attempt(known, JOAN, PIN) != "in"
    assert attempt(known, JOAN, "730194") == "in"
    known.use_pin(JOAN.id, None)
    assert known.tries_left(JOAN.id) == 0
    known.use_pin(PRIYA.id, held(PIN))
    assert known.tries_left(PRIYA.id) == 0


def test_a_role_the_keys_were_not_given_for_opens_nothing(known: KnownKeys) -> None:
    assert attempt(known, replace(JOAN, role=Role.DSL), PIN) != "in"


def test_who_is_forgotten_while_their_pin_is_tried_is_not_let_in(
    known: KnownKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fits(_held: bytes, _pin: str) -> bool:
        known.forget(JOAN.id)
        return True

    monkeypatch.setattr("visitor_register.gui.unlock.known_keys.slots.pin_fits", fits)
    assert attempt(known, JOAN, PIN) == "The PIN does not help now. Use your password."
