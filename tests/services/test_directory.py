"""Finding people: every sort of name, in index order, and every sort of code."""

from uuid import uuid4

import pytest

from tests.factories import NOW, World, create_visit, create_worker
from visitor_register.domain.events import PersonListed, PersonRecorded
from visitor_register.domain.people import PersonKind
from visitor_register.services import directory

LONG = "Wolfeschlegelsteinhausenbergerdorff " * 2 + "Anneliese"
NAMES = (
    "Madonna",
    "S. Ramanathan",
    "Ada van der Berg",
    "Omar al-Hassan",
    "Seán O'Brien",
    "Łukasz Żółty",
    "Ștefan Popa",
    "અમિત પટેલ",
    "ஸ்ரீனிவாச ராமானுஜன்",
    LONG[:80],
    "Ann Smith",
    "Ann Smith",
    "Zephyr Adams",
    "Jörg Özil",
)
IN_ORDER = [
    "Zephyr Adams",
    "Omar al-Hassan",
    "Madonna",
    "Seán O'Brien",
    "Jörg Özil",
    "Ștefan Popa",
    "S. Ramanathan",
    "Ann Smith",
    "Ann Smith",
    "Ada van der Berg",
    "Łukasz Żółty",
]


@pytest.fixture
def full(world: World) -> World:
    """A register with a person of each name, all listed on one chart."""
    chart = uuid4()
    world.write(*((uuid4(), PersonListed(chart, name, staff_number=f"N{n}")) for n, name in enumerate(NAMES)))
    return world


def _found(world: World, text: str, limit: int = 20) -> list[str]:
    with world.register.read() as session:
        return [person.name for person in directory.search(session, text, limit=limit)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("madonna", "Madonna"),
        ("ramana", "S. Ramanathan"),
        ("s ramanathan", "S. Ramanathan"),
        ("berg", "Ada van der Berg"),
        ("van der", "Ada van der Berg"),
        ("vanderberg", "Ada van der Berg"),
        ("hassan", "Omar al-Hassan"),
        ("al hassan", "Omar al-Hassan"),
        ("al-hassan omar", "Omar al-Hassan"),
        ("obrien", "Seán O'Brien"),
        ("O’Brien", "Seán O'Brien"),
        ("o brien", "Seán O'Brien"),
        ("sean", "Seán O'Brien"),
        ("lukasz", "Łukasz Żółty"),
        ("zolty", "Łukasz Żółty"),
        ("stefan", "Ștefan Popa"),
        ("Ştefan", "Ștefan Popa"),
        ("પટેલ", "અમિત પટેલ"),
        ("અમિ", "અમિત પટેલ"),
        ("ராமா", "ஸ்ரீனிவாச ராமானுஜன்"),
        ("wolfeschlegel", LONG[:80].strip()),
        ("ozil", "Jörg Özil"),
        ("ÖZIL", "Jörg Özil"),
    ],
)
def test_every_sort_of_name_is_found(full: World, typed: str, name: str) -> None:
    found = _found(full, typed)
    assert found[0].strip() == name
    assert len(found) == (2 if typed == "berg" else 1)


def test_two_people_of_one_name_are_both_shown(full: World) -> None:
    assert _found(full, "ann smith") == ["Ann Smith", "Ann Smith"]


def test_people_stand_in_the_order_of_an_index(full: World) -> None:
    with full.register.read() as session:
        everybody = [who.name for who, _ in directory.everybody(session)]
    latin = [name for name in everybody if name in IN_ORDER]
    assert latin == IN_ORDER
    assert set(everybody[-2:]) == {"અમિત પટેલ", "ஸ்ரீனிவாச ராமானுஜன்"}


def test_beginnings_come_before_what_stands_inside(world: World) -> None:
    for name in ("Joanna Berg", "Anna Zulu", "Dianna Able"):
        world.write((uuid4(), PersonRecorded(PersonKind.OTHER, name)))
    assert _found(world, "anna") == ["Anna Zulu", "Dianna Able", "Joanna Berg"]
    assert _found(world, "anna", limit=2) == ["Anna Zulu", "Dianna Able"]


def test_a_nickname_finds_its_holder(world: World) -> None:
    create_worker(world, "Elizabeth Stone", known_as="Betty")
    assert _found(world, "betty st") == ["Elizabeth Stone"]


@pytest.mark.parametrize("typed", ["", " ", "a", "-", "'", "%", "__", "nobody at all"])
def test_one_letter_and_signs_find_nobody(full: World, typed: str) -> None:
    assert _found(full, typed) == []


def test_a_percent_sign_is_no_joker(full: World) -> None:
    assert _found(full, "a%n") == []


# ---- codes


def test_a_code_is_found_exactly_first_and_forgivingly_only_when_it_is_the_only_one(world: World) -> None:
    first, second = (create_worker(world, f"Ann {n}", badge=f"H10{n}") for n in range(2))
    with world.register.write() as session:
        directory.bind_code(session, first, "abC-1", by=world.reception, at=NOW)
        assert directory.find_code(session, "abC-1").exact  # type: ignore[union-attr]
        assert not directory.find_code(session, "ABC-1").exact  # type: ignore[union-attr]
        directory.bind_code(session, second, "ABC-1", by=world.reception, at=NOW)
        for code, holder in (("abC-1", first), ("ABC-1", second)):
            found = directory.find_code(session, code)
            assert found is not None
            assert (found.person.id, found.exact) == (holder, True)
        assert directory.find_code(session, "aBc-1") is None


@pytest.mark.parametrize(("listed", "typed"), [("H194359", "h194359"), ("h194359", "H194359")])
def test_a_staff_number_is_found_whatever_its_case(world: World, listed: str, typed: str) -> None:
    worker = create_worker(world, badge=listed)
    with world.register.read() as session:
        found = directory.find_code(session, typed)
        assert found is not None
        assert (found.person.id, found.exact) == (worker, False)
        assert directory.find_code(session, listed).exact  # type: ignore[union-attr]


def test_a_staff_number_of_two_people_is_nobodys(world: World) -> None:
    create_worker(world, "Ann Smith", badge="H500")
    create_worker(world, "Bob Jones", badge="H500")
    with world.register.read() as session:
        assert directory.find_code(session, "H500") is None


def test_an_empty_staff_number_is_no_code(world: World) -> None:
    create_worker(world, badge="")
    with world.register.read() as session:
        assert directory.find_code(session, "") is None


def test_a_withdrawn_code_bound_to_somebody_else_is_theirs(world: World) -> None:
    first, second = (create_worker(world, f"Ann {n}", badge=f"H10{n}") for n in range(2))
    with world.register.write() as session:
        directory.bind_code(session, first, "Z77", by=world.reception, at=NOW)
        directory.withdraw_code(session, first, "Z77", "wrong person", by=world.reception, at=NOW)
        assert directory.find_code(session, "Z77").withdrawn  # type: ignore[union-attr]
        directory.bind_code(session, second, "Z77", by=world.reception, at=NOW)
        found = directory.find_code(session, "Z77")
        assert found is not None
        assert (found.person.id, found.withdrawn, found.provisional) == (second, False, True)


def test_posts_and_holders_are_read_with_vacancies(world: World) -> None:
    worker = create_worker(world)
    create_visit(world, worker)
    with world.register.read() as session:
        assert [step.post.title for step in directory.path_up(session, worker)] == [
            "Team Manager, CIN Team 3",
            "Head of Service",
        ]
        assert len(directory.holdings(session)) == 3
        assert directory.path_up(session, uuid4()) == []
        assert [chart.authority for chart in directory.current_charts(session)] == ["London Borough of Harrow"]
