"""Gives the posts of a drawing what their page and their manager's box say: the service, and the team."""

import re
from collections.abc import Iterator, Sequence

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
_HEADS_SERVICE = re.compile(r"\bhead of service\b|\bservice (?:manager|lead)\b", re.I)
_HEADS_ALL = re.compile(r"\b(?:director|chief executive)\b(?<!assistant director)(?<!divisional director)", re.I)
_SAYS_NOTHING = frozenset(["service", "services", "and", "the", "for", "team", "teams"])


def rows(sheets: Sequence[Sheet], found: Found, lines: Lines) -> Iterator[dict[Field, str]]:
    """Yield one row a person, or one for a post without a person, in the order of the drawing."""
    tops = _tops(lines)
    services = {
        page: name for page, sheet in enumerate(sheets) if (name := _service(sheet.title, found.posts.get(tops[page])))
    }
    own_page = {top: page for page, top in tops.items() if page in services}
    managing = frozenset(lines.above.values())
    labels = _labels(sheets, found)
    for post in found.posts.values():
        above = lines.above.get(post.id, "")
        pages = [own_page[post.id]] if post.id in own_page else sorted(post.pages & services.keys())
        unit = _unit(found.posts[above]) if above and post.id not in managing else ""
        for person in post.people:
            row = {Field.SERVICE: services[pages[0]] if pages else "", Field.UNIT: unit or labels.get(post.id, "")}
            row |= person
            row |= {Field.BOX: post.id, Field.REPORTS_TO_BOX: above}
            row[Field.MAY_REPORT_TO_BOX] = " ".join(lines.may[post.id])
            yield row


def _unit(manager: Post) -> str:
    """Return the team that a manager's box names: those in it need not repeat it."""
    units = {person.get(Field.UNIT, "") for person in manager.people}
    return units.pop() if len(units) == 1 else ""


def _labels(sheets: Sequence[Sheet], found: Found) -> dict[str, str]:
    """Return for each post that hangs on the name of a team that name."""
    said = {}
    for tie in (tie for sheet in sheets for tie in sheet.ties):
        team = found.labels.get(tie.manager, "")
        said.update({post: team for post in found.of_shape.get(tie.child, ()) if team})
    return said


def _tops(lines: Lines) -> dict[int, str]:
    """Return the post at the top of each page: it manages there and nobody there is above it. "" for none or many."""
    tops = {}
    for page, links in enumerate(lines.links):
        children = {link.child for link in links if link.manager}
        above = {link.manager for link in links if link.manager} - children
        tops[page] = above.pop() if len(above) == 1 else ""
    return tops


def _service(title: str, top: Post | None) -> str:
    """Return a page's title where it names the service of the post at its top, else ""."""
    title = _DECORATION.sub("", chart_text.clean(title)).strip(" -–—:|,")
    if not title or top is None or _NO_SERVICE.search(" ".join(words(title))):
        return ""
    job = top.people[0].get(Field.JOB_TITLE, "")
    if _HEADS_ALL.search(job):
        return ""
    shared = ({word for word in words(title) if len(word) > 2} & set(words(job))) - _SAYS_NOTHING
    return title if shared or _HEADS_SERVICE.search(job) else ""
