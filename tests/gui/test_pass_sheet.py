"""The A4 visitor sheet: a pass in its true size, the notice in points, and a desk copy, without a purpose."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from tests.factories import World, create_booking, create_visit, create_worker
from tests.gui.test_pass_label import LONG, SHORT, bars_by_zbar, box, handled, picture, words
from visitor_register.domain.policy import Lanyards, VisitorNotice
from visitor_register.gui.prints import pass_words, pdf
from visitor_register.gui.prints.pass_label import TITLE, PassText
from visitor_register.gui.prints.pass_sheet import SheetText, notice_points, sheet
from visitor_register.services import pass_details

COPY = (
    ("Name", "Leila Haddad"),
    ("From", "Children and Families Team 3, Northvale Council"),
    ("Here to see", "Mrs Shah, meeting room 2"),
    ("In", "10:25, Joan Mensah"),
    ("Identity", "Harrow photo badge, in date, face and photo compared"),
    ("Out", ""),
)
SAID = SheetText(VisitorNotice().text, COPY, "Tue 24/11/2026 10:25")
TOO_LONG = "\n".join(f"{number}) " + "Please stay in the places you have been shown. " * 4 for number in range(1, 25))


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_both_codes_of_the_pass_to_cut_out_are_read_by_another_decoder(text: PassText) -> None:
    seen = handled(picture(sheet(text, SAID)[0]))
    read = {found.format: found.text for found in zxingcpp.read_barcodes(seen)}
    assert read == {zxingcpp.BarcodeFormat.QRCode: text.code, zxingcpp.BarcodeFormat.Code128: text.code}
    assert bars_by_zbar(seen) == [text.code]


def test_the_sheet_is_one_page_of_a4_and_names_nobody_in_its_title() -> None:
    file = pypdfium2.PdfDocument(pdf.as_pdf(sheet(SHORT, SAID), TITLE))
    assert len(file) == 1
    width, height = file[0].get_size()
    assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx((210, 297), abs=0.2)
    assert file.get_metadata_value("Title") == "Visitor pass"
    said = file[0].get_textpage().get_text_bounded()
    for part in ("Leila", "Desk copy", "Joan Mensah", "Welcome. Please read this.", "Visitor sheet, Tue 24/11/2026"):
        assert part in said
    file.close()


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_everything_stands_on_the_sheet_and_nothing_on_anything_else(text: PassText) -> None:
    copy = tuple((name, value or text.organisation) for name, value in COPY)
    (page,) = sheet(text, SheetText(SAID.notice, copy, SAID.printed))
    written = [box(line, x, y) for line, x, y in page.words]
    bars = [filled for filled in page.filled if not any(filled.contains(box(*said)) for said in page.on_black)]
    assert all(page.size.contains(where) for where in (*written, *page.filled))
    assert not [where for where in written if any(where.intersects(bar) for bar in bars)]
    assert not [where for at, where in enumerate(written) for other in written[:at] if where.intersects(other)]


def test_a_notice_that_is_too_long_for_the_sheet_has_a_page_of_its_own_and_no_word_is_lost() -> None:
    first, *more = sheet(SHORT, SheetText(TOO_LONG, COPY, SAID.printed))
    assert "It stands on the next page." in first.text
    numbered = {*(f"{number})" for number in range(1, 25))}
    assert words(TOO_LONG) - numbered <= words("\n".join(page.text for page in more))
    assert "24." in more[-1].text


@pytest.mark.parametrize(
    ("notice", "points"),
    [
        (
            "Wear the pass. Tell Mrs. Shah at once! Sign out.",
            ["Wear the pass.", "Tell Mrs. Shah at once!", "Sign out."],
        ),
        ("1. Wear the pass.\n\n 2) No phones. None.\n- Sign out", ["Wear the pass.", "No phones. None.", "Sign out"]),
        ("020 7946 0101 is the office.", ["020 7946 0101 is the office."]),
        ("  ", []),
    ],
)
def test_the_notice_becomes_points(notice: str, points: list[str]) -> None:
    assert notice_points(notice) == points


def test_what_is_printed_is_what_the_desk_knows_and_the_pass_sent_ahead_lets_nobody_in(world: World) -> None:
    leila, ngozi = create_worker(world), create_worker(world, "Ngozi Eze", badge="H2")
    booking = create_booking(world, leila, ngozi)
    with world.register.write() as session:
        ahead = pass_details.ahead(session, booking, by=world.reception, at=world.clock())
    visit = create_visit(world, leila, booking=booking)
    with world.register.write() as session:
        here = pass_details.at_desk(session, visit.id, by=world.reception, at=world.clock())
    texts = [pass_words.pass_text(one) for one in ahead]
    assert [(text.name, text.escort, text.time_in, text.lanyard) for text in texts] == [
        ("Leila Haddad", pass_words.AHEAD_FOR_LANYARD, "", ""),
        ("Ngozi Eze", pass_words.AHEAD_FOR_LANYARD, "", ""),
    ]
    bare = replace(ahead[0], rules=replace(ahead[0].rules, lanyards=Lanyards(())))
    assert pass_words.pass_text(bare).escort == "Please come to reception", "a school without lanyards"
    text = pass_words.pass_text(here)
    assert text.code == texts[0].code, "the pass of the booking, printed again"
    assert (text.school, text.day, text.time_in) == ("Elmbrook Primary School", "Tue 24/11/2026", "10:24")
    assert text.organisation.endswith("London Borough of Harrow")
    assert pass_words.desk_copy(here)[3:5] == (
        ("In", "10:24, Joan Mensah"),
        ("Identity", "Harrow photo badge, in date, face and photo compared"),
    )
