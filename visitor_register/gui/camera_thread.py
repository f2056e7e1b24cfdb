"""The one thread of its own: fetches camera frames, reads codes off them, and touches no window."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QThread, Signal
from PySide6.QtGui import QImage

from visitor_register.errors import RegisterError
from visitor_register.scanning.camera import Camera
from visitor_register.scanning.decoder import Decoder
from visitor_register.scanning.gate import Gate

if TYPE_CHECKING:
    from visitor_register.scanning.frames import Frame

_PATIENCE = 30
"""Frames in a row that a camera may fail to give; then it was pulled out."""

_PAUSE = 50
"""Milliseconds to wait after a frame that did not come."""


class CameraThread(QThread):
    """Runs from `start()` to `stop()`. The panel that made it keeps it, and stops it before it goes.

    Signals:
        frame: A copy for the preview, no larger than `preview`, at most `previews` a second.
        code: A text and its symbology ("QR", "Code 128", "Code 39"), once per badge held up.
        failed: One sentence for people; the thread ends after it, the desk goes on.
    """

    frame = Signal(QImage)
    code = Signal(str, str)
    failed = Signal(str)

    def __init__(
        self,
        open_camera: Callable[[], Camera],
        open_decoder: Callable[[], Decoder],
        *,
        preview: QSize | None = None,
        previews: float = 15.0,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Both are opened in the thread, for they take their time; `clock` gives seconds."""
        super().__init__(parent)
        self._open_camera = open_camera
        self._open_decoder = open_decoder
        self._preview = preview or QSize(640, 360)
        self._pause_between = 1.0 / previews
        self._clock = clock
        self._gate = Gate(clock=clock)

    def run(self) -> None:
        """Qt's own: what happens in the thread."""
        try:
            decoder = self._open_decoder()
            camera = self._open_camera()
        except RegisterError as error:
            self.failed.emit(str(error))
            return
        try:
            self._watch(camera, decoder)
        finally:
            camera.release()

    def stop(self) -> None:
        """Ask the thread to end and wait until it has, the camera released. May be called twice."""
        self.requestInterruption()
        self.wait()

    def _watch(self, camera: Camera, decoder: Decoder) -> None:
        missed = 0
        shown = -self._pause_between
        while not self.isInterruptionRequested():
            frame = camera.read()
            if frame is None:
                missed += 1
                if missed >= _PATIENCE:
                    self.failed.emit("The camera gives no more pictures. See that it is plugged in.")
                    return
                self.msleep(_PAUSE)
                continue
            missed = 0
            now = self._clock()
            if now - shown >= self._pause_between:
                shown = now
                self.frame.emit(preview_image(frame, self._preview))
            for reading in decoder.read(frame):
                if self._gate.admit(reading):
                    self.code.emit(reading.text, reading.symbology.value)


def preview_image(frame: "Frame", most: QSize) -> QImage:
    """A picture of its own memory, shrunk to fit `most`, of a frame (height, width, 3) or (height, width), uint8."""
    import cv2

    height, width = frame.shape[:2]
    scale = min(1.0, most.width() / width, most.height() / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = frame if scale == 1.0 else cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    bgra = cv2.cvtColor(small, cv2.COLOR_GRAY2BGRA if small.ndim == 2 else cv2.COLOR_BGR2BGRA)
    # The copy outlives the camera's buffer.
    return QImage(bgra.data, size[0], size[1], 4 * size[0], QImage.Format.Format_RGB32).copy()
