"""Who can open what: passwords, the recovery code, and boxes that only the DSL's key opens."""

import base64
import json
import shutil
from pathlib import Path
from uuid import uuid4

import pytest
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import CHEAP, NOW, PASSWORD, Clock, create_booking, create_register, create_worker
from visitor_register.domain import codes
from visitor_register.domain.events import ReasonRecorded
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.errors import (
    NewerRegisterError,
    NotAllowedError,
    RegisterDamagedError,
    RegisterError,
    WrongPasswordError,
)
from visitor_register.persistence import seal
from visitor_register.persistence.keyring import Keyring, Keys, new_recovery_code
from visitor_register.persistence.register import Register
from visitor_register.services import sealed

PRIVATE, PUBLIC = seal.new_pair()
KEYS = Keys(desk=b"d" * 32, dsl=b"c" * 32, seal=PRIVATE)
CODE = new_recovery_code()


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    """A keyring with one person of each role and a recovery code."""
    ring = Keyring.create(tmp_path / "keyring.json", seal_public=PUBLIC)
    for role in Role:
        ring.add(Operator(uuid4(), f"One {role.value}", role), PASSWORD, KEYS, CHEAP)
    ring.add_recovery(CODE, KEYS, CHEAP)
    ring.save()
    return Keyring.load(tmp_path / "keyring.json")


@pytest.mark.parametrize("role", Role)
def test_a_password_opens_what_the_role_may_see(keyring: Keyring, role: Role) -> None:
    who = next(person for person in keyring.people() if person.role is role)
    opened = keyring.open(who.id, PASSWORD)
    assert opened.desk == KEYS.desk
    assert (opened.dsl, opened.seal) == ((KEYS.dsl, KEYS.seal) if role in SEES_CHILDREN else (None, None))


def test_a_wrong_password_opens_nothing(keyring: Keyring) -> None:
    for who in keyring.people():
        for password in ("", PASSWORD + " ", PASSWORD.upper(), CODE):
            with pytest.raises(WrongPasswordError, match="not right"):
                keyring.open(who.id, password)
    with pytest.raises(WrongPasswordError):
        keyring.open(uuid4(), PASSWORD)


def test_accents_may_be_typed_as_one_sign_or_two(keyring: Keyring) -> None:
    keyring.add(somebody := Operator(uuid4(), "Zoë", Role.RECEPTION), "Caf\u00e9 corner", KEYS, CHEAP)
    assert keyring.open(somebody.id, "Cafe\u0301 corner").desk == KEYS.desk


@given(cuts=st.lists(st.integers(0, 32), max_size=8), gap=st.sampled_from([" ", "-", "  ", "\t", " – ", "\n"]))
def test_the_recovery_code_opens_in_any_spacing_and_case(cuts: list[int], gap: str) -> None:
    ring = Keyring.create(Path("nowhere"), seal_public=PUBLIC)
    ring.add_recovery(CODE, KEYS, CHEAP)
    typed = CODE.replace(" ", "").lower().replace("0", "o").replace("1", "l")
    for cut in sorted(cuts, reverse=True):
        typed = typed[:cut] + gap + typed[cut:]
    assert ring.recover(typed) == KEYS


def test_a_misspelt_recovery_code_is_said_to_be_that(keyring: Keyring) -> None:
    wrong = CODE[:-1] + ("2" if CODE[-1] != "2" else "3")
    with pytest.raises(WrongPasswordError, match="A character of the recovery code is wrong"):
        keyring.recover(wrong)
    with pytest.raises(WrongPasswordError, match="not right"):
        keyring.recover(new_recovery_code())


def test_a_role_changed_in_the_file_opens_nothing(keyring: Keyring, tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    content = json.loads(path.read_bytes())
    slot = next(slot for slot in content["slots"] if slot["role"] == "reception")
    slot["role"] = "dsl"
    path.write_text(json.dumps(content), encoding="utf-8")
    promoted = next(who for who in Keyring.load(path).people() if who.name == "One reception")
    with pytest.raises(WrongPasswordError):
        Keyring.load(path).open(promoted.id, PASSWORD)


def test_keys_of_another_slot_do_not_open_in_ones_own(keyring: Keyring, tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    content = json.loads(path.read_bytes())
    mine = next(slot for slot in content["slots"] if slot["role"] == "reception")
    theirs = next(slot for slot in content["slots"] if slot["role"] == "dsl")
    mine["keys"] |= {"dsl": theirs["keys"]["dsl"], "seal": theirs["keys"]["seal"]}
    path.write_text(json.dumps(content), encoding="utf-8")
    me = next(who for who in Keyring.load(path).people() if who.role is Role.RECEPTION)
    with pytest.raises(WrongPasswordError):
        Keyring.load(path).open(me.id, PASSWORD)


def test_passwords_and_names_that_will_not_do(keyring: Keyring) -> None:
    with pytest.raises(RegisterError, match="at least 8"):
        keyring.add(Operator(uuid4(), "New", Role.OFFICE), "short", KEYS, CHEAP)
    with pytest.raises(RegisterError, match="on the list already"):
        keyring.add(Operator(uuid4(), "one HEAD", Role.OFFICE), PASSWORD, KEYS, CHEAP)
    with pytest.raises(RegisterError, match="Only the DSL or the head"):
        keyring.add(Operator(uuid4(), "New", Role.DSL), PASSWORD, Keys(KEYS.desk, None, None), CHEAP)


def test_the_file_holds_no_password_and_no_key(keyring: Keyring, tmp_path: Path) -> None:
    raw = (tmp_path / "keyring.json").read_bytes()
    for secret in (KEYS.desk, KEYS.dsl, PRIVATE):
        assert secret is not None
        assert base64.b64encode(secret) not in raw
    assert PASSWORD.encode() not in raw
    assert CODE.replace(" ", "").encode() not in raw


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"version": 1}', '{"version": "x", "slots": []}', "null"])
def test_a_keyring_that_cannot_be_read_says_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keyring.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RegisterDamagedError, match="Restore the last backup"):
        Keyring.load(path)
    path.unlink()
    with pytest.raises(RegisterDamagedError):
        Keyring.load(path)


def test_a_newer_keyring_is_refused_with_both_numbers(keyring: Keyring, tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    content = json.loads(path.read_bytes()) | {"version": 7}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(NewerRegisterError, match=r"have 7; this program knows 2"):
        Keyring.load(path)


def test_a_keyring_of_the_first_version_opens_and_is_brought_up_to_date_person_by_person(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    shutil.copyfile(Path(__file__).with_name("keyring_v1.json"), path)
    ring = Keyring.load(path)
    dsl, reception = ring.people()
    keys = ring.open(dsl.id, PASSWORD)
    assert (keys.desk, keys.dsl, keys.seal) == (b"d" * 32, b"c" * 32, b"s" * 32)
    assert ring.open(reception.id, PASSWORD) == Keys(b"d" * 32, None, None)
    body = "7" * 25
    assert ring.recover(body + codes.check_character(body)) == keys
    assert ring.not_made_here(keys) == ["Nadia Shah", "Joan Mensah", "the recovery code"]
    assert ring.of_older_program() == {dsl.id, reception.id}
    with pytest.raises(RegisterError, match="Nadia Shah, Joan Mensah, the recovery code must be given a new password"):
        ring.begin_change(KEYS, PUBLIC, keys)
    for change in (
        lambda: ring.change_password(reception.id, PASSWORD, "another password", CHEAP),
        lambda: ring.set_pin(reception.id, PASSWORD, "582014"),
        lambda: ring.set_pin(dsl.id, PASSWORD, "582014"),
    ):
        with pytest.raises(RegisterError, match="An older program made this sign-in"):
            change()
    with pytest.raises(WrongPasswordError):
        ring.change_password(dsl.id, "not " + PASSWORD, "another password", CHEAP)

    ring.change_password(dsl.id, PASSWORD, "another password", CHEAP)
    ring.give_anew(reception, PASSWORD, keys, CHEAP)
    ring.add_recovery(CODE, keys, CHEAP)
    ring.save()
    again = Keyring.load(path)
    assert again.not_made_here(keys) == []
    assert again.of_older_program() == set()
    assert again.open(dsl.id, "another password") == again.recover(CODE) == keys
    assert again.set_pin(reception.id, PASSWORD, "582014") is not None
    again.begin_change(KEYS, PUBLIC, keys)
    assert again.open(reception.id, PASSWORD).next == Keys(KEYS.desk, None, None)


def test_a_box_opens_for_its_key_and_its_booking_only() -> None:
    about, other = uuid4().bytes, uuid4().bytes
    box = seal.close_box(PUBLIC, b"child 17", about)
    assert seal.open_box(PRIVATE, box, about) == b"child 17"
    assert b"child 17" not in box
    assert seal.close_box(PUBLIC, b"child 17", about) != box
    for private, spoilt, subject in (
        (seal.new_pair()[0], box, about),
        (PRIVATE, box, other),
        (PRIVATE, box[:-1], about),
        (PRIVATE, bytes(32) + box[32:], about),
        (PRIVATE, b"", about),
        *((PRIVATE, box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :], about) for at in (0, 31, 32, 44, len(box) - 1)),
    ):
        with pytest.raises(RegisterDamagedError, match="cannot be opened"):
            seal.open_box(private, spoilt, subject)


def test_reception_reaches_neither_the_dsls_file_nor_a_sealed_box(tmp_path: Path, clock: Clock) -> None:
    world = create_register(tmp_path / "register", clock)
    booking = create_booking(world, create_worker(world))
    secret = ReasonRecorded(purpose="CP plan visit", child_reference="child 17")
    with world.register.write() as session:
        sealed.seal_reason(session, booking, secret, world.register.keyring.seal_public, by=world.dsl, at=NOW)
    world.register.close()

    keyring = Keyring.load(world.register.folder / "keyring.json")
    keys = keyring.open(world.reception.id, PASSWORD)
    with_reception = Register.open(world.register.folder, world.reception, PASSWORD)
    with pytest.raises(NotAllowedError, match="Only the DSL or the head"):
        with_reception.dsl_file()
    assert with_reception.seal_private is None
    with with_reception.read() as session:
        ((_, _, box),) = sealed.boxes(session)
    with_reception.close()

    slot = next(slot for slot in keyring._content["slots"] if slot["id"] == str(world.reception.id))
    wrapped = (slot["salt"], slot["public"], slot["private"], slot["signed"], *slot["keys"].values())
    reachable = [keys.desk, keyring.seal_public, *(base64.b64decode(text)[:32] for text in wrapped)]
    for key in reachable:
        connection = sqlcipher3.connect(str(world.register.folder / "dsl.db"))
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.ljust(32, bytes(1)).hex()}'\"")
        with pytest.raises(sqlcipher3.DatabaseError, match="not a database"):
            connection.execute("SELECT count(*) FROM sqlite_master")
        connection.close()
        with pytest.raises(RegisterDamagedError):
            seal.open_box(key.ljust(32, bytes(1)), box, booking.bytes)
    assert b"child 17" not in (world.register.folder / "desk.db").read_bytes()
