"""Taking an import back: every row of every table reads as it did before, whatever happened in between."""

from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.factories import create_booking, create_visit
from tests.sample_charts import AUTHORITY
from tests.services.chart_office import FIRST, SECOND, Office, people
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.events import CodeBound, PersonRecorded, SamePersonFound
from visitor_register.domain.people import PersonKind
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.services import chart_edits, directory
from visitor_register.services.chart_plan import Decisions

SURE = Decisions({}, confirmed=frozenset(Guard))


def differ(before: dict[str, Counter[object]], after: dict[str, Counter[object]]) -> dict[str, int]:
    """How many rows differ, by table."""
    return {
        name: count
        for name in before
        if (count := sum(((before[name] - after[name]) | (after[name] - before[name])).values()))
    }


def edited(office: Office, who: str, **changed: object) -> UUID:
    """Change somebody by hand."""
    person = office.person(who).id
    office.world.clock.move(seconds=1)
    with office.world.register.write() as session:
        form = replace(chart_edits.editable(session, person).form, reason="told on the telephone", **changed)  # type: ignore[arg-type]
        chart_edits.edit(session, person, form, by=office.world.dsl, at=office.world.clock())
    return person


def test_every_row_of_every_table_comes_back(office: Office) -> None:
    nothing = office.everything()
    first = office.accepts(office.reads(FIRST))
    before = office.everything()
    second = office.accepts(office.reads(SECOND))
    assert {"person", "post", "holding", "chart_version", "remembered"} <= differ(before, office.everything()).keys()
    office.undoes(second)
    assert differ(before, office.everything()) == {}
    office.proves_it()
    again = office.accepts(office.reads(SECOND))
    assert office.person("Ottoline Fernstitch").version == again
    office.undoes(again)
    office.undoes(first)
    assert differ(nothing, office.everything()) == {}
    office.proves_it()


def test_what_was_changed_by_hand_before_it_is_changed_again(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    edited(office, "Bartholomew Buttercross", phone="020 7946 0888")
    edited(office, "Violeta Dewpond", name="Violeta Silverbirchall", job_title="Practice Lead", team="Elsewhere")
    left = edited(office, "Wambui Nettlecombe", on_chart=False)
    leader = next(key for key, words in office.editable("Uchenna Windlestraw").above if "Director" in words)
    edited(office, "Uchenna Windlestraw", reports_to=leader)
    before = office.everything()
    assert before["hand_edit"].total() == 6
    reading = office.reads(SECOND)
    asked = office.previews(reading, SURE).conflicts
    decided = replace(SURE, kept={one.key: at % 2 == 0 for at, one in enumerate(asked)})
    second = office.accepts(reading, decided)
    assert differ(before, office.everything())["hand_edit"]
    office.undoes(second)
    assert differ(before, office.everything()) == {}
    with office.world.register.read() as session:
        assert directory.posts_of(session, left) == []
    office.proves_it()


def test_what_was_changed_by_hand_since_stays_changed(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    before = office.everything()
    second = office.accepts(office.reads(SECOND))
    person = edited(office, "Violeta Silverbirchall", phone="020 7946 0777", job_title="Practice Lead")
    gone = edited(office, "Uchenna Windlestraw", on_chart=False)
    office.undoes(second)
    changed = differ(before, office.everything())
    assert set(changed) == {"person", "post", "holding", "hand_edit"}
    with office.world.register.read() as session:
        who = directory.get(session, person)
        assert who is not None
        assert (who.name, who.phone, who.job_title) == ("Violeta Dewpond", "020 7946 0777", "Practice Lead")
        assert [place.title for place in directory.posts_of(session, person)] == ["Practice Lead"]
        assert directory.posts_of(session, gone) == []
    office.world.clock.move(seconds=1)
    with office.world.register.write() as session:
        for one in (person, gone):
            chart_edits.take_back(session, one, by=office.world.dsl, at=office.world.clock())
    assert differ(before, office.everything()) == {}
    office.proves_it()


def test_whoever_was_met_since_stays_on_record_on_no_chart(office: Office) -> None:
    office.accepts(people(("Ada Hill", "A", "")))
    chart = people(*((name, "A", "") for name in ("Ada Hill", "Bo Young", "Cy Moon", "Di Fox", "Ed Kaur", "Flo Wu")))
    version = office.accepts(chart)
    visitor, booked, coded, joined = (office.person(name).id for name in ("Bo Young", "Cy Moon", "Di Fox", "Ed Kaur"))
    office.world.clock.move(seconds=1)
    create_visit(office.world, visitor)
    create_booking(office.world, booked)
    office.world.write((coded, CodeBound("B-77")), (uuid4(), SamePersonFound(visitor, joined)))
    office.undoes(version)
    for name in ("Bo Young", "Cy Moon", "Di Fox", "Ed Kaur"):
        assert (office.person(name).version, office.person(name).left_version) == (None, None)
    with office.world.register.read() as session:
        assert directory.search(session, "Flo Wu") == [], "nobody ever met her"
    before = office.everything()
    office.undoes(office.accepts(people(("Ada Hill", "A", ""), ("Bo Young", "B", "Ada Hill"))))
    assert differ(before, office.everything()) == {}
    office.proves_it()


def test_a_join_of_the_import_never_was_and_what_it_remembered_is_forgotten(office: Office) -> None:
    written = uuid4()
    office.world.write((written, PersonRecorded(PersonKind.COUNCIL, "Bo Young", AUTHORITY, "Social Worker", "A")))
    office.accepts(people(("Ada Hill", "A", "")))
    before = office.everything()
    chart = people(("Ada Hill", "A", ""), ("Bo Young", "A", "Addy Hill"))
    shown = office.previews(chart)
    (pair,), (manager,) = shown.pairs, shown.managers
    said = Decisions({"Addy Hill": manager.candidates[0].key}, same=frozenset({(pair.old, pair.new)}))
    version = office.accepts(chart, said)
    assert {"same_person", "remembered"} <= differ(before, office.everything()).keys()
    office.undoes(version)
    assert differ(before, office.everything()) == {}
    office.proves_it()


def test_only_the_newest_can_be_undone_once_and_with_a_reason(office: Office) -> None:
    one = office.accepts(office.reads(FIRST))
    two = office.accepts(office.reads(SECOND))
    with pytest.raises(RegisterError, match="Only the newest"):
        office.undoes(one)
    with pytest.raises(AnswerMissingError, match="Say why"):
        office.undoes(two, "  ")
    office.undoes(two)
    with pytest.raises(RegisterError, match="already"):
        office.undoes(two)
    office.undoes(one)
    with office.world.register.read() as session:
        assert directory.everybody(session) == []
        assert directory.holdings(session) == []
    office.proves_it()
