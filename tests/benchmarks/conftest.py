"""What measurements share: OpenCV on one core, so that times compare."""

from collections.abc import Iterator

import cv2
import pytest


@pytest.fixture(autouse=True)
def one_core() -> Iterator[None]:
    """Keep OpenCV to one core while something is measured."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)
