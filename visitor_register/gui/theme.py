"""The look of every window: colours, type and sizes from one set of tokens, changeable while the program runs."""

import json
import re
import tempfile
from enum import Enum
from functools import cache
from pathlib import Path

import shiboken6
from PySide6.QtCore import QDir, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from visitor_register.gui import fonts
from visitor_register.resources_path import resource

TEXT_SIZES = (1.0, 1.15, 1.3)

_DRESSED = "dressed"
_TOKEN = re.compile(r"@([a-z_]+)")
_PIXELS = re.compile(r"\b(\d+)px")
_CONTROL_SVG = {
    "chevron": ("text", '<path d="m6 9 6 6 6-6" fill="none" stroke="{}" stroke-width="2" stroke-linecap="round"/>'),
    "tick": (
        "on_accent",
        '<path d="M20 6 9 17l-5-5" fill="none" stroke="{}" stroke-width="3"/>',
    ),
    "dot": ("accent", '<circle cx="12" cy="12" r="8" fill="{}"/>'),
}


class Scheme(Enum):
    """What a person may choose in Settings."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


@cache
def tokens() -> dict[str, dict[str, str]]:
    """The colours by name, for `light` and for `dark`."""
    loaded: dict[str, dict[str, str]] = json.loads(resource("styles", "tokens.json").read_text("utf-8"))
    return loaded


def sheet(colours: dict[str, str], factor: float, images: dict[str, str] | None = None) -> str:
    """The stylesheet with each token replaced and every size above a hairline multiplied.

    Raises:
        KeyError: the sheet names a token that does not exist.
    """
    known = colours | {f"{name}_image": (images or {}).get(name, "") for name in _CONTROL_SVG}
    text = resource("styles", "theme.qss").read_text("utf-8")
    text += "".join(f'QLabel[ink="{name}"] {{ color: {colour}; }}\n' for name, colour in colours.items())
    text = _TOKEN.sub(lambda found: known[found[1]], text)
    # Lines of one to three pixels stay crisp as they are.
    return _PIXELS.sub(lambda found: f"{_scaled(int(found[1]), factor)}px", text)


def palette(colours: dict[str, str]) -> QPalette:
    """The palette for all that no stylesheet reaches."""
    role = QPalette.ColorRole
    wanted = {
        role.Window: "surface", role.WindowText: "text", role.Base: "raised", role.AlternateBase: "hover",
        role.ToolTipBase: "raised", role.ToolTipText: "text", role.PlaceholderText: "muted", role.Text: "text",
        role.Button: "raised", role.ButtonText: "text", role.BrightText: "on_danger", role.Light: "raised",
        role.Midlight: "hover", role.Mid: "border", role.Dark: "control", role.Shadow: "text",
        role.Highlight: "accent", role.HighlightedText: "on_accent", role.Accent: "accent",
        role.Link: "accent", role.LinkVisited: "accent",
    }  # fmt: skip
    made = QPalette()
    for which, token in wanted.items():
        made.setColor(QPalette.ColorGroup.All, which, QColor(colours[token]))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours["muted"]))
    for which in (role.Base, role.Button):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours["sunken"]))
    return made


def _scaled(pixels: int, factor: float) -> int:
    return pixels if pixels <= 3 else round(pixels * factor)


def _from_system(system: QPalette) -> dict[str, str]:
    """Every token in the colours of a high-contrast system theme; shapes and words then carry the meaning alone."""
    paper, ink = system.window().color().name(), system.windowText().color().name()
    made = dict.fromkeys(tokens()["light"], ink)
    papers = {"surface", "raised", "sunken", "hover", "accent_soft", "danger_soft", "on_danger"}
    made |= {name: paper for name in made if name in papers or name.endswith(("_bg", "_on"))}
    made |= {"accent": system.highlight().color().name(), "on_accent": system.highlightedText().color().name()}
    return made | {"accent_hover": made["accent"], "focus": ink}


class Theme(QObject):
    """The look in use. One for each application.

    Colours and type are the application's; the stylesheet reaches the windows that were dressed in it. An application
    with a stylesheet would dress every widget again with each parent it gets while a page is put together; in a dressed
    window a page is dressed once, when it joins it.

    Signals:
        changed: Colours or text size differ from now on. Widgets are told by Qt as well (`StyleChange`).
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._images = tempfile.TemporaryDirectory(prefix="visitor-register-theme-", ignore_cleanup_errors=True)
        self.scheme = Scheme.SYSTEM
        self.factor = 1.0
        self.dark = False
        self.high_contrast = False
        self.colours = tokens()["light"]
        self._sheet = ""
        QDir.setSearchPaths("icons", [self._images.name])
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def use(self, scheme: Scheme, factor: float = 1.0) -> None:
        """Show everything in this scheme and text size."""
        self.scheme, self.factor = scheme, factor
        hints = self._app.styleHints()
        self.high_contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        system_dark = hints.colorScheme() == Qt.ColorScheme.Dark
        self.dark = scheme is Scheme.DARK or (scheme is Scheme.SYSTEM and system_dark)
        if self.high_contrast:
            self._app.setPalette(QPalette())
            self.colours = _from_system(self._app.palette())
        else:
            self.colours = tokens()["dark" if self.dark else "light"]
            self._app.setPalette(palette(self.colours))
        self._app.setFont(self.font("body"))
        # Sizes and frames are in the sheet too: with high contrast it is filled in the system's own colours.
        self._sheet = sheet(self.colours, factor, self._write_images())
        for window in self._app.topLevelWidgets():
            if window.property(_DRESSED):
                # A window that was not polished before keeps what it knows of the sheet before.
                window.ensurePolished()
                window.setStyleSheet(self._sheet)
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Give a window that has no parent the stylesheet, now and after every change, and all that is put into it."""
        window.setProperty(_DRESSED, True)
        window.setStyleSheet(self._sheet)

    def color(self, token: str) -> QColor:
        """The colour of a token, now."""
        return QColor(self.colours[token])

    def px(self, pixels: int) -> int:
        """A measure of the design at the text size in use."""
        return _scaled(pixels, self.factor)

    def font(self, role: str) -> QFont:
        """The font of a role at the text size in use."""
        return fonts.font(role, self.factor)

    @Slot()
    def _system_changed(self) -> None:
        self.use(self.scheme, self.factor)

    def _write_images(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for name, (token, shape) in _CONTROL_SVG.items():
            colour = self.colours[token]
            # The colour is part of the name, since Qt keeps pictures by name.
            names[name] = f"{name}-{colour[1:]}.svg"
            body = shape.format(colour)
            text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{body}</svg>'
            Path(self._images.name, names[name]).write_text(text, "utf-8")
        return names


_current: Theme | None = None


def current() -> Theme:
    """The theme of the running application; made on first use."""
    global _current  # painting asks for it hundreds of times
    if _current is None or not shiboken6.isValid(_current):
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise RuntimeError("There is no application yet")
        _current = Theme(app)
        _current.use(Scheme.SYSTEM)
    return _current


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the stylesheet asks for, and show it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
