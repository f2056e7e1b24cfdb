"""Walks through the widgets of a window and names what is wrong with them. Each returns sentences; none is good."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


def visible(window: QWidget, kind: type[QWidget] = QWidget) -> Iterator[QWidget]:
    """The widgets of a kind that can be seen, or reached by scrolling."""
    for widget in window.findChildren(kind):
        if widget.isVisibleTo(window):
            yield widget


def text_fits(window: QWidget) -> list[str]:
    """Every label, button, pill and chooser that cuts its text off, or sticks out of what it stands in."""
    wrong = [f"label cut off: {label.text()!r}" for label in _labels(window) if not _label_fits(label)]
    for widget in visible(window):
        room = getattr(widget, "text_room", None)
        if room is not None:
            need, have = room()
            if need > have + 1:
                wrong.append(f"{type(widget).__name__} {_name(widget)!r} needs {need} px and has {have}")
        if isinstance(widget, (PlainLabel, KeyButton, Pill)) and _sticks_out(widget, window):
            wrong.append(f"{type(widget).__name__} {_name(widget)!r} sticks out of what it stands in")
    return wrong


def unnamed_controls(window: QWidget) -> list[str]:
    """Every control a screen reader would have no name for."""
    wrong = []
    for widget in visible(window):
        if not isinstance(widget, _CONTROLS) or _inside_another(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        role = interface.role() if interface is not None else QAccessible.Role.NoRole
        if not name.strip() or role in (QAccessible.Role.NoRole, QAccessible.Role.Client):
            wrong.append(f"{type(widget).__name__} {widget.objectName()!r}: name {name!r}, role {role.name}")
    return wrong


def rich_text_labels(window: QWidget) -> list[str]:
    """Every label that would read its text as markup, and every tool tip that does not show it as it is."""
    wrong = [
        f"label {label.text()!r} guesses at markup"
        for label in window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText and not _of_qt(label)
    ]
    for widget in window.findChildren(QWidget):
        tip = widget.toolTip()
        if "<" in tip and not tip.startswith("<span>"):
            wrong.append(f"tool tip {tip!r} of {type(widget).__name__} is read as markup")
    return wrong


def primary_buttons(window: QWidget) -> list[str]:
    """The solid buttons one sees: there should be one on a screen."""
    return [
        button.text()
        for button in visible(window, KeyButton)
        if isinstance(button, KeyButton) and button.kind() in ("primary", "primarybig")
    ]


def _labels(window: QWidget) -> Iterator[PlainLabel]:
    for label in visible(window, PlainLabel):
        if isinstance(label, PlainLabel) and label.text():
            yield label


def _label_fits(label: PlainLabel) -> bool:
    if label.elides:
        return label.contentsRect().width() >= min(label.sizeHint().width(), 24)
    metrics, area = QFontMetrics(label.font()), label.contentsRect()
    if label.wordWrap():
        widest = max((metrics.horizontalAdvance(word) for word in label.text().split()), default=0)
        return widest <= area.width() + 1 and label.heightForWidth(label.width()) <= label.height() + 1
    lines = label.text().split("\n")
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    return widest <= area.width() + 1 and metrics.height() * len(lines) <= area.height() + 2


def _sticks_out(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) or isinstance(parent.parentWidget(), QScrollArea):
            # What lies below can be scrolled to.
            return False
        where = widget.rect().translated(widget.mapTo(parent, widget.rect().topLeft()))
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(where):
            return True
        if parent is window:
            return False
        parent = parent.parentWidget()
    return False


def _inside_another(widget: QWidget) -> bool:
    """Parts that Qt puts into its own controls: the control is what is named."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, (QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView, QDialogButtonBox)):
            return not isinstance(widget, KeyButton)
        parent = parent.parentWidget()
    return False


def _of_qt(label: QLabel) -> bool:
    return (isinstance(label.parentWidget(), QMessageBox) and label.pixmap() is not None) or label.inherits("QTipLabel")


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else widget.accessibleName()
