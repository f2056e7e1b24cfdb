"""The two codes of a pass as black rectangles, in whole units, so that no device softens their edges."""

from functools import lru_cache

from PySide6.QtCore import QRectF

QUIET_BARS = 10
QUIET_SQUARES = 4


def square(text: str, side: float, left: float, top: float) -> list[QRectF]:
    """Draw a QR code of at most `side` units with its quiet zone, whole units a square; rows are runs of black.

    Raises:
        ValueError: one unit a square is more than there is room for.
    """
    rows = _squares(text)
    module = int(side // (len(rows) + 2 * QUIET_SQUARES))
    if module < 1:
        raise ValueError("no room for a code")
    left, top = left + QUIET_SQUARES * module, top + QUIET_SQUARES * module
    made = []
    for down, row in enumerate(rows):
        made += [
            QRectF(left + start * module, top + down * module, length * module, module) for start, length in _runs(row)
        ]
    return made


def side_of(text: str, side: float) -> float:
    """How wide `square` really is with its quiet zone."""
    rows = len(_squares(text)) + 2 * QUIET_SQUARES
    return rows * (side // rows)


def bars(text: str, width: float, left: float, top: float, height: float) -> list[QRectF]:
    """Draw a Code 128 in the middle of `width` units, quiet zones in it, whole units a bar.

    Raises:
        ValueError: one unit a bar is more than there is room for.
    """
    row = _bars(text)
    module = int(width // (len(row) + 2 * QUIET_BARS))
    if module < 1:
        raise ValueError("no room for a code")
    start = left + (width - len(row) * module) // 2
    return [QRectF(start + at * module, top, length * module, height) for at, length in _runs(row)]


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return (start, length) of every run of black."""
    found: list[tuple[int, int]] = []
    for at, black in enumerate(row):
        if not black:
            continue
        if found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((at, 1))
    return found


@lru_cache(maxsize=32)
def _squares(text: str) -> tuple[tuple[bool, ...], ...]:
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(border=0, box_size=1, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


@lru_cache(maxsize=32)
def _bars(text: str) -> tuple[bool, ...]:
    import numpy as np
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    drawn = np.array(code.to_image(scale=1, add_quiet_zones=False))
    return tuple(bool(pixel < 128) for pixel in drawn[drawn.shape[0] // 2])
