"""Reads the text of one drawn box: who is in the post, what it is called, how to reach them; or a list of workers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import words
from visitor_register.files.drawn_contacts import Contacts
from visitor_register.files.drawn_words import Line, is_template, look, names_sharing, without_vacancy

# "Ada Hill - Social Worker", "Social Worker: Ada Hill", "Ada Hill (Social Worker)".
_SPLITS = (
    re.compile(r"\s+[-–—|]\s+|\s*[–—|]\s*|\t+|\s{3,}|:\s+"),
    re.compile(r"\s*[(\[](?=[^()\[\]]*[)\]]\s*$)"),
    re.compile(r",\s+"),
)
_CONTINUES = re.compile(r"(?:[,&/\-–—]|\b(?:of|and|for|the|to|with|in))$", re.I)
_CONTINUED = re.compile(r"^(?:[a-z&(]|(?:of|and|for|the|to|with|in)\b)")
_LEADS = re.compile(r"\b(?:manager|head|director|leader|lead|principal|supervisor|chief)\b", re.I)
# What has more lines is no box of a chart.
_MOST_LINES = 200
# How much more one line must look like a name than the next for the words alone to say which is which.
_CLEARLY = 3
Person = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class BoxText:
    """What a box says.

    Attributes:
        people: One entry a person, or one for a post without a person; none where it names neither.
        listed: Several workers of one manager, each a post of their own; otherwise several share the one post.
        sure: A name (or a vacancy) and a title both stand there, so it is a person wherever it is drawn.
        title_first: Whether the title stands above the name, None where that cannot be told.
    """

    people: tuple[Person, ...]
    listed: bool = False
    sure: bool = False
    title_first: bool | None = None


def read_box(paragraphs: Sequence[str], bold: Sequence[int] = (), *, title_first: bool | None = None) -> BoxText:
    """Read one box.

    Args:
        paragraphs: Its text, one entry a line.
        bold: Places of the lines in bold.
        title_first: How most other boxes of the page have it; it decides only where the words do not.
    """
    return _read(tuple(paragraphs), frozenset(bold), title_first)


# A box is looked at alone, then with its page, then with its lines.
@lru_cache(maxsize=4096)
def _read(paragraphs: tuple[str, ...], bold: frozenset[int], title_first: bool | None) -> BoxText:
    contacts = Contacts()
    lines = _lines(paragraphs, bold, contacts)
    if not lines:
        return BoxText(())
    if len(lines) == 1:
        return _one_line(lines[0], contacts)
    if (listed := _pairs(lines) or _several(lines)) is not None:
        return listed
    lines = _sharing(lines)
    if (at := next((at for at, line in enumerate(lines) if not line.vacant and without_vacancy(line.text)), -1)) >= 0:
        unit = [line.text for line in (*lines[:at], *lines[at + 1 :]) if not line.vacant]
        return _post("Vacant", without_vacancy(lines[at].text), "".join(unit[:1]), contacts, sure=True)
    at, sure = _name_of(lines, title_first)
    if at < 0:
        return _post("", " ".join(line.text for line in lines), "", contacts, sure=False)
    rest = [line for place, line in enumerate(lines) if place != at]
    title, unit_line = _title_and_unit(rest)
    found = _post(lines[at].text, title, unit_line, contacts, sure=sure and bool(title))
    return BoxText(found.people, sure=found.sure, title_first=at > 0 if sure else None)


def order_of(boxes: Iterable[BoxText]) -> bool | None:
    """Say whether titles stand above names on a page, by most of the boxes where it is clear."""
    counted = Counter(box.title_first for box in boxes if box.title_first is not None)
    return None if counted[True] == counted[False] else counted[True] > counted[False]


def _lines(paragraphs: Sequence[str], bold: frozenset[int], contacts: Contacts) -> list[Line]:
    """Return the lines that are text; numbers and addresses go to `contacts`."""
    parts = [(at, part) for at, text in enumerate(paragraphs) for part in re.split(r"[\n\v\r]+", text)]
    texts = [(contacts.take(part), at in bold) for at, part in parts[:_MOST_LINES]]
    return [look(text, bold=heavy) for text, heavy in texts if text and not is_template(text)]


def _split(line: Line) -> tuple[str, str, bool] | None:
    """Return the name and the title of a line that holds both, and whether the name stands first; else None."""
    if (title := without_vacancy(line.text)) and not line.vacant:
        return "Vacant", title, True
    for left, right in _halves(line.text):
        one, other = look(left), look(right)
        if (one.is_name or one.balance > 1) and other.is_title:
            return left, right, True
        if one.is_title and (other.is_name or other.balance > 1):
            return right, left, False
    return None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a line in two where a draughtsman would part name and title."""
    for splitter in _SPLITS:
        if (match := splitter.search(text)) is not None:
            left, right = (part.strip(" )]-–—|") for part in (text[: match.start()], text[match.end() :]))
            if left and right:
                yield left, right


def _pairs(lines: Sequence[Line]) -> BoxText | None:
    """Read a list with name and title in each line; what stands over it is its heading. None for any other box."""
    split = [_split(line) for line in lines]
    found = [pair for pair in split if pair is not None]
    if len(found) < max(2, len(lines) - 1):
        return None
    name_first = sum(first for _, _, first in found) * 2 >= len(found)
    people = []
    for at, (line, pair) in enumerate(zip(lines, split, strict=True)):
        halves = next(_halves(line.text), None)
        if pair is not None:
            people.append(pair[:2])
        elif halves is not None:
            people.append(halves if name_first else halves[::-1])
        elif at > 0:
            people.append((line.text, "") if line.balance > 0 else ("", line.text))
    return _as_list(people)


def _as_list(pairs: Sequence[tuple[str, str]]) -> BoxText:
    people = tuple(_person(name, title) for name, title in pairs)
    return BoxText(people, listed=True, sure=True)


def _one_line(line: Line, contacts: Contacts) -> BoxText:
    if (pair := _split(line)) is not None:
        return _post(pair[0], pair[1], "", contacts, sure=True)
    if line.is_name:
        return _post(line.text, "", "", contacts, sure=bool(contacts.found) and not line.vacant)
    return _post("", line.text, "", contacts, sure=False)


def _several(lines: Sequence[Line]) -> BoxText | None:
    """Read a box that lists workers under one another: names alone, under a heading, or each with a title."""
    named = [at for at, line in enumerate(lines) if line.is_name]
    if len(named) < 2 or len(_sharing(lines)) < len(lines):
        return None
    if len(named) == len(lines):
        return _as_list([(line.text, "") for line in lines])
    if named == list(range(1, len(lines))):
        return _as_list([(line.text, lines[0].text) for line in lines[1:]])
    for first in (0, 1):
        if named == list(range(first, len(lines), 2)) and len(lines) % 2 == 0:
            return _as_list([(lines[at].text, lines[at + 1 - 2 * first].text) for at in named])
    return None


def _sharing(lines: Sequence[Line]) -> list[Line]:
    """Put the two names of a job share into one line: "Ada Hill", "Ben Jones", "Team Manager"."""
    named = [line for line in lines if line.is_name and not line.vacant]
    titles = [line.text for line in lines if line not in named]
    last = titles[0].split(",")[0].split()[-1] if len(titles) == 1 else ""
    if len(named) != 2 or not _LEADS.search(titles[0] if last else "") or last.endswith("s"):
        return list(lines)
    return [look(" / ".join(line.text for line in named)), look(titles[0])]


def _name_of(lines: Sequence[Line], title_first: bool | None) -> tuple[int, bool]:
    """Return the place of the name, -1 where none is; and whether the words themselves say so."""
    ranked = sorted(range(len(lines)), key=lambda at: (not lines[at].vacant, -lines[at].balance))
    best, second = lines[ranked[0]], lines[ranked[1]]
    clear = best.balance - second.balance >= _CLEARLY
    if best.vacant or (clear and best.may_be_name):
        return ranked[0], best.vacant or best.is_name
    at = ranked[0] if title_first is None else int(title_first)
    settled = best.is_name if title_first is None else not clear
    return (at if settled and lines[at].may_be_name else -1), False


def _title_and_unit(rest: Sequence[Line]) -> tuple[str, str]:
    """Join the lines of a title that was broken; what stands below it alone is the team."""
    titles = [rest[0].text]
    at = 1
    while at < len(rest) and (_CONTINUES.search(titles[-1]) or _CONTINUED.match(rest[at].text)):
        titles.append(rest[at].text)
        at += 1
    others = rest[at:]
    title = " ".join(titles)
    if others and not look(title).is_title and others[0].is_title:
        return others[0].text, title
    return title, others[0].text if others else ""


def _post(name: str, title: str, unit: str, contacts: Contacts, *, sure: bool) -> BoxText:
    """Make the person of a box, or those who share its post; an address is only whose name is in it."""
    shared = names_sharing(name)
    people = []
    for one in shared:
        kept = {kind: list(texts) for kind, texts in contacts.found.items()}
        if len(shared) > 1:
            addresses = kept.pop(Field.EMAIL, [])
            own = [text for text in addresses if words(one)[-1] in text.lower().partition("@")[0]]
            kept |= {Field.EMAIL: own} if len(own) == 1 else {}
        people.append(_person(one, title, unit) | {kind: "; ".join(texts) for kind, texts in kept.items()})
    return BoxText(tuple(people), sure=sure)


def _person(name: str, title: str, unit: str = "") -> dict[Field, str]:
    said = {Field.NAME: name, Field.JOB_TITLE: title, Field.UNIT: unit}
    return {field: text for field, text in said.items() if text}
