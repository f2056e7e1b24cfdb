"""Reads who reports to whom out of headings. A line is set where it follows beyond doubt, and offered elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from visitor_register.files.outline import Post, Section
from visitor_register.files.outline_leads import WORKER, first_of, rank

_OFFERED = 3


@dataclass(slots=True)
class Above:
    """Who may be above a post: by different tables and headings. `certain`: each by itself beyond doubt."""

    certain: list[Post] = field(default_factory=list)
    maybe: list[Post] = field(default_factory=list)

    @property
    def manager(self) -> Post | None:
        """Whoever all agree on."""
        boxes = {post.box for post in self.certain}
        return self.certain[0] if len(boxes) == 1 else None


def lines(sections: Sequence[Section]) -> dict[int, Above]:
    """Return who may be above each post, by `id` of the post. Leads must be known and boxes given.

    The rows of a table report to whoever leads it; the leads of a section to those of the section round it.
    """
    found: dict[int, Above] = defaultdict(Above)
    for section in sections:
        for part in section.parts:
            leads = _of_part(section, part)
            others = [post for post in part if post not in leads]
            highest = min((rank(post.title) for post in others), default=WORKER)
            for post in others:
                above = found[id(post)]
                if leads and rank(post.title) == highest and _stands_above(leads[0], post):
                    above.certain.append(leads[0])
                above.maybe += [*_before(post, part), *leads[:1]]
                above.maybe += [lead for outer in section.above() for lead in outer.leads]
            if leads and leads != section.leads:
                _hang(leads, section, found, [section, *section.above()])
        _hang(section.leads, section, found, section.above())
    return found


def _of_part(section: Section, part: Sequence[Post]) -> list[Post]:
    """Return who leads a table: the section's own leads, else its first row; nobody outside all headings."""
    if section.leads or not section.level:
        return section.leads
    return first_of(part)


def _hang(leads: Iterable[Post], section: Section, found: dict[int, Above], outer: Sequence[Section]) -> None:
    """Put leads under those of the next section round theirs; where it has none, those further out are offered."""
    for lead in leads:
        above = found[id(lead)]
        for at, around in enumerate(outer):
            fits = [post for post in around.leads if post is not lead and post.box != lead.box]
            unknown = bool(fits) and WORKER in (rank(fits[0].title), rank(lead.title))
            certain = at == 0 and bool(fits) and (unknown or rank(fits[0].title) <= rank(lead.title))
            (above.certain if certain else above.maybe).extend(fits[:1])


def _before(post: Post, part: Sequence[Post]) -> list[Post]:
    """Return those of a table whose titles stand above a post's: the nearest before it first, then those after it."""
    at = next(place for place, one in enumerate(part) if one is post)
    higher = [one for one in (*reversed(part[:at]), *part[at:]) if rank(one.title) < rank(post.title) and not one.gone]
    return higher[:_OFFERED]


def _stands_above(lead: Post, post: Post) -> bool:
    """Say whether titles do not speak against it: two managers of one rank in one table are peers."""
    return rank(lead.title) < rank(post.title) or rank(lead.title) == rank(post.title) == WORKER
