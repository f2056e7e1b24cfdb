"""Reads the codes on a picture file that somebody chose. Loads no picture library until then."""

from pathlib import Path
from typing import TYPE_CHECKING

from visitor_register.errors import FileRefusedError
from visitor_register.scanning.decoder import Decoder, patient_decoder
from visitor_register.scanning.picture_size import picture_size
from visitor_register.scanning.reading import Reading

if TYPE_CHECKING:
    from visitor_register.scanning.frames import Frame

LARGEST_FILE = 30 * 1024 * 1024
"""Bytes; a telephone's photograph has up to 12 million."""

LARGEST_PICTURE = 60_000_000
"""Pixels once unpacked; a telephone's photograph has up to 50 million."""


def read_picture(path: Path, decoder: Decoder | None = None) -> list[Reading]:
    """Read every code on a picture file, with full effort; empty when there is none.

    Raises:
        FileRefusedError: the file is missing, too large, or no picture.
    """
    return (decoder or patient_decoder()).read(load_picture(path))


def load_picture(path: Path) -> "Frame":
    """Unpack a picture file, turned as its camera was held: (height, width, 3), blue, green, red, uint8.

    Raises:
        FileRefusedError: the file is missing, too large, or no picture.
    """
    data = _bytes(path)
    size = picture_size(data)
    if size is None or 0 in size:
        raise FileRefusedError(f"{path.name} is not a picture we can read. Save it as PNG or JPEG and try again.")
    if size[0] * size[1] > LARGEST_PICTURE:
        raise FileRefusedError(f"{path.name} is too large a picture. Save a smaller copy and try again.")

    import cv2
    import numpy as np

    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise _damaged(path) from error
    if picture is None:
        raise _damaged(path)
    return np.asarray(picture, np.uint8)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileRefusedError(f"{path.name} is too large a file. Save a smaller copy and try again.")
        return path.read_bytes()
    except OSError as error:
        raise FileRefusedError(f"{path.name} cannot be opened. See that it exists and is not a folder.") from error


def _damaged(path: Path) -> FileRefusedError:
    return FileRefusedError(f"{path.name} is damaged. Take or save the picture again.")
