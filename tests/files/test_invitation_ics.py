"""Invitations: every maker, every zone, every change; and one sentence for whatever is none."""

import contextlib
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.files.invitations import MAKERS, calendar, event
from visitor_register.domain.calendar import at_london
from visitor_register.domain.invitations import InvitationRead, Invited
from visitor_register.errors import FileRefusedError
from visitor_register.files import invitation_ics, invitation_times
from visitor_register.files.invitation_ics import parse

AT_TWO = datetime(2026, 12, 1, 14, tzinfo=UTC)
WEEKLY = ("RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=TU",)


def one(data: bytes) -> InvitationRead:
    """The only invitation of a file."""
    (found,) = parse(data)
    return found


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/London", AT_TWO),
        ("GMT Standard Time", AT_TWO),
        ("Romance Standard Time", AT_TWO - timedelta(hours=1)),
        ("Customized Time Zone", AT_TWO - timedelta(hours=2)),
        ("UTC", AT_TWO),
        ("", AT_TWO),
    ],
)
def test_each_maker_in_each_zone(maker: str, zone: str, expected: datetime) -> None:
    found = one(calendar(event(zone=zone), maker=maker, zone=zone))
    (meeting,) = found.meetings
    assert (meeting.starts_at, meeting.ends_at) == (expected, expected + timedelta(hours=1))
    assert (meeting.place, meeting.recurrence) == ("Elmbrook Primary, Meeting room 2", "")
    assert found.organiser == Invited("Haddad, Leila", "leila.haddad@northvale.example")
    assert found.people == (
        Invited("Mrs Shah", "n.shah@elmbrook.example"),
        Invited("", "ngozi.eze@northvale.example"),
    )
    assert (found.subject, found.text) == ("CIN visit, Child 17", "Please see the child alone.\nThank you")
    assert bool(found.notes) == (zone == "")


def test_a_zone_without_its_table_and_with_a_makers_prefix() -> None:
    for zone in ("Europe/London", "/freeassociation.sourceforge.net/Europe/London", "GMT Standard Time"):
        assert one(calendar(event(zone=zone), zone="")).meetings[0].starts_at == AT_TWO


def test_a_weekly_meeting_keeps_its_time_over_the_clock_change() -> None:
    start, end = "20260317T100000", "20260317T110000"
    found = one(calendar(event(start, end, more=("RRULE:FREQ=WEEKLY;UNTIL=20260407T090000Z;BYDAY=TU",))))
    days = [date(2026, 3, 17), date(2026, 3, 24), date(2026, 3, 31), date(2026, 4, 7)]
    assert [meeting.starts_at for meeting in found.meetings] == [
        at_london(day, datetime(2026, 1, 1, 10).time())  # noqa: DTZ001 - a time of day
        for day in days
    ]
    assert found.meetings[2].recurrence == "20260331T090000Z"


def test_one_meeting_of_a_repeated_one_is_left_out_moved_or_called_off() -> None:
    whole = event(more=(*WEEKLY, "EXDATE;TZID=GMT Standard Time:20261208T140000"))
    moved = event(
        "20261216T093000", "20261216T103000", sequence=1, more=("RECURRENCE-ID;TZID=GMT Standard Time:20261215T140000",)
    )
    gone = event(
        "20261222T140000",
        "20261222T150000",
        sequence=2,
        more=("RECURRENCE-ID;TZID=GMT Standard Time:20261222T140000", "STATUS:CANCELLED"),
    )
    found = one(calendar(whole, moved, gone))
    said = {meeting.recurrence[:8]: meeting for meeting in found.meetings}
    assert list(said) == ["20261201", "20261215", "20261222", "20261229", "20270105"]
    assert (said["20261215"].moved, said["20261215"].starts_at) == (True, datetime(2026, 12, 16, 9, 30, tzinfo=UTC))
    assert [name for name, meeting in said.items() if meeting.cancelled] == ["20261222"]
    assert [meeting.sequence for meeting in found.meetings] == [0, 1, 2, 0, 0]
    assert (found.sequence, found.cancelled, found.partial) == (2, False, False)


def test_calling_off_one_meeting_is_not_calling_off_all() -> None:
    single = event(more=("RECURRENCE-ID;TZID=GMT Standard Time:20261201T140000",))
    found = one(calendar(single, method="CANCEL"))
    assert (found.cancelled, found.meetings[0].cancelled, found.partial) == (False, True, True)
    assert one(calendar(event(sequence=3), method="CANCEL")).cancelled
    assert one(calendar(event(more=("STATUS:CANCELLED",)))).cancelled


def test_a_day_without_times_and_an_end_that_is_none() -> None:
    whole_day = "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260706\nDURATION:P1D\nEND:VEVENT"
    (meeting,) = one(calendar(whole_day)).meetings
    assert meeting.all_day == date(2026, 7, 6)
    (meeting,) = one(calendar(event(end="20261201T140000"))).meetings
    assert meeting.ends_at is None


def test_a_repetition_without_end_is_cut_and_says_so() -> None:
    started = time.process_time()
    found = one(calendar(event(more=("RRULE:FREQ=DAILY",))))
    assert len(found.meetings) == invitation_times.MEETINGS
    assert "only the first" in found.notes[0]
    assert found.cut
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no invitation"),
        (b"Name,Job Title\r\nAda Hill,Manager\r\n", "no invitation"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "no invitation"),
        (calendar(event())[:400], "damaged"),
        (calendar(event("2026-12-01 14:00")), "damaged|no invitation"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000, "damaged|no invitation"),
        (b"BEGIN:VCALENDAR\r\nX:" + b"a" * 10_000_000, "larger than any invitation"),
        (calendar(event(more=("RRULE:FREQ=SECONDLY",))), "within one day"),
        (calendar(event(more=("RRULE:FREQ=WEEKLY;BYDAY=XX",))), "makes no sense|damaged"),
        (calendar(*(event(uid=str(number)) for number in range(101))), "a whole calendar"),
    ],
)
def test_what_is_no_invitation_gets_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words) as refused:
        parse(data)
    assert str(refused.value).count(". ") == 0


def test_other_character_sets_are_read(tmp_path: Path) -> None:
    text = calendar(event()).decode().replace("Mrs Shah", "Zoë Brambledale")
    path = tmp_path / "a.ics"
    for codec in ("utf-8-sig", "cp1252", "utf-16"):
        path.write_bytes(text.encode(codec))
        (found,) = invitation_ics.read(path)
        assert found.people[0].name == "Zoë Brambledale"


def test_cut_and_spoilt_files_end_in_a_sentence_or_an_invitation() -> None:
    whole = calendar(event(more=WEEKLY))
    for at in range(0, len(whole), 7):
        for broken in (whole[:at], whole[:at] + b"\xff\x00;:" + whole[at + 2 :]):
            with contextlib.suppress(FileRefusedError):
                assert parse(broken)
