"""The section of the register's health: each thing that was looked at, with plain words, and what to do."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain.health import Finding, Level
from visitor_register.gui.settings.health_presenter import HealthPresenter
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import WrappingFrame, frame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_TONES = {
    Level.WELL: (Tone.KNOWN, "Well"),
    Level.ADVICE: (Tone.HERE, "Advice"),
    Level.LOOK: (Tone.CHECK, "Look at this"),
    Level.WRONG: (Tone.NOT_KNOWN, "Wrong"),
}
"""The shape and the word of each level."""


def ask_where_to_save(parent: QWidget, name: str) -> Path | None:
    """Let somebody choose where the bundle is to lie."""
    chosen, _ = file_dialogs.save_name(parent, "Save the support bundle", name, "Zip files (*.zip)")
    return Path(chosen) if chosen else None


class FindingRow(WrappingFrame):
    """One thing that was looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = Mark(tone=Tone.KNOWN, size=20)
        self.title, self.level = PlainLabel(t="strong"), PlainLabel(t="cap")
        self.words = PlainLabel(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.level)
        lines.addLayout(head)
        lines.addWidget(self.words)
        row.addLayout(lines, 1)
        column.addLayout(row)
        column.addWidget(frame("line"))

    def show_finding(self, finding: Finding) -> None:
        """Say how it is."""
        tone, word = _TONES[finding.level]
        self.mark.show_tone(tone)
        self.title.setText(finding.title)
        self.level.setText(word)
        self.words.setText(finding.words)
        self.setAccessibleName(f"{finding.title}: {word}. {finding.words}")
        self.keep_height()


class Versions(WrappingFrame):
    """Many short words that need as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self.words = PlainLabel(t="cap", wrap=True)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words)

    @Slot(object)
    def show_versions(self, found: tuple[tuple[str, str], ...]) -> None:
        """Say them."""
        self.words.setText(" · ".join(f"{name} {version}" for name, version in found))
        self.keep_height()


class HealthSection(Section):
    """Everything that was looked at, the versions, and the bundle for somebody who helps.

    Attributes:
        ask_where: Asks for a place; tests give their own.
    """

    def __init__(self, presenter: SettingsPresenter, health: HealthPresenter) -> None:
        super().__init__(
            presenter,
            "health",
            "Health of the register",
            "How the register stands on this PC, looked at every minute. The lamp at the top shows what is wrong.",
            save="Look again",
        )
        self.health = health
        health.setParent(self)
        self.ask_where: Callable[[QWidget, str], Path | None] = ask_where_to_save
        self.rows: dict[str, FindingRow] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.content.addLayout(self._lines)
        self.versions = Versions()
        self.content.addWidget(PlainLabel("Versions", t="label"))
        self.content.addWidget(self.versions)
        self.bundle = KeyButton("Save a support bundle", icon="download")
        self.result = PlainLabel(t="muted", wrap=True)
        self.content.addWidget(
            PlainLabel(
                "For somebody who helps from afar: versions, sizes, what stands above, and the log. "
                "It names no visitor, nobody of the school and no folder. Nothing is sent by the program.",
                t="muted",
                wrap=True,
            )
        )
        self.content.addWidget(self.bundle, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self.result)
        self.content.addStretch(1)
        self.bundle.clicked.connect(self._save_bundle)
        health.shown.connect(self.show_findings)
        health.versions_read.connect(self.versions.show_versions)
        health.saved.connect(self._saved)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """Nothing here is typed."""
        return {}

    def showEvent(self, event: QShowEvent) -> None:
        """Look again whenever it is seen."""
        super().showEvent(event)
        self.health.look()

    @Slot()
    def save(self) -> None:
        """Look again."""
        self.health.look()

    @Slot(object)
    def show_findings(self, found: tuple[Finding, ...]) -> None:
        """Show each in a row of its own; a row that has nothing to say any more is hidden."""
        for one in found:
            if one.key not in self.rows:
                self.rows[one.key] = FindingRow()
                self._lines.addWidget(self.rows[one.key])
            self.rows[one.key].show_finding(one)
        said = {one.key for one in found}
        for key, row in self.rows.items():
            row.setVisible(key in said)

    @Slot()
    def _save_bundle(self) -> None:
        path = self.ask_where(self, self.health.file_name())
        if path is not None:
            self.health.save_bundle(path)

    @Slot(str)
    def _saved(self, name: str) -> None:
        words = f"Saved as {name}. Look into it before you send it: it is an ordinary zip file."
        self.result.setText(words)
        announce(self, words)
