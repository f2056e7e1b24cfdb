"""Who may use the program: let in, changed and taken off, with the disk failing in between; nothing half done stays."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlcipher3
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.factories import CHEAP, NOW, PASSWORD, Clock, World, create_register
from visitor_register.domain.events import AccessChanged, OperatorAdded, OperatorRemoved, OperatorRoleChanged
from visitor_register.domain.people import AccessChange, Operator, Role
from visitor_register.domain.school import REGISTER, Account
from visitor_register.errors import NotAllowedError, NotSavedError, RegisterError, WrongPasswordError
from visitor_register.persistence import journal, keyring, legible, rows
from visitor_register.persistence.keyring import Keyring, new_recovery_code
from visitor_register.persistence.register import Register
from visitor_register.services import members, people

OTHER = "four other plain words"
PIN = "582014"


class Staff:
    """The register's people, and what is done to them."""

    def __init__(self, world: World) -> None:
        self.world, self.ring = world, world.register.keyring

    def add(self, name: str = "Omar Bello", role: Role = Role.OFFICE, *, own: str = PASSWORD) -> Operator:
        added = Operator(uuid4(), name, role)
        with self.world.register.write() as session:
            people.add(
                session,
                self.ring,
                added,
                password=OTHER,
                own_password=own,
                by=self.world.dsl,
                at=NOW,
                cost=CHEAP,
            )
        return added

    def change(self, who: Operator, role: Role, password: str = OTHER, *, by: Operator | None = None) -> None:
        with self.world.register.write() as session:
            people.change_role_or_password(
                session,
                self.ring,
                who.id,
                role=role,
                password=password,
                own_password=PASSWORD,
                by=by or self.world.dsl,
                at=NOW,
                cost=CHEAP,
            )

    def remove(self, who: Operator, *, own: str = PASSWORD, by: Operator | None = None, reason: str = "left") -> None:
        with self.world.register.write() as session:
            people.remove(session, self.ring, who.id, reason=reason, own_password=own, by=by or self.world.dsl, at=NOW)

    def new_own_password(self, who: Operator, new: str = OTHER, *, old: str = PASSWORD) -> None:
        with self.world.register.write() as session:
            people.change_own_password(session, self.ring, old=old, new=new, by=who, at=NOW, cost=CHEAP)

    def set_pin(self, who: Operator, pin: str | None) -> bytes | None:
        with self.world.register.write() as session:
            return people.set_own_pin(session, self.ring, password=PASSWORD, pin=pin, by=who, at=NOW)

    def keep_code(self, code: str) -> None:
        with self.world.register.write() as session:
            people.keep_recovery_code(
                session, self.ring, code=code, own_password=PASSWORD, by=self.world.dsl, at=NOW, cost=CHEAP
            )

    def listed(self) -> dict[str, members.Member]:
        with self.world.register.read() as session:
            return {one.name: one for one in members.members(session, self.ring)}

    def said_of(self, subject: UUID) -> list[object]:
        with self.world.register.read() as session:
            return [entry.event for entry in journal.entries_of(session, subject)]

    def signs_in(self, who: Operator, password: str) -> bool:
        """Whether somebody gets into the register as it lies on the disk now."""
        self.world.register.close()
        try:
            self.world.register = Register.open(self.world.register.folder, who, password)
        except (WrongPasswordError, NotAllowedError):
            self.world.register = Register.open(self.world.register.folder, self.world.dsl, PASSWORD)
            return False
        finally:
            self.ring = self.world.register.keyring
        return True


@pytest.fixture
def staff(world: World) -> Staff:
    """A DSL and a receptionist."""
    return Staff(world)


@pytest.fixture
def full_disk(staff: Staff) -> Iterator[Callable[[], None]]:
    """Call it, and the next commit finds no room."""
    engine = staff.world.register.desk.engine

    def fail(_connection: object) -> None:
        event.remove(engine, "commit", fail)
        raise OperationalError("COMMIT", None, sqlcipher3.dbapi2.OperationalError("database or disk is full"))

    yield lambda: event.listen(engine, "commit", fail)
    if event.contains(engine, "commit", fail):
        event.remove(engine, "commit", fail)


def test_who_is_added_signs_in_and_is_written_down(staff: Staff) -> None:
    added = staff.add()
    assert staff.said_of(added.id) == [OperatorAdded("Omar Bello", Role.OFFICE)]
    assert staff.listed()["Omar Bello"].may_sign_in
    assert staff.signs_in(added, OTHER)


def test_who_is_removed_has_no_way_in_at_once(staff: Staff) -> None:
    added = staff.add()
    staff.remove(added)
    assert staff.said_of(added.id)[-1] == OperatorRemoved("left")
    assert "Omar Bello" not in staff.listed()
    assert not staff.signs_in(added, OTHER)


def test_an_old_copy_of_the_keyring_lets_nobody_back_in(staff: Staff) -> None:
    added = staff.add()
    path = staff.world.register.folder / "keyring.json"
    before = path.read_bytes()
    staff.remove(added)
    path.write_bytes(before)
    with pytest.raises(NotAllowedError, match="can no longer sign in"):
        Register.open(_copied(staff.world), added, OTHER)


def test_names_exchanged_in_the_keyring_hide_nobody_who_is_to_leave(staff: Staff) -> None:
    """Or the DSL would take the wrong one off the list, and the leaver would go on under the other's name."""
    leaver, path = staff.add(), staff.world.register.folder / "keyring.json"
    content = json.loads(path.read_bytes())
    names = {"Omar Bello": staff.world.reception.name, staff.world.reception.name: "Omar Bello"}
    for slot in content["slots"]:
        slot["name"] = names.get(slot["name"], slot["name"])
    path.write_text(json.dumps(content | {"check": legible.digest(content)}), encoding="utf-8")
    staff.ring = Keyring.load(path)
    listed = staff.listed()
    assert listed["Omar Bello"].id == leaver.id
    assert not listed["Omar Bello"].may_sign_in
    with pytest.raises(NotAllowedError, match="can no longer sign in"):
        Register.open(_copied(staff.world), Operator(leaver.id, staff.world.reception.name, Role.OFFICE), OTHER)


def test_another_role_needs_a_new_password_and_takes_the_pin(staff: Staff) -> None:
    staff.set_pin(staff.world.reception, PIN)
    assert staff.ring.open(staff.world.reception.id, PASSWORD).pin is not None
    staff.change(staff.world.reception, Role.DSL)
    assert staff.said_of(staff.world.reception.id)[-2:] == [
        OperatorRoleChanged(Role.DSL),
        AccessChanged(AccessChange.RESET),
    ]
    opened = staff.ring.open(staff.world.reception.id, OTHER)
    assert opened.dsl is not None
    assert opened.pin is None
    promoted = Operator(staff.world.reception.id, staff.world.reception.name, Role.DSL)
    assert not staff.signs_in(staff.world.reception, PASSWORD)
    assert staff.signs_in(promoted, OTHER)


def test_a_new_password_alone_changes_no_role(staff: Staff) -> None:
    staff.change(staff.world.reception, Role.RECEPTION)
    assert staff.said_of(staff.world.reception.id)[-1] == AccessChanged(AccessChange.RESET)
    assert staff.signs_in(staff.world.reception, OTHER)


def test_own_password_and_pin(staff: Staff) -> None:
    me = staff.world.reception
    assert staff.set_pin(me, PIN) is not None
    staff.new_own_password(me)
    assert staff.ring.open(me.id, OTHER).pin is not None
    with pytest.raises(WrongPasswordError):
        staff.set_pin(me, None)
    with staff.world.register.write() as session:
        assert people.set_own_pin(session, staff.ring, password=OTHER, pin=None, by=me, at=NOW) is None
    what = [said.what for said in staff.said_of(me.id) if isinstance(said, AccessChanged)]
    assert what == [AccessChange.PIN, AccessChange.CHANGED, AccessChange.PIN_OFF]
    assert staff.ring.open(me.id, OTHER).pin is None


def test_the_new_recovery_code_opens_and_the_old_one_does_not(staff: Staff) -> None:
    code = new_recovery_code()
    staff.keep_code(code)
    assert staff.ring.recover(code).dsl is not None
    with pytest.raises(WrongPasswordError):
        staff.ring.recover(staff.world.recovery_code)
    assert staff.said_of(REGISTER)[-1] == AccessChanged(AccessChange.RECOVERY_CODE)


@pytest.mark.parametrize("role", [Role.DSL, Role.HEAD])
def test_the_recovery_code_gives_a_lead_a_new_password_or_adds_one(staff: Staff, role: Role) -> None:
    keys = staff.ring.recover(staff.world.recovery_code)
    somebody_new = Operator(uuid4(), "Grace Bello", role)
    for who, said in (
        (staff.world.dsl, [AccessChanged(AccessChange.RECOVERED)]),
        (somebody_new, [OperatorAdded("Grace Bello", role), AccessChanged(AccessChange.RECOVERED)]),
    ):
        with staff.world.register.write() as session:
            people.recover(session, staff.ring, keys, who, password=OTHER, at=NOW, cost=CHEAP)
        assert staff.said_of(who.id)[-len(said) :] == said
        assert staff.ring.open(who.id, OTHER) == keys
    with pytest.raises(RegisterError, match="a DSL or a head"), staff.world.register.write() as session:
        people.recover(session, staff.ring, keys, staff.world.reception, password=OTHER, at=NOW, cost=CHEAP)


def test_whoever_changes_somebodys_access_types_their_own_password_again(staff: Staff) -> None:
    with pytest.raises(WrongPasswordError):
        staff.add(own=OTHER)
    with pytest.raises(WrongPasswordError):
        staff.remove(staff.world.reception, own="")
    assert set(staff.listed()) == {"Nadia Shah", "Joan Mensah"}


def test_the_last_who_holds_all_keys_stays(staff: Staff) -> None:
    with pytest.raises(RegisterError, match="Nobody else could open"):
        staff.remove(staff.world.dsl)
    head = staff.add("Grace Bello", Role.HEAD)
    with pytest.raises(RegisterError, match="under My sign-in"):
        staff.change(staff.world.dsl, Role.OFFICE)
    staff.remove(staff.world.dsl)
    assert [one.name for one in staff.listed().values()] == ["Joan Mensah", "Grace Bello"]
    assert staff.ring.open(head.id, OTHER).dsl is not None


def test_a_lead_who_cannot_sign_in_does_not_count(staff: Staff) -> None:
    head = Operator(uuid4(), "Grace Bello", Role.HEAD)
    staff.ring.add(head, OTHER, staff.ring.open(staff.world.dsl.id, PASSWORD), CHEAP)
    with pytest.raises(RegisterError, match="Nobody else could open"):
        staff.remove(staff.world.dsl)
    assert not staff.listed()["Grace Bello"].may_sign_in


# ---- faults


def test_a_full_disk_at_the_commit_leaves_everything_as_it_was(staff: Staff, full_disk: Callable[[], None]) -> None:
    path = staff.world.register.folder / "keyring.json"
    code, me = new_recovery_code(), staff.world.reception
    for change in (
        staff.add,
        lambda: staff.change(me, Role.OFFICE),
        lambda: staff.new_own_password(me),
        lambda: staff.set_pin(me, PIN),
        lambda: staff.keep_code(code),
    ):
        before, entries = path.read_bytes(), _count(staff)
        full_disk()
        with pytest.raises(NotSavedError):
            change()
        assert path.read_bytes() == before
        assert _count(staff) == entries
        assert Keyring.load(path).is_same(staff.ring)
    assert staff.signs_in(me, PASSWORD)
    for again in (staff.add, lambda: staff.change(me, Role.OFFICE), lambda: staff.keep_code(code)):
        again()


def test_a_full_disk_at_a_removal_takes_the_way_in_and_the_removal_can_be_repeated(
    staff: Staff, full_disk: Callable[[], None]
) -> None:
    added = staff.add()
    full_disk()
    with pytest.raises(NotSavedError):
        staff.remove(added)
    assert not staff.listed()["Omar Bello"].may_sign_in
    assert not staff.signs_in(added, OTHER)
    staff.remove(added)
    assert "Omar Bello" not in staff.listed()
    assert staff.said_of(added.id)[-1] == OperatorRemoved("left")


def test_a_keyring_that_cannot_be_written_leaves_everything_as_it_was(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = staff.world.register.folder / "keyring.json"
    before, entries = path.read_bytes(), _count(staff)

    def refuse(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    me = staff.world.reception
    with monkeypatch.context() as patch:
        patch.setattr(keyring, "write_atomically", refuse)
        for change in (staff.add, lambda: staff.change(me, Role.DSL), lambda: staff.remove(me)):
            with pytest.raises(NotSavedError, match="keys could not be written"):
                change()
    assert path.read_bytes() == before
    assert _count(staff) == entries
    assert staff.listed()["Joan Mensah"].may_sign_in
    staff.remove(me)


@pytest.mark.parametrize("what", ["added", "changed", "removed"])
def test_stopped_between_keyring_and_journal_nobody_gets_in_and_it_can_be_repeated(staff: Staff, what: str) -> None:
    """The program is gone before anything can be put back: only the keyring on the disk has the change."""
    me = staff.world.reception
    draft, keys = staff.ring.draft(), staff.ring.open(staff.world.dsl.id, PASSWORD)
    somebody = {
        "added": Operator(uuid4(), "Omar Bello", Role.OFFICE),
        "changed": Operator(me.id, me.name, Role.HEAD),
        "removed": me,
    }[what]
    match what:
        case "added":
            draft.add(somebody, OTHER, keys, CHEAP)
        case "changed":
            draft.give_anew(somebody, OTHER, keys, CHEAP)
        case "removed":
            draft.remove(me.id)
    draft.save()
    assert not staff.signs_in(somebody, OTHER)
    assert not staff.signs_in(me, PASSWORD) or what == "added"
    assert not staff.listed()[somebody.name].may_sign_in
    match what:
        case "added":
            somebody = staff.add(somebody.name)
        case "changed":
            staff.change(me, Role.HEAD)
        case "removed":
            staff.remove(me)
            assert somebody.name not in staff.listed()
            return
    assert staff.listed()[somebody.name].may_sign_in
    assert staff.signs_in(somebody, OTHER)


def test_a_new_register_has_no_account_but_those_typed_and_keeps_no_hint(tmp_path: Path, clock: Clock) -> None:
    world = create_register(tmp_path / "new", clock)
    with world.register.read() as session:
        assert sorted(one.name for one in rows.select_all(session, Account)) == ["Joan Mensah", "Nadia Shah"]
    raw = (world.register.folder / "keyring.json").read_bytes()
    assert [who.name for who in world.register.keyring.people()] == ["Nadia Shah", "Joan Mensah"]
    for slot in world.register.keyring._content["slots"]:
        assert set(slot) == {
            "id",
            "name",
            "role",
            "public",
            "salt",
            "memory_kib",
            "passes",
            "private",
            "keys",
            "signed",
        }
    assert not any(word in raw for word in (b"hint", b"question", PASSWORD.encode(), b"three"))
    for guess in ("", "admin", "password", "Password1", "12345678", world.dsl.name):
        for who in world.register.keyring.people():
            with pytest.raises(WrongPasswordError):
                world.register.keyring.open(who.id, guess)
    world.register.close()


def _count(staff: Staff) -> int:
    with staff.world.register.read() as session:
        return journal.count(session)


def _copied(world: World) -> Path:
    """The register's folder, free for another program to open."""
    world.register.close()
    return world.register.folder
