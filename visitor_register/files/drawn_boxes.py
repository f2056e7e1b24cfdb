"""Reads the boxes of one page together: what each says, and which of them are people or posts at all."""

from collections.abc import Iterator, Sequence

from visitor_register.domain import chart_dates, chart_text
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import words
from visitor_register.files.drawn_shapes import Shape, Sheet
from visitor_register.files.drawn_text import BoxText, Person, order_of, read_box
from visitor_register.files.drawn_words import names_role

# Characters; what is longer is a note beside the chart.
_LONGEST = 160


def texts(sheet: Sheet) -> Iterator[tuple[Shape, BoxText]]:
    """Read the boxes of a page; those that are not clear alone are read as most of the others are."""
    order = order_of(read_box(shape.paragraphs, shape.bold) for shape in sheet.shapes)
    for shape in sheet.shapes:
        yield shape, _with_fields(shape, read_box(shape.paragraphs, shape.bold, title_first=order))


def stands_alone(shape: Shape) -> bool:
    """Say whether a box without any line is a person or a post, and no title, legend, date or note."""
    return reads_as_post(shape, _with_fields(shape, read_box(shape.paragraphs, shape.bold)))


def reads_as_post(shape: Shape, text: BoxText) -> bool:
    """Say the same of a box that has been read: a frame with a job title is a post, free text must name somebody."""
    written = " ".join(shape.paragraphs)
    if len(written) > _LONGEST or chart_dates.said_as_at(written) is not None:
        return False
    if text.sure or not shape.framed:
        return text.sure
    return any(names_role(person.get(Field.JOB_TITLE, "")) for person in text.people)


def on_lines(sheet: Sheet) -> list[BoxText]:
    """Return what the boxes of a page say that are at the end of a line, the empty ones left out."""
    tied = {end for tie in sheet.ties for end in (tie.child, tie.manager, *tie.may)}
    return [text for shape, text in texts(sheet) if shape.id in tied and text.people]


def is_label(text: BoxText) -> bool:
    """Say whether a box among people names neither a person nor what somebody does, as the name of a team does."""
    said = [person for person in text.people if set(person) - {Field.JOB_TITLE, Field.UNIT}]
    return not said and not any(names_role(person.get(Field.JOB_TITLE, "")) for person in text.people)


def names_people(read: Sequence[BoxText]) -> bool:
    """Say whether most of these boxes have a name and a title, so that the others are to be measured by that."""
    return 2 * sum(text.sure for text in read) > len(read)


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
