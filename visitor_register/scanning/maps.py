"""Where on a picture bars or squares may stand, from the directions of its edges. Imported late: loads OpenCV."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from visitor_register.scanning.frames import Frame

SHRINK = 4
"""Picture pixels per map cell, each way."""

Map: TypeAlias = NDArray[Any]

_BOX = (13, 13)
_CLOSE = np.ones((5, 5), np.uint8)


@dataclass(frozen=True, slots=True)
class Maps:
    """The structure tensor of a picture, at a quarter of its size: each (height/4, width/4), float32.

    `energy` is how much edge there is; `coherence`, 0 to 1, how far it all runs one way; `along`
    and `across` are the tensor's components that hold twice the angle of the mean direction.
    """

    energy: Map
    coherence: Map
    along: Map
    across: Map


def edge_maps(gray: Frame) -> Maps:
    """Average the products of the gradients of a grey picture (height, width)."""
    x = cv2.Sobel(gray, cv2.CV_32F, 1, 0, ksize=3)
    y = cv2.Sobel(gray, cv2.CV_32F, 0, 1, ksize=3)
    xx, yy, xy = (_averaged(cv2.multiply(a, b)) for a, b in ((x, x), (y, y), (x, y)))
    energy, along, across = xx + yy, xx - yy, 2 * xy
    coherence = cv2.divide(cv2.magnitude(along, across), energy + 1)
    return Maps(energy, coherence, along, across)


def _averaged(product: Map) -> Map:
    height, width = product.shape
    small = cv2.resize(product, (width // SHRINK, height // SHRINK), interpolation=cv2.INTER_AREA)
    return cv2.blur(small, _BOX)


def regions(score: Map, mask: NDArray[np.uint8], most: int) -> list[NDArray[np.uint8]]:
    """The connected parts of a mask with the highest sums of `score`, best first, each as a mask of its own."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _CLOSE))
    sums = np.bincount(labels.ravel(), weights=score.ravel(), minlength=count)
    sums[0] = 0
    best = [int(label) for label in np.argsort(sums)[::-1][:most]]
    return [(labels == label).astype(np.uint8) for label in best if label and stats[label, cv2.CC_STAT_AREA] >= 30]
