"""`visitor-register due` as a person or a program calls it."""

import json
import subprocess
import sys
from datetime import datetime
from typing import Any

import pytest

from tests.domain.test_deadlines import DAYS, MOMENTS
from visitor_register.cli.main import run


@pytest.fixture
def due(capsys: pytest.CaptureFixture[str]) -> Any:
    """Call the command with `--json`; returns the object it prints."""

    def call(*arguments: str) -> Any:
        assert run(["due", *arguments, "--json"]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return json.loads(printed.out)

    return call


@pytest.mark.parametrize(
    ("kind", "when", "key", "expected", "also"),
    [
        ("contact", "2026-11-20", "due_on", "2026-11-27", "2026-11-25"),
        ("contact", "2026-12-22", "due_on", "2026-12-31", "2026-12-27"),
        ("contact", "2027-03-24", "due_on", "2027-04-02", "2027-03-29"),
        ("reply", "2026-11-20T16:00", "due_at", "2026-11-24T16:00:00+00:00", "2026-11-22T16:00:00+00:00"),
        ("reply", "2026-12-23T10:00", "due_at", "2026-12-29T10:00:00+00:00", "2026-12-25T10:00:00+00:00"),
        ("reply", "2026-11-21T13:00", "due_at", "2026-11-25T09:00:00+00:00", "2026-11-23T13:00:00+00:00"),
        ("reply", "2026-03-27T16:00", "due_at", "2026-03-31T16:00:00+01:00", "2026-03-29T17:00:00+01:00"),
        ("request", "2026-12-24T10:00", "due_at", "2026-12-29T10:00:00+00:00", "2026-12-25T10:00:00+00:00"),
        ("notice", "2026-12-02", "due_on", "2026-11-25", "2026-11-27"),
        ("notice", "2027-01-04", "due_on", "2026-12-23", "2026-12-30"),
    ],
)
def test_worked_answers(due: Any, kind: str, when: str, key: str, expected: str, also: str) -> None:
    answer = due(kind, when)
    assert list(answer) == ["kind", key, "also", "steps"]
    assert (answer["kind"], answer[key], answer["also"]) == (kind, expected, also)
    assert all(isinstance(step, str) and step.endswith(".") for step in answer["steps"])


def test_the_command_gives_every_answer_that_was_computed_elsewhere(due: Any) -> None:
    assert len(DAYS) + len(MOMENTS) >= 9 + 40
    for kind, when, day in DAYS:
        assert due(kind, when)["due_on"] == day
    for kind, when, moment, elapsed in MOMENTS:
        answer = due(kind, when)
        read = [datetime.fromisoformat(answer[name]).isoformat(timespec="minutes") for name in ("due_at", "also")]
        assert read == [moment, elapsed]
        if kind == "request":
            urgent = due(kind, when, "--urgent")
            assert (urgent["due_at"], urgent["also"]) == (answer["also"], answer["due_at"])


def test_an_urgent_request_is_due_after_elapsed_hours(due: Any) -> None:
    answer = due("request", "2026-12-24T10:00", "--urgent")
    assert (answer["due_at"], answer["also"]) == ("2026-12-25T10:00:00+00:00", "2026-12-29T10:00:00+00:00")


@pytest.mark.parametrize(
    "when",
    [
        "2026-07-01T16:00", "2026-07-01 16:00", "2026-07-01  16:00:00", " 2026-07-01T16:00 ", "01/07/2026 16:00",
        "1/7/2026 16:00", "2026-07-01T15:00Z", "2026-07-01T15:00:00.000z", "2026-07-01T16:00+01:00",
        "2026-07-01 17:00 +02:00", "2026-07-01T10:00-0500", "2026-07-01T20:30+05:30", "01/07/2026 15:00+00",
    ],
)  # fmt: skip
def test_many_ways_to_write_one_moment(due: Any, when: str) -> None:
    assert due("reply", when)["due_at"] == "2026-07-03T16:00:00+01:00"


@pytest.mark.parametrize("when", ["2026-06-30T23:30Z", "2026-07-01T00:30", "2026-07-01", "01/07/2026"])
def test_a_day_is_the_day_in_london(due: Any, when: str) -> None:
    assert due("contact", when) == due("contact", "2026-07-01")


@pytest.mark.parametrize(
    ("when", "elapsed", "sentence"),
    [
        ("2026-03-29T01:30", "2026-03-30T02:30:00+01:00", "01:30 on Sun 29 Mar 2026 does not exist"),
        ("2026-10-25T01:30", "2026-10-26T00:30:00+00:00", "01:30 on Sun 25 Oct 2026 comes twice"),
        ("2026-11-20", "2026-11-21T00:00:00+00:00", "No time was given"),
    ],
)
def test_what_was_assumed_is_the_first_step(due: Any, when: str, elapsed: str, sentence: str) -> None:
    answer = due("request", when, "--urgent")
    assert answer["due_at"] == elapsed
    assert answer["steps"][0].startswith(sentence)


def test_an_offset_says_which_of_two_hours_is_meant(due: Any) -> None:
    first, second = (due("request", f"2026-10-25T01:30{offset}", "--urgent") for offset in ("+01:00", "+00:00"))
    assert first["due_at"] == "2026-10-26T00:30:00+00:00"
    assert second["due_at"] == "2026-10-26T01:30:00+00:00"
    assert (first["steps"][0], second["steps"][0]) == (
        "Received Sun 25 Oct 2026 01:30 BST.",
        "Received Sun 25 Oct 2026 01:30 GMT.",
    )


@pytest.mark.parametrize(
    "when",
    [
        "", "tomorrow", "2026-13-01", "2026-02-29", "31/06/2026", "2026-11-20T24:00", "2026-11-20T16:60", "20/11/26",
        "2026-11-20T16", "2026-11-20+01:00", "2026-11-20T16:00+25:00", "2026-11-20T16:00+01:75", "٢٠٢٦-11-20",
        "2026-W47-5", "20261120", "2026-11-20T16:00 BST", "9999-12-31", "0001-01-01", "9999-12-31T23:59-10:00",
        "1800-01-01", "2099-12-31", "2026-11-20\n16:00", "-5",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["contact", "reply"])
def test_what_cannot_be_read_is_one_sentence_and_exit_code_two(
    kind: str, when: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["due", kind, when]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.endswith(".\n")


def test_only_a_request_can_be_urgent(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", "reply", "2026-11-20T16:00", "--urgent"]) == 2
    assert capsys.readouterr().err == "Only a request can be urgent.\n"


def test_people_read_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", "reply", "2026-11-21T13:00"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Due Wed 25 Nov 2026 09:00 (elapsed: Mon 23 Nov 2026 13:00)",
        "  1. Sent Sat 21 Nov 2026 13:00.",
        "  2. That is outside the hours of the authority (09:00-17:00 on working days): "
        "the clock starts Mon 23 Nov 2026 09:00.",
        "  3. Tue 24 Nov 2026 is day 1.",
        "  4. Wed 25 Nov 2026 is day 2.",
        "  5. Due Wed 25 Nov 2026 09:00, the same clock time.",
    ]


def test_people_read_days_and_urgent_moments_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", "notice", "2/12/2026"]) == 0
    assert run(["due", "request", "2026-12-24T10:00", "--urgent"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Due")]
    assert lines == [
        "Due by the end of Wed 25 Nov 2026 (counting every day: Fri 27 Nov 2026)",
        "Due Fri 25 Dec 2026 10:00 (counting working days: Tue 29 Dec 2026 10:00)",
    ]


def test_it_runs_as_a_program_without_qt_database_or_warnings() -> None:
    code = (
        "import sys; from visitor_register.cli.main import run; run(['due', 'contact', '2026-11-20', '--json']);"
        "assert not {'PySide6', 'sqlalchemy', 'cv2', 'pyzbar'} & sys.modules.keys()"
    )
    asked = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, check=False)
    assert (asked.returncode, asked.stderr) == (0, b"")
    assert json.loads(asked.stdout.decode("utf-8"))["due_on"] == "2026-11-27"
