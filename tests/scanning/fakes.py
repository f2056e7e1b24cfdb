"""A clock that stands still and a camera made of pictures, for every test that needs one."""

from collections.abc import Iterable, Iterator
from itertools import chain, repeat

from visitor_register.scanning.frames import Frame


class Hand:
    """A clock's hand: moves when it is moved."""

    def __init__(self, now: float = 100.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class FakeCamera:
    """Shows its frames one by one, then the last one for ever; None is a frame that did not come."""

    def __init__(self, frames: Iterable[Frame | None]) -> None:
        shown = list(frames)
        self._frames: Iterator[Frame | None] = chain(shown, repeat(shown[-1] if shown else None))
        self.released = 0

    def read(self) -> Frame | None:
        assert not self.released, "a camera that was given back is not read"
        return next(self._frames)

    def release(self) -> None:
        self.released += 1
