"""Reads a still picture with all the time it needs: several sizes, every quarter turn, both engines. Imported late."""

from collections.abc import Iterator

import cv2

from visitor_register.scanning.cascade import Cascade
from visitor_register.scanning.engines import read_any, read_bars_with_zbar
from visitor_register.scanning.frames import Frame
from visitor_register.scanning.reading import Reading

_LONG_SIDES = (4000, 2000, 1280, 700)
_TURNS = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)


class PatientDecoder:
    """For photographs and scans, where a frame later will not bring a better view."""

    def __init__(self) -> None:
        self._cascade = Cascade(budget=None)

    def read(self, frame: Frame) -> list[Reading]:
        """Read a picture (height, width) or (height, width, 3); the first way that reads anything answers."""
        gray = frame if frame.ndim == 2 else cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
        sizes = list(_sizes(gray))
        for picture in sizes:
            if found := read_any(picture, inverted=True):
                return found
        for picture in sizes:
            if found := self._turned(picture):
                return found
        return []

    def _turned(self, picture: Frame) -> list[Reading]:
        for turn in _TURNS:
            upright = picture if turn is None else cv2.rotate(picture, turn)
            if found := self._cascade.read(upright) or read_bars_with_zbar(upright):
                return found
        return []


def _sizes(gray: Frame) -> Iterator[Frame]:
    long_side = max(gray.shape)
    if long_side <= _LONG_SIDES[0]:
        yield gray
    for wanted in _LONG_SIDES:
        if wanted < long_side:
            scale = wanted / long_side
            yield cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if long_side < _LONG_SIDES[-1]:
        yield cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
