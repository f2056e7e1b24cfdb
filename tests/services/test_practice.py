"""The practice register: every verdict can be tried in it, at any hour, the same each time, and nothing is left."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.factories import CHEAP, NOW
from visitor_register.domain import calendar
from visitor_register.domain.clocks import State
from visitor_register.domain.contacts import Owes
from visitor_register.domain.people import CodeState, Role
from visitor_register.domain.verification import Verdict
from visitor_register.persistence import verify
from visitor_register.scanning.pictures import read_picture
from visitor_register.services import (
    assurance,
    clocks,
    directory,
    front_desk,
    policy,
    practice,
    practice_trials,
    sealed,
    today,
)
from visitor_register.services.practice import PracticeRegister


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeRegister]:
    """One register for the tests that only look at it."""
    folder = tmp_path_factory.mktemp("practice") / "register"
    yield practice.build(folder, now=NOW, cost=CHEAP)
    shutil.rmtree(folder)
    assert not folder.exists()


def test_every_role_but_the_auditor_can_open_it_with_the_practice_password(made: PracticeRegister) -> None:
    for role in (Role.DSL, Role.RECEPTION, Role.OFFICE, Role.HEAD):
        register = made.open(role)
        assert (register.dsl is not None) is (role in (Role.DSL, Role.HEAD))
        register.close()


def test_every_verdict_of_the_ladder_can_be_tried(made: PracticeRegister) -> None:
    assert {trial.verdict for trial in made.trials} == set(Verdict)
    register = made.open()
    with register.read() as session:
        for trial in made.trials:
            if trial.code and trial.way is None:
                found = front_desk.look_up(session, trial.code, at=NOW)
            else:
                found = front_desk.look_at(session, trial.person, at=NOW, way=trial.way)
            assert found.verdict is trial.verdict, trial.title
            if trial.verdict is Verdict.LEFT_THE_CHART:
                assert found.call_to[0].source.value == "chart"
    register.close()


def test_each_badge_picture_holds_the_code_of_its_trial(made: PracticeRegister) -> None:
    pictures = [trial for trial in made.trials if trial.picture is not None]
    assert len(list(made.badges.iterdir())) == len(pictures) >= 10
    for trial in pictures:
        assert trial.picture is not None
        assert {reading.text for reading in read_picture(trial.picture)} == {trial.code}


def test_today_has_something_in_every_list(made: PracticeRegister) -> None:
    register = made.open()
    with register.read() as session:
        board = today.board(session, at=NOW)
        lists = (board.due_now, board.later, board.on_site, board.should_have_left, board.left, board.no_sign_out)
        assert all(lists)
        assert [draft.label for draft in board.drafts]
        assert any(due.booking.starts_at < NOW for due in board.due_now), "one is overdue"
        assert any(due.others for due in board.due_now), "two on one booking"
        assert len(board.no_sign_out) == 1
        assert calendar.london_date(board.no_sign_out[0].visit.arrived_at) < calendar.london_date(NOW)
        rules = policy.read(session, calendar.london_date(NOW))
        assert "(practice)" in rules.school.name
        assert rules.duty.people
        assert rules.staff.names
        assert rules.staff.places
        assert [number.confirmed for number in assurance.numbers(session)].count(True) == 2
        assert len(assurance.letters(session)) == 1
        assert len(directory.current_charts(session)) == 2
        assert len(sealed.boxes(session)) == 1
    register.close()


def test_a_replaced_badge_is_provisional_and_a_lost_one_withdrawn(made: PracticeRegister) -> None:
    register = made.open()
    with register.read() as session:
        states = {
            trial.title: {code.state for code in directory.codes_of(session, trial.person)}
            for trial in made.trials
            if trial.person is not None
        }
    register.close()
    assert states["Badge code not confirmed yet"] == {CodeState.PROVISIONAL}
    assert states["Badge reported lost"] == {CodeState.WITHDRAWN}


def test_the_same_people_play_the_same_parts_each_time(made: PracticeRegister, tmp_path: Path) -> None:
    again = practice.build(tmp_path / "register", now=NOW + timedelta(days=9), cost=CHEAP)
    assert again.page == made.page
    assert [trial.code for trial in again.trials] == [trial.code for trial in made.trials]
    assert "{" not in again.page


@pytest.mark.parametrize(
    ("hour", "minute"), [(0, 0), (0, 40), (7, 0), (16, 45), (23, 59)], ids=lambda number: str(number)
)
def test_it_can_be_made_at_any_hour(tmp_path: Path, hour: int, minute: int) -> None:
    # The day the clocks go forward: 00:59 is followed by 02:00.
    now = datetime(2027, 3, 28, hour, minute, tzinfo=calendar.LONDON)
    made = practice.build(tmp_path / "register", now=now, cost=CHEAP)
    register = made.open()
    with register.read() as session:
        board = today.board(session, at=now)
        assert board.on_site
        assert all(here.visit.arrived_at <= now for here in board.on_site)
        assert front_desk.look_up(session, made.trials[0].code, at=now).verdict is Verdict.KNOWN
    register.close()


def test_nothing_is_written_outside_its_folder_and_the_journal_is_sound(tmp_path: Path) -> None:
    made = practice.build(tmp_path / "register", now=NOW, cost=CHEAP)
    assert {path.name for path in tmp_path.iterdir()} == {"register"}
    register = made.open(Role.DSL)
    with register.read() as session:
        assert verify.verify(session).sound
    register.close()
    shutil.rmtree(made.folder)
    assert list(tmp_path.iterdir()) == []


def test_the_page_says_what_to_do_in_plain_words(made: PracticeRegister) -> None:
    lines = [line for line in made.page.splitlines() if line[:1].isdigit()]
    assert len(lines) == len(practice_trials.TRIALS)
    assert made.page.startswith("# What to try")


def test_the_dsl_finds_something_owed_in_every_state(made: PracticeRegister) -> None:
    register, dsl = made.open(Role.DSL), made.somebody(Role.DSL)
    with register.dsl_file().read() as session:
        owed = clocks.owed(session, by=dsl, at=NOW)
        assert verify.verify(session).sound
    with register.read() as session:
        lines = clocks.judge(session, owed, at=NOW)
    register.close()
    states = {line.assessed.state for line in lines}
    assert states == {State.OVERDUE, State.DUE_SOON, State.RUNNING, State.NOT_ASSESSABLE, State.MET}
    assert {line.clock.owes for line in lines} == set(Owes)
