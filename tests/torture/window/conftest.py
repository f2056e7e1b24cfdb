"""Hostile input and disclosure are tried through the whole program, as the stories are."""

from tests.gui.fixtures import qtbot
from tests.stories.conftest import _typeface, desk, look, no_backups, nothing_left_behind, world

__all__ = ["_typeface", "desk", "look", "no_backups", "nothing_left_behind", "qtbot", "world"]
