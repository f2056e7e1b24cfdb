"""Settings: the staff list typed and from a file, and how arrivals are told."""

import socket
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.factories import NOW
from tests.gui.pictures import save
from tests.gui.settings_screen import Office, office
from tests.gui.walkers import text_fits, unnamed_controls
from visitor_register.domain.policy import MailSecurity, StaffContact, TellBy, Telling
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.staff_section import StaffSection
from visitor_register.gui.settings.telling_section import TellingSection
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.persistence import journal
from visitor_register.services import telling

__all__ = ["office"]

LIST = """Elmbrook Primary School,,,
Staff name,Job title,Ext,E-mail
Mrs Shah,Assistant head,204,n.shah@elmbrook.example
Mr Bello,SENCo,203,bello
Dr O'Neill,Head,200,head@elmbrook.example
"""


def at_every_size(office: Office, name: str) -> None:
    """A picture in a window of the usual size and in a small one; nothing is cut off."""
    for wide, size in (("wide", (1182, 646)), ("small", (964, 548))):
        office.view.resize(*size)
        office.view.set_layout_class(LayoutClass.COMPACT if wide == "small" else LayoutClass.NORMAL)
        QApplication.processEvents()
        save(office.view, f"settings-{name}-{wide}")
        assert text_fits(office.view) == []
    assert unnamed_controls(office.view) == []
    office.view.resize(1182, 646)


def test_the_staff_list_is_typed_line_by_line_and_a_bad_line_says_what_to_write(office: Office) -> None:
    office.opens("staff")
    for text, words in (
        ("Mrs Shah; n.shah@elmbrook.example", "the e-mail address is the fourth part"),
        ("Mrs Shah\n; SENCo", "Line 2 has no name."),
        ("a; b; c; d@e.example; f", "more than four parts"),
        ("Mrs Shah;;; shah at elmbrook", "“shah at elmbrook” is not an e-mail address"),
        ("Mrs Shah; 204\nmrs shah; ; 205", "Line 2: mrs shah stands in the list twice"),
    ):
        put(office.view.current.controls["names"], text)
        office.is_refused("names", words)
    put(
        office.view.current.controls["names"],
        "Mrs Shah\tAssistant head\t204\tn.shah@elmbrook.example\nMr Bello;; 203\nMs Kaur",
    )
    office.saves("Staff and places: saved.")
    office.reopens()
    staff = office.policy().staff
    assert staff.names == ("Mrs Shah", "Mr Bello", "Ms Kaur")
    assert staff.contacts == (
        StaffContact("Mrs Shah", "Assistant head", "204", "n.shah@elmbrook.example"),
        StaffContact("Mr Bello", "", "203"),
    )


def test_the_staff_list_from_a_file_says_what_would_change_and_changes_nothing_before(
    office: Office, tmp_path: Path
) -> None:
    section = office.opens("staff")
    assert isinstance(section, StaffSection)
    (tmp_path / "staff.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    section.choose = lambda parent: tmp_path / "photo.csv"
    section.open.click()
    office.qtbot.waitUntil(lambda: "picture" in section.problem.text())
    section.choose = lambda parent: tmp_path / "staff.csv"
    section.open.click()
    office.qtbot.waitUntil(lambda: not section.preview.isHidden())
    assert section.preview.title.text() == "staff.csv: 3 people"
    assert section.preview.says.text().split("\n") == [
        "New (1): Dr O'Neill.",
        "Changed (2): Mrs Shah: title Assistant head, extension 204, e-mail n.shah@elmbrook.example; "
        "Mr Bello: title SENCo, extension 203.",
        "Not in the file (1): Ms Kaur.",
        "Taken without an e-mail address, because it is not one: Mr Bello (row 4).",
    ]
    at_every_size(office, "staff-file")
    assert office.policy().staff.contacts == (), "nothing is replaced before somebody says so"
    section.preview.choosers["email"].setCurrentIndex(0)
    assert "e-mail" not in section.preview.says.text()
    section.preview.choosers["email"].setCurrentIndex(4)
    section.preview.keep.setChecked(False)
    section.preview.leave.click()
    assert section.preview.isHidden()
    assert section.typed.isVisible()
    section.open.click()
    office.qtbot.waitUntil(lambda: not section.preview.isHidden())
    section.preview.keep.setChecked(False)
    section.preview.use.click()
    office.qtbot.waitUntil(lambda: bool(office.ear.said))
    office.settles()
    assert office.ear.said[-1].text == "Staff and places: saved."
    staff = office.policy().staff
    assert staff.names == ("Mrs Shah", "Mr Bello", "Dr O'Neill")
    assert staff.contacts[1] == StaffContact("Mr Bello", "SENCo", "203")
    assert staff.places == ("Meeting room 1", "Meeting room 2")
    assert office.view.unsaved() == []


def test_how_arrivals_are_told_with_a_password_that_stays_on_this_pc(office: Office, look: Theme) -> None:
    section = office.opens("telling")
    assert isinstance(section, TellingSection)
    assert section.sending.isHidden(), "nothing of a mail server is asked before somebody wants one"
    put(section.by, TellBy.COMPOSE.value)
    office.saves("Told on arrival: saved.")
    assert office.policy().telling == Telling(TellBy.COMPOSE)
    put(section.by, TellBy.SEND.value)
    for name, text, words in (
        ("server", "", "Write the mail server's name"),
        ("server", "smtp.elmbrook.example", ""),
        ("port", "67000", "Write a number"),
        ("port", "25", ""),
        ("sender", "the office", "Write one e-mail address"),
        ("sender", "office@elmbrook.example", ""),
        ("dsl_address", "Mrs Shah", "Write one e-mail address"),
        ("dsl_address", "dsl@elmbrook.example", ""),
        ("user", "office", "Write the password of this user"),
    ):
        office.types(name, text)
        if words:
            office.is_refused("password" if name == "user" else name, words)
    office.types("password", "Kanarienvogel")
    put(section.controls["security"], MailSecurity.NONE.value)
    office.is_refused("security", "A password is not sent without protection")
    put(section.controls["security"], MailSecurity.TLS.value)
    at_every_size(office, "telling")
    look.use(Scheme.DARK)
    at_every_size(office, "telling-dark")
    office.saves("Told on arrival: saved.")
    assert section.password.text() == "", "it is never shown again"
    assert section.password.placeholderText() == "Kept on this PC"
    assert office.policy().telling.user == "office"
    with office.register.read() as session:
        assert telling.password(session) == "Kanarienvogel"
        assert "Kanarienvogel" not in repr(journal.newest(session, limit=100))
    office.types("user", "")
    office.saves("Told on arrival: saved.")
    with office.register.read() as session:
        assert telling.password(session) == "", "without a user there is no password to keep"


def test_a_test_message_says_plainly_what_went_wrong(office: Office) -> None:
    section = office.opens("telling")
    assert isinstance(section, TellingSection)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    said = Telling(TellBy.SEND, "127.0.0.1", port, MailSecurity.TLS, "office@elmbrook.example", "office")
    with office.register.write() as session:
        telling.set_up(session, said, password="Kanarienvogel", by=office.world.dsl, at=NOW)
    office.presenter.load()
    office.settles()
    office.presses(section.test)
    office.qtbot.waitUntil(lambda: "No message was sent" in section.result.text())
    assert section.result.text() == "There is no connection to the mail server 127.0.0.1. No message was sent."
    assert section.test.isEnabled()
    section.mail.close()
