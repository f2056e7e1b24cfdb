"""The Chart screen: what everybody sees of a chart, one person's card, the age, and who may import."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import AUTHORITY, create_booking, create_chart, create_visit, create_worker, look
from tests.gui import pictures
from tests.gui.chart_screen import CANARY, FIRST, SIZES, Screen, resize
from tests.gui.chart_screen import desk as desk
from tests.gui.chart_screen import screen as screen
from visitor_register.domain.events import CodeBound, PostListed, SamePersonFound
from visitor_register.domain.people import CodeState, Operator, Role
from visitor_register.gui.theme import Theme
from visitor_register.persistence import verify
from visitor_register.services import directory


def test_reception_sees_the_chart_and_imports_none(screen: Screen) -> None:
    screen.accepts(FIRST)
    screen.desk.hand_over(screen.world.reception, None)
    assert not screen.view.import_button.isVisible()
    screen.view.begin_import()
    assert screen.page is None
    assert "Ask one of them" in screen.notices[-1].text
    QTest.keyClicks(screen.view.search, "kingf")
    screen.settle()
    assert [row.cells[0].text for row in screen.view.table.rows] == ["Chidi Kingfisherly", "Zainab Kingfisherly"]
    screen.view.table.setFocus()
    screen.key(Qt.Key.Key_Down)
    assert screen.view.panel.title.text() == "Zainab Kingfisherly"
    screen.fits()


def test_a_card_says_how_to_reach_somebody_and_where_they_stand(screen: Screen) -> None:
    world = screen.world
    person = create_worker(world, CANARY, team="CIN Team 3")
    world.write((person, CodeBound("B-77")))
    create_visit(world, person)
    create_booking(world, person, minutes=90)
    screen.view.presenter.refresh()
    screen.view.show_person(person)
    screen.settle()
    card = screen.view.panel.person
    assert screen.view.panel.title.text() == CANARY
    assert [row.title for row in card.path.rows] == ["Marcus Adeyemi", "Ines Whitcombe"]
    assert card.path.rows[0].second.startswith("020 7946 0112")
    assert [row.title[:6] for row in card.past.rows] == ["Booked", "Here T"]
    screen.fits()
    (code,) = card.code_rows
    screen.press(code.confirm)
    assert code_states(screen, person) == {"B-77": CodeState.CONFIRMED}
    (code,) = card.code_rows
    code.withdraw.setFocus()
    QTest.keyClick(code.withdraw, Qt.Key.Key_Down)
    QTest.keyClick(code.do, Qt.Key.Key_Return)
    screen.settle()
    assert code_states(screen, person) == {"B-77": CodeState.WITHDRAWN}


def code_states(screen: Screen, person: Any) -> dict[str, CodeState]:
    with look(screen.world) as session:
        return {code.code: code.state for code in directory.codes_of(session, person)}


def test_two_records_that_were_joined_are_parted_with_a_reason(screen: Screen) -> None:
    world = screen.world
    first = create_worker(world, "Asha Verma", badge="H500001")
    second = create_worker(world, "Asha Varma", badge="H500002")
    world.write((uuid4(), SamePersonFound(first, second)))
    screen.view.show_person(first)
    screen.settle()
    (row,) = screen.view.panel.person.joined_rows
    QTest.keyClick(row.part, Qt.Key.Key_Down)
    screen.settle()
    with world.register.read() as session:
        assert directory.aliases(session, first) == {first, second}, "an arrow key alone changes nothing"
    QTest.keyClick(row.do, Qt.Key.Key_Return)
    screen.settle()
    screen.view.show_person(first)
    screen.settle()
    assert screen.view.panel.person.joined_rows == []
    with world.register.read() as session:
        assert directory.aliases(session, first) == {first}
        assert verify.verify(session).sound


def test_a_vacant_post_names_the_next_up(screen: Screen) -> None:
    person = create_worker(screen.world, "Femi Okoro", badge="H1", team="Empty Team")
    place = screen.world.teams["Empty Team"]
    with look(screen.world) as session:
        (post,) = (step.post for step in directory.path_up(session, person)[:1])
    vacant = PostListed(
        post.version, AUTHORITY, post.ref, post.title, post.team, post.service, reports_to=post.reports_to
    )
    screen.world.write((place, vacant))
    screen.view.show_person(person)
    screen.settle()
    assert screen.view.panel.person.path.rows[0].title == "Post vacant, next up: Ines Whitcombe"


@pytest.mark.parametrize(
    ("issued", "tone"), [(date(2026, 11, 2), "known"), (date(2026, 10, 1), "check"), (date(2026, 8, 3), "not-known")]
)
def test_the_age_is_always_said(screen: Screen, issued: date, tone: str) -> None:
    create_chart(screen.world, issued_on=issued)
    screen.view.presenter.refresh()
    screen.settle()
    spec = screen.view.age.spec()
    assert spec.tone.value == tone
    assert spec.text.startswith(f"Version 1 of {issued:%a %d/%m/%Y}, ")


def test_the_office_may_import_and_the_auditor_not(screen: Screen) -> None:
    for role, may in ((Role.OFFICE, True), (Role.AUDITOR, False), (Role.HEAD, True)):
        screen.desk.hand_over(Operator(screen.world.dsl.id, "Somebody", role), None)
        assert screen.view.empty.main.isVisible() is may


def test_it_looks_right_everywhere(screen: Screen, every_look: Theme) -> None:
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"

    def everywhere(name: str) -> None:
        for width, height in SIZES:
            resize(screen, width, height)
            pictures.save(screen.window, f"chart-{name}-{width}-{word}")
            screen.fits()

    everywhere("empty")
    screen.accepts(FIRST, "03/08/2026")
    with look(screen.world) as session:
        (person,) = directory.search(session, "Quickthorn", limit=1)
    screen.world.write((person.id, CodeBound("B-77")), (person.id, CodeBound("N-194359", provisional=False)))
    create_visit(screen.world, person.id)
    screen.view.show_person(person.id)
    everywhere("card")
