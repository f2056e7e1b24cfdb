"""Two charts: what changed, each change once and for its own reason; the other way round is the mirror image."""

import time
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.test_matching import row
from visitor_register.domain.chart import ChartPerson, ChartReading, Phone
from visitor_register.domain.chart_decide import resolve, resolve_rows
from visitor_register.domain.chart_diff import compare
from visitor_register.domain.chart_guard import Guard, depth, services, warnings, within
from visitor_register.domain.matching import match_managers

People = tuple[ChartPerson, ...]


def team(*rows: ChartPerson) -> People:
    """Match a small chart."""
    return match_managers(rows)[0]


def person(number: int, name: str, title: str = "Social Worker", to: str = "P1", unit: str = "CIN 1") -> ChartPerson:
    """A person with all the numbers a council can give."""
    email = f"{name.replace(' ', '.').lower()}@x.example"
    phone = (Phone(f"+4420794600{number:02}", "", ""),)
    return row(
        f"k{number}",
        name,
        title,
        unit=unit,
        staff_number=f"H{number}",
        post_ref=f"P{number}",
        email=email,
        phones=phone,
        to_post=to,
    )


BOSS = person(1, "Ada Hill", "Team Manager", "")
OLD = team(
    BOSS,
    *(person(at, name) for at, name in enumerate(("Bob Jones", "Cy Young", "Di Fox", "Ed Poe", "Fi Roe", "Gi Moe"), 2)),
)


def changed(key: str, **fields: object) -> People:
    """The chart with one row changed."""
    return tuple(replace(each, **fields) if each.key == key else each for each in OLD)  # type: ignore[arg-type]


def kinds(old: People, new: People) -> dict[str, int]:
    """How many changes of each kind."""
    return {name: len(items) for name, items in compare(old, new).as_dict().items() if items}


def test_a_chart_does_not_differ_from_itself() -> None:
    assert compare(OLD, OLD).nothing


def test_each_change_is_reported_once_and_as_what_it_is() -> None:
    assert kinds(OLD, OLD[:-1]) == {"left": 1, "post_removed": 1}
    assert kinds(OLD[:-1], OLD) == {"joined": 1, "post_added": 1}
    assert kinds(OLD, changed("k3", unit="CIN 2")) == {"moved": 1}
    assert kinds(OLD, changed("k3", job_title="Senior Social Worker")) == {"retitled": 1}
    assert kinds(OLD, changed("k3", name="Cy Oak", email="cy.oak@x.example")) == {"renamed": 1}
    assert kinds(OLD, changed("k3", phones=(Phone("+442079460999", "", ""),))) == {"contact_changed": 1}
    assert kinds(OLD, changed("k3", name="", vacant=True)) == {"left": 1, "post_vacated": 1}


def test_another_extension_is_another_number() -> None:
    with_extension = changed("k3", phones=(Phone("+442079460003", "12", ""),))
    (change,) = compare(OLD, with_extension).contact_changed
    assert (change.before, change.after) == ("+442079460003", "+442079460003 ext. 12")


def test_thousands_of_leavers_and_joiners_are_offered_by_what_they_share_and_not_all_to_all() -> None:
    def strangers(side: str) -> People:
        return tuple(
            replace(person(at, f"{side}{at % 40} Family{side}{at}", unit=""), email="", staff_number="", post_ref="")
            for at in range(1_000)
        )

    first, last = (
        person(5_000, "Old Name", unit=""),
        replace(person(5_001, "New Name", unit=""), email="old.name@x.example"),
    )
    started = time.process_time()
    changes = compare((*strangers("A"), first), (*strangers("B"), replace(last, phones=first.phones)))
    assert time.process_time() - started < 1
    assert changes.pairing.pairs == {}
    best = changes.pairing.offered[0]
    assert (best.old, best.new) == ("k5000", "k5001")


def test_a_changed_staff_number_is_assumed_and_offered() -> None:
    changes = compare(OLD, changed("k3", staff_number="H999"))
    assert (len(changes.staff_no_changed), len(changes.offered), changes.left, changes.joined) == (1, 1, (), ())
    (offer,) = changes.pairing.offered
    decided = compare(OLD, changed("k3", staff_number="H999"), different=frozenset({(offer.old, offer.new)}))
    assert (len(decided.left), len(decided.joined), decided.offered) == (1, 1, ())


def test_a_shared_name_alone_is_asked_and_never_joined() -> None:
    other = replace(person(77, "Cy Young", unit="MASH"), email="cy.young2@x.example")
    changes = compare(OLD, team(*(each for each in OLD if each.key != "k3"), other))
    assert [len(changes.left), len(changes.joined), len(changes.offered)] == [1, 1, 1]
    offer = changes.pairing.offered[0]
    joined = compare(
        OLD, team(*(each for each in OLD if each.key != "k3"), other), same=frozenset({(offer.old, offer.new)})
    )
    assert (joined.left, joined.joined) == ((), ())


def test_another_holder_of_the_post_above_is_one_group() -> None:
    new = team(replace(person(90, "Zoe Wren", "Team Manager", ""), post_ref="P1"), *OLD[1:])
    changes = compare(OLD, new)
    assert len(changes.manager_changed_holder) == 6
    assert {change.group for change in changes.manager_changed_holder} == {"P1"}
    assert changes.manager_changed_edge == ()


def test_another_post_above_is_the_persons_own_change() -> None:
    both = (*OLD, person(50, "Hal Orr", "Team Manager", "P1", "CIN 2"))
    new = team(
        *(replace(each, reports=replace(each.reports, post="P50")) if each.key == "k3" else each for each in both)
    )
    (change,) = compare(both, new).manager_changed_edge
    assert (change.name, change.before, change.after) == ("Cy Young", "P1", "P50")


def test_a_renamed_team_is_asked_once() -> None:
    new = tuple(
        replace(each, unit="Assessment", job_title=each.job_title.replace("CIN 1", "Assessment")) for each in OLD
    )
    assert kinds(OLD, new) == {"team_renamed": 1}


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(7)), st.integers(0, 7), st.integers(0, 7))
def test_the_other_way_round_is_the_mirror_image(order: list[int], fewer: int, later: int) -> None:
    one = team(*(OLD[at] for at in order[fewer:]))
    other = team(*(replace(OLD[at], unit="CIN 2") if at < 3 else OLD[at] for at in reversed(order[: 7 - later])))
    there, back = compare(one, other).as_dict(), compare(other, one).as_dict()
    for name, mirrored in (
        ("joined", "left"),
        ("post_added", "post_removed"),
        ("post_filled", "post_vacated"),
        ("moved", "moved"),
    ):
        assert len(there[name]) == len(back[mirrored])
    assert len(there["manager_changed_edge"]) == len(back["manager_changed_edge"])


def reading(people: People, as_at: date) -> ChartReading:
    """A reading that holds these people."""
    return ChartReading("csv", as_at, "", (), people)


def test_half_a_chart_is_asked_about() -> None:
    old = tuple(replace(each, service="Front Door") for each in OLD)
    new = (replace(old[0], service="Other"),)
    before, after = reading(old, date(2026, 2, 1)), reading(new, date(2026, 1, 1))
    said = {warning.guard for warning in warnings(before, after, compare(old, new))}
    assert said == {Guard.MANY_LEFT, Guard.SERVICE_MISSING, Guard.FEWER_LEVELS, Guard.OLDER}
    assert warnings(before, before, compare(old, old)) == ()
    assert within(old, services(new)) == ()
    assert (depth(old), depth(new)) == (2, 1)


def test_a_decision_settles_every_row_with_the_spelling_and_never_makes_a_ring() -> None:
    rows = (
        row("ada", "Ada Hill", to_name="B. Jones"),
        row("bob", "Bob Jones", to_name="A Hill"),
        row("cy", "Cy Young", to_name="a hill"),
    )
    open_reading = reading(team(*rows), date(2026, 1, 1))
    settled = resolve(open_reading, {"A. Hill": "ada", "A HILL": "ada"})
    assert [each.manager for each in settled.people] == [None, "ada", "ada"]
    ring = resolve(settled, {"B. Jones": "bob"})
    assert ring.people[0].manager is None
    assert "above themselves" in ring.problems[-1].text
    assert resolve_rows(settled, {"cy": None}).people[2].left_open
