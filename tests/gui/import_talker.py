"""Somebody who imports charts without a window: what the pages would show, and what is answered on them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.factories import World
from visitor_register.files import reader_child
from visitor_register.gui.chart.import_presenter import ImportPresenter
from visitor_register.gui.chart.import_state import Accept, Ask, Boxes, Done, Offer, Origin, Page, Preview
from visitor_register.gui.chart.import_talk import Opener
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.services import chart_reading
from visitor_register.services.chart_answers import Answer, choose
from visitor_register.services.chart_reading import OpenFile


def open_here(paths: Sequence[Path]) -> OpenFile:
    """Open files without a child process; a signed one is opened as the program does."""
    if any(path.suffix == ".vrchart" for path in paths):
        return chart_reading.open_files(paths)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    return OpenFile(tuple(map(reader_child.read, paths)), paths[0].name, digest)


class Talker:
    """The presenter of an import, and what it said last."""

    def __init__(self, qtbot: QtBot, world: World, opener: Opener = open_here) -> None:
        self._qtbot = qtbot
        self.world = world
        self.crashes: list[BaseException] = []
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.dsl, now=world.clock)
        self.presenter = ImportPresenter(self.desk, opener=opener)
        self.page: Page | None = None
        self.refused = ""
        self.wrong: dict[str, str] = {}
        self.previews: list[Preview] = []
        self.drawings: list[Boxes] = []
        self.accepts: list[Accept] = []
        self.ends: list[Done] = []
        self.notices: list[Notice] = []
        for signal, told in (
            (self.presenter.preview_shown, self.previews.append),
            (self.presenter.boxes_shown, self.drawings.append),
            (self.presenter.accept_shown, self.accepts.append),
            (self.presenter.done_shown, self.ends.append),
            (self.presenter.page_shown, self._show),
            (self.presenter.refused, self._refuse),
            (self.presenter.wrong, self._mark_wrong),
            (self.presenter.left, self._left),
            (self.desk.said, self.notices.append),
        ):
            signal.connect(told)

    @property
    def preview(self) -> Preview:
        return self.previews[-1]

    @property
    def boxes(self) -> Boxes:
        return self.drawings[-1]

    @property
    def said(self) -> str:
        """The last notice."""
        return self.notices[-1].text if self.notices else ""

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self.jobs.pending == 0 and not self.presenter.busy, timeout=20_000)
        assert not self.crashes, self.crashes

    def drops(self, path: Path) -> None:
        """Drop a file."""
        self.presenter.begin()
        self.presenter.choose([path])
        self.settle()

    def ask(self, start: str) -> Ask:
        """What is asked of the first row whose key begins like this."""
        return next(ask for key, ask in self.preview.asks.items() if key.startswith(start))

    def answer(self, answer: Answer) -> None:
        self.presenter.answer(answer)
        self.settle()

    def press(self, start: str, words: str) -> None:
        """Give the answer with these words."""
        (offer,) = (offer for offer in self.ask(start).offers if offer.words == words)
        self.answer(offer.answer)

    def picks(self, start: str, name: str) -> None:
        """Choose somebody from the list of all."""
        ask = self.ask(start)
        assert ask.choice is not None
        (row,) = (row for row in ask.rows or self.preview.everybody if row.title == name)
        self.answer(choose(ask.choice, row.key))

    def goes_on(self) -> None:
        """Ctrl+Enter, as far as the last page."""
        for _ in range(2):
            if self.page in (Page.BOXES, Page.DECIDE):
                self.presenter.go_on()
                self.settle()

    def accept(self, authority: str = "", from_whom: str = "business support", issued: str = "") -> None:
        """Fill in the last page and accept, looking once more where that is asked."""
        for _ in range(2):
            self.goes_on()
            assert self.page is Page.ACCEPT, self.said
            origin = self.accepts[-1].origin
            self.presenter.accept(
                Origin(authority or origin.authority, from_whom, issued or origin.issued, origin.received)
            )
            self.settle()
            if self.page is not Page.DECIDE:
                return

    def close(self) -> None:
        self.presenter.close()
        self.jobs.close()

    def _show(self, page: Page) -> None:
        self.page = page

    def _refuse(self, sentence: str) -> None:
        self.refused = sentence

    def _mark_wrong(self, wrong: dict[str, str]) -> None:
        self.wrong = wrong

    def _left(self) -> None:
        self.page = None


def words(offers: Sequence[Offer]) -> list[str]:
    """What stands on the buttons."""
    return [offer.words for offer in offers]
