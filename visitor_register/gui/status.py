"""What the top bar says of the register: how it is, who is signed in, what has to be asked."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar, health
from visitor_register.domain.health import Finding, Level
from visitor_register.domain.policy import Policy
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.main_window import MainWindow
from visitor_register.gui.sounds import SoundPlayer
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services import chart_age, policy
from visitor_register.services.chart_age import Age
from visitor_register.services.today import Board

MINUTE_MS = 60_000


class Status(QObject):
    """Keeps the top bar true. It reads again after every change and every minute.

    Signals:
        minute: Another minute has gone by; what depends on the time looks again.
    """

    minute = Signal()

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        sounds: SoundPlayer,
        ask_home_time: Callable[[], None],
        *,
        timer: QTimer | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._window, self._sounds, self._ask = desk, window, sounds, ask_home_time
        self._rules = Policy()
        self._age: Age | None = None
        self._fire_list_trouble = ""
        self._finding: Finding | None = None
        self._asked: set[tuple[str, date]] = set()
        self._lists_at: datetime | None = None
        self.signed_in = self.drafts = self.nobody_came = 0
        self._minute = timer or QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self._minute.timeout.connect(self.minute)
        desk.jobs.changed.connect(self.refresh)
        desk.operator_changed.connect(self.refresh)

    def start(self) -> None:
        """Begin to follow."""
        self._minute.start()
        self.refresh()

    def stop(self) -> None:
        """The desk is closed."""
        self._minute.stop()

    @Slot()
    def refresh(self) -> None:
        """Read settings and chart again."""
        self._desk.jobs.read(partial(_policy_and_chart, at=self._desk.now()), self._show)

    @Slot(object)
    def show_board(self, board: Board) -> None:
        """Count who is signed in, and ask about earlier days once a day."""
        self._lists_at = board.at
        # Heads, as the fire list counts them: a police visit may be three.
        self.signed_in = sum(here.visit.how_many for here in board.on_site)
        self.drafts = len(board.drafts)
        self.nobody_came = len(board.nobody_came)
        self._window.top.set_signed_in(self.signed_in)
        self._window.rail.set_count("today", self.drafts)
        open_before = len(board.no_sign_out)
        if open_before:
            words = "1 visitor was" if open_before == 1 else f"{open_before} visitors were"
            self._ask_once("before", f"{words} not signed out on an earlier day. Do you know when they left?")
        self._ask_after_hours()

    @Slot(bool, str)
    def show_fire_list(self, ok: bool, words: str) -> None:
        """Whether the newest fire list lies where it should."""
        self._fire_list_trouble = "" if ok else words
        self._show_health()

    @Slot(object)
    def show_findings(self, found: tuple[Finding, ...]) -> None:
        """How the register stands on this PC."""
        self._finding = health.worst(found)
        self._show_health()

    @Slot(bool)
    def scanner_types_elsewhere(self, elsewhere: bool) -> None:
        """A scan would not arrive here while another program has the keys."""
        words = "Scanner types elsewhere - click here" if elsewhere else "Ready to scan"
        self._window.top.set_scanner(words, ready=not elsewhere)
        search = self._window.findChild(QObject, "search")
        if search is not None:
            search.setProperty("ready", not elsewhere)

    def _show(self, answer: tuple[Policy, Age | None]) -> None:
        self._rules, self._age = answer
        self._sounds.on = self._rules.sounds.on
        top = self._window.top
        top.set_school(self._rules.school.name)
        duty = self._rules.duty.people[0].name if self._rules.duty.people else ""
        top.set_person(
            self._desk.operator.name, short=_short(self._desk.operator.name), dsl=f"DSL {duty}" if duty else ""
        )
        self._show_health()
        self._ask_after_hours()

    def _show_health(self) -> None:
        top, finding = self._window.top, self._finding
        if finding is not None and finding.level is Level.WRONG:
            top.set_health(finding.short, Tone.NOT_KNOWN, finding.words)
            return
        if self._fire_list_trouble:
            top.set_health("Fire list", Tone.CHECK, self._fire_list_trouble)
            return
        if finding is not None:
            top.set_health(finding.short, Tone.CHECK, finding.words)
            return
        age = self._age
        if age is None:
            top.set_health("No chart", Tone.CHECK, "Everything is saved. There is no structure chart yet.")
            return
        days = calendar.age(age.day, calendar.london_date(self._desk.now()))
        words = f"Everything is saved. The chart{f' of {age.part}' if age.part else ''} is {days}."
        if age.old or age.very_old:
            tone = Tone.NOT_KNOWN if age.very_old else Tone.CHECK
            top.set_health("Chart old", tone, f"{words} Ask the council for a newer one.")
        else:
            top.set_health("All well", Tone.KNOWN, words)

    def _ask_after_hours(self) -> None:
        """Ask once the lists are those of home time: older ones do not know yet who never came."""
        lists_at = self._lists_at
        if lists_at is None or calendar.to_london(lists_at).time() < self._rules.hours.closes:
            return
        if self.signed_in or self.nobody_came:
            people = "1 person is" if self.signed_in == 1 else f"{self.signed_in} people are"
            bookings = "1 booking" if self.nobody_came == 1 else f"{self.nobody_came} bookings"
            signed_in = f"{people} still signed in." if self.signed_in else ""
            missed = f"Nobody signed in for {bookings}. Did they come?" if self.nobody_came else ""
            self._ask_once("after", " ".join(part for part in (signed_in, missed) if part))

    def _ask_once(self, topic: str, words: str) -> None:
        key = topic, calendar.london_date(self._desk.now())
        if key not in self._asked:
            self._asked.add(key)
            self._desk.said.emit(Notice("check", words, "Go through them", self._ask))


def _policy_and_chart(session: Session, *, at: datetime) -> tuple[Policy, Age | None]:
    return policy.read(session, calendar.london_date(at)), chart_age.read(session, at)


def _short(name: str) -> str:
    """`Joan Mensah` as `J. Mensah`, where there is little room."""
    first, _, rest = name.partition(" ")
    return f"{first[0]}. {rest}" if rest else name
