"""Every test of a window has our typeface, a theme, and leaves nothing behind."""

from tests.gui.fixtures import _typeface, every_look, look, nothing_left_behind, qtbot

__all__ = ["_typeface", "every_look", "look", "nothing_left_behind", "qtbot"]
