"""A received message on the Contacts screen: dropped, confirmed, logged with what it answers; and looked at."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.factories import NOW, World, create_team, create_worker
from tests.files import mails as files
from tests.gui import pictures, walkers
from tests.gui.test_contacts import CTRL, Office, Screen, _london, desk
from visitor_register.domain.contacts import Contact
from visitor_register.domain.people import Role
from visitor_register.files import mail_eml, reader_child
from visitor_register.gui.contacts.mail_page import MailPage
from visitor_register.gui.contacts.mail_presenter import MailPresenter
from visitor_register.gui.desk import Desk
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.services import clocks, contacts, directory

__all__ = ["desk"]
ASKED = "2026-11-23T11:00"
WORKER = "h194359@harrow-lbc.example"


class Mailed(Screen):
    """The screen with messages that arrive."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot, folder: Path) -> None:
        super().__init__(world, desk, qtbot)
        self.folder = folder
        # The same reading without a process of its own: the sandbox has its own tests.
        self.mail = MailPresenter(desk, opener=reader_child.read_mail, parent=self.presenter)
        self.page = MailPage(self.mail)
        self.picked: list[Path] = []
        self.view.offer_mail(self.page, lambda _parent: self.picked)
        self.show()

    def file(self, data: bytes, name: str = "message.eml", sender: str = WORKER) -> Path:
        path = self.folder / name
        path.write_bytes(data.replace(files.LEILA.capitalize().encode(), sender.encode()))
        return path

    def drops(self, *paths: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        held = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.view, QDragEnterEvent(QPointF(50, 50).toPoint(), *held))
        QApplication.sendEvent(self.view, QDropEvent(QPointF(50, 50), *held))
        self.settle()

    def settle(self) -> None:
        if hasattr(self, "mail"):
            self.qtbot.waitUntil(lambda: not self.mail.reader.busy)
        super().settle()

    def chooses(self, chooser: Chooser, words: str) -> None:
        """Choose an answer by its beginning."""
        number = chooser.findText(words, Qt.MatchFlag.MatchStartsWith)
        assert number >= 0, [chooser.itemText(one) for one in range(chooser.count())]
        chooser.setFocus()
        chooser.setCurrentIndex(number)
        chooser.activated.emit(number)
        self.settle()

    def confirms(self, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.view.window().focusWidget() or self.view, Qt.Key.Key_Return, CTRL)
        self.settle()

    def errors(self) -> dict[str, str]:
        return {name: field.error() for name, field in self.page.fields.items() if field.error()}

    def logged(self) -> list[Contact]:
        """What came in, the oldest first."""
        with self.world.register.dsl_file().read() as session:
            found = contacts.newest(session, by=self.world.dsl).contacts
        return [one for one in reversed(found) if one.direction == "received"]


@pytest.fixture
def mailed(world: World, desk: Desk, qtbot: QtBot, tmp_path: Path) -> Mailed:
    create_team(world, email=files.MARCUS)
    worker = create_worker(world)
    Office(world).asked(worker, _london(ASKED), "C-0417")
    return Mailed(world, desk, qtbot, tmp_path)


def _open(world: World) -> set[UUID]:
    with world.register.dsl_file().read() as session:
        return {one.id for one in clocks.owed(session, by=world.dsl, at=NOW) if one.is_open}


def test_an_answer_is_dropped_confirmed_and_stops_its_deadline_once(mailed: Mailed) -> None:
    mailed.drops(mailed.file(files.outlook().as_bytes()))
    page = mailed.page
    assert page.isVisible()
    assert page.title.text() == "Message from Haddad, Leila"
    assert page.who.currentText() == "Leila Haddad, CIN Team 3 (by e-mail address)"
    assert [value.text() for _, value in page.message.facts] == [
        f"Haddad, Leila · {WORKER}",
        "Nadia Shah",
        "Marcus Adeyemi",
        "Tue 24 Nov 09:40, 43 min ago",
        "RE: Attendance",
    ]
    assert "see the plan <https://harrow.example/x?child=1>." in page.message.text.toPlainText()
    assert (page.summary.text(), page.day.text(), page.clock.text()) == ("Attendance", "24/11/2026", "09:40")
    assert page.copied_hint.text().startswith("Marcus")
    assert page.answers.hasFocus(), "the only thing that nobody knows for certain"
    mailed.confirms()
    assert mailed.errors() == {"answers": "Say which of these it answers, or none."}
    mailed.chooses(page.answers, "Reply")
    assert page.child.text() == "C-0417"
    assert page.confirm.text() == "Log it as the answer"
    page.summary.setText("Attends on Monday")
    mailed.confirms(times=2)
    (kept,) = mailed.logged()
    assert (kept.summary, kept.at, kept.manager_copied) == ("Attends on Monday", files.SENT, True)
    assert (kept.child_reference, kept.automatic, kept.forwarded) == ("C-0417", False, False)
    assert _open(mailed.world) == set()
    assert mailed.said[-1] == "Logged: Leila Haddad answered. It was in time."
    assert not page.isVisible()
    assert page.message.text.toPlainText() == ""
    mailed.picked = [mailed.folder / "message.eml"]
    mailed.press(Qt.Key.Key_O, CTRL)
    assert page.isVisible()
    assert "logged already" in page.again.text.text()
    mailed.press(Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert len(mailed.logged()) == 1


def test_a_name_alone_is_only_offered_and_a_newcomer_is_written_down_once(mailed: Mailed) -> None:
    path = mailed.file(files.msg(), "a.msg")
    mailed.drops(path)
    page = mailed.page
    assert page.who.value() is None
    assert page.who.hasFocus()
    assert not page.fields["answers"].isVisible()
    mailed.confirms()
    assert mailed.errors() == {"who": "Say who this is from."}
    mailed.chooses(page.who, "Leila Haddad, CIN")
    assert page.who.currentText().endswith("(by name)")
    assert page.fields["answers"].isVisible()
    mailed.chooses(page.who, "New")
    assert not page.fields["answers"].isVisible()
    page.day.setText("31/12/2026")
    mailed.confirms()
    assert set(mailed.errors()) == {"day"}
    page.day.setText("24/11/2026")
    mailed.confirms(times=2)
    (kept,) = mailed.logged()
    assert kept.summary == "Attendance"
    with mailed.world.register.read() as session:
        assert [one.id for one in directory.search(session, "Haddad") if one.version is None] == [kept.person]
    assert mailed.said[-1] == "Logged: a message from Leila Haddad."
    assert len(_open(mailed.world)) == 1, "somebody new answered nothing"
    mailed.drops(path)
    mailed.chooses(page.who, "Find")
    assert page.somebody.search.hasFocus()
    mailed.confirms()
    assert set(mailed.errors()) == {"guest"}
    page.somebody.search.setText("hadd")
    mailed.settle()
    mailed.press(Qt.Key.Key_Down)
    mailed.press(Qt.Key.Key_Return)
    assert page.fields["answers"].isVisible()


def test_a_managers_answer_is_offered_and_a_machines_answers_nothing(mailed: Mailed) -> None:
    automatic = files.outlook("Automatic reply: Attendance", Auto_Submitted="auto-replied").as_bytes()
    mailed.drops(mailed.file(automatic))
    page = mailed.page
    assert page.machine_note.isVisible()
    assert not page.fields["answers"].isVisible()
    mailed.confirms()
    assert (mailed.logged()[0].automatic, len(_open(mailed.world))) == (True, 1)
    forwarded = mailed.file(files.gmail("FW: Attendance").as_bytes(), sender=files.MARCUS)
    mailed.drops(forwarded)
    assert page.forward_note.isVisible()
    assert "not to forward chains" in page.forward_note.text.text()
    mailed.chooses(page.answers, "Reply")
    mailed.confirms()
    assert mailed.logged()[-1].forwarded
    assert _open(mailed.world) == set(), "the manager answered for the worker"


def test_what_is_no_message_says_so_and_nothing_is_for_others_eyes(mailed: Mailed) -> None:
    mailed.drops(mailed.file(b"%PDF-1.7", "a.eml"))
    assert mailed.said[-1].startswith("This is no e-mail")
    assert not mailed.page.isVisible()
    good = mailed.file(files.gmail(text="CANARY-4711").as_bytes(), "b.eml")
    mailed.drops(mailed.folder / "a.eml", good, good)
    assert mailed.said[-1].startswith("1 of 3 files were not read. This is no e-mail")
    assert mailed.page.hint.text() == "1 more after this"
    assert "CANARY-4711" in mailed.page.message.text.toPlainText()
    mailed.desk.hand_over(replace(mailed.world.reception, role=Role.RECEPTION), None)
    mailed.settle()
    assert not mailed.page.isVisible()
    said = [label.text() for label in mailed.view.findChildren(QLabel)]
    said += [box.toPlainText() for box in mailed.view.findChildren(QPlainTextEdit)]
    assert not any("CANARY" in words or "Haddad" in words for words in said)
    mailed.drops(good)
    assert not mailed.page.isVisible(), "reception opens none"


def test_a_message_without_a_time_asks_for_it(mailed: Mailed) -> None:
    data = b"From: Leila <" + WORKER.encode() + b">\r\nSubject: Hello\r\n\r\nHello"
    assert mail_eml.parse(data).sent_at is None
    mailed.drops(mailed.file(data))
    assert mailed.page.message.notes.text().startswith("The file does not say when")
    mailed.chooses(mailed.page.answers, "None")
    mailed.confirms()
    assert mailed.errors() == {"day": "Write the day it was sent."}
    mailed.page.day.setText("23/11/2026")
    mailed.page.clock.setText("10:59")
    mailed.chooses(mailed.page.answers, "Reply")
    mailed.confirms()
    assert mailed.errors() == {"day": "That is before it was asked for."}
    assert mailed.logged() == []


def test_nothing_is_cut_and_everything_has_a_name(mailed: Mailed, look: Theme) -> None:
    for name, data, sender in (
        ("certain", files.outlook().as_bytes(), WORKER),
        ("uncertain", files.outlook().as_bytes(), "leila@gmail.example"),
        ("forwarded", files.gmail("FW: Attendance", files.PLAIN * 40).as_bytes(), WORKER),
        ("automatic", files.gmail("Automatic reply: Attendance").as_bytes(), WORKER),
    ):
        mailed.drops(mailed.file(data, sender=sender))
        if name == "uncertain":
            mailed.confirms()
        pictures.save(mailed.view, f"mail-{name}")
        assert walkers.unnamed_controls(mailed.view) == []
        mailed.press(Qt.Key.Key_Escape)
    mailed.drops(mailed.file(files.outlook("FW: Attendance", Auto_Submitted="auto-replied").as_bytes()))
    for scheme, factor, size in (
        (Scheme.DARK, 1.0, (1366, 698)),
        (Scheme.LIGHT, 1.0, (911, 442)),
        (Scheme.LIGHT, 1.0, (1024, 592)),
        (Scheme.DARK, 1.3, (1366, 698)),
    ):
        look.use(scheme, factor)
        mailed.show(*size)
        pictures.save(mailed.view, f"mail-{scheme.value}-{factor}-{size[0]}")
        assert walkers.text_fits(mailed.view) == []
        assert walkers.primary_buttons(mailed.view) == ["Log it"]
    assert walkers.rich_text_labels(mailed.view) == []
    look.use(Scheme.LIGHT)
