"""Settles the lines of a drawing between posts: set where nothing speaks against it, else offered, else not placed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Link, Mark
from visitor_register.files.drawn_people import Found
from visitor_register.files.drawn_shapes import Sheet, Tie

_SECOND_MANAGERS = 2
_SHARE_OF_TIES = 8


@dataclass(frozen=True, slots=True)
class Lines:
    """Per post the one above that is certain, those that may be (best first), the links of each page, and notes."""

    above: Mapping[str, str]
    may: Mapping[str, tuple[str, ...]]
    links: tuple[tuple[Link, ...], ...]
    notes: tuple[tuple[str, str], ...]


def is_flow_chart(sheet: Sheet) -> bool:
    """Say whether so many boxes stand under several others that the page is no chart of who reports to whom."""
    above: dict[str, set[str]] = defaultdict(set)
    for tie in sheet.ties:
        if tie.manager and not tie.dashed:
            above[tie.child].add(tie.manager)
    more = sum(len(managers) - 1 for managers in above.values())
    return more >= _SECOND_MANAGERS and more * _SHARE_OF_TIES >= len(above)


def settle(sheets: Sequence[Sheet], found: Found) -> Lines:
    """Say for every post who is above it.

    A worker of a list manages nobody, a dashed line is no line management, and of two managers neither is set.
    """
    certain: dict[str, list[str]] = defaultdict(list)
    maybe: dict[str, list[str]] = defaultdict(list)
    dashed: dict[str, list[str]] = defaultdict(list)
    resolved = [[(tie, _resolved(tie, found)) for tie in sheet.ties] for sheet in sheets]
    for tie, (children, managers, mark) in (entry for page in resolved for entry in page):
        for child in children:
            others = [manager for manager in managers if manager != child]
            (dashed if tie.dashed else certain if mark is Mark.SET else maybe)[child] += others
    above = {child: found_[0] for child, found_ in certain.items() if len(set(found_)) == 1}
    may = {}
    for child in found.posts:
        offered = dict.fromkeys((*certain[child], *maybe[child], *dashed[child]))
        may[child] = tuple(post for post in offered if post != above.get(child))
    links = tuple(tuple(_links(page, above)) for page in resolved)
    return Lines(above, may, links, tuple(_notes(sheets, found, above, certain, may)))


def _resolved(tie: Tie, found: Found) -> tuple[tuple[str, ...], tuple[str, ...], Mark]:
    """Return the posts at both ends of a tie, and how sure it is now that we know what the boxes are."""
    children = found.of_shape.get(tie.child, ())
    managers = [post for shape in (tie.manager, *tie.may) for post in found.of_shape.get(shape, ())]
    sure = tie.mark is Mark.SET and not tie.dashed and len(managers) == 1 and not found.posts[managers[0]].listed
    mark = Mark.SET if sure else Mark.CHECK if managers else Mark.LOOSE
    return children, tuple(dict.fromkeys(managers)), mark


def _links(
    page: Sequence[tuple[Tie, tuple[tuple[str, ...], tuple[str, ...], Mark]]], above: Mapping[str, str]
) -> Iterator[Link]:
    for tie, (children, managers, mark) in page:
        for child in children:
            manager = next((post for post in managers if post != child), "")
            if managers and not manager:
                continue
            agreed = mark is not Mark.SET or above.get(child) == manager
            yield Link(child, manager, mark if agreed else Mark.CHECK, tie.points, tie.dashed)


def _notes(
    sheets: Sequence[Sheet],
    found: Found,
    above: Mapping[str, str],
    certain: Mapping[str, Sequence[str]],
    may: Mapping[str, Sequence[str]],
) -> Iterator[tuple[str, str]]:
    """Say what a person should look at: posts under two others, lines to check, boxes that hang on nothing."""
    manages = {*above.values(), *(post for posts in may.values() for post in posts)}
    for page, sheet in enumerate(sheets):
        here = [post for post in found.posts.values() if min(post.pages) == page]
        for post in here:
            if len(set(certain.get(post.id, ()))) > 1:
                yield sheet.name, f"{_called(found, post.id)} is drawn under several managers; choose one."
        check = sum(post.id not in above and bool(may[post.id]) for post in here)
        if check:
            yield sheet.name, f"{_boxes(check)} of {sheet.name} have a line that is not certain; choose the manager."
        loose = sum(not (post.id in above or may[post.id] or post.id in manages) for post in here)
        if loose and len(found.posts) > 1:
            yield sheet.name, f"{_boxes(loose)} of {sheet.name} hang on no line; choose the manager."


def _boxes(count: int) -> str:
    return "1 box" if count == 1 else f"{count} boxes"


def _called(found: Found, post: str) -> str:
    person = found.posts[post].people[0]
    return f"“{person.get(Field.NAME) or person.get(Field.JOB_TITLE, '')}”"
