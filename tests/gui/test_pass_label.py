"""Passes on labels: exactly as large as the label, nothing cut off, and both codes read by other decoders."""

import random
import re
from dataclasses import replace
from itertools import product

import cv2
import numpy as np
import pypdfium2
import pytest
import zxingcpp
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pyzbar import pyzbar

from visitor_register.domain import codes
from visitor_register.gui.prints import pdf
from visitor_register.gui.prints.pass_label import TITLE, LabelSize, PassText, label
from visitor_register.gui.prints.pass_words import AHEAD_FOR_LANYARD
from visitor_register.gui.prints.sheet import Page, paint

SHORT = PassText(
    "Elmbrook Primary School",
    "Leila Haddad",
    "Children and Families Team 3, Northvale Council",
    "Mrs Shah",
    "Tue 24/11/2026",
    "10:25",
    "GREEN",
    "Unescorted",
    codes.new_pass_code(random.Random(1).choice),
)
LONG = PassText(
    "St Bartholomew-the-Great Church of England Academy",
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Anastasia",
    "Children’s Services, Front Door and First Response Team 3, London Borough of Hammersmith and Fulham",
    "Mrs Featherstonehaugh-Cholmondeley",
    "Wed 25/11/2026",
    "",
    "YELLOW",
    "Escorted until confirmed",
    codes.new_pass_code(random.Random(2).choice),
)
AHEAD = replace(LONG, lanyard="", escort=AHEAD_FOR_LANYARD)
EVERY = list(product(LabelSize, (SHORT, LONG, AHEAD)))


def picture(page: Page) -> NDArray[np.uint8]:
    """A page at 300 dots to the inch, grey."""
    image = QImage(round(page.size.width()), round(page.size.height()), QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    paint(painter, QRectF(image.rect()), page)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


def handled(clean: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture as it comes back: on a desk, turned by 5 degrees, blurred by 1.5 pixels, JPEG 60."""
    wide = cv2.copyMakeBorder(clean, 80, 80, 80, 80, cv2.BORDER_CONSTANT, value=(200,))
    height, width = wide.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 5, 1)
    turned = cv2.warpAffine(wide, turn, (width, height), borderValue=(200,))
    _, data = cv2.imencode(".jpg", cv2.GaussianBlur(turned, (0, 0), 1.5), [cv2.IMWRITE_JPEG_QUALITY, 60])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def bars_by_zbar(seen: NDArray[np.uint8]) -> list[str]:
    """What the bars say to the second decoder of them: OpenCV reads no Code 128."""
    return [found.data.decode() for found in pyzbar.decode(seen, symbols=[pyzbar.ZBarSymbol.CODE128])]


@pytest.mark.parametrize(("size", "text"), EVERY)
def test_both_codes_are_read_by_decoders_that_did_not_draw_them(size: LabelSize, text: PassText) -> None:
    seen = handled(picture(label(text, size)))
    read = {found.format: found.text for found in zxingcpp.read_barcodes(seen)}
    assert read == {zxingcpp.BarcodeFormat.QRCode: text.code, zxingcpp.BarcodeFormat.Code128: text.code}
    assert cv2.QRCodeDetector().detectAndDecode(cv2.resize(seen, None, fx=2, fy=2))[0] == text.code
    assert bars_by_zbar(seen) == [text.code]


@pytest.mark.parametrize("size", LabelSize)
def test_the_page_is_as_large_as_the_label_and_names_nobody_in_its_title(size: LabelSize) -> None:
    file = pypdfium2.PdfDocument(pdf.as_pdf([label(SHORT, size)], TITLE))
    width, height = file[0].get_size()
    assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx(size.millimetres, abs=0.2)
    assert file.get_metadata_value("Title") == "Visitor pass"
    assert "Leila" in file[0].get_textpage().get_text_bounded()
    file.close()


@pytest.mark.parametrize(("size", "text"), EVERY)
def test_everything_stands_inside_the_label_and_apart_from_the_codes(size: LabelSize, text: PassText) -> None:
    page = label(text, size)
    for part in (text.name, text.organisation, text.day, text.lanyard, text.escort):
        assert words(part) <= words(page.text)
    written = [box(line, x, y) for line, x, y in page.words]
    bars = [filled for filled in page.filled if not any(filled.contains(box(*said)) for said in page.on_black)]
    assert all(page.size.contains(where) for where in (*written, *page.filled))
    assert not [where for where in written if any(where.intersects(bar) for bar in bars)]
    assert not [where for at, where in enumerate(written) for other in written[:at] if where.intersects(other)]
    on_black = [box(line, x, y) for line, x, y in page.on_black]
    (band,) = [filled for filled in page.filled if any(filled.contains(where) for where in on_black)]
    assert not [where for where in written if where.intersects(band)], "nothing is hidden by the black band"
    assert all(band.contains(where) for where in on_black)
    assert not [where for at, where in enumerate(on_black) for other in on_black[:at] if where.intersects(other)]


def words(text: str) -> set[str]:
    """The words of a text, wherever its lines end."""
    return set(re.split(r"[\s,-]+", text)) - {""}


def box(line, x: float, y: float) -> QRectF:  # type: ignore[no-untyped-def]
    """Where the letters of a line stand, without the space above and below them."""
    shown = line.layout.lineAt(line.number)
    air = line.height * 0.12
    return QRectF(x, y + air, shown.naturalTextWidth(), line.height - 2 * air)


def test_a_pass_says_nothing_of_a_purpose_or_a_child() -> None:
    assert set(PassText.__dataclass_fields__) == {
        "school", "name", "organisation", "here_to_see", "day", "time_in", "lanyard", "escort", "code",
    }  # fmt: skip
