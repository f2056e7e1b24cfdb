"""The DSL's file after somebody else took over: nobody waits for its copy, nothing is lost or within reach."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.factories import PASSWORD, World
from visitor_register.domain.events import ReasonRecorded
from visitor_register.errors import NotAllowedError, RegisterError, RegisterInUseError
from visitor_register.persistence import backup, copying, journal
from visitor_register.persistence.keyring import Keys
from visitor_register.persistence.leaving import BUG, Leaving
from visitor_register.persistence.register import Register


class Hold:
    """Stops a copy in its middle until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._walk = copying._walk
        monkeypatch.setattr(copying, "_walk", self._held)

    def _held(self, *given: object) -> int:
        self.begun.set()
        while not self.go_on.wait(0.001):
            given[2]()  # type: ignore[operator]
        return self._walk(*given)  # type: ignore[arg-type]


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hold]:
    """Whatever is still held at the end goes on."""
    made = Hold(monkeypatch)
    yield made
    made.go_on.set()


@pytest.fixture
def left(world: World, hold: Hold) -> World:
    """The DSL wrote something and reception took over; the copy is in its middle."""
    register = world.register
    register.leaving = Leaving(register.folder, world.clock)
    with register.dsl_file().write() as session:
        said = ReasonRecorded("CIN visit", "urgent", "17", "x")
        journal.append(session, uuid4(), said, by=world.dsl, at=world.clock())
    register.let_in(_keys(world, world.reception.id))
    assert hold.begun.wait(10)
    return world


def _keys(world: World, who: object) -> Keys:
    return world.register.keyring.open(who, PASSWORD)  # type: ignore[arg-type]


def _newest_copy(world: World) -> int:
    """How many entries the newest backup's copy of the DSL's file has; 0 without one."""
    made = backup.make(world.register.folder, world.register.desk, None, at=world.clock())
    copied = made.manifest.files.get("dsl")
    return 0 if copied is None else copied.entries


def _halves(world: World) -> list[str]:
    place = backup.place_in(world.register.folder) / "dsl"
    return [path.name for path in place.iterdir() if path.name.startswith(".")]


def test_whoever_takes_over_has_nothing_of_the_dsls_while_it_is_copied(left: World, hold: Hold) -> None:
    register = left.register
    assert register.dsl is None
    assert register.seal_private is None
    assert register.keys is not None
    assert register.keys.dsl is None
    with pytest.raises(NotAllowedError):
        register.dsl_file()
    hold.go_on.set()
    assert register.leaving is not None
    register.leaving.wait()
    assert _newest_copy(left) > 0
    assert _halves(left) == []


def test_a_dsl_who_signs_in_meanwhile_does_not_wait_and_the_next_backup_has_everything(left: World, hold: Hold) -> None:
    register = left.register
    register.let_in(_keys(left, left.dsl.id))
    assert register.leaving is not None
    register.leaving.wait()
    assert register.leaving.trouble == ""
    hold.go_on.set()
    assert _halves(left) == []
    assert _newest_copy(left) == 0
    assert backup.is_due(register.folder, register.desk, register.dsl)


def test_the_register_stays_locked_until_the_copy_is_there(left: World, hold: Hold) -> None:
    register = left.register
    closing = threading.Thread(target=register.close)
    closing.start()
    assert closing.is_alive()
    with pytest.raises(RegisterInUseError):
        Register.open(register.folder, left.reception, PASSWORD)
    assert closing.is_alive()
    hold.go_on.set()
    closing.join()
    again = Register.open(register.folder, left.reception, PASSWORD)
    made = backup.make(again.folder, again.desk, None, at=left.clock())
    again.close()
    assert "dsl" in made.manifest.files
    assert not made.manifest.dsl_is_older


@pytest.mark.parametrize(
    ("fault", "said"), [(RegisterError("The disk is nearly full."), "The disk is nearly full."), (ValueError(), BUG)]
)
def test_a_copy_that_fails_is_said_and_the_file_is_closed(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(backup, "keep_dsl", fail)
    register = world.register
    dsl, closed = register.dsl_file(), threading.Event()
    monkeypatch.setattr(dsl, "close", closed.set)
    register.leaving = leaving = Leaving(register.folder, world.clock)
    register.let_in(_keys(world, world.reception.id))
    leaving.wait()
    assert closed.is_set()
    assert leaving.trouble == said
    monkeypatch.undo()
    dsl.close()


def test_two_copies_at_once_do_not_delete_each_other_and_who_waits_may_give_up(left: World, hold: Hold) -> None:
    register = left.register
    register.let_in(_keys(left, left.reception.id))
    second = register.desk.beside(register.folder / "dsl.db")

    def give_up() -> None:
        raise RegisterError("given up")

    with pytest.raises(RegisterError, match="given up"):
        backup.keep_dsl(register.folder, second, at=left.clock(), rest=give_up)
    second.close()
    assert len(_halves(left)) == 1, "the copy in its middle is untouched"
    hold.go_on.set()
    assert register.leaving is not None
    register.leaving.wait()
    assert register.leaving.trouble == ""
    assert _newest_copy(left) > 0
