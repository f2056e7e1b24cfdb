"""Gives everybody under headings the team and the service that the headings name."""

import re
from collections import Counter
from collections.abc import Sequence

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import fold, words
from visitor_register.files.outline import Post, Section
from visitor_register.files.outline_leads import WORKER, rank, readings
from visitor_register.files.person_cells import is_vacancy

_PARTS = re.compile(r"\s[-–—|]\s|\s*[:–—|]\s+|\s*\((?=[^()]*\)\s*$)")


def place(sections: Sequence[Section]) -> None:
    """Fill in the unit and the service where a table does not say them.

    Whoever leads a section belongs to it, wherever they are listed; a list of leads is nobody's team.
    """
    led: dict[int, list[Section]] = {}
    for section in sections:
        for lead in section.leads:
            led.setdefault(id(lead), []).append(section)
    teams = [section for section in sections if section.level and not _is_overview(section, led)]
    services = _level_of_services(teams)
    for section in teams:
        for lead in section.leads:
            _fill(lead, section, services)
    for section in teams:
        for post in section.posts:
            _fill(post, section, services)


def name_of(section: Section) -> str:
    """Return what a heading calls its team: without the leads it names, their titles, and vacancies."""
    parts = [part.strip(" ,-–—") for part in _PARTS.split(section.text)]
    titles = [words(lead.title) for lead in section.leads]
    names = [fold(lead.name) for lead in section.leads if lead.name]
    said = [part for part in parts if is_vacancy(part) or any(name in one for name in names for one in readings(part))]
    if not said:
        return section.text
    kept = [part for part in parts if part not in said and words(part) not in titles and rank(part) == WORKER]
    return " - ".join(filter(None, kept))


def _is_overview(section: Section, led: dict[int, list[Section]]) -> bool:
    """Say whether a section lists those who lead others, outside it ("Director and Heads of Service")."""
    others = [other for post in section.posts for other in led.get(id(post), ())]
    return any(section is not other and all(section is not outer for outer in other.above()) for other in others)


def _level_of_services(sections: Sequence[Section]) -> int:
    """Return the highest level with several sections, if there are teams below it; else 0."""
    levels = Counter(section.level for section in sections)
    several = min((level for level, count in levels.items() if count > 1), default=0)
    return several if several < max(levels, default=0) else 0


def _fill(post: Post, section: Section, services: int) -> None:
    chain = [section, *section.above()]
    unit = next(filter(None, map(name_of, chain)), "")
    service = next((name_of(one) for one in chain if one.level == services), "")
    for field, text in ((Field.UNIT, unit), (Field.SERVICE, service)):
        if text:
            post.cells.setdefault(field, text)
