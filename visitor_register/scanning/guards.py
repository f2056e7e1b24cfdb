"""What is too odd to be a badge: keeps a decoder's lucky guesses from the desk.

The formats of real badges are not known to us, so nothing here asks for a grammar of letters
and digits. A QR code corrects its own errors and Code 128 has a check character; Code 39 has
neither, so it must be longer.
"""

from visitor_register.scanning.reading import Reading, Symbology

LONGEST = 512
"""Characters; the longest signed badge seen is 155."""

_SHORTEST = {Symbology.QR: 1, Symbology.CODE_128: 4, Symbology.CODE_39: 5}
_CODE_39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def is_plausible(reading: Reading) -> bool:
    """Say whether a reading may leave the decoder."""
    text = reading.text
    if not _SHORTEST[reading.symbology] <= len(text) <= LONGEST:
        return False
    if reading.symbology is Symbology.QR:
        return bool(text.strip())
    # No badge maker prints control characters or foreign letters as bars.
    return text.isascii() and text.isprintable() and any(sign.isalnum() for sign in text)


def has_check_character(text: str) -> bool:
    """Say whether the last character is the mod 43 check of those before it, as good Code 39 printers add."""
    if len(text) < 2 or any(sign not in _CODE_39 for sign in text):
        return False
    return _CODE_39[sum(map(_CODE_39.index, text[:-1])) % 43] == text[-1]
