"""The port through which codes are read off pictures. Loads no picture library until a decoder is asked for."""

from typing import TYPE_CHECKING, Protocol

from visitor_register.scanning.reading import Reading

if TYPE_CHECKING:
    from visitor_register.scanning.frames import Frame

LIVE_BUDGET = 0.028
"""Seconds a camera frame may take: 30 frames a second leave 33 ms, the rest is for fetching it."""


class Decoder(Protocol):
    """Whatever reads codes off a picture."""

    def read(self, frame: "Frame") -> list[Reading]:
        """Read the codes on a picture (height, width) or (height, width, 3), uint8; empty when there is none."""
        ...


def live_decoder(budget: float = LIVE_BUDGET) -> Decoder:
    """The decoder for camera frames: as good as it can be within `budget` seconds a frame."""
    import cv2

    from visitor_register.scanning.cascade import Cascade

    # The other core belongs to the windows.
    cv2.setNumThreads(1)
    return Cascade(budget)


def patient_decoder() -> Decoder:
    """The decoder for still pictures: takes a second or two when it must, and asks the second engine as well."""
    from visitor_register.scanning.patient import PatientDecoder

    return PatientDecoder()
