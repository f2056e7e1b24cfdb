"""Holds the Qt binding to what one version of it broke: a call that returns nothing must not lose a None."""

import sys

from PySide6.QtCore import QTimer


def test_calls_that_return_nothing_lose_no_reference_to_none() -> None:
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        timer.setInterval(1)
    # 6.12.0 on Python 3.11 loses one a call, and the program dies after some thousands.
    assert before - sys.getrefcount(None) < 100
