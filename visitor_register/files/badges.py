"""Practice badges as picture files: a card with a name, the word PRACTICE, a QR code and a Code 128 of one text.

They are for trying the desk and nothing else: to hold before a camera, to print and scan, or to be chosen
as a picture file. Loads no picture library until one is drawn.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from visitor_register.errors import FileRefusedError
from visitor_register.resources_path import resource

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Frame: TypeAlias = NDArray[Any]

WIDTH, HEIGHT = 1012, 638
"""Pixels: a card of 85.6 x 54 mm at 300 to the inch."""

_INK, _PAPER, _QUIET, _FACE = (36, 22, 12), (255, 255, 255), (90, 78, 66), (214, 206, 199)
_BAND = 108
_MARGIN = 40


@dataclass(frozen=True, slots=True)
class Badge:
    """One card. `file` is the name of its picture, without the ending; `line` stands under the name, perhaps in two."""

    file: str
    name: str
    line: str
    code: str


def write(folder: Path, badges: Iterable[Badge]) -> list[Path]:
    """Write each badge as a PNG file into a folder, which is made; returns the files in the same order.

    Raises:
        FileRefusedError: the folder cannot be written to.
    """
    import cv2

    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for badge in badges:
            _, data = cv2.imencode(".png", draw(badge))
            paths.append(folder / f"{badge.file}.png")
            # Not cv2.imwrite: on Windows it cannot write below a folder with an accent in its name.
            paths[-1].write_bytes(data.tobytes())
    except OSError as error:
        raise FileRefusedError("The practice badges could not be saved. Choose another folder.") from error
    return paths


def draw(badge: Badge) -> "Frame":
    """The picture of a badge: (HEIGHT, WIDTH, 3), blue, green, red."""
    import cv2
    import numpy as np

    card: Frame = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    card[:_BAND] = _INK
    pen = _Pen(card)
    pen.write("PRACTICE", _MARGIN, 78, 64, _PAPER)
    pen.write("not an identity badge", 410, 74, 32, _PAPER, bold=False)
    # Where a photo would be, a head without a face: nobody is shown.
    cv2.rectangle(card, (_MARGIN, 148), (_MARGIN + 176, 368), _FACE, -1)
    cv2.circle(card, (_MARGIN + 88, 224), 40, _PAPER, -1)
    cv2.ellipse(card, (_MARGIN + 88, 368), (74, 84), 0, 180, 360, _PAPER, -1)
    left = _MARGIN + 176 + 30
    top = 200
    for line in _lines(badge.name, 18):
        pen.write(line, left, top, 46, _INK, most=WIDTH - left - 270)
        top += 54
    for line in [part for text in badge.line.splitlines() for part in _lines(text, 30)]:
        pen.write(line, left, top, 28, _QUIET, most=WIDTH - left - 270, bold=False)
        top += 36
    square = _qr(badge.code, side=210)
    _paste(card, square, WIDTH - _MARGIN - square.shape[1] + 10, 142)
    bars = _bars(badge.code, width=WIDTH - 2 * _MARGIN, height=120)
    _paste(card, bars, (WIDTH - bars.shape[1]) // 2, 420)
    wide = pen.width(badge.code, 36)
    pen.write(badge.code, (WIDTH - wide) // 2, 592, 36, _INK)
    cv2.rectangle(card, (0, 0), (WIDTH - 1, HEIGHT - 1), _INK, 3)
    return card


def _lines(text: str, longest: int) -> list[str]:
    """A text in at most two lines, broken between words."""
    first, rest = "", text.split()
    while rest and len(f"{first} {rest[0]}") <= longest + 1:
        first = f"{first} {rest.pop(0)}".strip()
    if not first:
        return [text]
    return [first, " ".join(rest)] if rest else [first]


def _qr(text: str, *, side: int) -> "Frame":
    """A QR code with its quiet zone, whole pixels a module, at most `side` wide."""
    import numpy as np
    import qrcode

    code = qrcode.QRCode(border=4, box_size=1)
    code.add_data(text)
    code.make(fit=True)
    small: Frame = np.where(np.array(code.get_matrix(), bool), 0, 255).astype(np.uint8)
    return _enlarged(small, side // small.shape[0], side // small.shape[0])


def _bars(text: str, *, width: int, height: int) -> "Frame":
    """A Code 128 with its quiet zone of ten bars, whole pixels a bar, at most `width` wide."""
    import numpy as np
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    drawn: Frame = np.array(code.to_image(scale=1, add_quiet_zones=False))
    row = np.pad(drawn[drawn.shape[0] // 2], 10, constant_values=255)
    return _enlarged(row[None, :], max(1, min(5, width // row.shape[0])), height)


def _enlarged(small: "Frame", across: int, down: int) -> "Frame":
    import numpy as np

    return np.repeat(np.repeat(small, down, axis=0), across, axis=1)


def _paste(card: "Frame", grey: "Frame", left: int, top: int) -> None:
    card[top : top + grey.shape[0], left : left + grey.shape[1]] = grey[:, :, None]


class _Pen:
    """Writes on a card in our typeface; an OpenCV before version 5 has only its own letters, without accents."""

    def __init__(self, card: "Frame") -> None:
        import cv2

        self._card = card
        self._faces: dict[bool, Any] = {}
        if hasattr(cv2, "FontFace"):
            for bold, name in ((True, "Bold"), (False, "Regular")):
                self._faces[bold] = cv2.FontFace(str(resource("fonts", f"AtkinsonHyperlegibleNext-{name}.ttf")))

    def write(
        self, text: str, left: int, base: int, size: int, ink: tuple[int, int, int], *, most: int = 0, bold: bool = True
    ) -> None:
        """Write a line with its base at `base`; smaller where it would be wider than `most`."""
        import cv2

        if most:
            size = min(size, size * most // max(1, self.width(text, size, bold=bold)))
        if self._faces:
            cv2.putText(self._card, text, (left, base), ink, self._faces[bold], size)
        else:
            plain, scale = _plain(text), size / 32
            cv2.putText(self._card, plain, (left, base), cv2.FONT_HERSHEY_SIMPLEX, scale, ink, 1 + bold, cv2.LINE_AA)

    def width(self, text: str, size: int, *, bold: bool = True) -> int:
        """How wide a line would be."""
        import cv2

        if self._faces:
            room = (WIDTH, HEIGHT)
            found: Any = cv2.getTextSize(room, text, (0, 0), self._faces[bold], size)
            return int(found[2])
        return int(cv2.getTextSize(_plain(text), cv2.FONT_HERSHEY_SIMPLEX, size / 32, 1 + bold)[0][0])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
