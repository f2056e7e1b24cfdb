"""The people of a document under its headings: sections inside sections, and the posts of their tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from visitor_register.domain import chart_text
from visitor_register.domain.chart_columns import propose
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_kinds import guess
from visitor_register.domain.chart_table import Row, Table
from visitor_register.domain.names import words
from visitor_register.domain.names_clean import clean_name
from visitor_register.files.docx_text import Block, Grid, Heading
from visitor_register.files.person_cells import names_person
from visitor_register.files.steps_find import find

_BAND = 20
"""The level of a heading inside a table."""

_NAMES = (Field.NAME, Field.SURNAME)
_BAND_COLUMNS = 3
Columns = tuple[Field | None, ...]


@dataclass(eq=False, slots=True)
class Post:
    """One row of a table, or somebody whom only a heading names. `box` tells posts apart; a shared post has one."""

    cells: dict[Field, str]
    gone: str = ""
    box: str = ""

    @property
    def title(self) -> str:
        """The job title as written."""
        return chart_text.value(self.cells.get(Field.JOB_TITLE, ""))

    @property
    def name(self) -> str:
        """The name without what is no part of it; "" for a vacant post."""
        both = f"{self.cells.get(Field.FORENAME, '')} {self.cells.get(Field.SURNAME, '')}"
        return clean_name(self.cells.get(Field.NAME) or both).name

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What two rows of one post have in common: the words of the name and of the title."""
        return words(self.name), words(self.title)


@dataclass(eq=False, slots=True)
class Section:
    """A heading and what stands under it up to the next.

    Attributes:
        level: 1 is the highest; 0 is the whole document.
        text: The heading.
        parent: The section round it.
        lines: The paragraphs before its first table.
        parts: Its tables, each as the posts in their order.
        leads: Who is at its head: several where they share the post.
    """

    level: int
    text: str
    parent: "Section | None" = None
    lines: list[str] = field(default_factory=list)
    parts: list[list[Post]] = field(default_factory=list)
    leads: list[Post] = field(default_factory=list)

    @property
    def posts(self) -> list[Post]:
        """Everybody in its own tables."""
        return [post for part in self.parts for post in part]

    def above(self) -> list["Section"]:
        """The sections round this one, the nearest first, without the whole document."""
        found: list[Section] = []
        at = self.parent
        while at is not None and at.level:
            found.append(at)
            at = at.parent
        return found


@dataclass(frozen=True, slots=True)
class Outline:
    """A document: its sections in order, the tables that are ordinary lists or none of people, and other lines."""

    sections: tuple[Section, ...]
    lists: tuple[Table, ...]
    said: tuple[str, ...]


def outline(blocks: Sequence[Block]) -> Outline:
    """Divide a document into sections. Without a heading over any table with people, all tables are lists."""
    if not any(_under_heading(blocks)):
        return _lists_only(blocks)
    at = Section(0, "")
    sections = [at]
    lists: list[Table] = []
    said: list[str] = []
    columns: Columns = ()
    for block in blocks:
        if isinstance(block, Heading):
            at = _below(at, block.level, block.text)
            sections.append(at)
            said.append(block.text)
        elif not isinstance(block, Grid):
            said.append(block.text)
            at.lines += [] if at.parts else [block.text]
        else:
            table = Table(at.text or f"table {len(lists) + 1}", block.rows)
            start, found = _people(table, columns)
            if not found:
                lists.append(table)
                continue
            columns = found
            home = at
            for inner in _fill(at, table.rows[start:], columns):
                sections += [inner] if inner is not home else []
    _join_repeats(sections)
    return Outline(tuple(sections), tuple(lists), tuple(said))


def _under_heading(blocks: Iterable[Block]) -> Iterable[bool]:
    """Yield for each table with people and without managers whether a heading stands over it."""
    headed = False
    for block in blocks:
        headed = headed or isinstance(block, Heading)
        if isinstance(block, Grid) and _people(Table("", block.rows), ())[1]:
            yield headed


def _lists_only(blocks: Sequence[Block]) -> Outline:
    tables: list[Table] = []
    said: list[str] = []
    over = ""
    for block in blocks:
        if isinstance(block, Grid):
            tables.append(Table(over or f"table {len(tables) + 1}", block.rows))
        else:
            over = block.text if isinstance(block, Heading) else over
            said.append(block.text)
    return Outline((), tuple(tables), tuple(said))


def _below(at: Section, level: int, text: str) -> Section:
    while at.level >= level and at.parent is not None:
        at = at.parent
    return Section(level, text, at)


def _people(table: Table, before: Columns) -> tuple[int, Columns]:
    """Return where the people of a table begin and what its columns are; no columns for any other table.

    A table without headings goes on with those of the table before it. One that names managers is a list.
    """
    mapping = propose(table)
    start = mapping.first_row + mapping.heading_rows
    if mapping.names_managers or find(table) is not None:
        return 0, ()
    if not mapping.heading_rows and len(mapping.columns) == len(before):
        return start, before
    columns = guess([row.cells for row in table.rows[start:]], mapping.columns)
    named = any(field in columns for field in _NAMES)
    return (start, columns) if named and len(set(columns) - {None}) > 1 else (0, ())


def _fill(section: Section, rows: Sequence[Row], columns: Columns) -> list[Section]:
    """Put the posts of a table into its section; a heading inside it begins a section of its own."""
    home, at = section, section
    at.parts.append([])
    found = [at]
    for row in rows:
        said = [text for text in map(chart_text.clean, row.cells) if text]
        alone = len(said) == 1 and len(columns) >= _BAND_COLUMNS and not names_person(said[0])
        if row.band or alone:
            at = Section(_BAND, said[0] if said else "", home, parts=[[]])
            found.append(at)
        elif said:
            at.parts[-1].append(Post(_cells(row, columns), _gone(row, columns)))
    return found


def _join_repeats(sections: Sequence[Section]) -> None:
    """Make one post of rows with the same name and title, unless their addresses differ."""
    seen: dict[object, Post] = {}
    for part in (part for section in sections for part in section.parts):
        for at, post in enumerate(part):
            if not post.name or post.gone:
                continue
            first = seen.setdefault(post.key, post)
            addresses = {one.cells[Field.EMAIL].strip().lower() for one in (first, post) if Field.EMAIL in one.cells}
            if first is not post and len(addresses) < 2:
                first.cells = {**post.cells, **first.cells}
                part[at] = first


def _cells(row: Row, columns: Columns) -> dict[Field, str]:
    cells: dict[Field, str] = {}
    for column, cell in zip(columns, row.cells, strict=False):
        if column is not None and cell.strip():
            cells[column] = f"{cells[column]}; {cell}" if column in cells else cell
    return cells


def _gone(row: Row, columns: Columns) -> str:
    struck = any(at < len(columns) and columns[at] in _NAMES for at in row.struck)
    return row.gone or ("struck through" if struck else "")
