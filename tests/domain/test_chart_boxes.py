"""How sure the line of each box is, after what was read and decided; rings and answers that cannot be."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from visitor_register.domain.chart import ChartPerson, ChartReading, Problem, Reports, unresolved
from visitor_register.domain.chart_boxes import count, placed, states
from visitor_register.domain.chart_decide import refusals, resolve_rows
from visitor_register.domain.chart_table import Box, Mark, Page
from visitor_register.domain.matching import match_managers, rings


def row(key: str, manager: str | None = None, **more: object) -> ChartPerson:
    """One box with one person."""
    said: dict[str, object] = {"box": f"box-{key}", "manager": manager, **more}
    return ChartPerson(key, key, f"row {key}", f"Person {key}", "Social Worker", **said)  # type: ignore[arg-type]


CHART = (
    row("top"),
    row("a", "top"),
    row("b", "a"),
    row("maybe", candidates=("a", "top")),
    row("loose"),
    row("struck", gone="struck through"),
)


def test_every_line_is_set_to_check_or_not_placed_and_the_top_is_none_of_them() -> None:
    found = states(CHART, {})
    assert {key: state.mark for key, state in found.items()} == {
        "box-top": Mark.LOOSE,
        "box-a": Mark.SET,
        "box-b": Mark.SET,
        "box-maybe": Mark.CHECK,
        "box-loose": Mark.LOOSE,
    }
    assert [state.id for state in found.values() if state.top] == ["box-top"]
    assert count(found.values()) == {Mark.SET: 2, Mark.CHECK: 1, Mark.LOOSE: 1}
    assert [state.id for state in found.values() if state.asked] == ["box-maybe", "box-loose"]


def test_what_somebody_said_is_not_asked_again() -> None:
    said = tuple(replace(one, left_open=True) if one.key == "maybe" else one for one in CHART)
    found = states(said, {"maybe": None, "a": "top"})
    assert (found["box-maybe"].mark, found["box-maybe"].asked) == (Mark.LOOSE, False)
    assert found["box-a"].by_hand


def test_people_who_share_a_box_are_one_line() -> None:
    pair = (row("x", "a", box="shared"), row("y", "a", box="shared"))
    found = states((*CHART, *pair), {})
    assert found["shared"].rows == ("x", "y")
    assert count(found.values())[Mark.SET] == 3


def test_rows_of_a_drawing_say_their_page() -> None:
    page = Page("slide 2: Fostering", 100, 100, (Box("box-a", 0, 0, 1, 1, ()),))
    reading = ChartReading("pptx", None, "", (), CHART, (Problem("row a", "Look."),), pages=(page,))
    found = placed(reading)
    assert [one.where for one in found.people][:2] == ["row top", "slide 2"]
    assert found.problems[0].where == "slide 2"
    assert placed(replace(reading, pages=())).people is reading.people


def test_rows_that_name_nobody_are_listed_by_their_box_or_their_place() -> None:
    flat = (
        row("a", box="", unit="A"),
        row("b", box="", unit="A", candidates=("a",)),
        row("c", box="", unit="A", candidates=("a",)),
        row("d", candidates=("a",)),
        row("e", candidates=("a",)),
        row("f", reports=Reports(name="Addy")),
    )
    found = unresolved(ChartReading("csv", None, "", (), flat))
    assert sorted((one.spelling, one.rows) for one in found) == [
        ("", ("b", "c")), ("", ("d",)), ("", ("e",)), ("Addy", ("f",)),
    ]  # fmt: skip
    assert found[0].rows == ("b", "c"), "most reports first"


def named(key: str, manager: str) -> ChartPerson:
    reports = Reports(name=f"Person {manager}") if manager else Reports()
    return ChartPerson(key, key, f"row {key}", f"Person {key}", "Team Manager", reports=reports)


def test_a_ring_is_found_until_a_line_of_it_is_left_open() -> None:
    people, _ = match_managers([named("1", "2"), named("2", "3"), named("3", "1"), named("4", "1")])
    assert rings(people) == ({"1": "2", "2": "3", "3": "1"},)
    decided = resolve_rows(ChartReading("csv", None, "", (), people), {"1": "2", "2": None, "3": "1"})
    assert rings(decided.people) == ()
    assert {one.key: one.manager for one in decided.people} == {"1": "2", "2": None, "3": "1", "4": "1"}


def test_nobody_is_put_under_themselves_or_under_their_own_people() -> None:
    assert refusals(CHART, ["top", "loose", "a"], "b") == ("top", "a")
    twice = (*CHART, replace(row("top2"), person="top"))
    assert refusals(twice, ["top2"], "top") == ("top2",)
    refused = resolve_rows(ChartReading("csv", None, "", (), CHART), {"a": "b"})
    assert {one.key: one.manager for one in refused.people}["a"] == "top", "what was there stays"
    assert "above themselves" in refused.problems[-1].text


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 9)), max_size=14))
def test_whatever_is_decided_in_whatever_order_nobody_is_above_themselves(said: list[tuple[int, int]]) -> None:
    people = tuple(row(str(at), str(at - 1) if at % 3 else None) for at in range(10))
    decided = {str(key): None if above < 0 else str(above) for key, above in said}
    found = resolve_rows(ChartReading("csv", None, "", (), people), decided)
    above = {one.key: one.manager for one in found.people}
    for key in above:
        seen, at = {key}, above[key]
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = above[at]
