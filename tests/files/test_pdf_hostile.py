"""PDFs that are damaged, hostile or no charts: each ends in one sentence or a reading, within seconds."""

import random
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.files import pdf_writer
from tests.files.charts import written
from tests.files.pdf_writer import line, pdf, text, text_box
from visitor_register.domain.chart_table import Source
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits, reader_child
from visitor_register.files.charts import understand


def source(folder: Path, data: bytes) -> Source:
    """Read a PDF in this process."""
    return reader_child.read(written(folder, "chart.pdf", data))


def refusal(folder: Path, data: bytes) -> str:
    """The sentence with which a PDF is refused."""
    with pytest.raises(FileRefusedError) as refused:
        source(folder, data)
    assert re.fullmatch(r"[^.]+(?:\.[a-z]{2,4}[^.]*)*\.", str(refused.value)), refused.value
    return str(refused.value)


PICTURE = b"q 1190 0 0 842 0 0 cm /Im1 Do Q "
IMAGE = pdf_writer.stream(
    bytes(300), b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceRGB/BitsPerComponent 8"
)
WITH_IMAGE = b"/XObject<</Im1 5 0 R>>"


def form(content: bytes, number: int) -> bytes:
    """A drawing that can be called by name, and may call the next."""
    resources = b"/Resources<</XObject<</Im1 %d 0 R>>>>" % (number + 1)
    return pdf_writer.stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + resources)


def lost_letters() -> bytes:
    """A font that says what its letters look like, and not which they are."""
    known = b"/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding"
    lost = b"/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>"
    outer = b"/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype%s>>]" % lost
    return pdf([text(10, 20, "Ada Hill, Team Manager")]).replace(known, outer)


def flipped(data: bytes) -> bytes:
    """The same with a fault in the middle of its last packed part."""
    at = data.rindex(b"stream\n", 0, data.rindex(b"endstream")) + 60
    return data[:at] + bytes(255 - byte for byte in data[at : at + 9]) + data[at + 9 :]


REFUSED = {
    "scan": (pdf([PICTURE], more=[IMAGE], resources=WITH_IMAGE), "picture"),
    "scan with guessed letters": (
        pdf([PICTURE + text(40, 40, "Acla Hi11")], more=[IMAGE], resources=WITH_IMAGE),
        "picture",
    ),
    "empty page": (pdf([b""]), "picture"),
    "text alone": (pdf([text(40, 40, "Dear colleagues, please find attached.")]), "no chart"),
    "letters without a meaning": (lost_letters(), "letters"),
    "password": (
        pdf(
            [b""],
            trailer=b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>"
            % (b"41" * 32, b"42" * 32),
        ),
        "password",
    ),
    "cut off": (pdf([text_box(40, 40, "Ada Hill", "Head")])[:-600], "incomplete"),
    "not a PDF inside": (b"%PDF-1.7\n" + bytes(2000) + b"%%EOF", "damaged"),
    "no pages": (pdf([]), "no pages"),
    "a page lost": (pdf([b"", b""]).replace(b"7 0 R]", b"9 0 R]"), "damaged"),
    "content lost": (pdf([b""]).replace(b"/Contents 6", b"/Contents 9"), "damaged"),
    "a thousand pages": (pdf([b""] * 1000), "more than 200 pages"),
    "instructions damaged": (flipped(pdf([text_box(40, 40, "Ada Hill", "Head of Service")])), "damaged"),
    "packed beyond belief": (pdf([b" " * (limits.UNPACKED_BYTES + 10)]), "unpacks"),
    "too many instructions": (pdf([b"q Q\n" * 1_000_000]), "far more"),
    "too many lines": (pdf([line([(1, 1), (2, 2)]) * 70_000]), "far more"),
    "a drawing that calls itself by others": (
        pdf(
            [b"/Im1 Do " * 40],
            more=[form(b"/Im1 Do " * 40, 5), form(b"/Im1 Do " * 40, 6), form(b"0 0 m 9 9 l S", 7), IMAGE],
            resources=WITH_IMAGE,
        ),
        "far more",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_chart_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    data, says = REFUSED[name]
    started = time.process_time()
    assert says in refusal(tmp_path, data)
    assert time.process_time() - started < 5


def test_a_drawing_that_calls_itself_ends(tmp_path: Path) -> None:
    data = pdf(
        [b"/Im1 Do " + text_box(40, 40, "Ada Hill", "Head of Service")],
        more=[form(b"/Im1 Do", 4)],
        resources=WITH_IMAGE,
    )
    assert [person.name for person in understand([source(tmp_path, data)]).people] == ["Ada Hill"]


def test_pages_nested_without_end_are_refused(tmp_path: Path) -> None:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects += [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (at + 3) for at in range(3000)]
    assert "damaged" in refusal(tmp_path, pdf_writer.document([*objects, b"<</Type/Page/Parent 2 0 R>>"]))


def small() -> tuple[bytes, bytes]:
    """The same small chart, packed and as it stands."""
    page = text_box(40, 40, "Ada Hill", "Team Manager") + text_box(40, 140, "Ben Jones", "Social Worker")
    page += line([(100, 90), (100, 140)], dashed=True) + line([(90, 90), (90, 140)], how="thin")
    plain = b"<</Length %d>>\nstream\n%s\nendstream" % (len(page), page)
    packed = pdf([page], more=[IMAGE], resources=WITH_IMAGE)
    at = packed.index(b"<</Length", packed.index(b"/Contents"))
    return packed, packed[:at] + plain + packed[packed.index(b"endstream", at) + len(b"endstream") :]


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Change, drop, repeat and cut bytes anywhere."""
    hurt = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(9, len(hurt))
        match dice.randrange(4):
            case 0:
                hurt[at] = dice.randrange(256)
            case 1:
                hurt[at : at + 1] = b"99999999999"
            case 2:
                del hurt[at : at + dice.randint(1, 40)]
            case _:
                hurt[at:at] = hurt[dice.randrange(len(hurt)) :][:30]
    return bytes(hurt[: dice.randrange(9, len(hurt))] if dice.random() < 0.1 else hurt) + b"\n%%EOF"


def test_damaged_files_end_in_a_sentence_or_a_reading(tmp_path: Path) -> None:
    dice, ended = random.Random(11), Counter[str]()
    for number in range(200):
        try:
            source(tmp_path, damaged(small()[number % 2], dice))
            ended["read"] += 1
        except FileRefusedError as refused:
            ended["refused" if str(refused).endswith(".") else "no sentence"] += 1
    assert ended["no sentence"] == 0
    assert min(ended["read"], ended["refused"]) > 20
