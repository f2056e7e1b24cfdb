"""A pass from the booking to the way out: made ahead, scanned on the day, printed again, scanned to leave."""

from pathlib import Path

import pypdfium2
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import create_booking, create_worker
from tests.stories.desk import DeskPage
from visitor_register.gui.prints.pass_file import FileKind
from visitor_register.settings import Machine


def code_on(path: Path) -> str:
    """What the codes on a pass say: both the same."""
    with pypdfium2.PdfDocument(path) as file:
        (code,) = {found.text for found in zxingcpp.read_barcodes(file[0].render(scale=300 / 72).to_numpy())}
    return str(code)


def text_on(path: Path) -> str:
    """What a person reads on a pass, as one line."""
    with pypdfium2.PdfDocument(path) as file:
        return " ".join(file[0].get_textpage().get_text_bounded().split())


def test_a_pass_made_ahead_brings_its_visitor_in_is_printed_again_without_a_printer_and_lets_them_out(
    desk: DeskPage, tmp_path: Path
) -> None:
    world, passes = desk.world, desk.session.passes
    passes.printer_for = lambda name: None
    booking = create_booking(world, create_worker(world), minutes=24 * 60)
    before = desk.entries()
    passes.save_booking(booking, tmp_path, FileKind.PDF)
    desk.settle()
    assert desk.says() == f"Saved: visitor-pass-2026-11-25-1.pdf in {tmp_path.name}."
    code = code_on(tmp_path / "visitor-pass-2026-11-25-1.pdf")
    desk.scan(code)
    desk.shows("Check", name="Leila Haddad")
    assert desk.view.card.fact.text().startswith("This pass is for Wed 25/11/2026, tomorrow. ")
    desk.rest()
    desk.press("Esc")

    world.clock.move(days=1)
    desk.scan(code)
    desk.shows("Known", "Expected 10:24 to see Mrs Shah", "Leila Haddad")
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    assert desk.says() == "Signed in: Leila Haddad at 10:24.", "no printer is set for passes: none prints by itself"

    row = next(row for row in desk.view.idle.here.rows if row.title == "Leila Haddad")
    point = desk.view.idle.here.also_point(row.key)
    QTest.mouseClick(desk.view.idle.here.viewport(), Qt.MouseButton.LeftButton, pos=point)
    desk.settle()
    assert desk.says().startswith("No printer is set up on this PC. Visitor pass was saved as visitor-pass.pdf")
    assert code_on(world.register.folder / "visitor-pass.pdf") == code
    assert desk.on_site() == ["Leila Haddad"], "the small button signs nobody out"

    world.clock.move(minutes=40)
    desk.scan(code)
    desk.shows("Already here", "since 10:24, here to see Mrs Shah", "Leila Haddad")
    desk.rest()
    (world.register.folder / "visitor-pass.pdf").unlink()
    again = desk.view.card.button("print_pass")
    assert again is not None
    again.click()
    desk.settle()
    assert code_on(world.register.folder / "visitor-pass.pdf") == code
    desk.press("Enter")
    assert desk.on_site() == []
    world.clock.move(minutes=5)
    desk.scan(code)
    assert desk.view.card.fact.text().startswith("This pass was used today: left at 11:04. ")
    assert desk.kinds(desk.entries() - before) == ["PassIssued", "Arrived", "Left"]
    desk.verifies()


def test_a_pass_prints_by_itself_at_a_sign_in_and_trouble_with_the_printer_keeps_the_way_back(desk: DeskPage) -> None:
    world, passes = desk.world, desk.session.passes
    passes.printer_for = lambda name: None
    passes._machine = lambda: Machine(label_printer="Labels")
    create_booking(world, create_worker(world))
    create_booking(world, create_worker(world, "Ngozi Eze", badge="H2222"))
    before = desk.entries()
    for badge, name in (("H194359", "Leila Haddad"), ("H2222", "Ngozi Eze")):
        desk.scan(badge)
        desk.rest()
        desk.press("Enter")
        notice = desk.session.window.notices.notices[0]
        assert notice.words == (
            f"Signed in: {name} at 10:24. The printer “Labels” did not take it. Visitor pass was saved as "
            "visitor-pass.pdf instead: open it and print it there."
        )
        assert notice.action == "Not this person"
    assert len(desk.session.window.notices.notices) == 2, "the same trouble is amber once"
    desk.session.window.notices.action.click()
    desk.settle()
    assert desk.on_site() == ["Leila Haddad"]
    desk.session.window.notices.action.click()
    desk.settle()
    assert desk.on_site() == ["Leila Haddad"], "an older line takes back nothing that it does not name"
    desk.scan("H2222")
    desk.rest()
    desk.press("Enter")
    # Both came in at the same minute: the row on which the keyboard stands says who is meant.
    for name in ("Leila Haddad", "Ngozi Eze"):
        here = desk.view.idle.here
        here.setFocus()
        here.choose(next(row.key for row in here.rows if row.title == name))
        desk.press("F12")
        assert name in text_on(world.register.folder / "visitor-pass.pdf")
    assert desk.says().startswith("The printer “Labels” did not take it.")
    assert desk.kinds(desk.entries() - before) == [
        *["Arrived", "PassIssued"] * 2,
        "ArrivalUndone",
        "Arrived",
        "PassIssued",
    ]
    desk.verifies()
