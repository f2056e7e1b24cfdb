"""Badges before the camera are read, tilted, blurred and dim ones too, and nothing else is."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
import zxingcpp

from tests.scanning import badges
from visitor_register.scanning import engines
from visitor_register.scanning.cascade import Cascade
from visitor_register.scanning.decoder import Decoder, live_decoder, patient_decoder
from visitor_register.scanning.engines import read_any, read_bars_with_zbar
from visitor_register.scanning.frames import Frame
from visitor_register.scanning.guards import has_check_character, is_plausible
from visitor_register.scanning.reading import Reading, Symbology

SIGNED = "VR1." + "Kd83-fjA_" * 12
C128 = Reading("S12345674", Symbology.CODE_128)
C39 = Reading("S1234567A", Symbology.CODE_39)
QR = Reading("123456782", Symbology.QR)


@pytest.fixture(autouse=True)
def one_core() -> Iterator[None]:
    before = cv2.getNumThreads()
    yield
    cv2.setNumThreads(before)


@pytest.fixture
def decoder() -> Decoder:
    """The live decoder, without its time limit: a busy machine must not decide."""
    return Cascade(None)


def code_39(text: str) -> Frame:
    return badges.bars(text, kind=zxingcpp.BarcodeFormat.Code39, narrow=3)


@pytest.mark.parametrize(
    ("picture", "reading"),
    [
        (badges.qr(QR.text), QR),
        (badges.qr(SIGNED, module=4), Reading(SIGNED, Symbology.QR)),
        (badges.bars(C128.text), C128),
        (code_39(C39.text), C39),
    ],
)
@pytest.mark.parametrize("turned", [0, 20, -35, 90, 180])
def test_each_kind_is_read_at_any_angle(decoder: Decoder, picture: Frame, reading: Reading, turned: float) -> None:
    assert decoder.read(badges.before_camera(picture, turned=turned)) == [reading]


def test_bars_turned_far_need_the_cascade(decoder: Decoder) -> None:
    frame = badges.before_camera(badges.bars(C128.text, narrow=2), turned=38)
    assert read_any(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)) == []
    assert decoder.read(frame) == [C128]


@pytest.mark.parametrize(
    ("picture", "reading", "sigma"),
    [
        (badges.qr(QR.text), QR, 2.5),
        (badges.bars(C128.text), C128, 2.2),
        (badges.bars(C128.text, narrow=2), C128, 1.5),
        (code_39(C39.text), C39, 2.0),
    ],
)
def test_a_badge_out_of_focus_is_read(decoder: Decoder, picture: Frame, reading: Reading, sigma: float) -> None:
    frame = badges.before_camera(picture, turned=7)
    assert decoder.read(badges.blurred(frame, sigma)) == [reading]


@pytest.mark.parametrize(
    ("picture", "reading"),
    [(badges.qr(QR.text), QR), (badges.bars(C128.text, narrow=2), C128), (code_39(C39.text), C39)],
)
def test_a_badge_in_poor_light_is_read(decoder: Decoder, picture: Frame, reading: Reading) -> None:
    assert decoder.read(badges.dim(badges.before_camera(picture, turned=4))) == [reading]


def test_a_badge_held_askew_is_read(decoder: Decoder) -> None:
    assert decoder.read(badges.before_camera(badges.bars(C128.text), turned=15, tilted=40)) == [C128]


def test_two_badges_at_once_are_both_read(decoder: Decoder) -> None:
    frame = badges.before_camera(badges.bars(C128.text))
    small = badges.qr(QR.text, module=5)
    frame[20 : 20 + small.shape[0], 40 : 40 + small.shape[1]] = small[:, :, None]
    assert set(decoder.read(frame)) == {C128, QR}


def odd_pictures() -> list[Frame]:
    random = np.random.default_rng(4)
    stripes = np.repeat(random.integers(0, 2, 160) * 255, 8).astype(np.uint8)
    cut = badges.before_camera(badges.bars(C128.text))
    cut[:, :560] = 120
    return [
        np.zeros((720, 1280, 3), np.uint8),
        np.full((720, 1280), 255, np.uint8),
        random.integers(0, 255, (720, 1280, 3), np.uint8),
        np.tile(stripes, (720, 1)),
        cut,
        badges.before_camera(badges.bars("4006381333931", kind=zxingcpp.BarcodeFormat.EAN13)),
        badges.before_camera(badges.bars("12345670", kind=zxingcpp.BarcodeFormat.ITF)),
        np.zeros((1, 1, 3), np.uint8),
        np.zeros((5, 1280), np.uint8),
    ]


@pytest.mark.parametrize("picture", odd_pictures())
def test_what_is_no_badge_is_not_read(picture: Frame) -> None:
    assert live_decoder().read(picture) == []
    assert Cascade(None).read(picture) == []


def test_a_foreign_qr_code_is_read_as_the_text_it_is(decoder: Decoder) -> None:
    text = "https://example.org/menu?id=7"
    assert decoder.read(badges.before_camera(badges.qr(text))) == [Reading(text, Symbology.QR)]


def test_a_frame_without_a_badge_costs_no_step_after_the_time_is_up() -> None:
    asked: list[float] = []

    def clock() -> float:
        asked.append(len(asked) * 0.02)
        return asked[-1]

    noise = np.random.default_rng(4).integers(0, 255, (720, 1280), np.uint8)
    assert Cascade(0.028, clock=clock).read(noise) == []
    assert len(asked) <= 4


def test_still_pictures_get_full_effort_at_any_size_and_turn() -> None:
    decoder = patient_decoder()
    large = cv2.resize(badges.before_camera(badges.bars(C128.text), turned=70), None, fx=4, fy=4)
    small = cv2.resize(badges.before_camera(badges.qr(QR.text, module=9)), None, fx=0.25, fy=0.25)
    inverted = 255 - badges.before_camera(badges.qr(QR.text))
    assert [decoder.read(picture) for picture in (large, small, inverted)] == [[C128], [QR], [QR]]


def test_zbar_says_only_what_has_a_right_check_character() -> None:
    with_check = "S1234567" + next(sign for sign in "0123456789ABCDEFGHIJKL" if has_check_character("S1234567" + sign))
    wrong = "S1234567" + ("0" if with_check[-1] != "0" else "1")
    read = [
        read_bars_with_zbar(cv2.cvtColor(badges.before_camera(picture), cv2.COLOR_BGR2GRAY))
        for picture in (badges.bars(C128.text), code_39(with_check), code_39(wrong), badges.qr(QR.text))
    ]
    assert read == [[C128], [Reading(with_check, Symbology.CODE_39)], [], []]


def test_without_zbar_pictures_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyzbar", None)
    assert engines.read_bars_with_zbar(np.full((80, 80), 255, np.uint8)) == []
    assert patient_decoder().read(badges.before_camera(badges.qr(QR.text))) == [QR]


@pytest.mark.parametrize(
    ("reading", "may_leave"),
    [
        (C128, True),
        (C39, True),
        (QR, True),
        (Reading("77D", Symbology.CODE_39), False),
        (Reading("", Symbology.CODE_128), False),
        (Reading("AB\x1b12", Symbology.CODE_128), False),
        (Reading("-----", Symbology.CODE_39), False),
        (Reading("9" * 513, Symbology.QR), False),
        (Reading(" \n", Symbology.QR), False),
    ],
)
def test_lucky_guesses_stay_inside(reading: Reading, may_leave: bool) -> None:
    assert is_plausible(reading) is may_leave


@pytest.mark.parametrize(("text", "right"), [("W", False), ("CODE39W", True), ("CODE39X", False), ("é1", False)])
def test_the_check_character_of_code_39(text: str, right: bool) -> None:
    assert has_check_character(text) is right
