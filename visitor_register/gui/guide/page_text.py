"""A page of the guide as text one can read: our own Markdown, in our type and colours. It loads nothing."""

import math
import re

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from visitor_register.gui import theme

_WORDS = re.compile(r"[^\s-]+-?")
"""What is not broken at the end of a line: a long word with a hyphen is."""
_WIDEST = 860
"""Longer lines are hard to read."""

_HEADINGS = {1: "h1", 2: "h2", 3: "h3"}


class PageText(QTextBrowser):
    """Shows one page. Links are reported by `anchorClicked` and never followed from here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName("Page of the guide")
        self._markdown = ""
        self._words: tuple[str, ...] = ()
        theme.current().changed.connect(self._again)

    def show_markdown(self, markdown: str, words: tuple[str, ...] = ()) -> None:
        """Show a page from its beginning, with these words marked."""
        self._markdown, self._words = markdown, words
        self._again()
        self.verticalScrollBar().setValue(0)

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark other words on the page."""
        self._words = words
        self._mark()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is ever loaded for a page."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are left alone: they belong to nobody here."""
        if event.text().isprintable() and event.text().strip():
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _again(self) -> None:
        look, document = theme.current(), self.document()
        document.setDefaultFont(look.font("body"))
        document.setDocumentMargin(look.px(16))
        document.setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        self._fit()
        self._mark()

    def _dress(self) -> None:
        """Give headings, lines, links and file names the look of the program."""
        look, block = theme.current(), self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            level, shape = block.blockFormat().headingLevel(), QTextBlockFormat()
            shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setBottomMargin(look.px(5 if block.textList() else 8))
            shape.setTopMargin(look.px({0: 2, 1: 0}.get(level, 16)))
            cursor.mergeBlockFormat(shape)
            if level:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                written = QTextCharFormat(cursor.charFormat())
                # Markdown makes headings larger in steps of its own, which win over any size in pixels.
                written.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
                written.setFont(look.font(_HEADINGS.get(level, "h3")))
                cursor.setCharFormat(written)
            self._dress_parts(block)
            block = block.next()

    def _dress_parts(self, block: QTextBlock) -> None:
        """Links underlined, for colour alone says nothing; file names and commands in our own type."""
        look, parts, found = theme.current(), block.begin(), []
        while not parts.atEnd():
            part = parts.fragment()
            style = part.charFormat()
            if style.isAnchor() or style.fontFixedPitch():
                found.append((part.position(), part.length(), style.isAnchor()))
            parts += 1
        for start, length, link in found:
            dressed = QTextCharFormat()
            if link:
                dressed.setFontUnderline(True)
            else:
                dressed.setFont(look.font("strong"))
                dressed.setBackground(QBrush(look.color("hover")))
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(dressed)

    def _fit(self) -> None:
        wide = min(self.viewport().width(), theme.current().px(_WIDEST))
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(wide)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _share_width(frame, wide - 2 * self.document().documentMargin())

    def _mark(self) -> None:
        """Mark every place where a searched word stands."""
        look, found = theme.current(), []
        for word in self._words:
            cursor = self.document().find(word)
            while not cursor.isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor = cursor
                selection.format.setBackground(QBrush(look.color("check_bg")))
                selection.format.setForeground(QBrush(look.color("check_text")))
                found.append(selection)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(found)


def _dress_table(table: QTextTable) -> None:
    """Hairlines, room in the cells, and a head that is told from the rest."""
    look, shape = theme.current(), QTextTableFormat(table.format())
    shape.setBorderCollapse(True)
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(look.color("border")))
    shape.setCellPadding(look.px(7))
    shape.setTopMargin(look.px(4))
    shape.setBottomMargin(look.px(12))
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        head = QTextCharFormat(cell.format())
        head.setBackground(QBrush(look.color("hover")))
        cell.setFormat(head)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        weight = QTextCharFormat()
        weight.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(weight)


def _share_width(table: QTextTable, room: float) -> None:
    """Give each column room for its longest word, and of the rest (`room` in pixels) more to those with long texts."""
    metrics, shape = QFontMetricsF(theme.current().font("strong")), table.format().toTableFormat()
    needed, longest = [], []
    for column in range(table.columns()):
        texts = [_text(table, row, column) for row in range(table.rows())]
        word = max((word for text in texts for word in _WORDS.findall(text)), key=len, default="")
        # A pixel for the line, and one for what is rounded.
        needed.append(metrics.horizontalAdvance(word) + 2 * (shape.cellPadding() + 1))
        longest.append(math.sqrt(max(map(len, texts))))
    spare = max(0.0, room - sum(needed))
    widths = [need + spare * share / sum(longest) for need, share in zip(needed, longest, strict=True)]
    shape.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, 100 * width / sum(widths)) for width in widths]
    )
    table.setFormat(shape)


def _text(table: QTextTable, row: int, column: int) -> str:
    return table.cellAt(row, column).firstCursorPosition().block().text()
