"""The Contacts screen: the worked answers, what can be said of a deadline, and that nothing of it outlives the DSL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import NOW, World, create_team, create_worker
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from visitor_register.domain.calendar import to_london
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Owes
from visitor_register.domain.letters import LetterKind
from visitor_register.domain.policy import Clocks
from visitor_register.gui import theme
from visitor_register.gui.contacts.panel_words import Act, Told
from visitor_register.gui.contacts.presenter import ContactsPresenter
from visitor_register.gui.contacts.view import ContactsView
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.metrics import layout_class
from visitor_register.gui.theme import Scheme
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.services import clocks, contacts, directory, policy
from visitor_register.services.contacts import ContactForm

ALT, CTRL, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
)


def _london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=to_london(NOW).tzinfo).astimezone(UTC)


class Office:
    """What the DSL wrote down before she looks at the screen."""

    def __init__(self, world: World) -> None:
        self.world = world

    def allocated(
        self, worker: UUID, on: date | None, ref: str, known: AllocationKnown = AllocationKnown.TOLD_BY_LA
    ) -> UUID:
        at = max(NOW, self.world.clock())
        with self.world.register.dsl_file().write() as session:
            how = known if on else AllocationKnown.UNKNOWN
            return contacts.allocate(session, worker, ref, on=on, known=how, by=self.world.dsl, at=at)

    def asked(
        self,
        worker: UUID,
        at: datetime,
        ref: str,
        kind: ContactKind = ContactKind.EMAIL,
        direction: Direction = Direction.SENT,
    ) -> UUID:
        form = ContactForm(kind, direction, worker, at, "Who attends on Monday?", ref, True, asks_reply=True)
        with self.world.register.dsl_file().write() as session:
            return contacts.log(session, form, by=self.world.dsl, at=at)

    def requested(self, worker: UUID, at: datetime, ref: str, *, urgent: bool = False) -> UUID:
        with self.world.register.dsl_file().write() as session:
            return contacts.ask(
                session,
                direction=Direction.RECEIVED,
                person=worker,
                asked_at=at,
                topic="Attendance this term",
                child_reference=ref,
                urgent=urgent,
                by=self.world.dsl,
                at=at,
            )

    def stop(self, identity: UUID, done_at: datetime, person: UUID | None) -> None:
        with self.world.register.dsl_file().read() as session:
            found = clocks.of(session, identity, by=self.world.dsl)
        assert found is not None
        with self.world.register.read() as session:
            (line,) = clocks.judge(session, [found], at=done_at)
        with self.world.register.dsl_file().write() as session:
            clocks.stop(
                session, line.assessed, done_at=done_at, person=person, by=self.world.dsl, at=self.world.clock()
            )

    def says(self, job: object, identity: UUID, *words: object, at: datetime = NOW) -> None:
        with self.world.register.dsl_file().write() as session:
            job(session, identity, *words, by=self.world.dsl, at=at)  # type: ignore[operator]


class Screen:
    """The screen and what a person does at it."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot) -> None:
        self.world, self.desk, self.qtbot = world, desk, qtbot
        self.said: list[str] = []
        self.counted: list[int] = []
        desk.said.connect(self._hear)
        self.presenter = ContactsPresenter(desk)
        self.presenter.overdue.connect(self.counted.append)
        self.view = ContactsView(self.presenter)
        qtbot.addWidget(self.view)
        self.panel = self.view.panel

    def _hear(self, notice: Notice) -> None:
        self.said.append(notice.text)

    def show(self, width: int = 1366, height: int = 698) -> None:
        look = theme.current()
        size = layout_class(width, height, look.factor)
        self.view.set_layout_class(size)
        self.view.resize(width - look.px(60 if size.narrow_rail else 184), height - look.px(52))
        with self.qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        self.view.setFocus()
        self.settle()

    def settle(self) -> None:
        runners = (self.desk.jobs, self.desk.dsl_jobs)
        for _ in range(6):
            self.qtbot.waitUntil(lambda: all(one is None or one.pending == 0 for one in runners))
            QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.view.window().focusWidget() or self.view, key, modifier)
        self.settle()

    def types(self, text: str, into: QLineEdit | None = None) -> None:
        field = into or self.view.window().focusWidget()
        assert isinstance(field, QLineEdit)
        field.setFocus()
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        self.settle()

    def rows(self) -> list[tuple[str, ...]]:
        """Each row: its state, then the lines of its cells."""
        return [
            (row.cells[0].pill.text if row.cells[0].pill else "", *(f"{c.text}/{c.second}" for c in row.cells[1:]))
            for row in self.view.table.rows
        ]

    def opens(self, identity: UUID) -> Told:
        self.view.table.choose(identity)
        self.settle()
        assert self.panel.told is not None
        assert self.panel.told.key == identity
        return self.panel.told

    def can(self) -> set[Act]:
        return {act for act, button in self.panel.buttons.items() if button.isVisible()}

    def words(self) -> str:
        """Everything that can be read in the window, seen or hidden."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        labels = [label.text() for label in self.view.findChildren(QLabel)]
        fields = [field.text() for field in self.view.findChildren(QLineEdit)]
        buttons = [button.text() for button in self.view.findChildren(KeyButton)]
        cells = [cell for row in self.rows() for cell in row]
        return "\n".join(
            [*labels, *fields, *buttons, *cells, *(w.accessibleName() for w in self.view.findChildren(QWidget))]
        )


@pytest.fixture
def desk(world: World, qtbot: QtBot) -> Iterator[Desk]:
    with desk_of(world, world.dsl, dsl=True) as made:
        yield made


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


@pytest.fixture
def screen(world: World, desk: Desk, qtbot: QtBot) -> Screen:
    return Screen(world, desk, qtbot)


def fill(office: Office) -> dict[str, UUID]:
    """Deadlines of every state, at 13:05 on Tuesday 24 November 2026."""
    world = office.world
    create_team(world, "Children and Families 3", "Marcus Adeyemi", email="marcus@harrow-lbc.example")
    people = {
        name: create_worker(world, name, badge=f"H{number}", team=team)
        for number, (name, team) in enumerate(
            (
                ("Tom Hadley", "Early Help Team 1"),
                ("Leila Haddad", "Children and Families 3"),
                ("Ngozi Eze", "Children and Families 3"),
                ("Dilip Rao", "Service manager, North"),
                ("Peter Vance", "Children and Families 3"),
                ("Joel Abara", "Early Help Team 1"),
                ("Oluwaseun Adebayo-Fitzgerald", "Virtual School for Looked After Children"),
            )
        )
    }
    world.clock.at = _london("2026-11-24T13:05")
    with world.register.read() as session:
        marcus = next(one.id for one in directory.search(session, "Marcus Adeyemi"))
    made = {
        "overdue day": office.allocated(people["Tom Hadley"], date(2026, 11, 13), "C-0388"),
        "overdue": office.asked(people["Leila Haddad"], _london("2026-11-19T11:20"), "C-0417"),
        "soon": office.asked(people["Ngozi Eze"], _london("2026-11-20T16:00"), "C-0402"),
        "school": office.requested(people["Dilip Rao"], _london("2026-11-24T09:40"), "C-0411"),
        "running": office.allocated(people["Peter Vance"], date(2026, 11, 20), "C-0420"),
        "unknown": office.allocated(people["Joel Abara"], None, "C-0399"),
        "met": office.asked(people["Leila Haddad"], _london("2026-11-18T13:10"), "C-0417", ContactKind.CALL),
        "late": office.asked(people["Tom Hadley"], _london("2026-11-12T10:00"), "C-0388", ContactKind.LETTER),
        "paused": office.asked(people["Oluwaseun Adebayo-Fitzgerald"], _london("2026-11-23T10:00"), "C-0431"),
    }
    office.stop(made["met"], _london("2026-11-19T15:10"), marcus)
    office.stop(made["late"], _london("2026-11-23T09:00"), people["Tom Hadley"])
    office.says(clocks.pause, made["paused"], "agreed with the manager until Friday", at=_london("2026-11-24T09:00"))
    return made


class Page(SidePanel):
    """Stands for a panel of another part of Contacts."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.field = QLineEdit()
        self.field.setAccessibleName(title)
        self.content.addWidget(self.field)
        self.setFocusProxy(self.field)


def test_the_worked_answers_stand_on_the_screen_with_their_reasons(screen: Screen, office: Office) -> None:
    worker, clock = create_worker(office.world), office.world.clock
    clock.at = _london("2026-12-28T09:00")
    made = {
        "allocated": office.allocated(worker, date(2026, 12, 22), "C-1"),
        "asked": office.asked(worker, _london("2026-12-23T10:00"), "C-2"),
        "at a weekend": office.asked(worker, _london("2026-11-21T13:00"), "C-3"),
        "request": office.requested(worker, _london("2026-12-24T10:00"), "C-4"),
        "urgent": office.requested(worker, _london("2026-12-24T10:00"), "C-5", urgent=True),
    }
    screen.show()
    assert screen.rows() == [
        ("Overdue", "Reply to our e-mail/LA owes · C-3", "Leila Haddad/CIN Team 3", "Wed 25 Nov 09:00/33 days ago"),
        (
            "Overdue",
            "Answer their urgent question/School owes · C-5",
            "Leila Haddad/CIN Team 3",
            "Fri 25 Dec 10:00/3 days ago",
        ),
        ("Running", "Reply to our e-mail/LA owes · C-2", "Leila Haddad/CIN Team 3", "Tue 29 Dec 10:00/in 1 day"),
        (
            "Running",
            "Answer their question/School owes · C-4",
            "Leila Haddad/CIN Team 3",
            "Tue 29 Dec 10:00/in 1 day",
        ),
        (
            "Running",
            "First contact after allocation/LA owes · C-1",
            "Leila Haddad/CIN Team 3",
            "Thu 31 Dec, end of day/3 working days left",
        ),
    ]
    assert screen.counted[-1] == 2
    told = screen.opens(made["asked"])
    assert told.title == "Leila Haddad: reply to our e-mail"
    assert (told.note, told.second) == (
        ("Due tomorrow, Tue 29 Dec 10:00", "in 1 day"),
        "Child ref C-2. Manager was copied.",
    )
    assert [(step.title, step.detail) for step in told.steps] == [
        ("Sent Wed 23 Dec 10:00", ""),
        (
            "Rule: 2 working days, same clock time",
            "Protocol: reply within 48 hours. In force from the beginning.",
        ),
        (
            "Fri 25 Dec (bank holiday: Christmas Day), Sat 26, Sun 27 and Mon 28 (bank holiday: Boxing Day "
            "(substitute day)) do not count",
            "Thu 24 Dec is day 1, Tue 29 is day 2.",
        ),
    ]
    assert told.also == "48 plain hours would be Fri 25 Dec 10:00."
    weekend = screen.opens(made["at a weekend"]).steps
    assert (weekend[0].title, weekend[2].title) == ("Sent Sat 21 Nov 13:00", "The clock starts Mon 23 Nov 09:00")
    assert screen.opens(made["urgent"]).steps[1].title == "Rule: 24 hours, because it is urgent"
    assert screen.opens(made["allocated"]).steps[1].title == "Rule: 5 working days"


def test_what_is_said_of_a_deadline_with_the_keyboard_alone(screen: Screen, office: Office) -> None:
    made = fill(office)
    screen.show()
    assert [row[0] for row in screen.rows()] == [
        "Overdue", "Overdue", "Due soon", "Due soon", "Running", "Paused", "Not assessable", "Done late", "Met",
    ]  # fmt: skip
    assert screen.rows()[-1][1:] == (
        "Reply to our call/LA owes · C-0417", "Marcus Adeyemi/for Leila Haddad", "Thu 19 Nov 15:10/after 1 day 2 h",
    )  # fmt: skip
    assert [pill.text() for pill in screen.view.pills.values()] == ["2 overdue", "2 due soon", "1 running"]
    screen.press(Qt.Key.Key_Down, times=2)
    screen.press(Qt.Key.Key_Return)
    assert screen.panel.told is not None
    assert screen.panel.told.key == made["soon"]
    assert screen.can() == {Act.DONE}, "nothing is behind the others yet"
    screen.press(Qt.Key.Key_R, ALT)
    screen.press(Qt.Key.Key_S, CTRL)
    assert screen.panel.done_form.wrong.title.text() == "Choose who answered."
    screen.press(Qt.Key.Key_2, ALT)
    for day, clock, sentence in (
        ("soon", "10:00", "Write the day as day/month/year, for example 24/11/2026."),
        ("24/11/2026", "25:00", "Write the time as hours and minutes, for example 09:05."),
        ("24/11/2026", "17:00", "That moment has not come yet. Check the day and the time."),
        ("20/11/2026", "15:00", "That is before it was asked for. Check the day and the time."),
    ):
        screen.types(day, screen.panel.done_form.day)
        screen.types(clock, screen.panel.done_form.clock)
        screen.press(Qt.Key.Key_Return)
        assert screen.panel.done_form.wrong.title.text() == sentence
    screen.types("24/11/2026", screen.panel.done_form.day)
    screen.types("11:30", screen.panel.done_form.clock)
    screen.press(Qt.Key.Key_S, CTRL)
    assert screen.said[-1].startswith("Written down: it is done.")
    row = next(row for row in screen.rows() if "C-0402" in row[1])
    assert (row[0], row[2:]) == ("Met", ("Marcus Adeyemi/for Ngozi Eze", "Tue 24 Nov 11:30/after 3 days 19 h"))
    _reason(screen, Act.OPEN_AGAIN, "that was about another child", "Write why it is open again.")
    assert screen.panel.told.second == "Child ref C-0402. Manager was copied. Open again: that was about another child."
    _reason(screen, Act.PAUSE, "agreed until Friday", "Write why it is paused.")
    assert screen.panel.told.note == ("Paused since Tue 24 Nov 13:05", "agreed until Friday")
    office.world.clock.move(days=1)
    screen.press(Qt.Key.Key_M, ALT)
    screen.panel.buttons[Act.GO_ON].click()
    screen.settle()
    assert screen.panel.told.note == ("Due today, Wed 25 Nov 16:00", "in 2 h 55 min"), "a working day later"
    _reason(screen, Act.WITHDRAW, "written twice", "Write why nothing is owed.")
    assert not [row for row in screen.rows() if "C-0402" in row[1]]


def _reason(screen: Screen, act: Act, reason: str, without: str) -> None:
    """Give a reason, after none was given."""
    if screen.panel.fold.isHidden():
        screen.press(Qt.Key.Key_M, ALT)
    screen.panel.buttons[act].click()
    screen.press(Qt.Key.Key_Return)
    assert screen.panel.reason_form.wrong.title.text() == without
    screen.types(reason, screen.panel.reason_form.reason)
    screen.press(Qt.Key.Key_Return)


def test_an_unknown_day_says_what_to_ask_and_is_written_down_when_it_is_known(screen: Screen, office: Office) -> None:
    made = fill(office)
    screen.show()
    told = screen.opens(made["unknown"])
    assert told.note[1] == "Ask Joel Abara for the day of the allocation, and write it down here."
    screen.press(Qt.Key.Key_M, ALT)
    screen.panel.buttons[Act.DAY].click()
    screen.settle()
    form = screen.panel.day_form
    for known, day, sentence in (
        (None, "20/11/2026", "Choose how the day is known."),
        (AllocationKnown.INFERRED, "", "Write the day as day/month/year, for example 20/11/2026."),
        (AllocationKnown.UNKNOWN, "20/11/2026", "Take the day out, or choose how it is known."),
        (AllocationKnown.INFERRED, "1/12/2026", "That day has not come yet. Check the day of the allocation."),
        (AllocationKnown.STATED_BY_WORKER, "20/11/2026", ""),
    ):
        form.known.set_value(known)
        screen.types(day, form.day)
        screen.press(Qt.Key.Key_S, CTRL)
        assert form.wrong.title.text() == sentence or not sentence
    assert screen.panel.told is not None
    assert screen.panel.told.note == ("Due Fri 27 Nov, end of day", "3 working days left")
    assert screen.panel.told.second == "Child ref C-0399. Day of allocation: said by the worker."


def test_what_is_answered_while_it_is_paused_is_as_late_as_it_was_then(screen: Screen, office: Office) -> None:
    made = fill(office)
    office.world.clock.move(days=10)
    screen.show()
    screen.opens(made["paused"])
    screen.press(Qt.Key.Key_R, ALT)
    screen.press(Qt.Key.Key_1, ALT)
    screen.press(Qt.Key.Key_S, CTRL)
    assert screen.panel.told is not None
    assert screen.panel.told.note == (
        "Done in time, Fri 4 Dec 13:05",
        "After 11 days 3 h. It was due Wed 25 Nov 10:00.",
    )


def test_the_list_is_narrowed_and_says_so_when_nothing_fits(screen: Screen, office: Office) -> None:
    screen.show()
    assert screen.view.empty.title.text() == "Nothing is owed"
    assert screen.view.empty.main.isHidden(), "there is nothing to log with yet"
    fill(office)
    screen.presenter.refresh()
    screen.settle()
    assert [chip.text() for chip in screen.view.chips.values()] == ["All 9", "LA owes 8", "School owes 1"]
    screen.view.chips[Owes.SCHOOL].click()
    assert [row[2] for row in screen.rows()] == ["Dilip Rao/Service manager, North"]
    screen.view.chips[None].click()
    screen.view.team.set_value("Early Help Team 1")
    screen.view.team.chosen.emit("Early Help Team 1")
    assert len(screen.rows()) == 3
    screen.view.team.set_value("")
    screen.press(Qt.Key.Key_F, CTRL)
    for text, found in (("adebayo FITZ", 1), ("c-0417", 2), ("ADEYEMI", 1), ("nobody", 0)):
        screen.types(text)
        assert len(screen.rows()) == found, text
    assert screen.view.empty.title.text() == "Nothing fits"


def test_it_follows_the_time_both_files_and_who_comes_next(screen: Screen, office: Office) -> None:
    fill(office)
    log, write, story = Page("Log"), Page("Write"), Page("Timeline")
    screen.view.offer_log(log)
    screen.view.offer_writing(write)
    screen.view.offer_timeline(story)
    wanted: list[tuple[object, ...]] = []
    for signal in (screen.presenter.log_wanted, screen.presenter.write_wanted, screen.presenter.timeline_wanted):
        signal.connect(lambda *what: wanted.append(what))
    screen.show()
    office.world.clock.move(hours=3)
    screen.presenter._minute.timeout.emit()
    screen.settle()
    assert [row[0] for row in screen.rows()].count("Overdue") == 3
    assert screen.counted[-1] == 3
    job = partial(policy.change, value=Clocks(la_opens=time(10)), by=office.world.dsl, at=NOW)
    screen.desk.jobs.write(job)
    screen.settle()
    assert screen.panel.told is not None
    assert screen.panel.buttons[Act.ESCALATE].text() == "Escalate, next: Marcus Adeyemi"
    for key, kind, page in (
        (Qt.Key.Key_C, LetterKind.CHASE, write),
        (Qt.Key.Key_E, LetterKind.ESCALATE, write),
        (Qt.Key.Key_T, None, story),
    ):
        screen.press(key, ALT)
        assert (screen.view.side.currentWidget(), page.field.hasFocus()) == (page, True)
        assert wanted[-1] == ((kind,) if kind else ()) + (screen.presenter.chosen,)
        screen.view.side.close_pages()
    screen.press(Qt.Key.Key_N, CTRL)
    screen.press(Qt.Key.Key_E, CTRL)
    assert wanted[-2:] == [(None,), (LetterKind.FRESH, None)]


def test_nothing_of_it_stays_when_somebody_else_is_at_the_desk(screen: Screen, office: Office) -> None:
    made = fill(office)
    screen.view.offer_log(Page("Log"))
    screen.show()
    screen.opens(made["paused"])
    screen.press(Qt.Key.Key_R, ALT)
    screen.types("Ngozi", screen.view.search)
    screen.presenter.refresh()
    dsl_jobs = screen.desk.dsl_jobs
    screen.desk.hand_over(office.world.reception, None)
    assert (screen.presenter.allowed, screen.presenter.chosen, screen.counted[-1]) == (False, None, 0)
    for canary in ("C-0", "Ngozi", "Adebayo", "Adeyemi", "agreed", "Monday", "Virtual"):
        assert canary not in screen.words()
    screen.settle()
    assert screen.rows() == []
    screen.desk.hand_over(office.world.dsl, dsl_jobs)
    screen.settle()
    assert len(screen.rows()) == 9


@pytest.mark.parametrize(
    ("scheme", "sizes"),
    [
        (Scheme.LIGHT, ((1366, 698, 1.0), (1366, 698, 1.3))),
        (Scheme.DARK, ((1024, 640, 1.0), (911, 442, 1.0))),
    ],
)
def test_pictures_of_contacts(
    screen: Screen, office: Office, scheme: Scheme, sizes: tuple[tuple[int, int, float], ...]
) -> None:
    screen.view.offer_log(Page("Log a contact"))
    screen.view.offer_writing(Page("Write"))
    screen.view.offer_timeline(Page("Timeline"))
    look = theme.current()
    look.use(scheme)
    try:
        screen.show()
        pictures.save(screen.view, f"contacts-empty-{scheme.value}")
        made = fill(office)
        for width, height, factor in sizes:
            look.use(scheme, factor)
            screen.show(width, height)
            screen.presenter.refresh()
            screen.settle()
            name = f"{scheme.value}-{width}-{round(factor * 100)}"
            for key in ("overdue day", "unknown", "paused", "late", "soon"):
                screen.opens(made[key])
                screen.press(Qt.Key.Key_Return)
                pictures.save(screen.view, f"contacts-{key.replace(' ', '-')}-{name}")
                _check(screen.view)
                if key != "soon":
                    screen.press(Qt.Key.Key_Escape)
            screen.press(Qt.Key.Key_M, ALT)
            pictures.save(screen.view, f"contacts-more-{name}")
            _check(screen.view)
            screen.press(Qt.Key.Key_R, ALT)
            screen.press(Qt.Key.Key_S, CTRL)
            pictures.save(screen.view, f"contacts-replied-{name}")
            _check(screen.view)
            screen.press(Qt.Key.Key_Escape, times=2)
            pictures.save(screen.view, f"contacts-list-{name}")
    finally:
        look.use(Scheme.LIGHT)


def _check(view: QWidget) -> None:
    assert walkers.text_fits(view) == []
    assert walkers.unnamed_controls(view) == []
    assert walkers.rich_text_labels(view) == []
    assert len(walkers.primary_buttons(view)) <= 1
