"""Finds bars at any angle and straightens them, so that a tilted or dim badge can be read. Imported late."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from visitor_register.scanning.maps import SHRINK, Maps, regions
from visitor_register.scanning.frames import Frame

_QUIET = 45
"""Picture pixels added at both ends: the quiet zone, and what the box filter ate."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Where bars seem to stand: centre and size in picture pixels, the reading direction in radians."""

    x: float
    y: float
    length: float
    height: float
    angle: float


def find_strips(maps: Maps, most: int = 2) -> list[Strip]:
    """The best places to look for bars, best first."""
    score = maps.energy * maps.coherence * maps.coherence
    mask = (maps.coherence > 0.55) & (score > 0.18 * float(score.max()))
    return [_strip(maps, region) for region in regions(score, mask.astype(np.uint8), most)]


def _strip(maps: Maps, region: NDArray[np.uint8]) -> Strip:
    angle = 0.5 * math.atan2(cv2.mean(maps.across, region)[0], cv2.mean(maps.along, region)[0])
    ys, xs = np.nonzero(region)
    cos, sin = math.cos(angle), math.sin(angle)
    u, v = xs * cos + ys * sin, ys * cos - xs * sin
    left, right, top, bottom = u.min(), u.max() + 1, v.min(), v.max() + 1
    mid_u, mid_v = (left + right) / 2, (top + bottom) / 2
    return Strip(
        x=float(mid_u * cos - mid_v * sin + 0.5) * SHRINK,
        y=float(mid_u * sin + mid_v * cos + 0.5) * SHRINK,
        length=float(right - left) * SHRINK,
        height=float(bottom - top) * SHRINK,
        angle=angle,
    )


def straightened(gray: Frame, strip: Strip) -> tuple[Frame, float]:
    """Cut a strip out of a grey picture and turn it upright, enlarged; returns it and the scale used."""
    scale = 3.0 if strip.length < 400 else 2.0
    width = round((strip.length + 2 * _QUIET) * scale)
    height = max(9, round(strip.height * 0.8 * scale))
    cos, sin = math.cos(strip.angle) / scale, math.sin(strip.angle) / scale
    back = np.array(
        [
            [cos, -sin, strip.x - cos * width / 2 + sin * height / 2],
            [sin, cos, strip.y - sin * width / 2 - cos * height / 2],
        ]
    )
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(gray, back, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), scale


def sharpened_rows(upright: Frame, scale: float) -> Iterator[Frame]:
    """Each third of an upright strip averaged to one row, sharpened a little, then more, and drawn tall again."""
    bands = np.array_split(upright, 3)
    rows = [bands[index].mean(axis=0, dtype=np.float32)[None, :] for index in (1, 0, 2)]
    for gain in (2.0, 5.0):
        for row in rows:
            soft = cv2.GaussianBlur(row, (0, 0), sigmaX=1.1 * scale, sigmaY=0.1)
            sharp = row + gain * (row - soft)
            stretched = cv2.normalize(sharp, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)
            yield np.repeat(stretched, 24, axis=0)
