"""Reads pictures that somebody spoilt with care, one after the other: a decoder that dies takes only itself along.

It runs as `python -m tests.torture.pictures_child SEED FIRST END FOLDER`; each picture comes of the seed and its
number alone. One line goes out before each picture, "bug" lines for errors, and one at the end.
"""

import contextlib
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import qrcode
from qrcode import util

from tests.scanning import badges
from visitor_register.errors import FileRefusedError
from visitor_register.scanning.decoder import Decoder, live_decoder, patient_decoder
from visitor_register.scanning.frames import Frame
from visitor_register.scanning.gate import Gate
from visitor_register.scanning.guards import LONGEST
from visitor_register.scanning.pictures import read_picture
from visitor_register.scanning.reading import Reading

FILES = 6
"""Every so manieth picture is a file, the others are frames of a camera."""

_KINDS = (".png", ".jpg", ".bmp", ".webp")
_sound = util.create_bytes


def picture(dice: random.Random) -> Frame:
    """A QR code whose bits lie, but whose check words are right, or one whose modules, edges or shape are wrong."""

    def lying(buffer: util.BitBuffer, blocks: list[object]) -> list[int]:
        for _ in range(dice.choice((0, 1, 3, 40))):
            # The first bits say how the rest is to be read: those do most harm.
            at = dice.randrange(min(len(buffer.buffer), dice.choice((6, 24, 200))))
            buffer.buffer[at] ^= dice.randrange(1, 256)
        found: list[int] = _sound(buffer, blocks)
        return found

    util.create_bytes = qrcode.main.util.create_bytes = lying
    try:
        code = qrcode.QRCode(border=dice.choice((0, 1, 4)), box_size=1, error_correction=dice.randrange(4))
        code.add_data(_text(dice))
        code.make(fit=True)
    finally:
        util.create_bytes = qrcode.main.util.create_bytes = _sound
    dark = np.array(code.get_matrix(), bool)
    for _ in range(dice.choice((0, 0, 5, 60))):
        dark[dice.randrange(len(dark)), dice.randrange(len(dark))] ^= True
    frame = np.where(dark, 0, 255).astype(np.uint8).repeat(3, 0).repeat(3, 1)
    return _seen(frame, dice)


def _text(dice: random.Random) -> bytes | str:
    match dice.randrange(4):
        case 0:
            return dice.randbytes(dice.choice((1, 20, 200, 1_200)))
        case 1:
            return dice.choice("0123456789") * dice.choice((1, 8, 300, 7_089 if dice.random() < 0.05 else 600))
        case 2:
            return "".join(chr(dice.randrange(1, 0xD7FF)) for _ in range(30))
        case _:
            return dice.choice(("https://evil.invalid", "BEGIN:VCARD", "\0\x1b[2J", "S1234567A", "<b>x</b>"))


def _seen(frame: Frame, dice: random.Random) -> Frame:
    match dice.randrange(7):
        case 0:
            frame = 255 - frame
        case 1:
            frame = frame[: dice.randrange(1, len(frame)), : dice.randrange(1, frame.shape[1])]
        case 2:
            frame = cv2.resize(frame, (dice.randrange(1, 500), dice.randrange(1, 300)))
        case 3:
            frame = badges.dim(frame, light=dice.random(), noise=dice.random() * 60, seed=dice.randrange(2**31))
        case 4:
            frame = cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR)
        case 5:
            frame = np.tile(frame, (1, dice.randint(1, 3)))
        case _:
            pass
    return np.ascontiguousarray(frame)


def file_of(frame: Frame, folder: Path, dice: random.Random) -> Path:
    """The picture as a file, some of its bytes changed, cut off or repeated."""
    kind = dice.choice(_KINDS)
    data = bytearray(cv2.imencode(kind, frame)[1].tobytes())
    for _ in range(dice.choice((0, 1, 4, 30))):
        data[dice.randrange(min(len(data), dice.choice((40, 600, 10**6))))] = dice.randrange(256)
    if dice.random() < 0.2:
        del data[dice.randrange(len(data)) :]
    path = folder / f"badge{kind}"
    path.write_bytes(data)
    return path


def _read(number: int, frame: Frame, dice: random.Random, folder: Path, live: Decoder, still: Decoder) -> list[Reading]:
    if number % FILES:
        return live.read(frame)
    return read_picture(file_of(frame, folder, dice), still)


def _drawn(dice: random.Random) -> Frame:
    while True:
        # The writer, not the reader, knows no check words for some lies: then another one is told.
        with contextlib.suppress(ValueError):
            return picture(dice)


def main(seed: int, first: int, end: int, folder: Path) -> None:
    """Read the pictures from `first` to before `end`."""
    live, still, gate = live_decoder(), patient_decoder(), Gate(clock=time.monotonic)
    ends, slowest = Counter[str](), 0.0
    for number in range(first, end):
        print(f"picture {number}", flush=True)  # noqa: T201
        dice = random.Random(f"{seed} {number}")
        frame = _drawn(dice)
        started = time.perf_counter()
        try:
            found = _read(number, frame, dice, folder, live, still)
            for reading in found:
                gate.admit(reading)
            ends["read" if found else "nothing seen"] += 1
            if any(len(reading.text) > LONGEST for reading in found):
                print(f"bug {number}: longer than {LONGEST}", flush=True)  # noqa: T201
        except FileRefusedError:
            ends["refused"] += 1
        except Exception:  # noqa: BLE001
            print(f"bug {number}: {traceback.format_exc()[-500:]!r}", flush=True)  # noqa: T201
        slowest = max(slowest, time.perf_counter() - started)
    counts = ", ".join(f"{count} {how}" for how, count in sorted(ends.items()))
    print(f"end {counts}; slowest {slowest:.2f} s", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
