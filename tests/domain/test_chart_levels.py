"""A chart by levels: posts above are offered, the same service first, and nobody's manager is set."""

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_levels import offer


def post(key: str, level: str, directorate: str = "", service: str = "", gone: str = "") -> ChartPerson:
    """A vacant post at a level; its key is its title."""
    return ChartPerson(key, key, "", "", key, level=level, directorate=directorate, service=service, gone=gone)


def offered(*posts: ChartPerson) -> dict[str, tuple[str, ...]]:
    """Who is offered to each post."""
    people, _ = offer(posts)
    assert all(person.manager is None for person in people)
    return {person.key: person.candidates for person in people}


def test_the_same_service_comes_first_then_the_directorate_then_the_top() -> None:
    found = offered(
        post("Chief Executive", "Level 1"),
        post("Director of Children", "2", "Children"),
        post("Director of Place", "2", "Place"),
        post("Lead Safeguarding", "Tier 3", "Children", "Safeguarding"),
        post("Lead Fostering", "3", "Children", "Fostering"),
        post("Lead Parks", "3", "Place", "Parks"),
        post("Reviewing", "4", "Children", "Safeguarding"),
        post("Recruitment to Fostering", "4", "Children", "Homes"),
        post("Somebody", "no level", "Children"),
    )
    assert found["Chief Executive"] == ()
    assert found["Director of Children"] == ("Chief Executive",)
    assert found["Lead Parks"] == ("Director of Place", "Chief Executive")
    assert found["Reviewing"][:3] == ("Lead Safeguarding", "Lead Fostering", "Director of Children")
    assert found["Recruitment to Fostering"][0] == "Lead Fostering"
    assert found["Somebody"] == ()


def test_without_levels_nobody_is_offered_and_that_is_said() -> None:
    people, said = offer([post("a", ""), post("b", "")])
    assert [person.candidates for person in people] == [(), ()]
    assert "nobody's manager is known" in said
    assert "levels and services" in offer([post("a", "1"), post("b", "2")])[1]


def test_a_row_that_is_gone_is_not_offered() -> None:
    assert offered(post("a", "1", gone="hidden row"), post("b", "2"), post("c", "3"))["c"] == ("b",)
