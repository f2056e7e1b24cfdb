"""What a colour means, and the shape that always goes with it."""

from enum import Enum


class Tone(Enum):
    """The meaning of a verdict or state. The word for it comes from whoever shows it."""

    KNOWN = "known"
    CHECK = "check"
    NOT_KNOWN = "not-known"
    HERE = "here"
    STOP = "stop"
    NEUTRAL = "neutral"

    @property
    def shape(self) -> str:
        """The name of its usual shape in the resources."""
        return self.value

    @property
    def soft(self) -> str:
        """The token of its tint."""
        return "off_bg" if self is Tone.NEUTRAL else f"{self._colours}_bg"

    @property
    def text(self) -> str:
        """The token of what is written on the tint."""
        return "off_text" if self is Tone.NEUTRAL else f"{self._colours}_text"

    @property
    def band(self) -> str:
        """The token of its full colour."""
        return "off_text" if self is Tone.NEUTRAL else f"{self._colours}_band"

    @property
    def on(self) -> str:
        """The token of what is drawn on the full colour."""
        return "off_bg" if self is Tone.NEUTRAL else f"{self._colours}_on"

    @property
    def _colours(self) -> str:
        return "not_known" if self is Tone.STOP else self.value.replace("-", "_")


class Shape(Enum):
    """Shapes for states that share a tone with a verdict."""

    RUNNING = "running"
    MOVED = "moved"
    JOINED = "joined"
    MACHINE = "machine"
    """Filled in by machine: a clock, not a verdict."""
