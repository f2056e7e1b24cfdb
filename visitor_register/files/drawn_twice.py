"""Says which boxes are one post drawn several times: on the overview, and on top of its own page."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import fold, words
from visitor_register.domain.names_clean import clean_name
from visitor_register.files.drawn_text import Person

_TWICE = 2
# Nobody is drawn on more pages than this; a file that says so is not worth comparing box by box.
_DRAWN_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Drawn:
    """One post as one page draws it.

    Attributes:
        id: Of the box, or of the line in a list box.
        page: From 0.
        people: Who shares the post, or one entry without a name.
        listed: It is a line of a list of workers.
        top: On this page it has reports and nobody above.
        leaf: On this page somebody is above it and it has no reports.
    """

    id: str
    page: int
    people: tuple[Person, ...]
    listed: bool
    top: bool
    leaf: bool

    @property
    def names(self) -> frozenset[str]:
        """The folded names in it; none for a vacant post."""
        return frozenset(filter(None, map(name_key, self.people)))

    @property
    def title(self) -> tuple[str, ...]:
        """The words of its title."""
        return words(self.people[0].get(Field.JOB_TITLE, ""))


def name_key(person: Person) -> str:
    """Return the folded name, "" where there is none."""
    return fold(clean_name(person.get(Field.NAME, "")).name)


def who_is_one(drawn: Sequence[Drawn]) -> Mapping[str, str]:
    """Return for each id the first id of the same post.

    The same names with the same title are one post, and with a shorter title where one box is on top of its own
    page. A vacant post is the same only if its title stands twice in all the file: there, and below somebody.
    """
    one = {entry.id: entry.id for entry in drawn}
    by_name: dict[frozenset[str], list[Drawn]] = defaultdict(list)
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
    by_title: dict[tuple[str, ...], list[Drawn]] = defaultdict(list)
    for entry in unnamed:
        by_title[entry.title].append(entry)
    for title, entries in by_title.items():
        if title and len(entries) == titles[title] == _TWICE:
            _join(one, entries, _overview_and_own_page)
    return one


def _join(one: dict[str, str], entries: Sequence[Drawn], same: Callable[[Drawn, Drawn], bool]) -> None:
    for at, entry in enumerate(entries):
        for other in entries[:at]:
            if one[entry.id] != one[other.id] and same(entry, other):
                old, new = one[entry.id], one[other.id]
                one.update({again.id: new for again in entries if one[again.id] == old})


def _short_title(entry: Drawn, other: Drawn) -> bool:
    """Say whether two boxes with the same names are one post, with its short title on the overview."""
    shorter = set(entry.title) <= set(other.title) or set(other.title) <= set(entry.title)
    return shorter and _overview_and_own_page(entry, other)


def _overview_and_own_page(entry: Drawn, other: Drawn) -> bool:
    """Say whether one stands below somebody on one page and at the top of another: the way charts go on."""
    return entry.page != other.page and ((entry.top and other.leaf) or (entry.leaf and other.top))
