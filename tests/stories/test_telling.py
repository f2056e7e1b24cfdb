"""Whom to tell after a sign-in: the script, the message, and a mail server that never answers."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import unquote

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from tests.factories import create_booking, create_leaver, create_worker
from tests.files.test_mail import answers, server
from tests.gui import pictures
from tests.gui.walkers import primary_buttons, text_fits, unnamed_controls
from tests.stories.desk import DeskPage
from visitor_register.domain.assurance import Compared, IdShown
from visitor_register.domain.events import HostTold
from visitor_register.domain.policy import MailSecurity, Staff, StaffContact, TellBy, Telling
from visitor_register.domain.visits import Means
from visitor_register.gui.today.tell_bar import TellBar
from visitor_register.persistence import journal
from visitor_register.services import policy, telling


@contextmanager
def mute_server() -> Iterator[tuple[int, socket.socket]]:
    """Takes connections and says nothing; the port, and what takes them."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield silent.getsockname()[1], silent


def set_up(desk: DeskPage, said: Telling) -> None:
    """The school's staff list, and how arrivals are told."""
    contacts = (
        StaffContact("Mrs Shah", "Assistant head", "204", "n.shah@elmbrook.example"),
        StaffContact("Mr Bello", extension="ext 203"),
    )
    with desk.world.register.write() as session:
        for value in (Staff(("Mrs Shah", "Mr Bello"), ("Meeting room 2",), contacts), said):
            policy.change(session, value, by=desk.world.dsl, at=desk.world.clock())


def bar(desk: DeskPage) -> TellBar:
    return desk.session.today.tell_bar


def arrives(desk: DeskPage, badge: str) -> None:
    """Scan, and Enter."""
    desk.rest()
    desk.scan(badge)
    desk.rest()
    desk.press("Enter")
    desk.settle()


def arrives_unconfirmed(desk: DeskPage, badge: str) -> None:
    """Somebody whom the chart no longer lists, here to see Mrs Shah."""
    desk.rest()
    desk.scan(badge)
    presenter = desk.session.today.presenter
    said = {"shown": IdShown.HARROW_BADGE, "compared": Compared.YES, "here_to_see": "Mrs Shah"}
    for name, value in said.items():
        presenter.edit(name, value)
    presenter.sign_in()
    desk.settle()


def told(desk: DeskPage) -> list[tuple[str, Means, bool, bool]]:
    """All that the journal says about telling."""
    with desk.world.register.read() as session:
        found = [entry.event for _, entry in reversed(journal.newest(session, limit=40))]
    return [(e.whom, e.means, e.reached, e.to_dsl) for e in found if isinstance(e, HostTold)]


def picture(desk: DeskPage, name: str) -> None:
    """At the sizes that a school has; nothing is cut off."""
    window = desk.program.window
    for width, height in ((1366, 698), (1024, 600)):
        window.resize(width, height)
        QApplication.processEvents()
        pictures.save(window, f"telling-{name}-{width}x{height}")
        assert text_fits(window) == []
    window.resize(1366, 698)
    QApplication.processEvents()


def test_the_desk_rings_writes_and_goes_on_scanning(desk: DeskPage) -> None:
    set_up(desk, Telling(TellBy.COMPOSE))
    opened: list[QUrl] = []
    desk.session.telling.program.open_link = lambda url: bool(opened.append(url)) or True
    create_booking(desk.world, create_worker(desk.world))
    create_booking(desk.world, create_worker(desk.world, "Ngozi Eze", badge="H2222"), here_to_see="Mr Bello")
    arrives(desk, "H194359")
    assert bar(desk).accessibleName() == "Ring Mrs Shah, extension 204: “Leila Haddad from Harrow is here for you.”"
    assert desk.focused() is desk.view.search, "the next key is the next visitor's"
    picture(desk, "one")
    assert unnamed_controls(desk.program.window) == []
    bar(desk).write.click()
    desk.settle()
    link = unquote(opened[0].toString())
    assert link.startswith("mailto:n.shah@elmbrook.example?subject=Visitor at reception&body=Leila Haddad (London")
    assert "Meeting room 2" in link
    assert "204" not in link
    assert "7946" not in link
    desk.press("Ctrl+F11")
    assert bar(desk).state.text() == "No answer at 10:24."

    desk.rest()
    desk.scan("H2222")
    desk.shows("Known", name="Ngozi Eze")
    assert bar(desk).ring.text() == "Ring Mrs Shah, extension 204, for Leila Haddad"
    picture(desk, "behind-a-card")
    assert len(primary_buttons(desk.program.window)) <= 1
    desk.rest()
    desk.press("Enter")
    assert bar(desk).ring.text().startswith("Ring Mr Bello, ext 203:")
    assert bar(desk).state.text() == "Then one more call."
    assert bar(desk).write.isHidden(), "nobody wrote down an address"
    desk.press("F11")
    assert bar(desk).ring.text().startswith("Ring Mrs Shah")
    desk.scan("H194359")
    desk.world.clock.move(minutes=5)
    desk.rest()
    desk.press("Esc")
    desk.scan("H194359")
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Ngozi Eze"]
    assert bar(desk).isHidden(), "she left: nobody need be rung"
    assert desk.session.telling.mail._executor is None, "no thread and no network unless messages are sent"
    assert told(desk) == [
        ("Mrs Shah", Means.MESSAGE_WRITTEN, False, False),
        ("Mrs Shah", Means.CALL, False, False),
        ("Mr Bello", Means.CALL, True, False),
    ]
    desk.verifies()


def test_a_mail_server_that_never_answers_delays_nobody_and_the_script_stands(desk: DeskPage) -> None:
    with mute_server() as (port, silent):
        said = Telling(
            TellBy.SEND,
            "127.0.0.1",
            port,
            MailSecurity.NONE,
            "reception@elmbrook.example",
            dsl_address="dsl@elmbrook.example",
        )
        set_up(desk, said)
        with desk.world.register.write() as session:
            telling.keep_password(session, "Kanarienvogel", by=desk.world.dsl)
        create_booking(desk.world, create_worker(desk.world))
        before = desk.entries()
        arrives(desk, "H194359")
        assert desk.on_site() == ["Leila Haddad"]
        assert desk.says() == "Signed in: Leila Haddad at 10:24."
        assert bar(desk).state.text() == ""
        assert told(desk) == [], "the server is still silent, and she is in"
        hangs, _ = silent.accept()
        assert any(thread.name.startswith("mail") for thread in threading.enumerate())
        hangs.close()
        desk.qtbot.waitUntil(lambda: "please ring" in desk.says(), timeout=5_000)
        desk.settle()
    assert desk.says() == (
        "Signed in: Leila Haddad at 10:24. No message could be sent to Mrs Shah: please ring. "
        "The mail server ended the connection."
    )
    assert desk.session.window.notices.notices[0].action == "Not this person"
    assert bar(desk).ring.text().startswith("Ring Mrs Shah, extension 204")
    assert bar(desk).state.text() == "No message was sent: please ring."
    picture(desk, "failed")
    assert told(desk) == [("Mrs Shah", Means.MESSAGE_FAILED, False, False)]
    assert desk.kinds(desk.entries() - before) == ["Arrived", "HostTold"]

    # The next one works, and the card asks for the DSL: both get one.
    create_leaver(desk.world)
    texts: list[str] = []
    with server(answers(texts), callers=2) as port:
        set_up(desk, replace(said, port=port))
        arrives_unconfirmed(desk, "H170001")
        desk.qtbot.waitUntil(lambda: "was sent" in bar(desk).state.text())
        desk.qtbot.waitUntil(lambda: len(told(desk)) == 3)
    assert bar(desk).state.text() == "A message was sent at 10:24. Ring if nobody comes. Then one more call."
    assert sorted(told(desk)[1:]) == [
        ("Mrs Shah", Means.MESSAGE_SENT, True, False),
        ("Mrs Shah", Means.MESSAGE_SENT, True, True),
    ]
    assert not any("020" in line or "204" in line for line in texts)
    desk.verifies()
    with desk.world.register.read() as session:
        entries = repr(journal.newest(session, limit=50))
    assert "Kanarienvogel" not in entries
