"""Three short sounds, told apart by number and direction, played without waiting for them."""

import io
import math
import shutil
import struct
import sys
import wave
from collections.abc import Callable
from enum import Enum
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from visitor_register.resources_path import resource

_RATE = 44_100
_PEAK = 10 ** (-12 / 20)
_ATTACK, _RELEASE = 0.008, 0.060
_PLAYERS = ("paplay", "pw-play", "aplay")


class Sound(Enum):
    """What a verdict sounds like. Already here plays `KNOWN`."""

    KNOWN = "known"
    CHECK = "check"
    NOT_KNOWN = "not-known"


# Frequencies, length of each and gap between them, in hertz and seconds.
_SCORE = {
    Sound.KNOWN: ((660, 880), 0.090, 0.020),
    Sound.CHECK: ((587, 587), 0.120, 0.090),
    Sound.NOT_KNOWN: ((440, 370, 294), 0.150, 0.040),
}


def wave_file(sound: Sound) -> bytes:
    """A sound as a WAV file; those in the resources were written by this, and a test compares them."""
    notes, length, gap = _SCORE[sound]
    rest = [0.0] * round(gap * _RATE)
    samples = _note(notes[0], length)
    for _before, note in pairwise(notes):
        samples += rest + _note(note, length)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(b"".join(struct.pack("<h", round(sample * 32_767)) for sample in samples))
    return out.getvalue()


def _note(hertz: int, length: float) -> list[float]:
    """A sine with a fifth of its second harmonic, without clicks at its ends."""
    count = round(length * _RATE)
    made = []
    for number in range(count):
        at = number / _RATE
        loud = min(1.0, at / _ATTACK, (length - at) / _RELEASE)
        turn = 2 * math.pi * hertz * at
        made.append(_PEAK * loud * (math.sin(turn) + 0.2 * math.sin(2 * turn)) / 1.2)
    return made


def _start(program: str, path: Path) -> bool:
    return bool(QProcess.startDetached(program, [str(path)])[0])


class SoundPlayer:
    """Plays sounds unless they are switched off in Settings. What cannot be played is a beep, never an error."""

    def __init__(
        self,
        *,
        on: bool = True,
        find: Callable[[str], str | None] = shutil.which,
        start: Callable[[str, Path], bool] = _start,
    ) -> None:
        self.on = on
        self._start = start
        self._program = next((found for name in _PLAYERS if (found := find(name))), None)

    def play(self, sound: Sound) -> None:
        """Play it and return at once."""
        if not self.on:
            return
        path = resource("sounds", f"{sound.value}.wav")
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif self._program is None or not self._start(self._program, path):
            QApplication.beep()
