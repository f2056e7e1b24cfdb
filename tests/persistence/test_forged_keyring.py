"""Somebody who can write the folder edits the keyring: no key is sealed to her, and a DSL who signs in is told."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import CHEAP, PASSWORD
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import RegisterDamagedError
from visitor_register.persistence import legible, seal, slots
from visitor_register.persistence.keyring import Keyring, Keys, new_recovery_code

PRIVATE, PUBLIC = seal.new_pair()
KEYS = Keys(desk=b"d" * 32, dsl=b"c" * 32, seal=PRIVATE)
OWN_PRIVATE, OWN_PUBLIC = seal.new_pair()
CODE = new_recovery_code()
SENTENCE = "not as the program wrote them"

DSL = Operator(uuid4(), "Nadia Shah", Role.DSL)
HEAD = Operator(uuid4(), "Ruth Adeyemi", Role.HEAD)
RECEPTION = Operator(uuid4(), "Joan Mensah", Role.RECEPTION)


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    """A keyring with a DSL, a head, somebody at reception, and a recovery code."""
    made = Keyring.create(tmp_path / "keyring.json", seal_public=PUBLIC)
    for who in (DSL, HEAD, RECEPTION):
        made.add(who, PASSWORD, KEYS, CHEAP)
    made.add_recovery(CODE, KEYS, CHEAP)
    made.save()
    return made


def edited(ring: Keyring, edit: Callable[[dict[str, Any]], None]) -> Keyring:
    """The keyring after somebody edited the file, its digest made again as the program makes it."""
    path = ring._path
    content = json.loads(path.read_bytes())
    edit(content)
    path.write_text(json.dumps(content | {"check": legible.digest(content)}), encoding="utf-8")
    return Keyring.load(path)


def _seal_in(slot: dict[str, Any], under: str, keys: Keys) -> None:
    slot[under] = slot.get(under, {}) | slots.sealed_to(slot, keys, sees=True)


def _of(content: dict[str, Any], role: str) -> dict[str, Any]:
    return next(slot for slot in content["slots"] if slot["role"] == role)


def her_seal_key(content: dict[str, Any]) -> None:
    """Her own pair for sealed notes, put into every slot: anybody can seal to a slot's public half."""
    hers = replace(KEYS, seal=OWN_PRIVATE)
    content["seal_public"] = slots.text(OWN_PUBLIC)
    for slot in content["slots"]:
        if slot["role"] != "reception":
            slot["keys"]["seal"] = slots.sealed_to(slot, hers, sees=True)["seal"]
        # As it was signed once: with the key for sealed notes, which is hers now.
        slot["signed"] = slots.text(slots._signature(slot, replace(hers, dsl=bytes(32))))


def her_public_half(content: dict[str, Any]) -> None:
    """The public half of the sealed notes alone."""
    content["seal_public"] = slots.text(OWN_PUBLIC)


def her_following_keys(content: dict[str, Any]) -> None:
    """A change of keys that nobody began, with keys she knows."""
    hers = Keys(b"m" * 32, b"n" * 32, OWN_PRIVATE)
    content["seal_public_next"] = slots.text(OWN_PUBLIC)
    for slot in content["slots"]:
        _seal_in(slot, "next", hers)
        said = slots._signatures_of_change(slot, Keys(KEYS.desk, bytes(32), OWN_PRIVATE, next=hers))
        slot["next_signed"] = [slots.text(one) for one in said]


def her_keys_before(content: dict[str, Any]) -> None:
    """The true keys moved to where those that follow stand, hers in their place."""
    hers = Keys(KEYS.desk, b"n" * 32, OWN_PRIVATE)
    content["seal_public_next"], content["seal_public"] = content["seal_public"], slots.text(OWN_PUBLIC)
    for slot in content["slots"]:
        slot["next"] = slot.pop("keys")
        _seal_in(slot, "keys", hers)
        slots.sign(slot, hers)


def no_dsl_key(content: dict[str, Any]) -> None:
    """The DSL's own key taken out."""
    for slot in content["slots"]:
        slot["keys"].pop("dsl", None)


def another_name(content: dict[str, Any]) -> None:
    """Two names exchanged, so that the wrong person is taken off the list."""
    dsl, reception = _of(content, "dsl"), _of(content, "reception")
    dsl["name"], reception["name"] = reception["name"], dsl["name"]


EDITS = (her_seal_key, her_public_half, her_following_keys, her_keys_before, no_dsl_key, another_name)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_a_dsl_is_not_let_in_by_an_edited_slot_and_is_told(
    ring: Keyring, edit: Callable[[dict[str, Any]], None]
) -> None:
    forged = edited(ring, edit)
    with pytest.raises(RegisterDamagedError, match=SENTENCE):
        forged.open(DSL.id, PASSWORD)
    if edit is not another_name:
        with pytest.raises(RegisterDamagedError, match=SENTENCE):
            forged.recover(CODE)


def test_somebody_elses_slot_with_her_own_public_half_gets_no_following_key(ring: Keyring) -> None:
    def swap(content: dict[str, Any]) -> None:
        _of(content, "head")["public"] = slots.text(OWN_PUBLIC)
        _of(content, "reception")["name"] = "Ruth Adeyemi"

    forged = edited(ring, swap)
    assert forged.not_made_here(forged.open(DSL.id, PASSWORD)) == ["Ruth Adeyemi", "Ruth Adeyemi"]


def test_following_keys_count_when_a_holder_of_all_keys_began_the_change(ring: Keyring) -> None:
    following = Keys(b"e" * 32, b"f" * 32, seal.new_pair()[0])
    ring.begin_change(following, seal.public_of(following.seal or b""), KEYS)
    keys = ring.open(DSL.id, PASSWORD)
    assert (keys, keys.next) == (replace(KEYS, next=following), following)
    assert ring.not_made_here(keys) == []
    ring.add(Operator(uuid4(), "Priya Nair", Role.DSL), PASSWORD, keys, CHEAP)
    ring.end_change(following, KEYS)
    assert ring.recover(CODE) == ring.open(HEAD.id, PASSWORD) == following
    assert ring.not_made_here(following) == []
