"""The typefaces: loaded from the resources, sized by role, and asked whether they can write a text."""

from functools import cache

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QTextLayout

from visitor_register.resources_path import resource

FAMILY = "Atkinson Hyperlegible Next"
_FILES = "*.ttf"

# Pixels and weight of every role of the design, at text size 100 %.
ROLES: dict[str, tuple[int, int]] = {
    "name": (40, 700),
    "name2": (32, 700),
    "big": (32, 700),
    "verdict": (28, 700),
    "verdict2": (26, 400),
    "h1": (24, 700),
    "h2": (20, 600),
    "h3": (16, 600),
    "lead": (20, 400),
    "body": (16, 400),
    "muted": (16, 400),
    "strong": (16, 600),
    "label": (14, 600),
    "cap": (14, 400),
    "capb": (14, 600),
    "key": (13, 600),
    "time": (20, 600),
    "button": (16, 600),
    "ghost": (16, 400),
    "buttonbig": (20, 700),
    "fire": (22, 700),
}


class FontMissingError(Exception):
    """Our own typeface could not be loaded; another one would cut texts off."""


@cache
def families() -> tuple[str, ...]:
    """Load our fonts once and give their families, the one for reading first."""
    found: set[str] = set()
    for path in sorted(resource("fonts").glob(_FILES)):
        number = QFontDatabase.addApplicationFont(str(path))
        found.update(QFontDatabase.applicationFontFamilies(number) if number >= 0 else [])
    if FAMILY not in found:
        raise FontMissingError(FAMILY)
    # A family without a script says so once for each; that is what the next family in the list is for.
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    return (FAMILY, *sorted(name for name in found if not name.startswith(FAMILY)))


def font(role: str = "body", factor: float = 1.0) -> QFont:
    """The font of a role at a text size. Digits all have the same width."""
    pixels, weight = ROLES[role]
    made = QFont(list(families()))
    made.setPixelSize(round(pixels * factor))
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def real_family(made: QFont) -> str:
    """The family that is really used for a font, whatever it was asked for."""
    return QFontInfo(made).family()


def missing_glyphs(text: str) -> set[str]:
    """The characters that would be drawn as empty boxes."""
    missing: set[str] = set()
    for character in set(text):
        if character.isspace():
            continue
        layout = QTextLayout(character, font())
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        # Glyph 0 is the box, in every font.
        if any(0 in run.glyphIndexes() for run in layout.glyphRuns()):
            missing.add(character)
    return missing
