"""Managers: set by exact references and unique names, offered otherwise, never guessed."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitor_register.domain.chart import ChartPerson, Reports, chain
from visitor_register.domain.matching import match_managers


def row(key: str, name: str, title: str = "Social Worker", **more: object) -> ChartPerson:
    """One row of a chart; a row without a name is a vacant post."""
    reports = Reports(
        **{field: str(more.pop(f"to_{field}", "")) for field in ("post", "staff_number", "email", "name")}
    )
    return ChartPerson(key, key, f"row {key}", name, title, vacant=not name, reports=reports, **more)  # type: ignore[arg-type]


def managers(people: Sequence[ChartPerson]) -> dict[str, str | None]:
    """Match and return each row's manager."""
    return {person.key: person.manager for person in match_managers(people)[0]}


ADA = row("ada", "Ada Hill", "Team Manager", unit="CIN 1", staff_number="H100", post_ref="P1", email="ada@x.example")


@pytest.mark.parametrize(
    "said",
    [
        {"to_post": "P1"},
        {"to_post": "p1"},
        {"to_staff_number": "H100"},
        {"to_email": "ADA@x.example"},
        {"to_name": "ada@x.example"},
        {"to_name": "HILL, Ada"},
        {"to_name": "Ms Ada Hill (TM)"},
        {"to_name": "Ada Hill, Team Manager"},
        {"to_name": " ada  hill "},
        {"to_name": "H100"},
        {"to_post": "nonsense", "to_name": "Ada Hill"},
    ],
)
def test_an_exact_reference_sets_the_manager(said: dict[str, str]) -> None:
    assert managers([ADA, row("bob", "Bob Jones", **said)])["bob"] == "ada"


@pytest.mark.parametrize(
    "written",
    [
        "A. Hill",
        "Hill",
        "Ada",
        "Adda Hill",
        "Team Manager",
        "Ada Hill / Bob Roe",
        "ada@other.example",
        "Hill Ada",
        "Ad? Hill",
    ],
)
def test_anything_less_is_only_offered(written: str) -> None:
    people, _ = match_managers([ADA, row("bob", "Bob Jones", to_name=written, unit="CIN 1")])
    assert people[1].manager is None
    assert people[1].candidates[:1] == ("ada",)


def test_a_nickname_is_offered_and_not_set() -> None:
    kate = row("kate", "Katherine Hill", known_as="Kate")
    people, _ = match_managers([kate, row("x", "Katherine Hillary"), row("bob", "Bob Jones", to_name="Kate Hill")])
    assert (people[2].manager, people[2].candidates[0]) == (None, "kate")


def test_a_name_that_two_people_have_is_asked_with_the_likelier_first() -> None:
    other = row("other", "Ada Hill", "Family Support Worker", unit="CIN 9")
    people, problems = match_managers([other, ADA, row("bob", "Bob Jones", unit="CIN 1", to_name="Ada Hill")])
    assert (people[2].manager, people[2].candidates) == (None, ("ada", "other"))
    assert any("Ada Hill" in problem.text for problem in problems)


def test_one_person_with_two_posts_is_one_person() -> None:
    second = row("ada2", "Ada Hill", "Practice Lead", unit="CIN 2", staff_number="100", email="ada@x.example")
    assert managers([ADA, second, row("bob", "Bob Jones", unit="CIN 2", to_name="Ada Hill")])["bob"] == "ada2"


def test_a_struck_out_manager_is_not_set() -> None:
    gone = row("gone", "Gil Moe", "Team Manager", gone="struck through")
    assert managers([gone, row("bob", "Bob Jones", to_name="Gil Moe")])["bob"] is None


def test_zeros_lost_in_one_column_do_not_matter_but_two_posts_with_one_number_do() -> None:
    top = row("top", "Ada Hill", "Director", post_ref="00009000")
    assert managers([top, row("bob", "Bob Jones", to_post="9000")])["bob"] == "top"
    twice = row("two", "Cy Roe", "Permanent Secretary", post_ref="00009000")
    people, problems = match_managers([top, twice, row("bob", "Bob Jones", to_post="9000")])
    assert (people[2].manager, set(people[2].candidates)) == (None, {"top", "two"})
    assert any("different posts" in problem.text for problem in problems)


def test_a_vacant_post_keeps_its_line() -> None:
    post = row("post", "", "Team Manager", post_ref="P2", to_post="P1")
    people, _ = match_managers([ADA, post, row("bob", "Bob Jones", to_post="P2")])
    assert [person.key for person in chain(people, "bob")] == ["post", "ada"]


def test_a_shared_address_is_nobodys() -> None:
    team = [row(f"t{at}", f"Team Member{at}", email="team@x.example") for at in range(3)]
    assert managers([*team, row("bob", "Bob Jones", to_email="team@x.example")])["bob"] is None


def test_two_references_that_disagree_are_reported() -> None:
    people, problems = match_managers(
        [ADA, row("cy", "Cy Roe"), row("bob", "Bob Jones", to_post="P1", to_name="Cy Roe")]
    )
    assert people[2].manager == "ada"
    assert any("different managers" in problem.text for problem in problems)


def test_rings_and_self_are_opened_and_reported() -> None:
    ring = [row(str(at), f"Person N{at}", to_name=f"Person N{(at + 1) % 50}") for at in range(50)]
    people, problems = match_managers([*ring, row("own", "Own Boss", to_name="Own Boss")])
    assert all(person.manager is None for person in people)
    assert people[0].candidates[0] == "1"
    assert next(problem.text for problem in problems if "ring" in problem.text).startswith("50 rows")
    assert len(problems) == 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=15))
def test_any_graph_ends_without_a_ring(above: list[int]) -> None:
    people = [
        row(str(at), f"Person N{at}", staff_number=f"H{at}", to_staff_number=f"H{to}") for at, to in enumerate(above)
    ]
    matched, _ = match_managers(people)
    for person in matched:
        assert person.key not in {step.key for step in chain(matched, person.key)}
        assert person.manager in (None, str(above[int(person.key)]))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
def test_any_text_ends(texts: list[str]) -> None:
    matched, _ = match_managers([row(str(at), text, text, to_name=text, to_post=text) for at, text in enumerate(texts)])
    assert all(person.manager is None or matched[int(person.manager)] for person in matched)
