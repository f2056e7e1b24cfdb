"""Says which boxes of a drawing are people or posts, which are names of teams, and who is drawn on several pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from visitor_register.domain import chart_text
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import words
from visitor_register.files import drawn_boxes
from visitor_register.files.drawn_shapes import Shape, Sheet
from visitor_register.files.drawn_text import BoxText, Person
from visitor_register.files.drawn_twice import Drawn, name_key, who_is_one


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the drawing: who shares it, on which pages (from 0), and whether it stands in a list of workers."""

    id: str
    people: tuple[Person, ...]
    pages: frozenset[int]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What the boxes of a drawing are.

    Attributes:
        posts: All posts by id, in the order of the drawing.
        of_shape: The ids of the posts that a shape stands for.
        labels: The team that a shape names, by the shape's id; lines go through it, but nobody is in it.
        others: The texts of what is neither: titles, legends, dates.
    """

    posts: Mapping[str, Post]
    of_shape: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    others: tuple[str, ...]


def find(sheets: Sequence[Sheet]) -> Found:
    """Read all boxes and say who is who. Template text, titles of pages, legends and dates are nobody."""
    pages = [list(drawn_boxes.texts(sheet)) for sheet in sheets]
    of_people = drawn_boxes.names_people([text for sheet in sheets for text in drawn_boxes.on_lines(sheet)])
    drawn: list[Drawn] = []
    labels: dict[str, str] = {}
    others: list[str] = []
    by_shape: dict[str, tuple[str, ...]] = {}
    for number, (sheet, page) in enumerate(zip(sheets, pages, strict=True)):
        below, above = _ends(sheet)
        tied = {end for tie in sheet.ties for end in (tie.child, tie.manager, *tie.may)}
        for shape, text in page:
            written = chart_text.clean(" ".join(shape.paragraphs))
            if shape.id in above and (not text.people or (of_people and drawn_boxes.is_label(text))):
                labels[shape.id] = written if text.people else ""
            elif text.people and (shape.id in tied or drawn_boxes.reads_as_post(shape, text)):
                top, leaf = shape.id in above - below, shape.id in below - above
                posts = [Drawn(id_, number, who, text.listed, top, leaf) for id_, who in _posts(shape, text)]
                by_shape[shape.id] = tuple(post.id for post in posts)
                drawn += posts
            elif written:
                others.append(written)
    one = who_is_one(drawn)
    of_shape = {shape: tuple(one[id_] for id_ in ids) for shape, ids in by_shape.items()}
    return Found(_together(drawn, one), of_shape, labels, tuple(others))


def _ends(sheet: Sheet) -> tuple[frozenset[str], frozenset[str]]:
    """Return the shapes of a page that have, or may have, somebody above them, and those drawn above somebody."""
    below = frozenset(tie.child for tie in sheet.ties if tie.manager or tie.may)
    return below, frozenset(tie.manager for tie in sheet.ties if tie.manager)


def _posts(shape: Shape, text: BoxText) -> Iterator[tuple[str, tuple[Person, ...]]]:
    """Yield the posts of a box with their ids: one that several may share, or one for each line of a list."""
    if not text.listed:
        yield shape.id, text.people
        return
    for at, person in enumerate(text.people, 1):
        yield f"{shape.id}.{at}", (person,)


def _together(drawn: Sequence[Drawn], one: Mapping[str, str]) -> dict[str, Post]:
    """Put together what several pages say about one post: the longer title, and what only one of them says."""
    posts: dict[str, Post] = {}
    for entry in drawn:
        id_ = one[entry.id]
        known = posts.get(id_, Post(id_, entry.people, frozenset(), entry.listed))
        more = {name_key(person): person for person in entry.people}
        people = tuple(_both(person, more.get(name_key(person), {})) for person in known.people)
        posts[id_] = Post(id_, people, known.pages | {entry.page}, known.listed and entry.listed)
    return posts


def _both(person: Person, other: Person) -> Person:
    titles = (person.get(Field.JOB_TITLE, ""), other.get(Field.JOB_TITLE, ""))
    return {**other, **person, Field.JOB_TITLE: max(titles, key=lambda title: len(words(title)))}
