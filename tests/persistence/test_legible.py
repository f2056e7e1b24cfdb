"""What a disk spoilt in the keyring is told as that, whatever part of it: no wrong key, no wrong name, no traceback."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories import PASSWORD, World
from visitor_register.errors import RegisterDamagedError, RegisterError
from visitor_register.persistence.keyring import Keyring

Spoil = Callable[[dict[str, Any]], object]

AT_ONCE: dict[str, Spoil] = {
    "the key that notes are sealed to": lambda ring: ring.update(seal_public=ring["seal_public"][::-1]),
    "the desk's name in every entry": lambda ring: ring.update(desk="0" * 32),
    "somebody's name": lambda ring: ring["slots"][0].update(name="Nadia Shaw"),
    "a role that there is not": lambda ring: ring["slots"][0].update(role="dsm"),
    "an identity that is none": lambda ring: ring["slots"][0].update(id="x"),
    "a name that is no text": lambda ring: ring["slots"][0].update(name=3),
}
AT_THE_PASSWORD: dict[str, Spoil] = {
    "a salt with a stray sign": lambda ring: ring["slots"][0].update(salt="!" + ring["slots"][0]["salt"][1:]),
    "no salt": lambda ring: ring["slots"][0].pop("salt"),
    "memory of less than nothing": lambda ring: ring["slots"][0].update(memory_kib=-56),
    "memory in parts": lambda ring: ring["slots"][0].update(memory_kib=2.5),
    "no passes": lambda ring: ring["slots"][0].update(passes=0),
    "a short wrapping": lambda ring: ring["slots"][0].update(private="AAAA"),
}


def _spoilt(world: World, spoil: Spoil) -> Path:
    path = world.register.folder / "keyring.json"
    content = json.loads(path.read_bytes())
    spoil(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", AT_ONCE)
def test_what_would_be_wrong_without_a_word_is_refused_at_once(world: World, name: str) -> None:
    with pytest.raises(RegisterDamagedError, match="Restore the last backup"):
        Keyring.load(_spoilt(world, AT_ONCE[name]))


@pytest.mark.parametrize("name", AT_THE_PASSWORD)
def test_one_spoilt_slot_is_said_and_the_others_open(world: World, name: str) -> None:
    keyring = Keyring.load(_spoilt(world, AT_THE_PASSWORD[name]))
    spoilt, whole = keyring.people()
    with pytest.raises(RegisterError):
        keyring.open(spoilt.id, PASSWORD)
    assert keyring.open(whole.id, PASSWORD).desk


def test_a_keyring_of_an_older_program_has_no_digest_and_opens(world: World) -> None:
    keyring = Keyring.load(_spoilt(world, lambda ring: ring.pop("check", None)))
    assert keyring.open(world.dsl.id, PASSWORD).dsl is not None
    keyring.save()
    assert "check" in json.loads((world.register.folder / "keyring.json").read_bytes())
