"""Picture files: read as they were taken, refused with a sentence when they are none."""

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scanning import badges
from visitor_register.errors import FileRefusedError
from visitor_register.scanning import pictures
from visitor_register.scanning.picture_size import picture_size
from visitor_register.scanning.pictures import load_picture, read_picture
from visitor_register.scanning.reading import Reading, Symbology

QR = Reading("123456782", Symbology.QR)


def encoded(kind: str, picture: np.ndarray | None = None) -> bytes:
    good, data = cv2.imencode(kind, np.full((40, 90, 3), 200, np.uint8) if picture is None else picture)
    assert good
    return bytes(data)


@pytest.mark.parametrize("kind", [".png", ".jpg", ".bmp", ".webp"])
def test_each_kind_of_file_is_read(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"badge{kind}"
    file.write_bytes(encoded(kind, badges.before_camera(badges.qr(QR.text))))
    assert picture_size(file.read_bytes()) == (1280, 720)
    assert read_picture(file) == [QR]


def test_a_lossless_or_extended_webp_says_its_size() -> None:
    good, lossless = cv2.imencode(".webp", np.full((40, 90, 3), 200, np.uint8), [cv2.IMWRITE_WEBP_QUALITY, 101])
    assert good
    assert picture_size(bytes(lossless)) == (90, 40)
    extended = b"RIFF\x00\x00\x00\x00WEBPVP8X" + struct.pack("<I", 10) + b"\x00" * 4 + b"\x59\x00\x00\x27\x00\x00"
    assert picture_size(extended) == (90, 40)


def test_a_photograph_is_turned_as_the_camera_was_held(tmp_path: Path) -> None:
    # A JPEG of 90 x 40 whose EXIF says "turn me a quarter clockwise".
    plain = encoded(".jpg")
    tiff = b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"
    exif = b"Exif\x00\x00" + tiff
    file = tmp_path / "turned.jpg"
    file.write_bytes(plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:])
    assert load_picture(file).shape == (90, 40, 3)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a picture"),
        (b"%PDF-1.7", "not a picture"),
        (b"<svg onload='x'/>", "not a picture"),
        (b"GIF89a" + b"\x01" * 40, "not a picture"),
        (encoded(".png")[:60], "damaged"),
        (encoded(".png")[:16] + struct.pack(">II", 60_000, 60_000) + encoded(".png")[24:], "too large a picture"),
        (encoded(".png")[:16] + struct.pack(">II", 0, 7) + encoded(".png")[24:], "not a picture"),
        (encoded(".jpg")[:30], "not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "odd.png"
    file.write_bytes(content)
    with pytest.raises(FileRefusedError, match=words) as refused:
        read_picture(file)
    assert str(refused.value).startswith("odd.png is ")
    assert str(tmp_path) not in str(refused.value)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(FileRefusedError, match="cannot be opened"):
            read_picture(path)
    file = tmp_path / "huge.png"
    file.write_bytes(encoded(".png"))
    monkeypatch.setattr(pictures, "LARGEST_FILE", 10)
    with pytest.raises(FileRefusedError, match="too large a file"):
        read_picture(file)


@given(
    st.sampled_from(
        [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"RIFF0000WEBPVP8X", b"RIFF0000WEBPVP8 "]
    ),
    st.binary(max_size=80),
)
def test_no_header_breaks_the_measuring(start: bytes, rest: bytes) -> None:
    size = picture_size(start + rest)
    assert size is None or (size[0] >= 0 and size[1] >= 0)
