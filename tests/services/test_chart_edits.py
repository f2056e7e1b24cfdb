"""Hand edits between two charts: who may, what they change, and how the next chart is held against them."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.services.chart_office import FIRST, Office, people
from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.directory import HandField
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.verification import Verdict
from visitor_register.errors import AnswerMissingError, NotAllowedError, RegisterError
from visitor_register.files.phones import read_phones
from visitor_register.services import chart_edits, directory, front_desk
from visitor_register.services.chart_conflicts import Conflict
from visitor_register.services.chart_edits import HandForm
from visitor_register.services.chart_lines import Kind
from visitor_register.services.chart_plan import Decisions

SURE = Decisions({}, confirmed=frozenset(Guard))
WORKER, OTHER, LEADER = "Uchenna Windlestraw", "Esra Willowherb", "Devika Allspicer"


def edit(office: Office, who: str, *, by: Operator | None = None, **changed: object) -> UUID:
    """Change somebody by hand, with a reason."""
    person = office.person(who).id
    office.world.clock.move(seconds=1)
    with office.world.register.write() as session:
        form = chart_edits.editable(session, person).form
        form = replace(form, **{"reason": "told on the telephone", **changed})  # type: ignore[arg-type]
        chart_edits.edit(session, person, form, by=by or office.world.dsl, at=office.world.clock())
    return person


def edits(office: Office, person: UUID) -> dict[HandField, tuple[str, str]]:
    """What of somebody was changed by hand: ours, and what the chart says."""
    with office.world.register.read() as session:
        return {one.field: (one.value, one.chart_says) for one in chart_edits.of_person(session, person)}


def chart(office: Office, *changed: tuple[str, dict[str, object]]) -> ChartReading:
    """The first chart again, with some rows changed."""
    said = dict(changed)
    reading = office.reads(FIRST)
    return replace(reading, people=tuple(replace(row, **said.get(row.name, {})) for row in reading.people))  # type: ignore[arg-type]


def asked(office: Office, reading: ChartReading, **kept: bool) -> dict[str, Conflict]:
    return {one.field.value: one for one in office.previews(reading, replace(SURE, kept=kept)).conflicts}


def row_of(reading: ChartReading, name: str) -> ChartPerson:
    return next(row for row in reading.people if row.name == name)


def test_one_person_is_changed_with_a_reason_and_by_name(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    before = office.entries()
    person = edit(office, WORKER, name=" Uchenna  Okoro ", phone="mobile 07700 900999", mobile="", team="CIN Team 1")
    assert office.entries() == before + 2, "the person and their post"
    with office.world.register.read() as session:
        who = directory.get(session, person)
        assert who is not None
        assert (who.name, who.team, who.phone, who.mobile) == ("Uchenna Okoro", "CIN Team 1", "", "07700 900999")
        assert directory.search(session, "Uchenna Okoro") == [who]
        (place,) = directory.posts_of(session, person)
        assert place.team == "CIN Team 1"
        first, *_ = chart_edits.of_person(session, person)
    assert (first.chart_says, first.reason, first.by) == (WORKER, "told on the telephone", office.world.dsl.id)
    assert set(edits(office, person)) == {HandField.NAME, HandField.TEAM, HandField.PHONE, HandField.MOBILE}
    edit(office, "Uchenna Okoro", name=WORKER)
    assert HandField.NAME not in edits(office, person), "as the chart says it needs no mark"
    with office.world.register.write() as session:
        chart_edits.take_back(session, person, by=office.world.dsl, at=office.world.clock())
    assert edits(office, person) == {}
    assert office.person(WORKER).mobile == "07700 900010"
    office.proves_it()


def test_only_the_dsl_and_the_head_and_only_with_a_reason(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    before = office.everything()
    for role in (Role.RECEPTION, Role.OFFICE, Role.AUDITOR):
        with pytest.raises(NotAllowedError, match="the DSL"):
            edit(office, WORKER, by=Operator(office.world.dsl.id, "x", role), phone="020 7946 0001")
    with pytest.raises(AnswerMissingError, match="how you know"):
        edit(office, WORKER, reason=" ", phone="020 7946 0001")
    assert office.everything() == before
    office.accepts(people((WORKER, "MASH", "")), SURE)
    with pytest.raises(RegisterError, match="not on it"):
        edit(office, OTHER, phone="")


def test_a_form_says_at_each_field_what_to_write_instead(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    found = office.editable(LEADER)
    below = office.editable(WORKER).post
    assert below is not None
    wrong = HandForm(
        "Vacant", phone="ring me", mobile="07", email="a b@c", staff_number="none", reports_to=below.id, reason=""
    )
    with office.world.register.read() as session:
        said = chart_edits.check(session, found, wrong)
        assert set(said) == {"name", "phone", "mobile", "email", "staff_number", "reports_to", "reason"}
        taken = replace(found.form, staff_number=office.person(WORKER).staff_number, reason="x")
        assert "one person" in chart_edits.check(session, found, taken)["staff_number"]
        assert set(chart_edits.check(session, found, replace(wrong, on_chart=False))) == {"reason"}
        assert chart_edits.check(session, found, replace(found.form, reason="x")) == {}
    assert below.id not in dict(found.above), "nobody stands under somebody who stands under them"
    assert any(words.startswith("Rhiannon Rushlight, Service Manager") for _, words in found.above)
    assert "MASH" in found.teams


def test_the_next_chart_confirms_asks_or_says_nothing(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    person = edit(office, WORKER, phone="020 7946 0111", job_title="Family Lead", known_as="Uche")
    moment = office.world.clock()
    reading = chart(office, (WORKER, {"phones": read_phones("020 7946 0111")}))
    questions = asked(office, reading)
    assert set(questions) == {"job_title"}, "the telephone is confirmed, and the chart has no word on the short name"
    one = questions["job_title"]
    assert (one.name, one.ours, one.theirs, one.before) == (WORKER, "Family Lead", *["Family Support Worker"] * 2)
    assert (one.reason, one.at, one.by, one.may_keep) == ("told on the telephone", moment, "Nadia Shah", True)
    before = office.entries()
    with pytest.raises(AnswerMissingError, match="not decided"):
        office.accepts(reading, SURE)
    assert office.entries() == before
    assert asked(office, reading, **{one.key: True}) == {}
    office.accepts(reading, replace(SURE, kept={one.key: True}))
    assert edits(office, person) == {
        HandField.JOB_TITLE: ("Family Lead", "Family Support Worker"),
        HandField.KNOWN_AS: ("Uche", ""),
    }
    assert (office.person(WORKER).job_title, office.person(WORKER).phone) == ("Family Lead", "020 7946 0111")
    with office.world.register.read() as session:
        (kept, _) = chart_edits.of_person(session, person)
        assert [place.title for place in directory.posts_of(session, person)] == ["Family Lead"]
    assert (kept.at, kept.by) == (moment, office.world.dsl.id), "whoever said it first said it"
    before = office.entries()
    office.accepts(chart(office, (WORKER, {"job_title": "Family Lead", "phones": read_phones("020 7946 0111")})), SURE)
    assert set(edits(office, person)) == {HandField.KNOWN_AS}, "the council caught up"
    assert office.entries() == before + 3
    before = office.entries()
    office.accepts(chart(office, (WORKER, {"job_title": "Family Lead", "phones": read_phones("020 7946 0111")})), SURE)
    assert office.entries() == before + 1, "nothing new is said twice"
    office.proves_it()


def test_the_councils_word_is_taken_where_somebody_says_so(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    person = edit(office, WORKER, email="u.w@elsewhere.example", team="MASH North")
    reading = chart(office, (WORKER, {"email": "new@northvale.example"}))
    questions = asked(office, reading)
    assert {name: one.theirs for name, one in questions.items()} == {"email": "new@northvale.example", "team": "MASH"}
    office.accepts(reading, replace(SURE, kept={one.key: False for one in questions.values()}))
    assert edits(office, person) == {}
    assert (office.person(WORKER).email, office.person(WORKER).team) == ("new@northvale.example", "MASH")
    with office.world.register.read() as session:
        assert [place.team for place in directory.posts_of(session, person)] == ["MASH"]
    office.proves_it()


def test_somebody_renamed_by_hand_is_still_found_by_the_name_the_council_uses(office: Office) -> None:
    told = (("Ada Hill", "A", ""), ("Bo Young", "A", "Ada Hill"))
    office.accepts(people(*told))
    person = edit(office, "Bo Young", name="Bo Young-Moon", email="bo@x.example")
    shown = office.previews(people(*told))
    assert [line for line in shown.lines if line.kind in (Kind.JOINED, Kind.LEFT, Kind.RENAMED)] == []
    (one,) = shown.conflicts
    assert one.field is HandField.NAME
    office.accepts(people(*told), Decisions({}, kept={one.key: True}))
    assert office.person("Bo Young-Moon").id == person
    renamed = people(told[0], ("Bo Young-Moon", "A", "Ada Hill"))
    assert (office.previews(renamed).questions, office.previews(renamed).pairs) == ((), ()), "nor by ours"
    office.accepts(renamed)
    assert office.person("Bo Young-Moon").id == person
    assert edits(office, person) == {HandField.EMAIL: ("bo@x.example", "")}


def test_who_left_is_off_the_chart_and_the_next_one_is_asked(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    person = edit(office, LEADER, on_chart=False)
    leader = office.person(LEADER)
    with office.world.register.read() as session:
        looked = front_desk.look_up(session, leader.staff_number, at=office.world.clock())
        path = directory.path_up(session, office.person(WORKER).id)
    assert looked.verdict is Verdict.LEFT_THE_CHART
    assert [step.vacant for step in path] == [True, False, False]
    reading = office.reads(FIRST)
    (one,) = office.previews(reading).conflicts
    assert (one.field, one.ours, one.theirs) == (HandField.ON_CHART, "has left", "on the chart")
    before = office.entries()
    office.accepts(reading, Decisions({}, kept={one.key: True}))
    assert office.entries() == before + 2, "the chart, and that somebody decided"
    assert directory.listing(office.person(LEADER)) is directory.Listing.OLDER
    gone = replace(reading, people=tuple(row for row in reading.people if row.name != LEADER))
    assert [line.who for line in office.previews(gone, SURE).lines if line.kind is Kind.LEFT] == [LEADER]
    newest = office.accepts(gone, SURE)
    assert (office.person(LEADER).left_version, edits(office, person)) == (newest, {})
    office.undoes(newest)
    office.accepts(reading, Decisions({}, kept={one.key: False}))
    assert (office.person(LEADER).left_version, edits(office, person)) == (None, {})
    with office.world.register.read() as session:
        assert [step.vacant for step in directory.path_up(session, office.person(WORKER).id)] == [False] * 3
    edit(office, LEADER, on_chart=False)
    edit(office, LEADER, on_chart=True)
    with office.world.register.read() as session:
        assert [step.vacant for step in directory.path_up(session, office.person(WORKER).id)] == [False] * 3
    office.proves_it()


def test_another_manager_by_hand(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    above = {words: key for key, words in office.editable(WORKER).above}
    head = next(key for words, key in above.items() if words.startswith("Oluwaseun Sedgewicket"))
    person = edit(office, WORKER, reports_to=head)
    with office.world.register.read() as session:
        assert [step.holders[0].name for step in directory.path_up(session, person)] == ["Oluwaseun Sedgewicket"]
    reading = office.reads(FIRST)
    (one,) = office.previews(reading).conflicts
    assert one.ours == "Oluwaseun Sedgewicket, Head of Service, Front Door and Assessment"
    assert one.theirs == f"{LEADER}, Team Manager, MASH"
    office.accepts(reading, Decisions({}, kept={one.key: True}))
    with office.world.register.read() as session:
        assert [step.holders[0].name for step in directory.path_up(session, person)] == ["Oluwaseun Sedgewicket"]
    assert set(edits(office, person)) == {HandField.REPORTS_TO}
    caught_up = chart(office, (WORKER, {"manager": row_of(reading, "Oluwaseun Sedgewicket").key}))
    assert office.previews(caught_up).conflicts == ()
    office.accepts(caught_up)
    assert edits(office, person) == {}
    office.proves_it()


def test_a_manager_by_hand_cannot_stay_in_a_ring_or_under_a_post_that_is_gone(office: Office) -> None:
    told = (("Ada Hill", "A", ""), ("Bo Young", "B", "Ada Hill"), ("Cy Moon", "C", "Ada Hill"))
    office.accepts(people(*told))
    above = {words.partition(",")[0]: key for key, words in office.editable("Cy Moon").above}
    edit(office, "Cy Moon", reports_to=above["Bo Young"])
    under = people(told[0], ("Bo Young", "B", "Cy Moon"), told[2])
    (one,) = office.previews(under, SURE).conflicts
    assert not one.may_keep
    assert office.previews(under, replace(SURE, kept={one.key: True})).conflicts == (one,)
    gone = people(told[0], told[2])
    (one,) = office.previews(gone, SURE).conflicts
    assert not one.may_keep
    office.accepts(gone, replace(SURE, kept={one.key: False}))
    with office.world.register.read() as session:
        path = directory.path_up(session, office.person("Cy Moon").id)
    assert [step.holders[0].name for step in path] == ["Ada Hill"]
    office.proves_it()
