"""The protocol report: figures equal those counted by hand, and those of a second, naive count of the export."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import numpy as np
import openpyxl
import pytest

from tests.factories import World, create_visit, create_worker
from tests.services.report_terms import SPAN, fill_a_term, london, random_facts
from visitor_register.domain.calendar import SchoolDay
from visitor_register.domain.contacts import ContactKind, Direction
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import CalendarSpan, SchoolCalendar
from visitor_register.domain.report import ALL, Cell, Facts, Span, Table, count, period
from visitor_register.domain.report_mask import mask, say
from visitor_register.domain.report_tables import Report, for_sharing, report
from visitor_register.domain.report_words import headlines
from visitor_register.errors import NotAllowedError
from visitor_register.files.report_xlsx import write_report
from visitor_register.services import arrivals, contacts, policy, protocol_report, today
from visitor_register.services.contacts import ContactForm

Sheet = list[tuple[object, ...]]


def read(world: World, span: Span = SPAN) -> Facts:
    """The facts of a span, as the screen reads them."""
    with world.register.dsl_file().read() as session:
        owed = protocol_report.owed_in(session, span, by=world.dsl)
    with world.register.read() as session:
        facts = protocol_report.seen_in(session, span, owed, at=world.clock())
    with world.register.dsl_file().read() as session:
        return protocol_report.with_reasons(session, facts, by=world.dsl)


def numbers(table: Table) -> dict[str, list[int | None]]:
    return {row.name: [cell.value for cell in row.cells] for row in table.every_row}


def test_figures_of_a_term_equal_those_counted_by_hand(world: World) -> None:
    fill_a_term(world)
    made = report(read(world))
    # On time, late (one of them overdue), running, not assessable, all.
    assert numbers(made.tables["council_kinds"]) == {
        "First contact after allocation": [1, 0, 0, 1, 2],
        "Reply to a message": [2, 2, 0, 0, 4],
        "Information asked for": [0, 0, 0, 0, 0],
        "Urgent information (s47)": [0, 0, 0, 0, 0],
        ALL: [3, 2, 0, 1, 6],
    }
    assert numbers(made.tables["council_teams"]) == {
        "CIN Team 3": [3, 0, 0, 0, 3],
        "Early Help Team 1": [0, 2, 0, 1, 3],
        ALL: [3, 2, 0, 1, 6],
    }
    assert numbers(made.tables["school_teams"]) == {"CIN Team 3": [1, 2, 0, 0, 3], ALL: [1, 2, 0, 0, 3]}
    assert [(one.team, one.replies, one.middle) for one in made.replies] == [
        ("CIN Team 3", 2, 27.0),
        ("Early Help Team 1", 1, 72.0),
    ]
    assert numbers(made.tables["notice_teams"])[ALL] == [1, 1, 1, 3]
    assert numbers(made.tables["notice_reasons"]) == {"s47 enquiry or strategy decision": [1, 1], ALL: [1, 1]}
    assert numbers(made.tables["booked_teams"]) == {
        "CIN Team 3": [1, 1, 2],
        "Early Help Team 1": [1, 0, 1],
        ALL: [2, 1, 3],
    }
    assert numbers(made.tables["identity"])["Face and photo compared"] == [3, 0, 3]
    assert numbers(made.tables["escalations"])["Manager"] == [0, 0, 1, 1]
    assert [one.figure for one in headlines(made)[:3]] == ["2 of 3", "2 of 4", "1 of 3"]
    # Issued 2 November, there since the 24th, the day the test's register begins.
    assert made.facts.ages == ((date(2026, 11, 24), 22),)


def test_the_first_and_last_day_belong_to_the_span_by_londons_clock(world: World) -> None:
    worker = create_worker(world)
    moments = ("2026-03-28T23:59", "2026-03-29T00:00", "2026-10-25T23:59", "2026-10-26T00:00")
    for moment in moments:
        world.clock.at = london(moment)
        create_visit(world, worker)
        form = ContactForm(ContactKind.CALL, Direction.SENT, worker, world.clock(), "x", asks_reply=True)
        with world.register.dsl_file().write() as session:
            contacts.log(session, form, by=world.dsl, at=world.clock())
        world.clock.move(seconds=1)
        _leave(world)
    world.clock.at = london("2026-11-24T10:00")
    # Both days on which the clocks change: the span begins in winter time and ends in it.
    facts = read(world, Span(date(2026, 3, 29), date(2026, 10, 25)))
    assert [one.day for one in facts.visits] == [date(2026, 3, 29), date(2026, 10, 25)]
    assert {one.day for one in facts.owed} == {date(2026, 3, 29), date(2026, 10, 25)}
    assert read(world, Span(date(2026, 3, 30), date(2026, 10, 24))).empty


def _leave(world: World) -> None:
    with world.register.write() as session:
        for line in today.board(session, at=world.clock()).on_site:
            arrivals.sign_out(session, line.visit.id, by=world.reception, at=world.clock())


@pytest.mark.parametrize("seed", range(50))
def test_a_random_term_equals_a_naive_count_of_its_export(seed: int, tmp_path: Path) -> None:
    span = SPAN if seed % 5 else Span(date(2026, 9, 1), date(2027, 8, 31))
    made = report(random_facts(seed, span, things=40))
    path = tmp_path / "report.xlsx"
    write_report(path, made, "Elmbrook")
    book = openpyxl.load_workbook(path, read_only=True)
    sheets: dict[str, Sheet] = {sheet.title: list(sheet.values) for sheet in book}
    book.close()
    naive = Naive(sheets, span)
    figures = naive.printed()
    for table in made.tables.values():
        assert figures[table.title] == naive.counted(table.key), table.key
    printed = [row[:3] for row in sheets["Reply times"][1:]]
    assert [(team, count, pytest.approx(middle, abs=0.06)) for team, count, middle in naive.replies()] == printed


class Naive:
    """A second way to count: one plain loop for each figure over the lines of the export."""

    def __init__(self, sheets: dict[str, Sheet], span: Span) -> None:
        self.span = span
        self.sheets = sheets
        self.deadlines, self.bookings = sheets["Deadlines"][1:], sheets["Bookings"][1:]
        self.visits, self.steps = sheets["Visits"][1:], sheets["Escalations"][1:]

    def printed(self) -> dict[str, dict[tuple[str, str], int]]:
        """Every number but the sums of rows that the sheet Figures shows, without zeros."""
        found: dict[str, dict[tuple[str, str], int]] = {}
        lines = iter(self.sheets["Figures"])
        for title, *_ in lines:
            if not title:
                continue
            next(lines)
            head = [name for name in next(lines) if name]
            table = found[str(title)] = {}
            for row in lines:
                if not row[0]:
                    break
                for name, value in zip(head[1:], row[1:], strict=False):
                    assert isinstance(value, int)
                    if value:
                        table[str(row[0]), str(name)] = value
        return found

    def counted(self, key: str) -> dict[tuple[str, str], int]:
        pairs = [(str(row), str(column)) for row, column in getattr(self, f"_{key}")()]
        one = len({column for _, column in pairs}) == 1 and next(iter(pairs))[1] in ("Bookings", "Visits")
        counted = Counter(pairs)
        for row, column in pairs:
            if not one:
                counted[row, ALL] += 1
            if key != "identity":
                counted[ALL, column] += 1
                if not one:
                    counted[ALL, ALL] += 1
        return dict(counted)

    def replies(self) -> list[tuple[str, int, float]]:
        hours: dict[str, list[float]] = {}
        for owes, _, _, team, _, _, taken in self.deadlines:
            if taken is not None:
                hours.setdefault(str(team) if owes == "authority" else "~", []).append(float(str(taken)))
        ordered = sorted(hours.items())
        return [("This school" if team == "~" else team, len(taken), median(taken)) for team, taken in ordered]

    _STANDS = {"on_time": "On time", "late": "Late", "running": "Running", "not_assessable": "Not assessable"}  # noqa: RUF012
    _NOTICE = {False: "5 working days or more", True: "Short notice", "unknown": "Not assessable"}  # noqa: RUF012
    _REASONS = {  # noqa: RUF012
        None: "No reason written down",
        "": "No reason written down",
        "s47": "s47 enquiry or strategy decision",
        "cover": "Cover for an absent worker",
        "missing": "Missing episode",
    }

    def _owed(self, owes: str, what: int) -> list[tuple[object, object]]:
        return [(line[what], self._STANDS[str(line[5])]) for line in self.deadlines if line[0] == owes]

    def _kinds(self, owes: str) -> list[tuple[object, object]]:
        found = []
        for line in self.deadlines:
            if line[0] == owes:
                words = {"first_contact": "First contact after allocation", "reply": "Reply to a message"}
                urgent = "Urgent information (s47)" if line[2] else "Information asked for"
                found.append((words.get(str(line[1]), urgent), self._STANDS[str(line[5])]))
        return found

    def _answered(self, owes: str) -> list[tuple[object, object]]:
        return [(x[3], self._STANDS[str(x[5])]) for x in self.deadlines if x[0] == owes and x[6] is not None]

    def _council_kinds(self) -> list[tuple[object, object]]:
        return self._kinds("authority")

    def _school_kinds(self) -> list[tuple[object, object]]:
        return self._kinds("school")

    def _council_teams(self) -> list[tuple[object, object]]:
        return self._owed("authority", 3)

    def _school_teams(self) -> list[tuple[object, object]]:
        return self._owed("school", 3)

    def _council_replies(self) -> list[tuple[object, object]]:
        return self._answered("authority")

    def _school_replies(self) -> list[tuple[object, object]]:
        return self._answered("school")

    def _notice_weeks(self) -> list[tuple[object, object]]:
        found: list[tuple[object, object]] = []
        for day, _, short, _ in self.bookings:
            on = day.date()  # type: ignore[attr-defined]
            monday = on - timedelta(days=on.weekday())
            week = on.strftime("%b %Y") if (self.span.last - self.span.first).days > 112 else f"{monday:%-d/%-m}"
            found.append((week, self._NOTICE[short]))  # type: ignore[index]
        return found

    def _notice_teams(self) -> list[tuple[object, object]]:
        return [(team, self._NOTICE[short]) for _, team, short, _ in self.bookings]  # type: ignore[index]

    def _notice_reasons(self) -> list[tuple[object, object]]:
        return [(self._REASONS[why], "Bookings") for *_, short, why in self.bookings if short is True]  # type: ignore[index]

    def _booked_teams(self) -> list[tuple[object, object]]:
        return [(line[1], "Booked before" if line[2] else "Not booked") for line in self.visits]

    def _came_about(self) -> list[tuple[object, object]]:
        words = {
            "not_told_us": "Planned but not told to us",
            "urgent": "Urgent, the DSL knows why",
            "covering": "Covering for a colleague",
            "will_not_say": "Will not say",
        }
        return [(words.get(str(line[3]), "Not asked"), "Visits") for line in self.visits if not line[2]]

    def _visit_reasons(self) -> list[tuple[object, object]]:
        return [(self._REASONS[line[4]], "Visits") for line in self.visits if not line[2]]  # type: ignore[index]

    def _identity(self) -> list[tuple[object, object]]:
        found: list[tuple[object, object]] = []
        for line in self.visits:
            for name, column in (("Badge code read", 5), ("Face and photo compared", 6), ("Booked", 2)):
                found.append((name, "Yes" if line[column] else "No"))
            found.append(("Call-back confirmed", "Yes" if line[7] else "No"))
        return found

    def _strength(self) -> list[tuple[object, object]]:
        return [(f"{sum(map(bool, (x[2], x[5], x[6], x[7])))} of 4", "Visits") for x in self.visits]

    def _escalations(self) -> list[tuple[object, object]]:
        stands = {"outcome": "Outcome written", "done": "Done since",
                  "open": "Still open"}  # fmt: skip
        return [(str(rung).replace("_", " ").capitalize().replace("Head of service", "Head of Service"),
                 stands[str(how)]) for _, rung, how in self.steps]  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
def test_no_hidden_number_follows_from_the_others(seed: int) -> None:
    whole = report(random_facts(seed, things=25, teams=6))
    shared = for_sharing(whole, 3)
    hidden: dict[str, int] = {}
    shown: dict[str, int] = {}
    for key, table in shared.tables.items():
        for row, true in zip(table.every_row, whole.tables[key].every_row, strict=True):
            for cell, real in zip(row.cells, true.cells, strict=True):
                assert cell.value in (None, real.value)
                assert (cell.value or 3) >= 3
                assert cell.small == (cell.value is None and (real.value or 0) < 3)
                (hidden if cell.value is None else shown)[cell.key] = real.value or 0
    assert not hidden.keys() & shown.keys(), "a number is hidden wherever it stands"
    # Each table by itself: no hidden number is the only answer to the sums that are shown.
    for table in shared.tables.values():
        unknown = sorted({cell.key for row in table.every_row for cell in row.cells} & hidden.keys())
        unknown = [key for key in unknown if hidden[key]]
        rows = [
            vector
            for line in _lines(table)
            if any(vector := [sum(sign for sign, cell in line if cell.key == key) for key in unknown])
        ]
        rank = np.linalg.matrix_rank(np.array(rows)) if rows else 0
        for alone in np.eye(len(unknown)):
            assert not rows or np.linalg.matrix_rank(np.vstack([*rows, alone])) > rank, table.key
    assert all(one.replies >= 3 for one in shared.replies)


def _lines(table: Table) -> list[list[tuple[int, Cell]]]:
    grid = [row.cells for row in table.every_row]
    found = [[*((1, cell) for cell in row[:-1]), (-1, row[-1])] for row in grid if len(table.columns) > 1]
    if table.total is not None:
        found += [[*((1, row[n]) for row in grid[:-1]), (-1, grid[-1][n])] for n in range(len(grid[0]))]
    return found


def test_a_hidden_number_says_why_and_takes_its_neighbour_along() -> None:
    pairs = [("A", "late")] * 1 + [("A", "met")] * 9 + [("A", "open")] * 4 + [("B", "late")] * 7 + [("B", "open")] * 5
    table = count("t", ("T", "", ""), [*pairs, *[("B", "met")] * 8], ("met", "late", "open"))
    (shared,) = mask([table], 3)
    row = [say(cell, 3) for cell in shared.rows[0].cells]
    assert row == ["9", "fewer than 3", "not shown", "14"], "the next smallest of the row"
    assert [say(cell, 3) for cell in shared.rows[1].cells] == ["8", "not shown", "not shown", "20"]
    assert mask([table], 0) == (table,)


def test_who_may_and_what_days_are_offered(world: World, people: dict[Role, Operator]) -> None:
    halves = [
        CalendarSpan(date(2026, 9, 1), date(2026, 10, 23), SchoolDay.SCHOOL, "Autumn 1"),
        CalendarSpan(date(2026, 11, 2), date(2026, 12, 18), SchoolDay.SCHOOL, "Autumn 2"),
        CalendarSpan(date(2027, 1, 4), date(2027, 2, 12), SchoolDay.SCHOOL, "Spring 1"),
        CalendarSpan(date(2026, 11, 6), date(2026, 11, 6), SchoolDay.STAFF_ONLY, "INSET"),
    ]
    with world.register.write() as session:
        policy.change(session, SchoolCalendar(tuple(halves)), by=world.dsl, at=world.clock())
    with world.register.read() as session:
        names = [span.name for span in protocol_report.choices(session, date(2026, 11, 24))]
        assert names[:2] == ["This half term: Autumn 2", "Last half term: Autumn 1"]
        assert names[2:] == ["This school year: 2026/27", "Spring 1"]
    with world.register.dsl_file().read() as session:
        for role in (Role.RECEPTION, Role.OFFICE, Role.AUDITOR):
            with pytest.raises(NotAllowedError):
                protocol_report.owed_in(session, SPAN, by=people[role])


def test_weeks_and_months() -> None:
    assert period(date(2026, 11, 8), SPAN) == "2/11"
    assert period(date(2026, 11, 8), Span(date(2026, 9, 1), date(2027, 8, 31))) == "Nov 2026"
    assert isinstance(report(Facts(SPAN, london("2026-12-18T12:00"))), Report)
