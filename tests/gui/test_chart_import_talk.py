"""The conversation of an import without its widgets: every question and answer, and no change before the end."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import World, look
from tests.files import every_format
from tests.gui.drawn_file import drawn_file
from tests.gui.import_talker import Talker, words
from tests.sample_charts import Row, as_csv, first, second
from tests.services.chart_office import Office
from visitor_register.domain.chart_table import Mark
from visitor_register.domain.people import Person
from visitor_register.gui.chart.import_state import Origin, Page
from visitor_register.persistence import verify
from visitor_register.services import chart_drafts, chart_edits, directory
from visitor_register.services.chart_answers import LineLeadsTo, SpellingIs, Ticked

COUNCIL = "Northvale Council (invented)"


@pytest.fixture
def talker(qtbot: QtBot, world: World) -> Iterator[Talker]:
    made = Talker(qtbot, world)
    yield made
    made.close()


@pytest.fixture
def drawn(qtbot: QtBot, world: World) -> Iterator[Talker]:
    """Whatever is dropped is the same drawing."""
    made = Talker(qtbot, world, drawn_file)
    yield made
    made.close()


@pytest.fixture
def office(world: World) -> Office:
    """The register behind it."""
    return Office(world)


def written(folder: Path, *rows: str, name: str = "chart.csv") -> Path:
    """A list with the usual headings."""
    path = folder / name
    path.write_text("\n".join(("Name,Job Title,Team,Manager,Telephone", *rows)), "utf-8")
    return path


def sample(folder: Path, rows: Sequence[Row], name: str = "chart.csv") -> Path:
    """A chart as the council of the sample sends it."""
    path = folder / name
    path.write_text(as_csv(rows), "utf-8", newline="")
    return path


def managers(talker: Talker, *names: str) -> list[str]:
    """Who is next above each of these on the chart in use, "" for nobody."""
    with look(talker.world) as session:
        people = {one.name: one for one, _ in directory.everybody(session)}
        ways = [directory.path_up(session, people[name].id) for name in names]
    return [(way[0].holders[0].name if way[0].holders else way[0].post.title) if way else "" for way in ways]


def test_a_file_none_of_whose_managers_resolve_is_settled_or_left_open(
    talker: Talker, office: Office, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "Ada Hill,Team Manager,A,somebody,",
        "Bo Young,Social Worker,A,A. Hill,",
        "Cy Moon,Social Worker,A,A. Hill,",
        "Di Fox,Social Worker,A,Addy,",
    )
    before, everything = office.entries(), office.everything()
    talker.drops(path)
    assert list(talker.preview.asks) == ["manager:A. Hill", "manager:Addy", "manager:somebody"], "most reports first"
    assert words(talker.ask("manager:A. Hill").offers) == ["Ada Hill"]
    talker.press("manager:A. Hill", "Ada Hill")
    talker.picks("manager:Addy", "Ada Hill")
    assert (talker.preview.counts["decide"], talker.preview.open) == (1, 1)
    assert (office.entries(), office.everything()) == (before, everything), "nothing changes before somebody accepts"
    talker.goes_on()
    assert talker.accepts[-1].button == "Accept as Nadia Shah, 1 left open"
    talker.accept("Odd Council")
    assert talker.ends[-1].title == "Version 1 of Odd Council is in use"
    assert "somebody" in talker.ends[-1].message
    assert managers(talker, "Bo Young", "Cy Moon", "Di Fox", "Ada Hill") == ["Ada Hill"] * 3 + [""]
    talker.presenter.leave()
    talker.drops(path)
    assert list(talker.preview.asks) == ["manager:somebody"], "what was confirmed is remembered"


def test_a_ring_is_shown_and_cut_at_the_line_somebody_chooses(talker: Talker, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Ada Hill,Team Manager,A,Cy Moon,",
        "Bo Young,Team Manager,A,Ada Hill,",
        "Cy Moon,Team Manager,A,Bo Young,",
        "Di Fox,Social Worker,A,Bo Young,",
    )
    talker.drops(path)
    assert [key.partition(":")[0] for key in talker.preview.asks] == ["ring"]
    ask = talker.ask("ring")
    assert [(offer.words, offer.about) for offer in ask.offers] == [
        ("Ada Hill", "is not under Cy Moon"),
        ("Cy Moon", "is not under Bo Young"),
        ("Bo Young", "is not under Ada Hill"),
    ]
    assert not ask.at_once, "Enter alone cuts no line"
    talker.press("ring", "Cy Moon")
    assert talker.preview.counts["decide"] == 0
    talker.presenter.undo()
    talker.settle()
    talker.press("ring", "Ada Hill")
    talker.accept("Odd Council")
    assert managers(talker, "Ada Hill", "Bo Young", "Cy Moon", "Di Fox") == ["", "Ada Hill", "Bo Young", "Bo Young"]


def test_an_answer_that_puts_somebody_above_themselves_is_refused_with_a_sentence(
    talker: Talker, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "Ada Hill,Head of Service,A,B. Young,",
        "Bo Young,Team Manager,A,Ada Hill,",
        "Cy Moon,Team Manager,A,B. Young,",
    )
    talker.drops(path)
    talker.press("manager:B. Young", "Bo Young")
    assert (
        talker.said == "Bo Young is under Ada Hill already, so Ada Hill cannot be under Bo Young. Choose somebody else."
    )
    assert talker.preview.counts["decide"] == 1, "the other one with that spelling has the manager"
    assert [row.cells[0].text for row in talker.preview.rows["decide"]] == ["Ada Hill"]
    talker.picks("manager:B. Young", "Ada Hill")
    assert talker.said.startswith("Ada Hill cannot be their own manager.")


@pytest.mark.parametrize("name", ["columns.xlsx", "glued.pptx", "printed.pdf"])
def test_a_file_that_was_cut_off_is_refused_in_one_sentence(
    talker: Talker, office: Office, tmp_path: Path, name: str
) -> None:
    chart = every_format.posts()
    made = {"glued.pptx": every_format.glued, "printed.pdf": every_format.printed}
    whole = made[name](chart) if name in made else every_format.FORMATS[name](chart)
    assert isinstance(whole, bytes)
    path = tmp_path / name
    path.write_bytes(whole[: len(whole) // 2])
    before = office.entries()
    talker.drops(path)
    assert (talker.page, office.entries()) == (Page.CHOOSE, before)
    assert talker.refused.endswith(".")
    path.write_bytes(whole)
    talker.presenter.choose([path])
    talker.settle()
    assert talker.page in (Page.DECIDE, Page.BOXES, Page.COLUMNS), "another try is open at once"


def test_guard_rails_stop_and_ask(talker: Talker, tmp_path: Path) -> None:
    talker.drops(sample(tmp_path, first()))
    talker.accept(issued="03/11/2026")
    talker.presenter.leave()

    def asked(rows: Sequence[Row]) -> list[str]:
        talker.drops(sample(tmp_path, rows))
        return [question.text.partition(".")[0] for question in talker.presenter._talk.found.questions]  # type: ignore[union-attr]

    service = "Children Looked After"
    assert asked([row for row in first() if row.service == service or row.level < 4])[0].endswith(
        "of the people would have left"
    )
    assert words(talker.ask("guard:many").offers) == ["It is the whole chart", "Only these services"]
    talker.presenter.go_on()
    assert (talker.page, talker.said[-18:]) == (Page.DECIDE, "Answer that first.")
    talker.press("guard:many", "It is the whole chart")
    assert talker.preview.counts["decide"] == 0
    talker.presenter.leave()

    # A seventh of all, and most of one service.
    workers = {row.ref for row in first() if row.service == service and row.level == 5 and row.name}
    few = sorted(workers)[:19]
    assert asked([row for row in first() if row.ref not in few]) == [f"19 of 33 people of “{service}” are missing"]
    talker.press("guard:many", "It is the whole chart")
    talker.presenter.leave()

    flat = [replace(row, above="NV001" if row.level > 1 else "") for row in first()]
    assert any("levels; the one before has" in text for text in asked(flat))
    talker.presenter.leave()

    talker.drops(sample(tmp_path, first()))
    talker.goes_on()
    talker.presenter.accept(Origin(COUNCIL, "business support", "03/08/2026", "24/11/2026"))
    talker.settle()
    assert talker.page is Page.DECIDE, "compared again with another date"
    assert words(talker.ask("guard:older").offers) == ["Accept the older chart"]
    talker.presenter.go_on()
    assert talker.page is Page.DECIDE
    talker.press("guard:older", "Accept the older chart")
    talker.accept()
    assert talker.page is Page.DONE


def test_only_the_services_of_a_partial_chart_change(talker: Talker, office: Office, tmp_path: Path) -> None:
    talker.drops(sample(tmp_path, first()))
    talker.accept()
    others = {one.name for one in people_of(office) if one.service != "Children Looked After"}
    talker.presenter.leave()
    part = [row for row in second() if row.service == "Children Looked After"]
    talker.drops(sample(tmp_path, part))
    talker.press("guard:many", "Only these services")
    assert any("Only these services are updated" in line for line in accept_lines(talker))
    talker.accept()
    assert others <= {one.name for one in people_of(office)}


def people_of(office: Office) -> list[Person]:
    with office.world.register.read() as session:
        return [one for one, _ in directory.everybody(session)]


def accept_lines(talker: Talker) -> tuple[str, ...]:
    talker.goes_on()
    return talker.accepts[-1].summary


def test_what_was_changed_by_hand_is_kept_or_given_up_by_a_person(
    talker: Talker, office: Office, tmp_path: Path
) -> None:
    rows = ["Ada Hill,Team Manager,A,,020 7946 0001", "Bo Young,Social Worker,A,Ada Hill,020 7946 0002"]
    talker.drops(written(tmp_path, *rows))
    talker.accept("Odd Council")
    talker.presenter.leave()
    with office.world.register.write() as session:
        who = office.person("Bo Young").id
        form = replace(chart_edits.editable(session, who).form, phone="020 7946 0999", reason="told on the telephone")
        chart_edits.edit(session, who, form, by=office.world.dsl, at=office.world.clock())
    again = written(tmp_path, rows[0], rows[1].replace("0002", "0555"))

    talker.drops(again)
    assert talker.preview.counts["decide"] == 1
    ask = talker.ask("hand:")
    assert [(offer.words, offer.about) for offer in ask.offers] == [
        ("Keep ours", "020 7946 0999"),
        ("Take the council's", "020 7946 0555"),
    ]
    assert "told on the telephone" in ask.hint
    talker.presenter.go_on()
    assert (talker.page, "not decided yet" in talker.said) == (Page.DECIDE, True)
    talker.press("hand:", "Keep ours")
    (row,) = talker.preview.rows["hand"]
    assert (row.cells[2].text, row.cells[2].second) == (
        "phone: 020 7946 0999",
        "the chart says 020 7946 0555",
    )
    talker.accept()
    assert office.person("Bo Young").phone == "020 7946 0999"
    talker.presenter.leave()

    talker.drops(written(tmp_path, rows[0], rows[1].replace("0002", "0777")))
    talker.press("hand:", "Take the council's")
    assert talker.preview.rows["hand"] == ()
    talker.accept()
    assert office.person("Bo Young").phone == "020 7946 0777"
    office.proves_it()


def test_a_row_that_is_struck_through_is_ticked_and_counts(talker: Talker, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ("Name", "Job Title", "Team", "Manager"),
        ("Ada Hill", "Team Manager", "A", ""),
        ("Bo Young", "Social Worker", "A", "Ada Hill"),
        ("Cy Moon", "Social Worker", "A", "Ada Hill"),
    ):
        book.active.append(row)
    for cell in book.active[4]:
        cell.font = openpyxl.styles.Font(strike=True)
    path = tmp_path / "chart.xlsx"
    book.save(path)
    talker.drops(path)
    (row,) = talker.preview.rows["apart"]
    assert [cell.text for cell in row.cells] == ["Cy Moon", "Social Worker, A", "struck through"]
    assert (row.cells[0].ticked, talker.preview.counts["joined"]) == (False, 2)
    talker.answer(Ticked(row.key, counts=True))
    assert (talker.preview.rows["apart"][0].cells[0].ticked, talker.preview.counts["joined"]) == (True, 3)
    talker.presenter.undo()
    talker.settle()
    assert talker.preview.counts["joined"] == 2


def test_lines_of_a_drawing_are_marked_named_and_stay_named(drawn: Talker, office: Office) -> None:
    drawn.drops(Path("chart.pptx"))
    assert drawn.page is Page.BOXES
    assert drawn.boxes.counts == {Mark.SET: 4, Mark.CHECK: 2, Mark.LOOSE: 1}
    assert [key for key, state in drawn.boxes.states.items() if state.top] == ["ada"]
    ask = drawn.boxes.asks["ed"]
    assert (words(ask.offers), ask.at_once) == (["Bo Young", "Cy Moon"], True)
    assert [key.partition(":")[0] for key in drawn.preview.asks] == ["line", "line"], "the same is asked in the list"
    drawn.answer(ask.offers[0].answer)
    assert drawn.page is Page.BOXES, "one stays with the drawing"
    row = {state.id: state.rows for state in drawn.boxes.states.values()}
    drawn.answer(LineLeadsTo(row["gil"], row["cy"][0]))
    drawn.answer(LineLeadsTo(row["hal"], row["bo"][0]))
    assert drawn.boxes.counts == {Mark.SET: 6, Mark.CHECK: 1, Mark.LOOSE: 0}
    drawn.answer(LineLeadsTo(row["ada"], row["di"][0]))
    assert "cannot be under" in drawn.said
    drawn.answer(LineLeadsTo(row["flo"], None))
    assert drawn.preview.counts["decide"] == 0
    drawn.accept("Odd Council")
    assert managers(drawn, "Ed Bell", "Gil Hart", "Hal Ives", "Flo Gray") == ["Bo Young", "Cy Moon", "Bo Young", ""]
    drawn.presenter.leave()
    drawn.drops(Path("chart.pptx"))
    offers = drawn.boxes.asks["gil"].offers
    assert (words(offers), offers[0].about) == (["Cy Moon"], "As before: Team Manager, B"), "offered, and never set"
    assert drawn.boxes.states["gil"].mark is not Mark.SET
    office.proves_it()


def test_a_draft_keeps_everything_and_no_file_is_needed(drawn: Talker, office: Office, qtbot: QtBot) -> None:
    before, everything = office.entries(), office.everything()
    drawn.drops(Path("chart.pptx"))
    drawn.answer(drawn.boxes.asks["ed"].offers[0].answer)
    drawn.goes_on()
    drawn.presenter.keep(Origin("Odd Council", "Ada", "soon", "24/11/2026"))
    drawn.settle()
    assert (drawn.page, office.entries(), office.everything()) == (None, before, everything)
    drawn.close()

    again = Talker(qtbot, office.world)
    again.presenter.begin()
    again.presenter.resume("Odd Council")
    again.settle()
    assert again.page is Page.DECIDE
    assert again.preview.counts["decide"] == 1
    assert again.boxes.counts == {Mark.SET: 5, Mark.CHECK: 1, Mark.LOOSE: 1}
    again.goes_on()
    assert again.accepts[-1].origin == Origin("Odd Council", "Ada", "soon", "24/11/2026")
    again.presenter.keep(replace(again.accepts[-1].origin, authority="Even Council", issued=""))
    again.settle()
    with look(office.world) as session:
        assert [one.authority for one in chart_drafts.waiting(session)] == ["Even Council"], "it moved with its council"
    again.presenter.begin()
    again.presenter.resume("Even Council")
    again.settle()
    again.accept()
    with look(office.world) as session:
        assert chart_drafts.waiting(session) == []
        assert verify.verify(session).sound
    again.presenter.leave()
    again.close()


def test_ending_the_program_keeps_what_was_begun(talker: Talker, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    talker.drops(written(tmp_path, "Ada Hill,Lead,A,,", "Bo Young,Worker,A,Addy Hill,"))
    talker.press("manager:Addy Hill", "Ada Hill")
    talker.close()
    with look(office.world) as session:
        (draft,) = chart_drafts.waiting(session)
    assert (draft.file_name, draft.left_to_decide) == ("chart.csv", 0)


def test_leaving_offers_to_keep_the_answers(talker: Talker, office: Office, tmp_path: Path) -> None:
    talker.drops(written(tmp_path, "Ada Hill,Lead,A,,", "Bo Young,Worker,A,Addy Hill,"))
    talker.presenter.leave()
    assert talker.notices == [], "nothing was answered"
    talker.drops(written(tmp_path, "Ada Hill,Lead,A,,", "Bo Young,Worker,A,Addy Hill,"))
    talker.press("manager:Addy Hill", "Ada Hill")
    talker.presenter.leave()
    run = talker.notices[-1].run
    assert run is not None
    run()
    talker.settle()
    with look(office.world) as session:
        assert len(chart_drafts.waiting(session)) == 1


def test_undo_brings_every_row_of_every_table_back(talker: Talker, office: Office, tmp_path: Path) -> None:
    talker.drops(sample(tmp_path, first()))
    talker.accept()
    talker.presenter.leave()
    before = office.everything()
    office.world.clock.move(minutes=1)
    talker.drops(sample(tmp_path, second()))
    talker.accept()
    assert talker.ends[-1].title == f"Version 2 of {COUNCIL} is in use"
    assert any("who left" in step for step in talker.ends[-1].next_steps)
    assert office.everything() != before
    office.world.clock.move(minutes=1)
    talker.presenter.take_back()
    talker.settle()
    assert talker.page is None
    assert office.everything() == before, "row by row, in every table"
    office.proves_it()


def test_a_spelling_may_be_answered_again_and_back(talker: Talker, tmp_path: Path) -> None:
    talker.drops(written(tmp_path, "Ada Hill,Lead,A,,", "Bo Young,Worker,A,Addy Hill,"))
    rows = talker.presenter._talk.found.managers[0].rows  # type: ignore[union-attr]
    talker.answer(SpellingIs("Addy Hill", rows, None))
    assert talker.preview.open == 0
    talker.answer(SpellingIs("Addy Hill", rows, talker.preview.everybody[0].key))
    for _ in range(3):
        talker.presenter.undo()
        talker.settle()
    assert talker.preview.open == 1
