"""The form of a contact by itself: each thing that happened by keyboard alone, the worked answers, what is stopped."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from tests.factories import NOW, World, create_leaver, create_worker
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from visitor_register.domain.clocks import State
from visitor_register.domain.contacts import (
    AllocationKnown,
    Contact,
    ContactKind,
    Courtesy,
    Direction,
    Discussion,
    Shared,
)
from visitor_register.errors import RegisterError
from visitor_register.gui.contacts.log_form import LogForm
from visitor_register.gui.contacts.log_presenter import LogPresenter
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.persistence import journal, rows
from visitor_register.services import clocks, contacts, directory
from visitor_register.services.clocks import ClockLine
from visitor_register.services.contacts import ContactForm

_T = TypeVar("_T")
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
EMAIL, FROM_THEM, FROM_US = Qt.Key.Key_2, Qt.Key.Key_6, Qt.Key.Key_7


class Dsl(QObject):
    """The DSL at the form."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot) -> None:
        super().__init__()
        self.world, self.desk, self.qtbot = world, desk, qtbot
        self.said: list[Notice] = []
        desk.said.connect(self.said.append)
        desk.jobs.failed.connect(desk.explain)
        self.form = LogForm(LogPresenter(desk))
        qtbot.addWidget(self.form)
        self.form.resize(392, 640)
        with qtbot.waitActive(self.form):
            self.form.show()
        self.form.fields.what.setFocus()
        self.settle()

    def settle(self) -> None:
        jobs = [one for one in (self.desk.jobs, self.desk.dsl_jobs) if one is not None]
        for _ in range(4):
            self.qtbot.waitUntil(lambda: not any(one.pending for one in jobs))
            QApplication.processEvents()

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.form.window().focusWidget() or self.form, key, held)
            self.settle()

    def alt(self, *keys: Qt.Key) -> None:
        self.press(*keys, held=ALT)

    def types(self, *texts: str) -> None:
        """Each text into what has the keyboard, with Tab in between."""
        for number, text in enumerate(texts):
            if number:
                self.press(Qt.Key.Key_Tab)
            target = self.form.window().focusWidget()
            assert target is not None
            QTest.keyClicks(target, text)
        self.settle()

    def who(self, name: str) -> None:
        assert self.form.who.search.hasFocus()
        self.types(name)
        self.press(Qt.Key.Key_Return)
        assert self.form.fields.summary.hasFocus() or self.form.who.new.isVisible()

    def saves(self) -> str:
        self.said.clear()
        self.press(Qt.Key.Key_S, held=CTRL)
        return self.said[-1].text if self.said else ""

    def errors(self) -> dict[str, str]:
        return {name: field.error() for name, field in self.form.fields.labelled.items() if field.error()}

    def due(self) -> str:
        return self.form.notice.title.text() if self.form.notice.isVisibleTo(self.form) else ""

    def notes(self) -> list[str]:
        return [note.title.text() for note in self.form.notes if note.isVisibleTo(self.form)]

    def offers(self) -> list[str]:
        return [answer.text() for answer in self.form.fields.answers.answers]

    def in_file(self, job: Callable[[Session], object]) -> object:
        with self.world.register.dsl_file().write() as session:
            return job(session)

    def entries(self) -> int:
        with self.world.register.dsl_file().read() as session:
            return journal.count(session)

    def contacts(self) -> tuple[Contact, ...]:
        with self.world.register.dsl_file().read() as session:
            return contacts.newest(session, by=self.world.dsl).contacts

    def lines(self) -> list[ClockLine]:
        at = self.world.clock()
        with self.world.register.dsl_file().read() as session:
            found = clocks.owed(session, by=self.world.dsl, at=at)
        with self.world.register.read() as session:
            return clocks.judge(session, found, at=at)

    def only(self, kind: type[_T]) -> _T:
        with self.world.register.dsl_file().read() as session:
            (found,) = rows.select_all(session, kind)
        return found

    def owes_reply(self, person: UUID, at: datetime = NOW - timedelta(hours=26)) -> None:
        form = ContactForm(ContactKind.EMAIL, Direction.SENT, person, at, "Who attends?", "C-0417", asks_reply=True)
        self.in_file(lambda s: contacts.log(s, form, by=self.world.dsl, at=at))


@pytest.fixture
def desk(world: World, qtbot: QtBot) -> Iterator[Desk]:
    with desk_of(world, world.dsl, dsl=True) as made:
        yield made


@pytest.fixture
def dsl(world: World, desk: Desk, qtbot: QtBot) -> Dsl:
    create_worker(world)
    return Dsl(world, desk, qtbot)


def test_an_email_that_asks_for_a_reply_in_a_few_keys(dsl: Dsl) -> None:
    dsl.alt(Qt.Key.Key_1, EMAIL, FROM_US)
    dsl.who("le")
    assert dsl.form.about_them.text() == "Social Worker · CIN Team 3\nManager: Marcus Adeyemi."
    dsl.types("Who attends?", "C-0417")
    dsl.alt(Qt.Key.Key_R)
    assert dsl.due() == "Reply due Thu 26 Nov 10:24, 2 working days"
    dsl.form.each_day.setFocus()
    dsl.press(Qt.Key.Key_Space)
    assert "Wed 25 Nov 2026 is day 1." in dsl.form.steps.text()
    assert dsl.saves() == "Logged. Reply due Thu 26 Nov 10:24."
    (said,) = dsl.contacts()
    assert (said.kind, said.direction, said.at) == (ContactKind.EMAIL, Direction.SENT, NOW)
    assert (said.summary, said.child_reference, said.manager_copied) == ("Who attends?", "C-0417", None)
    assert dsl.form.fields.what.isVisible(), "the next one can be written"


def test_the_worked_answers_stand_in_the_form_while_one_types(dsl: Dsl) -> None:
    reply, request, allocation = (Qt.Key.Key_1, EMAIL, FROM_US), (Qt.Key.Key_3, Qt.Key.Key_1), (Qt.Key.Key_2,)
    dsl.world.clock.at = datetime(2026, 12, 31, 12, tzinfo=UTC)
    for what, day, hour, due in (
        ((*reply, Qt.Key.Key_R), "20/11/2026", "16:00", "Reply was due Tue 24 Nov 16:00, 2 working days"),
        (reply, "23/12/2026", "10:00", "Reply was due Tue 29 Dec 10:00, 2 working days"),
        (reply, "21/11/2026", "13:00", "Reply was due Wed 25 Nov 09:00, 2 working days"),
        (request, "24/12/2026", "10:00", "Our answer was due Tue 29 Dec 10:00, 1 working day"),
        ((*request, Qt.Key.Key_U), "24/12/2026", "10:00", "Our answer was due Fri 25 Dec 10:00, 24 hours"),
        (allocation, "20/11/2026", "", "First contact was due by the end of Fri 27 Nov 2026, 5 working days"),
        (allocation, "22/12/2026", "", "First contact due by the end of Thu 31 Dec 2026, 5 working days"),
        (allocation, "24/3/2027", "", "First contact was due by the end of Fri 2 Apr 2027, 5 working days"),
    ):
        if day.endswith("2027"):
            dsl.world.clock.at = datetime(2027, 4, 6, 12, tzinfo=UTC)
        dsl.alt(Qt.Key.Key_0, *what)
        dsl.form.fields.day.setText(day)
        dsl.form.fields.clock.setText(hour)
        dsl.settle()
        assert dsl.due() == due


def test_a_managers_reply_stops_the_clock_and_an_acknowledgement_does_not(dsl: Dsl) -> None:
    with dsl.world.register.read() as session:
        (worker,), (manager,) = directory.search(session, "leila"), directory.search(session, "marcus")
    dsl.owes_reply(worker.id)
    dsl.alt(Qt.Key.Key_1, EMAIL, FROM_THEM)
    dsl.who("marcus")
    dsl.types("We have your e-mail")
    assert dsl.offers() == ["Reply to our e-mail, C-0417"]
    dsl.form.fields.answers.field.setFocus()
    dsl.press(Qt.Key.Key_Space)
    dsl.alt(Qt.Key.Key_A, Qt.Key.Key_F)
    assert dsl.notes() == [
        "An automatic acknowledgement stops no deadline",
        "The protocol asks not to forward chains (P9)",
    ]
    assert dsl.saves() == "Logged. Reply to our e-mail: still open."
    dsl.alt(Qt.Key.Key_1, EMAIL, FROM_THEM)
    dsl.who("marcus")
    dsl.types("Ms Kaur attends")
    dsl.form.fields.answers.field.setFocus()
    dsl.press(Qt.Key.Key_Space)
    before = dsl.entries()
    dsl.form.save_button.click()
    dsl.form.save_button.click()
    assert dsl.saves() == "Logged. Reply to our e-mail: met, after 1 day 2 h."
    assert dsl.entries() == before + 2, "the contact and what it stops, once"
    (line,) = dsl.lines()
    assert (line.assessed.state, line.clock.stopped_by) == (State.MET, manager.id)
    automatic = [one.automatic for one in dsl.contacts()]
    assert sorted(automatic) == [False, False, True]


def test_what_is_marked_as_answered_is_found_in_the_form(dsl: Dsl) -> None:
    colleague = create_worker(dsl.world, "Owen Pritchard", badge="H2")
    dsl.owes_reply(colleague)
    (line,) = dsl.lines()
    dsl.form.presenter.begin_answer(line)
    dsl.settle()
    assert dsl.form.fields.answers.value() == line.clock.id
    dsl.form.fields.kind.setFocus()
    dsl.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    dsl.form.who.search.setFocus()
    dsl.who("leila")
    assert dsl.form.fields.answers.value() == line.clock.id
    assert dsl.notes() == ["This is a colleague of Owen Pritchard"]
    dsl.form.fields.direction.setFocus()
    dsl.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert (dsl.offers(), dsl.form.fields.answers.value()) == ([], None), "what goes out answers what the school owes"


def test_an_allocation_and_one_whose_day_nobody_knows(dsl: Dsl) -> None:
    dsl.alt(Qt.Key.Key_2, Qt.Key.Key_1)
    dsl.who("leila")
    dsl.types("", "C-0388", "20 Nov")
    assert dsl.due() == "First contact due by the end of Fri 27 Nov 2026, 5 working days"
    assert dsl.saves() == "Logged. First contact due by the end of Fri 27 Nov 2026."
    dsl.alt(Qt.Key.Key_2, Qt.Key.Key_4)
    dsl.who("leila")
    dsl.types("", "C-0399")
    assert dsl.notes() == ["Without the day nobody can say when contact is due"]
    assert dsl.saves() == "Logged."
    known = {line.clock.child_reference: (line.clock.known, line.assessed.state) for line in dsl.lines()}
    assert known["C-0399"] == (AllocationKnown.UNKNOWN, State.NOT_ASSESSABLE)
    assert known["C-0388"][0] is AllocationKnown.TOLD_BY_LA


def test_an_urgent_request_of_somebody_on_no_chart(dsl: Dsl) -> None:
    dsl.alt(Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_U)
    dsl.types("Gareth Pym")
    dsl.press(Qt.Key.Key_Return)
    dsl.types("Brent")
    dsl.press(Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    dsl.types("Attendance since September")
    assert dsl.due() == "Our answer due Wed 25 Nov 10:24, 24 hours"
    assert dsl.saves() == "Logged. Our answer due Wed 25 Nov 10:24."
    (line,) = dsl.lines()
    assert line.person is not None
    assert (line.person.name, line.person.organisation, line.clock.urgent) == ("Gareth Pym", "Brent", True)


def test_what_was_withheld_a_discussion_and_a_courtesy_note(dsl: Dsl) -> None:
    dsl.alt(Qt.Key.Key_4, Qt.Key.Key_2)
    dsl.who("leila")
    dsl.types("The mother's new address")
    before = dsl.entries()
    assert dsl.saves() == ""
    assert dsl.errors() == {"why": "Write why it was withheld. An inquiry will ask."}
    assert dsl.entries() == before
    dsl.types("Risk to her, police advice")
    assert dsl.saves() == "Logged."
    kept = dsl.only(Shared)
    assert (kept.shared, kept.what, kept.why) == (False, "The mother's new address", "Risk to her, police advice")
    dsl.alt(Qt.Key.Key_5, Qt.Key.Key_4, FROM_THEM)
    dsl.who("leila")
    dsl.types("A place at another school")
    dsl.form.fields.education.setFocus()
    dsl.press(Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Tab)
    dsl.types("A place from January")
    assert dsl.notes() == ["This goes on your list to follow up"]
    assert dsl.saves() == "Logged."
    talked = dsl.only(Discussion)
    assert (talked.education, talked.school_present, talked.commitments) == (True, "", "A place from January")
    assert talked.about == dsl.contacts()[0].id
    dsl.alt(Qt.Key.Key_6, Qt.Key.Key_1)
    dsl.who("leila")
    dsl.types("Hung up during the call")
    assert dsl.notes() == ["Speak to the manager first, Marcus Adeyemi, 020 7946 0112"]
    assert dsl.form.notes[0].text.text() == "An allegation against somebody goes to the LADO, not here."
    dsl.alt(Qt.Key.Key_M)
    assert dsl.saves() == "Noted."
    noted = dsl.only(Courtesy)
    assert (noted.by_authority, noted.manager_first, noted.note) == (True, True, "Hung up during the call")


def test_what_is_missing_is_said_at_the_field_and_nothing_is_written(dsl: Dsl) -> None:
    before = dsl.entries()
    dsl.saves()
    assert dsl.errors() == {"what": "Choose what happened."}
    dsl.alt(Qt.Key.Key_1)
    dsl.saves()
    assert set(dsl.errors()) == {"kind", "direction", "who", "summary"}
    assert dsl.form.fields.kind.choices[0].hasFocus()
    dsl.alt(Qt.Key.Key_1, FROM_THEM)
    dsl.who("leila")
    dsl.types("Rang back", "", "", "10:40")
    dsl.saves()
    assert dsl.errors() == {"clock": "That moment has not come yet."}
    dsl.form.fields.day.setText("25/11/2026")
    dsl.saves()
    assert dsl.errors()["day"].startswith("That day has not come yet.")
    dsl.form.fields.day.setText("29/3/2026")
    dsl.form.fields.clock.setText("1:30")
    dsl.saves()
    assert dsl.errors() == {"clock": "The clocks went forward then: there was no such time."}
    dsl.form.fields.clock.setText("")
    dsl.saves()
    assert dsl.errors() == {"clock": "Write the time too, like 14:00."}
    assert dsl.entries() == before
    dsl.form.fields.day.setText("yesterday")
    dsl.form.fields.clock.setText("1615")
    assert dsl.saves() == "Logged."
    assert dsl.contacts()[0].at == datetime(2026, 11, 23, 16, 15, tzinfo=UTC)


def test_an_answer_from_before_it_was_asked(dsl: Dsl) -> None:
    with dsl.world.register.read() as session:
        (worker,) = directory.search(session, "leila")
    dsl.owes_reply(worker.id)
    dsl.alt(Qt.Key.Key_1, Qt.Key.Key_1, FROM_THEM)
    dsl.who("leila")
    dsl.types("Ms Kaur", "", "20/11", "9:00")
    dsl.form.fields.answers.answers[0].click()
    dsl.saves()
    assert dsl.errors()["day"].startswith("That is before it was asked for (Mon 23 Nov 08:24).")


def test_what_was_not_saved_comes_back_and_goes_with_whoever_leaves(dsl: Dsl) -> None:
    leaver = create_leaver(dsl.world)
    assert leaver
    dsl.alt(Qt.Key.Key_1, Qt.Key.Key_1, FROM_THEM)
    dsl.who("haddow")
    assert dsl.form.about_them.text() == "No longer on the chart. Last there: Social Worker · CIN Team 3."
    dsl.types("C-0417 canary", "C-0417")
    dsl.press(Qt.Key.Key_Escape)
    assert dsl.form.fields.typed().what is None
    notice = dsl.said[-1]
    assert (notice.action, notice.run is not None) == ("Bring it back", True)
    assert notice.run is not None
    notice.run()
    dsl.settle()
    assert dsl.form.fields.summary.toPlainText() == "C-0417 canary"
    dsl.press(Qt.Key.Key_Escape)
    dsl_jobs = dsl.desk.dsl_jobs
    dsl.desk.hand_over(dsl.world.reception, None)
    notice.run()
    dsl.settle()
    assert dsl.form.fields.typed() == dsl.form.fields.typed().__class__()
    dsl.alt(Qt.Key.Key_6, Qt.Key.Key_1)
    dsl.who("leila")
    dsl.types("not theirs to write")
    before = dsl.entries()
    assert dsl.saves() == ""
    assert dsl.entries() == before
    dsl.desk.hand_over(dsl.world.dsl, dsl_jobs)
    assert dsl.form.fields.summary.toPlainText() == ""


def test_a_contact_that_could_not_be_written_writes_nobody_down_twice(
    dsl: Dsl, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_named: object) -> UUID:
        raise RegisterError("NOT SAVED - the disk is full.")

    dsl.alt(Qt.Key.Key_1, Qt.Key.Key_1, FROM_THEM)
    dsl.types("Gareth Pym")
    dsl.press(Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    dsl.types("Rang about a placement")
    with monkeypatch.context() as broken:
        broken.setattr(contacts, "log", fails)
        assert dsl.saves() == "NOT SAVED - the disk is full."
    assert dsl.form.fields.summary.toPlainText() == "Rang about a placement"
    assert dsl.saves() == "Logged."
    with dsl.world.register.read() as session:
        assert len(directory.search(session, "pym")) == 1


def _fill_each(dsl: Dsl, name: str) -> None:
    """Each form as full as it gets; a picture of each."""
    kinds = {
        "contact": (Qt.Key.Key_1, EMAIL, FROM_THEM),
        "sent": (Qt.Key.Key_1, EMAIL, FROM_US, Qt.Key.Key_R),
        "allocation": (Qt.Key.Key_2, Qt.Key.Key_1),
        "request": (Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_U),
        "withheld": (Qt.Key.Key_4, Qt.Key.Key_2),
        "discussion": (Qt.Key.Key_5, Qt.Key.Key_4, FROM_THEM),
        "courtesy": (Qt.Key.Key_6, Qt.Key.Key_1),
    }
    for what, keys in kinds.items():
        dsl.alt(*keys)
        dsl.form.who.search.setFocus()
        dsl.who("leila")
        dsl.types("Who attends the review on 2 December, and is the plan agreed with the family?")
        dsl.form.fields.child.setText("C-0417")
        if what == "allocation":
            dsl.form.fields.day.setText("20/11/2026")
        if what == "contact":
            dsl.form.fields.answers.answers[0].click()
            dsl.alt(Qt.Key.Key_F)
        if what == "sent":
            dsl.form.fields.copied.choices[1].click()
            dsl.form.each_day.click()
        if what == "discussion":
            dsl.form.fields.education.choices[0].click()
            dsl.form.fields.there.choices[1].click()
        dsl.settle()
        assert walkers.text_fits(dsl.form) == [], what
        assert walkers.unnamed_controls(dsl.form) == [], what
        dsl.form.reveal(dsl.form.fields.labelled["kind"])
        pictures.save(dsl.form, f"contact-{what}-{name}")
        if what == "withheld":
            dsl.saves()
            assert walkers.text_fits(dsl.form) == [], what
            pictures.save(dsl.form, f"contact-withheld-wrong-{name}")
        dsl.form.presenter.forget()
        dsl.form.fields.what.setFocus()
        dsl.settle()


@pytest.mark.parametrize(("height", "factor"), [(900, 1.0), (560, 1.3)])
def test_every_form_fits(dsl: Dsl, look: Theme, height: int, factor: float) -> None:
    with dsl.world.register.read() as session:
        (worker,) = directory.search(session, "leila")
    dsl.owes_reply(worker.id)
    dsl.owes_reply(create_worker(dsl.world, "Oluwaseun Adebayo-Fitzgerald", badge="H2"))
    look.use(Scheme.DARK if factor > 1 else Scheme.LIGHT, factor)
    try:
        dsl.form.resize(look.px(392), height)
        pictures.save(dsl.form, f"contact-what-{factor}")
        assert walkers.text_fits(dsl.form) == []
        _fill_each(dsl, str(factor))
    finally:
        look.use(Scheme.LIGHT)
