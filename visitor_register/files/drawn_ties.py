"""Settles the lines of a drawing between posts: set where nothing speaks against it, else offered, else not placed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Link, Mark
from visitor_register.files.drawn_people import Found
from visitor_register.files.drawn_shapes import Sheet, Tie
from visitor_register.files.drawn_words import leads


@dataclass(frozen=True, slots=True)
class Lines:
    """Per post the one above that is certain, and those that may be (best first); the links of each page; notes."""

    above: Mapping[str, str]
    may: Mapping[str, tuple[str, ...]]
    links: tuple[tuple[Link, ...], ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A tie between posts: `children` are several where the box is a list, `managers` where one must be chosen."""

    children: tuple[str, ...]
    managers: tuple[str, ...]
    mark: Mark
    tie: Tie


def settle(sheets: Sequence[Sheet], found: Found) -> Lines:
    """Say for every post who is above it.

    A worker of a list manages nobody, a dashed line is no line management, what passes through the name of a team
    is for a person to check, and of two managers neither is set.
    """
    pages = [_lines(sheet, found) for sheet in sheets]
    certain: dict[str, list[str]] = defaultdict(list)
    maybe: dict[str, list[str]] = defaultdict(list)
    dashed: dict[str, list[str]] = defaultdict(list)
    for line in (line for page in pages for line in page):
        kept = dashed if line.tie.dashed else certain if line.mark is Mark.SET else maybe
        for child in line.children:
            kept[child] += [manager for manager in line.managers if manager != child]
    above = {child: managers[0] for child, managers in certain.items() if len(set(managers)) == 1}
    may = {}
    for child in found.posts:
        offered = dict.fromkeys((*certain[child], *maybe[child], *dashed[child]))
        may[child] = tuple(post for post in offered if post != above.get(child))
    several = {child for child, managers in certain.items() if len(set(managers)) > 1}
    links = tuple(tuple(_links(page, above)) for page in pages)
    return Lines(above, may, links, tuple(_notes(sheets, found, above, may, several)))


def _lines(sheet: Sheet, found: Found) -> list[_Line]:
    """Return the ties of a page between posts."""
    over: dict[str, list[Tie]] = defaultdict(list)
    under: dict[str, list[Tie]] = defaultdict(list)
    for tie in sheet.ties:
        over[tie.child].append(tie)
        under[tie.manager].append(tie)
    lines = []
    for tie in sheet.ties:
        children = found.of_shape.get(tie.child, ())
        if not children:
            continue
        direct = found.of_shape.get(tie.manager, ())
        if tie.mark is Mark.SET and not tie.dashed and len(direct) == 1 and not found.posts[direct[0]].listed:
            lines.append(_Line(children, direct, Mark.SET, tie))
            continue
        others = [post for shape in tie.may for post in found.of_shape.get(shape, ())]
        through = [] if tie.dashed else _through_labels(tie, over, under, found)
        managers = tuple(dict.fromkeys([*direct, *others, *through]))
        lines.append(_Line(children, managers, Mark.CHECK if managers else Mark.LOOSE, tie))
    return lines


def _through_labels(
    tie: Tie, over: Mapping[str, Sequence[Tie]], under: Mapping[str, Sequence[Tie]], found: Found
) -> list[str]:
    """Return who may be above a box that hangs on the name of a team: who leads there, then who is above the team."""
    managers: list[str] = []
    passed: set[str] = set()
    todo = [shape for shape in (tie.manager, *tie.may) if shape in found.labels]
    while todo:
        label = todo.pop(0)
        if label in passed:
            continue
        passed.add(label)
        beside = [post for other in under.get(label, ()) for post in found.of_shape.get(other.child, ())]
        managers += [post for post in beside if _leads(found, post) and post not in found.of_shape[tie.child]]
        for above in over.get(label, ()):
            managers += found.of_shape.get(above.manager, ())
            todo += [shape for shape in (above.manager, *above.may) if shape in found.labels]
    return managers


def _leads(found: Found, post: str) -> bool:
    return leads(found.posts[post].people[0].get(Field.JOB_TITLE, ""))


def _links(page: Sequence[_Line], above: Mapping[str, str]) -> Iterator[Link]:
    for line in page:
        for child in line.children:
            manager = next((post for post in line.managers if post != child), "")
            if line.managers and not manager:
                continue
            agreed = line.mark is not Mark.SET or above.get(child) == manager
            yield Link(child, manager, line.mark if agreed else Mark.CHECK, line.tie.points, line.tie.dashed)


def _notes(
    sheets: Sequence[Sheet],
    found: Found,
    above: Mapping[str, str],
    may: Mapping[str, Sequence[str]],
    several: set[str],
) -> Iterator[tuple[str, str]]:
    """Say what a person should look at: posts under two others, lines to check, boxes that hang on nothing."""
    manages = {*above.values(), *(post for posts in may.values() for post in posts)}
    by_page: dict[int, list[str]] = defaultdict(list)
    for id_, drawn in found.posts.items():
        by_page[min(drawn.pages)].append(id_)
    for page, sheet in enumerate(sheets):
        here = by_page[page]
        for clash in (post for post in here if post in several):
            yield sheet.name, f"{_called(found, clash)} is drawn under several managers; choose one."
        check = sum(post not in above and bool(may[post]) and post not in several for post in here)
        if check:
            yield sheet.name, f"The line of {_posts(check)} is not certain; choose the manager."
        loose = sum(not (post in above or may[post] or post in manages) for post in here)
        if loose and len(found.posts) > 1:
            yield sheet.name, f"No line leads from {_posts(loose)} to a manager; choose one."


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"


def _called(found: Found, post: str) -> str:
    person = found.posts[post].people[0]
    return f"“{person.get(Field.NAME) or person.get(Field.JOB_TITLE, '')}”"
