"""What a decoder says: a text, and the kind of code it was printed as."""

from dataclasses import dataclass
from enum import StrEnum


class Symbology(StrEnum):
    """The kinds of code that badges carry and that we read; EAN and the like are left out on purpose."""

    QR = "QR"
    CODE_128 = "Code 128"
    CODE_39 = "Code 39"


@dataclass(frozen=True, slots=True)
class Reading:
    """One code as it was printed, with no opinion on whose it is."""

    text: str
    symbology: Symbology
