"""Who stands on the fire list, in which order, and what never stands there."""

from dataclasses import fields
from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories import World, create_visit, create_worker
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.events import FireListPrinted
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import Visit
from visitor_register.persistence import journal, verify
from visitor_register.services import arrivals, drafts, fire_list
from visitor_register.services.fire_list import FireList, FireRow, Kind


def arrive(world: World, name: str, *, where: str = "Library", **said: object) -> Visit:
    """Somebody nobody knew before, signed in now."""
    with world.register.write() as session:
        visitor = NewVisitor(PersonKind.OTHER, name, organisation="Elm Plumbing")
        arrival = Arrival(visitor=visitor, verdict=Verdict.OTHER_VISITOR, place=where, here_to_see="Mr Bello", **said)  # type: ignore[arg-type]
        return arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())


def read(world: World) -> FireList:
    with world.register.read() as session:
        return fire_list.read(session, at=world.clock())


def leave(world: World, visit: UUID) -> None:
    with world.register.write() as session:
        arrivals.sign_out(session, visit, by=world.reception, at=world.clock())


def names(rows: tuple[FireRow, ...]) -> list[str]:
    return [row.name for row in rows]


def test_somebody_signed_in_is_on_it_with_where_and_since(world: World) -> None:
    visit = create_visit(world, create_worker(world))
    found = read(world)
    (row,) = found.people
    assert (row.id, row.name, row.organisation) == (visit.id, "Leila Haddad", "CIN Team 3")
    assert (row.where, row.here_to_see, row.since) == ("Meeting room 2", "Mrs Shah", world.clock())
    assert found.heading == "Visitors signed in here: 1. Not staff, pupils or anyone signed in elsewhere."
    assert (found.school, found.made_at, found.drill) == ("Elmbrook Primary School", world.clock(), False)


def test_a_register_without_visitors_has_an_empty_list(world: World) -> None:
    found = read(world)
    assert (found.people, found.asked_too, found.count) == ((), (), 0)


def test_surname_order_files_names_as_a_british_index_does(world: World) -> None:
    wanted = [
        "Layla al-Hassan", "Ștefan Ionescu", "Łukasz Kowalski", "Sam Lee", "Sam Lee", "Madonna", "Sean O'Brien",
        "Ada van der Berg", "ધ્રુવ પટેલ", "தமிழ்ச்செல்வி",
    ]  # fmt: skip
    for name in reversed(wanted):
        arrive(world, name)
    assert names(read(world).people) == wanted


def test_one_line_may_stand_for_several_heads(world: World) -> None:
    arrive(world, "Pat Field", how_many=3)
    arrive(world, "Kim Moss")
    assert read(world).heading.startswith("Visitors signed in here: 4.")


def test_who_left_is_asked_about_for_a_quarter_of_an_hour(world: World) -> None:
    visit = arrive(world, "Pat Field")
    world.clock.move(minutes=20)
    leave(world, visit.id)
    world.clock.move(minutes=15)
    found = read(world)
    assert (names(found.people), names(found.just_left)) == ([], ["Pat Field"])
    assert found.just_left[0].gone_at == world.clock() - timedelta(minutes=15)
    world.clock.move(minutes=1)
    assert read(world).just_left == ()


def test_an_arrival_taken_back_is_asked_about_for_a_quarter_of_an_hour_from_then(world: World) -> None:
    visit = arrive(world, "Pat Field")
    world.clock.move(hours=1)
    with world.register.write() as session:
        arrivals.not_this_person(session, visit.id, "somebody else", by=world.reception, at=world.clock())
    world.clock.move(minutes=14)
    assert names(read(world).undone) == ["Pat Field"]
    world.clock.move(minutes=2)
    assert read(world).undone == ()


def test_an_arrival_being_taken_is_listed_by_its_name_or_code(world: World) -> None:
    with world.register.write() as session:
        drafts.keep(session, Arrival(place="Hall", needs_assistance=True), "H194359", at=world.clock())
    (row,) = read(world).being_taken
    assert (row.name, row.where, row.needs_assistance) == ("H194359", "Hall", True)
    assert read(world).count == 0


def test_no_sign_out_recorded_is_listed_apart(world: World) -> None:
    arrive(world, "Pat Field")
    world.clock.move(days=1)
    found = read(world)
    assert (names(found.people), names(found.no_sign_out), found.count) == ([], ["Pat Field"], 0)
    assert [title for title, _ in found.asked_too] == ["No sign-out recorded on an earlier day"]


def test_lockdown_shows_the_same_people_by_place_and_first_those_nobody_can_place(world: World) -> None:
    arrive(world, "Pat Field", where="Library")
    arrive(world, "Kim Moss", where="library ")
    arrive(world, "Ann Ash", where="")
    arrive(world, "Zoe Dale", where="Hall")
    with world.register.read() as session:
        found = fire_list.read(session, at=world.clock(), kind=Kind.LOCKDOWN, drill=True)
    placed = [(place, names(rows)) for place, rows in found.by_place]
    assert placed == [
        ("Where is not known", ["Ann Ash"]),
        ("Hall", ["Zoe Dale"]),
        ("Library", ["Pat Field", "Kim Moss"]),
    ]
    assert (found.kind.title, found.drill) == ("Lockdown list", True)


def test_a_row_has_no_room_for_a_child_a_purpose_or_a_note(world: World) -> None:
    arrive(world, "Pat Field", note="CANARY-CHILD", basis_note="CANARY-WHY", car_registration="CANARY-CAR")
    assert "CANARY" not in repr(read(world))
    assert {field.name for field in fields(FireRow)} == {
        "id", "name", "sort_key", "since", "organisation", "where", "here_to_see", "needs_assistance", "how_many",
        "gone_at",
    }  # fmt: skip


@pytest.mark.parametrize(("locked", "drill"), [(True, False), (False, True)])
def test_a_print_is_written_down(world: World, locked: bool, drill: bool) -> None:
    with world.register.write() as session:
        fire_list.record_printed(session, locked=locked, drill=drill, count=7, by=world.reception, at=world.clock())
    with world.register.read() as session:
        (entry,) = journal.entries_of(session, fire_list.SUBJECT)
        assert entry.event == FireListPrinted(locked, drill, 7)
        assert verify.verify(session).sound
