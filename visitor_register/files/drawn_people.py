"""Says which boxes of a drawing are people or posts, and which boxes of several pages are one of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from visitor_register.domain import chart_dates, chart_text
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import fold, words
from visitor_register.domain.names_clean import clean_name
from visitor_register.files.drawn_shapes import Shape, Sheet
from visitor_register.files.drawn_text import BoxText, Person, order_of, read_box
from visitor_register.files.drawn_words import look

_LONGEST = 160
_TWICE = 2
# Nobody is drawn on more pages than this; a file that says so is not worth comparing box by box.
_DRAWN_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the drawing: who shares it, on which pages (from 0), and whether it stands in a list of workers."""

    id: str
    people: tuple[Person, ...]
    pages: frozenset[int]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """All posts by id, the ids each shape stands for, and (page, text) of what is no post."""

    posts: Mapping[str, Post]
    of_shape: Mapping[str, tuple[str, ...]]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One post as one page draws it. `top`: it has reports and nobody above; `leaf`: somebody above and no reports."""

    id: str
    page: int
    people: tuple[Person, ...]
    listed: bool
    top: bool
    leaf: bool

    @property
    def names(self) -> frozenset[str]:
        return frozenset(filter(None, (_name_key(person) for person in self.people)))

    @property
    def title(self) -> tuple[str, ...]:
        return words(self.people[0].get(Field.JOB_TITLE, ""))


def find(sheets: Sequence[Sheet]) -> Found:
    """Read all boxes and say who is who. Template text, titles of pages, legends and dates are nobody."""
    drawn: list[_Drawn] = []
    others: list[tuple[str, str]] = []
    by_shape: dict[str, tuple[str, ...]] = {}
    for page, sheet in enumerate(sheets):
        below = {tie.child for tie in sheet.ties if tie.manager or tie.may}
        above = {shape for tie in sheet.ties for shape in (tie.manager, *tie.may) if shape}
        tied = {tie.child for tie in sheet.ties} | above
        for shape, text in _texts(sheet):
            if text.people and (shape.id in tied or _reads_as_post(shape, text)):
                ids = _ids(shape, text)
                by_shape[shape.id] = ids
                top, leaf = shape.id in above - below, shape.id in below - above
                each = [(person,) for person in text.people] if text.listed else [text.people]
                drawn += [_Drawn(id_, page, own, text.listed, top, leaf) for id_, own in zip(ids, each, strict=True)]
            elif any(shape.paragraphs):
                others.append((sheet.name, chart_text.clean(" ".join(shape.paragraphs))))
    one = _who_is_one(drawn)
    posts: dict[str, Post] = {}
    for entry in drawn:
        known = posts.get(one[entry.id])
        who = entry.people if known is None else _together(known.people, entry.people)
        pages = frozenset([entry.page]) | (known.pages if known else frozenset())
        listed = entry.listed and (known is None or known.listed)
        posts[one[entry.id]] = Post(one[entry.id], who, pages, listed)
    of_shape = {shape: tuple(one[id_] for id_ in ids) for shape, ids in by_shape.items()}
    return Found(posts, of_shape, tuple(others))


def _texts(sheet: Sheet) -> Iterator[tuple[Shape, BoxText]]:
    """Read the boxes of a page; those that are not clear alone are read as most of the others are."""
    order = order_of(read_box(shape.paragraphs, shape.bold) for shape in sheet.shapes)
    for shape in sheet.shapes:
        yield shape, _with_fields(shape, read_box(shape.paragraphs, shape.bold, title_first=order))


def _with_fields(shape: Shape, text: BoxText) -> BoxText:
    """Let what the file says outright win over what its text seems to say."""
    said = {field: chart_text.value(value) for field, value in shape.fields.items() if chart_text.value(value)}
    if not said.keys() & {Field.NAME, Field.JOB_TITLE, Field.SURNAME}:
        return BoxText(tuple({**person, **said} for person in text.people), text.listed, text.sure, text.title_first)
    named = read_box((said[Field.NAME],)).people if Field.NAME in said else ()
    contact: Person = text.people[0] if len(text.people) == 1 else {}
    names = [{Field.NAME: person[Field.NAME]} for person in named if Field.NAME in person]
    whole: Person = {**contact, **said}
    if len(names) > 1:
        return BoxText(tuple(_of_one(whole, name) for name in names), sure=True)
    return BoxText(({**whole, **names[0]} if names else whole,), sure=True)


def _of_one(said: Person, name: Person) -> Person:
    """Give one of several who share a box no staff number, and only an address that has their surname in it."""
    surname = "".join(words(name[Field.NAME])[-1:])
    own: dict[Field, str] = {field: text for field, text in said.items() if field is not Field.STAFF_NUMBER}
    if surname not in own.get(Field.EMAIL, "").lower().partition("@")[0]:
        own.pop(Field.EMAIL, None)
    return {**own, **name}


def _ids(shape: Shape, text: BoxText) -> tuple[str, ...]:
    if not text.listed:
        return (shape.id,)
    return tuple(f"{shape.id}.{at}" for at in range(1, len(text.people) + 1))


def stands_alone(shape: Shape) -> bool:
    """Say whether a box without any line is a person or a post, and no title, legend, date or note."""
    return _reads_as_post(shape, _with_fields(shape, read_box(shape.paragraphs, shape.bold)))


def _reads_as_post(shape: Shape, text: BoxText) -> bool:
    written = " ".join(shape.paragraphs)
    if len(written) > _LONGEST or chart_dates.said_as_at(written) is not None:
        return False
    if text.sure or not shape.framed:
        return text.sure
    return any(look(person.get(Field.JOB_TITLE, "")).is_title for person in text.people)


def _who_is_one(drawn: Sequence[_Drawn]) -> dict[str, str]:
    """Return the id under which each drawn post is kept: the first of all that are one."""
    one = {entry.id: entry.id for entry in drawn}
    by_name: dict[frozenset[str], list[_Drawn]] = defaultdict(list)
    for entry in drawn:
        by_name[entry.names].append(entry)
    unnamed = by_name.pop(frozenset(), [])
    for entries in by_name.values():
        first: dict[tuple[str, ...], str] = {}
        for entry in entries:
            one[entry.id] = first.setdefault(entry.title, entry.id)
        if len(first) > 1 and len(entries) <= _DRAWN_AT_MOST:
            _join(one, entries, _short_title)
    titles = Counter(entry.title for entry in drawn)
    by_title: dict[tuple[str, ...], list[_Drawn]] = defaultdict(list)
    for entry in unnamed:
        by_title[entry.title].append(entry)
    for title, entries in by_title.items():
        if title and len(entries) == titles[title] == _TWICE:
            _join(one, entries, _overview_and_own_page)
    return one


def _join(one: dict[str, str], entries: Sequence[_Drawn], same: Callable[[_Drawn, _Drawn], bool]) -> None:
    for at, entry in enumerate(entries):
        for other in entries[:at]:
            if one[entry.id] != one[other.id] and same(entry, other):
                old, new = one[entry.id], one[other.id]
                one.update({again.id: new for again in entries if one[again.id] == old})


def _short_title(entry: _Drawn, other: _Drawn) -> bool:
    """Say whether two boxes with the same names are one post, with its short title on the overview."""
    shorter = set(entry.title) <= set(other.title) or set(other.title) <= set(entry.title)
    return shorter and _overview_and_own_page(entry, other)


def _overview_and_own_page(entry: _Drawn, other: _Drawn) -> bool:
    """Say whether one stands below somebody on one page and at the top of another: the way charts go on."""
    return entry.page != other.page and ((entry.top and other.leaf) or (entry.leaf and other.top))


def _together(known: Sequence[Person], more: Sequence[Person]) -> tuple[Person, ...]:
    """Put together what two pages say about the same people: the longer title, and what only one of them says."""
    by_name = {_name_key(person): person for person in more}
    return tuple(_both(person, by_name.get(_name_key(person), {})) for person in known)


def _both(person: Person, other: Person) -> Person:
    titles = (person.get(Field.JOB_TITLE, ""), other.get(Field.JOB_TITLE, ""))
    return {**other, **person, Field.JOB_TITLE: max(titles, key=lambda title: len(words(title)))}


def _name_key(person: Person) -> str:
    return fold(clean_name(person.get(Field.NAME, "")).name)
