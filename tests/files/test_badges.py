"""Practice badges: two codes of one text, read by our own scanner and by a reader that did not draw them."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp

from tests.scanning.badges import before_camera, blurred
from visitor_register.domain.codes import CodeKind, classify
from visitor_register.errors import FileRefusedError
from visitor_register.files import badges
from visitor_register.files.badges import HEIGHT, WIDTH, Badge
from visitor_register.scanning.decoder import live_decoder
from visitor_register.scanning.pictures import read_picture

PLAIN = Badge("01 Known", "Ada Hill", "Social Worker, Team 3", "H194359")
LONG = Badge("02 Long", "Jasminder Velvetmere-Zigzagstone O'Fearnbog", "Advanced Practitioner, Response", "H9-X/71")


@pytest.mark.parametrize("badge", [PLAIN, LONG], ids=lambda badge: badge.file)
def test_our_scanner_reads_the_file_of_a_badge(tmp_path: Path, badge: Badge) -> None:
    (path,) = badges.write(tmp_path, [badge])
    assert {reading.text for reading in read_picture(path)} == {badge.code}


def test_both_codes_of_a_badge_are_read_by_another_reader() -> None:
    found = zxingcpp.read_barcodes(badges.draw(LONG))
    assert {(code.format, code.text) for code in found} == {
        (zxingcpp.BarcodeFormat.QRCode, LONG.code),
        (zxingcpp.BarcodeFormat.Code128, LONG.code),
    }


def test_a_badge_before_a_camera_is_read_as_well() -> None:
    grey = cv2.cvtColor(cv2.resize(badges.draw(PLAIN), None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA), 6)
    frame = blurred(before_camera(grey, turned=8), 0.8)
    assert {reading.text for reading in live_decoder(budget=2.0).read(frame)} == {PLAIN.code}


def test_a_badge_code_is_taken_for_a_badge_and_the_picture_says_practice() -> None:
    assert classify(PLAIN.code).kind is CodeKind.BADGE
    card = badges.draw(PLAIN)
    assert card.shape == (HEIGHT, WIDTH, 3)
    # The same card without its band differs only there: the word PRACTICE is on every one.
    assert np.array_equal(card[:100], badges.draw(LONG)[:100])


def test_names_stay_on_the_card_left_of_the_code() -> None:
    card = badges.draw(LONG)
    assert card[130:400, 740:760].min() == 255, "nothing is written up to the quiet zone of the QR code"


def test_files_are_named_after_the_badges_and_an_older_opencv_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(cv2, "FontFace", raising=False)
    paths = badges.write(tmp_path / "badges", [PLAIN, LONG])
    assert [path.name for path in paths] == ["01 Known.png", "02 Long.png"]
    assert {reading.text for reading in read_picture(paths[1])} == {LONG.code}


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(FileRefusedError, match="could not be saved"):
        badges.write(tmp_path / "taken", [PLAIN])
