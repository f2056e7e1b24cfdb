"""The two libraries that read codes, each behind one function. Imported late: loads zxing-cpp at once."""

from collections.abc import Sequence

import zxingcpp

from visitor_register.scanning.frames import Frame
from visitor_register.scanning.guards import has_check_character, is_plausible
from visitor_register.scanning.reading import Reading, Symbology

# What is asked for is named narrowly (`QRCode` would also read Micro QR, which guesses) ...
_SQUARE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
_LINEAR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39Std])
_ANY = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCodeModel2, zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39Std]
)
# ... and what is found is named by its family.
_FAMILIES = {
    zxingcpp.BarcodeFormat.QRCode: Symbology.QR,
    zxingcpp.BarcodeFormat.Code128: Symbology.CODE_128,
    zxingcpp.BarcodeFormat.Code39: Symbology.CODE_39,
}


def read_any(gray: Frame, *, inverted: bool = False) -> list[Reading]:
    """Read every code on a grey picture (height, width), in whatever upright direction it stands."""
    return _told(zxingcpp.read_barcodes(gray, _ANY, try_invert=inverted, text_mode=zxingcpp.TextMode.Plain))


def read_square(gray: Frame) -> list[Reading]:
    """Read QR codes only, at the size given: (height, width) grey."""
    return _told(
        zxingcpp.read_barcodes(gray, _SQUARE, try_invert=False, try_downscale=False, text_mode=zxingcpp.TextMode.Plain)
    )


def read_linear(gray: Frame) -> list[Reading]:
    """Read bars that stand upright, at the size given: (height, width) grey."""
    return _told(
        zxingcpp.read_barcodes(
            gray,
            _LINEAR,
            try_invert=False,
            try_rotate=False,
            try_downscale=False,
            text_mode=zxingcpp.TextMode.Plain,
        )
    )


def _told(found: Sequence[zxingcpp.Barcode]) -> list[Reading]:
    readings = [Reading(code.text, _FAMILIES[code.symbology]) for code in found if code.symbology in _FAMILIES]
    return [reading for reading in dict.fromkeys(readings) if is_plausible(reading)]


def read_bars_with_zbar(gray: Frame) -> list[Reading]:
    """Ask the second engine for Code 128 and Code 39; it has nothing to say where zbar is not installed.

    It reads one Code 39 in fifty with a wrong character, so only those with a right check
    character are believed. QR codes are kept from it: its crafted-QR overflows were fixed late.
    """
    try:
        # Imported late: needs a native library that a desk may not have.
        from pyzbar import pyzbar
    except (ImportError, OSError):
        return []
    kinds = {"CODE128": Symbology.CODE_128, "CODE39": Symbology.CODE_39}
    found = pyzbar.decode(gray, symbols=[pyzbar.ZBarSymbol.CODE128, pyzbar.ZBarSymbol.CODE39])
    readings = [Reading(code.data.decode("latin-1"), kinds[code.type]) for code in found if code.type in kinds]
    return [
        reading
        for reading in dict.fromkeys(readings)
        if is_plausible(reading) and (reading.symbology is Symbology.CODE_128 or has_check_character(reading.text))
    ]
