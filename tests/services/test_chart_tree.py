"""The structure as a tree: everybody is in it once, whatever the reporting lines say."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AUTHORITY, World, create_chart, create_team, create_worker
from visitor_register.domain.chart_structure import GROUP, ChartTree, Holder, Seat, arrange
from visitor_register.domain.events import ChartUndone, PersonListed, PostListed
from visitor_register.services import chart_tree
from visitor_register.services.chart_tree import ChartInUse, Structure


def read(world: World) -> Structure:
    with world.register.read() as session:
        return chart_tree.read(session)


def named(tree: ChartTree) -> list[str]:
    """Each seat as one sees it, indented by its depth, as a tree is read."""
    said = []
    for at in tree.read_order():
        seat = tree.seats[at]
        who = ", ".join(holder.name for holder in seat.holders) or "Vacant"
        said.append("  " * seat.depth + (seat.title if seat.group else who) + f" {seat.people}")
    return said


def post(world: World, title: str, *holders: UUID, above: UUID | None = None, level: str = "") -> UUID:
    key = uuid4()
    listed = PostListed(
        world.chart, AUTHORITY, "", title, team="T", service="S", level=level, reports_to=above, holders=holders
    )
    world.write((key, listed))
    return key


def somebody(world: World, name: str, contract: str = "") -> UUID:
    key = uuid4()
    world.write((key, PersonListed(world.chart, name, organisation=AUTHORITY, job_title="Worker", contract=contract)))
    return key


def test_no_chart_is_an_empty_tree(world: World) -> None:
    assert read(world) == Structure(ChartTree(), ())


def test_people_stand_under_their_managers_in_the_order_of_an_index(world: World) -> None:
    for name, badge in (("Zoe Adams", "H1"), ("Ada Young", "H2")):
        create_worker(world, name, badge=badge)
    create_team(world, "CIN Team 10", "Ruth Okafor")
    create_team(world, "CIN Team 2", "")
    structure = read(world)
    assert named(structure.tree) == [
        "Ines Whitcombe 4",
        "  Marcus Adeyemi 2",
        "    Zoe Adams 0",
        "    Ada Young 0",
        "  Ruth Okafor 0",
        "  Vacant 0",
    ]
    assert structure.tree.levels == 3
    assert [seat.head for seat in structure.tree.seats].count(True) == 1
    assert structure.charts == (ChartInUse(AUTHORITY, 1, structure.charts[0].day, "0" * 64),)
    lowest = next(at for at, seat in enumerate(structure.tree.seats) if seat.holders[:1] and seat.depth == 2)
    assert [structure.tree.seats[at].title for at in structure.tree.chain(lowest)] == [
        "Team Manager, CIN Team 3",
        "Head of Service",
    ]
    assert len(structure.tree.branch(0)) == len(structure.tree.seats)


def test_a_job_share_is_one_seat_and_an_agency_worker_is_known_as_one(world: World) -> None:
    create_chart(world)
    one, other = somebody(world, "Priya Cole"), somebody(world, "Adam Reid", "Agency (Reed)")
    post(world, "Team Manager", one, other, above=world.head_of_service)
    tree = read(world).tree
    assert named(tree) == ["Ines Whitcombe 2", "  Priya Cole, Adam Reid 0"]
    assert [holder.agency for holder in tree.seats[1].holders] == [False, True]


def test_whoever_has_no_known_manager_is_in_a_group_of_their_own(world: World) -> None:
    create_worker(world)
    lead = post(world, "Team Manager, Lost", somebody(world, "Ola Lost"))
    post(world, "Worker", somebody(world, "Una Under"), above=lead)
    post(world, "Worker", above=uuid4())
    somebody(world, "No Post")
    assert named(read(world).tree) == [
        "Ines Whitcombe 2",
        "  Marcus Adeyemi 1",
        "    Leila Haddad 0",
        "Manager not known 3",
        "  Ola Lost 1",
        "    Una Under 0",
        "  No Post 0",
        "  Vacant 0",
    ]
    group = next(seat for seat in read(world).tree.seats if seat.group)
    assert (group.key, group.vacant) == (GROUP, False)


def test_one_person_alone_is_the_whole_chart(world: World) -> None:
    create_chart(world)
    assert named(read(world).tree) == ["Ines Whitcombe 0"]


def test_a_director_stands_above_the_heads(world: World) -> None:
    create_chart(world)
    director = post(world, "Director", somebody(world, "Josephine Clarke"), level="1")
    post(world, "Head of Service, Early Help", somebody(world, "Simon Achebe"), above=director)
    post(world, "Assistant", somebody(world, "Ann Able"), above=director)
    assert named(read(world).tree) == [
        "Josephine Clarke 2",
        "  Simon Achebe 0",
        "  Ann Able 0",
        "Ines Whitcombe 0",
    ]


def test_an_undone_chart_keeps_its_number(world: World) -> None:
    first = create_chart(world)
    world.write((first, ChartUndone("the wrong file")))
    assert read(world).charts == ()
    world.clock.move(minutes=1)
    world.chart = uuid4()
    create_chart(world)
    assert [chart.number for chart in read(world).charts] == [2]


def seat(number: int, *, head: bool = False) -> Seat:
    name = f"Somebody {number}"
    holder = Holder(UUID(int=10_000 + number), name, name, f" {name}")
    return Seat(UUID(int=number), AUTHORITY, f"Team {number % 7}", holders=(holder,), head=head)


@given(st.lists(st.one_of(st.none(), st.integers(1, 60)), min_size=1, max_size=60), st.sets(st.integers(1, 60)))
def test_everybody_is_in_the_tree_once_whatever_the_lines_say(lines: list[int | None], heads: set[int]) -> None:
    seats = [seat(number, head=number in heads) for number in range(1, len(lines) + 1)]
    above = {UUID(int=at): UUID(int=line) for at, line in enumerate(lines, 1) if line is not None}
    tree = arrange(seats, above)
    assert Counter(one.key for one in tree.seats if not one.group) == Counter(one.key for one in seats)
    assert tree == arrange(seats[::-1], above), "the order in which seats are given says nothing"
    for at, one in enumerate(tree.seats):
        assert one.above is None or (at in tree.seats[one.above].below and one.above < at)
        assert one.people == len(tree.branch(at)) - 1
        assert len(tree.chain(at)) == one.depth
    assert sum(tree.seats[top].people + len(tree.seats[top].holders) for top in tree.tops) == len(seats)


def test_a_ring_is_shown_as_not_known_and_nobody_in_it_is_lost() -> None:
    seats = [seat(number) for number in range(1, 6)]
    ring = {UUID(int=1): UUID(int=2), UUID(int=2): UUID(int=3), UUID(int=3): UUID(int=1), UUID(int=4): UUID(int=3)}
    tree = arrange([*seats, seat(9, head=True)], ring)
    assert [one.key.int for one in tree.seats if one.depth == 0] == [9, 0]
    assert tree.seats[1].people == 5


@pytest.mark.parametrize("levels", [3_000])
def test_thousands_of_levels_end(levels: int) -> None:
    seats = [seat(number) for number in range(1, 5_001)]
    above = {UUID(int=at): UUID(int=at - 1) for at in range(2, levels + 1)}
    assert arrange(seats, above).levels in (levels, levels + 1)
