"""The words of a message that was written as HTML. Nothing is loaded, run or drawn: a link is its letters."""

import re
from html.parser import HTMLParser

from visitor_register.domain.chart_text import clean

_UNSEEN = frozenset({"style", "script", "head", "title", "template"})
_LINES = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote"}
)
# Word's own conditions, which the parser takes for a section of XML and may stumble over.
_CONDITION = re.compile(r"<!\[[^>]*>")
_LINK = ("http:", "https:", "mailto:")
_ROOM = re.compile(r"\n{3,}")


def words(html: str) -> str:
    """Return the text of a message with a line for each paragraph, and the address of a link behind its words."""
    reader = _Words()
    reader.feed(_CONDITION.sub("", html))
    reader.close()
    return plain("".join(reader.found))


def plain(text: str) -> str:
    """Return text without characters that nobody sees, its lines kept, at most one of them empty in a row."""
    lines = (clean(line) for line in text.splitlines())
    return _ROOM.sub("\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Collects what a reader of the message would see as letters."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0
        self._link = ""
        self._since = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "body":
            # Whatever was left open before it ends here.
            self._unseen = 0
        elif tag in _LINES:
            self.found.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.found.append(" ")
        elif tag == "a":
            target = (dict(attrs).get("href") or "").strip()
            self._link = target if target.lower().startswith(_LINK) else ""
            self._since = len(self.found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _LINES and tag not in ("br", "hr"):
            self.found.append("\n")
        elif tag == "a" and self._link:
            said = "".join(self.found[self._since :]).strip()
            target = self._link.removeprefix("mailto:")
            if target != said:
                self.found.append(f" <{target}>")
            self._link = ""

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(re.sub(r"\s+", " ", data))
