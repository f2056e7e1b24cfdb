"""What the guide shows: the list of pages or what was found, and the page that is open. It knows no widget."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain.names import fold
from visitor_register.gui.guide import pages


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One line of the list. A heading has no key."""

    key: str
    title: str

    @property
    def heading(self) -> bool:
        """Whether it only stands over others."""
        return not self.key


class GuidePresenter(QObject):
    """Opens pages and searches them.

    Signals:
        listed: The lines of the list (tuple of `GuideLine`).
        opened: The page to show (`GuidePage`).
    """

    listed = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = dict(pages.own_pages())
        self._extra: list[str] = []
        self._back: list[str] = []
        self.current = ""
        self._wanted = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are searched for."""
        return tuple(self._wanted.split())

    def add_page(self, key: str, markdown: str) -> None:
        """Put a page of this run at the top of the list: what to try in a practice register."""
        self._pages[key] = pages.page(key, markdown)
        if key not in self._extra:
            self._extra.append(key)
        self.search(self._wanted)

    @Slot(str)
    def open_page(self, key: str) -> None:
        """Open a page by its own key or that of a screen; an unknown one opens the first page."""
        wanted = key if key in self._pages else pages.SCREENS.get(key, pages.FIRST)
        if self.current and self.current != wanted:
            self._back.append(self.current)
        self._show(wanted)

    @Slot(str)
    def follow(self, link: str) -> None:
        """Follow a link of a page. Only pages of the guide are ever opened."""
        key = link.removesuffix(".md")
        if key in self._pages:
            self.open_page(key)

    @Slot()
    def go_back(self) -> None:
        """Open the page that was open before."""
        if self._back:
            self._show(self._back.pop())

    @property
    def can_go_back(self) -> bool:
        """Whether another page was open before."""
        return bool(self._back)

    def begin(self, key: str) -> None:
        """Open the guide anew: at a page, with the whole list and nowhere to go back to."""
        self.current = ""
        self._back.clear()
        self.search("")
        self.open_page(key)

    @Slot(str)
    def search(self, text: str) -> None:
        """List the pages in which every word of a text stands; all of them when it is empty."""
        self._wanted = text
        words = fold(text).split()
        self.listed.emit(self._found(words) if words else self._all())

    def _show(self, key: str) -> None:
        self.current = key
        self.opened.emit(self._pages[key])

    def _all(self) -> tuple[GuideLine, ...]:
        lines = [GuideLine(key, self._pages[key].title) for key in self._extra]
        for title, keys in pages.GROUPS:
            lines += [GuideLine("", title), *(GuideLine(key, self._pages[key].title) for key in keys)]
        return tuple(lines)

    def _found(self, words: list[str]) -> tuple[GuideLine, ...]:
        """Pages with all the words, those with one in the title first."""
        hits: list[tuple[bool, GuideLine]] = []
        for key in [*self._extra, *(key for _, group in pages.GROUPS for key in group)]:
            page = self._pages[key]
            title, text = fold(page.title), fold(page.words)
            if all(word in title or word in text for word in words):
                hits.append((not any(word in title for word in words), GuideLine(key, page.title)))
        return tuple(line for _, line in sorted(hits, key=lambda hit: hit[0]))
