"""Finds bars at any angle and straightens them, so that a tilted or dim badge can be read. Imported late."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from visitor_register.scanning.frames import Frame
from visitor_register.scanning.maps import SHRINK, Maps, regions

_QUIET = 45
"""Picture pixels added at both ends: the quiet zone, and what the box filter ate."""

_ROWS = 96
"""Rows taken across the bars at most: enough to average noise away, and a striped shirt costs no more."""

_BLURS = ((0.8, 0.02), (1.3, 0.02), (1.3, 0.005), (1.6, 0.002), (1.9, 0.005), (1.9, 0.001), (2.6, 0.001))
"""Guesses to undo, likeliest first: the blur's sigma in picture pixels, the noise as a share of the signal's power."""


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
    """Cut a strip out of a grey picture and turn it upright, longer than it was; returns it and the scale used.

    Only the reading direction is enlarged: the other one is averaged away anyhow.
    """
    scale = 3.0 if strip.length < 400 else 2.0
    width = round((strip.length + 2 * _QUIET) * scale)
    height = min(_ROWS, max(9, round(strip.height * 0.8)))
    step = strip.height * 0.8 / height
    cos, sin = math.cos(strip.angle), math.sin(strip.angle)
    back = np.array(
        [
            [cos / scale, -sin * step, strip.x - cos * width / scale / 2 + sin * step * height / 2],
            [sin / scale, cos * step, strip.y - sin * width / scale / 2 - cos * step * height / 2],
        ]
    )
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(gray, back, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), scale


def sharpened_rows(upright: Frame, scale: float) -> Iterator[Frame]:
    """Each third of an upright strip averaged to one row, guesses of its blur undone, and drawn tall again."""
    bands = np.array_split(upright, 3)
    rows = [bands[index].mean(axis=0, dtype=np.float32) for index in (1, 0, 2)]
    for sigma, noise in _BLURS:
        for row in rows:
            sharp = _unblurred(row, sigma * scale, noise)
            low, high = float(sharp.min()), float(sharp.max())
            stretched = ((sharp - low) * (255 / max(1.0, high - low))).astype(np.uint8)
            yield np.repeat(stretched[None, :], 24, axis=0)


def _unblurred(row: NDArray[np.float32], sigma: float, noise: float) -> NDArray[np.float32]:
    """Wiener's answer to a Gaussian blur of `sigma` pixels: (width,) float32, mirrored at the end against ringing."""
    spectrum = np.fft.rfft(np.concatenate([row, row[::-1]]))
    blur = np.exp(-2 * (np.pi * sigma * np.fft.rfftfreq(2 * len(row))) ** 2)
    sharp = np.fft.irfft(spectrum * blur / (blur * blur + noise), 2 * len(row))
    return sharp[: len(row)].astype(np.float32)
