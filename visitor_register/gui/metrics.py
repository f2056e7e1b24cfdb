"""Layout by size: which of the four layouts fits a client area, and the measures they share."""

from enum import Enum

RAIL_WIDTH = 184
RAIL_WIDTH_NARROW = 60
TOP_BAR_HEIGHT = 52
STRIP_HEIGHT = 50
PANEL_WIDTH = 392
SIDE_PANEL_WIDTH = 400
MINIMUM_WINDOW = (880, 440)
PAGE_MARGIN = 16
CARD_GAP = 12
CARD_MARGIN = 14
FIELD_GAP = 8
CONTROL_HEIGHT = 40


class LayoutClass(Enum):
    """How much room there is, from a 1366x768 screen at 150 % to a large one."""

    COMPACT = "compact"
    SNUG = "snug"
    NORMAL = "normal"
    WIDE = "wide"

    @property
    def narrow_rail(self) -> bool:
        """Whether the rail shows icons only."""
        return self in (LayoutClass.COMPACT, LayoutClass.SNUG)

    @property
    def hints(self) -> bool:
        """Whether hint lines inside cards have room."""
        return not self.narrow_rail


def layout_class(width: int, height: int, factor: float = 1.0) -> LayoutClass:
    """The layout for a client area in logical pixels, at a text size of `factor`."""
    wide, high = width / factor, height / factor
    if wide < 1200 or high < 640:
        return LayoutClass.COMPACT
    if wide < 1320 or high < 690:
        return LayoutClass.SNUG
    return LayoutClass.WIDE if wide >= 1600 else LayoutClass.NORMAL
