"""Cameras are listed and opened; one that is not there is a sentence."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from visitor_register.scanning.camera import (
    CameraChoice,
    CameraMissingError,
    CapturedCamera,
    list_cameras,
    open_camera,
)


def test_a_camera_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(CameraMissingError, match=r"not connected, or another program is using it\.$"):
        open_camera(97)


def test_cameras_are_listed_by_name_and_second_devices_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for number, (index, name) in {
        0: ("0", "Logitech C270\n"),
        1: ("1", "Logitech C270\n"),
        10: ("0", ""),
        2: ("0", "B"),
    }.items():
        folder = tmp_path / f"video{number}"
        folder.mkdir()
        (folder / "index").write_text(index)
        (folder / "name").write_text(name)
    (tmp_path / "video77").mkdir()
    expected = [CameraChoice(0, "Logitech C270"), CameraChoice(2, "B"), CameraChoice(10, "video10")]
    assert list_cameras(tmp_path) == expected


def test_a_computer_without_cameras_has_an_empty_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert list_cameras(tmp_path / "none") == []


def test_where_the_system_has_no_list_each_number_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    class Released:
        def release(self) -> None:
            pass

    def only_second(number: int) -> Released:
        if number != 1:
            raise CameraMissingError("no")
        return Released()

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("visitor_register.scanning.camera.open_camera", only_second)
    assert list_cameras() == [CameraChoice(1, "Camera 2")]


def test_frames_come_as_arrays_and_end_with_none(tmp_path: Path) -> None:
    for number in range(3):
        cv2.imwrite(str(tmp_path / f"frame_{number:03}.png"), np.full((48, 64, 3), 40 * number, np.uint8))
    camera = CapturedCamera(cv2.VideoCapture(str(tmp_path / "frame_%03d.png"), cv2.CAP_IMAGES))
    frames = [camera.read() for _ in range(4)]
    camera.release()
    camera.release()
    assert frames[3] is None
    assert [int(frame[0, 0, 0]) for frame in frames[:3] if frame is not None] == [0, 40, 80]
