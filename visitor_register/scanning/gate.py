"""Decides which of the many readings of a held-up badge is news to the desk."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from visitor_register.scanning.reading import Reading, Symbology

READS_NEEDED = {Symbology.QR: 1, Symbology.CODE_128: 1, Symbology.CODE_39: 2}
"""Equal readings before one is believed: Code 39 is the one that can hide a wrong character."""


@dataclass(slots=True)
class _Sight:
    """When a code was seen of late; `told` once the desk has heard of it."""

    times: deque[float] = field(default_factory=lambda: deque(maxlen=8))
    told: bool = False


class Gate:
    """Lets a reading through once while its badge stays in view, and never too many in a second."""

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        away: float = 3.0,
        together: float = 1.0,
        per_second: int = 5,
    ) -> None:
        """Take times in seconds from `clock`.

        A code counts anew when it was not seen for `away` seconds; readings within `together`
        seconds confirm each other; no more than `per_second` pass within any second.
        """
        self._clock = clock
        self._away = away
        self._together = together
        self._per_second = per_second
        self._sights: dict[Reading, _Sight] = {}
        self._passed: deque[float] = deque(maxlen=per_second)

    def admit(self, reading: Reading) -> bool:
        """Say whether this reading is to be told to the desk."""
        now = self._clock()
        self._forget(now)
        sight = self._sights.setdefault(reading, _Sight())
        sight.times.append(now)
        if sight.told:
            return False
        equal = sum(now - at <= self._together for at in sight.times)
        if equal < READS_NEEDED[reading.symbology] or self._too_many(now):
            return False
        sight.told = True
        self._passed.append(now)
        return True

    def _too_many(self, now: float) -> bool:
        return len(self._passed) == self._per_second and now - self._passed[0] < 1.0

    def _forget(self, now: float) -> None:
        gone = [reading for reading, sight in self._sights.items() if now - sight.times[-1] >= self._away]
        for reading in gone:
            del self._sights[reading]
