"""What is printed, read back by a library that did not write it."""

import itertools
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread
from uuid import uuid4

import numpy
import pypdfium2
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tests.factories import NOW
from visitor_register.domain import names
from visitor_register.gui import fonts
from visitor_register.gui.prints import fire_list as sheet
from visitor_register.gui.prints import paper_sheet, pdf, printer
from visitor_register.services.fire_list import FireList, FireRow, Kind

CANARY = "<b>Bold</b>&<img/src=x>"
LATIN = [
    "Ada van der Berg", "Layla al-Hassan", "Sean O'Brien", "Łukasz Kowalski", "Ștefan Ionescu", "Madonna",
    "Nguyễn Thị Hoa", "Ángel Ñíguez", "Siân Ŵyn", CANARY,
]  # fmt: skip


def create_row(name: str = "Ann Ash", **said: object) -> FireRow:
    given: dict[str, object] = {"organisation": "Early Help Team 1", "where": "Room 2", "here_to_see": "Mrs Shah"}
    return FireRow(uuid4(), name, names.sort_key(name), NOW - timedelta(minutes=22), **(given | said))  # type: ignore[arg-type]


def create_list(*people: FireRow, **said: object) -> FireList:
    return FireList(NOW, "Elmbrook Primary School", people=people, **said)  # type: ignore[arg-type]


def read_back(fire_list: FireList) -> list[str]:
    """The text of each page, as another program finds it."""
    return text_of(sheet.as_pdf(fire_list))


def text_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def ink(content: bytes, page: int = 0) -> "numpy.ndarray[tuple[int, int], numpy.dtype[numpy.uint8]]":
    """How dark a page is, by rows and columns, with white as 255."""
    with pypdfium2.PdfDocument(content) as document:
        return document[page].render(scale=1, grayscale=True).to_numpy().squeeze().copy()


def test_every_latin_name_is_found_by_another_program() -> None:
    (first, *more) = read_back(create_list(*(create_row(name) for name in LATIN)))
    found = first + "".join(more)
    for name in LATIN:
        assert names.sort_name(name) in found


def test_the_header_stands_on_every_page_with_its_number() -> None:
    texts = read_back(create_list(*(create_row(f"Ann Ash{n}") for n in range(30)), drill=True))
    for number, text in enumerate(texts, 1):
        for words in (
            "Fire list", "DRILL, not an emergency", "Elmbrook Primary School", "Tue 24 Nov 2026, 10:24",
            "Visitors signed in here: 30. Not staff, pupils or anyone signed in elsewhere.", "Name, from",
            f"page {number} of {len(texts)}",
        ):  # fmt: skip
            assert words in text
    assert "DRILL" not in "".join(read_back(create_list(create_row())))


def test_each_person_is_there_once_in_order_whatever_the_page() -> None:
    wanted = [f"Ash{n:03}, Ann" for n in range(100)]
    found = "\n".join(read_back(create_list(*(create_row(f"Ann Ash{n:03}") for n in range(100)))))
    places = [found.index(name) for name in wanted]
    assert places == sorted(places)
    assert all(found.count(name) == 1 for name in wanted)


@pytest.mark.parametrize("name", ["x" * 2000, "Ann " * 500, "W" * 2000])
def test_a_name_of_2000_characters_is_printed_whole(name: str) -> None:
    pages = sheet.pages(create_list(create_row(name), create_row("Zoe Zeal")))
    letters = "".join(page.text for page in pages).replace("\n", "")
    assert letters.count(name.strip()[0]) >= name.count(name.strip()[0])
    assert "Zeal, Zoe" in pages[-1].text
    for page in pages:
        assert all(y + line.height <= page.size.height() for line, _, y in page.words)
        assert all(
            x + line.layout.lineAt(line.number).naturalTextWidth() <= page.size.width() for line, x, _ in page.words
        )


@pytest.mark.parametrize("name", ["ધ્રુવ પટેલ", "தமிழ்ச்செல்வி", "محمد الحسن", "পারভীন", "ਗੁਰਪ੍ਰੀਤ"])
def test_other_scripts_are_drawn_with_real_letters(name: str) -> None:
    assert fonts.missing_glyphs(name) == set()
    blank, written = (ink(sheet.as_pdf(create_list(create_row(who)))) for who in (".", name))
    # The name stands below the header and left of the middle.
    assert (written[160:300, 60:300] < 128).sum() > (blank[160:300, 60:300] < 128).sum() + 100


def test_a_name_cannot_turn_the_words_around_it_or_begin_a_line() -> None:
    name = "Ann\u202e \u2066Ash\n\u2028\u0007FORGED"
    (text,) = read_back(create_list(create_row(name, where="Hall\u202eevil")))
    assert "FORGED, Ann Ash" in text
    assert "Hallevil" in text


def test_needs_assistance_is_a_word_and_a_shape() -> None:
    (page,) = sheet.pages(create_list(create_row(needs_assistance=True), create_row("Zoe Zeal")))
    assert page.text.count("NEEDS ASSISTANCE") == 1
    assert len(page.signs) == 1
    assert len(page.boxes) == 2, "a box to tick for each person"


def test_large_type_black_on_white() -> None:
    pages = sheet.pages(create_list(create_row()))
    name = next(line for line, _, _ in pages[0].words if "Ash, Ann" in line.layout.text())
    assert name.layout.font().pixelSize() >= 16 * 300 / 72
    with pypdfium2.PdfDocument(sheet.as_pdf(create_list(create_row(needs_assistance=True)))) as document:
        colours = document[0].render(scale=1).to_numpy()
    assert (colours.max(axis=2) == colours.min(axis=2)).all(), "no colour at all"
    assert colours[0, 0].tolist() == [255, 255, 255]


def test_the_title_of_the_document_names_nobody() -> None:
    for kind, title in ((Kind.FIRE, "Fire list"), (Kind.LOCKDOWN, "Lockdown list")):
        with pypdfium2.PdfDocument(sheet.as_pdf(create_list(create_row("Ann Canary"), kind=kind))) as document:
            told = document.get_metadata_dict()
        assert told["Title"] == title
        assert "Canary" not in repr(told)


def test_the_other_parts_stand_below_and_apart() -> None:
    gone = create_row("Pat Field", gone_at=NOW)
    forgot = replace(create_row("Tom Dale"), since=NOW - timedelta(days=1))
    (text,) = read_back(create_list(create_row(), just_left=(gone,), no_sign_out=(forgot,), undone=(gone,)))
    parts = [
        "Ash, Ann", "Ask about: arrival taken back in the last 15 minutes", "Ask about: left in the last 15 minutes",
        "Ask about: no sign-out recorded on an earlier day", "Dale, Tom", "23/11/2026",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_nobody_is_said_in_words() -> None:
    (text,) = read_back(create_list())
    assert "Nobody is signed in here." in text


def test_the_lockdown_list_goes_by_place() -> None:
    people = (
        create_row("Ann Ash", where="Hall"),
        create_row("Ben Birch", where=""),
        create_row("Cy Dale", where="Hall"),
    )
    (text,) = read_back(create_list(*people, kind=Kind.LOCKDOWN))
    parts = ["Lockdown list", "Where is not known: 1 person", "Birch, Ben", "Hall: 2 people", "Ash, Ann", "Dale, Cy"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_title_of_a_part_is_never_the_last_line_of_a_page() -> None:
    for count in range(1, 25):
        pages = sheet.pages(create_list(*(create_row() for _ in range(count)), no_sign_out=(create_row("Pat Old"),)))
        assert any("Ask about" in page.text and "Old, Pat" in page.text for page in pages), count


def test_it_is_written_in_a_worker_thread(tmp_path: Path) -> None:
    path = tmp_path / "fire-list.pdf"
    worker = Thread(target=sheet.write_pdf, args=(create_list(*(create_row(name) for name in LATIN)), path))
    worker.start()
    worker.join()
    assert "Madonna" in "".join(text_of(path.read_bytes()))


def test_the_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "fire-list.pdf"
    path.write_bytes(b"the old one")

    def fails(source: Path, target: Path) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        pdf.save(path, b"the new one", replace=fails)
    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("fire-list.pdf", b"the old one")]


def test_a_file_held_for_a_moment_is_tried_again(tmp_path: Path) -> None:
    path, refusals, pauses = tmp_path / "fire-list.pdf", itertools.count(), list[float]()

    def held_twice(source: Path, target: Path) -> None:
        if next(refusals) < 2:
            raise PermissionError("sharing violation")
        source.replace(target)

    assert pdf.save(path, b"new", replace=held_twice, pause=pauses.append) == path
    assert (path.read_bytes(), len(pauses)) == (b"new", 2)


def test_a_file_open_in_a_reader_gets_a_second_name_that_goes_again(tmp_path: Path) -> None:
    path = tmp_path / "fire-list.pdf"
    path.write_bytes(b"open in a reader")

    def refuses_the_first(source: Path, target: Path) -> None:
        if target == path:
            raise PermissionError("sharing violation")
        source.replace(target)

    saved = pdf.save(path, b"new", replace=refuses_the_first, pause=[].append)
    assert (saved.name, saved.read_bytes(), path.read_bytes()) == ("fire-list-2.pdf", b"new", b"open in a reader")
    assert pdf.save(path, b"newer") == path
    assert [left.name for left in tmp_path.iterdir()] == ["fire-list.pdf"]


def a_printer(path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return made


def test_a_printer_gets_the_same_pages_at_the_same_size(tmp_path: Path) -> None:
    wanted = create_list(*(create_row(f"Ann Ash{n}") for n in range(12)))
    made = a_printer(tmp_path / "paper.pdf")
    done = printer.print_pages(
        sheet.pages(wanted), "Fire list", to="Office", fallback=tmp_path / "x.pdf", printer_for=lambda name: made
    )
    assert done.on_paper
    assert made.docName() == "Fire list"
    on_paper, in_file = (tmp_path / "paper.pdf").read_bytes(), sheet.as_pdf(wanted)
    assert text_of(on_paper) == text_of(in_file)
    # One dot on this coarse picture is a third of a millimetre.
    first, second = (numpy.argwhere(ink(content) < 128) for content in (on_paper, in_file))
    assert abs(first.min(axis=0) - second.min(axis=0)).max() <= 2
    assert abs(first.max(axis=0) - second.max(axis=0)).max() <= 2


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_leads_to_a_file_and_a_sentence(tmp_path: Path) -> None:
    broken = a_printer(tmp_path / "missing" / "paper.pdf")
    pages = sheet.pages(create_list(create_row()))
    fallback = tmp_path / "fire-list.pdf"
    done = printer.print_pages(pages, "Fire list", to="Office", fallback=fallback, printer_for=lambda name: broken)
    assert (done.on_paper, done.saved_as) == (False, fallback)
    assert done.words.startswith("The printer “Office” did not take it. Fire list was saved as fire-list.pdf instead:")


def test_no_printer_and_no_folder_is_still_a_sentence(tmp_path: Path) -> None:
    done = printer.print_pages(
        printer.trial_page("Elmbrook"), "Test print", to="", fallback=tmp_path / "no" / "x.pdf",
        printer_for=lambda name: None,
    )  # fmt: skip
    assert (done.on_paper, done.saved_as) == (False, None)
    assert done.words.startswith("No printer is set up on this PC. Test print could not be saved")


def test_this_pc_may_have_no_printer() -> None:
    assert printer.printer_for("No such printer") is None
    assert "No such printer" not in printer.printer_names()


def test_the_test_print_says_what_to_look_for() -> None:
    (text,) = text_of(pdf.as_pdf(printer.trial_page("Elmbrook"), "Test print"))
    assert "The square is 50 mm" in text


def test_the_paper_sheet_asks_for_the_fields_of_add_from_paper_in_their_order() -> None:
    (page,) = paper_sheet.pages("Elmbrook Primary School")
    titles = [title for title, _, _ in paper_sheet.FIELDS]
    assert titles == [
        "Name", "Organisation", "Here to see", "Where", "Arrived", "Left", "ID shown", "Face compared",
        "Needs assistance",
    ]  # fmt: skip
    across = {}
    for line, x, _ in page.words:
        across.setdefault(line.layout.text(), x)
    assert [across[title] for title in titles] == sorted(across[title] for title in titles)
    (text,) = text_of(pdf.as_pdf([page], paper_sheet.TITLE))
    assert "signature" not in text.casefold()
    assert len(text_of(pdf.as_pdf(paper_sheet.pages("Elmbrook", sheets=3), paper_sheet.TITLE))) == 3


def test_nothing_on_the_paper_sheet_runs_into_the_next_column() -> None:
    (page,) = paper_sheet.pages("Elmbrook Primary School")
    strokes = sorted({start.x() for start, end, _ in page.rules if start.x() == end.x()})
    top = min(start.y() for start, end, _ in page.rules if start.x() == end.x())
    for line, x, y in page.words:
        if y > top:
            nearest = min(stroke for stroke in strokes if stroke > x)
            assert x + line.layout.lineAt(line.number).naturalTextWidth() < nearest


def test_a_page_is_painted_into_any_rectangle() -> None:
    (page,) = sheet.pages(create_list(create_row()))
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    sheet.paint(painter, QRectF(0, 0, 400, 300), page)
    painter.end()
    dark = [x for x in range(400) for y in range(300) if picture.pixelColor(x, y).lightness() < 200]
    assert min(dark) > 0
    assert max(dark) < 300 * 210 / 297


def test_painting_touches_no_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a widget was made")

    monkeypatch.setattr(QWidget, "__init__", refuse)
    assert sheet.as_pdf(create_list(create_row())).startswith(b"%PDF")
