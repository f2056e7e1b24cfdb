"""Reads a frame in steps, the cheap ones first, until something is read or the time is up. Imported late."""

import math
import time
from collections.abc import Callable

import cv2

from visitor_register.scanning.engines import read_any, read_linear, read_square
from visitor_register.scanning.frames import Frame
from visitor_register.scanning.maps import edge_maps
from visitor_register.scanning.reading import Reading
from visitor_register.scanning.squares import find_square, prepared_squares
from visitor_register.scanning.strips import find_strips, sharpened_rows, straightened

_STEP = 0.002
"""Seconds that one more step takes; it is not begun with less than that left."""


class Cascade:
    """Grey, then black and white, then straightened bars, then an enlarged square."""

    def __init__(self, budget: float | None, *, clock: Callable[[], float] = time.perf_counter) -> None:
        """Take at most about `budget` seconds a frame; None takes all the time it needs."""
        self._budget = math.inf if budget is None else budget - _STEP
        self._clock = clock

    def read(self, frame: Frame) -> list[Reading]:
        """Read what is on a frame (height, width) or (height, width, 3); empty when nothing can be read."""
        until = self._clock() + self._budget
        gray = frame if frame.ndim == 2 else cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
        if found := read_any(gray):
            return found
        _, black_and_white = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        if found := read_any(black_and_white):
            return found
        if min(gray.shape) < 64 or self._clock() >= until:
            return []
        maps = edge_maps(gray)
        for strip in find_strips(maps):
            upright, scale = straightened(gray, strip)
            for row in sharpened_rows(upright, scale):
                if found := read_linear(row):
                    return found
                if self._clock() >= until:
                    return []
            if found := read_linear(upright):
                return found
        crop = find_square(gray, maps)
        if crop is None:
            return []
        for square in prepared_squares(crop):
            if self._clock() >= until:
                return []
            if found := read_square(square):
                return found
        return []
