"""A chart is silent about what it has no column for: comparing it takes nothing away, and real changes still show."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.domain.test_chart_diff import person, team
from visitor_register.domain import chart_silence
from visitor_register.domain.chart import ChartPerson, ChartReading, Phone
from visitor_register.domain.chart_compared import compare_charts

People = tuple[ChartPerson, ...]
NOBODY = frozenset[tuple[str, str]]()


def titled(number: int, name: str, title: str, to: str, unit: str) -> ChartPerson:
    """A person with a service and a directorate too."""
    return replace(person(number, name, title, to, unit), service="Children in Need", directorate="People")


WHOLE = team(
    titled(1, "Ada Hill", "Head of Service", "", "Children in Need"),
    titled(2, "Bob Jones", "Team Manager", "P1", "CIN 1"),
    titled(3, "Cy Young", "Social Worker", "P2", "CIN 1"),
    titled(4, "Di Fox", "Social Worker", "P2", "CIN 1"),
    replace(titled(5, "", "Social Worker", "P2", "CIN 1"), phones=(), email="", staff_number="", name="", vacant=True),
    titled(6, "Ed Poe", "Team Manager", "P1", "CIN 2"),
    titled(7, "Fi Roe", "Social Worker", "P6", "CIN 2"),
)
BARE = dict.fromkeys(("post_ref", "staff_number", "email", "known_as", "unit", "service", "directorate"), "")


def chart(people: People, *, drawn: bool = False) -> ChartReading:
    """A reading of these people; drawn, each in a box."""
    boxed = tuple(replace(row, box=row.box or row.key) for row in people) if drawn else people
    return ChartReading("pptx" if drawn else "csv", None, "", (), boxed)


def without(people: People, *names: str) -> People:
    """The chart in a format that has no such columns."""
    silent = {name: () if name in ("phones", "mobiles") else "" for name in names}
    return tuple(replace(row, **silent) for row in people)  # type: ignore[arg-type]


def names_only(people: People) -> People:
    """Names, titles and lines, as a drawing has them."""
    return without(people, *BARE, "phones", "mobiles")


def kinds(old: ChartReading, new: ChartReading) -> dict[str, int]:
    """How many changes of each kind."""
    return {name: len(items) for name, items in compare_charts(old, new).changes.as_dict().items() if items}


@pytest.mark.parametrize(
    "less",
    [
        names_only,
        lambda people: without(people, "unit", "service"),
        lambda people: without(people, "post_ref"),
        lambda people: without(people, "staff_number", "email", "phones"),
        lambda people: tuple(replace(row, manager=None) for row in people),
        lambda people: tuple(row for row in without(people, "post_ref") if row.living),
        lambda people: tuple(reversed(names_only(people))),
    ],
)
def test_a_chart_that_says_less_is_no_difference_either_way(less: Callable[[People], People]) -> None:
    for drawn in (False, True):
        assert kinds(chart(WHOLE), chart(less(WHOLE), drawn=drawn)) == {}
        assert kinds(chart(less(WHOLE), drawn=drawn), chart(WHOLE)) == {}
        assert kinds(chart(less(WHOLE), drawn=drawn), chart(names_only(WHOLE))) == {}


def test_what_a_silent_chart_does_say_is_still_a_change() -> None:
    said = {row.key: row for row in names_only(WHOLE)}
    retitled = {**said, "k3": replace(said["k3"], job_title="Senior Practitioner")}
    assert kinds(chart(WHOLE), chart(tuple(retitled.values()))) == {"retitled": 1}
    moved = {**said, "k3": replace(said["k3"], manager="k6")}
    assert kinds(chart(WHOLE), chart(tuple(moved.values()))) == {"manager_changed_edge": 1}
    filled = {**said, "k5": replace(said["k5"], name="Gi Moe", vacant=False)}
    assert kinds(chart(WHOLE), chart(tuple(filled.values()))) == {"joined": 1, "post_filled": 1}
    del said["k3"]
    assert kinds(chart(WHOLE), chart(tuple(said.values()))) == {"left": 1, "post_removed": 1}


def test_a_blank_is_a_change_in_a_list_and_none_in_a_drawing() -> None:
    blank = tuple(replace(row, phones=()) if row.key == "k3" else row for row in WHOLE)
    assert kinds(chart(WHOLE), chart(blank)) == {"contact_changed": 1}
    assert kinds(chart(WHOLE), chart(blank, drawn=True)) == {}


def test_a_line_that_nobody_knows_is_no_change() -> None:
    unplaced = tuple(replace(row, box=row.key, manager=None if row.key == "k7" else row.manager) for row in WHOLE)
    assert kinds(chart(WHOLE), chart(names_only(unplaced), drawn=True)) == {}


def test_one_person_with_two_posts_is_one_where_only_the_other_chart_can_say_so() -> None:
    both = team(*WHOLE, replace(titled(3, "Cy Young", "Duty Officer", "P6", "CIN 2"), key="k8", post_ref="P8"))
    apart = tuple(replace(row, person=row.key) for row in names_only(both))
    assert kinds(chart(both), chart(apart)) == kinds(chart(apart), chart(both)) == {}
    # Two people of one name stay two.
    twin = replace(titled(8, "Cy Young", "Duty Officer", "P6", "CIN 2"), email="cy.young2@x.example")
    twins = team(*WHOLE, twin)
    assert kinds(chart(twins), chart(names_only(twins))) == {}


def test_who_shares_a_post_is_said_by_the_box_they_share() -> None:
    sharing = replace(titled(9, "Zoe Ash", "Team Manager", "P1", "CIN 1"), post_ref="P2", key="k9")
    shared = names_only(team(*WHOLE[:2], sharing, *WHOLE[2:]))
    in_boxes = tuple(replace(row, box="b2" if row.key in ("k2", "k9") else row.key) for row in shared)
    second = tuple(replace(row, box="", manager="k9" if row.manager == "k2" else row.manager) for row in shared)
    assert kinds(chart(in_boxes, drawn=True), chart(second)) == {}


def test_only_what_a_chart_is_silent_about_is_kept_and_a_doubtful_pair_gives_nobody_a_number() -> None:
    known = (*WHOLE[:2], replace(WHOLE[2], phones=(Phone("+442079460777", "", ""),)))
    rows = without(WHOLE, "staff_number", "known_as", "unit")
    rows = tuple(replace(row, email="cy@other.example") if row.key == "k3" else row for row in rows)
    kept = {row.key: row for row in chart_silence.kept(rows, known, same=NOBODY, different=NOBODY)}
    assert (kept["k2"].staff_number, kept["k2"].unit) == ("H2", "CIN 1")
    # Another address: the same name and post, but perhaps somebody else.
    assert kept["k3"].staff_number == ""
    assert kept["k3"].phones == rows[2].phones


def test_a_chart_of_one_service_is_compared_within_it_and_says_so() -> None:
    other = [titled(20 + at, f"Oz Dun{at}", "Officer", "P20", "Other") for at in range(1, 9)]
    head = titled(20, "Lu Vane", "Head of Service", "", "Other")
    whole = team(*WHOLE, head, *other)
    for part in (WHOLE, (*WHOLE, head)):
        compared = compare_charts(chart(whole), chart(names_only(part), drawn=True))
        assert compared.changes.nothing
        assert compared.warnings[0].startswith("Only the old chart shows")
        assert compare_charts(chart(names_only(part), drawn=True), chart(whole)).changes.nothing
    assert len(compare_charts(chart(whole), chart(WHOLE), whole=True).changes.left) == 9
    # A small team that went is no part of the chart that was left out.
    assert (
        len(compare_charts(chart((*whole, *team(titled(40, "Al Ray", "Clerk", "", "Z")))), chart(whole)).changes.left)
        == 1
    )
