"""Cameras behind a small port. A missing or broken camera is a sentence, never the end of the desk."""

import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from visitor_register.errors import RegisterError

if TYPE_CHECKING:
    from visitor_register.scanning.frames import Frame

_MOST = 5
"""Numbers tried where the system does not list its cameras; each takes a moment."""


class CameraMissingError(RegisterError):
    """The chosen camera is not there, or another program has it."""


class Camera(Protocol):
    """Where frames come from."""

    def read(self) -> "Frame | None":
        """The next frame (height, width, 3), blue, green, red, uint8; None when it gave none. Blocks till it comes."""
        ...

    def release(self) -> None:
        """Give the camera back, its light off. May be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A camera that can be chosen: the number it is opened by, and a name for people."""

    number: int
    name: str


def list_cameras(devices: Path = Path("/sys/class/video4linux")) -> list[CameraChoice]:
    """The cameras of this computer; empty when there is none. May take some seconds: ask in the background."""
    if sys.platform.startswith("linux"):
        return [choice for folder in _listed(devices) if (choice := _choice(folder)) is not None]
    return [CameraChoice(number, f"Camera {number + 1}") for number in range(_MOST) if _opens(number)]


def _listed(devices: Path) -> list[Path]:
    try:
        return sorted(devices.glob("video*"), key=lambda folder: (len(folder.name), folder.name))
    except OSError:
        return []


def _choice(folder: Path) -> CameraChoice | None:
    with contextlib.suppress(OSError, ValueError):
        # One camera shows as several devices; the first of each brings the pictures.
        if (folder / "index").read_text().strip() == "0":
            name = (folder / "name").read_text(errors="replace").strip()
            return CameraChoice(int(folder.name.removeprefix("video")), name or folder.name)
    return None


def _opens(number: int) -> bool:
    try:
        open_camera(number).release()
    except CameraMissingError:
        return False
    return True


def open_camera(number: int, *, width: int = 1280, height: int = 720) -> Camera:
    """Open a camera by its number, asking for frames of a size that badges are legible at.

    Raises:
        CameraMissingError: it is not there, or another program has it.
    """
    import cv2

    # A missing camera is told in our words; OpenCV would add a page of its own on the console.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    # Windows' newer interface takes ten seconds and more to open some cameras.
    capture = cv2.VideoCapture(number, cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_ANY)
    if not capture.isOpened():
        capture.release()
        raise CameraMissingError("The camera is not connected, or another program is using it.")
    # Uncompressed frames of this size do not fit through USB 2 thirty times a second.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
    # An old frame shows a badge that has gone.
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return CapturedCamera(capture)


class CapturedCamera:
    """A camera, or a video file, as OpenCV reads it."""

    def __init__(self, capture: Any) -> None:
        """Take over a `cv2.VideoCapture` that is open; it is released here."""
        self._capture = capture

    def read(self) -> "Frame | None":
        """The next frame (height, width, 3), blue, green, red, uint8; None when the camera gave none."""
        import cv2

        try:
            good, frame = self._capture.read()
        except cv2.error:
            return None
        return frame if good else None

    def release(self) -> None:
        """Give the camera back."""
        self._capture.release()
