"""Finds the place of a QR code and prepares it in ways that undo blur and uneven light. Imported late."""

from collections.abc import Iterator

import cv2
import numpy as np

from visitor_register.scanning.frames import Frame
from visitor_register.scanning.maps import SHRINK, Maps, regions

_LARGEST = 900
"""Pixels that a side of the enlarged place has at most: beyond that the modules are large enough as they are."""


def find_square(gray: Frame, maps: Maps) -> Frame | None:
    """Cut out of a grey picture the place where edges run every way, with a third more around; None if nowhere."""
    mixed = 1 - maps.coherence
    score = maps.energy * mixed * mixed
    mask = (score > 0.25 * float(score.max())).astype(np.uint8)
    found = regions(score, mask, most=1)
    if not found:
        return None
    x, y, width, height = (SHRINK * side for side in cv2.boundingRect(found[0]))
    more_x, more_y = int(width * 0.175) + 8, int(height * 0.175) + 8
    crop = gray[max(0, y - more_y) : y + height + more_y, max(0, x - more_x) : x + width + more_x]
    return crop if min(crop.shape) >= 30 else None


def prepared_squares(crop: Frame) -> Iterator[Frame]:
    """The crop at twice its size: as it is, sharpened, sharpened more, and cut to black and white by place."""
    scale = min(2.0, _LARGEST / max(crop.shape))
    large = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    yield large
    yield _sharpened(large, 2.4, 2.0)
    yield _sharpened(large, 4.0, 3.0)
    yield cv2.adaptiveThreshold(large, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 51, 5)


def _sharpened(picture: Frame, sigma: float, gain: float) -> Frame:
    return cv2.addWeighted(picture, 1 + gain, cv2.GaussianBlur(picture, (0, 0), sigma), -gain, 0)
