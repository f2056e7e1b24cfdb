"""Looks into the packed parts of a PDF before a library unpacks them: what would become too large is refused."""

import re
import zlib

from pdfminer.pdftypes import PDFStream

from visitor_register.errors import FileRefusedError
from visitor_register.files import limits

_CUT_OFF = "The PDF is incomplete or damaged: download it again, or ask for it to be sent again."
_BOMB = "The PDF unpacks to far more than a structure chart: ask for the list as an Excel workbook (.xlsx) or CSV."
_STREAM = re.compile(rb"stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_FLATE = {"FlateDecode", "Fl"}
# Unpacked step by step in Python: a large one would take minutes.
_SLOW = {"LZWDecode", "LZW", "RunLengthDecode", "RL", "ASCII85Decode", "A85", "ASCIIHexDecode", "AHx"}
_SLOW_BYTES = 256 * 2**10
_CHUNK = 2**20
# Programs end a file with its last few lines; without them the end is missing.
_TAIL = 2048


def check(data: bytes) -> None:
    """Refuse a PDF that is cut off, or whose parts unpack to more than we hold. Pictures are never unpacked.

    Raises:
        FileRefusedError: it is one of these.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        raise FileRefusedError(_CUT_OFF)
    left = limits.UNPACKED_BYTES
    for match in _STREAM.finditer(data):
        described = data[max(data.rfind(b"obj", 0, match.start()), match.start() - _TAIL) : match.start()]
        if not _IMAGE.search(described):
            left -= _unpacked(data, match.end(), left)[0]
        if left < 0:
            raise FileRefusedError(_BOMB)


def unpacked_size(stream: PDFStream, *, at_most: int) -> int:
    """Return how long the drawing instructions in a stream are, or more than `at_most`, without unpacking more.

    Raises:
        FileRefusedError: it is damaged, packed twice, or packed in a way that would take too long.
    """
    if stream.data is not None or stream.decipher:
        return len(stream.get_data())
    raw = stream.rawdata or b""
    names = [str(getattr(name, "name", "")) for name, _ in stream.get_filters()]
    packed = [name for name in names if name in _FLATE]
    if len(packed) > 1 or (set(names) & _SLOW and len(raw) > _SLOW_BYTES):
        raise FileRefusedError(_BOMB)
    if not packed or names[0] not in _FLATE:
        return len(raw)
    size, whole = _unpacked(raw, 0, at_most)
    if not whole and size <= at_most:
        # The library would go on with the part before the fault.
        raise FileRefusedError(_CUT_OFF)
    return size


def _unpacked(data: bytes, start: int, at_most: int) -> tuple[int, bool]:
    """Count the bytes that a deflated stream holds, and say whether it is whole."""
    unpacker = zlib.decompressobj()
    packed, total = data[start : start + _CHUNK], 0
    try:
        while packed and not unpacker.eof and total <= at_most:
            total += len(unpacker.decompress(packed, _CHUNK))
            packed = unpacker.unconsumed_tail
            if not packed and not unpacker.eof:
                start += _CHUNK
                packed = data[start : start + _CHUNK]
    except zlib.error:
        return total, False
    return total, unpacker.eof
