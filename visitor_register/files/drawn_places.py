"""Gives the posts of a drawing what their page and their manager's box say: the service, and the team."""

import re
from collections.abc import Iterator, Mapping, Sequence

from visitor_register.domain import chart_text
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import words
from visitor_register.files.drawn_people import Found, Post
from visitor_register.files.drawn_shapes import Sheet
from visitor_register.files.drawn_ties import Lines

_NO_SERVICE = re.compile(
    r"\b(?:overview|contents|summary|leadership|management team|senior management|legend|key|who s who|council)\b"
)
_DECORATION = re.compile(
    r"\s*(?:[-–—:|(,]\s*)?\b(?:organi[sz]ation(?:al)? (?:structure|chart)|org(?:anisation)? ?chart|structure(?: chart)?"
    r"|staff(?:ing)? structure|team structure|cont(?:inued|d)?\.?|page \d+(?: of \d+)?|\d+\s*(?:/|of)\s*\d+)\)?\s*$",
    re.I,
)
_HEAD_OF = re.compile(r"\bhead of\b|\bservice (?:manager|lead)\b|\bassistant director\b", re.I)


def rows(sheets: Sequence[Sheet], found: Found, lines: Lines) -> Iterator[dict[Field, str]]:
    """Yield one row a person, or one for a post without a person, in the order of the drawing."""
    services = [_service(page, sheet, found, lines) for page, sheet in enumerate(sheets)]
    tops = _tops(found, lines)
    managing = frozenset(lines.above.values())
    for post in found.posts.values():
        above = lines.above.get(post.id, "")
        own_page = [page for page, top in tops.items() if top == post.id and services[page]]
        service = next((services[page] for page in (*own_page, *sorted(post.pages)) if services[page]), "")
        unit = _unit(found.posts[above]) if above and post.id not in managing else ""
        for person in post.people:
            row = {Field.SERVICE: service, Field.UNIT: unit} | dict(person)
            row |= {Field.BOX: post.id, Field.REPORTS_TO_BOX: above}
            row[Field.MAY_REPORT_TO_BOX] = " ".join(lines.may[post.id])
            yield row


def _unit(manager: Post) -> str:
    """Return the team that a manager's box names: those in it need not repeat it."""
    units = {person.get(Field.UNIT, "") for person in manager.people}
    return units.pop() if len(units) == 1 else ""


def _tops(found: Found, lines: Lines) -> Mapping[int, str]:
    """Return the post at the top of each page that has exactly one: it manages there and nobody there is above it."""
    tops: dict[int, list[str]] = {}
    for page in range(len(lines.links)):
        children = {link.child for link in lines.links[page] if link.manager}
        managers = {link.manager for link in lines.links[page] if link.manager}
        tops[page] = [post for post in found.posts if post in managers - children]
    return {page: posts[0] for page, posts in tops.items() if len(posts) == 1}


def _service(page: int, sheet: Sheet, found: Found, lines: Lines) -> str:
    """Return the page's title where it names the service of the one post at its top, else ""."""
    title = _DECORATION.sub("", chart_text.clean(sheet.title)).strip(" -–—:|,")
    if not title or _NO_SERVICE.search(" ".join(words(title))) or len(lines.links) == 1:
        return ""
    top = _tops(found, lines).get(page)
    if top is None:
        return ""
    job = found.posts[top].people[0].get(Field.JOB_TITLE, "")
    shared = {word for word in words(title) if len(word) > 2} & set(words(job)) - {"service", "services", "and", "the"}
    return title if shared or _HEAD_OF.search(job) else ""
