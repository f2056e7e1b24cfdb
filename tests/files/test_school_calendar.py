"""The school's year from files: a bad line is listed and asked about, a bad file gets one sentence."""

from datetime import date
from pathlib import Path

import pytest

from tests.files.charts import written
from visitor_register.domain.school_calendar import CalendarFile
from visitor_register.errors import FileRefusedError
from visitor_register.files import sandbox, school_calendar


def ics(*events: str) -> str:
    """A calendar with these events."""
    inside = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\n{event}\r\nEND:VEVENT\r\n" for number, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//School//EN\r\n{inside}END:VCALENDAR\r\n"


def event(name: str, first: str, last: str = "", *more: str) -> str:
    """An event of whole days; its last day is, as in all such files, the day after."""
    ends = [f"DTEND;VALUE=DATE:{last}"] if last else []
    return "\r\n".join([f"SUMMARY:{name}", f"DTSTART;VALUE=DATE:{first}", *ends, *more])


def read(folder: Path, content: str | bytes, name: str = "year.ics") -> CalendarFile:
    return school_calendar.read(written(folder, name, content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "no calendar that we can read"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:tomorrow\r\nEND:VCALENDAR\r\n", "damaged or incomplete"),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no event"),
        (ics(event("x" * 10_000_000, "20260901")), "larger than any school calendar"),
        (ics(*[event("a", "20260901")] * 2_001), "more than 2,000 events"),
        ("First,Last\r\n" + "\r\n" * 2_100, "more than 2,000 lines"),
        ("First,Last,What\r\n", "no line with a day"),
        (
            "First,Last,What\r\n09/01/2026,10/23/2026,School\r\n",
            "Line 2 has “10/23/2026”, which is written month first",
        ),
    ],
    ids=["empty", "picture", "broken", "eventless", "one-line", "events", "lines", "headings", "month-first"],
)
def test_a_bad_file_gets_one_sentence(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words):
        read(tmp_path, content)


def test_bad_events_are_listed_with_why(tmp_path: Path) -> None:
    lines = read(
        tmp_path,
        ics(
            event("Backwards", "20261023", "20260901"),
            event("Assembly", "20260901", "", "RRULE:FREQ=WEEKLY"),
            event("For ever", "20260901", "20290901"),
            "SUMMARY:Whenever",
            "SUMMARY:INSET\r\nDTSTART:20260901T083000Z\r\nDTEND:20260901T143000Z",
        ),
    ).lines
    assert [line.trouble.partition(":")[0].partition(",")[0] for line in lines] == [
        "It ends before it begins",
        "It repeats",
        "It lasts more than 400 days",
        "It names no day.",
        "",
    ]
    assert lines[-1].doubt.startswith("It has a time of day")


def test_the_days_of_events_are_those_they_name(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        ics(
            event("Autumn 1", "20260902", "20261024"),
            event("INSET", "20260901"),
            event("Closed", "20261026", "20261026"),
            event("Half\\, term", "20261026", "", "DURATION:P5D"),
            event("Trip", "20261120", "20261121", "STATUS:CANCELLED"),
        ),
    )
    assert [(line.name, line.first, line.last) for line in found.lines] == [
        ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        ("INSET", date(2026, 9, 1), date(2026, 9, 1)),
        ("Closed", date(2026, 10, 26), date(2026, 10, 26)),
        ("Half, term", date(2026, 10, 26), date(2026, 10, 30)),
    ]
    assert found.notes == ("1 of its events were cancelled and are left out.",)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_any_charset_is_read(tmp_path: Path, codec: str) -> None:
    assert read(tmp_path, ics(event("Été closed", "20260901")).encode(codec)).lines[0].name == "Été closed"


def test_a_table_is_read_with_headings_or_without_them(tmp_path: Path) -> None:
    headed = "Name;From;To;What\r\nAutumn 1;Wed 02/09/2026;23.10.26;School\r\nINSET;1 September 2026;;staff only\r\n"
    bare = "2026-09-02,2026-10-23,Autumn 1\r\nINSET,1st Sep 2026\r\n"
    for content in (headed, bare):
        lines = read(tmp_path, content, "year.csv").lines
        assert [(line.name, line.first, line.last) for line in lines] == [
            ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
            ("INSET", date(2026, 9, 1), date(2026, 9, 1)),
        ]


def test_bad_lines_of_a_table_are_listed_with_why(tmp_path: Path) -> None:
    content = "31/09/2026,23/10/2026,Autumn\r\n23/10/2026,01/09/2026,Spring\r\nSports day\r\n"
    lines = read(tmp_path, content, "year.csv").lines
    assert [(line.where, line.trouble.partition(":")[0]) for line in lines] == [
        ("line 1", "“31/09/2026” is no day we can read"),
        ("line 2", "It ends before it begins"),
        ("line 3", "It names no day."),
    ]


def test_the_child_reads_what_the_reader_reads_and_refuses_in_its_words(tmp_path: Path) -> None:
    path = written(tmp_path, "year.ics", ics(event("Autumn 1", "20260902", "20261024")))
    assert sandbox.read_calendar(path) == school_calendar.read(path)
    with pytest.raises(FileRefusedError, match="cannot be opened"):
        sandbox.read_calendar(tmp_path / "gone.ics")
