"""The age of the chart, service by service, wherever it is said; a person's card."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.factories import AUTHORITY, World, create_chart, create_team, create_visit, create_worker
from tests.golden import samples
from tests.services.chart_office import Office, people
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.events import ChartAccepted, ChartUndone
from visitor_register.domain.policy import ChartAges
from visitor_register.services import chart_age, chart_edits, chart_view, front_desk, policy
from visitor_register.services.chart_age import Age
from visitor_register.services.chart_plan import Decisions
from visitor_register.services.vouching import CallTarget

WHOLE = Decisions({}, confirmed=frozenset(Guard))
PART = Decisions({}, confirmed=frozenset(Guard), partial=True)
BOTH = (("Ada Hill", "CIN", ""), ("Bo Young", "CIN", "Ada Hill"), ("Cy Moon", "CLA", "Ada Hill"))


def age(world: World) -> Age | None:
    with world.register.read() as session:
        return chart_age.read(session, world.clock())


def said(world: World) -> tuple[int, int, str]:
    found = age(world)
    assert found is not None
    return found.number, found.days, found.part


def test_a_part_that_no_newer_chart_holds_stays_as_old_as_it_is(office: Office) -> None:
    assert age(office.world) is None
    office.accepts(people(*BOTH), WHOLE, issued=date(2026, 8, 3))
    assert said(office.world) == (1, 113, "")
    part = people(("Bo Young", "CIN", ""), ("Di Fox", "CIN", "Bo Young"), ("Ada Hill", "CIN", ""))
    second = office.accepts(part, PART, issued=date(2026, 11, 22))
    assert said(office.world) == (1, 113, "CLA"), "only one service was updated"
    with office.world.register.read() as session:
        people_there = [office.person(name).id for name in ("Di Fox", "Cy Moon")]
        cards = [front_desk.look_at(session, person, at=office.world.clock()) for person in people_there]
    assert [card.chart.day for card in cards if card.chart is not None] == [date(2026, 11, 22), date(2026, 8, 3)]
    office.undoes(second)
    assert said(office.world) == (1, 113, "")
    office.accepts(people(*BOTH[:2]), WHOLE, issued=date(2026, 11, 20))
    assert said(office.world) == (3, 4, ""), "a whole chart says of every service that it is there or not"


def test_each_council_has_its_own_age_and_the_oldest_is_said(world: World) -> None:
    create_worker(world)
    assert said(world) == (1, 22, "")
    brent = next(event for event in samples.ALL if isinstance(event, ChartAccepted))
    listed = next(event for event in samples.ALL if type(event).__name__ == "PostListed")
    other = uuid4()
    brent = replace(brent, authority="Brent", issued_on=date(2026, 6, 1), partial=False)
    world.write((other, brent), (uuid4(), replace(listed, version=other, authority="Brent", service="Youth")))  # type: ignore[type-var]
    assert said(world) == (1, 176, "Brent")
    world.write((other, ChartUndone("wrong")))
    assert said(world) == (1, 22, "")


@pytest.mark.parametrize(
    ("days", "old", "very_old"), [(41, False, False), (42, True, False), (89, True, False), (90, True, True)]
)
def test_amber_and_red_are_the_schools_own(world: World, days: int, old: bool, very_old: bool) -> None:
    create_chart(world, issued_on=world.clock().date() - timedelta(days=days))
    found = age(world)
    assert found is not None
    assert (found.old, found.very_old) == (old, very_old)
    with world.register.write() as session:
        policy.change(session, ChartAges(days + 1, days + 2), by=world.dsl, at=world.clock())
    found = age(world)
    assert found is not None
    assert (found.old, found.very_old) == (False, False)


def test_the_source_of_a_managers_number_is_the_chart_of_that_service(office: Office) -> None:
    office.accepts(people(*BOTH), WHOLE, issued=date(2026, 8, 3))
    part = people(("Ada Hill", "CIN", ""), ("Di Fox", "CIN", "Ada Hill"))
    with office.world.register.write() as session:
        ada = office.person("Ada Hill").id
        form = replace(chart_edits.editable(session, ada).form, phone="020 7946 0112", reason="rang them")
        chart_edits.edit(session, ada, form, by=office.world.dsl, at=office.world.clock())
    office.accepts(part, PART, issued=date(2026, 11, 22))
    with office.world.register.read() as session:
        found = front_desk.look_at(session, office.person("Bo Young").id, at=office.world.clock())
    called = [target for target in found.call_to if isinstance(target, CallTarget)]
    assert called[0].source_text == "chart of Sun 22/11/2026"


def test_a_card_says_what_was_changed_by_hand_and_how_often_somebody_was_here(world: World) -> None:
    person = create_worker(world)
    create_team(world, "CIN Team 4", "Sunita Rao")
    for _ in range(2):
        create_visit(world, person)
    with world.register.write() as session:
        found = chart_edits.editable(session, person)
        other = next(key for key, words in found.above if words.startswith("Sunita Rao"))
        form = replace(found.form, phone="020 7946 0199", reports_to=other, reason="rang the team")
        chart_edits.edit(session, person, form, by=world.dsl, at=world.clock())
        card = chart_view.card(session, person)
    assert card is not None
    assert [(one.field.value, one.chart_says, one.reason, one.by) for one in card.edits] == [
        ("phone", "020 7946 0148", "rang the team", "Nadia Shah"),
        ("reports_to", "Marcus Adeyemi", "rang the team", "Nadia Shah"),
    ]
    assert [step.holders[0].name for step in card.path] == ["Sunita Rao", "Ines Whitcombe"]
    assert (card.visit_count, card.left) == (1, None), "somebody who is here already is not logged twice"
    with world.register.write() as session:
        form = replace(chart_edits.editable(session, person).form, on_chart=False, reason="told")
        chart_edits.edit(session, person, form, by=world.dsl, at=world.clock())
        card = chart_view.card(session, person)
    assert card is not None
    assert (card.left, card.edits[-1].chart_says) == (None, "on the chart")
    assert card.person.organisation == AUTHORITY
