"""Signed charts and the folder in which charts arrive, in the window: offered, confirmed, or refused in a sentence."""

from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QApplication

from tests.factories import NOW
from tests.gui import pictures
from tests.gui.chart_screen import FIRST, SIZES, Screen, journal_length, resize
from tests.gui.chart_screen import desk as desk
from tests.gui.chart_screen import screen as screen
from visitor_register.domain.policy import ChartFolder
from visitor_register.files.chart_bundle import Label, key_of, seal
from visitor_register.gui.chart.import_state import Page
from visitor_register.services import chart_trust, policy

COUNCIL, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number in (1, 2))
AUTHORITY = "Northvale Council (invented)"


def signed(folder: Path, name: str, version: int, key: Ed25519PrivateKey = COUNCIL, *, more: bytes = b"") -> Path:
    """The sample chart as the council signs it."""
    label = Label(AUTHORITY, version, date(2026, 11, 2), date(2027, 2, 2), "structure-chart.csv")
    path = folder / name
    path.write_bytes(seal(FIRST.read_bytes() + more, label, key))
    return path


def test_a_signed_chart_from_drop_to_acceptance(screen: Screen, tmp_path: Path) -> None:
    screen.drops(signed(tmp_path, "first.vrchart", 14))
    screen.next()
    page = screen.view.importing.accept
    assert (page.authority.value(), page.trust.text()) == (AUTHORITY, "Signed, key not confirmed")
    assert page.trust_words.text().startswith("Fingerprint ")
    for width, height in SIZES:
        resize(screen, width, height)
        pictures.save(screen.window, f"chart-signed-{width}")
        screen.fits()
    page.from_whom.setText("business support")
    before = journal_length(screen)
    screen.press(page.confirm)
    assert "with whom" in screen.notices[-1].text
    assert journal_length(screen) == before
    page.with_whom.setText("Mrs Clarke, by telephone")
    screen.press(page.confirm)
    assert (page.trust.text(), page.confirm.isVisible()) == ("Signed by the council", False)
    assert page.from_whom.text() == "business support"
    screen.next()
    assert screen.page is Page.DONE, screen.notices
    with screen.world.register.read() as session:
        (key,) = chart_trust.keys(session)
    assert key.confirmed_with == "Mrs Clarke, by telephone"


def test_another_key_an_older_chart_and_one_that_was_touched_are_refused(screen: Screen, tmp_path: Path) -> None:
    with screen.world.register.write() as session:
        key = key_of(COUNCIL.public_key().public_bytes_raw())
        chart_trust.pin(session, AUTHORITY, key, "Mrs Clarke", by=screen.world.dsl, at=NOW)
    screen.accepts(signed(tmp_path, "second.vrchart", 15))
    before = journal_length(screen)
    touched = signed(tmp_path, "touched.vrchart", 16)
    touched.write_bytes(touched.read_bytes().replace(b"Manager", b"manager", 1))
    for path, words in (
        (signed(tmp_path, "other.vrchart", 16, STRANGER), "another key"),
        (signed(tmp_path, "older.vrchart", 14), "version 15 is in use"),
        (signed(tmp_path, "twice.vrchart", 15, more=b"\n"), "Two different charts"),
        (touched, "was changed or is incomplete"),
    ):
        screen.drops(path)
        assert screen.page is Page.CHOOSE
        assert words in screen.view.importing.choose.refused.text.text()
        screen.view.importing.presenter.leave()
    assert journal_length(screen) == before


def test_a_chart_in_the_folder_is_offered_and_never_used_by_itself(screen: Screen, tmp_path: Path) -> None:
    with screen.world.register.write() as session:
        policy.change(session, ChartFolder(str(tmp_path)), by=screen.world.dsl, at=NOW)
    before = journal_length(screen)
    (tmp_path / "staff.csv").write_bytes(FIRST.read_bytes())
    importing = screen.view.importing.presenter
    importing.arrived.folder.look()
    screen.qtbot.waitUntil(lambda: bool(screen.notices))
    assert screen.notices[-1].text.startswith("A newer chart lies in the folder: staff.csv, ")
    screen.view.begin_import()
    screen.settle()
    choose = screen.view.importing.choose
    assert choose.arrived.text() in screen.notices[-1].text
    for width, height in SIZES:
        resize(screen, width, height)
        pictures.save(screen.window, f"chart-arrived-{width}")
        screen.fits()
    screen.press(choose.read_it)
    assert screen.page is Page.DECIDE
    importing.leave()
    assert journal_length(screen) == before
    screen.view.begin_import()
    screen.settle()
    screen.press(choose.not_it)
    screen.qtbot.waitUntil(lambda: not choose.read_it.isVisible())
    QApplication.processEvents()
