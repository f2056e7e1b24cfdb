"""Reads the text of one drawn box: who is in the post, what it is called, how to reach them; or a list of workers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import words
from visitor_register.files.drawn_contacts import Contacts
from visitor_register.files.drawn_words import Line, is_template, leads, look, names_sharing, without_vacancy

# "Ada Hill - Social Worker", "Social Worker: Ada Hill", "Ada Hill (Social Worker)".
_SPLITS = (
    re.compile(r"\s+[-–—|]\s+|\s*[–—|]\s*|\t+|\s{3,}|:\s+"),
    re.compile(r"\s*[(\[](?=[^()\[\]]*[)\]]\s*$)"),
    re.compile(r",\s+"),
)
_CONTINUES = re.compile(r"(?:[,&/\-–—]|\b(?:of|and|for|the|to|with|in))$", re.I)
_CONTINUED = re.compile(r"^(?:[a-z&(]|(?:of|and|for|the|to|with|in)\b)")
# What has more lines is no box of a chart.
_MOST_LINES = 200
# How much more one line must look like a name than the next for the words alone to say which is which.
_CLEARLY = 3
Person = Mapping[Field, str]
# The lines of a list box: place of the line, name, title.
Listed = list[tuple[int, str, str]]


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
    lines, own = _lines(paragraphs, bold)
    contacts = Contacts()
    for one in own:
        contacts.add(one)
    if not lines:
        return BoxText(())
    if len(lines) == 1:
        return _one_line(lines[0], contacts)
    if (listed := _pairs(lines) or _several(lines)) is not None:
        people = (_person(name, title) | own[at].as_fields() for at, name, title in listed)
        return BoxText(tuple(people), listed=True, sure=True)
    return _one_post(_sharing(lines), contacts, title_first)


def _one_post(lines: Sequence[Line], contacts: Contacts, title_first: bool | None) -> BoxText:
    """Read a box of several lines that is one post."""
    at, sure = _name_of(lines, title_first)
    unfilled = [line for line in lines if not line.vacant and without_vacancy(line.text)]
    if unfilled and not (at >= 0 and sure):
        rest = [line for line in lines if line is not unfilled[0] and not line.vacant]
        return _post("Vacant", [without_vacancy(unfilled[0].text), *(line.text for line in rest)], contacts, sure=True)
    if at < 0:
        return _post("", [" ".join(line.text for line in lines)], contacts, sure=False)
    said = _title_and_more([line for place, line in enumerate(lines) if place != at])
    found = _post(lines[at].text, said, contacts, sure=sure and bool(said[0]))
    return BoxText(found.people, sure=found.sure, title_first=at > 0 if sure else None)


def order_of(boxes: Iterable[BoxText]) -> bool | None:
    """Say whether titles stand above names on a page, by most of the boxes where it is clear."""
    counted = Counter(box.title_first for box in boxes if box.title_first is not None)
    return None if counted[True] == counted[False] else counted[True] > counted[False]


def _lines(paragraphs: Sequence[str], bold: frozenset[int]) -> tuple[list[Line], list[Contacts]]:
    """Return the lines that are text, and for each the numbers and addresses in it or below it."""
    parts = [(at, part) for at, text in enumerate(paragraphs) for part in re.split(r"[\n\v\r]+", text)]
    lines: list[Line] = []
    own = [Contacts()]
    for at, part in parts[:_MOST_LINES]:
        contacts = Contacts()
        text = contacts.take(part)
        if text and not is_template(text):
            own += [Contacts()] if lines else []
            lines.append(look(text, bold=at in bold))
        own[-1].add(contacts)
    return lines, own


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


def _pairs(lines: Sequence[Line]) -> Listed | None:
    """Read a list with name and title in each line; what stands over it is its heading. None for any other box."""
    split = [_split(line) for line in lines]
    found = [pair for pair in split if pair is not None]
    if len(found) < max(2, len(lines) - 1):
        return None
    name_first = sum(first for _, _, first in found) * 2 >= len(found)
    listed: Listed = []
    for at, (line, pair) in enumerate(zip(lines, split, strict=True)):
        halves = next(_halves(line.text), None)
        if pair is not None:
            listed.append((at, *pair[:2]))
        elif halves is not None:
            listed.append((at, *(halves if name_first else halves[::-1])))
        elif at > 0:
            listed.append((at, line.text, "") if line.balance > 0 else (at, "", line.text))
    return listed


def _one_line(line: Line, contacts: Contacts) -> BoxText:
    if (pair := _split(line)) is not None:
        return _post(pair[0], [pair[1]], contacts, sure=True)
    if line.is_name:
        return _post(line.text, [], contacts, sure=bool(contacts.found) and not line.vacant)
    return _post("", [line.text], contacts, sure=False)


def _several(lines: Sequence[Line]) -> Listed | None:
    """Read a box that lists workers under one another: names alone, with a title above or below, or one each."""
    named = [at for at, line in enumerate(lines) if line.is_name]
    count = len(lines)
    if len(named) < 2 or len(_sharing(lines)) < count:
        return None
    if len(named) == count:
        return [(at, lines[at].text, "") for at in named]
    for title, others in ((0, range(1, count)), (count - 1, range(count - 1))):
        if named == list(others):
            return [(at, lines[at].text, lines[title].text) for at in named]
    for first in (0, 1):
        if named == list(range(first, count, 2)) and count % 2 == 0:
            return [(at, lines[at].text, lines[at + 1 - 2 * first].text) for at in named]
    return None


def _sharing(lines: Sequence[Line]) -> list[Line]:
    """Put the two names of a job share into one line: "Ada Hill", "Ben Jones", "Team Manager"."""
    named = [line for line in lines if line.is_name]
    titles = [line.text for line in lines if not line.is_name]
    if len(named) != 2 or all(line.vacant for line in named) or len(titles) != 1 or not leads(titles[0]):
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


def _title_and_more(rest: Sequence[Line]) -> list[str]:
    """Return the title, whose lines may have been broken, then the team, then whatever else stands there."""
    title = [rest[0].text]
    at = 1
    while at < len(rest) and (_CONTINUES.search(title[-1]) or _CONTINUED.match(rest[at].text)):
        title.append(rest[at].text)
        at += 1
    said = [" ".join(title), *(line.text for line in rest[at:])]
    if at < len(rest) and rest[at].is_title and not look(said[0]).is_title:
        said[:2] = said[1::-1]
    return said


def _post(name: str, said: Sequence[str], contacts: Contacts, *, sure: bool) -> BoxText:
    """Make the person of a box, or those who share its post; an address is only whose name is in it.

    Args:
        name: As it stands there.
        said: The title, the team, and remarks; any of them may be missing.
        contacts: How to reach whoever is in the post.
        sure: Name and title are beyond doubt.
    """
    shared = names_sharing(name)
    people = []
    for one in shared:
        kept = contacts.as_fields()
        if len(shared) > 1:
            kept.pop(Field.EMAIL, None)
            addresses = contacts.found.get(Field.EMAIL, [])
            own = [text for text in addresses if words(one)[-1] in text.lower().partition("@")[0]]
            kept |= {Field.EMAIL: own[0]} if len(own) == 1 else {}
        people.append(_person(one, *said[:2], notes="; ".join(said[2:])) | kept)
    return BoxText(tuple(people), sure=sure)


def _person(name: str, title: str = "", unit: str = "", *, notes: str = "") -> dict[Field, str]:
    said = {Field.NAME: name, Field.JOB_TITLE: title, Field.UNIT: unit, Field.NOTES: notes}
    return {field: text for field, text in said.items() if text}
