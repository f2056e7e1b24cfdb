"""Tells a USB scanner's typing from a person's, by its speed. Pure: keys in, decisions out, no window, no timer."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

LONGEST = 512
"""Characters kept of one scan; the rest is swallowed."""

_ROUNDING = 1e-6
"""Seconds that a sum of times may be off: what is due at a moment is over at that moment."""

Item = TypeVar("Item")


class Key(Enum):
    """What a pressed key is to the wedge."""

    SIGN = "types one or more printable characters"
    END = "Return, Enter or Tab"
    NOISE = "a control or direction character without a key of its own"
    END_CHORD = "Ctrl+J and the like: a line feed if a scanner sends it, a shortcut if a person does"
    OTHER = "anything else: arrows, Escape, Ctrl or Alt with a key, a key that repeats"


class Fate(Enum):
    """What becomes of the key that was just pressed."""

    HELD = "kept back; it is replayed or taken later"
    TAKEN = "swallowed"
    PASSED = "let through now, after what is replayed"


@dataclass(frozen=True, slots=True)
class WedgeSettings:
    """Seconds; `hold` and `deaf` are set on the "test my scanner" page.

    `hold`: a key is kept back at most so long, and a scanner's keys follow each other within it.
    `deaf`: Return, Enter and Tab are swallowed so long after a burst.
    `least`: printable keys inside `hold` that make a burst.
    `prefix`: what the scanner puts before every code; stripped.
    """

    hold: float = 0.040
    deaf: float = 0.600
    least: int = 4
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Decision(Generic[Item]):
    """What to do now, in this order: type `replay` again, tell `scan`, and let the key meet its `fate`."""

    replay: tuple[Item, ...] = ()
    scan: str | None = None
    fate: Fate = Fate.TAKEN


@dataclass(frozen=True, slots=True)
class _Held(Generic[Item]):
    key: Key
    text: str
    item: Item
    pressed: float
    arrived: float


class Wedge(Generic[Item]):
    """Holds keys back until it is clear who typed them.

    Every key is replayed once, or taken once, or passed at once; what is replayed keeps its order.
    Two times are told apart: when a key was pressed, which says how fast the typing was even if
    the program was busy and sees all keys at once; and when it arrived here, which says how long
    it has been held.
    """

    def __init__(self, settings: WedgeSettings | None = None, *, clock: Callable[[], float]) -> None:
        self.settings = settings or WedgeSettings()
        self._clock = clock
        self._held: deque[_Held[Item]] = deque()
        self._burst: list[str] | None = None
        self._burst_pressed = 0.0
        self._burst_arrived = 0.0
        self._had_burst = False

    def press(self, key: Key, text: str, item: Item, *, pressed: float | None = None) -> Decision[Item]:
        """Take in a key. `item` is what comes back in `replay`; `pressed` is now unless given, in seconds."""
        now = self._clock()
        pressed = now if pressed is None else pressed
        replay, scan = self._settle(pressed, of=lambda held: held.pressed, last=self._burst_pressed)
        if self._burst is not None:
            scan = self._in_burst(self._burst, key, text, pressed, now)
            return Decision(replay, scan)
        if key in (Key.OTHER, Key.END, Key.END_CHORD) and self._follows_burst(pressed):
            # A code with a line end in it goes on with whatever else it holds, shortcuts too.
            self._burst_pressed = pressed
            return Decision(replay, scan)
        if key in (Key.END, Key.END_CHORD) and self._is_deaf(pressed):
            return Decision(replay, scan)
        if key in (Key.OTHER, Key.END_CHORD):
            return Decision(replay + self.flush(), scan, Fate.PASSED)
        self._held.append(_Held(key, text, item, pressed, now))
        signs = sum(held.key is Key.SIGN for held in self._held)
        if signs < self.settings.least and not self._follows_burst(pressed):
            return Decision(replay, scan, Fate.HELD)
        self._burst = [held.text for held in self._held if held.key is Key.SIGN]
        self._burst_pressed, self._burst_arrived = pressed, now
        self._held.clear()
        return Decision(replay, scan)

    def tick(self) -> Decision[Item]:
        """Let go of what has been held long enough; call it at `due`."""
        replay, scan = self._settle(self._clock(), of=lambda held: held.arrived, last=self._burst_arrived)
        return Decision(replay, scan)

    @property
    def due(self) -> float | None:
        """When `tick` is wanted next, by the clock; None when nothing is held."""
        if self._burst is not None:
            return self._burst_arrived + self.settings.hold
        return self._held[0].arrived + self.settings.hold if self._held else None

    def flush(self) -> tuple[Item, ...]:
        """Give up all held keys at once, for what must come after them: a click, another window."""
        items = tuple(held.item for held in self._held)
        self._held.clear()
        return items

    def swallows(self, key: Key, *, pressed: float | None = None) -> bool:
        """Say whether a key would be held or taken, without pressing it: then it must not be a shortcut either."""
        if key in (Key.SIGN, Key.END, Key.NOISE):
            return True
        pressed = self._clock() if pressed is None else pressed
        in_burst = self._burst is not None and self._burst_pressed > pressed - self.settings.hold + _ROUNDING
        return in_burst or self._follows_burst(pressed) or (key is Key.END_CHORD and self._is_deaf(pressed))

    def _follows_burst(self, pressed: float) -> bool:
        # No person is at the keyboard so soon: it is the rest of a code that has a line end in it, or the next one.
        since = pressed - self._burst_pressed
        return self._had_burst and 0 <= since < self.settings.hold

    def _is_deaf(self, pressed: float) -> bool:
        # The later bound alone would be deaf for good should two keys be timed by different clocks.
        since = pressed - self._burst_pressed
        return self._had_burst and 0 <= since < self.settings.deaf

    def _settle(
        self, moment: float, *, of: Callable[[_Held[Item]], float], last: float
    ) -> tuple[tuple[Item, ...], str | None]:
        replay: list[Item] = []
        over = moment - self.settings.hold + _ROUNDING
        while self._held and of(self._held[0]) <= over:
            replay.append(self._held.popleft().item)
        scan = None
        if self._burst is not None and last <= over:
            scan = self._end(self._burst)
        return tuple(replay), scan

    def _in_burst(self, burst: list[str], key: Key, text: str, pressed: float, now: float) -> str | None:
        self._burst_pressed, self._burst_arrived = pressed, now
        if key in (Key.END, Key.END_CHORD):
            return self._end(burst)
        if key is Key.SIGN:
            burst.append(text)
        return None

    def _end(self, burst: list[str]) -> str | None:
        self._burst = None
        self._had_burst = True
        signs = "".join(sign for sign in "".join(burst) if sign.isprintable())
        return signs.removeprefix(self.settings.prefix)[:LONGEST] or None
