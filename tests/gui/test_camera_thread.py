"""The camera's thread, with a camera made of pictures."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize, QThread
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.scanning.fakes import FakeCamera, Hand
from visitor_register.gui.camera_thread import CameraThread, preview_image
from visitor_register.scanning.camera import Camera, CameraMissingError
from visitor_register.scanning.decoder import Decoder
from visitor_register.scanning.frames import Frame
from visitor_register.scanning.reading import Reading, Symbology

FRAME = np.full((72, 128, 3), (10, 20, 200), np.uint8)
QR = Reading("123456782", Symbology.QR)


class FakeDecoder:
    """Reads the same on every frame, and knows in which thread."""

    def __init__(self, *readings: Reading) -> None:
        self.readings = list(readings)
        self.threads: set[QThread] = set()
        self.frames = 0

    def read(self, frame: Frame) -> list[Reading]:
        self.threads.add(QThread.currentThread())
        self.frames += 1
        return self.readings


class Panel:
    """Makes threads and stops each of them, as the camera's panel does."""

    def __init__(self) -> None:
        self.threads: list[CameraThread] = []

    def watches(self, camera: Camera, decoder: Decoder | None = None, **options: object) -> CameraThread:
        thread = CameraThread(lambda: camera, lambda: decoder or FakeDecoder(), **options)  # type: ignore[arg-type]
        self.threads.append(thread)
        return thread


@pytest.fixture
def panel() -> Iterator[Panel]:
    panel = Panel()
    yield panel
    for thread in panel.threads:
        thread.stop()


def test_a_badge_held_up_is_told_once_from_another_thread(qtbot: QtBot, panel: Panel) -> None:
    decoder = FakeDecoder(QR)
    thread = panel.watches(FakeCamera([FRAME]), decoder, clock=Hand())
    told: list[tuple[str, str]] = []
    thread.code.connect(lambda text, symbology: told.append((text, symbology)))
    thread.start()
    qtbot.waitUntil(lambda: decoder.frames > 20)
    thread.stop()
    qtbot.waitUntil(lambda: told != [])
    assert told == [("123456782", "QR")]
    assert decoder.threads.isdisjoint({QThread.currentThread()})


def test_the_preview_is_a_copy_of_display_size(qtbot: QtBot, panel: Panel) -> None:
    thread = panel.watches(FakeCamera([FRAME]), preview=QSize(64, 64), clock=Hand())
    with qtbot.waitSignal(thread.frame) as shown:
        thread.start()
    thread.stop()
    image = shown.args[0]
    assert isinstance(image, QImage)
    assert image.size() == QSize(64, 36)
    assert image.pixelColor(30, 20).getRgb()[:3] == (200, 20, 10)


def test_the_preview_is_not_shown_more_often_than_eyes_need(qtbot: QtBot, panel: Panel) -> None:
    decoder = FakeDecoder()
    thread = panel.watches(FakeCamera([FRAME]), decoder, clock=Hand())
    shown: list[QImage] = []
    thread.frame.connect(shown.append)
    thread.start()
    qtbot.waitUntil(lambda: decoder.frames > 20)
    thread.stop()
    qtbot.waitUntil(lambda: shown != [])
    assert len(shown) == 1


def test_stopping_gives_the_camera_back_and_may_be_done_twice(qtbot: QtBot, panel: Panel) -> None:
    camera = FakeCamera([FRAME])
    thread = panel.watches(camera)
    with qtbot.waitSignal(thread.frame):
        thread.start()
    thread.stop()
    thread.stop()
    assert (camera.released, thread.isFinished()) == (1, True)


def test_a_thread_that_never_started_can_be_stopped(panel: Panel) -> None:
    panel.watches(FakeCamera([])).stop()


def test_it_can_be_started_again(qtbot: QtBot, panel: Panel) -> None:
    cameras = [FakeCamera([FRAME]), FakeCamera([FRAME])]
    left = iter(cameras)
    thread = CameraThread(lambda: next(left), FakeDecoder)
    panel.threads.append(thread)
    for _ in cameras:
        with qtbot.waitSignal(thread.frame):
            thread.start()
        thread.stop()
    assert [camera.released for camera in cameras] == [1, 1]


def test_a_missing_camera_is_a_sentence_and_the_thread_ends(qtbot: QtBot, panel: Panel) -> None:
    def missing() -> Camera:
        raise CameraMissingError("The camera is not connected.")

    thread = CameraThread(missing, FakeDecoder)
    panel.threads.append(thread)
    with qtbot.waitSignal(thread.failed) as said:
        thread.start()
    assert said.args == ["The camera is not connected."]
    qtbot.waitUntil(thread.isFinished)


def test_a_frame_that_does_not_come_is_waited_for(qtbot: QtBot, panel: Panel) -> None:
    thread = panel.watches(FakeCamera([None, None, FRAME]))
    with qtbot.waitSignal(thread.frame):
        thread.start()


def test_a_camera_that_is_pulled_out_is_told_and_given_back(
    qtbot: QtBot, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitor_register.gui.camera_thread._PAUSE", 1)
    camera = FakeCamera([FRAME, None])
    thread = panel.watches(camera)
    with qtbot.waitSignal(thread.failed) as said:
        thread.start()
    assert "plugged in" in said.args[0]
    qtbot.waitUntil(thread.isFinished)
    assert camera.released == 1


def test_a_grey_frame_makes_a_grey_preview() -> None:
    image = preview_image(np.full((10, 20), 99, np.uint8), QSize(640, 360))
    assert image.size() == QSize(20, 10)
    assert image.pixelColor(3, 3).getRgb()[:3] == (99, 99, 99)
